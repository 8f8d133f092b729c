//! Layouts and masters: what a slide takes from them.

use std::rc::Rc;

use crate::page::{Node, Place};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, Relationships, Theme, Tree};

use super::Reading;
use super::text::Levels;
use super::transform::Frame;

/// A layout or a master.
pub(super) struct Base {
    placeholders: Vec<Placeholder>,
    /// Text that stands on every slide made from it.
    pub(super) fixed: Vec<Node>,
    /// The master of a layout.
    pub(super) above: Option<Rc<Base>>,
    /// The theme as it is, before any colour map.
    pub(super) plain_theme: Rc<Theme>,
    /// The theme as slides made from it show it.
    pub(super) theme: Rc<Theme>,
    styles: [Levels; 3],
    /// Whether slides show what the master draws.
    pub(super) shows_master: bool,
}

/// A placeholder of a layout or a master.
struct Placeholder {
    name: Name,
    frame: Option<Frame>,
    levels: Levels,
}

/// What kind of placeholder, and which of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) kind: Kind,
    index: Option<u32>,
}

/// Kinds of placeholders that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    /// Text, tables and whatever else fills a slide.
    Body,
    Subtitle,
    Date,
    Footer,
    Number,
    Header,
    /// The picture of the slide on a notes page.
    SlideImage,
}

impl Name {
    /// The placeholder that a shape is, if it is one.
    pub(super) fn of(shape: Element<'_>) -> Option<Self> {
        let properties = shape.children().find(|child| child.local().starts_with("nv"))?;
        let placeholder = properties.child(Ns::P, "nvPr")?.child(Ns::P, "ph")?;
        let index = placeholder.attribute(Ns::None, "idx").and_then(|index| index.parse().ok());
        let kind = match placeholder.attribute(Ns::None, "type").unwrap_or("obj") {
            "title" | "ctrTitle" => Kind::Title,
            "subTitle" => Kind::Subtitle,
            "dt" => Kind::Date,
            "ftr" => Kind::Footer,
            "sldNum" => Kind::Number,
            "hdr" => Kind::Header,
            "sldImg" => Kind::SlideImage,
            _ => Kind::Body,
        };
        Some(Self { kind, index })
    }
}

/// What a placeholder on a slide inherits.
#[derive(Default)]
pub(super) struct Inherited {
    pub(super) frame: Option<Frame>,
    pub(super) levels: Levels,
}

impl Base {
    /// The one of its placeholders that another stands in for.
    fn find(&self, name: &Name) -> Option<&Placeholder> {
        let by_index = || {
            let index = name.index?;
            self.placeholders.iter().find(|own| own.name.index == Some(index) && own.name.kind == name.kind)
        };
        let by_index_alone = || {
            let body = |kind| matches!(kind, Kind::Body | Kind::Subtitle);
            let index = name.index.filter(|_| body(name.kind))?;
            self.placeholders.iter().find(|own| own.name.index == Some(index) && body(own.name.kind))
        };
        let by_kind = || self.placeholders.iter().find(|own| own.name.kind == name.kind);
        let like_body =
            || self.placeholders.iter().find(|own| name.kind == Kind::Subtitle && own.name.kind == Kind::Body);
        by_index().or_else(by_index_alone).or_else(by_kind).or_else(like_body)
    }

    /// What a placeholder of a slide made from this layout inherits; without a name: an ordinary shape.
    pub(super) fn inherited(&self, name: Option<&Name>, defaults: &Levels) -> Inherited {
        let mut inherited = Inherited::default();
        let style = match name.map(|name| name.kind) {
            Some(Kind::Title) => 0,
            Some(Kind::Body | Kind::Subtitle) => 1,
            _ => 2,
        };
        if let Some(name) = name {
            let mut base = Some(self);
            let mut name = name.clone();
            while let Some(own) = base {
                if let Some(found) = own.find(&name) {
                    inherited.frame = inherited.frame.or(found.frame);
                    inherited.levels = inherited.levels.or(&found.levels);
                    name = found.name.clone();
                }
                base = own.above.as_deref();
            }
        }
        let master = self.above.as_deref().unwrap_or(self);
        inherited.levels = inherited.levels.or(&master.styles[style]).or(defaults);
        inherited
    }

    /// A base that says nothing: of a slide whose layout cannot be read.
    pub(super) fn empty() -> Self {
        let theme = Rc::new(Theme::default());
        Self {
            placeholders: Vec::new(),
            fixed: Vec::new(),
            above: None,
            plain_theme: theme.clone(),
            theme,
            styles: <[Levels; 3]>::default(),
            shows_master: true,
        }
    }
}

impl Reading<'_> {
    /// The layout or master in a part; `above` tells the kind of the part that stands above it.
    pub(super) fn base(&mut self, part: &str, above: Option<&str>) -> Result<Rc<Base>, ReadError> {
        if let Some(base) = self.bases.get(part) {
            return Ok(base.clone());
        }
        let base = self.part(part, |reading, relationships, root| reading.read_base(root, relationships, above))?;
        let base = Rc::new(base.unwrap_or_else(Base::empty));
        self.bases.insert(part.to_owned(), base.clone());
        Ok(base)
    }

    fn read_base(
        &mut self,
        root: Element<'_>,
        relationships: &Relationships,
        above: Option<&str>,
    ) -> Result<Base, ReadError> {
        let master = above.and_then(|kind| relationships.part(kind));
        let master = master.map(|master| self.base(master, None)).transpose()?;
        let plain_theme = match &master {
            Some(master) => master.plain_theme.clone(),
            None => Rc::new(self.theme(relationships)),
        };
        let theme = match (root.child(Ns::P, "clrMap"), override_map(root)) {
            (Some(map), _) | (None, Some(map)) => Rc::new(plain_theme.mapped(map)),
            _ => master.as_ref().map_or_else(|| plain_theme.clone(), |master| master.theme.clone()),
        };
        let styles = root.child(Ns::P, "txStyles");
        let style = |name| {
            let style = styles.and_then(|styles| styles.child(Ns::P, name));
            style.map(|style| Levels::read(style, &theme)).unwrap_or_default()
        };
        let styles = ["titleStyle", "bodyStyle", "otherStyle"].map(style);
        let notes = root.child(Ns::P, "notesStyle").map(|style| Levels::read(style, &theme));
        let mut base = Base {
            placeholders: Vec::new(),
            fixed: Vec::new(),
            above: master,
            plain_theme,
            theme: theme.clone(),
            styles: notes.map_or(styles, |notes| [notes.clone(), notes.clone(), notes]),
            shows_master: shows_master(root),
        };
        let tree = root.child(Ns::P, "cSld").and_then(|slide| slide.child(Ns::P, "spTree"));
        let Some(tree) = tree else { return Ok(base) };
        for shape in tree.children() {
            let Some(name) = Name::of(shape) else { continue };
            let properties = shape.children().find(|child| child.local() == "spPr");
            let xfrm = properties.and_then(|p| p.child(Ns::A, "xfrm")).or_else(|| shape.child(Ns::P, "xfrm"));
            let list = shape.child(Ns::P, "txBody").and_then(|body| body.child(Ns::A, "lstStyle"));
            base.placeholders.push(Placeholder {
                name,
                frame: xfrm.and_then(Frame::read),
                levels: list.map(|list| Levels::read(list, &theme)).unwrap_or_default(),
            });
        }
        let place = Place::Part(if above.is_some() { "layout".into() } else { "master".into() });
        base.fixed = self.fixed_text(tree, &base, relationships, &place);
        Ok(base)
    }

    fn theme(&mut self, relationships: &Relationships) -> Theme {
        let Some(part) = relationships.part("theme") else { return Theme::default() };
        let read = || -> Result<Theme, ReadError> {
            let source = self.package.text(part)?;
            Ok(Theme::read(&Tree::parse(&source, part, self.package.limits())?))
        };
        read().unwrap_or_else(|error| {
            self.warnings.push(crate::read::ooxml::unreadable(part, &error));
            Theme::default()
        })
    }
}

/// The colour map that a slide or layout uses instead of its master's.
pub(super) fn override_map(root: Element<'_>) -> Option<Element<'_>> {
    root.child(Ns::P, "clrMapOvr")?.child(Ns::A, "overrideClrMapping")
}

/// Whether a slide or layout shows what stands on what it is made from.
pub(super) fn shows_master(root: Element<'_>) -> bool {
    !matches!(root.attribute(Ns::None, "showMasterSp"), Some("0" | "false" | "off"))
}

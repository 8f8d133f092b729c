//! What stands on a slide, each thing with its box: titles, texts, tables, signs.

use std::rc::Rc;

use crate::model::WarningCode;
use crate::page::{Mark, Node, Paragraph, Place, Rect, Rgb, Role};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, Relationships, Theme, alt_text, diagram_points, fill_in, is_ellipse, look_of};

use super::Reading;
use super::chart::chart_lines;
use super::masters::{Base, Kind, Name};
use super::table::GridTable;
use super::text::{Levels, TextContext, paragraphs};
use super::transform::{Frame, Transform};

/// Something on a slide.
pub(super) struct Found<'t> {
    pub(super) rect: Rect,
    pub(super) what: What<'t>,
}

/// What it is.
pub(super) enum What<'t> {
    Title(Vec<Node>),
    Text {
        nodes: Vec<Node>,
        /// The sign that the text is written on: a filled shape.
        mark: Option<Mark>,
    },
    /// Date, footer or the like: what is repeated.
    Running(Vec<Node>),
    Table(GridTable<'t>),
    Mark(Mark),
    /// Text that the file hides.
    Hidden(Vec<Node>),
}

/// What all shapes of one slide share.
pub(super) struct Context<'c> {
    pub(super) slide: u32,
    pub(super) base: &'c Base,
    pub(super) theme: Rc<Theme>,
    pub(super) relationships: &'c Relationships,
    pub(super) defaults: &'c Levels,
}

/// What a shape takes from the groups around it.
#[derive(Clone, Copy)]
struct Around {
    transform: Transform,
    fill: Option<Rgb>,
}

impl Reading<'_> {
    /// Everything in a shape tree, in the order it is drawn.
    pub(super) fn shapes<'t>(&mut self, tree: Element<'t>, context: &Context<'_>) -> Result<Vec<Found<'t>>, ReadError> {
        let mut found = Vec::new();
        let around = Around { transform: Transform::SLIDE, fill: None };
        for shape in tree.children() {
            self.shape(shape, around, context, &mut found)?;
        }
        Ok(found)
    }

    fn shape<'t>(
        &mut self,
        shape: Element<'t>,
        around: Around,
        context: &Context<'_>,
        found: &mut Vec<Found<'t>>,
    ) -> Result<(), ReadError> {
        match shape.local() {
            "sp" | "cxnSp" => self.text_shape(shape, around, context, found),
            "pic" | "contentPart" => {
                let frame = own_frame(shape).unwrap_or_default();
                let alt = non_visual(shape).and_then(alt_text);
                self.pictures += 1;
                let what = What::Mark(Mark::Picture { alt });
                found.push(Found { rect: around.transform.rect(frame), what });
            }
            "grpSp" => {
                if is_hidden(shape) {
                    return self.hidden_group(shape, around, context, found);
                }
                let properties = shape.child(Ns::P, "grpSpPr");
                let own = properties.and_then(|p| fill_in(p, &context.theme, None, around.fill));
                let inside =
                    Around { transform: around.transform.into_group(properties), fill: own.unwrap_or(around.fill) };
                for child in shape.children() {
                    self.shape(child, inside, context, found)?;
                }
            }
            "graphicFrame" => self.graphic(shape, around, context, found)?,
            _ => {}
        }
        Ok(())
    }

    fn hidden_group<'t>(
        &mut self,
        group: Element<'t>,
        around: Around,
        context: &Context<'_>,
        found: &mut Vec<Found<'t>>,
    ) -> Result<(), ReadError> {
        for shape in group.descendants().filter(|inner| inner.is(Ns::P, "txBody")) {
            let (nodes, _) = self.text(shape, None, Role::Body, Rect::default(), context);
            found.push(Found { rect: around.transform.rect(Frame::default()), what: What::Hidden(nodes) });
        }
        Ok(())
    }

    fn text_shape<'t>(
        &mut self,
        shape: Element<'t>,
        around: Around,
        context: &Context<'_>,
        found: &mut Vec<Found<'t>>,
    ) {
        let name = Name::of(shape);
        let kind = name.as_ref().map(|name| name.kind);
        let inherited = context.base.inherited(name.as_ref(), context.defaults);
        let frame = own_frame(shape).or(inherited.frame).unwrap_or_default();
        let rect = around.transform.rect(frame);
        let role = if kind == Some(Kind::Title) { Role::Title } else { Role::Body };
        let body = shape.child(Ns::P, "txBody");
        let (nodes, has_text) = match body {
            Some(body) => self.text(body, Some(&inherited.levels), role, rect, context),
            None => (Vec::new(), false),
        };
        if is_hidden(shape) {
            if has_text {
                found.push(Found { rect, what: What::Hidden(nodes) });
            }
            return;
        }
        let mark = if name.is_none() && shape.local() == "sp" { self.mark(shape, around, rect, context) } else { None };
        let what = match (kind, has_text) {
            (Some(Kind::SlideImage), _) => return,
            (Some(Kind::Title), true) => What::Title(nodes),
            (Some(Kind::Date | Kind::Footer | Kind::Number | Kind::Header), true) => What::Running(nodes),
            (_, true) => What::Text { nodes, mark },
            (_, false) => match mark {
                Some(mark) => What::Mark(mark),
                None => return,
            },
        };
        found.push(Found { rect, what });
    }

    /// The sign that a shape may be: what is filled, or an ellipse.
    fn mark(&self, shape: Element<'_>, around: Around, rect: Rect, context: &Context<'_>) -> Option<Mark> {
        let mut look = look_of(shape, &context.theme, around.fill, around.transform.scale());
        if look.size == (0.0, 0.0) {
            look.size = (rect.width, rect.height);
        }
        let properties = non_visual(shape)?;
        let is_box = |properties: Element<'_>| {
            let own = properties.child(Ns::P, "cNvSpPr");
            own.is_some_and(|own| matches!(own.attribute(Ns::None, "txBox"), Some("1" | "true")))
        };
        let text_box = shape.child(Ns::P, "nvSpPr").is_some_and(is_box);
        let alt = alt_text(properties).or_else(|| properties.attribute(Ns::None, "name").map(str::to_owned));
        let (fill, size) = (look.fill, look.size);
        if is_ellipse(&look.geometry) {
            return Some(Mark::Ellipse { fill, size, alt });
        }
        fill.filter(|&fill| !(text_box && fill == Rgb::WHITE))?;
        Some(Mark::Shape { geometry: look.geometry, fill, size, alt })
    }

    /// The paragraphs of a text body, and whether they say anything.
    pub(super) fn text(
        &mut self,
        body: Element<'_>,
        levels: Option<&Levels>,
        role: Role,
        rect: Rect,
        context: &Context<'_>,
    ) -> (Vec<Node>, bool) {
        let text = TextContext {
            levels: levels.unwrap_or(context.defaults),
            theme: &context.theme,
            relationships: context.relationships,
            place: Place::Slide { slide: context.slide, row: None, rect: Some(rect) },
            role,
        };
        let paragraphs = self.paragraphs(body, &text);
        let has_text = paragraphs.iter().any(|paragraph| !paragraph.is_blank());
        (paragraphs.into_iter().map(Node::Paragraph).collect(), has_text)
    }

    /// The same, as paragraphs; signs that no character is known for are told of.
    pub(super) fn paragraphs(&mut self, body: Element<'_>, context: &TextContext<'_>) -> Vec<Paragraph> {
        let (paragraphs, unknown) = paragraphs(body, context);
        for code in unknown {
            let message = crate::read::ooxml::unknown_sign(code, "symbolteckensnittet");
            self.warn(WarningCode::Unsupported, message, context.place.clone());
        }
        paragraphs
    }

    fn graphic<'t>(
        &mut self,
        frame: Element<'t>,
        around: Around,
        context: &Context<'_>,
        found: &mut Vec<Found<'t>>,
    ) -> Result<(), ReadError> {
        let name = Name::of(frame);
        let inherited = || context.base.inherited(name.as_ref(), context.defaults).frame;
        let own = own_frame(frame).or_else(inherited).unwrap_or_default();
        let rect = around.transform.rect(own);
        let place = Place::Slide { slide: context.slide, row: None, rect: Some(rect) };
        let alt = non_visual(frame).and_then(alt_text);
        let data = frame.child(Ns::A, "graphic").and_then(|graphic| graphic.child(Ns::A, "graphicData"));
        for object in data.into_iter().flat_map(Element::children) {
            match object.local() {
                "tbl" => {
                    let table = self.table(object, rect, around.transform.scale(), alt.clone(), context)?;
                    found.push(Found { rect, what: What::Table(table) });
                }
                "chart" => {
                    let nodes = self.chart(object, &place, context)?;
                    found.push(Found { rect, what: What::Text { nodes, mark: None } });
                }
                "relIds" => {
                    let nodes = self.diagram(object, &place, context)?;
                    found.push(Found { rect, what: What::Text { nodes, mark: None } });
                }
                "oleObj" => {
                    let program = object.attribute(Ns::None, "progId").unwrap_or("okänd typ");
                    let message = format!(
                        "Ett inbäddat objekt ({program}) läses inte. Lägg dess innehåll som text eller tabell på sidan."
                    );
                    self.warn(WarningCode::Unsupported, message, place.clone());
                    found.push(Found { rect, what: What::Mark(Mark::Picture { alt: alt.clone() }) });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A chart's titles, names and values as text.
    fn chart(&mut self, object: Element<'_>, place: &Place, context: &Context<'_>) -> Result<Vec<Node>, ReadError> {
        let part = object.attribute(Ns::R, "id").and_then(|id| context.relationships.get(id));
        let Some(part) = part.map(|part| part.target.clone()) else { return Ok(Vec::new()) };
        let lines = self.part(&part, |_, _, root| Ok(chart_lines(root)))?.unwrap_or_default();
        if !lines.is_empty() {
            let message = "Ett diagram är läst som text: rubriker, namn och värden.";
            self.warn(WarningCode::Unsupported, message, place.clone());
        }
        let paragraph = |line: String| Paragraph { place: place.clone(), ..Paragraph::plain(line) };
        Ok(lines.into_iter().map(paragraph).map(Node::Paragraph).collect())
    }

    /// SmartArt keeps its text in a part of its own.
    fn diagram(&mut self, ids: Element<'_>, place: &Place, context: &Context<'_>) -> Result<Vec<Node>, ReadError> {
        let data = ids.attribute(Ns::R, "dm").and_then(|id| context.relationships.get(id));
        let Some(part) = data.map(|data| data.target.clone()) else { return Ok(Vec::new()) };
        let nodes = self.part(&part, |reading, relationships, root| {
            let plain = Levels::default();
            let mut nodes = Vec::new();
            for (depth, body) in diagram_points(root) {
                let text = TextContext {
                    levels: &plain,
                    theme: &context.theme,
                    relationships,
                    place: place.clone(),
                    role: Role::Body,
                };
                let list = depth.checked_sub(1).map(|level| crate::page::List { level, ordered: false });
                let read = reading.paragraphs(body, &text).into_iter().filter(|paragraph| !paragraph.is_blank());
                nodes.extend(read.map(|p| Node::Paragraph(Paragraph { list: p.list.or(list), ..p })));
            }
            Ok(nodes)
        })?;
        Ok(nodes.unwrap_or_default())
    }

    /// The text of a layout's or master's own shapes, which stands on every slide.
    pub(super) fn fixed_text(
        &mut self,
        tree: Element<'_>,
        base: &Base,
        relationships: &Relationships,
        place: &Place,
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        let defaults = self.defaults.clone();
        let levels = base.inherited(None, &defaults).levels;
        tree.visit(&mut |element: Element<'_>| {
            let shape = matches!(element.local(), "sp" | "cxnSp");
            let own = shape && Name::of(element).is_none() && !is_hidden(element);
            if let Some(body) = element.child(Ns::P, "txBody").filter(|_| own) {
                let context = TextContext {
                    levels: &levels,
                    theme: &base.theme,
                    relationships,
                    place: place.clone(),
                    role: Role::Body,
                };
                let read = self.paragraphs(body, &context).into_iter().filter(|paragraph| !paragraph.is_blank());
                nodes.extend(read.map(Node::Paragraph));
            }
            !shape && !is_hidden(element)
        });
        nodes
    }
}

/// The box that a shape itself gives.
fn own_frame(shape: Element<'_>) -> Option<Frame> {
    let properties = shape.children().find(|child| child.local() == "spPr");
    let xfrm = properties.and_then(|p| p.child(Ns::A, "xfrm")).or_else(|| shape.child(Ns::P, "xfrm"))?;
    Frame::read(xfrm)
}

/// A shape's name and text alternative.
fn non_visual(shape: Element<'_>) -> Option<Element<'_>> {
    shape.children().find(|child| child.local().starts_with("nv"))?.child(Ns::P, "cNvPr")
}

/// Whether the shape is switched off.
fn is_hidden(shape: Element<'_>) -> bool {
    let hidden = non_visual(shape).and_then(|properties| properties.attribute(Ns::None, "hidden"));
    matches!(hidden, Some("1" | "true" | "on"))
}

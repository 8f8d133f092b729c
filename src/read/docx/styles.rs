//! Styles: what a paragraph or a run takes from the name of its style and from those it is based on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::page::{List, Role};
use crate::read::ooxml::{Element, Keep, Ns, Tree};
use crate::read::{Limits, ReadError};

use super::look::RunProperties;

/// More styles in a chain than anybody makes; a chain that bites its tail ends here.
const MAX_CHAIN: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: Vec<Style>,
    by_id: BTreeMap<String, usize>,
    default_paragraph: Option<usize>,
    /// What holds for all runs that say nothing else.
    pub(super) defaults: RunProperties,
}

#[derive(Debug)]
struct Style {
    id: String,
    name: Arc<str>,
    based_on: Option<String>,
    /// Outline level as written: 0 to 8 for headings, 9 for running text.
    outline: Option<u8>,
    numbering: Option<NumberingUse>,
    run: RunProperties,
}

/// What a `w:numPr` says.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberingUse {
    /// The list; "0" for none.
    pub(super) list: Option<String>,
    /// The level in it.
    pub(super) level: Option<u8>,
}

/// What a paragraph takes from its style.
#[derive(Debug, Default)]
pub(super) struct ParagraphStyle {
    pub(super) name: Option<Arc<str>>,
    pub(super) role: Role,
    pub(super) run: RunProperties,
    pub(super) numbering: Option<NumberingUse>,
    /// The ids in the chain, for lists that name the styles they belong to.
    pub(super) chain: Vec<String>,
    /// What the style's name says of a list ("List Bullet 2", "Punktlista 2").
    pub(super) list: Option<List>,
}

impl NumberingUse {
    /// Reads the `w:numPr` of paragraph properties.
    pub(super) fn read(properties: Element<'_>) -> Option<Self> {
        let numbering = properties.child(Ns::W, "numPr")?;
        let value = |name| numbering.child(Ns::W, name).and_then(|element| element.attribute(Ns::W, "val"));
        Some(Self {
            list: value("numId").map(str::to_owned),
            level: value("ilvl").and_then(|level| level.parse().ok()),
        })
    }
}

/// The outline level of paragraph properties.
pub(super) fn outline_level(properties: Element<'_>) -> Option<u8> {
    properties.child(Ns::W, "outlineLvl")?.attribute(Ns::W, "val")?.parse().ok()
}

impl Styles {
    /// Reads a styles part, without what is never asked for: most of the part.
    pub(super) fn read(source: &str, part: &str, limits: &Limits) -> Result<Self, ReadError> {
        let tree = Tree::parse_some(source, part, limits, |ns, local, tag| match local {
            "latentStyles" if ns == Ns::W => Keep::No,
            "style" if ns == Ns::W && (tag.contains("type=\"table\"") || tag.contains("type=\"numbering\"")) => {
                Keep::No
            }
            _ => Keep::Yes,
        })?;
        let mut styles = Self::default();
        for element in tree.root().into_iter().flat_map(Element::children).filter(|element| element.ns() == Ns::W) {
            match element.local() {
                "docDefaults" => {
                    let run = element.child(Ns::W, "rPrDefault").and_then(|default| default.child(Ns::W, "rPr"));
                    styles.defaults = run.map(RunProperties::read).unwrap_or_default();
                }
                "style" => styles.add(element),
                _ => {}
            }
        }
        Ok(styles)
    }

    fn add(&mut self, element: Element<'_>) {
        let Some(id) = element.attribute(Ns::W, "styleId") else { return };
        let value = |name| element.child(Ns::W, name).and_then(|child| child.attribute(Ns::W, "val"));
        let paragraph = element.child(Ns::W, "pPr");
        let number = self.all.len();
        let is_default = matches!(element.attribute(Ns::W, "default"), Some("1" | "true" | "on"));
        if is_default && element.attribute(Ns::W, "type") == Some("paragraph") {
            self.default_paragraph = Some(number);
        }
        self.all.push(Style {
            id: id.to_owned(),
            name: value("name").unwrap_or(id).into(),
            based_on: value("basedOn").map(str::to_owned),
            outline: paragraph.and_then(outline_level),
            numbering: paragraph.and_then(NumberingUse::read),
            run: element.child(Ns::W, "rPr").map(RunProperties::read).unwrap_or_default(),
        });
        self.by_id.insert(id.to_owned(), number);
    }

    fn chain(&self, first: Option<usize>) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| Some(&self.all[*self.by_id.get(style.based_on.as_deref()?)?]);
        std::iter::successors(first.map(|first| &self.all[first]), next).take(MAX_CHAIN)
    }

    /// What a run takes from a character style.
    pub(super) fn character(&self, id: &str) -> RunProperties {
        let first = self.by_id.get(id).copied();
        self.chain(first).fold(RunProperties::default(), |all, style| all.or(style.run))
    }

    /// What a paragraph takes from its style, or from the document's ordinary one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> ParagraphStyle {
        let own = id.and_then(|id| self.by_id.get(id).copied());
        let mut found = ParagraphStyle { name: own.map(|own| self.all[own].name.clone()), ..ParagraphStyle::default() };
        let mut role = None;
        for style in self.chain(own.or(self.default_paragraph)) {
            found.run = found.run.or(style.run);
            role = role.or_else(|| style.role());
            found.list = found.list.or_else(|| list_by_name(&style.name));
            let numbering = found.numbering.get_or_insert_default();
            if let Some(more) = &style.numbering {
                numbering.list = numbering.list.take().or_else(|| more.list.clone());
                numbering.level = numbering.level.or(more.level);
            }
            found.chain.push(style.id.clone());
        }
        // A style that the document names but does not have still says what it is.
        if own.is_none()
            && let Some(id) = id
        {
            role = role_by_name(id).or(role);
            found.list = list_by_name(id);
        }
        found.numbering = found.numbering.filter(|numbering| numbering.list.is_some());
        found.role = role.unwrap_or_default();
        found
    }
}

impl Style {
    fn role(&self) -> Option<Role> {
        let by_outline = || match self.outline? {
            level @ 0..=8 => Some(Role::Heading(level + 1)),
            _ => Some(Role::Body),
        };
        role_by_name(&self.name).or_else(|| role_by_name(&self.id)).or_else(by_outline)
    }
}

/// A style's name in lower case without spaces.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && *c != '_' && *c != '-').flat_map(char::to_lowercase).collect()
}

/// What a style's name says, in English or Swedish.
fn role_by_name(name: &str) -> Option<Role> {
    let name = folded(name);
    if matches!(name.as_str(), "title" | "titel" | "rubrik") {
        return Some(Role::Title);
    }
    let rest = ["heading", "rubrik"].iter().find_map(|word| name.strip_prefix(word))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match rest[..digits].parse() {
        Ok(level @ 1..=9) => Some(Role::Heading(level)),
        _ => None,
    }
}

/// "List Bullet 2", "Punktlista 2", "List Number", "Numrerad lista 3".
fn list_by_name(name: &str) -> Option<List> {
    let name = folded(name);
    let kinds = [("listbullet", false), ("punktlista", false), ("listnumber", true), ("numreradlista", true)];
    let (rest, ordered) = kinds.iter().find_map(|&(word, ordered)| Some((name.strip_prefix(word)?, ordered)))?;
    let level = match rest {
        "" => 0,
        number => number.parse::<u8>().ok()?.checked_sub(1)?,
    };
    Some(List { level, ordered })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_headings() {
        for (name, role) in [
            ("heading 1", Some(Role::Heading(1))),
            ("Rubrik 2", Some(Role::Heading(2))),
            ("Rubrik3", Some(Role::Heading(3))),
            ("Rubrik 2 numrerad", Some(Role::Heading(2))),
            ("Title", Some(Role::Title)),
            ("Titel", Some(Role::Title)),
            ("Rubrik", Some(Role::Title)),
            ("Heading", None),
            ("heading 10", None),
            ("TOC Heading", None),
            ("Underrubrik", None),
        ] {
            assert_eq!(role_by_name(name), role, "{name}");
        }
    }

    #[test]
    fn names_of_lists() {
        let list = |level, ordered| Some(List { level, ordered });
        assert_eq!(list_by_name("List Bullet"), list(0, false));
        assert_eq!(list_by_name("List Bullet 3"), list(2, false));
        assert_eq!(list_by_name("Punktlista 2"), list(1, false));
        assert_eq!(list_by_name("Numrerad lista"), list(0, true));
        assert_eq!(list_by_name("List Continue 2"), None);
    }
}

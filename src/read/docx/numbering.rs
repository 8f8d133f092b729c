//! Lists: whether a paragraph of a list shows a sign or a number before its text.

use std::collections::BTreeMap;

use crate::page::List;
use crate::read::ooxml::{Element, Ns, Tree};
use crate::read::{Limits, ReadError};

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, Kind>,
    lists: BTreeMap<String, NumberedList>,
    /// The kinds that are numbering styles, by the style.
    styles: BTreeMap<String, String>,
}

/// A `w:abstractNum`.
#[derive(Debug, Default)]
struct Kind {
    levels: Vec<Level>,
    /// The numbering style that says what the list looks like.
    linked_style: Option<String>,
}

/// A `w:num`.
#[derive(Debug)]
struct NumberedList {
    kind: String,
    overrides: Vec<Level>,
}

#[derive(Debug)]
struct Level {
    number: u8,
    /// None: no sign is shown.
    ordered: Option<bool>,
    paragraph_style: Option<String>,
}

impl Numbering {
    /// Reads a numbering part.
    pub(super) fn read(source: &str, part: &str, limits: &Limits) -> Result<Self, ReadError> {
        let tree = Tree::parse(source, part, limits)?;
        let mut numbering = Self::default();
        for element in tree.root().into_iter().flat_map(Element::children) {
            let id = |name| element.attribute(Ns::W, name).unwrap_or_default().to_owned();
            let value =
                |name| element.child(Ns::W, name).and_then(|child| child.attribute(Ns::W, "val")).map(str::to_owned);
            match element.local() {
                "abstractNum" => {
                    if let Some(style) = value("styleLink") {
                        numbering.styles.insert(style, id("abstractNumId"));
                    }
                    let levels = element.children().filter_map(Level::read).collect();
                    let kind = Kind { levels, linked_style: value("numStyleLink") };
                    numbering.kinds.insert(id("abstractNumId"), kind);
                }
                "num" => {
                    let overrides = element.children().filter(|child| child.is(Ns::W, "lvlOverride"));
                    let levels = overrides.filter_map(|child| child.child(Ns::W, "lvl")).filter_map(Level::read);
                    let kind = value("abstractNumId").unwrap_or_default();
                    numbering.lists.insert(id("numId"), NumberedList { kind, overrides: levels.collect() });
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// Where in which list a paragraph stands. The level is the written one, else the one that the list
    /// gives to the paragraph's style.
    pub(super) fn list(&self, id: &str, level: Option<u8>, styles: &[String]) -> Option<List> {
        let list = self.lists.get(id)?;
        let mut kind = self.kinds.get(&list.kind)?;
        if let Some(style) = &kind.linked_style {
            kind = self.styles.get(style).and_then(|id| self.kinds.get(id)).unwrap_or(kind);
        }
        let of_style = |level: &&Level| level.paragraph_style.as_ref().is_some_and(|style| styles.contains(style));
        let number = level.or_else(|| Some(kind.levels.iter().find(of_style)?.number)).unwrap_or(0);
        let at = |level: &&Level| level.number == number;
        let found = list.overrides.iter().find(at).or_else(|| kind.levels.iter().find(at))?;
        found.ordered.map(|ordered| List { level: number, ordered })
    }
}

impl Level {
    fn read(element: Element<'_>) -> Option<Self> {
        if !element.is(Ns::W, "lvl") {
            return None;
        }
        let value = |name| element.child(Ns::W, name).and_then(|child| child.attribute(Ns::W, "val"));
        let has_sign = value("lvlText").is_some_and(|sign| !sign.is_empty()) || value("lvlPicBulletId").is_some();
        let ordered = match value("numFmt").unwrap_or("decimal") {
            "none" => None,
            "bullet" => has_sign.then_some(false),
            _ => has_sign.then_some(true),
        };
        Some(Self {
            number: element.attribute(Ns::W, "ilvl")?.parse().ok()?,
            ordered,
            paragraph_style: value("pStyle").map(str::to_owned),
        })
    }
}

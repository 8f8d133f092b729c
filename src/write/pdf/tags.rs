//! The structure that assistive technology reads: which content belongs to which heading, list, table cell.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node, Placement, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};

/// An element of the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element(usize);

impl Element {
    /// Its number, in the order of making.
    pub(super) fn number(self) -> usize {
        self.0
    }
}

/// What an element is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Paragraph,
    Heading(u8, String),
    List,
    ListItem,
    Label,
    Body,
    Table(String),
    TableHead,
    TableBody,
    TableRow,
    HeadingCell,
    Cell,
    Link,
    /// A drawing with what it says.
    Figure(&'static str),
}

struct Entry {
    kind: Kind,
    parent: Option<Element>,
    children: Vec<Child>,
    bounds: Option<BBox>,
    attached: bool,
}

enum Child {
    Element(Element),
    Content(Identifier),
}

/// The elements, which take their place in the order in which their content is painted.
#[derive(Default)]
pub(super) struct Tags {
    entries: Vec<Entry>,
    roots: Vec<Element>,
    /// Addresses of links that lead nowhere.
    pub(super) refused: BTreeSet<String>,
}

impl Tags {
    pub(super) fn add(&mut self, kind: Kind, parent: Option<Element>) -> Element {
        self.entries.push(Entry { kind, parent, children: Vec::new(), bounds: None, attached: false });
        Element(self.entries.len() - 1)
    }

    /// Gives an element its place, after what its parent has so far.
    pub(super) fn open(&mut self, element: Element) {
        let mut next = Some(element);
        let mut path = Vec::new();
        while let Some(element) = next.filter(|element| !self.entries[element.0].attached) {
            self.entries[element.0].attached = true;
            path.push(element);
            next = self.entries[element.0].parent;
        }
        for element in path.into_iter().rev() {
            match self.entries[element.0].parent {
                Some(parent) => self.entries[parent.0].children.push(Child::Element(element)),
                None => self.roots.push(element),
            }
        }
    }

    /// Adds content to an element.
    pub(super) fn content(&mut self, element: Element, content: Identifier) {
        self.open(element);
        self.entries[element.0].children.push(Child::Content(content));
    }

    /// Where a drawing stands.
    pub(super) fn bound(&mut self, element: Element, bounds: BBox) {
        self.entries[element.0].bounds = Some(bounds);
    }

    /// The tree as the file holds it.
    pub(super) fn into_tree(mut self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("sv-SE".to_owned()));
        // Parents are made before their children, so that from the end each child is whole when its parent takes it.
        let mut groups: Vec<Option<TagGroup>> = Vec::new();
        groups.resize_with(self.entries.len(), || None);
        for index in (0..self.entries.len()).rev() {
            let entry = &mut self.entries[index];
            let mut group = TagGroup::new(tag(&entry.kind, entry.bounds.take()));
            for child in entry.children.drain(..) {
                match child {
                    Child::Content(content) => group.push(content),
                    Child::Element(element) => group.children.extend(groups[element.0].take().map(Node::Group)),
                }
            }
            groups[index] = Some(group);
        }
        for root in self.roots {
            if let Some(group) = groups[root.0].take() {
                tree.push(group);
            }
        }
        tree
    }
}

fn tag(kind: &Kind, bounds: Option<BBox>) -> TagKind {
    match kind {
        Kind::Paragraph => Tag::P.into(),
        Kind::Heading(level, title) => {
            let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(title.clone())).into()
        }
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::ListItem => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table(summary) => Tag::Table.with_summary(Some(summary.clone())).into(),
        Kind::TableHead => Tag::THead.into(),
        Kind::TableBody => Tag::TBody.into(),
        Kind::TableRow => Tag::TR.into(),
        Kind::HeadingCell => Tag::TH(TableHeaderScope::Column).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Link => Tag::Link.into(),
        Kind::Figure(alternative) => TagKind::from(Tag::Figure(Some((*alternative).to_owned())).with_bbox(bounds))
            .with_placement(Some(Placement::Inline)),
    }
}

//! The outline beside the pages, and the names that other documents can link to.

use std::collections::HashSet;

use krilla::Document;
use krilla::destination::{NamedDestination, XyzDestination};
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use super::flow::{Anchor, Bookmark};

/// What the name of an item's row starts with; the rest is the item's id.
pub(super) const ANCHOR_PREFIX: &str = "_hp_";

/// So many characters of a row's first line say which one it is.
const LONGEST: usize = 90;

/// Headings by their levels, rows under the heading that they follow.
pub(super) fn outline(bookmarks: &[Bookmark], title: &str) -> Outline {
    let mut outline = Outline::new();
    let mut rest = bookmarks;
    if bookmarks.is_empty() {
        // An outline must have something: the document itself.
        outline.push_child(OutlineNode::new(title.to_owned(), place(0, 0.0)));
    }
    while let Some(node) = next(&mut rest) {
        outline.push_child(node);
    }
    outline
}

/// Takes an entry with all that stand below it.
fn next(rest: &mut &[Bookmark]) -> Option<OutlineNode> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    let mut node = OutlineNode::new(shortened(&first.text), place(first.page, first.y));
    while rest.first().is_some_and(|bookmark| bookmark.level > first.level) {
        if let Some(child) = next(rest) {
            node.push_child(child);
        }
    }
    Some(node)
}

/// Registers a name for each item's row, where the name says the id so that it reads back as the same.
pub(super) fn destinations(document: &mut Document, anchors: &[Anchor]) {
    let mut seen = HashSet::new();
    for anchor in anchors.iter().filter(|anchor| is_name(&anchor.id)) {
        if seen.insert(&anchor.id) {
            let name = format!("{ANCHOR_PREFIX}{}", anchor.id);
            // None only where nothing but tags is written.
            let _registered =
                document.register_named_destination(NamedDestination::new(name, place(anchor.page, anchor.y)));
        }
    }
}

fn is_name(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=LONGEST).contains(&id.len()) && id.chars().all(fits)
}

fn place(page: usize, y: f32) -> XyzDestination {
    XyzDestination::new(page, Point::from_xy(0.0, (y - 4.0).max(0.0)))
}

/// A text as it can stand in a list: one line, not too long.
pub(super) fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}

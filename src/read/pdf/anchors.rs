//! The names that this program gives the rows of the plans that it writes as PDF: each leads to where an item begins.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};

use super::source::text_string;
use crate::page::{Node, Part, PartKind, Place};

/// What such a name starts with; the rest is the item's id.
const PREFIX: &str = "_hp_";
/// More are not looked at.
const MOST: usize = 50_000;
/// A row begins at most so far from the place that its name leads to.
const NEAR: f32 = 24.0;

/// A name, and the place on a page that it leads to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Anchor {
    page: u32,
    /// From the top.
    y: f32,
    name: String,
}

/// The names of a file.
pub(super) fn find(pdf: &Pdf) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let names = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"Names".as_slice()));
    if let Some(tree) = names.and_then(|names| names.get::<Dict<'_>>(b"Dests".as_slice())) {
        let pages: Vec<(Option<ObjectIdentifier>, f32)> =
            pdf.pages().iter().map(|page| (page.raw().obj_id(), page.render_dimensions().1)).collect();
        named(&tree, &pages, 0, &mut anchors);
    }
    anchors
}

fn named(tree: &Dict<'_>, pages: &[(Option<ObjectIdentifier>, f32)], depth: usize, anchors: &mut Vec<Anchor>) {
    if depth > 8 || anchors.len() > MOST {
        return;
    }
    for kid in tree.get::<Array<'_>>(b"Kids".as_slice()).iter().flat_map(Array::iter::<Dict<'_>>).take(MOST) {
        named(&kid, pages, depth + 1, anchors);
    }
    let Some(names) = tree.get::<Array<'_>>(b"Names".as_slice()) else { return };
    let mut objects = names.iter::<Object<'_>>().take(MOST);
    while let (Some(name), Some(place)) = (objects.next(), objects.next()) {
        let Some(name) = name.into_string().map(|name: PdfString<'_>| text_string(name.as_bytes())) else { continue };
        if !name.starts_with(PREFIX) {
            continue;
        }
        let Some(place) = place.into_array() else { continue };
        let page = place.raw_iter().next().and_then(|page| page.as_obj_ref()).map(ObjectIdentifier::from);
        let index = pages.iter().position(|(id, _)| page.is_some() && *id == page);
        let mut rest = place.iter::<Object<'_>>().skip(1);
        let to_point = rest.next().and_then(Object::into_name).is_some_and(|kind: Name<'_>| kind.as_str() == "XYZ");
        if let (Some(index), true, Some(y)) = (index, to_point, rest.nth(1).and_then(Object::into_f32)) {
            let page = u32::try_from(index + 1).unwrap_or(u32::MAX);
            anchors.push(Anchor { page, y: pages[index].1 - y, name });
        }
    }
}

/// Gives each name to the row that begins where it leads to.
pub(super) fn attach(anchors: &[Anchor], parts: &mut [Part]) {
    for part in parts {
        let PartKind::Page(number) = part.kind else { continue };
        let mut here: Vec<&Anchor> = anchors.iter().filter(|anchor| anchor.page == number).collect();
        if here.is_empty() {
            continue;
        }
        here.sort_by(|a, b| a.y.total_cmp(&b.y));
        let rows = part.nodes.iter_mut().filter_map(|node| match node {
            Node::Table(table) => Some(&mut table.rows),
            Node::Paragraph(_) => None,
        });
        for row in rows.flatten() {
            let Place::Page { rect: Some(rect), .. } = row.place else { continue };
            let apart = |anchor: &&&Anchor| (anchor.y - rect.y).abs();
            let nearest = here.iter().min_by(|a, b| apart(a).total_cmp(&apart(b)));
            if let Some(anchor) = nearest.filter(|anchor| apart(anchor) < NEAR && !row.heading) {
                row.anchors.push(anchor.name.clone());
            }
        }
    }
}

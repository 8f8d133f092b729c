//! Text boxes at the foot of slide after slide: what a master would have said once.

use crate::page::{Node, Paragraph, Part, PartKind, Place, Rect, Role};

use super::shapes::{Found, What};

/// From here on down a slide has its foot, as a part of its height.
const FOOT: f32 = 0.85;

/// A line at the foot of a slide, and where it stands.
pub(super) type FootLine = (String, Rect);

/// Takes repeated lines at the foot of slides out of the slides and puts each of them once among what stands beside.
pub(super) fn take_out(parts: &mut [Part], beside: &mut Vec<Part>, height: f32) {
    let mut seen: Vec<(String, Rect, usize)> = Vec::new();
    for paragraph in parts.iter().flat_map(|part| &part.nodes) {
        let Some((text, rect)) = foot_line(paragraph, height) else { continue };
        match seen.iter_mut().find(|(known, place, _)| *known == text && close(*place, rect)) {
            Some((_, _, count)) => *count += 1,
            None => seen.push((text, rect, 1)),
        }
    }
    // What a later slide repeats stands beside already.
    let known: Vec<String> = beside
        .iter()
        .filter(|part| part.kind == PartKind::Footer)
        .flat_map(|part| part.nodes.iter().filter_map(text_of))
        .collect();
    seen.retain(|(text, _, count)| *count > 1 || known.contains(text));
    let mut kept: Vec<Node> = Vec::new();
    for part in parts {
        part.nodes.retain(|node| {
            let Some((text, rect)) = foot_line(node, height) else { return true };
            let repeated = seen.iter().any(|(known, place, _)| *known == text && close(*place, rect));
            let is_kept = known.contains(&text) || kept.iter().any(|own| text_of(own).as_deref() == Some(&text));
            if repeated && !is_kept {
                kept.push(node.clone());
            }
            !repeated
        });
    }
    if !kept.is_empty() {
        beside.push(Part { kind: PartKind::Footer, nodes: kept });
    }
}

/// Boxes at the foot of a slide with nothing but the slide's own number in them, or with what stood at the same place
/// on a slide before where no table covers it, are what placeholders would say, also where a table has grown over them.
pub(super) fn tell(found: &mut [Found<'_>], slide: u32, height: f32, before: &mut Vec<FootLine>) {
    let tables: Vec<Rect> =
        found.iter().filter(|found| matches!(found.what, What::Table(_))).map(|found| found.rect).collect();
    for Found { rect, what } in found.iter_mut().filter(|found| found.rect.y >= height * FOOT) {
        let What::Text { nodes, mark: None } = what else { continue };
        let texts: Vec<String> = nodes.iter().filter_map(text_of).filter(|text| !text.trim().is_empty()).collect();
        let [text] = texts.as_slice() else { continue };
        let is_number = rect.width < height / 4.0 && text.trim() == slide.to_string();
        let is_repeated = before.iter().any(|(known, place)| known == text && close(*place, *rect));
        if is_number || is_repeated {
            *what = What::Running(std::mem::take(nodes));
        } else if !tables.iter().any(|table| covers(*table, *rect)) {
            before.push((text.clone(), *rect));
        }
    }
}

fn text_of(node: &Node) -> Option<String> {
    match node {
        Node::Paragraph(paragraph) => Some(paragraph.text()),
        Node::Table(_) => None,
    }
}

/// The text and box of an ordinary line at the foot of a slide.
fn foot_line(node: &Node, height: f32) -> Option<FootLine> {
    let Node::Paragraph(Paragraph { role: Role::Body, place: Place::Slide { rect: Some(rect), .. }, .. }) = node else {
        return None;
    };
    let text = text_of(node)?;
    (rect.y >= height * FOOT && !text.trim().is_empty()).then_some((text, *rect))
}

fn covers(table: Rect, other: Rect) -> bool {
    let (x, y) = (other.x + other.width / 2.0, other.y + other.height / 2.0);
    (table.x..=table.x + table.width).contains(&x) && (table.y..=table.y + table.height).contains(&y)
}

fn close(a: Rect, b: Rect) -> bool {
    (a.x - b.x).abs() < 2.0 && (a.y - b.y).abs() < 2.0
}

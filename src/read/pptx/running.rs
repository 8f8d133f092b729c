//! Text boxes at the foot of slide after slide: what a master would have said once.

use crate::page::{Node, Paragraph, Part, PartKind, Place, Rect, Role};

/// From here on down a slide has its foot, as a part of its height.
const FOOT: f32 = 0.85;

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
    seen.retain(|(_, _, count)| *count > 1);
    if seen.is_empty() {
        return;
    }
    let mut kept: Vec<Node> = Vec::new();
    for part in parts {
        part.nodes.retain(|node| {
            let Some((text, rect)) = foot_line(node, height) else { return true };
            let repeated = seen.iter().any(|(known, place, _)| *known == text && close(*place, rect));
            if repeated && !kept.contains(node) && !kept.iter().any(|own| text_of(own) == Some(text.as_str().into())) {
                kept.push(node.clone());
            }
            !repeated
        });
    }
    beside.push(Part { kind: PartKind::Footer, nodes: kept });
}

fn text_of(node: &Node) -> Option<String> {
    match node {
        Node::Paragraph(paragraph) => Some(paragraph.text()),
        Node::Table(_) => None,
    }
}

/// The text and box of an ordinary line at the foot of a slide.
fn foot_line(node: &Node, height: f32) -> Option<(String, Rect)> {
    let Node::Paragraph(Paragraph { role: Role::Body, place: Place::Slide { rect: Some(rect), .. }, .. }) = node else {
        return None;
    };
    let text = text_of(node)?;
    (rect.y >= height * FOOT && !text.trim().is_empty()).then_some((text, *rect))
}

fn close(a: Rect, b: Rect) -> bool {
    (a.x - b.x).abs() < 2.0 && (a.y - b.y).abs() < 2.0
}

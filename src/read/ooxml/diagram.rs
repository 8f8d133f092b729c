//! SmartArt: the text of its points, in the order and depth of their tree.

use std::collections::BTreeMap;

use super::{Element, Ns};

/// The text bodies of a diagram's data part, each with its depth: 0 for the outermost points.
pub(crate) fn diagram_points(root: Element<'_>) -> Vec<(u8, Element<'_>)> {
    let list = |name| root.child(Ns::Diagram, name).into_iter().flat_map(Element::children);
    let points: Vec<(&str, Element<'_>)> = list("ptLst")
        .filter(|point| point.is(Ns::Diagram, "pt"))
        .filter_map(|point| Some((point.attribute(Ns::None, "modelId")?, point)))
        .collect();
    let mut children: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for link in list("cxnLst").filter(|link| link.is(Ns::Diagram, "cxn")) {
        let own = |name| link.attribute(Ns::None, name);
        let (Some(from), Some(to)) = (own("srcId"), own("destId")) else { continue };
        if own("type").unwrap_or("parOf") == "parOf" {
            let order = own("srcOrd").and_then(|order| order.parse().ok()).unwrap_or(u32::MAX);
            children.entry(from).or_default().push((order, to));
        }
    }
    children.values_mut().for_each(|children| children.sort_by_key(|(order, _)| *order));
    let by_id: BTreeMap<&str, usize> = points.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect();
    let mut seen = vec![false; points.len()];
    let mut found = Vec::new();
    let is_root = |point: &Element<'_>| point.attribute(Ns::None, "type") == Some("doc");
    // The points on the way down, the next one last.
    let mut open: Vec<(&str, u8)> =
        points.iter().rev().filter(|(_, point)| is_root(point)).map(|(id, _)| (*id, 0)).collect();
    while let Some((id, depth)) = open.pop() {
        let Some(&index) = by_id.get(id).filter(|&&index| !seen[index]) else { continue };
        seen[index] = true;
        let point = points[index].1;
        let inside = if is_root(&point) { depth } else { depth.saturating_add(1).min(9) };
        found.extend(point.child(Ns::Diagram, "t").map(|text| (depth, text)));
        let below = children.get(id).map(Vec::as_slice).unwrap_or_default();
        open.extend(below.iter().rev().map(|(_, id)| (*id, inside)));
    }
    // What hangs in no tree is still text.
    for ((_, point), _) in points.iter().zip(&seen).filter(|(_, seen)| !**seen) {
        found.extend(point.child(Ns::Diagram, "t").map(|text| (0, text)));
    }
    found
}

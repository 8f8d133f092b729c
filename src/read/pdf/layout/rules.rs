//! Ruling lines: strokes, thin boxes and the edges of adjoining shadings, joined where collinear.

use super::geometry::Area;
use crate::read::pdf::page::{PdfPage, Shape};

/// A line along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    /// Its place on the other axis.
    pub(crate) at: f32,
    /// Where it begins.
    pub(crate) from: f32,
    /// Where it ends.
    pub(crate) to: f32,
}

/// The lines of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) across: Vec<Rule>,
    pub(crate) down: Vec<Rule>,
}

/// So many lines at most take part in table finding.
const MOST: usize = 4_000;
/// Lines nearer than this are one.
const SNAP: f32 = 2.0;

/// The ruling lines of a page.
pub(crate) fn rules(page: &PdfPage) -> Rules {
    let mut rules = Rules::default();
    let mut boxes: Vec<Area> = Vec::new();
    for path in &page.paths {
        match path.shape {
            Shape::Line { from, to, width } if width <= 8.0 => {
                if (from.1 - to.1).abs() < (from.0 - to.0).abs() {
                    rules.across.push(Rule { at: f32::midpoint(from.1, to.1), from: from.0, to: to.0 });
                } else {
                    rules.down.push(Rule { at: f32::midpoint(from.0, to.0), from: from.1, to: to.1 });
                }
            }
            Shape::Box(rect) => {
                let area = Area::from(rect);
                let whole = area.width() > page.size.0 * 0.97 && area.height() > page.size.1 * 0.9;
                if area.width() > 8.0 && area.height() > 6.0 && !whole && boxes.len() < MOST {
                    boxes.push(area);
                }
            }
            _ => {}
        }
    }
    for area in adjoining(&boxes) {
        rules.across.extend([area.y0, area.y1].map(|at| Rule { at, from: area.x0, to: area.x1 }));
        rules.down.extend([area.x0, area.x1].map(|at| Rule { at, from: area.y0, to: area.y1 }));
    }
    rules.across = joined(rules.across);
    rules.down = joined(rules.down);
    rules
}

/// The boxes that share a side with another: shadings of cells, not of lone paragraphs.
fn adjoining(boxes: &[Area]) -> Vec<Area> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].y0.total_cmp(&boxes[b].y0));
    let mut adjoins = vec![false; boxes.len()];
    for (place, &index) in order.iter().enumerate() {
        let area = boxes[index];
        for &other in order[place + 1..].iter().take(400) {
            let next = boxes[other];
            if next.y0 > area.y1 + 2.5 {
                break;
            }
            let common = area.common(next);
            let beside = common.width().abs() < 2.5 && common.height() > 0.8 * area.height().min(next.height());
            let below = common.height().abs() < 2.5
                && common.width() > 0.8 * area.width().min(next.width())
                && ((area.x0 - next.x0).abs() < 2.5 || (area.x1 - next.x1).abs() < 2.5);
            if beside || below {
                adjoins[index] = true;
                adjoins[other] = true;
            }
        }
    }
    boxes.iter().zip(adjoins).filter_map(|(&area, adjoins)| adjoins.then_some(area)).collect()
}

/// Lines that lie on one another or end to end, as one.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut result: Vec<Rule> = Vec::new();
    let mut start = 0;
    while start < rules.len() {
        let first = rules[start].at;
        let mut end = start + 1;
        while end < rules.len() && rules[end].at - first <= SNAP && rules[end].at - rules[end - 1].at <= 1.5 {
            end += 1;
        }
        let group = &mut rules[start..end];
        let length: f32 = group.iter().map(|rule| rule.to - rule.from + 0.01).sum();
        let at = group.iter().map(|rule| rule.at * (rule.to - rule.from + 0.01)).sum::<f32>() / length;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open = Rule { at, ..group[0] };
        for rule in &group[1..] {
            if rule.from <= open.to + 2.5 {
                open.to = open.to.max(rule.to);
            } else {
                result.push(open);
                open = Rule { at, ..*rule };
            }
        }
        result.push(open);
        start = end;
    }
    result.retain(|rule| rule.to - rule.from > 3.0);
    result.truncate(MOST);
    result
}

//! Ruling lines: strokes, thin boxes and the edges of adjoining shadings, joined where collinear.

use super::geometry::Area;
use crate::page::Rgb;
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
    let mut boxes: Vec<Shading> = Vec::new();
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
                    boxes.push(Shading { area, colour: path.colour });
                }
            }
            _ => {}
        }
    }
    let boxes = adjoining(&seen(&boxes));
    for (index, shading) in boxes.iter().enumerate() {
        shading.seen_sides(index, &boxes, &mut rules);
    }
    rules.across = joined(rules.across);
    rules.down = joined(rules.down);
    rules
}

/// A filled box.
#[derive(Clone, Copy, Debug)]
struct Shading {
    area: Area,
    /// None for a pattern, which is like no other.
    colour: Option<Rgb>,
}

/// Boxes of one colour that lie closer than this show no line between them.
const SEAMLESS: f32 = 0.6;
/// Lighter than this nothing shows on paper.
const WHITE: f32 = 0.985;

impl Shading {
    /// Its sides, but for where a neighbour of the same colour goes on: there a reader sees no edge.
    fn seen_sides(&self, index: usize, sorted: &[Self], rules: &mut Rules) {
        let own = self.area;
        let reach = own.grown(SEAMLESS);
        // Sorted by their upper sides: those that begin below this box end the search.
        let neighbours: Vec<Area> = sorted
            .iter()
            .enumerate()
            .take_while(|(_, other)| other.area.y0 <= reach.y1)
            .filter(|&(at, other)| at != index && self.colour.is_some() && other.colour == self.colour)
            .map(|(_, other)| other.area)
            .filter(|area| area.common(reach).width() > 0.0 && area.common(reach).height() > 0.0)
            .collect();
        for (at, beyond) in [(own.y0, own.y0 - SEAMLESS), (own.y1, own.y1 + SEAMLESS)] {
            let covers = neighbours.iter().filter(|area| area.y0 < beyond && beyond < area.y1);
            let covers = covers.map(|area| (area.x0, area.x1)).collect();
            let stretches = uncovered((own.x0, own.x1), covers);
            rules.across.extend(stretches.into_iter().map(|(from, to)| Rule { at, from, to }));
        }
        for (at, beyond) in [(own.x0, own.x0 - SEAMLESS), (own.x1, own.x1 + SEAMLESS)] {
            let covers = neighbours.iter().filter(|area| area.x0 < beyond && beyond < area.x1);
            let covers = covers.map(|area| (area.y0, area.y1)).collect();
            let stretches = uncovered((own.y0, own.y1), covers);
            rules.down.extend(stretches.into_iter().map(|(from, to)| Rule { at, from, to }));
        }
    }
}

/// White boxes show only on what is coloured: on the page they are no more than its paper.
fn seen(boxes: &[Shading]) -> Vec<Shading> {
    let is_white = |shading: &Shading| shading.colour.is_some_and(|colour| colour.hsl().2 > WHITE);
    let coloured: Vec<(usize, Area)> = boxes
        .iter()
        .enumerate()
        .filter(|(_, shading)| !is_white(shading))
        .map(|(at, shading)| (at, shading.area))
        .collect();
    let on_colour = |at: usize, area: Area| {
        coloured.iter().take_while(|&&(other, _)| other < at).any(|(_, ground)| ground.holds(area.centre()))
    };
    boxes
        .iter()
        .enumerate()
        .filter(|&(at, shading)| !is_white(shading) || on_colour(at, shading.area))
        .map(|(_, &shading)| shading)
        .collect()
}

/// The parts of a stretch that none of the others covers.
fn uncovered((from, to): (f32, f32), mut covers: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    covers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut parts = Vec::new();
    let mut at = from;
    for (start, end) in covers {
        if start - at > SEAMLESS {
            parts.push((at, start.min(to)));
        }
        at = at.max(end);
    }
    if to - at > SEAMLESS {
        parts.push((at, to));
    }
    parts
}

/// The boxes that share a side with another: shadings of cells, not of lone paragraphs. From the top down.
fn adjoining(boxes: &[Shading]) -> Vec<Shading> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].area.y0.total_cmp(&boxes[b].area.y0));
    let mut adjoins = vec![false; boxes.len()];
    for (place, &index) in order.iter().enumerate() {
        let area = boxes[index].area;
        for &other in order[place + 1..].iter().take(400) {
            let next = boxes[other].area;
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
    order.into_iter().filter(|&index| adjoins[index]).map(|index| boxes[index]).collect()
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

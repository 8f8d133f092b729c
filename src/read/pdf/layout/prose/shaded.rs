//! Shadings that cells have one by one: they tell where columns meet, whatever the white between words.

use super::looks::{look, white};
use super::{COLUMNS, Scene};
use crate::read::pdf::layout::geometry::Area;
use crate::read::pdf::layout::lines::Line;

/// How far below a heading the first shaded row of its table stands at most, in points.
const SHADED_BELOW: f32 = 250.0;

/// Where columns meet, in a heading whose cells each have a shading of their own, or in the first row below it whose
/// cells have; empty where there is none.
pub(super) fn columns(scene: &Scene<'_>, heading: Area) -> Vec<f32> {
    let around = |fill: &&Area| fill.y0 < heading.y0 + 2.0 && fill.y1 > heading.y1 - 2.0;
    // A line that looks like another heading begins another table.
    let other = scene.lines.iter().find(|line| {
        line.area.y0 > heading.y1
            && look(scene, line).is_some_and(|look| look.bold)
            && white(std::slice::from_ref(line), 0.6 * line.size).len() + 1 >= COLUMNS
    });
    let end = other.map_or(f32::MAX, |line| line.area.y0 - 6.0).min(heading.y1 + SHADED_BELOW);
    let below = |fill: &&Area| (heading.y1 - 4.0..end).contains(&fill.y0);
    let fills: Vec<Area> = scene.fills.iter().map(|fill| fill.0).collect();
    let own = adjoining(fills.iter().filter(around), heading);
    if !own.is_empty() {
        return own;
    }
    let mut tops: Vec<f32> = fills.iter().filter(below).map(|fill| fill.y0).collect();
    tops.sort_by(f32::total_cmp);
    tops.dedup_by(|next, first| *next - *first < 1.0);
    let row = |top: f32| adjoining(fills.iter().filter(|fill| (fill.y0 - top).abs() < 1.0), heading);
    tops.into_iter().map(row).find(|places| !places.is_empty()).unwrap_or_default()
}

/// Where boxes that stand side by side meet, from before the heading's first word to after its last.
fn adjoining<'a>(boxes: impl Iterator<Item = &'a Area>, heading: Area) -> Vec<f32> {
    let mut boxes: Vec<Area> = boxes.copied().collect();
    boxes.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.x1.total_cmp(&b.x1)));
    boxes.dedup_by(|next, first| (next.x0 - first.x0).abs() < 1.0 && (next.x1 - first.x1).abs() < 1.0);
    let adjoin = boxes.windows(2).all(|pair| (pair[1].x0 - pair[0].x1).abs() < 1.5);
    let ends = boxes.first().zip(boxes.last());
    let reach = ends.is_some_and(|(first, last)| first.x0 < heading.x0 + 1.0 && last.x1 > heading.x1 - 1.0);
    if boxes.len() < COLUMNS || !adjoin || !reach {
        return Vec::new();
    }
    boxes[1..].iter().map(|fill| fill.x0).collect()
}

/// The gaps of a heading between shaded columns; none where the shadings are not of its columns: each has a word, and
/// none stands across.
pub(super) fn gaps(scene: &Scene<'_>, lines: &[Line], heading: Area) -> Option<Vec<(f32, f32)>> {
    let shaded = columns(scene, heading);
    let words = lines.iter().flat_map(Line::words).map(|word| word.area);
    let filled: std::collections::BTreeSet<usize> =
        words.map(|word| shaded.partition_point(|&at| at <= word.centre().0)).collect();
    let gaps = white_around(lines, &shaded);
    (!shaded.is_empty() && filled.len() == shaded.len() + 1 && gaps.len() == shaded.len()).then_some(gaps)
}

/// The white around each of these places; none where a word stands across.
fn white_around(lines: &[Line], places: &[f32]) -> Vec<(f32, f32)> {
    let words = || lines.iter().flat_map(Line::words).map(|word| word.area);
    let gap = |&at: &f32| {
        let from = words().filter(|word| word.centre().0 < at).map(|word| word.x1).fold(f32::MIN, f32::max);
        let to = words().filter(|word| word.centre().0 >= at).map(|word| word.x0).fold(f32::MAX, f32::min);
        (from < to).then_some((from.max(at - 200.0), to.min(at + 200.0)))
    };
    places.iter().filter_map(gap).collect()
}

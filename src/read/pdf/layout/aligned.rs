//! Tables without ruling lines: rows whose parts stand under one another.

use super::geometry::Area;
use super::grid::{Found, Grid, GridCell};
use super::lines::Line;

/// A line of text cut at its wide gaps.
struct Cut {
    area: Area,
    size: f32,
    parts: Vec<Part>,
}

struct Part {
    area: Area,
    letters: usize,
}

/// The tables among lines that stand in no ruled table.
pub(crate) fn grids(lines: &[Line]) -> Vec<Grid> {
    let cuts: Vec<Cut> = lines
        .iter()
        .map(|line| Cut {
            area: line.area,
            size: line.size,
            parts: line
                .clone()
                .split((0.9 * line.size).max(4.0))
                .into_iter()
                .map(|part| Part {
                    area: part.area,
                    letters: part.words().map(|word| word.text.chars().count() + 1).sum(),
                })
                .collect(),
        })
        .collect();
    let mut grids = Vec::new();
    let mut start = 0;
    while start < cuts.len() {
        if cuts[start].parts.len() < 2 {
            start += 1;
            continue;
        }
        let end = reach(&cuts, start);
        match grid(&cuts[start..end]) {
            Some(found) => {
                grids.push(found);
                start = end;
            }
            None => {
                start += 1 + cuts[start + 1..end].iter().position(|cut| cut.parts.len() > 1).unwrap_or(end - start - 1)
            }
        }
    }
    grids
}

/// How far a run of lines with parts goes; short lines between them are wrapped or spanning cells.
fn reach(cuts: &[Cut], start: usize) -> usize {
    let mut end = start + 1;
    let mut last_rich = start;
    let mut region = cuts[start].area;
    for (index, cut) in cuts.iter().enumerate().skip(start + 1) {
        let before = &cuts[index - 1];
        let size = cut.size.max(before.size);
        if cut.area.y0 - before.area.y1 > 2.2 * size {
            break;
        }
        if cut.parts.len() > 1 {
            last_rich = index;
            end = index + 1;
        } else {
            let wide = cut.area.width() > 0.6 * region.width() && cut.parts.iter().any(|part| part.letters > 45);
            if wide || index - last_rich > 4 {
                break;
            }
        }
        region = region.union(cut.area);
    }
    // A wrapped last row: short lines right below.
    while end < cuts.len()
        && end - last_rich <= 2
        && cuts[end].parts.len() == 1
        && cuts[end].area.y0 - cuts[end - 1].area.y1 < 0.4 * cuts[end].size
        && cuts[end].area.width() < 0.4 * region.width()
        && cuts[end].area.x0 > region.x0 + 2.0
    {
        end += 1;
    }
    end
}

fn grid(cuts: &[Cut]) -> Option<Grid> {
    let rich: Vec<&Cut> = cuts.iter().filter(|cut| cut.parts.len() > 1).collect();
    let most = rich.iter().map(|cut| cut.parts.len()).max()?;
    if rich.len() < 2 || (rich.len() < 3 && most < 3) {
        return None;
    }
    let area = Area::around(cuts.iter().map(|cut| cut.area)).grown(1.0);
    let xs = columns(&rich, area)?;
    let count = xs.len() - 1;
    if is_prose(&rich, &xs) {
        return None;
    }
    let column = |x: f32| xs.partition_point(|&edge| edge <= x).clamp(1, count) - 1;
    // Most lines must fill at least two of the columns.
    let filling = rich
        .iter()
        .filter(|cut| {
            let first = column(cut.parts[0].area.centre().0);
            cut.parts.iter().any(|part| column(part.area.centre().0) != first)
        })
        .count();
    if filling * 10 < rich.len() * 7 {
        return None;
    }
    let groups = rows(cuts, &column);
    let mut ys = vec![area.y0];
    for pair in groups.windows(2) {
        let above = cuts[pair[0].clone()].iter().map(|cut| cut.area.y1).fold(f32::MIN, f32::max);
        let below = cuts[pair[1].clone()].iter().map(|cut| cut.area.y0).fold(f32::MAX, f32::min);
        ys.push(f32::midpoint(above, below));
    }
    ys.push(area.y1);
    let mut cells = Vec::new();
    for (row, group) in groups.iter().enumerate() {
        let mut spans: Vec<(usize, usize)> = cuts[group.clone()]
            .iter()
            .flat_map(|cut| &cut.parts)
            .map(|part| (column(part.area.x0 + 1.0), column(part.area.x1 - 1.0)))
            .filter(|(first, last)| last > first)
            .collect();
        spans.sort_unstable();
        let taken: Vec<usize> = cuts[group.clone()]
            .iter()
            .flat_map(|cut| &cut.parts)
            .map(|part| (column(part.area.x0 + 1.0), column(part.area.x1 - 1.0)))
            .filter(|(first, last)| first == last)
            .map(|(first, _)| first)
            .collect();
        spans.retain(|&(first, last)| !taken.iter().any(|at| (first..=last).contains(at)));
        let mut at = 0;
        while at < count {
            let last = spans.iter().filter(|span| span.0 == at).map(|span| span.1).max().unwrap_or(at);
            cells.push(GridCell {
                column: at,
                row,
                colspan: last - at + 1,
                rowspan: 1,
                area: Area { x0: xs[at], x1: xs[last + 1], y0: ys[row], y1: ys[row + 1] },
            });
            at = last + 1;
        }
    }
    Some(Grid { area, xs, ys, cells, open_foot: true, open_head: true, found: Found::Aligned })
}

/// The edges of columns: white from top to bottom, but for a few lines that span.
fn columns(rich: &[&Cut], area: Area) -> Option<Vec<f32>> {
    let mut events: Vec<(f32, i32)> = Vec::new();
    for part in rich.iter().flat_map(|cut| &cut.parts) {
        events.push((part.area.x0, 1));
        events.push((part.area.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let allowed = i32::try_from(rich.len() / 8).unwrap_or(0);
    let mut sizes: Vec<f32> = rich.iter().map(|cut| cut.size).collect();
    sizes.sort_by(f32::total_cmp);
    let narrowest = 0.35 * sizes[sizes.len() / 2];
    let mut xs = vec![area.x0];
    let mut depth = 0;
    let mut gap_from: Option<f32> = None;
    let mut text_since = false;
    for (x, change) in events {
        depth += change;
        if change < 0 && depth <= allowed && gap_from.is_none() {
            gap_from = Some(x);
        } else if change > 0 && depth > allowed {
            if let Some(from) = gap_from.take()
                && x - from > narrowest
                && text_since
            {
                xs.push(f32::midpoint(from, x));
            }
            text_since = true;
        }
    }
    xs.push(area.x1);
    (xs.len() > 2).then_some(xs)
}

/// Running text set in columns, or numbered points.
fn is_prose(rich: &[&Cut], xs: &[f32]) -> bool {
    let count = xs.len() - 1;
    let mut letters = vec![(0_usize, 0_usize); count];
    for part in rich.iter().flat_map(|cut| &cut.parts) {
        let column = xs.partition_point(|&edge| edge <= part.area.centre().0).clamp(1, count) - 1;
        letters[column].0 += part.letters;
        letters[column].1 += 1;
    }
    let mean = |(sum, parts): (usize, usize)| sum / parts.max(1);
    let means: Vec<usize> = letters.iter().map(|&column| mean(column)).collect();
    let long = means.iter().filter(|&&mean| mean > 32).count();
    (count <= 3 && long * 2 > count) || (count == 2 && (means[0] <= 4 && means[1] > 24))
}

/// Which lines make a row: all those with no wider gap between, or each on its own.
fn rows(cuts: &[Cut], column: &impl Fn(f32) -> usize) -> Vec<std::ops::Range<usize>> {
    let gaps: Vec<f32> = cuts
        .windows(2)
        .map(|pair| (pair[1].area.y0 - pair[0].area.y1) / pair[1].size.max(pair[0].size).max(1.0))
        .collect();
    let mut sorted = gaps.clone();
    sorted.sort_by(f32::total_cmp);
    let least = sorted.get(sorted.len() / 10).copied().unwrap_or(0.0);
    let filled = |cut: &Cut| -> Vec<usize> { cut.parts.iter().map(|part| column(part.area.centre().0)).collect() };
    let mut groups: Vec<std::ops::Range<usize>> = std::iter::once(0..1).collect();
    for index in 1..cuts.len() {
        let tight = gaps[index - 1] < least + 0.35;
        let (above, here) = (filled(&cuts[index - 1]), filled(&cuts[index]));
        let first = groups.last().map_or(0, |group| group.start);
        let row: Vec<usize> = cuts[first..index].iter().flat_map(&filled).collect();
        // A wrapped cell: nothing in the first column, and only under what the row already has.
        let numbers = |cut: &Cut| {
            cut.parts.len() > 1 && cut.parts.iter().filter(|part| part.letters < 12).count() * 2 > cut.parts.len()
        };
        let wrapped = tight
            && !here.contains(&0)
            && row.contains(&0)
            && here.iter().all(|column| row.contains(column))
            && here.len() < above.len().max(2)
            && !numbers(&cuts[index]);
        if wrapped {
            if let Some(group) = groups.last_mut() {
                group.end = index + 1;
            }
        } else {
            groups.push(index..index + 1);
        }
    }
    // Rows set apart by wider gaps throughout: the gaps are the rows' borders.
    let wide: Vec<usize> = (0..gaps.len()).filter(|&at| gaps[at] > least + 0.45).collect();
    let starts: Vec<usize> = std::iter::once(0).chain(wide.iter().map(|at| at + 1)).collect();
    let paragraphs_like = cuts.iter().flat_map(|cut| &cut.parts).filter(|part| part.letters > 12).count() * 2
        > cuts.iter().map(|cut| cut.parts.len()).sum::<usize>();
    if paragraphs_like && !wide.is_empty() && wide.len() * 2 < gaps.len() {
        return starts.iter().zip(starts.iter().skip(1).chain([&cuts.len()])).map(|(&from, &to)| from..to).collect();
    }
    groups
}

//! Tables without ruling lines, or with lines across only: rows whose parts stand under one another.
//!
//! How it goes: the lines of each column of the page (`streams`) are cut at their wide gaps; runs of lines with
//! several parts are candidates (`reach`); white rivers between words give the columns (`columns`); what stands above
//! the first line of values is the heading (`header`); the rest are the rows (`rows`). See docs/tables.md.

use super::columns::{self, Cut, Xs};
use super::geometry::Area;
use super::grid::{Found, Grid, GridCell};
use super::header;
use super::lines::Line;
use super::rows;
use super::rules::Rule;
use super::streams;

/// How much of a table's width a line across covers that bounds or parts the whole of it.
const WHOLE: f32 = 0.7;
/// Lines of a table stand no further apart, in shares of their size.
const APART: f32 = 2.2;
/// Unless a line across is drawn between.
const APART_RULED: f32 = 3.6;
/// So many lines with one part each may follow one another: wrapped or spanning cells.
const SINGLES: usize = 4;
/// So many lines of a heading are looked for above the first line with several parts.
const HEADING: usize = 3;
/// A page with more lines than this is a drawing: its text is read, but no tables are looked for in it, which would
/// take time by the square of the lines.
const MOST_LINES: usize = 1_500;
/// A lone part of so many letters that is wide too is running text.
const SENTENCE: usize = 45;

/// The tables among lines that stand in no ruled table; `across` are the lines drawn from side to side.
pub(crate) fn grids(lines: &[Line], across: &[Rule]) -> Vec<Grid> {
    let mut grids = Vec::new();
    if lines.len() > MOST_LINES {
        return grids;
    }
    for cuts in streams::streams(lines.iter().map(Cut::of).collect()) {
        in_stream(&cuts, across, &mut grids);
    }
    grids
}

fn in_stream(cuts: &[Cut], across: &[Rule], grids: &mut Vec<Grid>) {
    let mut start = 0;
    let mut done = 0;
    while start < cuts.len() {
        if cuts[start].parts.len() < 2 {
            start += 1;
            continue;
        }
        let end = reach(cuts, start, across);
        let head = start - heading_above(&cuts[done..start], &cuts[start..end], across);
        match grid(&cuts[head..end], across) {
            Some((found, used)) => {
                grids.push(found);
                start = head + used;
                done = start;
            }
            None => {
                let rest = cuts[start + 1..end].iter().position(|cut| cut.parts.len() > 1);
                start += 1 + rest.unwrap_or(end - start - 1);
            }
        }
    }
}

/// Whether a line is drawn between two heights, over a good part of the area.
fn ruled_between(across: &[Rule], area: Area, top: f32, foot: f32) -> bool {
    across.iter().any(|rule| {
        (top - 2.0..=foot + 2.0).contains(&rule.at)
            && rule.to.min(area.x1) - rule.from.max(area.x0) > 0.5 * area.width()
    })
}

/// How far a run of lines with parts goes; short lines between them are wrapped or spanning cells.
fn reach(cuts: &[Cut], start: usize, across: &[Rule]) -> usize {
    let mut end = start + 1;
    let mut last_rich = start;
    let mut region = cuts[start].area;
    for (index, cut) in cuts.iter().enumerate().skip(start + 1) {
        let before = &cuts[index - 1];
        let gap = (cut.area.y0 - before.area.y1) / cut.size.max(before.size).max(1.0);
        if gap > APART_RULED || (gap > APART && !ruled_between(across, region, before.area.y1, cut.area.y0)) {
            break;
        }
        if cut.parts.len() > 1 {
            last_rich = index;
            end = index + 1;
        } else {
            let wide = cut.area.width() > 0.6 * region.width() && cut.parts.iter().any(|part| part.letters > SENTENCE);
            if wide || index - last_rich > SINGLES {
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

/// How many of the lines right above a run belong to its heading though each has but one part: lines drawn under or
/// over them tell.
fn heading_above(above: &[Cut], run: &[Cut], across: &[Rule]) -> usize {
    let region = Area::around(run.iter().map(|cut| cut.area));
    let mut next = run[0].area;
    let mut found = 0;
    for (index, cut) in above.iter().rev().take(HEADING).enumerate() {
        let inside = cut.area.x0 > region.x0 - 1.0 && cut.area.x1 < region.x1 + 1.0;
        if !inside || next.y0 - cut.area.y1 > APART * cut.size {
            break;
        }
        let indented = cut.area.x0 > region.x0 + 2.0 * cut.size;
        let over = |rule: &&Rule| rule.from < cut.area.x0 + cut.size && rule.to > cut.area.x1 - cut.size;
        let under = across.iter().filter(over).any(|rule| {
            !covers(rule, region) && (cut.area.y1 - 0.3 * cut.size..next.y0 + 0.5 * cut.size).contains(&rule.at)
        });
        let topped = across
            .iter()
            .any(|rule| covers(rule, region) && (-1.5 * cut.size..0.2 * cut.size).contains(&(rule.at - cut.area.y0)));
        if (under && indented) || topped {
            found = index + 1;
        }
        next = cut.area;
    }
    found
}

/// The table of a run of lines, and how many of the lines it takes up (with what was left out above it).
fn grid(run: &[Cut], across: &[Rule]) -> Option<(Grid, usize)> {
    let xs = columns::edges(run)?;
    let (from, to) = trimmed(run, &xs, across);
    let cuts = run.get(from..to)?;
    // Without what was trimmed the columns may be others.
    let xs = if (from, to) == (0, run.len()) { xs } else { columns::edges(cuts)? };
    let rich = cuts.iter().filter(|cut| cut.parts.len() > 1).count();
    let most = cuts.iter().map(|cut| cut.parts.len()).max()?;
    let with_values = cuts.iter().filter(|cut| has_values(cut, &xs)).count();
    if rich < 2 || (rich < 3 && (most < 3 || with_values == 0)) || is_prose(cuts, &xs) || !fills(cuts, &xs) {
        return None;
    }
    let area = Area::around(cuts.iter().map(|cut| cut.area)).grown(1.0);
    let mut xs = xs;
    if let [first, .., last] = xs.0.as_mut_slice() {
        (*first, *last) = (area.x0, area.x1);
    }
    let rules: Vec<Rule> =
        across.iter().filter(|rule| area.y0 - 6.0 < rule.at && rule.at < area.y1 + 6.0).copied().collect();
    let whole: Vec<f32> = rules.iter().filter(|rule| covers(rule, area)).map(|rule| rule.at).collect();
    let body = header::first_body_line(cuts, &xs, &whole);
    let mut grid = Grid {
        area,
        xs: xs.0.clone(),
        ys: vec![area.y0],
        cells: Vec::new(),
        open_foot: true,
        open_head: true,
        found: Found::Aligned,
    };
    if body > 0 {
        let (ys, cells) = header::cells(&cuts[..body], &cuts[body..], &xs, &rules, area);
        grid.ys.extend(ys);
        grid.cells.extend(cells);
    }
    let groups = rows::rows(&cuts[body..], &xs, &whole);
    add_rows(&mut grid, &cuts[body..], &groups, &xs);
    Some((grid, to))
}

fn covers(rule: &Rule, area: Area) -> bool {
    rule.to.min(area.x1) - rule.from.max(area.x0) > WHOLE * area.width()
}

/// The part of a run that is the table: without a title above it and notes below.
fn trimmed(run: &[Cut], xs: &Xs, across: &[Rule]) -> (usize, usize) {
    let area = Area::around(run.iter().map(|cut| cut.area));
    let (mut from, mut to) = (0, run.len());
    // Running text goes from the first column into others; a heading that spans begins further in.
    let runs_over = |cut: &Cut| {
        xs.parts(cut).iter().any(|part| part.first == 0 && part.last > 0 && part.words > 2) && !has_values(cut, xs)
    };
    let heights: Vec<f32> = across.iter().filter(|rule| covers(rule, area)).map(|rule| rule.at).collect();
    let between =
        |index: usize| heights.iter().any(|&at| run[index - 1].area.centre().1 < at && at < run[index].area.centre().1);
    while from + 2 < to && runs_over(&run[from]) {
        from += 1;
    }
    // A line drawn above the heading, with another below it: what stands over the first is a title.
    let first_values = (from..to).find(|&index| has_values(&run[index], xs)).unwrap_or(to);
    let drawn: Vec<usize> = (from + 1..first_values.min(to)).filter(|&index| between(index)).collect();
    let below_heading = first_values < to && first_values > 0 && between(first_values);
    if let Some(&first) = drawn.first()
        && (drawn.len() > 1 || below_heading)
        && first - from <= 3
    {
        from = first;
    }
    while to > from + 2 && (runs_over(&run[to - 1]) || is_note(&run[to - 1], run, xs)) {
        to -= 1;
    }
    (from, to)
}

/// A line of its own, in smaller letters than the table's.
fn is_note(cut: &Cut, run: &[Cut], xs: &Xs) -> bool {
    let mut sizes: Vec<f32> = run.iter().filter(|cut| has_values(cut, xs)).map(|cut| cut.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).is_some_and(|&size| cut.size < 0.93 * size) && cut.parts.len() == 1
}

/// Whether the line holds values beyond the first column.
pub(super) fn has_values(cut: &Cut, xs: &Xs) -> bool {
    let beyond: Vec<_> = cut.words.iter().filter(|word| xs.column(word.area.centre().0) > 0).collect();
    let values = beyond.iter().filter(|word| word.is_value).count();
    values > 0 && values * 2 >= beyond.len()
}

/// Most lines must fill at least two of the columns.
fn fills(cuts: &[Cut], xs: &Xs) -> bool {
    let rich: Vec<&Cut> = cuts.iter().filter(|cut| cut.parts.len() > 1).collect();
    let filling = rich
        .iter()
        .filter(|cut| {
            let first = xs.column(cut.parts[0].area.centre().0);
            cut.parts.iter().any(|part| xs.column(part.area.centre().0) != first)
        })
        .count();
    filling * 10 >= rich.len() * 7
}

/// Running text set in columns, or numbered points.
fn is_prose(cuts: &[Cut], xs: &Xs) -> bool {
    let count = xs.count();
    let mut letters = vec![(0_usize, 0_usize, 0_usize); count];
    for part in cuts.iter().filter(|cut| cut.parts.len() > 1).flat_map(|cut| &cut.parts) {
        let column = &mut letters[xs.column(part.area.centre().0)];
        column.0 += part.letters;
        column.1 += 1;
        column.2 += usize::from(part.is_value);
    }
    let means: Vec<usize> = letters.iter().map(|&(sum, parts, _)| sum / parts.max(1)).collect();
    let long = means.iter().filter(|&&mean| mean > 32).count();
    let values = letters.iter().filter(|(_, parts, values)| values * 2 > *parts).count();
    (count <= 3 && long * 2 > count)
        || (count == 2 && means[0] <= 4 && means[1] > 24)
        || (count == 2 && values == 0 && means.iter().all(|&mean| mean > 20))
        || (values == 0 && long * 3 > count * 2)
}

/// Adds the rows below the heading, with cells that lie over several columns.
fn add_rows(grid: &mut Grid, cuts: &[Cut], groups: &[std::ops::Range<usize>], xs: &Xs) {
    let count = xs.count();
    for (index, group) in groups.iter().enumerate() {
        let lines = &cuts[group.clone()];
        let top = *grid.ys.last().unwrap_or(&grid.area.y0);
        let foot = match groups.get(index + 1) {
            Some(next) => {
                let above = lines.iter().map(|cut| cut.area.y1).fold(f32::MIN, f32::max);
                let below = cuts[next.clone()].iter().map(|cut| cut.area.y0).fold(f32::MAX, f32::min);
                f32::midpoint(above, below)
            }
            None => grid.area.y1,
        };
        let row = grid.ys.len() - 1;
        grid.ys.push(foot);
        let parts: Vec<(usize, usize)> =
            lines.iter().flat_map(|cut| xs.parts(cut)).map(|part| (part.first, part.last)).collect();
        let mut at = 0;
        while at < count {
            let free = |last: usize| !parts.iter().any(|&(a, b)| (a, b) != (at, last) && a <= last && b >= at);
            let last = parts.iter().filter(|part| part.0 == at).map(|part| part.1).max().filter(|&last| free(last));
            let last = last.unwrap_or(at);
            grid.cells.push(GridCell {
                column: at,
                row,
                colspan: last - at + 1,
                rowspan: 1,
                area: Area { x0: grid.xs[at], x1: grid.xs[last + 1], y0: top, y1: foot },
            });
            at = last + 1;
        }
    }
}

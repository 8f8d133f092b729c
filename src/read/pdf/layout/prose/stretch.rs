//! How far a table's columns reach: from its heading down to the first line that crosses a gap.

use super::looks::{look, white};
use super::{COLUMNS, Scene, shaded};
use crate::read::pdf::layout::geometry::Area;
use crate::read::pdf::layout::grid::{Found, Grid};
use crate::read::pdf::layout::lines::{Line, is_plain};

/// A gap narrower than this parts no columns but words, in sizes of the letters.
const NARROWEST: f32 = 0.38;
/// The lines of its wordiest column have so many letters on average.
const LONGEST: usize = 14;
/// The same where a heading row or the page before shows the columns: a page on end leaves narrow ones.
const LONGEST_UNDER_HEADING: usize = 8;
/// Text further below than this, in sizes of its letters, is no longer of the table.
const FURTHEST: f32 = 5.0;
/// The same for a line that fills several columns: a row may be as high as a slide's.
const FURTHEST_ROW: f32 = 22.0;

/// Lines that keep the same gaps white.
#[derive(Debug)]
pub(super) struct Stretch {
    /// The first line of the heading, or of the text where there is no heading.
    pub(super) start: usize,
    /// The first line after the heading.
    pub(super) body: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// The edges of columns.
    pub(super) xs: Vec<f32>,
    /// The usual size of the text.
    pub(super) size: f32,
}

/// White stretches between two columns.
type Gap = Vec<(f32, f32)>;

/// The next table whose heading stands at a line from `from` on.
pub(super) fn next(scene: &Scene<'_>, from: usize) -> Option<Stretch> {
    let mut start = from;
    while start < scene.lines.len() {
        if let Some((body, gaps)) = heading(scene, start)
            && let Some(found) = follow(scene, start, body, gaps)
        {
            return Some(found);
        }
        start += 1;
    }
    None
}

/// The rest of the table before, at the top of the page.
pub(super) fn going_on(scene: &Scene<'_>, before: &Grid) -> Option<Stretch> {
    if before.xs.len() <= COLUMNS || before.found == Found::Ruled || heading(scene, 0).is_some() {
        return None;
    }
    let gaps = before.xs[1..before.xs.len() - 1].iter().map(|&x| vec![(x - 6.0, x + 4.5)]).collect();
    let mut found = follow(scene, 0, 0, gaps)?;
    let last = found.xs.len() - 1;
    found.xs[0] = found.xs[0].min(before.xs[0]);
    found.xs[last] = found.xs[last].max(before.xs[before.xs.len() - 1]);
    // A column that is empty here keeps its place.
    for (x, &old) in found.xs.iter_mut().zip(&before.xs) {
        if (*x - old).abs() < 5.0 {
            *x = old;
        }
    }
    Some(found)
}

/// The lines of a heading that begins at a line, and the gaps between its columns.
fn heading(scene: &Scene<'_>, start: usize) -> Option<(usize, Vec<Gap>)> {
    let first = scene.lines.get(start)?;
    let look_first = look(scene, first)?;
    let light_ink = is_plain(look_first.ink) && look_first.ink.hsl().2 > 0.8;
    if !(look_first.bold || look_first.shade.is_some() || light_ink) {
        return None;
    }
    let mut end = start + 1;
    let mut area = first.area;
    while end < scene.lines.len() && end - start < 12 {
        let line = &scene.lines[end];
        let near = line.area.y0 - area.y1 < 0.75 * line.size;
        let same = (line.size - first.size).abs() < 0.2 * first.size;
        if !near || !same || look(scene, line) != Some(look_first) {
            break;
        }
        area = area.union(line.area);
        end += 1;
    }
    // The text below looks different; a block that never ends is no heading.
    if end - start >= 12 || area.height() > 9.0 * first.size {
        return None;
    }
    let lines = &scene.lines[start..end];
    let widest = (0.45 * first.size).max(3.5);
    let gaps = shaded::gaps(scene, lines, area).unwrap_or_else(|| white(lines, widest));
    let gaps: Vec<Gap> = gaps.into_iter().map(|gap| vec![gap]).collect();
    (gaps.len() + 1 >= COLUMNS && gaps.len() < 12).then_some((end, gaps))
}

/// What is left of a gap beside the words of a line.
fn narrowed(gap: &Gap, line: &Line) -> Gap {
    let mut left = gap.clone();
    for word in line.words() {
        let (x0, x1) = (word.area.x0, word.area.x1);
        if left.iter().all(|&(from, to)| x1 <= from || x0 >= to) {
            continue;
        }
        left = left.into_iter().flat_map(|(from, to)| [(from, to.min(x0)), (from.max(x1), to)]).collect();
        left.retain(|(from, to)| to - from >= NARROWEST * line.size.min(12.0));
    }
    left
}

/// Follows the gaps down from a heading (or from `body`, where there is none).
fn follow(scene: &Scene<'_>, start: usize, body: usize, mut gaps: Vec<Gap>) -> Option<Stretch> {
    let lines = scene.lines;
    let head_look = (body > start).then(|| look(scene, &lines[start])).flatten();
    let size = usual_size(&lines[body..(body + 12).min(lines.len())]).or(usual_size(&lines[start..body]))?;
    let mut end = body;
    let mut area = Area::around(lines[start..body].iter().map(|line| line.area));
    while let Some(line) = lines.get(end) {
        let letters = line.words().any(|word| word.text.chars().any(char::is_alphanumeric));
        let gap = if area.y1 > area.y0 { line.area.y0 - area.y1 } else { 0.0 };
        let columns = columns_filled(line, &gaps);
        let far = gap > if columns >= COLUMNS { FURTHEST_ROW } else { FURTHEST } * size;
        if far || (letters && line.size > 1.25 * size) {
            break;
        }
        // Another heading row begins another table, be it with the same columns.
        let own = look(scene, line);
        let sets_off = match head_look {
            Some(_) => own == head_look,
            None => own.is_some_and(|own| own.bold),
        };
        if sets_off && heading(scene, end).is_some_and(|(_, other)| other.len() > 1) {
            break;
        }
        let next: Vec<Gap> = gaps.iter().map(|gap| narrowed(gap, line)).collect();
        let closed = next.iter().filter(|gap| gap.is_empty()).count();
        if closed > 0 {
            // A wide space in the heading looked like a gap; the first lines of the text tell, or that no
            // column begins there.
            let few = body > start && end < body + 3 && closed * 2 < gaps.len();
            let weak = body > start
                && closed == 1
                && next.iter().zip(&gaps).all(|(next, gap)| !next.is_empty() || is_weak(gap, &lines[body..end]));
            if !(few || weak) || gaps.len() - closed + 1 < COLUMNS {
                break;
            }
            gaps = next.into_iter().filter(|gap| !gap.is_empty()).collect();
        } else {
            gaps = next;
        }
        area = area.union(line.area);
        end += 1;
    }
    if gaps.len() + 1 < COLUMNS {
        return None;
    }
    let again = (body > start).then(|| same_columns(scene, &gaps)).flatten();
    let mut stretch =
        Stretch { start, body, end, xs: edges(scene, &lines[start..end], body - start, &gaps, area), size };
    trim(scene, &mut stretch);
    // The heading of the table before again: what stands under it is the table's, be it one word.
    if let Some(before) = again
        && stretch.end > stretch.body
    {
        let inner = 1..before.xs.len() - 1;
        stretch.xs[inner.clone()].copy_from_slice(&before.xs[inner]);
        return Some(stretch);
    }
    is_text(scene, &stretch).then_some(stretch)
}

/// How many columns a line has text in.
fn columns_filled(line: &Line, gaps: &[Gap]) -> usize {
    let column = |x: f32| gaps.iter().filter(|gap| gap.iter().all(|span| span.1 <= x + 1.0)).count();
    line.words().map(|word| column(word.area.x0)).collect::<std::collections::BTreeSet<_>>().len()
}

/// No column begins after the gap: the lines' text begins here and there.
fn is_weak(gap: &Gap, lines: &[Line]) -> bool {
    let Some(&(_, to)) = gap.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return true };
    let firsts: Vec<f32> = lines
        .iter()
        .filter_map(|line| line.words().map(|word| word.area.x0).filter(|x| *x >= to - 1.0).reduce(f32::min))
        .filter(|x| x - to < 60.0)
        .collect();
    let level = firsts.iter().filter(|x| (**x - to).abs() < 1.0).count();
    level * 10 < firsts.len() * 6
}

fn usual_size(lines: &[Line]) -> Option<f32> {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// The edges of columns, each a little before the text to its right; a ruled table's or shaded heading's own where it
/// has them. The first `head` lines are the heading.
fn edges(scene: &Scene<'_>, lines: &[Line], head: usize, gaps: &[Gap], area: Area) -> Vec<f32> {
    let known: Vec<f32> = scene
        .ruled
        .iter()
        .filter(|grid| grid.area.common(area).size() > 0.0 && grid.xs.len() > COLUMNS)
        .flat_map(|grid| grid.xs.iter().copied())
        .chain(if head > 0 {
            shaded::columns(scene, Area::around(lines[..head].iter().map(|line| line.area)))
        } else {
            Vec::new()
        })
        .collect();
    let mut xs = vec![area.x0 - 3.0];
    for gap in gaps {
        // The text of a column begins where the gap before it ends; else the widest one is it.
        let begins = |to: f32| lines.iter().filter(|line| begins_at(line, to)).count();
        let best =
            gap.iter().copied().max_by(|a, b| begins(a.1).cmp(&begins(b.1)).then((a.1 - a.0).total_cmp(&(b.1 - b.0))));
        let Some((from, to)) = best else { continue };
        let drawn = known.iter().copied().find(|x| (from..=to).contains(x));
        xs.push(drawn.unwrap_or(to - (0.5 * (to - from)).min(4.0)));
    }
    // Shadings and lines show how far the table reaches; its last column may hold little text.
    let boxes = scene.fills.iter().map(|fill| fill.0).filter(|fill| fill.common(area).height() > 0.0);
    let rules = scene.across.iter().filter(|rule| (area.y0 - 8.0..area.y1 + 8.0).contains(&rule.at));
    let reach = boxes.map(|fill| fill.x1).chain(rules.map(|rule| rule.to)).fold(area.x1, f32::max);
    xs.push(reach.min(area.x1 + 200.0) + 3.0);
    xs
}

/// A word of the line begins there, with white before it.
fn begins_at(line: &Line, x: f32) -> bool {
    line.words().any(|word| (word.area.x0 - x).abs() < 0.8)
}

/// Takes lines off the end that stand in the first column alone and look like a heading of what follows.
fn trim(scene: &Scene<'_>, stretch: &mut Stretch) {
    while stretch.end > stretch.body {
        let line = &scene.lines[stretch.end - 1];
        let first_alone = line.area.x1 < stretch.xs[1];
        let bold = look(scene, line).is_some_and(|look| look.bold);
        let above = scene.lines[..stretch.end - 1].iter().map(|line| line.area.y1).fold(f32::MIN, f32::max);
        let apart = line.area.y0 - above > 1.1 * stretch.size;
        let in_row = scene
            .fills
            .iter()
            .any(|(area, _)| area.holds(line.area.centre()) && area.common(row_band(stretch, line)).width() > 0.0)
            && !bold;
        if first_alone && (bold || apart) && !in_row {
            stretch.end -= 1;
        } else {
            break;
        }
    }
}

/// The table that the page before ended with, where its columns meet in these gaps.
fn same_columns<'a>(scene: &Scene<'a>, gaps: &[Gap]) -> Option<&'a Grid> {
    let before = scene.before?;
    let inner = before.xs.get(1..before.xs.len().checked_sub(1)?)?;
    let meet = |(x, gap): (&f32, &Gap)| gap.iter().any(|&(from, to)| (from - 1.0..=to + 1.0).contains(x));
    (inner.len() == gaps.len() && inner.iter().zip(gaps).all(meet)).then_some(before)
}

fn row_band(stretch: &Stretch, line: &Line) -> Area {
    Area { x0: stretch.xs[1], x1: stretch.xs[2], ..line.area }
}

/// Whether the cells hold text rather than numbers: words, several lines of them, in more than one column.
fn is_text(scene: &Scene<'_>, stretch: &Stretch) -> bool {
    let count = stretch.xs.len() - 1;
    let mut letters = vec![0_usize; count];
    let mut digits = vec![0_usize; count];
    let mut lines = vec![0_usize; count];
    for line in &scene.lines[stretch.body..stretch.end] {
        let mut last = None;
        for word in line.words() {
            let column = stretch.column(word.area);
            letters[column] += word.text.chars().filter(|c| c.is_alphabetic()).count();
            digits[column] += word.text.chars().filter(char::is_ascii_digit).count();
            if last != Some(column) {
                lines[column] += 1;
                last = Some(column);
            }
        }
    }
    let mean = |column: usize| letters[column] / lines[column].max(1);
    let prose = (0..count).filter(|&column| mean(column) >= 6 && lines[column] > 0).count();
    let longest = (0..count).map(mean).max().unwrap_or(0);
    let wrapped = lines.iter().any(|&lines| lines >= 2);
    // One column may hold dates; two are a table of numbers.
    let numbers = (0..count).filter(|&column| digits[column] > letters[column]).count();
    let wordy = numbers < 2 && letters.iter().sum::<usize>() > 2 * digits.iter().sum::<usize>();
    let begun = stretch.body > stretch.start || lines[1..].iter().any(|&lines| lines > 0);
    // A heading of several columns with little or nothing under it: the page ends there.
    let heading = stretch.body > stretch.start && count > COLUMNS;
    let cut = heading && stretch.end == scene.lines.len();
    // The end of a row, under another column than the first: no paragraph after the table stands there.
    let tail = stretch.body == stretch.start && lines[0] == 0;
    if heading && stretch.body == stretch.end {
        return cut;
    }
    let goes_on = heading || scene.before.is_some_and(|before| before.xs.len() == stretch.xs.len());
    longest >= if goes_on { LONGEST_UNDER_HEADING } else { LONGEST }
        && wordy
        && (wrapped || cut || tail)
        && begun
        && (prose >= 2 || (prose >= 1 && (goes_on || stretch.body == stretch.start)))
}

impl Stretch {
    /// The column that a word stands in.
    pub(super) fn column(&self, area: Area) -> usize {
        let count = self.xs.len() - 1;
        self.xs.partition_point(|&edge| edge <= area.centre().0).clamp(1, count) - 1
    }
}

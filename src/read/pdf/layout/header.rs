//! The heading of an unruled table: lines above the first row, joined to cells that may lie over several columns.

use super::aligned::has_values;
use super::columns::{Cut, Placed, Xs};
use super::geometry::Area;
use super::grid::GridCell;
use super::rules::Rule;

/// A heading has so many lines at most.
const LINES: usize = 8;

/// The number of lines that belong to the heading: those above the first line of values, where a drawn line or the
/// values show that they are one. None where the table has words only and no line: the first row is as any other.
pub(super) fn first_body_line(cuts: &[Cut], xs: &Xs, whole: &[f32]) -> usize {
    let drawn = |index: usize| {
        index > 0
            && index < cuts.len()
            && whole.iter().any(|&at| cuts[index - 1].area.centre().1 < at && at < cuts[index].area.centre().1)
    };
    // A heading may hold numbers too ("2009", "10,000–"), but then seldom beside a text in the first column.
    let named = |cut: &Cut| cut.words.iter().any(|word| xs.column(word.area.centre().0) == 0);
    let values = cuts.iter().position(|cut| has_values(cut, xs) && named(cut));
    let Some(first) = values.or_else(|| cuts.iter().position(|cut| has_values(cut, xs))) else { return 0 };
    // A label above its rows ("Total:" with nothing beside it) belongs to the rows.
    let is_label = |cut: &Cut| xs.parts(cut).iter().all(|part| part.first == 0 && part.last == 0);
    let mut body = first.min(LINES);
    // The last line of a heading may hold numbers among its words: the drawn line below it tells.
    let mixed = cuts[first].words.iter().any(|word| !word.is_value && xs.column(word.area.centre().0) > 0);
    if first > 0 && mixed && drawn(first + 1) && first + 1 < cuts.len() && !(1..=first).any(drawn) {
        body = first + 1;
    } else if let Some(line) = (1..=body).rev().find(|&index| drawn(index)) {
        body = line;
    } else {
        while body > 0 && is_label(&cuts[body - 1]) && (0..body - 1).any(|index| !is_label(&cuts[index])) {
            body -= 1;
        }
    }
    body
}

/// The cells of the heading and the heights at which its rows end.
pub(super) fn cells(lines: &[Cut], below: &[Cut], xs: &Xs, rules: &[Rule], area: Area) -> (Vec<f32>, Vec<GridCell>) {
    let parts: Vec<Vec<Placed>> = lines
        .iter()
        .map(|cut| xs.parts(cut).into_iter().map(|part| spread(part, cut.size, xs, rules)).collect())
        .collect();
    let bounds = bounds(&parts, lines, rules, area);
    let above = lines.iter().map(|cut| cut.area.y1).fold(f32::MIN, f32::max);
    let foot = below.iter().map(|cut| cut.area.y0).fold(f32::MAX, f32::min);
    let foot = if foot == f32::MAX { area.y1 } else { f32::midpoint(above, foot) };
    let mut ys = vec![area.y0];
    ys.extend(bounds.iter().copied().filter(|&y| area.y0 < y && y < foot));
    ys.push(foot);
    let band = |y: f32| ys.partition_point(|&edge| edge <= y).clamp(1, ys.len() - 1) - 1;
    let mut taken = vec![vec![false; xs.count()]; ys.len() - 1];
    let mut cells = Vec::new();
    let mut add = |column: usize, row: usize, colspan: usize, rowspan: usize, taken: &mut Vec<Vec<bool>>| {
        let squares = || (row..row + rowspan).flat_map(|r| (column..column + colspan).map(move |c| (r, c)));
        if squares().any(|(r, c)| taken[r][c]) {
            return;
        }
        squares().for_each(|(r, c)| taken[r][c] = true);
        let area = Area { x0: xs.0[column], x1: xs.0[column + colspan], y0: ys[row], y1: ys[row + rowspan] };
        cells.push(GridCell { column, row, colspan, rowspan, area });
    };
    // What lies over several columns first.
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    for part in parts.iter().flatten().filter(|part| part.last > part.first) {
        let row = band(part.area.centre().1);
        match spans.iter_mut().find(|span| span.0 == row && span.1 <= part.last && part.first <= span.2) {
            Some(span) => *span = (row, span.1.min(part.first), span.2.max(part.last)),
            None => spans.push((row, part.first, part.last)),
        }
    }
    for &(row, first, last) in &spans {
        let alone = parts.iter().flatten().all(|part| {
            band(part.area.centre().1) != row
                || part.last < first
                || part.first > last
                || (part.first, part.last) == (first, last)
                || part.last > part.first
        });
        if alone {
            add(first, row, last - first + 1, 1, &mut taken);
        }
    }
    // Then each column's own text: one cell over all the rows that it reaches through.
    for column in 0..xs.count() {
        let rows: Vec<usize> = parts
            .iter()
            .flatten()
            .filter(|part| part.first == column && part.last == column)
            .map(|part| band(part.area.centre().1))
            .filter(|&row| !taken[row][column])
            .collect();
        if let (Some(&top), Some(&end)) = (rows.iter().min(), rows.iter().max())
            && (top..=end).all(|row| !taken[row][column])
        {
            add(column, top, 1, end - top + 1, &mut taken);
        }
        for row in 0..ys.len() - 1 {
            if !taken[row][column] {
                add(column, row, 1, 1, &mut taken);
            }
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    ys.remove(0);
    (ys, cells)
}

/// A text over a line that is drawn under several columns belongs to all of them.
fn spread(part: Placed, size: f32, xs: &Xs, rules: &[Rule]) -> Placed {
    let under = rules.iter().find(|rule| {
        (-0.3 * size..1.2 * size).contains(&(rule.at - part.area.y1))
            && rule.from <= part.area.x0 + size
            && rule.to >= part.area.x1 - size
    });
    let Some(rule) = under else { return part };
    let middles = |column: usize| f32::midpoint(xs.0[column], xs.0[column + 1]);
    let covered: Vec<usize> =
        (0..xs.count()).filter(|&column| rule.from < middles(column) && middles(column) < rule.to).collect();
    match (covered.first(), covered.last()) {
        // A line under all columns closes the heading: it says nothing of this text.
        (Some(&first), Some(&last)) if last - first + 1 < xs.count() => {
            Placed { first: first.min(part.first), last: last.max(part.last), ..part }
        }
        _ => part,
    }
}

/// Heights at which the heading's rows part: below a text that lies over several columns, and at lines drawn over
/// the whole width.
fn bounds(parts: &[Vec<Placed>], lines: &[Cut], rules: &[Rule], area: Area) -> Vec<f32> {
    let mut bounds: Vec<f32> = rules
        .iter()
        .filter(|rule| rule.to.min(area.x1) - rule.from.max(area.x0) > 0.9 * area.width())
        .map(|rule| rule.at)
        .filter(|&at| {
            lines.iter().any(|cut| cut.area.centre().1 < at) && lines.iter().any(|cut| cut.area.centre().1 > at)
        })
        .collect();
    for (index, line) in parts.iter().enumerate() {
        for span in line.iter().filter(|part| part.last > part.first) {
            let inside = |part: &&Placed| part.first >= span.first && part.last <= span.last;
            let next = parts[index + 1..].iter().flatten().find(inside);
            let Some(next) = next else { continue };
            // The same text going on: the same columns again.
            if (next.first, next.last) == (span.first, span.last) {
                continue;
            }
            bounds.push(f32::midpoint(span.area.y1, next.area.y0));
        }
    }
    bounds.sort_by(f32::total_cmp);
    let size = lines.first().map_or(10.0, |cut| cut.size);
    bounds.dedup_by(|next, first| *next - *first < 0.6 * size);
    bounds
}

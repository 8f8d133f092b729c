//! Lines under known columns → the edges of rows.

use super::Scene;
use super::centred;
use super::level::{self, Level, heights};
use super::pieces::Piece;
use super::stretch::Stretch;
use crate::read::pdf::layout::geometry::Area;
use crate::read::pdf::layout::lines::Line;

/// A line across or the edge of a shading counts when it covers this much of the table's width.
const ACROSS: f32 = 0.6;

/// The edges of rows, the heading's first; one more than rows.
pub(super) fn edges(scene: &Scene<'_>, stretch: &Stretch) -> Option<Vec<f32>> {
    let lines = &scene.lines[stretch.start..stretch.end];
    let head = stretch.body - stretch.start;
    let area = Area::around(lines.iter().map(|line| line.area));
    let body: Vec<Piece> = lines[head..].iter().flat_map(|line| pieces(line, stretch)).collect();
    let width = Area { x0: stretch.xs[0], x1: *stretch.xs.last()?, ..area };
    let drawn: Vec<f32> =
        drawn_edges(scene, width).into_iter().filter(|&at| body.iter().all(|piece| !crosses(piece, at))).collect();
    if body.is_empty() {
        return Some(vec![area.y0 - 3.0, area.y1 + 3.0]);
    }
    let top = body.iter().map(|piece| piece.area.y0).fold(f32::MAX, f32::min);
    let foot = body.iter().map(|piece| piece.area.y1).fold(f32::MIN, f32::max);
    let text_on_both_sides = |at: f32| {
        let middle = |piece: &Piece| piece.area.centre().1;
        body.iter().any(|piece| middle(piece) < at) && body.iter().any(|piece| middle(piece) > at)
    };
    let inside: Vec<f32> = drawn.iter().copied().filter(|&at| text_on_both_sides(at)).collect();
    let mut between = if inside.is_empty() {
        let mut starts = starts(&body, stretch.size);
        starts.extend(coloured_edges(scene, stretch, area).into_iter().filter(|&at| text_on_both_sides(at)));
        starts.retain(|&at| body.iter().all(|piece| !crosses(piece, at)));
        starts
    } else {
        inside
    };
    between.sort_by(f32::total_cmp);
    between.dedup_by(|next, first| *next - *first < 0.7 * stretch.size || is_blank(&body, *first, *next));
    let near = |at: f32, reach: f32| drawn.iter().copied().find(|edge| (edge - at).abs() < reach);
    let mut ys = Vec::new();
    if head > 0 {
        let head_area = Area::around(lines[..head].iter().map(|line| line.area));
        ys.push(near(head_area.y0 - 6.0, 6.0).unwrap_or(head_area.y0 - 3.0));
        let middle = f32::midpoint(head_area.y1, top);
        let edge = drawn.iter().copied().find(|&at| at > head_area.y1 - 2.0 && at < top + 2.0);
        ys.push(edge.unwrap_or(middle));
    } else {
        ys.push(top - 3.0);
    }
    ys.extend(between);
    let last = drawn.iter().copied().find(|&at| at > foot - 2.0 && at < foot + 3.0 * stretch.size);
    ys.push(last.unwrap_or(foot + 3.0));
    Some(ys)
}

fn pieces(line: &Line, stretch: &Stretch) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in line.words() {
        let column = stretch.column(word.area);
        match pieces.iter_mut().find(|piece| piece.column == column) {
            Some(piece) => piece.area = piece.area.union(word.area),
            None => pieces.push(Piece { column, area: word.area, baseline: line.baseline }),
        }
    }
    pieces
}

fn crosses(piece: &Piece, at: f32) -> bool {
    piece.area.y0 + 1.5 < at && at < piece.area.y1 - 2.0
}

fn is_blank(body: &[Piece], from: f32, to: f32) -> bool {
    !body.iter().any(|piece| (from..to).contains(&piece.area.centre().1))
}

/// Where lines or the edges of shadings go across the table.
fn drawn_edges(scene: &Scene<'_>, table: Area) -> Vec<f32> {
    let mut sides: Vec<(f32, f32, f32)> =
        scene.across.iter().map(|rule| (rule.at, rule.from.max(table.x0), rule.to.min(table.x1))).collect();
    for (area, _) in scene.fills {
        if area.height() > 4.0 {
            sides.extend([area.y0, area.y1].map(|at| (at, area.x0.max(table.x0), area.x1.min(table.x1))));
        }
    }
    sides.retain(|&(at, from, to)| to > from && (table.y0 - 30.0..table.y1 + 40.0).contains(&at));
    sides.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut edges = Vec::new();
    let mut start = 0;
    while start < sides.len() {
        let mut end = start + 1;
        while end < sides.len() && sides[end].0 - sides[start].0 < 3.5 {
            end += 1;
        }
        if covered(&sides[start..end]) >= ACROSS * table.width() {
            edges.push(sides[start..end].iter().map(|side| side.0).sum::<f32>() / (end - start) as f32);
        }
        start = end;
    }
    edges
}

/// How much of the width the sides cover together.
fn covered(sides: &[(f32, f32, f32)]) -> f32 {
    let mut spans: Vec<(f32, f32)> = sides.iter().map(|side| (side.1, side.2)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut end) = (0.0, f32::MIN);
    for (from, to) in spans {
        sum += (to - from.max(end)).max(0.0);
        end = end.max(to);
    }
    sum
}

/// The upper and lower edges of cells that have a colour of their own.
fn coloured_edges(scene: &Scene<'_>, stretch: &Stretch, area: Area) -> Vec<f32> {
    let mut edges = Vec::new();
    for (fill, _) in scene.fills {
        let fits = stretch.xs.windows(2).any(|column| {
            (fill.x0 - column[0]).abs() < 6.0 && fill.width() > 0.8 * (column[1] - column[0]).min(fill.width() + 6.0)
        });
        if fits && fill.height() > 1.2 * stretch.size && fill.common(area).height() > 0.0 {
            edges.extend([fill.y0, fill.y1]);
        }
    }
    edges
}

/// White all across.
struct Band {
    from: f32,
    to: f32,
}

/// Where rows begin that neither lines nor shadings set apart.
fn starts(body: &[Piece], size: f32) -> Vec<f32> {
    let bands = bands(body);
    let usual = usual_gap(body, size);
    let white: Vec<(f32, f32)> = bands.iter().map(|band| (band.from, band.to)).collect();
    if let Some((starts, rows)) = centred::starts(body, &white, size, usual) {
        // Centred cells seldom begin all at one height inside a row.
        let inside = |top: f32| !starts.iter().any(|at| (top - 2.0 * size..top + 1.0).contains(at));
        let levels = heights(body).into_iter().skip(1).filter_map(|height| Level::at(body, height));
        let against = levels.filter(|level| level.begins_together(size, usual) && inside(level.top)).count();
        if against < rows {
            return starts;
        }
    }
    let wide: Vec<&Band> = bands.iter().filter(|band| band.to - band.from > usual + 0.3 * size).collect();
    if rows_are_level(body, &wide) { level::starts(body, size, usual) } else { wide_bands(body, &wide, size) }
}

/// The white between two lines of the same cell, most often.
fn usual_gap(body: &[Piece], size: f32) -> f32 {
    let mut gaps = Vec::new();
    for (index, piece) in body.iter().enumerate() {
        let next = body[index + 1..].iter().find(|other| other.column == piece.column);
        if let Some(next) = next {
            let gap = next.area.y0 - piece.area.y1;
            if gap < 1.2 * size {
                gaps.push(gap);
            }
        }
    }
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(0.2 * size)
}

fn bands(body: &[Piece]) -> Vec<Band> {
    let mut spans: Vec<(f32, f32)> = body.iter().map(|piece| (piece.area.y0, piece.area.y1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut bands = Vec::new();
    let Some(&(_, mut end)) = spans.first() else { return bands };
    for &(from, to) in &spans {
        if from > end {
            bands.push(Band { from: end, to: from });
        }
        end = end.max(to);
    }
    bands
}

/// Whether the cells of a row begin at the same height: blocks between wide bands begin with a line
/// that stands in several columns.
fn rows_are_level(body: &[Piece], wide: &[&Band]) -> bool {
    let mut level = 0;
    let mut blocks = 0;
    let mut from = f32::MIN;
    for to in wide.iter().map(|band| band.from).chain([f32::MAX]) {
        let block: Vec<&Piece> =
            body.iter().filter(|piece| piece.area.centre().1 > from && piece.area.centre().1 < to).collect();
        from = to;
        let columns: std::collections::BTreeSet<usize> = block.iter().map(|piece| piece.column).collect();
        if columns.len() < 2 {
            continue;
        }
        blocks += 1;
        let first = block.iter().map(|piece| piece.baseline).fold(f32::MAX, f32::min);
        let beside: std::collections::BTreeSet<usize> =
            block.iter().filter(|piece| piece.baseline - first < 1.5).map(|piece| piece.column).collect();
        if beside.len() >= 2 {
            level += 1;
        }
    }
    blocks < 2 || level * 10 >= blocks * 6
}

/// Rows are what stands between the widest bands, several columns each.
fn wide_bands(body: &[Piece], wide: &[&Band], size: f32) -> Vec<f32> {
    let widest = wide.iter().map(|band| band.to - band.from).fold(0.0, f32::max).min(4.0 * size);
    let mut starts: Vec<f32> = Vec::new();
    let mut from = f32::MIN;
    for band in wide.iter().filter(|band| band.to - band.from > (widest - 0.35 * size).max(0.6 * widest)) {
        let middle = f32::midpoint(band.from, band.to);
        let columns: std::collections::BTreeSet<usize> = body
            .iter()
            .filter(|piece| piece.area.centre().1 > from && piece.area.centre().1 < middle)
            .map(|piece| piece.column)
            .collect();
        if columns.len() >= 2 || from == f32::MIN {
            starts.push(middle);
            from = middle;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines ten high, twelve apart: column and upper edge.
    fn body(lines: &[(usize, f32)]) -> Vec<Piece> {
        let piece = |&(column, y): &(usize, f32)| {
            let x = column as f32 * 100.0;
            Piece { column, area: Area { x0: x, y0: y, x1: x + 80.0, y1: y + 10.0 }, baseline: y + 8.0 }
        };
        let mut body: Vec<Piece> = lines.iter().map(piece).collect();
        body.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0).then(a.column.cmp(&b.column)));
        body
    }

    #[test]
    fn one_row_of_centred_cells_is_one_row() {
        let tall = [0.0, 12.0, 24.0, 36.0].map(|y| (2, y));
        let rest = [(0, 12.0), (0, 24.0), (1, 18.0)];
        assert!(starts(&body(&[&tall[..], &rest].concat()), 10.0).is_empty());
    }

    #[test]
    fn the_space_below_a_list_and_a_light_above_the_words_leave_rows_centred() {
        let row = |top: f32, moved: f32| {
            let tall = (0..6).map(move |line| (3, top + 12.0 * line as f32));
            let rest = [(0, 24.0), (0, 36.0), (1, 30.0), (2, 24.0 + moved), (2, 36.0 + moved)];
            tall.chain(rest.map(move |(column, y)| (column, top + y))).collect::<Vec<_>>()
        };
        // A page break may cut the first row and the last, but not the one between.
        let found = starts(&body(&[row(0.0, 0.0), row(100.0, 5.0), row(200.0, 0.0)].concat()), 10.0);
        let mut found: Vec<i32> = found.into_iter().map(|at| at as i32 / 10).collect();
        found.sort_unstable();
        assert_eq!(found, [8, 18]);
    }

    #[test]
    fn rows_with_no_white_between_them_begin_where_a_column_has_waited() {
        let first = [(0, 0.0), (0, 12.0), (1, 0.0), (1, 12.0), (2, 0.0)];
        // Two points more than from line to line, which is a paragraph's space too.
        let row = [(0, 26.0), (1, 26.0), (2, 26.0)];
        assert_eq!(level::starts(&body(&[&first[..], &row].concat()), 10.0, 2.0).len(), 1);
        // Where none had to wait, paragraphs may stand level by chance.
        let paragraphs = [&first[..], &[(2, 12.0)], &row].concat();
        assert!(level::starts(&body(&paragraphs), 10.0, 2.0).is_empty());
    }

    #[test]
    fn cells_that_begin_at_one_height_inside_a_row_are_not_centred() {
        // The second and third cells' middles are level with each other by chance.
        let rows = [(0, 0.0), (1, 0.0), (2, 0.0), (2, 12.0), (0, 28.0), (1, 28.0), (2, 28.0), (2, 40.0), (2, 56.0)];
        let last = [(0, 92.0), (1, 92.0), (2, 80.0), (2, 92.0), (2, 104.0)];
        let found = starts(&body(&[&rows[..], &last].concat()), 10.0);
        assert!(found.iter().any(|at| (20.0..28.0).contains(at)), "{found:?}");
    }

    #[test]
    fn paragraphs_that_begin_at_one_height_in_two_later_columns_begin_no_row() {
        let first = [(0, 0.0), (0, 12.0), (1, 0.0), (1, 12.0), (2, 0.0), (2, 12.0), (3, 0.0)];
        let again = [(1, 32.0), (1, 44.0), (2, 32.0), (2, 44.0)];
        assert!(level::starts(&body(&[&first[..], &again].concat()), 10.0, 2.0).is_empty());
        // In three of them, under a cell that lies over several rows, they do.
        let row = [&first[..], &again, &[(3, 32.0)]].concat();
        assert_eq!(level::starts(&body(&row), 10.0, 2.0).len(), 1);
    }
}

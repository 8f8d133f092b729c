//! Ruling lines → grids of cells, with merged cells and sides that are not drawn.

use super::geometry::Area;
use super::rules::{Rule, Rules};
use super::words::Word;

/// A table as found: cells on a grid.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) area: Area,
    /// The edges of columns, one more than columns.
    pub(crate) xs: Vec<f32>,
    /// The edges of rows, one more than rows.
    pub(crate) ys: Vec<f32>,
    pub(crate) cells: Vec<GridCell>,
    /// No line closes the last row.
    pub(crate) open_foot: bool,
    /// No line begins the first row.
    pub(crate) open_head: bool,
    /// What it was found by.
    pub(crate) found: Found,
}

/// What a table was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Ruling lines and shadings.
    Ruled,
    /// A heading row and the white gaps between columns of text below it.
    Text,
    /// Parts of lines that stand under one another.
    Aligned,
}

/// A cell of a grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GridCell {
    pub(crate) column: usize,
    pub(crate) row: usize,
    pub(crate) colspan: usize,
    pub(crate) rowspan: usize,
    pub(crate) area: Area,
}

/// How far from one another lines may end and still meet.
const MEET: f32 = 3.0;

/// The tables that ruling lines draw, from the largest to the smallest.
pub(crate) fn grids(rules: &Rules, words: &[Word]) -> Vec<Grid> {
    let mut found: Vec<Grid> =
        components(rules).into_iter().filter_map(|(across, down)| grid(&across, &down, words)).collect();
    found.sort_by(|a, b| b.area.size().total_cmp(&a.area.size()));
    found
}

/// Lines that meet, directly or through others.
fn components(rules: &Rules) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let (across, down) = (&rules.across, &rules.down);
    let mut parents: Vec<usize> = (0..across.len() + down.len()).collect();
    for (index, line) in down.iter().enumerate() {
        // `across` is sorted by place: only those between the ends can meet.
        let first = across.partition_point(|rule| rule.at < line.from - MEET);
        for (other, crossing) in across.iter().enumerate().skip(first) {
            if crossing.at > line.to + MEET {
                break;
            }
            if crossing.from - MEET <= line.at && line.at <= crossing.to + MEET {
                let (a, b) = (root(&mut parents, across.len() + index), root(&mut parents, other));
                parents[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = std::collections::BTreeMap::new();
    for (index, &rule) in across.iter().chain(down).enumerate() {
        let group = groups.entry(root(&mut parents, index)).or_default();
        if index < across.len() { group.0.push(rule) } else { group.1.push(rule) }
    }
    groups.into_values().filter(|(across, down)| !across.is_empty() && !down.is_empty()).collect()
}

pub(super) fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// Places nearer than a few points, as one.
fn distinct(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut result: Vec<f32> = Vec::new();
    for place in places {
        if result.last().is_none_or(|last| place - last > 3.5) {
            result.push(place);
        }
    }
    result
}

fn grid(across: &[Rule], down: &[Rule], words: &[Word]) -> Option<Grid> {
    let mut xs = distinct(down.iter().map(|rule| rule.at).collect());
    let mut ys = distinct(across.iter().map(|rule| rule.at).collect());
    let reach_x = (
        across.iter().map(|rule| rule.from).fold(f32::MAX, f32::min),
        across.iter().map(|rule| rule.to).fold(f32::MIN, f32::max),
    );
    let reach_y = (
        down.iter().map(|rule| rule.from).fold(f32::MAX, f32::min),
        down.iter().map(|rule| rule.to).fold(f32::MIN, f32::max),
    );
    // Lines that go on beyond the outermost crossing one bound a row or column whose side is not drawn.
    let texts = |area: Area| words.iter().any(|word| area.holds(word.area.centre()));
    let (mut open_head, mut open_foot) = (false, false);
    let (left, right) = (*xs.first()?, *xs.last()?);
    if left - reach_x.0 > 8.0 && texts(Area { x0: reach_x.0, x1: left, y0: ys[0], y1: *ys.last()? }) {
        xs.insert(0, reach_x.0);
    }
    if reach_x.1 - right > 8.0 && texts(Area { x0: right, x1: reach_x.1, y0: ys[0], y1: *ys.last()? }) {
        xs.push(reach_x.1);
    }
    let (top, foot) = (*ys.first()?, *ys.last()?);
    let (x0, x1) = (*xs.first()?, *xs.last()?);
    if top - reach_y.0 > 6.0 && texts(Area { x0, x1, y0: reach_y.0, y1: top }) {
        ys.insert(0, reach_y.0);
        open_head = true;
    }
    if reach_y.1 - foot > 6.0 && texts(Area { x0, x1, y0: foot, y1: reach_y.1 }) {
        ys.push(reach_y.1);
        open_foot = true;
    }
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    if columns == 0 || rows == 0 || columns * rows < 2 || columns * rows > 100_000 {
        return None;
    }
    let cells = cells(across, down, &xs, &ys);
    // A frame, or bars above one another, is no table.
    if cells.iter().map(|cell| cell.column).collect::<std::collections::BTreeSet<_>>().len() < 2 {
        return None;
    }
    let area = Area { x0: xs[0], y0: ys[0], x1: xs[columns], y1: ys[rows] };
    Some(Grid { area, xs, ys, cells, open_foot, open_head, found: Found::Ruled })
}

/// How much of a side a set of lines at its place covers.
fn covered(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let first = rules.partition_point(|rule| rule.at < at - 3.6);
    let mut length = 0.0;
    for rule in &rules[first..] {
        if rule.at > at + 3.6 {
            break;
        }
        length += (rule.to.min(to) - rule.from.max(from)).max(0.0);
    }
    length >= 0.6 * (to - from)
}

/// Joins the grid's squares where no line parts them.
fn cells(across: &[Rule], down: &[Rule], xs: &[f32], ys: &[f32]) -> Vec<GridCell> {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let mut parents: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column + 1 < columns && !covered(down, xs[column + 1], ys[row], ys[row + 1]) {
                let (a, b) = (root(&mut parents, here), root(&mut parents, here + 1));
                parents[a.max(b)] = a.min(b);
            }
            if row + 1 < rows && !covered(across, ys[row + 1], xs[column], xs[column + 1]) {
                let (a, b) = (root(&mut parents, here), root(&mut parents, here + columns));
                parents[a.max(b)] = a.min(b);
            }
        }
    }
    let mut members: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for index in 0..columns * rows {
        members.entry(root(&mut parents, index)).or_default().push(index);
    }
    let make = |column: usize, row: usize, colspan: usize, rowspan: usize| GridCell {
        column,
        row,
        colspan,
        rowspan,
        area: Area { x0: xs[column], y0: ys[row], x1: xs[column + colspan], y1: ys[row + rowspan] },
    };
    let mut cells = Vec::new();
    for squares in members.values() {
        let bounds = |by: fn(usize, usize) -> usize| {
            let values = squares.iter().map(|&index| by(index, columns));
            (values.clone().min().unwrap_or(0), values.max().unwrap_or(0))
        };
        let (left, right) = bounds(|index, columns| index % columns);
        let (top, foot) = bounds(|index, columns| index / columns);
        if (right - left + 1) * (foot - top + 1) == squares.len() {
            cells.push(make(left, top, right - left + 1, foot - top + 1));
            continue;
        }
        // Not a rectangle: a line is missing somewhere. Each row's stretch is a cell of its own.
        let mut start = 0;
        while start < squares.len() {
            let mut end = start + 1;
            while end < squares.len()
                && squares[end] == squares[end - 1] + 1
                && squares[end] / columns == squares[start] / columns
            {
                end += 1;
            }
            cells.push(make(squares[start] % columns, squares[start] / columns, end - start, 1));
            start = end;
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells
}

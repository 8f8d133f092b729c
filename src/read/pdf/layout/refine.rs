//! Ruled grids made whole by their text: lines that are drawn twice, sides and rows that are not drawn.

use super::geometry::Area;
use super::grid::{Grid, GridCell};
use super::lines::{self, Item, Line};
use super::values;
use super::words::Word;

/// A strip between two lines that is lower than this share of the letters' size holds no row of its own: it is a
/// double line, or the bevel of a drawn button-like cell.
const THIN_ROW: f32 = 0.75;
/// The same for columns: a sign of one digit with its padding is wider.
const THIN_COLUMN: f32 = 0.6;
/// Words further apart than this share of their size stand in different cells when a column's edge runs between
/// them. A space is about 0.25 wide, in justified text up to 0.5.
const APART: f32 = 0.55;

/// Mends a grid that lines drew.
pub(crate) fn refine(grid: Grid, words: &[Word]) -> Grid {
    let inside: Vec<&Word> =
        words.iter().filter(|word| word.turn == 0 && grid.area.holds(word.area.centre())).collect();
    let Some(size) = typical_size(&inside) else { return grid };
    let grid = without_thin_strips(grid, &inside, size);
    let lines = lines::lines(inside.into_iter().map(|word| Item::Word(word.clone())).collect());
    let grid = split_columns(grid, &lines);
    split_rows(grid, &lines)
}

/// The size of the middle word.
fn typical_size(words: &[&Word]) -> Option<f32> {
    let mut sizes: Vec<f32> = words.iter().map(|word| word.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// Takes out rows and columns that are too thin for text and hold none.
fn without_thin_strips(grid: Grid, words: &[&Word], size: f32) -> Grid {
    let free = |from: f32, to: f32, at: fn(&Word) -> f32| !words.iter().any(|word| (from..to).contains(&at(word)));
    let (xs, columns) =
        closed(&grid.xs, |from, to| to - from < THIN_COLUMN * size && free(from, to, |word| word.area.centre().0));
    let (ys, rows) =
        closed(&grid.ys, |from, to| to - from < THIN_ROW * size && free(from, to, |word| word.area.centre().1));
    if (xs.len() == grid.xs.len() && ys.len() == grid.ys.len()) || xs.len() < 2 || ys.len() < 2 {
        return grid;
    }
    let cells = grid.cells.iter().filter_map(|cell| {
        let (column, end) = (columns[cell.column], columns[cell.column + cell.colspan]);
        let (row, foot) = (rows[cell.row], rows[cell.row + cell.rowspan]);
        (end > column && foot > row).then(|| cell_at(&xs, &ys, column, row, end - column, foot - row))
    });
    let cells = cells.collect();
    let area = Area { x0: xs[0], y0: ys[0], x1: xs[xs.len() - 1], y1: ys[ys.len() - 1] };
    Grid { area, cells, xs, ys, ..grid }
}

/// The edges without the strips that `thin` names, and for each old edge its new number.
fn closed(edges: &[f32], thin: impl Fn(f32, f32) -> bool) -> (Vec<f32>, Vec<usize>) {
    let mut kept: Vec<f32> = Vec::new();
    let mut numbers = Vec::new();
    for (index, &edge) in edges.iter().enumerate() {
        if index == 0 || !thin(edges[index - 1], edge) {
            kept.push(edge);
        } else if index + 1 == edges.len() {
            // The outermost line bounds the table.
            if let Some(last) = kept.last_mut() {
                *last = edge;
            }
        } else if kept.len() > 1
            && let Some(last) = kept.last_mut()
        {
            *last = f32::midpoint(edges[index - 1], edge);
        }
        numbers.push(kept.len() - 1);
    }
    (kept, numbers)
}

fn cell_at(xs: &[f32], ys: &[f32], column: usize, row: usize, colspan: usize, rowspan: usize) -> GridCell {
    let area = Area { x0: xs[column], y0: ys[row], x1: xs[column + colspan], y1: ys[row + rowspan] };
    GridCell { column, row, colspan, rowspan, area }
}

/// Splits a cell that lies over several columns where its words stand apart at the columns' edges.
fn split_columns(mut grid: Grid, lines: &[Line]) -> Grid {
    let mut cells = Vec::new();
    for cell in &grid.cells {
        let last = cell.column + cell.colspan;
        let edges: Vec<usize> =
            (cell.column + 1..last).filter(|&edge| is_clear(grid.xs[edge], cell.area, lines)).collect();
        let split = edges.iter().any(|&edge| {
            let x = grid.xs[edge];
            holds_text(Area { x1: x, ..cell.area }, lines) && holds_text(Area { x0: x, ..cell.area }, lines)
        });
        if !split {
            cells.push(*cell);
            continue;
        }
        let starts = std::iter::once(cell.column).chain(edges.iter().copied());
        let ends = edges.iter().copied().chain([last]);
        cells.extend(
            starts.zip(ends).map(|(from, to)| cell_at(&grid.xs, &grid.ys, from, cell.row, to - from, cell.rowspan)),
        );
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    grid.cells = cells;
    grid
}

fn words_in(area: Area, line: &Line) -> impl Iterator<Item = &Word> {
    line.words().filter(move |word| area.holds(word.area.centre()))
}

fn holds_text(area: Area, lines: &[Line]) -> bool {
    lines.iter().any(|line| words_in(area, line).next().is_some())
}

/// Whether no word and no ordinary space of the cell lies over this place.
fn is_clear(x: f32, area: Area, lines: &[Line]) -> bool {
    lines.iter().filter(|line| line.area.y0 < area.y1 && line.area.y1 > area.y0).all(|line| {
        let mut before = f32::MIN;
        let mut after = f32::MAX;
        for word in words_in(area, line) {
            if word.area.x0 < x - 0.5 && word.area.x1 > x + 0.5 {
                return false;
            }
            if word.area.centre().0 < x {
                before = before.max(word.area.x1);
            } else {
                after = after.min(word.area.x0);
            }
        }
        after - before > APART * line.size
    })
}

/// Splits a row that lines leave undivided where its columns hold one value a line.
fn split_rows(mut grid: Grid, lines: &[Line]) -> Grid {
    let mut row = 0;
    while row + 1 < grid.ys.len() {
        let cuts = values::cuts(&row_texts(&grid, row, lines));
        let band = (grid.ys[row], grid.ys[row + 1]);
        let cuts: Vec<f32> = cuts.into_iter().filter(|&y| band.0 < y && y < band.1).collect();
        let added = cuts.len();
        if added > 0 {
            insert_rows(&mut grid, row, &cuts);
        }
        row += added + 1;
    }
    grid
}

/// For each cell that stands in this row alone: its lines.
fn row_texts(grid: &Grid, row: usize, lines: &[Line]) -> Vec<Vec<values::Text>> {
    grid.cells
        .iter()
        .filter(|cell| cell.row == row && cell.rowspan == 1)
        .map(|cell| {
            let texts = lines.iter().filter_map(|line| {
                let words: Vec<&Word> = words_in(cell.area, line).collect();
                (!words.is_empty()).then(|| values::Text::of(&words))
            });
            texts.collect()
        })
        .collect()
}

fn insert_rows(grid: &mut Grid, row: usize, cuts: &[f32]) {
    grid.ys.splice(row + 1..row + 1, cuts.iter().copied());
    let mut cells = Vec::new();
    for cell in &grid.cells {
        if cell.row > row {
            let moved = cell.row + cuts.len();
            cells.push(cell_at(&grid.xs, &grid.ys, cell.column, moved, cell.colspan, cell.rowspan));
        } else if cell.row + cell.rowspan <= row {
            cells.push(*cell);
        } else if cell.row < row || cell.rowspan > 1 {
            cells.push(GridCell { rowspan: cell.rowspan + cuts.len(), ..*cell });
        } else {
            cells.extend(
                (0..=cuts.len()).map(|step| cell_at(&grid.xs, &grid.ys, cell.column, row + step, cell.colspan, 1)),
            );
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    grid.cells = cells;
}

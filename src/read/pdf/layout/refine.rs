//! Ruled grids made whole by their text: lines that are drawn twice, sides and rows that are not drawn.

use super::cells::Finder;
use super::columns::{self, Cut};
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

/// Mends a grid that lines drew; none where the lines frame the page rather than draw a table.
pub(crate) fn refine(grid: Grid, words: &[Word]) -> Option<Grid> {
    if is_frame(&grid, words) {
        return None;
    }
    let inside: Vec<&Word> =
        words.iter().filter(|word| word.turn == 0 && grid.area.holds(word.area.centre())).collect();
    let Some(size) = typical_size(&inside) else { return Some(grid) };
    let grid = without_thin_strips(grid, &inside, size);
    let lines = lines::lines(inside.into_iter().map(|word| Item::Word(word.clone())).collect());
    let grid = split_columns(finer_columns(grid, &lines), &lines);
    Some(split_rows(grid, &lines))
}

/// A page's frame with a tab at its edge: one cell holds all the text, but for some that is turned.
fn is_frame(grid: &Grid, words: &[Word]) -> bool {
    let finder = Finder::new(grid);
    let mut upright = vec![false; grid.cells.len()];
    let mut turned = upright.clone();
    for word in words {
        if let Some(cell) = finder.cell(grid, word.area.centre(), 0.0) {
            if word.turn == 0 { upright[cell] = true } else { turned[cell] = true }
        }
    }
    let only_turned = turned.iter().zip(&upright).any(|(&turned, &upright)| turned && !upright);
    only_turned && upright.iter().filter(|&&upright| upright).count() < 2
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

/// So many rows at least must show that a drawn column holds several: of values, and of words.
const ROWS_OF_VALUES: usize = 3;
const ROWS_OF_WORDS: usize = 6;

/// Parts drawn columns where white rivers run through them: lines that stand round groups of columns only.
fn finer_columns(mut grid: Grid, lines: &[Line]) -> Grid {
    let cuts: Vec<Cut> = lines.iter().map(Cut::of).collect();
    let mut column = 0;
    while column + 1 < grid.xs.len() {
        let added = rivers_in(&grid, column, &cuts);
        if !added.is_empty() {
            insert_columns(&mut grid, column, &added);
        }
        column += added.len() + 1;
    }
    grid
}

/// The edges of further columns inside a drawn one.
fn rivers_in(grid: &Grid, column: usize, cuts: &[Cut]) -> Vec<f32> {
    // For each cell that stands in this column alone, its lines.
    let cells: Vec<Vec<Cut>> = grid
        .cells
        .iter()
        .filter(|cell| cell.column == column && cell.colspan == 1)
        .map(|cell| {
            let beside = cuts.iter().filter(|cut| cut.area.y0 < cell.area.y1 && cut.area.y1 > cell.area.y0);
            beside.filter_map(|cut| cut.side(|word| cell.area.holds(word.area.centre()))).collect()
        })
        .collect();
    let all: Vec<Cut> = cells.iter().flatten().cloned().collect();
    let Some(xs) = columns::edges(&all) else { return Vec::new() };
    let parted = |cut: &Cut| xs.parts(cut).iter().any(|part| part.first > 0);
    let several = all.iter().filter(|cut| cut.parts.len() > 1 && parted(cut)).count();
    let beyond = || all.iter().flat_map(|cut| &cut.words).filter(|word| xs.column(word.area.centre().0) > 0);
    let values = beyond().filter(|word| word.is_value).count();
    let of_values = several >= ROWS_OF_VALUES && values * 10 >= beyond().count() * 6;
    let single = cells.iter().filter(|lines| lines.len() == 1 && parted(&lines[0])).count();
    let filled = cells.iter().filter(|lines| !lines.is_empty()).count();
    let of_words = single >= ROWS_OF_WORDS && single * 10 >= filled * 8;
    if of_values || of_words { xs.0[1..xs.count()].to_vec() } else { Vec::new() }
}

fn insert_columns(grid: &mut Grid, column: usize, edges: &[f32]) {
    grid.xs.splice(column + 1..column + 1, edges.iter().copied());
    for cell in &mut grid.cells {
        if cell.column > column {
            cell.column += edges.len();
        } else if cell.column + cell.colspan > column {
            cell.colspan += edges.len();
        }
    }
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
    let (top, foot) = (grid.ys[row], grid.ys[row + 1]);
    let lines: Vec<&Line> = lines.iter().filter(|line| line.area.y0 < foot && line.area.y1 > top).collect();
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

//! Tables of running text whose columns no line parts: a heading row with wide gaps, and below it
//! text that keeps the gaps white.
//!
//! Lines across, shaded rows, cells of one colour and page breaks all leave such a table in pieces
//! for the finder of ruled tables; here the heading's columns hold it together. `stretch` follows the
//! white gaps downwards, `rows` cuts what was found into rows.

mod centred;
mod level;
mod looks;
mod pieces;
mod rows;
mod shaded;
mod stretch;

use super::geometry::Area;
use super::grid::{Found, Grid, GridCell};
use super::lines::Line;
use super::rules::Rule;
use crate::page::Rgb;

use stretch::Stretch;

/// A table of text has so many columns at least.
const COLUMNS: usize = 3;

/// What stands on a page, for finding tables of text.
pub(crate) struct Scene<'a> {
    /// The lines of the whole page, from top to bottom.
    pub(crate) lines: &'a [Line],
    /// The tables that ruling lines draw.
    pub(crate) ruled: &'a [Grid],
    /// Lines across.
    pub(crate) across: &'a [Rule],
    /// Filled boxes.
    pub(crate) fills: &'a [(Area, Rgb)],
    /// The table that the page before ended with.
    pub(crate) before: Option<&'a Grid>,
}

/// The tables of text of a page, where no ruled table holds the same cells already.
pub(crate) fn grids(scene: &Scene<'_>) -> Vec<Grid> {
    let mut found = Vec::new();
    let mut start = 0;
    if let Some(before) = scene.before
        && let Some(stretch) = stretch::going_on(scene, before)
    {
        start = stretch.end;
        found.extend(grid(scene, &stretch));
    }
    while let Some(stretch) = stretch::next(scene, start) {
        start = stretch.end;
        found.extend(grid(scene, &stretch));
    }
    found.retain(|grid| !is_ruled(grid, scene));
    found
}

/// A ruled table that parts the same text into as many columns is the better one.
fn is_ruled(grid: &Grid, scene: &Scene<'_>) -> bool {
    let words =
        |area: Area| scene.lines.iter().flat_map(Line::words).filter(|word| area.holds(word.area.centre())).count();
    let all = words(grid.area);
    let column = |x: f32| grid.xs.partition_point(|&edge| edge <= x);
    scene.ruled.iter().any(|ruled| {
        if words(ruled.area.grown(1.0).common(grid.area.grown(1.0))) * 20 < all * 19 {
            return false;
        }
        // Cells that hold several columns' text show that lines are missing.
        let mixed = ruled.cells.iter().filter(|cell| {
            let mut columns = scene
                .lines
                .iter()
                .flat_map(Line::words)
                .filter(|word| cell.area.holds(word.area.centre()) && grid.area.holds(word.area.centre()))
                .map(|word| column(word.area.centre().0));
            columns.next().is_some_and(|first| columns.any(|other| other != first))
        });
        mixed.count() * 20 <= ruled.cells.len()
    })
}

fn grid(scene: &Scene<'_>, stretch: &Stretch) -> Option<Grid> {
    let edges = rows::edges(scene, stretch)?;
    let (xs, ys) = (stretch.xs.clone(), edges);
    let area = Area { x0: xs[0], y0: ys[0], x1: *xs.last()?, y1: *ys.last()? };
    let mut cells = Vec::new();
    for row in 0..ys.len() - 1 {
        for column in 0..xs.len() - 1 {
            let area = Area { x0: xs[column], x1: xs[column + 1], y0: ys[row], y1: ys[row + 1] };
            cells.push(GridCell { column, row, colspan: 1, rowspan: 1, area });
        }
    }
    Some(Grid { area, xs, ys, cells, open_foot: true, open_head: true, found: Found::Text })
}

//! Diagrams: their labels and grid lines look like tables, but curves are drawn among them.

use super::cells::Finder;
use super::geometry::Area;
use super::grid::Grid;
use super::words::Word;
use crate::read::pdf::page::{PdfPage, Shape};

/// A curve of a diagram is at least so large; signs and rounded corners are smaller.
const WIDTH: f32 = 60.0;
const HEIGHT: f32 = 20.0;
/// So much of a curve's extent lies in the table that it would be part of.
const INSIDE: f32 = 0.5;
/// So few of a diagram's squares hold text.
const FILLED: f32 = 0.4;

/// Where large curves and slanting lines are drawn.
pub(crate) fn areas(page: &PdfPage) -> Vec<Area> {
    let drawings = page.paths.iter().filter_map(|path| match path.shape {
        Shape::Drawing(rect) => Some(Area::from(rect)),
        _ => None,
    });
    // A page's worth of slanting lines is a watermark or a drawing behind the text.
    drawings
        .filter(|area| area.width() > WIDTH && area.height() > HEIGHT)
        .filter(|area| area.size() < 0.5 * page.size.0 * page.size.1)
        .collect()
}

/// Whether a diagram lies in the area.
pub(crate) fn covers(diagrams: &[Area], area: Area) -> bool {
    diagrams.iter().any(|diagram| {
        let common = area.common(*diagram);
        common.width() > 0.0 && common.height() > 0.0 && common.size() > INSIDE * diagram.size()
    })
}

/// The grids that are no diagram's: a diagram's grid lines enclose curves and hardly any text.
pub(crate) fn without(grids: Vec<Grid>, page: &PdfPage, words: &[Word]) -> Vec<Grid> {
    let diagrams = areas(page);
    if diagrams.is_empty() {
        return grids;
    }
    let is_diagram = |grid: &Grid| {
        if !covers(&diagrams, grid.area) {
            return false;
        }
        let finder = Finder::new(grid);
        let mut filled: Vec<usize> =
            words.iter().filter_map(|word| finder.cell(grid, word.area.centre(), 0.0)).collect();
        filled.sort_unstable();
        filled.dedup();
        (filled.len() as f32) < FILLED * grid.cells.len() as f32
    };
    grids.into_iter().filter(|grid| !is_diagram(grid)).collect()
}

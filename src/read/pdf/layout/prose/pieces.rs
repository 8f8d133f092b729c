//! The text of a table's body, a piece for each column of each line.

use crate::read::pdf::layout::geometry::Area;

/// What stands in one column at one height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) column: usize,
    pub(super) area: Area,
    pub(super) baseline: f32,
}

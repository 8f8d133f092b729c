//! Sizes of rows and columns: which cell lies under a point of a sheet.

use super::grid::{Area, MAX_COLUMN, MAX_ROW};

/// Sizes of rows and columns, in points.
#[derive(Default)]
pub(super) struct Sizes {
    /// Rows with a height of their own.
    pub(super) rows: Vec<(u32, f64)>,
    /// Columns with a width of their own: first, last, width.
    pub(super) columns: Vec<(u32, u32, f64)>,
    /// The ordinary height of a row.
    pub(super) row: f64,
    /// The ordinary width of a column.
    pub(super) column: f64,
    /// How much higher than ordinary the rows before each of `rows` are together.
    above: Vec<f64>,
    /// The left edges of the columns up to the last with a width of its own, and of the one after.
    lefts: Vec<f64>,
}

/// A rectangle of a sheet, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Sizes {
    /// Sheets whose rows and columns have these sizes where nothing else is said.
    pub(super) fn ordinary(row: f64, column: f64) -> Self {
        Self { row, column, ..Self::default() }
    }

    /// Works out the edges, once all sizes are in.
    pub(super) fn settle(&mut self) {
        self.rows.sort_by_key(|&(row, _)| row);
        self.rows.dedup_by_key(|&mut (row, _)| row);
        let mut above = 0.0;
        self.above.clear();
        for &(_, height) in &self.rows {
            self.above.push(above);
            above += height - self.row;
        }
        self.above.push(above);
        let count = self.columns.iter().map(|&(_, last, _)| last.min(MAX_COLUMN) as usize + 1).max().unwrap_or(0);
        let mut widths = vec![self.column; count];
        // The first that names a column stands.
        for &(first, last, width) in self.columns.iter().rev().take(MAX_COLUMN as usize) {
            let last = (last as usize + 1).min(count);
            if let Some(own) = widths.get_mut(first as usize..last) {
                own.fill(width);
            }
        }
        let mut left = 0.0;
        self.lefts = std::iter::once(0.0)
            .chain(widths.into_iter().map(|width| {
                left += width;
                left
            }))
            .collect();
    }

    /// The left edge of a column.
    pub(super) fn left(&self, column: u32) -> f64 {
        let known = self.lefts.len().saturating_sub(1);
        match self.lefts.get(column as usize) {
            Some(left) => *left,
            None => self.lefts.last().unwrap_or(&0.0) + (column as usize - known) as f64 * self.column,
        }
    }

    /// The column under a point.
    pub(super) fn column_at(&self, x: f64) -> u32 {
        let index = self.lefts.partition_point(|&left| left <= x);
        if index < self.lefts.len() {
            return index.saturating_sub(1) as u32;
        }
        let (known, edge) = (self.lefts.len().saturating_sub(1) as u32, self.lefts.last().copied().unwrap_or(0.0));
        (known + steps(x - edge, self.column)).min(MAX_COLUMN)
    }

    /// The upper edge of a row.
    pub(super) fn top(&self, row: u32) -> f64 {
        let index = self.rows.partition_point(|&(own, _)| own < row);
        f64::from(row) * self.row + self.above.get(index).copied().unwrap_or(0.0)
    }

    /// The row under a point.
    pub(super) fn row_at(&self, y: f64) -> u32 {
        let (mut low, mut high) = (0, self.rows.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.top(self.rows[middle].0) <= y { low = middle + 1 } else { high = middle }
        }
        let row = match low.checked_sub(1).map(|index| self.rows[index]) {
            Some((row, height)) if y < self.top(row) + height => row,
            Some((row, height)) => row + 1 + steps(y - self.top(row) - height, self.row),
            None => steps(y, self.row),
        };
        row.min(MAX_ROW)
    }

    /// The cells that a frame covers, and the row and column under its centre.
    pub(super) fn under(&self, frame: Frame) -> (Area, u32, u32) {
        let Frame { left, top, width, height } = frame;
        let (row, column) = (self.row_at(top + height / 2.0), self.column_at(left + width / 2.0));
        let area = Area {
            first_row: self.row_at(top).min(row),
            first_column: self.column_at(left).min(column),
            last_row: self.row_at(top + height).max(row),
            last_column: self.column_at(left + width).max(column),
        };
        (area, row, column)
    }
}

fn steps(length: f64, step: f64) -> u32 {
    if step > 0.0 { (length / step).floor().clamp(0.0, f64::from(MAX_ROW)) as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_under_a_point() {
        let mut sizes = Sizes::ordinary(15.0, 50.0);
        sizes.rows = vec![(3, 0.0), (1, 60.0)];
        sizes.columns = vec![(0, 1, 100.0)];
        sizes.settle();
        assert_eq!([0.0, 14.0, 16.0, 74.0, 76.0, 91.0].map(|y| sizes.row_at(y)), [0, 0, 1, 1, 2, 4]);
        assert_eq!([0, 1, 2, 3, 4].map(|row| sizes.top(row)), [0.0, 15.0, 75.0, 90.0, 90.0]);
        assert_eq!([0.0, 150.0, 210.0, 260.0].map(|x| sizes.column_at(x)), [0, 1, 2, 3]);
        assert_eq!([0, 1, 2, 3].map(|column| sizes.left(column)), [0.0, 100.0, 200.0, 250.0]);
    }

    #[test]
    fn sheets_with_no_sizes_of_their_own() {
        let mut sizes = Sizes::ordinary(15.0, 50.0);
        sizes.settle();
        assert_eq!((sizes.row_at(31.0), sizes.column_at(120.0), sizes.left(2), sizes.top(2)), (2, 2, 100.0, 30.0));
        assert_eq!((sizes.row_at(f64::MAX), sizes.row_at(-5.0), sizes.row_at(f64::NAN)), (MAX_ROW, 0, 0));
    }
}

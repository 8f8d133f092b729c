//! Rows whose cells begin at one height, with neither lines nor shadings between them.

use super::pieces::Piece;

/// The heights at which lines stand, from the top.
pub(super) fn heights(body: &[Piece]) -> Vec<f32> {
    let mut heights: Vec<f32> = body.iter().map(|piece| piece.baseline).collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup_by(|next, first| *next - *first < 1.5);
    heights
}

/// The lines of several columns at one height.
pub(super) struct Level {
    pub(super) top: f32,
    /// Each column that has one, and the white above it; a column with nothing above has endless white.
    columns: Vec<(usize, f32)>,
    /// How many of them stand exactly level.
    exact: usize,
    leftmost: usize,
    /// Where all that stands above ends.
    foot: f32,
}

impl Level {
    pub(super) fn at(body: &[Piece], height: f32) -> Option<Self> {
        let here: Vec<&Piece> = body.iter().filter(|piece| (piece.baseline - height).abs() < 1.5).collect();
        let top = here.iter().map(|piece| piece.area.y0).reduce(f32::min)?;
        let foot = |of: &dyn Fn(&Piece) -> bool| {
            let above = body.iter().filter(|piece| piece.baseline < height - 1.5 && of(piece));
            above.map(|piece| piece.area.y1).fold(f32::MIN, f32::max)
        };
        let columns =
            here.iter().map(|piece| (piece.column, top - foot(&|other| other.column == piece.column))).collect();
        let leftmost = body.iter().map(|piece| piece.column).min()?;
        let mut feet: Vec<f32> = here.iter().map(|piece| piece.area.y1).collect();
        feet.sort_by(f32::total_cmp);
        let middle = feet[feet.len() / 2];
        let exact = feet.iter().filter(|foot| (**foot - middle).abs() <= 1.0).count();
        Some(Self { top, exact, columns, leftmost, foot: foot(&|_| true) })
    }

    /// The columns with more white above than this.
    fn after(&self, white: f32) -> Vec<usize> {
        self.columns.iter().filter(|column| column.1 > white).map(|column| column.0).collect()
    }

    fn first(&self) -> usize {
        self.columns.iter().map(|column| column.0).min().unwrap_or(usize::MAX)
    }

    /// Three columns or more, the first among them, begin a paragraph here and nothing goes on; one of them has waited
    /// for the others.
    pub(super) fn begins_together(&self, size: f32, usual: f32) -> bool {
        self.exact >= 3
            && self.foot < self.top + 1.0
            && self.first() == self.leftmost
            && !self.after(usual + 0.3 * size).is_empty()
            && self.after(usual + 0.12 * size).len() == self.columns.len()
    }
}

/// Rows begin where text begins again in the first columns and beside them at the same height.
pub(super) fn starts(body: &[Piece], size: f32, usual: f32) -> Vec<f32> {
    let mut starts = Vec::new();
    for level in heights(body).iter().skip(1).filter_map(|&height| Level::at(body, height)) {
        let restarts = level.after(usual + 0.3 * size);
        let first = level.first();
        let begins = restarts.contains(&first) && restarts.len() >= 2 || restarts.len() >= 3;
        let white = level.top - level.foot > usual + 0.3 * size;
        let alone = white && restarts.len() == level.columns.len() && first == level.leftmost && first <= 1;
        // Where the first column has nothing (it is one cell over several rows), more of the others must begin.
        let enough = first == level.leftmost || (first == level.leftmost + 1 && restarts.len() >= 3);
        if (begins && enough) || alone || level.begins_together(size, usual) {
            starts.push(f32::midpoint(level.foot.min(level.top), level.top));
        }
    }
    starts
}

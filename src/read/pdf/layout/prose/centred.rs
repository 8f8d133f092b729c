//! Rows whose cells are centred (a browser's usual way), with neither lines nor shadings between them.
//!
//! Text begins at other heights in each column there; but in every row the middles of all cells' texts are level.
//! Of all ways to cut the table at white that reaches across, the one with the most such rows is taken.

use super::pieces::Piece;

/// Middles this near are level.
const LEVEL: f32 = 1.2;
/// The space below a list, or a light above the words, moves a cell's middle by no more than this.
const MOVED: f32 = 6.0;
/// One column may be off by this much where at least four are level: a large light stands above its words.
const FAR: f32 = 15.0;
/// More white bands than this are not tried.
const BANDS: usize = 150;

/// Where rows begin, and how many show that they are centred; none where the cells of the rows are not.
///
/// `bands` are the heights where white reaches across, `usual` is the gap between two lines of a cell.
pub(super) fn starts(body: &[Piece], bands: &[(f32, f32)], size: f32, usual: f32) -> Option<(Vec<f32>, usize)> {
    let parting = |&&(from, to): &&(f32, f32)| parts_all(body, f32::midpoint(from, to), usual + 0.08 * size);
    let cuts: Vec<f32> = bands.iter().filter(parting).map(|&(from, to)| f32::midpoint(from, to)).collect();
    if cuts.len() > BANDS {
        return None;
    }
    let edges: Vec<f32> = [f32::MIN].into_iter().chain(cuts).chain([f32::MAX]).collect();
    let last = edges.len() - 1;
    // The most centred rows down to each edge, the more exactly the better, and where the last of them begins. A page
    // break may cut the first row and the last.
    let mut best: Vec<Option<(i32, usize)>> = vec![None; edges.len()];
    best[0] = Some((0, 0));
    for end in 1..=last {
        for start in 0..end {
            let Some((before, _)) = best[start] else { continue };
            let (row, is_exact) = Row::of(body, edges[start], edges[end]);
            let sum = match row {
                Row::Centred | Row::Level => before + if is_exact { 10 } else { 9 },
                Row::Other if start == 0 || end == last => before - 1,
                Row::Other => continue,
            };
            if best[end].is_none_or(|(most, _)| sum > most) {
                best[end] = Some((sum, start));
            }
        }
    }
    let mut starts = Vec::new();
    let (mut centred, mut rows) = (0_usize, 0_isize);
    let mut end = last;
    while end > 0 {
        let start = best[end]?.1;
        match Row::of(body, edges[start], edges[end]).0 {
            Row::Centred => centred += 1,
            Row::Level => {}
            Row::Other => rows -= 1,
        }
        rows += 1;
        if start > 0 {
            starts.push(edges[start]);
        }
        end = start;
    }
    // One row alone needs more columns that say so.
    let told = !starts.is_empty() || columns(body) >= 3;
    (centred as isize * 2 >= rows && centred > 0 && told).then_some((starts, centred))
}

fn columns(body: &[Piece]) -> usize {
    body.iter().map(|piece| piece.column).collect::<std::collections::BTreeSet<_>>().len()
}

/// How the cells of a row stand.
enum Row {
    /// Their middles are level and their tops are not.
    Centred,
    /// They begin and end at the same heights.
    Level,
    /// In some other way, or the row has text in one column only.
    Other,
}

impl Row {
    /// How the cells between two heights stand, and whether they do exactly.
    fn of(body: &[Piece], from: f32, to: f32) -> (Self, bool) {
        let mut columns: Vec<(usize, f32, f32)> = Vec::new();
        for piece in body.iter().filter(|piece| (from..to).contains(&piece.area.centre().1)) {
            match columns.iter_mut().find(|column| column.0 == piece.column) {
                Some(column) => {
                    column.1 = column.1.min(piece.area.y0);
                    column.2 = column.2.max(piece.area.y1);
                }
                None => columns.push((piece.column, piece.area.y0, piece.area.y1)),
            }
        }
        let spread = |of: &dyn Fn(&(usize, f32, f32)) -> f32| {
            let values = || columns.iter().map(of);
            values().fold(f32::MIN, f32::max) - values().fold(f32::MAX, f32::min)
        };
        let mut middles: Vec<f32> = columns.iter().map(|column| f32::midpoint(column.1, column.2)).collect();
        middles.sort_by(f32::total_cmp);
        let usual = middles.get(middles.len() / 2).copied().unwrap_or(0.0);
        let within = |reach: f32| middles.iter().filter(|middle| (**middle - usual).abs() <= reach).count();
        let is_exact = spread(&|column| f32::midpoint(column.1, column.2)) <= LEVEL;
        let all_but_one = within(LEVEL) >= 4 && within(LEVEL) + 1 == middles.len() && within(FAR) == middles.len();
        let is_level = is_exact || (within(MOVED) == middles.len() && within(LEVEL) >= 3) || all_but_one;
        let row = if columns.len() < 2 || !is_level {
            Self::Other
        } else if spread(&|column| column.1) > 2.0 * LEVEL {
            Self::Centred
        } else {
            Self::Level
        };
        (row, is_exact)
    }
}

/// Whether each column has more white at a height than between two lines of a cell.
fn parts_all(body: &[Piece], at: f32, gap: f32) -> bool {
    let mut near: Vec<(usize, f32, f32)> = Vec::new();
    for piece in body {
        let index = near.iter().position(|column| column.0 == piece.column).unwrap_or_else(|| {
            near.push((piece.column, f32::MIN, f32::MAX));
            near.len() - 1
        });
        if piece.area.centre().1 < at {
            near[index].1 = near[index].1.max(piece.area.y1);
        } else {
            near[index].2 = near[index].2.min(piece.area.y0);
        }
    }
    near.iter().all(|&(_, above, below)| below - above > gap)
}

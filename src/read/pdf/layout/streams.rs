//! The columns of a page of running text: each is searched for tables on its own.

use super::columns::Cut;

/// So many lines at least have text on both sides of the gap between two columns of a page.
const LINES: usize = 12;
/// A line of running text has at least so many letters in its column.
const LETTERS: usize = 20;

/// Gaps nearer than so many points are tried as one.
const STEP: f32 = 2.0;

/// Lines apart by the page's columns; lines that reach over the gap come in a stream of their own.
pub(super) fn streams(cuts: Vec<Cut>) -> Vec<Vec<Cut>> {
    let Some(at) = gap(&cuts) else { return vec![cuts] };
    let (mut left, mut right, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for cut in cuts {
        let crosses = cut.parts.iter().any(|part| part.area.x0 < at && part.area.x1 > at);
        if crosses {
            over.push(cut);
        } else {
            left.extend(cut.side(|word| word.area.centre().0 < at));
            right.extend(cut.side(|word| word.area.centre().0 >= at));
        }
    }
    // A page may have three columns or more.
    let mut all = vec![over];
    all.extend(streams(left));
    all.extend(streams(right));
    all
}

/// The middle of the gap that most lines share, where text runs on both sides of it.
fn gap(cuts: &[Cut]) -> Option<f32> {
    let mut places: Vec<f32> = Vec::new();
    for cut in cuts {
        for pair in cut.parts.windows(2) {
            if runs(pair[0].letters) && runs(pair[1].letters) {
                places.push(f32::midpoint(pair[0].area.x1, pair[1].area.x0));
            }
        }
    }
    // Gaps hardly apart are one; so a page of any size has but a few hundred of them.
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, first| *next - *first < STEP);
    let mut best: Option<(usize, f32)> = None;
    for &at in &places {
        let (mut both, mut running, mut crossed) = (0, 0, 0);
        for cut in cuts {
            let left = cut.parts.iter().rev().find(|part| part.area.x1 <= at);
            let right = cut.parts.iter().find(|part| part.area.x0 >= at);
            if let (Some(left), Some(right)) = (left, right) {
                if cut.parts.iter().any(|part| part.area.x0 < at && part.area.x1 > at) {
                    crossed += 1;
                    continue;
                }
                both += 1;
                running += usize::from(runs(left.letters) && runs(right.letters));
            }
        }
        let fits = both >= LINES && running * 2 >= both && crossed * 4 < both;
        if fits && best.is_none_or(|(most, _)| both > most) {
            best = Some((both, at));
        }
    }
    best.map(|(_, at)| at)
}

fn runs(letters: usize) -> bool {
    letters >= LETTERS
}

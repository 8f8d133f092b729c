//! The best set of starts in a cell: Viterbi over the candidates, the state being the last start.

use super::candidate::{Candidate, Shape};
use super::features::Score;
use crate::model::EntryDate;

/// How many last starts are kept open at a time: exact for cells with fewer candidates, and bounded work for all.
const BEAM: usize = 24;

/// What it costs a cell to run against the document's order of time.
const AGAINST_ORDER: f64 = 2.0;

/// What an entry without words costs, where the next date follows on the same line.
const EMPTY_ENTRY: f32 = -3.0;

/// The choice for one cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// For each candidate: whether an entry starts there.
    pub(super) taken: Vec<bool>,
    /// For each candidate: how much worse the cell would be if it alone were judged the other way round.
    pub(super) margin: Vec<f32>,
    /// For each candidate: what the order of time says.
    pub(super) order: Vec<f32>,
}

/// Log odds of two entries following each other, newest last.
pub(super) fn order(previous: EntryDate, next: EntryDate) -> f32 {
    match (previous, next) {
        (EntryDate::Day(a), EntryDate::Day(b)) if a == b => -1.5,
        (EntryDate::Day(_), EntryDate::Day(_)) if next < previous => -2.5,
        (EntryDate::Day(_), EntryDate::Day(_)) if next.year() - previous.year() > 1 => 0.0,
        (EntryDate::Day(_), EntryDate::Day(_)) => 1.0,
        // A year and a day in it, or the same year again, may stand in any order.
        _ if previous.year() == next.year() => 0.3,
        _ if next < previous => -2.0,
        _ => 0.6,
    }
}

/// Chooses the starts of a cell.
pub(super) fn choose(candidates: &[Candidate], scores: &[Score], newest_first: bool) -> Choice {
    let usual = Path::best(candidates, scores, newest_first);
    let turned = Path::best(candidates, scores, !newest_first);
    let best = if turned.score - AGAINST_ORDER > usual.score { turned } else { usual };
    best.judge(candidates, scores)
}

struct Path {
    starts: Vec<usize>,
    /// In double precision: a long cell adds up a hundred thousand weights.
    score: f64,
    newest_first: bool,
}

struct State {
    score: f64,
    start: usize,
    before: Option<usize>,
}

impl Path {
    fn best(candidates: &[Candidate], scores: &[Score], newest_first: bool) -> Self {
        // All states ever opened; `open` holds the ones that a next start may follow.
        let mut states: Vec<State> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let Some(date) = own_date(candidate) else { continue };
            let mut best: (f64, Option<usize>) = (0.0, None);
            for &state in &open {
                let pair = pair(candidates, states[state].start, index, date, newest_first);
                let score = states[state].score + f64::from(pair);
                if score > best.0 {
                    best = (score, Some(state));
                }
            }
            states.push(State { score: best.0 + f64::from(scores[index].sum), start: index, before: best.1 });
            open.push(states.len() - 1);
            if open.len() > BEAM {
                let worst = open.iter().enumerate().min_by(|a, b| states[*a.1].score.total_cmp(&states[*b.1].score));
                if let Some((worst, _)) = worst {
                    open.remove(worst);
                }
            }
        }
        let last = open.iter().copied().max_by(|a, b| states[*a].score.total_cmp(&states[*b].score));
        let mut path = Self { starts: Vec::new(), score: 0.0, newest_first };
        let mut state = last.filter(|last| states[*last].score > 0.0);
        path.score = state.map_or(0.0, |state| states[state].score);
        while let Some(at) = state {
            path.starts.push(states[at].start);
            state = states[at].before;
        }
        path.starts.reverse();
        path
    }

    /// Marks what was chosen, and how near each choice was.
    fn judge(self, candidates: &[Candidate], scores: &[Score]) -> Choice {
        let count = candidates.len();
        let mut choice = Choice { taken: vec![false; count], margin: vec![0.0; count], order: vec![0.0; count] };
        for &start in &self.starts {
            choice.taken[start] = true;
        }
        let between = |a: Option<usize>, b: Option<usize>| match (a, b.and_then(|b| own_date(&candidates[b]))) {
            (Some(a), Some(date)) => pair(candidates, a, b.unwrap_or(a), date, self.newest_first),
            _ => 0.0,
        };
        let mut next: usize = 0;
        for (index, score) in scores.iter().enumerate() {
            let previous = next.checked_sub(1).map(|at| self.starts[at]);
            if self.starts.get(next) == Some(&index) {
                next += 1;
            }
            let following = self.starts.get(next).copied();
            let order = between(previous, Some(index)) + between(Some(index), following) - between(previous, following);
            let sum = score.sum + order;
            choice.order[index] = order;
            choice.margin[index] = if choice.taken[index] { sum } else { -sum };
        }
        choice
    }
}

/// The date by which a candidate can be a start by itself; a day without a year is settled afterwards.
fn own_date(candidate: &Candidate) -> Option<EntryDate> {
    candidate.date().filter(|_| candidate.shape != Shape::Year || candidate.at_line_start)
}

fn pair(candidates: &[Candidate], previous: usize, index: usize, next: EntryDate, newest_first: bool) -> f32 {
    let in_time = match candidates[previous].date() {
        // A year alone is background, and stands first in either order.
        Some(previous @ EntryDate::Day(_)) if newest_first => order(next, previous),
        Some(previous) => order(previous, next),
        None => 0.0,
    };
    // An entry with no words at all between its date and the next.
    if candidates[index].follows_date && previous + 1 == index { in_time + EMPTY_ENTRY } else { in_time }
}

//! Which items of two versions of a plan are one.
//!
//! By a person's decision, else by id, else by equal wording, else by likeness: the items that are left are
//! assigned to each other all at once, so that the sum of the pairs' log-odds is greatest. How sure a pair is
//! goes by its margin: what the best assignment is worth above the best one without the pair. A pair that is
//! likely but not clearly so is offered to a person and never taken.

mod assign;
mod blocks;
pub mod features;
mod model;
mod profile;
mod stem;
mod words;

use std::collections::{HashMap, HashSet};

use crate::model::{Block, Item, Plan, blocks_text, fold_words};

use super::decisions::Decisions;
use super::matching::{How, rounded};
use super::report::DoubtfulKind;
use assign::Assignment;
use features::Candidate;

pub use model::Model;
pub(super) use words::is_promise;

/// Which items of two versions are one. Items are numbered as [`Plan::items`] gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairing {
    /// Pairs that are one item, in the newer version's order.
    pub taken: Vec<TakenPair>,
    /// Pairs that a person should look at, in the newer version's order.
    pub offered: Vec<OfferedPair>,
}

/// Two items that are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TakenPair {
    /// The number of the item in the older version.
    pub older: usize,
    /// The number of the item in the newer version.
    pub newer: usize,
    /// What told.
    pub how: How,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The log-odds by which the best assignment is better than the best one without this pair; infinite for
    /// what is told by a decision, an id or equal wording.
    pub margin: f32,
}

/// Two items that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfferedPair {
    /// The number of the item in the older version.
    pub older: usize,
    /// The number of the item in the newer version.
    pub newer: usize,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// What may have happened.
    pub kind: DoubtfulKind,
}

impl Pairing {
    /// The newer item that an older one is.
    pub fn newer_of(&self, older: usize) -> Option<usize> {
        self.taken.iter().find(|pair| pair.older == older).map(|pair| pair.newer)
    }

    /// The older item that a newer one is.
    pub fn older_of(&self, newer: usize) -> Option<usize> {
        self.taken.iter().find(|pair| pair.newer == newer).map(|pair| pair.older)
    }
}

/// The pairs of one plan's items that are at least so alike, with their likeness: first, second, 0 to 1.
pub fn alike(items: &[&Item], likeness: f32) -> Vec<(usize, usize, f32)> {
    features::alike(items).into_iter().filter(|&(.., found)| found >= likeness).collect()
}

/// Pairs the items of two versions of a plan.
pub fn pair(older: &Plan, newer: &Plan, decisions: &Decisions) -> Pairing {
    pair_by(older, newer, decisions, &Model::STANDARD)
}

/// Pairs the items of two versions of a plan by a model of one's own.
pub fn pair_by(older: &Plan, newer: &Plan, decisions: &Decisions, model: &Model) -> Pairing {
    let (old_items, new_items): (Vec<&Item>, Vec<&Item>) = (older.items().collect(), newer.items().collect());
    let mut pairing = Pairing::default();
    let mut free = [vec![true; old_items.len()], vec![true; new_items.len()]];
    let decided = decisions.among(&old_items, &new_items);
    let different: HashSet<(usize, usize)> = decided.different.into_iter().collect();
    for (older, newer) in decided.same {
        if free[0][older] && free[1][newer] {
            (free[0][older], free[1][newer]) = (false, false);
            pairing.taken.push(TakenPair { older, newer, how: How::Decision, confidence: 1.0, margin: f32::INFINITY });
        }
    }
    let mut take = |how, keys: &dyn Fn(&Item) -> Vec<String>| {
        take_equal(&mut pairing, &mut free, [&old_items, &new_items], &different, how, keys);
    };
    take(How::Id, &|item| vec![item.id.as_str().to_owned()]);
    take(How::Wording, &|item| vec![wording(&item.area, &item.priority, &item.activities)]);
    take(How::Wording, &|item| {
        let then = item.wording_history.iter().map(|then| wording(&then.area, &then.priority, &then.activities));
        std::iter::once(wording(&item.area, &item.priority, &item.activities)).chain(then).collect()
    });
    let candidates = features::among(older, newer, &free);
    let mut likely = Likely::new(&candidates, &different, &free, model);
    pairing.taken.extend(likely.taken(&mut free));
    pairing.offered.extend(likely.offered(&pairing, &free));
    pairing.taken.sort_by_key(|pair| pair.newer);
    pairing
}

/// Log-odds as whole numbers: sums of them are the same on every machine.
const SCALE: f64 = 10_000.0;
/// Pairs of lower log-odds are in no assignment and are not offered.
const UNLIKELY: f64 = -4.0;
/// How many partners are offered for one item.
const OFFERED_EACH: usize = 2;
/// How sure a second partner must be, as a share of the first.
const NEARLY: f32 = 0.9;
/// Margins above this are not told apart: nothing is surer.
const CERTAIN: f64 = 12.0;

/// The best assignment of the free items, and how sure each of its pairs is.
struct Likely<'a> {
    pairs: Vec<(&'a Candidate, i64)>,
    assignment: Assignment,
    model: &'a Model,
}

impl<'a> Likely<'a> {
    fn new(
        candidates: &'a [Candidate],
        different: &HashSet<(usize, usize)>,
        free: &[Vec<bool>; 2],
        model: &'a Model,
    ) -> Self {
        let weight = |candidate: &Candidate| (model.log_odds(&candidate.features) * SCALE).round() as i64;
        let pairs: Vec<(&Candidate, i64)> = candidates
            .iter()
            .filter(|pair| !different.contains(&(pair.older, pair.newer)))
            .map(|pair| (pair, weight(pair)))
            .filter(|(_, weight)| *weight >= (UNLIKELY * SCALE) as i64)
            .collect();
        let mut edges = vec![Vec::new(); free[1].len()];
        for (pair, weight) in &pairs {
            edges[pair.newer].push((pair.older, *weight));
        }
        Self { pairs, assignment: Assignment::new(edges, free[0].len()), model }
    }

    /// The margin of a pair, as log-odds, at most [`CERTAIN`]; none where it is too low for the pair to be offered.
    fn margin(&mut self, number: usize) -> Option<f64> {
        let (pair, weight) = self.pairs[number];
        let bounds = [self.model.margin(self.model.offer), CERTAIN].map(|margin| (margin * SCALE) as i64);
        let margin = self.assignment.margin(pair.newer, pair.older, weight, bounds.into());
        margin.map(|margin| margin as f64 / SCALE)
    }

    /// The pairs of the best assignment that are sure enough; their items are free no more.
    fn taken(&mut self, free: &mut [Vec<bool>; 2]) -> Vec<TakenPair> {
        let mut taken = Vec::new();
        for number in 0..self.pairs.len() {
            let pair = self.pairs[number].0;
            if self.assignment.column_of(pair.newer) != Some(pair.older) {
                continue;
            }
            let Some(margin) = self.margin(number) else { continue };
            let confidence = self.model.confidence(margin);
            if confidence >= self.model.take {
                (free[0][pair.older], free[1][pair.newer]) = (false, false);
                let (confidence, margin) = (rounded(confidence as f32), rounded(margin as f32));
                let how = How::Likeness;
                taken.push(TakenPair { older: pair.older, newer: pair.newer, how, confidence, margin });
            }
        }
        taken
    }

    /// The likely pairs of items that are left, and the parts of items that were split or joined.
    fn offered(&mut self, pairing: &Pairing, free: &[Vec<bool>; 2]) -> Vec<OfferedPair> {
        let mut offered: Vec<OfferedPair> = Vec::new();
        for number in 0..self.pairs.len() {
            let (pair, weight) = self.pairs[number];
            let (older, newer) = (pair.older, pair.newer);
            let alone = self.model.confidence(weight as f64 / SCALE);
            let (kind, least) = match (free[0][older], free[1][newer]) {
                (true, true) => (DoubtfulKind::Same, self.model.offer),
                // One of them is taken already: what is left may be a part of it.
                (false, true) => (DoubtfulKind::Split, self.model.offer_part),
                (true, false) => (DoubtfulKind::Joined, self.model.offer_part),
                (false, false) => continue,
            };
            // No pair is surer than it is by itself.
            if alone < least {
                continue;
            }
            let confidence = if kind == DoubtfulKind::Same {
                self.margin(number).map_or(0.0, |margin| self.model.confidence(margin))
            } else {
                alone
            };
            if confidence >= least {
                offered.push(OfferedPair { older, newer, confidence: rounded(confidence as f32), kind });
            }
        }
        offered.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then((a.newer, a.older).cmp(&(b.newer, b.older))));
        let mut best = [vec![0.0_f32; free[0].len()], vec![0.0_f32; free[1].len()]];
        let mut counts = [vec![0; free[0].len()], vec![0; free[1].len()]];
        offered.retain(|pair| {
            let ends = [(0, pair.older), (1, pair.newer)].into_iter().filter(|&(side, item)| free[side][item]);
            // Beside the likeliest partner only one that is nearly as likely.
            let near = ends
                .clone()
                .all(|(side, item)| counts[side][item] < OFFERED_EACH && pair.confidence >= NEARLY * best[side][item]);
            for (side, item) in ends {
                best[side][item] = best[side][item].max(pair.confidence);
                counts[side][item] += usize::from(near);
            }
            near
        });
        offered.sort_by_key(|pair| (pair.newer, pair.older));
        debug_assert!(offered.iter().all(|o| !pairing.taken.iter().any(|t| (t.older, t.newer) == (o.older, o.newer))));
        offered
    }
}

/// An item's whole wording, folded; empty for an item of no words.
fn wording(area: &[Block], priority: &[Block], activities: &[Block]) -> String {
    let folded = [area, priority, activities].map(|blocks| fold_words(&blocks_text(blocks)));
    if folded.iter().all(String::is_empty) { String::new() } else { folded.join("\u{0}") }
}

/// Takes the pairs of free items that have a key in common which no other free item has.
fn take_equal(
    pairing: &mut Pairing,
    free: &mut [Vec<bool>; 2],
    items: [&[&Item]; 2],
    different: &HashSet<(usize, usize)>,
    how: How,
    keys: &dyn Fn(&Item) -> Vec<String>,
) {
    let mut by_key: HashMap<String, [Vec<usize>; 2]> = HashMap::new();
    for side in 0..2 {
        for (number, item) in items[side].iter().enumerate().filter(|(number, _)| free[side][*number]) {
            for key in keys(item).into_iter().filter(|key| !key.is_empty()) {
                let known = &mut by_key.entry(key).or_default()[side];
                if known.last() != Some(&number) {
                    known.push(number);
                }
            }
        }
    }
    for (newer, item) in items[1].iter().enumerate() {
        // Keys are made for those alone that are still looked for.
        if !free[1][newer] {
            continue;
        }
        for key in keys(item) {
            let Some([old, new]) = by_key.get(&key) else { continue };
            let ([older], [_]) = (old.as_slice(), new.as_slice()) else { continue };
            if free[0][*older] && free[1][newer] && !different.contains(&(*older, newer)) {
                (free[0][*older], free[1][newer]) = (false, false);
                pairing.taken.push(TakenPair { older: *older, newer, how, confidence: 1.0, margin: f32::INFINITY });
            }
        }
    }
}

//! Which items of two versions of a plan are one.
//!
//! By a person's decision, else by id, else by equal wording, else by likeness. A pair that is likely but not
//! clearly so is offered to a person and never taken.

mod likely;

use std::collections::{HashMap, HashSet};

use crate::model::{Block, Item, Plan, blocks_text, fold_words};

use super::decisions::Decisions;
use super::matching::How;
use super::report::DoubtfulKind;

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
    likely::among(items).into_iter().filter(|&(.., found)| found >= likeness).collect()
}

/// Pairs the items of two versions of a plan.
pub fn pair(older: &Plan, newer: &Plan, decisions: &Decisions) -> Pairing {
    let (old_items, new_items): (Vec<&Item>, Vec<&Item>) = (older.items().collect(), newer.items().collect());
    let mut pairing = Pairing::default();
    let mut free = [vec![true; old_items.len()], vec![true; new_items.len()]];
    let decided = decisions.among(&old_items, &new_items);
    let different: HashSet<(usize, usize)> = decided.different.into_iter().collect();
    for (older, newer) in decided.same {
        if free[0][older] && free[1][newer] {
            (free[0][older], free[1][newer]) = (false, false);
            pairing.taken.push(TakenPair { older, newer, how: How::Decision, confidence: 1.0 });
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
    let mut found = likely::Found::default();
    likely::pair(&old_items, &new_items, &mut free, &mut found);
    for (older, newer, how, confidence) in found.taken {
        if !different.contains(&(older, newer)) {
            pairing.taken.push(TakenPair { older, newer, how, confidence });
        }
    }
    for (older, newer, confidence) in found.offered {
        if !different.contains(&(older, newer)) {
            pairing.offered.push(OfferedPair { older, newer, confidence, kind: DoubtfulKind::Same });
        }
    }
    pairing.taken.sort_by_key(|pair| pair.newer);
    pairing
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
        for key in keys(item) {
            let Some([old, new]) = by_key.get(&key) else { continue };
            let ([older], [_]) = (old.as_slice(), new.as_slice()) else { continue };
            if free[0][*older] && free[1][newer] && !different.contains(&(*older, newer)) {
                (free[0][*older], free[1][newer]) = (false, false);
                pairing.taken.push(TakenPair { older: *older, newer, how, confidence: 1.0 });
            }
        }
    }
}

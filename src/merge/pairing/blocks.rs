//! Which items are worth comparing: in a large plan only those that have something telling in common.

use std::collections::HashMap;

use super::features::SharedEntries;
use super::profile::{Field, Profiles};

/// Up to so many older items, all are compared.
const ALL: usize = 60;
/// Of more, so many are: those with the most in common by whole words, rare pieces of words and entries.
const MOST: usize = 48;
/// A piece of a word that more items have tells nothing.
const RARE: usize = 32;

/// The older items by what they have.
pub(super) struct Blocks<'a> {
    free: Vec<usize>,
    words: HashMap<u32, Vec<(usize, f32)>>,
    pieces: HashMap<u32, Vec<(usize, f32)>>,
    entries: &'a SharedEntries,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(profiles: &Profiles, free: &[bool], entries: &'a SharedEntries) -> Self {
        let free: Vec<usize> = (0..free.len()).filter(|&older| free[older]).collect();
        let by = |field: Field| {
            let mut with: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
            for &older in &free {
                for &(term, weight) in &profiles.bags[0][older][field as usize] {
                    with.entry(term).or_default().push((older, weight));
                }
            }
            with
        };
        let (words, mut pieces) =
            if free.len() > ALL { (by(Field::Story), by(Field::Pieces)) } else { (HashMap::new(), HashMap::new()) };
        pieces.retain(|_, with| with.len() <= RARE);
        Self { free, words, pieces, entries }
    }

    /// The older items that a newer one is compared with.
    pub(super) fn of(&self, profiles: &Profiles, newer: usize) -> Vec<usize> {
        if self.free.len() <= ALL {
            return self.free.clone();
        }
        let bags = &profiles.bags[1][newer];
        let mut common = vec![0.0_f32; profiles.bags[0].len()];
        for (field, with) in [(Field::Story, &self.words), (Field::Pieces, &self.pieces)] {
            for (term, weight) in &bags[field as usize] {
                for &(older, other) in with.get(term).map_or(&[][..], Vec::as_slice) {
                    common[older] += weight * other;
                }
            }
        }
        // As a share of the older item's own words: a long item has something of everything.
        let share = |older: usize| common[older] / profiles.norms[0][older][Field::Story as usize].sqrt().max(1.0);
        let mut near: Vec<(usize, f32)> =
            self.free.iter().map(|&older| (older, share(older))).filter(|(_, share)| *share > 0.0).collect();
        if near.len() > MOST {
            near.select_nth_unstable_by(MOST - 1, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            near.truncate(MOST);
        }
        let shared = self.entries.with(newer).iter().copied().filter(|older| self.free.binary_search(older).is_ok());
        let mut found: Vec<usize> = near.into_iter().map(|(older, _)| older).chain(shared).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

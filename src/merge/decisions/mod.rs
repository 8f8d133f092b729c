//! What a person has decided about pairs of items: a small text file, so that a person is asked once.
//!
//! ```text
//! same upphandling-av-stod-9f3c1a upphandling-stod-2b11aa   # ”Upphandling av stöd” = ”Upphandling, stöd”
//! different digital-patologi-1c2d3e digital-kardiologi-aa00bb
//! ```
//!
//! An id is looked up as it stands; one that no version has any more (the item was reworded and its id made
//! anew) is found by its words: the words it was made of, or those between ”…” in the comment.

mod error;
mod file;

use std::collections::{HashMap, HashSet};

use crate::model::{Item, ItemId, Plan, blocks_text};

use super::matching::{Found, Index};

pub use error::DecisionsError;
pub use file::{parse, render};

/// What a person says of two items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// They are one item.
    Same,
    /// They are two.
    Different,
}

/// One line: what a person says of two items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is said.
    pub verdict: Verdict,
    /// The two items, in any order.
    pub items: [Named; 2],
    /// The line of the file, from 1; 0 when it comes from no file.
    pub line: usize,
    /// The line as it was written.
    pub written: String,
}

/// An item as a line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id when the line was written.
    pub id: ItemId,
    /// Its words, from the comment.
    pub words: Option<String>,
}

/// What a person has decided about pairs of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The lines, in the file's order.
    pub lines: Vec<Decision>,
}

impl Decisions {
    /// Whether nothing has been decided.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The decisions with every id exchanged for the one that the item has in these plans, and the lines
    /// that name no item of them.
    #[must_use]
    pub fn settle<'a>(&self, plans: impl Iterator<Item = &'a Plan>) -> (Self, Vec<Decision>) {
        if self.is_empty() {
            return (Self::default(), Vec::new());
        }
        let plans: Vec<&Plan> = plans.collect();
        let known: HashSet<ItemId> = plans.iter().flat_map(|plan| plan.items()).flat_map(aliases).collect();
        let mut settled = Self::default();
        let mut unknown = Vec::new();
        for line in &self.lines {
            let mut items = line.items.clone();
            let mut found = true;
            for named in &mut items {
                if !known.contains(&named.id) {
                    match by_words(named, &plans) {
                        Some(id) => named.id = id,
                        None => found = false,
                    }
                }
            }
            // Both found by their words in one item: it is another item now, and nothing is decided of it.
            if found && items[0].id != items[1].id {
                settled.lines.push(Decision { items, ..line.clone() });
            } else {
                unknown.push(line.clone());
            }
        }
        (settled, unknown)
    }

    /// The pairs of these items that are decided.
    pub(super) fn among(&self, older: &[&Item], newer: &[&Item]) -> Decided {
        let mut decided = Decided::default();
        if self.is_empty() {
            return decided;
        }
        let (older, newer) = (by_alias(older), by_alias(newer));
        for line in &self.lines {
            let [a, b] = &line.items;
            for (first, second) in [(a, b), (b, a)] {
                if let (Some(&old), Some(&new)) = (older.get(&first.id), newer.get(&second.id)) {
                    match line.verdict {
                        Verdict::Same => decided.same.push((old, new)),
                        Verdict::Different => decided.different.push((old, new)),
                    }
                    break;
                }
            }
        }
        decided
    }
}

/// Pairs of items, by their numbers on both sides.
#[derive(Debug, Default)]
pub(super) struct Decided {
    pub(super) same: Vec<(usize, usize)>,
    pub(super) different: Vec<(usize, usize)>,
}

/// The ids that an item has had: its own, and those made of its wordings.
pub(super) fn aliases(item: &Item) -> Vec<ItemId> {
    let made = |area, priority, activities| {
        ItemId::from_wording(&blocks_text(area), &blocks_text(priority), &blocks_text(activities), 0)
    };
    let mut ids = vec![item.id.clone(), made(&item.area, &item.priority, &item.activities)];
    ids.extend(item.wording_history.iter().map(|then| made(&then.area, &then.priority, &then.activities)));
    ids
}

/// Items by every id they have had; an id that several items claim by their wordings belongs to the one
/// that carries it, else to the first.
fn by_alias(items: &[&Item]) -> HashMap<ItemId, usize> {
    let mut by_id: HashMap<ItemId, usize> = HashMap::new();
    for (number, item) in items.iter().enumerate() {
        by_id.entry(item.id.clone()).or_insert(number);
    }
    for (number, item) in items.iter().enumerate() {
        for id in aliases(item) {
            by_id.entry(id).or_insert(number);
        }
    }
    by_id
}

/// The one item that has the id's first words, or that the comment's words name.
fn by_words(named: &Named, plans: &[&Plan]) -> Option<ItemId> {
    let slug = slug(&named.id);
    let mut by_slug: Vec<ItemId> = plans
        .iter()
        .flat_map(|plan| plan.items())
        .map(|item| item.id.clone())
        .filter(|id| self::slug(id) == slug)
        .collect();
    by_slug.sort_unstable();
    by_slug.dedup();
    let mut by_name: Vec<ItemId> = Vec::new();
    if let Some(words) = &named.words {
        for plan in plans {
            if let Found::Item { id, .. } = Index::new(plan.items()).find(words.trim_end_matches('…')) {
                by_name.push(id);
            }
        }
    }
    by_name.sort_unstable();
    by_name.dedup();
    let both: Vec<&ItemId> = by_slug.iter().filter(|id| by_name.contains(id)).collect();
    match (both.as_slice(), by_slug.as_slice(), by_name.as_slice()) {
        ([one], _, _) => Some((*one).clone()),
        ([], [one], []) | ([], [], [one]) => Some(one.clone()),
        _ => None,
    }
}

/// The words that an id was made of.
fn slug(id: &ItemId) -> &str {
    id.as_str().rsplit_once('-').map_or(id.as_str(), |(words, _)| words)
}

#[cfg(test)]
mod tests;

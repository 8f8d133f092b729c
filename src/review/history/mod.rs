//! The life of a plan's items over all its versions: wordings, sections, statuses, entries, each with its sources.
//!
//! The versions are ordered by age and merged one after the other, as [`merge_all`](crate::merge::merge_all) does;
//! what each of them said about an item is noted on the way.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::merge::decisions::Decisions;
use crate::merge::matching::How;
use crate::merge::pairing::pair;
use crate::merge::plans::merge_with;
use crate::merge::telling_name;
use crate::merge::versions::by_age;
use crate::model::{
    EntryDate, Item, ItemId, Plan, Section, Source, Status, StatusChange, Wording, blocks_text, fold_words,
};

use super::diff::{Change, ColumnChange, DoubtfulPair, Spot, Version, item, version};
use super::words::lines;

/// The life of a plan's items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// The versions, oldest first.
    pub versions: Vec<Version>,
    /// The items, in the newest version's order, those that it lacks after the ones they stood after.
    pub items: Vec<ItemHistory>,
    /// Pairs that may be one item: here they have a life each.
    pub doubtful: Vec<DoubtfulPair>,
}

/// The life of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemHistory {
    /// Its id.
    pub id: ItemId,
    /// Its newest name.
    pub name: String,
    /// The versions that have it, oldest first.
    pub appearances: Vec<Appearance>,
    /// All its entries, with the versions that have each.
    pub entries: Vec<HistoryEntry>,
    /// Statuses that the files carry from versions that are not among these, newest first.
    pub earlier_statuses: Vec<StatusChange>,
    /// Wordings that the files carry from versions that are not among these, newest first.
    pub earlier_wordings: Vec<Wording>,
}

/// What one version says about an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Appearance {
    /// The version, by its number in `versions`, from 0.
    pub version: usize,
    /// The id that it has there.
    pub id: ItemId,
    /// What told that it is the same item; none for its first version.
    pub how: Option<How>,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f32>,
    /// Where it stands.
    pub section: Spot,
    /// Whether that is another section than in the version before.
    pub moved: bool,
    /// Columns of other words than in the version before; all columns in the first.
    pub wording: Vec<ColumnChange>,
    /// Its status.
    pub status: Status,
    /// Whether that is another status than in the version before.
    pub status_changed: bool,
    /// Where it was read.
    pub source: Option<Source>,
}

/// An entry and the versions that have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HistoryEntry {
    /// Its date.
    pub date: Option<EntryDate>,
    /// Its newest wording.
    pub text: String,
    /// Older wordings, newest first.
    pub earlier: Vec<String>,
    /// The versions that have it, by their numbers in `versions`.
    pub versions: Vec<usize>,
}

/// What a version had of an item: a copy, since merging takes the plans.
struct Seen {
    version: usize,
    how: Option<How>,
    confidence: Option<f32>,
    section: Section,
    item: Item,
}

/// The history of any number of versions, given in any order.
pub fn history(mut plans: Vec<Plan>, decisions: &Decisions) -> History {
    by_age(&mut plans);
    let (decisions, _) = decisions.settle(plans.iter());
    let versions = plans.iter().map(version).collect();
    let mut lives: HashMap<ItemId, Vec<Seen>> = HashMap::new();
    let mut doubtful = Vec::new();
    let mut merged: Option<Plan> = None;
    for (number, plan) in plans.into_iter().enumerate() {
        let Some(older) = merged.take() else {
            note(&mut lives, &plan, number, |item| (item.id.clone(), None));
            merged = Some(plan);
            continue;
        };
        let pairing = pair(&older, &plan, &decisions);
        let old_items: Vec<&Item> = older.items().collect();
        let new_items: Vec<&Item> = plan.items().collect();
        for offered in &pairing.offered {
            doubtful.push(DoubtfulPair {
                old: old_items[offered.older].id.clone(),
                old_name: telling_name(old_items[offered.older]),
                new: new_items[offered.newer].id.clone(),
                new_name: telling_name(new_items[offered.newer]),
                likeness: offered.confidence,
            });
        }
        let taken: HashMap<ItemId, (ItemId, How, f32)> = pairing
            .taken
            .iter()
            .map(|pair| {
                let old = old_items[pair.older].id.clone();
                (new_items[pair.newer].id.clone(), (old, pair.how, pair.confidence))
            })
            .collect();
        note(&mut lives, &plan, number, |item| match taken.get(&item.id) {
            Some((old, how, sure)) => (old.clone(), Some((*how, *sure))),
            None => (item.id.clone(), None),
        });
        merged = Some(merge_with(older, plan, &decisions).0);
    }
    let items =
        merged.iter().flat_map(Plan::items).map(|item| life(item, lives.get(&item.id).map_or(&[], Vec::as_slice)));
    History { versions, items: items.collect(), doubtful }
}

/// Notes what a version says of each of its items, under the id that the item has in the merged plan.
fn note(
    lives: &mut HashMap<ItemId, Vec<Seen>>,
    plan: &Plan,
    version: usize,
    identity: impl Fn(&Item) -> (ItemId, Option<(How, f32)>),
) {
    for section in &plan.sections {
        for item in &section.items {
            let (id, pair) = identity(item);
            // The section's headings alone: its rows are noted one by one.
            let section = Section { items: Vec::new(), ..section.clone() };
            let (how, confidence) = (pair.map(|(how, _)| how), pair.map(|(_, sure)| sure));
            lives.entry(id).or_default().push(Seen { version, how, confidence, section, item: item.clone() });
        }
    }
}

/// What the files carry of versions that are not among these, each once, from the newest file on.
fn carried<T: PartialEq + Clone>(seen: &[Seen], of: impl Fn(&Item) -> &Vec<T>, new: impl Fn(&&T) -> bool) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for one in seen.iter().rev().flat_map(|seen| of(&seen.item)).filter(new) {
        if !found.contains(one) {
            found.push(one.clone());
        }
    }
    found
}

fn life(merged: &Item, seen: &[Seen]) -> ItemHistory {
    let entries = merged.follow_up.iter().map(|entry| {
        let wordings: Vec<String> =
            std::iter::once(&entry.text).chain(&entry.earlier).map(|text| fold_words(&blocks_text(text))).collect();
        let has = |seen: &&Seen| {
            let mut own = seen.item.follow_up.iter().filter(|other| other.date == entry.date);
            own.any(|other| wordings.contains(&fold_words(&blocks_text(&other.text))))
        };
        HistoryEntry {
            date: entry.date,
            text: lines(&entry.text),
            earlier: entry.earlier.iter().map(|text| lines(text)).collect(),
            versions: seen.iter().filter(has).map(|seen| seen.version).collect(),
        }
    });
    let mut entries: Vec<HistoryEntry> = entries.collect();
    entries.sort_by_key(|entry| entry.date);
    let mut appearances: Vec<Appearance> = Vec::new();
    for (number, now) in seen.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|number| seen.get(number));
        let (section, wording) = (
            item::spot(&now.section),
            match before {
                Some(before) => item::wording(&before.item, &now.item),
                None => item::alone(&now.item, &now.section, Change::Added).wording,
            },
        );
        let status_changed = before.is_none_or(|before| item::status(&before.item.status, &now.item.status).is_some());
        appearances.push(Appearance {
            version: now.version,
            id: now.item.id.clone(),
            how: now.how,
            confidence: now.confidence,
            moved: before.is_some_and(|before| before.section.kind != now.section.kind),
            section,
            wording,
            status: now.item.status.clone(),
            status_changed,
            source: now.item.source.clone(),
        });
    }
    let told = |change: &&StatusChange| {
        let status = Status { lights: change.lights.clone(), text: change.text.clone(), ..Status::default() };
        !seen.iter().any(|seen| item::status(&seen.item.status, &status).is_none())
    };
    let words = |area: &_, priority: &_, activities: &_| [area, priority, activities].map(|b| fold_words(&lines(b)));
    let worded = |wording: &&Wording| {
        let then = words(&wording.area, &wording.priority, &wording.activities);
        !seen.iter().any(|seen| words(&seen.item.area, &seen.item.priority, &seen.item.activities) == then)
    };
    ItemHistory {
        id: merged.id.clone(),
        name: merged.name(),
        appearances,
        entries,
        // As the files carry them: merging makes statuses of its own, of one version's light and another's words.
        earlier_statuses: carried(seen, |item| &item.status_history, told),
        earlier_wordings: carried(seen, |item| &item.wording_history, worded),
    }
}

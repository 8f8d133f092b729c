//! What changed between two versions of a plan.
//!
//! Items are paired as a merge pairs them ([`pairing`](crate::merge::pairing)); what is likely but not sure to
//! be one item is told as a question and never as a change.

mod entries;
pub(super) mod item;
mod pages;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::merge::decisions::Decisions;
use crate::merge::matching::How;
use crate::merge::pairing::pair;
use crate::merge::telling_name;
use crate::model::{EntryDate, Item, ItemId, Light, Plan, SectionKind, Status};

use super::check::Column;
pub use super::words::{Change, Words};

/// What changed between two versions of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// The older version.
    pub old: Version,
    /// The newer version.
    pub new: Version,
    /// How many of each.
    pub summary: Summary,
    /// Changes of the plan's front.
    pub head: Vec<HeadChange>,
    /// Items that changed, are new or gone: in the newer version's order, then those that are gone.
    pub items: Vec<ItemChange>,
    /// Pages and headings that changed.
    pub pages: Vec<PageChange>,
    /// Pairs that may be one item: here they count as one gone and one new.
    pub doubtful: Vec<DoubtfulPair>,
}

/// A version of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The file.
    pub file: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// The day it was updated.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub updated: Option<Date>,
}

/// How many changes of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// New items.
    pub added: usize,
    /// Items that are gone.
    pub removed: usize,
    /// Items that were closed.
    pub closed: usize,
    /// Closed items that are open again.
    pub reopened: usize,
    /// Items of other words.
    pub reworded: usize,
    /// Items in another section or column.
    pub moved: usize,
    /// Items of another status, closed and reopened ones too.
    pub statuses: usize,
    /// New entries of items that both versions have.
    pub entries_added: usize,
    /// Entries of other words or another date.
    pub entries_changed: usize,
    /// Entries that are gone, of items that both versions have.
    pub entries_removed: usize,
    /// Items with no change at all.
    pub unchanged: usize,
    /// Pages and headings that changed.
    pub pages: usize,
}

impl Summary {
    /// Whether nothing changed in any item or page.
    pub fn is_empty(&self) -> bool {
        *self == Self { unchanged: self.unchanged, ..Self::default() }
    }
}

/// A change of the plan's front.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadChange {
    /// What: region, group, title, year, updated.
    pub field: HeadField,
    /// Then.
    pub old: Option<String>,
    /// Now.
    pub new: Option<String>,
}

/// A field of the plan's front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they are the model's fields")]
pub enum HeadField {
    Region,
    Group,
    Title,
    Year,
    Updated,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It was closed.
    Closed,
    /// It was closed and is open again.
    Reopened,
    /// Something else about it changed.
    Changed,
}

/// An item that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ItemChange {
    /// Its id in the newer version, or in the older if it is gone.
    pub id: ItemId,
    /// Its name now, or then if it is gone.
    pub name: String,
    /// Its name then, where it was another.
    pub old_name: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// What told that the two are one item; none for one that is new or gone.
    pub how: Option<How>,
    /// How sure that is, 0 to 1.
    pub confidence: Option<f32>,
    /// Where it stands now, or stood if it is gone.
    pub section: Spot,
    /// Where it stood, if that was another section.
    pub moved_from: Option<Spot>,
    /// Columns of other words; for an item that is new or gone, all columns.
    pub wording: Vec<ColumnChange>,
    /// Entries that are new, changed or gone.
    pub entries: Vec<EntryChange>,
    /// The status, where it changed.
    pub status: Option<StatusDiff>,
}

/// A section as a reader finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spot {
    /// What its items are.
    pub kind: SectionKind,
    /// Its heading, else that of its first column.
    pub heading: Option<String>,
}

/// A column of an item that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnChange {
    /// Which.
    pub column: Column,
    /// The columns that its text, or a part of it, was moved from.
    pub moved_from: Vec<Column>,
    /// Word by word; empty where the text only moved.
    pub words: Vec<Words>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryFate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has other words.
    Changed,
    /// It has another date.
    Redated,
}

/// An entry that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryChange {
    /// What became of it.
    pub fate: EntryFate,
    /// Its date now, or then if it is gone.
    pub date: Option<EntryDate>,
    /// Its date then, where it was another.
    pub old_date: Option<EntryDate>,
    /// Word by word.
    pub words: Vec<Words>,
}

/// A status that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatusDiff {
    /// Then.
    pub old: Status,
    /// Now.
    pub new: Status,
    /// The words, word by word.
    pub words: Vec<Words>,
}

/// A page, or the headings of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they are the model's fields")]
pub enum Page {
    Instructions,
    Promises,
    Headings,
    Results,
    Challenges,
    Calendar,
    Other,
    Unplaced,
}

/// A page that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageChange {
    /// Which.
    pub page: Page,
    /// Its heading, for a page of no field of its own.
    pub heading: Option<String>,
    /// Word by word.
    pub words: Vec<Words>,
}

/// Two items that may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DoubtfulPair {
    /// The older item.
    pub old: ItemId,
    /// In words.
    pub old_name: String,
    /// The newer item.
    pub new: ItemId,
    /// In words.
    pub new_name: String,
    /// How alike, 0 to 1.
    pub likeness: f32,
}

/// Compares two versions of a plan.
pub fn diff(old: &Plan, new: &Plan, decisions: &Decisions) -> Diff {
    let pairing = pair(old, new, decisions);
    let (old_items, new_items) = (items(old), items(new));
    let mut summary = Summary::default();
    let mut changes = Vec::new();
    for (number, (section, item)) in new_items.iter().enumerate() {
        let Some(pair) = pairing.taken.iter().find(|pair| pair.newer == number) else {
            summary.added += 1;
            changes.push(item::alone(item, section, Change::Added));
            continue;
        };
        let (old_section, old_item) = &old_items[pair.older];
        match item::change((old_section, old_item), (section, item), old, new) {
            Some(change) => {
                count(&mut summary, &change);
                changes.push(ItemChange { how: Some(pair.how), confidence: Some(pair.confidence), ..change });
            }
            None => summary.unchanged += 1,
        }
    }
    for (number, (section, item)) in old_items.iter().enumerate() {
        if pairing.newer_of(number).is_none() {
            summary.removed += 1;
            changes.push(item::alone(item, section, Change::Removed));
        }
    }
    let doubtful = pairing.offered.iter().map(|pair| DoubtfulPair {
        old: old_items[pair.older].1.id.clone(),
        old_name: telling_name(old_items[pair.older].1),
        new: new_items[pair.newer].1.id.clone(),
        new_name: telling_name(new_items[pair.newer].1),
        likeness: pair.confidence,
    });
    let doubtful = doubtful.collect();
    let pages = pages::changes(old, new);
    summary.pages = pages.len();
    Diff { old: version(old), new: version(new), summary, head: head(old, new), items: changes, pages, doubtful }
}

fn items(plan: &Plan) -> Vec<(&crate::model::Section, &Item)> {
    plan.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section, item))).collect()
}

fn count(summary: &mut Summary, change: &ItemChange) {
    summary.closed += usize::from(change.fate == Fate::Closed);
    summary.reopened += usize::from(change.fate == Fate::Reopened);
    summary.reworded += usize::from(change.wording.iter().any(|column| !column.words.is_empty()));
    let columns_moved = change.wording.iter().any(|column| !column.moved_from.is_empty());
    summary.moved += usize::from(change.moved_from.is_some() || columns_moved);
    summary.statuses += usize::from(change.status.is_some());
    for entry in &change.entries {
        match entry.fate {
            EntryFate::Added => summary.entries_added += 1,
            EntryFate::Removed => summary.entries_removed += 1,
            EntryFate::Changed | EntryFate::Redated => summary.entries_changed += 1,
        }
    }
}

/// A plan as a version of itself.
pub(super) fn version(plan: &Plan) -> Version {
    Version {
        file: plan.reading.sources.last().map(|source| source.file.clone()),
        title: plan.title.clone(),
        year: plan.year,
        updated: plan.updated.as_ref().and_then(|updated| updated.date),
    }
}

fn head(old: &Plan, new: &Plan) -> Vec<HeadChange> {
    let updated = |plan: &Plan| plan.updated.as_ref().map(|updated| updated.text.clone());
    let fields = [
        (HeadField::Region, old.region.clone(), new.region.clone()),
        (HeadField::Group, old.group.clone(), new.group.clone()),
        (HeadField::Title, old.title.clone(), new.title.clone()),
        (HeadField::Year, old.year.map(|year| year.to_string()), new.year.map(|year| year.to_string())),
        (HeadField::Updated, updated(old), updated(new)),
    ];
    let changed = fields.into_iter().filter(|(_, old, new)| old != new);
    changed.map(|(field, old, new)| HeadChange { field, old, new }).collect()
}

/// Whether a status closes its item: all its lights say so.
pub(super) fn is_closed(status: &Status) -> bool {
    !status.lights.is_empty() && status.lights.iter().all(|light| light.light == Light::Closed)
}

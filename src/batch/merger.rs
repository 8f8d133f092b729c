//! The plans of a group → one history and what is known of it. Runs in a worker.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::merge::{Conflict, Doubtful, Merging};
use crate::model::{Document, Item, ItemId, Light, Plan, blocks_text};
use crate::write::{Format, WriteError, WriteOptions, render};

use super::record::{GroupRecord, ItemRecord, ItemStatus};

/// A history of more items than this is not merged further: plans that share no item are no versions of one plan.
const MAX_ITEMS: usize = 5_000;
/// So many conflicts and doubtful pairs of a group are listed.
const MOST_LISTED: usize = 100;
/// An item that is open and has had no entry for this many days before the group's newest day is quiet.
const QUIET_DAYS: i32 = 365;

/// The versions of a group so far, merged.
#[derive(Default)]
pub(super) struct Merger {
    merging: Merging,
    failure: Option<String>,
    /// The versions cannot be merged further.
    is_over: bool,
}

impl Merger {
    /// Adds a newer version: the JSON of its model.
    pub(super) fn add(&mut self, model: &str, bytes: &[u8]) {
        if self.is_over {
            return;
        }
        let Ok(Document::ActionPlan(newer)) = serde_json::from_slice(bytes) else {
            // Somebody has changed the file since; it is made again by --force.
            self.failure = Some(format!("{model} är ingen plan längre; kör om med --force"));
            return;
        };
        let items = self.merging.items();
        if items > MAX_ITEMS {
            let text = "versionerna har så olika innehåll att de inte fördes samman";
            return self.break_off(format!("{text} ({items} punkter)"));
        }
        self.merging.add(newer.into());
    }

    /// Nothing more can be merged.
    pub(super) fn break_off(&mut self, why: String) {
        (self.is_over, self.failure) = (true, Some(why));
    }

    /// What is known of the group, and the history's JSON where there is one.
    pub(super) fn finish(self, group: String) -> Result<(GroupRecord, Vec<u8>), WriteError> {
        let mut record = GroupRecord { failure: self.failure, ..GroupRecord::new(group) };
        let (plan, report) = self.merging.finish();
        record.conflicts = report.conflicts.iter().map(conflict).collect();
        if self.is_over || report.versions.is_empty() {
            return Ok((record, Vec::new()));
        }
        record.items = items(&plan);
        record.doubtful = open_questions(&report.doubtful, &plan);
        for list in [&mut record.conflicts, &mut record.doubtful] {
            shorten(list);
        }
        let written = render(&Document::ActionPlan(plan), Format::Json, &WriteOptions::default())?;
        Ok((record, written.value))
    }
}

fn conflict(conflict: &Conflict) -> String {
    let date = conflict.date.map(|date| format!(" {date}")).unwrap_or_default();
    let [old, new] = [&conflict.old, &conflict.new].map(|blocks| blocks_text(blocks));
    format!("{}{date}: ”{old}” och ”{new}”", conflict.name)
}

/// Keeps a list readable: what it leaves out stands in the history itself.
fn shorten(list: &mut Vec<String>) {
    let more = list.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        list.truncate(MOST_LISTED);
        list.push(format!("… och {more} till: se gruppens historik"));
    }
}

/// The pairs that no later version settled: both items still stand.
fn open_questions(doubtful: &[Doubtful], plan: &Plan) -> Vec<String> {
    let ids: HashSet<&ItemId> = plan.items().map(|item| &item.id).collect();
    // The newest version that asked knows most of the two.
    let mut open: BTreeMap<(&ItemId, &ItemId), &Doubtful> = BTreeMap::new();
    for pair in doubtful.iter().filter(|pair| ids.contains(&pair.older) && ids.contains(&pair.newer)) {
        open.insert((&pair.older, &pair.newer), pair);
    }
    let words = |pair: &&Doubtful| {
        format!("”{}” och ”{}” ({:.0} % lika)", pair.older_name, pair.newer_name, pair.likeness * 100.0)
    };
    open.values().map(words).collect()
}

fn items(plan: &Plan) -> Vec<ItemRecord> {
    let newest = plan.updated.as_ref().and_then(|updated| updated.date).into_iter().chain(days(plan.items())).max();
    plan.items().map(|item| record(item, newest)).collect()
}

fn days<'a>(items: impl Iterator<Item = &'a Item>) -> impl Iterator<Item = Date> {
    items.flat_map(|item| &item.follow_up).filter_map(|entry| entry.date?.day())
}

fn record(item: &Item, newest: Option<Date>) -> ItemRecord {
    let last_entry = item.follow_up.iter().filter_map(|entry| entry.date).max();
    let mut statuses: Vec<ItemStatus> = item
        .status_history
        .iter()
        .map(|change| ItemStatus {
            date: change.date,
            lights: change.lights.iter().map(|light| light.light).collect(),
            text: blocks_text(&change.text),
        })
        .collect();
    statuses.sort_by_key(|status| status.date);
    let lights: Vec<Light> = item.status.lights.iter().map(|light| light.light).collect();
    let is_closed = !lights.is_empty() && lights.iter().all(|light| *light == Light::Closed);
    if !item.status.is_empty() {
        statuses.push(ItemStatus { date: None, lights, text: blocks_text(&item.status.text) });
    }
    // A year alone counts as its last day.
    let last_day = last_entry.map(|date| date.day().unwrap_or(Date::constant(date.year().max(-9999), 12, 31)));
    let quiet = !is_closed
        && item.last_seen.is_none()
        && newest.is_some_and(|newest| last_day.is_none_or(|last| (newest - last).get_days() > QUIET_DAYS));
    ItemRecord {
        id: item.id.clone(),
        name: item.name(),
        statuses,
        entries: item.follow_up.len(),
        last_entry,
        quiet,
        last_seen: item.last_seen.clone(),
    }
}

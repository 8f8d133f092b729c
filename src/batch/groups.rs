//! The plans of each group, merged into one history.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use jiff::civil::Date;

use crate::merge::{Age, Conflict, Doubtful, Merging};
use crate::model::{Document, Item, ItemId, Light, Plan, blocks_text, fold_words};
use crate::open::sha256;
use crate::write::{Format, WriteOptions, render};

use super::journal::{GroupLine, Journal};
use super::names::output_names;
use super::record::{DocumentRecord, FileRecord, GroupRecord, ItemRecord, ItemStatus, Status, Version};
use super::run::Event;
use super::store::Store;
use super::{BatchError, Observer};

/// Where the histories are.
pub(super) const FOLDER: &str = "history";
/// A history of more items than this is not merged further: plans that share no item are no versions of one plan.
const MAX_ITEMS: usize = 5_000;
/// So many conflicts and doubtful pairs of a group are listed.
const MOST_LISTED: usize = 100;
/// An item that is open and has had no entry for this many days before the group's newest day is quiet.
const QUIET_DAYS: i32 = 365;

/// A plan of an archive: its file and what is known of it.
type Found<'a> = (&'a FileRecord, &'a DocumentRecord);

/// Merges the plans of each group. A group whose plans have not changed is not merged again.
pub(super) fn merge(
    records: &[Arc<FileRecord>],
    journal: &mut Journal,
    store: &Store,
    jobs: usize,
    observer: &dyn Observer,
) -> Result<Vec<Arc<GroupRecord>>, BatchError> {
    let groups = by_group(records);
    let known = std::mem::take(&mut journal.groups);
    let names = output_names(groups.iter().map(|(name, _)| name.as_str()), &["json"]);
    let todo: Vec<Todo<'_>> = groups
        .iter()
        .zip(names)
        .map(|((name, versions), file)| Todo {
            name,
            versions,
            history: format!("{FOLDER}/{file}.json"),
            inputs: inputs(versions),
        })
        .collect();
    let is_known = |todo: &Todo<'_>| {
        known.get(todo.name).filter(|line| {
            line.inputs == todo.inputs
                && line.record.history.as_ref().is_none_or(|path| *path == todo.history && store.stands(path, None))
        })
    };
    let (old, new): (Vec<_>, Vec<_>) = todo.into_iter().partition(|todo| is_known(todo).is_some());
    for line in old.iter().filter_map(is_known) {
        journal.groups.insert(line.record.group.clone(), line.clone());
    }
    if !new.is_empty() {
        observer.event(&Event::Merging { groups: new.len() });
    }
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(new.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.min(new.len()) {
            scope.spawn(|| {
                while let Some(todo) = new.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !observer.is_stopped())
                {
                    let line = todo
                        .merge(store)
                        .map(|record| GroupLine { inputs: todo.inputs.clone(), record: Arc::new(record) });
                    // A thread that panicked left no half line behind.
                    made.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(line);
                }
            });
        }
    });
    if observer.is_stopped() {
        return Err(BatchError::Stopped { done: records.len(), all: records.len() });
    }
    for line in made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        let output = |source| BatchError::Output { path: store.folder().to_owned(), source };
        journal.group(line?).map_err(output)?;
    }
    // Histories of groups that are no more.
    for line in known.values().filter(|line| !journal.groups.contains_key(&line.record.group)) {
        if let Some(path) = &line.record.history {
            store.remove(path)?;
        }
    }
    Ok(journal.groups.values().map(|line| Arc::clone(&line.record)).collect())
}

/// The plans of each group, oldest first. Groups are one when their names have the same words.
fn by_group(records: &[Arc<FileRecord>]) -> Vec<(String, Vec<Found<'_>>)> {
    let mut groups: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.status == Status::Converted) {
        for document in record.documents.iter().filter(|document| document.document_type.is_none()) {
            if let Some(group) = &document.group {
                groups.entry(fold_words(group)).or_default().push((&**record, document));
            }
        }
    }
    groups
        .into_values()
        .map(|mut versions| {
            versions.sort_by(|a, b| age(a).cmp(&age(b)));
            // The newest version says how the group writes its name.
            let name = versions.last().and_then(|(_, document)| document.group.clone()).unwrap_or_default();
            (name, versions)
        })
        .collect()
}

/// How old a version is; versions of one age are ordered by their files.
fn age<'a>((file, document): &Found<'a>) -> (Age, &'a str, &'a str) {
    (Age::new(document.year, document.date, document.newest_entry), &file.file, &document.model)
}

/// What a history is made of, as a fingerprint.
fn inputs(versions: &[Found<'_>]) -> String {
    let mut text = String::from(env!("CARGO_PKG_VERSION"));
    for (file, document) in versions {
        for part in [file.file.as_str(), file.sha256.as_deref().unwrap_or_default(), &document.model] {
            text.push('\n');
            text.push_str(part);
        }
    }
    sha256(text.as_bytes())
}

/// A group to merge.
struct Todo<'a> {
    name: &'a String,
    versions: &'a Vec<Found<'a>>,
    history: String,
    inputs: String,
}

impl Todo<'_> {
    fn merge(&self, store: &Store) -> Result<GroupRecord, BatchError> {
        let mut record = GroupRecord {
            group: self.name.clone(),
            versions: self.versions.iter().map(version).collect(),
            history: None,
            failure: None,
            items: Vec::new(),
            conflicts: Vec::new(),
            doubtful: Vec::new(),
        };
        let mut merging = Merging::default();
        // One version after the other, so that only two are in the memory at a time.
        for (_, document) in self.versions {
            let Ok(Document::ActionPlan(newer)) = serde_json::from_slice(&store.get(&document.model)?) else {
                // Somebody has changed the file since; it is made again by --force.
                record.failure = Some(format!("{} är ingen plan längre; kör om med --force", document.model));
                continue;
            };
            let items = merging.items();
            if items > MAX_ITEMS {
                let text = "versionerna har så olika innehåll att de inte fördes samman";
                record.failure = Some(format!("{text} ({items} punkter)"));
                record.conflicts = merging.finish().1.conflicts.iter().map(conflict).collect();
                return Ok(record);
            }
            merging.add(newer.into());
        }
        let (plan, report) = merging.finish();
        if report.versions.is_empty() {
            return Ok(record);
        }
        record.conflicts = report.conflicts.iter().map(conflict).collect();
        record.items = items(&plan);
        record.doubtful = open_questions(&report.doubtful, &plan);
        for list in [&mut record.conflicts, &mut record.doubtful] {
            shorten(list);
        }
        let written = render(&Document::ActionPlan(plan), Format::Json, &WriteOptions::default());
        let written = written.map_err(|error| BatchError::Report(error.to_string()))?;
        store.put_own(&self.history, &written.value)?;
        record.history = Some(self.history.clone());
        Ok(record)
    }
}

fn version((file, document): &Found<'_>) -> Version {
    Version { file: file.file.clone(), year: document.year, date: document.date }
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

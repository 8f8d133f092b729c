//! The plans of each group, merged into one history by worker processes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::merge::Age;
use crate::model::fold_words;
use crate::open::sha256;

use super::journal::{GroupLine, Journal};
use super::names::output_names;
use super::record::{DocumentRecord, Failure, FileRecord, GroupRecord, Status, Version};
use super::run::Event;
use super::store::Store;
use super::worker::{Answer, Client, Reply, Request};
use super::{BatchError, BatchOptions, Observer};

/// Where the histories are.
pub(super) const FOLDER: &str = "history";

/// What the threads that have groups merged share.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) options: &'a BatchOptions,
    pub(super) store: &'a Store,
    pub(super) observer: &'a dyn Observer,
}

/// A plan of an archive: its file and what is known of it.
type Found<'a> = (&'a FileRecord, &'a DocumentRecord);

/// Merges the plans of each group. A group whose plans have not changed is not merged again.
pub(super) fn merge(
    records: &[Arc<FileRecord>],
    journal: &mut Journal,
    shared: &Shared<'_>,
) -> Result<Vec<Arc<GroupRecord>>, BatchError> {
    let Shared { options, store, observer } = *shared;
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
        for _ in 0..options.jobs.min(new.len()) {
            scope.spawn(|| {
                let mut client = None;
                while let Some(todo) = new.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| !observer.is_stopped())
                {
                    let line = todo.merge(&mut client, shared);
                    // A thread that panicked left no half line behind.
                    made.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(line.transpose());
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
    /// Has the plans merged by a worker: none where the run is to end.
    fn merge(&self, client: &mut Option<Client>, shared: &Shared<'_>) -> Result<Option<GroupLine>, BatchError> {
        let answer = match self.ask(client, shared) {
            Ok(Some(answer)) => answer,
            // A worker that has a part of a group takes no other.
            other => {
                *client = None;
                return other.map(|_| None);
            }
        };
        let (mut inputs, mut record) = (self.inputs.clone(), GroupRecord::new(self.name.clone()));
        match answer {
            Answer::Reply(Reply { group: Some(merged), failure: None, .. }, history) => {
                record = *merged;
                if !history.is_empty() {
                    shared.store.put_own(&self.history, &history)?;
                    record.history = Some(self.history.clone());
                }
            }
            Answer::Reply(reply, _) => {
                record.failure = Some(not_merged(reply.failure.as_ref()));
            }
            Answer::Dead(failure) => {
                *client = None;
                record.failure = Some(not_merged(Some(&failure)));
                // It may go better another time: nothing is known of these inputs.
                inputs.clear();
            }
        }
        record.versions = self.versions.iter().map(version).collect();
        Ok(Some(GroupLine { inputs, record: Arc::new(record) }))
    }

    /// Sends one version after the other, so that only two are in a worker's memory at a time.
    fn ask(&self, client: &mut Option<Client>, shared: &Shared<'_>) -> Result<Option<Answer>, BatchError> {
        let Shared { options, .. } = *shared;
        let client = Client::running(client, || Client::start(&options.worker, &options.settings))?;
        for (_, document) in self.versions {
            if shared.observer.is_stopped() {
                return Ok(None);
            }
            let request = Request::Version { model: document.model.clone() };
            if !client.tell(&request, &shared.store.get(&document.model)?) {
                return Ok(Some(client.dead(SUBJECT)));
            }
        }
        Ok(Some(client.ask(&Request::Merge { group: self.name.clone() }, b"", SUBJECT)))
    }
}

/// What a worker that merges is busy with.
const SUBJECT: &str = "sammanföringen";

fn not_merged(failure: Option<&Failure>) -> String {
    let why = failure.map_or("arbetaren svarade ofullständigt", |failure| &failure.message);
    format!("versionerna kunde inte föras samman: {why}")
}

fn version((file, document): &Found<'_>) -> Version {
    Version { file: file.file.clone(), year: document.year, date: document.date }
}

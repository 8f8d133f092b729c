//! Threads that each feed one worker process: read, ask, write, tell.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

use crate::open::sha256;

use super::journal::FileLine;
use super::record::{Failure, FileRecord, Status};
use super::store::{Store, StoreError};
use super::walk::{Loader, Source};
use super::worker::{Answer, Client, Reply, Request};
use super::{BatchError, BatchOptions, Observer};

/// What the threads share.
pub(super) struct Pool<'a> {
    pub(super) options: &'a BatchOptions,
    /// What an unchanged file must have been made with.
    pub(super) settings: &'a str,
    pub(super) store: &'a Store,
    /// What earlier runs did.
    pub(super) known: &'a BTreeMap<String, FileLine>,
    /// The files, each with its output name.
    pub(super) tasks: &'a [(Source, String)],
    pub(super) observer: &'a dyn Observer,
}

/// A file that is done.
pub(super) struct Done {
    pub(super) line: FileLine,
    pub(super) unchanged: bool,
}

impl Pool<'_> {
    /// Ends the work after the files under way.
    pub(super) fn stop(&self, next: &AtomicUsize) {
        next.store(self.tasks.len(), Ordering::Relaxed);
    }

    /// Takes one file after the other until none is left.
    pub(super) fn work(&self, next: &AtomicUsize, tell: &Sender<Result<Done, BatchError>>) {
        let mut loader = Loader::default();
        let mut client = None;
        while !self.observer.is_stopped() {
            let Some((source, output)) = self.tasks.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            let done = self.file(source, output, &mut loader, &mut client);
            let is_over = done.is_err();
            // Nobody listens any more: the run is over.
            if tell.send(done).is_err() || is_over {
                return;
            }
        }
    }

    fn file(
        &self,
        source: &Source,
        output: &str,
        loader: &mut Loader,
        client: &mut Option<Client>,
    ) -> Result<Done, BatchError> {
        let mut record = FileRecord {
            file: source.name.clone(),
            sha256: None,
            bytes: 0,
            status: Status::Failed,
            failure: None,
            documents: Vec::new(),
        };
        let known = self.known.get(&source.name);
        match loader.load(&source.location, self.options.settings.caps.size) {
            Ok(bytes) => {
                record.sha256 = Some(sha256(&bytes));
                record.bytes = bytes.len() as u64;
                if let Some(known) = known.filter(|known| self.is_unchanged(known, output, &record)) {
                    return Ok(Done { line: known.clone(), unchanged: true });
                }
                self.convert(source, output, &bytes, &mut record, client)?;
            }
            Err(error) => {
                let help = Some(error.help().to_owned());
                record.failure = Some(Failure { message: error.to_string(), help, passing: error.is_passing() });
            }
        }
        if let Some(known) = known {
            self.remove_old(known, &record)?;
        }
        let line = FileLine { settings: self.settings.to_owned(), output: output.to_owned(), record: Arc::new(record) };
        Ok(Done { line, unchanged: false })
    }

    fn is_unchanged(&self, known: &FileLine, output: &str, record: &FileRecord) -> bool {
        !self.options.force
            && known.record.sha256 == record.sha256
            && known.settings == self.settings
            && known.output == output
            && known.record.failure.as_ref().is_none_or(|failure| !failure.passing)
            && known.record.documents.iter().all(|document| {
                document.outputs.iter().all(|output| self.store.stands(&output.path, Some(output.bytes)))
                    && self.store.stands(&document.model, None)
            })
    }

    fn convert(
        &self,
        source: &Source,
        output: &str,
        bytes: &[u8],
        record: &mut FileRecord,
        client: &mut Option<Client>,
    ) -> Result<(), BatchError> {
        let started = Client::running(client, || Client::start(&self.options.worker, &self.options.settings))?;
        let request = Request::File { name: source.name.clone(), output: output.to_owned(), found: !source.named };
        match started.ask(&request, bytes, "filen") {
            Answer::Reply(reply, body) => self.store_reply(reply, &body, record),
            Answer::Dead(failure) => {
                *client = None;
                record.failure = Some(failure);
                Ok(())
            }
        }
    }

    fn store_reply(&self, reply: Reply, body: &[u8], record: &mut FileRecord) -> Result<(), BatchError> {
        record.failure = reply.failure;
        if record.failure.is_some() {
            record.status = if reply.left_out { Status::LeftOut } else { Status::Failed };
            return Ok(());
        }
        let mut rest = body;
        for (path, length) in &reply.files {
            let Some((bytes, after)) = usize::try_from(*length).ok().and_then(|length| rest.split_at_checked(length))
            else {
                record.failure = Some(Failure {
                    message: "arbetaren svarade ofullständigt".to_owned(),
                    help: Some("Kör samma kommando igen.".to_owned()),
                    passing: true,
                });
                return Ok(());
            };
            rest = after;
            match self.store.put(path, bytes) {
                Ok(()) => {}
                Err(StoreError::This(failure)) => {
                    record.failure = Some(failure);
                    return Ok(());
                }
                Err(StoreError::All(error)) => return Err(error),
            }
        }
        record.documents = reply.documents;
        record.status = Status::Converted;
        Ok(())
    }

    /// Removes what an earlier run made of the file and this one did not.
    fn remove_old(&self, known: &FileLine, record: &FileRecord) -> Result<(), BatchError> {
        let paths = |record: &FileRecord| -> Vec<String> {
            let documents = record.documents.iter();
            documents.flat_map(|d| d.outputs.iter().map(|o| &o.path).chain([&d.model])).cloned().collect()
        };
        let now = paths(record);
        for path in paths(&known.record).iter().filter(|path| !now.contains(path)) {
            self.store.remove(path)?;
        }
        Ok(())
    }
}

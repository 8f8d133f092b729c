//! The run: files through workers into the output folder and the journal, then histories and the report.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use crate::open::sha256;

use super::journal::{Journal, OWN_FOLDER};
use super::names::output_names;
use super::pool::{Done, Pool};
use super::record::{Failure, FileRecord, Status};
use super::store::Store;
use super::walk::{Why, walk};
use super::{BatchError, BatchOptions, Settings, groups, links, report};

/// What happens, for those who watch.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The walk is done.
    Found {
        /// Files to convert.
        files: usize,
    },
    /// A file is done.
    Done {
        /// What became of it.
        record: &'a FileRecord,
        /// It had not changed since an earlier run and was not converted again.
        unchanged: bool,
    },
    /// The groups' plans are merged.
    Merging {
        /// How many groups.
        groups: usize,
    },
    /// The report is written.
    Report,
}

/// Who watches a run, and may stop it.
pub trait Observer: Sync {
    /// Something happened.
    fn event(&self, event: &Event<'_>);

    /// Whether the run should end after the files under way.
    fn is_stopped(&self) -> bool;
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files whose outputs stand in the output folder.
    pub converted: usize,
    /// Of these: files that had not changed.
    pub unchanged: usize,
    /// Files that failed.
    pub failed: usize,
    /// Files of other kinds, and links.
    pub left_out: usize,
    /// Groups with conflicts or doubtful pairs.
    pub doubtful_groups: usize,
}

impl Summary {
    /// Whether a person must look at something.
    pub fn needs_person(&self) -> bool {
        self.failed > 0 || self.doubtful_groups > 0
    }

    fn count(&mut self, record: &FileRecord, unchanged: bool) {
        match record.status {
            Status::Converted => self.converted += 1,
            Status::Failed => self.failed += 1,
            Status::LeftOut => self.left_out += 1,
        }
        self.unchanged += usize::from(unchanged && record.status == Status::Converted);
    }
}

/// Converts an archive.
///
/// # Errors
/// What stops the whole run: an input that is not there, an output folder that cannot be written to, a wish to stop.
/// What befalls one file is in its record, and the run goes on.
pub fn run(options: &BatchOptions, observer: &dyn Observer) -> Result<Summary, BatchError> {
    let store = Store::open(&options.output)?;
    let found = walk(&options.inputs, store.folder())?;
    if found.sources.is_empty() && found.unreadable.is_empty() {
        return Err(BatchError::Nothing);
    }
    let endings: Vec<&str> = options.settings.formats.iter().map(|format| format.ending()).chain(["json"]).collect();
    let outputs = output_names(found.sources.iter().map(|source| source.name.as_str()), &endings);
    let mut tasks: Vec<_> = found.sources.into_iter().zip(outputs).collect();
    if let Some(shard) = options.shard {
        let mut number = 0..;
        tasks.retain(|_| number.next().is_some_and(|number| shard.has(number)));
    }
    let mut journal = Journal::open(store.folder(), options.shard)?;
    store.forbid(tasks.iter().map(|(source, _)| &source.location));
    observer.event(&Event::Found { files: tasks.len() });

    let mut summary = Summary::default();
    let mut records: Vec<Arc<FileRecord>> = Vec::with_capacity(tasks.len());
    for (name, why) in found.unreadable.into_iter().filter(|_| options.shard.is_none_or(|shard| shard.index == 1)) {
        let record = unreadable(name, &why);
        summary.count(&record, false);
        observer.event(&Event::Done { record: &record, unchanged: false });
        records.push(Arc::new(record));
    }
    let known = std::mem::take(&mut journal.files);
    let settings = settings_key(options);
    let all = tasks.len();
    let pool = Pool { options, settings: &settings, store: &store, known: &known, tasks: &tasks, observer };
    let result = convert(&pool, &mut journal, &mut |record, unchanged| {
        summary.count(record, unchanged);
        observer.event(&Event::Done { record, unchanged });
    });
    let done = journal.files.len();
    records.extend(journal.files.values().map(|line| Arc::clone(&line.record)));
    records.sort_by(|a, b| a.file.cmp(&b.file));
    // What is done is in the journal already; a rewritten one would only lack the rest.
    result?;
    if done < all {
        return Err(BatchError::Stopped { done, all });
    }
    let own = store.folder().join(OWN_FOLDER);
    let failed = |source| BatchError::Output { path: own.clone(), source };
    if options.shard.is_some() {
        journal.finish(None, false).map_err(failed)?;
        return Ok(summary);
    }
    let groups = groups::merge(&records, &mut journal, &groups::Shared { options, store: &store, observer })?;
    summary.doubtful_groups =
        groups.iter().filter(|group| !group.conflicts.is_empty() || !group.doubtful.is_empty()).count();
    let inputs = report::inputs(&records, &groups, &settings)?;
    if journal.report.as_ref() != Some(&inputs) || !report::stands(&store, &options.settings) {
        observer.event(&Event::Report);
        let links = links::find(&records, &groups, &store)?;
        report::write(&records, &groups, links, &options.settings, &store)?;
    }
    journal.finish(Some(inputs), true).map_err(failed)?;
    store.tidy();
    Ok(summary)
}

/// Runs the pool and takes down what it does.
fn convert(pool: &Pool<'_>, journal: &mut Journal, told: &mut dyn FnMut(&FileRecord, bool)) -> Result<(), BatchError> {
    let (send, done) = channel::<Result<Done, BatchError>>();
    let next = std::sync::atomic::AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..pool.options.jobs.min(pool.tasks.len()).max(1) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || pool.work(next, &send));
        }
        drop(send);
        let mut first_error = None;
        for done in done {
            match done {
                Ok(Done { line, unchanged }) => {
                    told(&line.record, unchanged);
                    if unchanged {
                        journal.files.insert(line.record.file.clone(), line);
                    } else if let Err(source) = journal.file(line) {
                        pool.stop(&next);
                        let path = pool.store.folder().join(OWN_FOLDER);
                        first_error.get_or_insert(BatchError::Output { path, source });
                    }
                }
                Err(error) => {
                    pool.stop(&next);
                    first_error.get_or_insert(error);
                }
            }
        }
        first_error.map_or(Ok(()), Err)
    })
}

/// What an unchanged file must have been made with.
fn settings_key(options: &BatchOptions) -> String {
    // A password is kept nowhere; a file that lacked the right one is tried again each time.
    let settings = Settings { password: None, ..options.settings.clone() };
    // Settings of plain data always have a JSON form.
    let settings = serde_json::to_string(&settings).unwrap_or_default();
    sha256(format!("{} {settings}", env!("CARGO_PKG_VERSION")).as_bytes())
}

fn unreadable(file: String, why: &Why) -> FileRecord {
    let (status, message, help) = match why {
        Why::Link => (Status::LeftOut, "en länk, som inte följs", "Ange det som länken leder till som indata."),
        Why::Failed(message) => (Status::Failed, *message, "Kontrollera att du får läsa den, eller hämta den på nytt."),
    };
    let failure = Failure { message: message.to_owned(), help: Some(help.to_owned()), passing: true };
    FileRecord { file, sha256: None, bytes: 0, status, failure: Some(failure), documents: Vec::new() }
}

//! Whole archives: folders and zip archives of plans, converted in parallel.
//!
//! `walk` finds the files, `names` gives each an output name of its own, `pool` hands them to worker
//! processes, so that a file that hangs or eats the memory is one failed file and nothing more. What is done
//! stands in the `journal`; a run that was stopped goes on where it was. Then workers merge the plans of each group
//! into one history (`groups`, `merger`), supporting documents are linked to items (`links`) and the
//! `report` is written.
//!
//! The parent process only moves bytes: it reads inputs, writes outputs and never parses an untrusted file.

mod convert;
mod error;
mod groups;
mod journal;
mod links;
mod merger;
mod names;
mod options;
mod pool;
mod record;
mod report;
mod run;
mod store;
mod stream;
mod walk;
pub mod worker;

pub use error::BatchError;
pub use options::{BatchOptions, Caps, Settings, Shard};
pub use record::{
    DocumentRecord, Failure, FileRecord, GroupRecord, ItemRecord, ItemStatus, Light, Link, Output, Status, Version,
};
pub use run::{Event, Observer, Summary, run};
pub use stream::{StreamOptions, stream};

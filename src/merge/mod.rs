//! Plans with plans and with notes: identity, matching, union.
//!
//! [`notes`] reads a meeting's notes, [`matching`] says which item a note names, [`apply`] merges
//! them into the plan, [`plans`] merges two versions of a plan. What a person must look at is in
//! the [`MergeReport`]; nothing is guessed and no entry, word or status is lost.

pub mod apply;
mod entries;
pub mod matching;
pub mod notes;
pub mod plans;
mod report;
mod status;
mod unplaced;
mod updated;

pub use apply::{apply_notes, name as item_name};
pub use plans::merge_plans;
pub use report::{
    Applied, Conflict, ConflictKind, Doubtful, EntryOutcome, MergeReport, Pair, StatusOutcome, UnplacedNote,
};

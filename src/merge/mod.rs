//! Plans with plans and with notes: identity, matching, union.
//!
//! [`notes`] reads a meeting's notes, [`matching`] says which item a note names, [`apply`] merges
//! them into the plan. [`pairing`] says which items of two versions are one, [`plans`] merges two
//! versions, [`versions`] any number, with the [`decisions`] that a person has made. What a person must
//! look at is in the [`MergeReport`]; nothing is guessed and no entry, word or status is lost.

pub mod apply;
pub mod decisions;
mod entries;
pub mod form;
pub mod matching;
mod naming;
pub mod next_year;
pub mod notes;
pub mod pairing;
pub mod plans;
mod report;
mod status;
mod three_way;
mod unplaced;
mod updated;
pub mod versions;
mod vocabulary;

pub use apply::apply_notes;
pub use decisions::Decisions;
pub use naming::telling_name;
pub use plans::{merge_plans, merge_with};
pub use report::{
    Applied, Conflict, ConflictKind, Doubtful, DoubtfulKind, EntryOutcome, MergeReport, Pair, StatusOutcome,
    UnplacedNote,
};
pub use versions::{Age, Merging, Version, is_older, merge_all, merge_versions};

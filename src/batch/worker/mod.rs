//! The worker process: files in on standard input, outputs out on standard output, in frames.
//!
//! A frame is four bytes with the length of a JSON head, the head, eight bytes with the length of a body, and the
//! body; numbers are little-endian. The first frame holds the [`Settings`](super::Settings); each later one a request.

mod client;
mod frame;
mod serve;

pub(super) use client::{Answer, Client};
pub use serve::serve;

use serde::{Deserialize, Serialize};

use super::record::{DocumentRecord, Failure, GroupRecord};

/// What a worker is asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    /// Convert a file: the body.
    File {
        /// What sources call the file by.
        name: String,
        /// Its output name.
        output: String,
        /// It was found in a folder: another format is no failure.
        found: bool,
    },
    /// Keep this version of a group's plan: the body is its model. There is no answer.
    Version {
        /// The model's path, for messages.
        model: String,
    },
    /// Merge the versions since the last group, which came oldest first. The answer's body is the history.
    Merge {
        /// The group's name.
        group: String,
    },
}

/// What a worker answers: the body is the outputs, one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Reply {
    pub(super) documents: Vec<DocumentRecord>,
    /// The sizes of the outputs that are sent, with their paths relative to the output folder.
    pub(super) files: Vec<(String, u64)>,
    /// The merged group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<Box<GroupRecord>>,
    pub(super) failure: Option<Failure>,
    /// The file is of no format that is read, and nobody asked for it.
    pub(super) left_out: bool,
}

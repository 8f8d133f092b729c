//! The worker process: files in on standard input, outputs out on standard output, in frames.
//!
//! A frame is four bytes with the length of a JSON head, the head, eight bytes with the length of a body, and the
//! body; numbers are little-endian. The first frame holds the [`Settings`](super::Settings); each later one a file.

mod client;
mod frame;
mod serve;

pub(super) use client::{Answer, Client};
pub use serve::serve;

use serde::{Deserialize, Serialize};

use super::record::{DocumentRecord, Failure};

/// What a worker is asked: the body is the file.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    /// What sources call the file by.
    name: String,
    /// Its output name.
    output: String,
    /// It was found in a folder: another format is no failure.
    found: bool,
}

/// What a worker answers: the body is the outputs, one after the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Reply {
    pub(super) documents: Vec<DocumentRecord>,
    /// The sizes of the outputs that are sent, with their paths relative to the output folder.
    pub(super) files: Vec<(String, u64)>,
    pub(super) failure: Option<Failure>,
    /// The file is of no format that is read, and nobody asked for it.
    pub(super) left_out: bool,
}

//! A meeting's notes in Markdown.
//!
//! ```text
//! Möte: 2024-09-18
//!
//! # Upphandling av remittentstöd            ← an item's id, or words that name it
//! Infomöte genomfört 240910.                ← the entry: paragraphs and "- " bullets
//! Status: gul                               ← optional
//! ```
//!
//! Read: headings by `#` to `######` and by underlining, bullets by `-`, `*`, `+` and `•` with levels by
//! indentation, bold, italic, links, status lines anywhere in a note. Everything else is text: a line is
//! never taken away because it looks like something this reader has no field for.

pub(super) mod date;
mod decode;
mod error;
mod inline;
pub(super) mod lines;
pub(super) mod status;
pub(super) mod vocabulary;

use jiff::civil::Date;

use crate::model::{Block, StatusLight, Warned, is_blank};

pub use error::NotesError;

/// The notes of one meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The meeting's day, where the notes say it.
    pub meeting: Option<Date>,
    /// The notes, in their order.
    pub notes: Vec<Note>,
}

/// What was noted about one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What the note calls its item; empty for text before the first heading.
    pub heading: String,
    /// The item's id, where the note has a place of its own for it.
    pub id: Option<String>,
    /// The heading's line in the file, from 1.
    pub line: usize,
    /// The entry.
    pub text: Vec<Block>,
    /// The new status, where the note gives one.
    pub status: Option<NoteStatus>,
    /// Why no item may take the note, where it was found outside every item's place.
    pub stray: Option<String>,
}

/// The status that a note gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteStatus {
    /// The lights, in their order.
    pub lights: Vec<StatusLight>,
    /// The words that belong to no light.
    pub text: Vec<Block>,
    /// The status as written.
    pub written: String,
}

impl Note {
    /// Whether the note says nothing.
    pub fn is_empty(&self) -> bool {
        is_blank(&self.text) && self.status.is_none()
    }
}

impl Notes {
    /// The meeting's day: the one given by the caller, else the notes' own.
    pub fn meeting_or(&self, given: Option<Date>) -> Result<Date, NotesError> {
        given.or(self.meeting).ok_or(NotesError::NoMeeting)
    }
}

/// Reads notes in any encoding that text editors save (UTF-8, UTF-16, Windows-1252).
pub fn parse_bytes(bytes: &[u8]) -> Result<Warned<Notes>, NotesError> {
    let text = decode::decode(bytes)?;
    let mut notes = parse(&text.value)?;
    notes.warnings.splice(0..0, text.warnings);
    Ok(notes)
}

/// Reads notes.
pub fn parse(text: &str) -> Result<Warned<Notes>, NotesError> {
    if text.trim().is_empty() {
        return Err(NotesError::Empty);
    }
    lines::parse(text)
}

#[cfg(test)]
mod tests;

//! The normalised model: what every format is read into and every output is made from.
//!
//! The JSON form is described in `docs/model.md` and by [`schema`]. Field names are stable;
//! new fields may be added. Nothing here does input or output.

mod calendar;
mod date;
mod document;
mod id;
mod item;
mod reading;
mod rich_text;
mod schema;
mod status;
mod text;
mod texts;
mod warning;

pub use calendar::{Calendar, CalendarEvent};
pub use date::{DateError, EntryDate};
pub use document::{
    Document, DocumentType, OtherPart, Plan, SCHEMA_VERSION, Section, SectionColumns, SectionKind, SupportingDocument,
    SupportingSection, Unplaced, Updated,
};
pub use id::{ItemId, assign_ids};
pub use item::{Entry, Item, Promise, Wording};
pub use reading::{Leftover, Reading, Source, SourceFile};
pub use rich_text::{Block, BlockKind, Run, blocks_text, is_blank};
pub use schema::{schema, schema_of};
pub use status::{Light, Status, StatusChange, StatusLight};
pub use text::{fold_words, letters_and_digits, normalise, words};
pub use texts::{Field, Text};
pub use warning::{Severity, Warned, Warning, WarningCode};

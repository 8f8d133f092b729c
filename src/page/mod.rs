//! What every reader yields: parts of paragraphs, tables and marks, each with its place.
//!
//! Nothing here knows what a plan is, and nothing here remembers which format the file had
//! beyond its name. A reader puts everything a person sees on the page here, in reading order.

mod colour;
mod content;
mod document;
mod place;
mod table;
mod tables_json;

pub use colour::Rgb;
pub use content::{Inline, List, Mark, Node, Paragraph, Role, Span};
pub use document::{Document, Embedded, Part, PartKind};
pub use place::{Place, Rect};
pub use table::{Cell, Cut, Row, Table};
pub use tables_json::tables_json;

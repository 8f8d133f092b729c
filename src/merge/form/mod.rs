//! The form for a meeting: what stands in it, and how a filled-in one is read.
//!
//! A row an item: its id, its name, its last entry, and empty cells for the meeting's words. Which file it is
//! written to does not matter here; [`read`](fn@read) takes the pages of any format.

mod read;
mod rows;
mod words;

pub use read::read;
pub use rows::{FormRow, rows};
pub use words::{FormWords, WORDS};

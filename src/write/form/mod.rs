//! The form for a meeting → Excel and Word.
//!
//! What stands in it comes from [`merge::form`](crate::merge::form), which also reads it back when it is filled in.

mod docx;
mod xlsx;

use jiff::civil::Date;

use crate::merge::form::{FormRow, WORDS, rows};
use crate::model::Plan;

use super::WriteError;

/// Rows at the end for what is new at the meeting.
const EMPTY_ROWS: usize = 15;

/// A form, ready to be written.
#[derive(Clone, Debug)]
pub struct Form {
    /// The meeting's day.
    meeting: Date,
    /// "Anteckningar till mötet – RPO Hud, Handlingsplan 2024".
    title: String,
    rows: Vec<FormRow>,
}

impl Form {
    /// The form for a meeting: with the plan's open items, or with all of them.
    pub fn new(plan: &Plan, meeting: Date, closed_too: bool) -> Self {
        let names: Vec<&str> = plan.group.iter().chain(&plan.title).map(String::as_str).collect();
        let title = match names.is_empty() {
            true => WORDS.title.clone(),
            false => format!("{} – {}", WORDS.title, names.join(", ")),
        };
        Self { meeting, title, rows: rows(plan, closed_too) }
    }

    /// How many items it asks about.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it asks about no item.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The form as an Excel file. The same plan and day give the same bytes.
    ///
    /// # Errors
    /// When the file cannot be packed.
    pub fn xlsx(&self) -> Result<Vec<u8>, WriteError> {
        xlsx::write(self)
    }

    /// The form as a Word file. The same plan and day give the same bytes.
    ///
    /// # Errors
    /// When the file cannot be packed.
    pub fn docx(&self) -> Result<Vec<u8>, WriteError> {
        docx::write(self)
    }
}

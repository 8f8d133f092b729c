//! The words of the form, from `templates/form.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The words that stand in the form, and those that it is read by.
#[derive(Debug, Default, Deserialize)]
pub struct FormWords {
    /// The form's title.
    pub title: String,
    /// The label of the meeting's day.
    pub meeting: String,
    /// What the name of the sheet begins with; the day follows.
    pub sheet: String,
    /// The name of the sheet with the day and the instructions.
    pub guide: String,
    /// What stands before the status that an item has.
    pub status_now: String,
    /// The five headings.
    pub columns: Vec<String>,
    /// What the list of statuses offers.
    pub statuses: Vec<String>,
    /// The instructions, a line each.
    pub instructions: Vec<String>,
    /// What holds for the form in Excel alone.
    pub excel: Vec<String>,
    pub(super) read: ReadWords,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ReadWords {
    pub(super) id: Vec<String>,
    pub(super) area: Vec<String>,
    pub(super) last: Vec<String>,
    pub(super) new: Vec<String>,
    pub(super) status: Vec<String>,
    pub(super) meeting: Vec<String>,
    pub(super) unchanged: Vec<String>,
}

/// The shipped words; a test guards that the file is well formed.
pub static WORDS: LazyLock<FormWords> = LazyLock::new(|| crate::shipped::shipped!("form").unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold_words;

    #[test]
    fn the_shipped_words_are_well_formed() {
        let read = &WORDS.read;
        let known = [&read.id, &read.area, &read.last, &read.new, &read.status];
        assert_eq!(WORDS.columns.len(), known.len());
        for (heading, known) in WORDS.columns.iter().zip(known) {
            assert!(known.contains(&fold_words(heading)), "what is written is read: {heading}");
        }
        assert!(read.meeting.contains(&fold_words(&WORDS.meeting)));
        assert!(WORDS.statuses.len() == 4 && !WORDS.instructions.is_empty());
    }
}

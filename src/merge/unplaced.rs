//! Notes that no item took: kept once, and taken away when they are placed.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::model::{ItemId, Plan, Unplaced, blocks_text, fold_words};

use super::notes::{Note, Notes};

/// Words that a text must have for its words alone to tell that two notes are one: shorter ones
/// ("Ingen ny information") are said of many items.
const TELLING_WORDS: usize = 5;

/// Keeps an unplaced note, unless the plan has it.
pub(super) fn keep(plan: &mut Plan, note: Unplaced) {
    let key = key(&note);
    if !plan.unplaced.iter().any(|known| self::key(known) == key) {
        plan.unplaced.push(note);
    }
}

fn key(note: &Unplaced) -> (Option<Date>, String, String, Option<String>) {
    (note.date, fold_words(&note.heading), fold_words(&blocks_text(&note.text)), note.status.clone())
}

/// The folded headings of notes: an unplaced note whose heading still stands there was not corrected.
pub(super) fn headings(notes: &Notes) -> HashSet<String> {
    notes.notes.iter().map(|note| fold_words(&note.heading)).collect()
}

/// Takes away the unplaced note of an earlier run that is placed now, and gives its heading.
pub(super) fn resolve(
    plan: &mut Plan,
    note: &Note,
    meeting: Date,
    item: &ItemId,
    standing: &HashSet<String>,
) -> Option<String> {
    let text = fold_words(&blocks_text(&note.text));
    let heading = fold_words(&note.heading);
    let status = note.status.as_ref().map(|status| status.written.as_str());
    let place = plan.unplaced.iter().position(|old| {
        let old_heading = fold_words(&old.heading);
        let same =
            old.date == Some(meeting) && fold_words(&blocks_text(&old.text)) == text && old.status.as_deref() == status;
        let telling = old.candidates.contains(item) || text.split(' ').count() >= TELLING_WORDS;
        same && (old_heading == heading || (telling && !standing.contains(&old_heading)))
    })?;
    Some(plan.unplaced.remove(place).heading)
}

//! Which status stands, and what of the older ones is kept.

use jiff::civil::Date;

use crate::model::{Block, Item, Status, StatusChange, StatusLight, blocks_text, fold_words, is_blank};

use super::report::StatusOutcome;
use super::vocabulary::VOCABULARY;

/// Makes a newer status stand: a light alone leaves the words, new words replace words. What stood
/// before goes to the history with the day of the plan that had it.
pub(super) fn set(item: &mut Item, newer: &Status, old_day: Option<Date>) -> StatusOutcome {
    let lights = if newer.lights.is_empty() { &item.status.lights } else { &newer.lights };
    let text = if is_blank(&newer.text) { &item.status.text } else { &newer.text };
    let stands = Status { lights: lights.clone(), text: text.clone() };
    if same(&stands, &item.status) {
        return StatusOutcome::Unchanged;
    }
    let old = std::mem::replace(&mut item.status, stands);
    remember(item, old, old_day);
    StatusOutcome::Set
}

/// Puts a status into the history, newest first, unless it is there.
pub(super) fn remember(item: &mut Item, status: Status, day: Option<Date>) -> bool {
    if status.is_empty() {
        return false;
    }
    let change = StatusChange { date: day, lights: status.lights, text: status.text };
    let history = &mut item.status_history;
    if history.iter().any(|known| known.date == change.date && same_words(known, &change)) {
        return false;
    }
    let place = history.iter().position(|known| known.date <= change.date).unwrap_or(history.len());
    history.insert(place, change);
    true
}

/// Whether two statuses say the same.
pub(super) fn same(a: &Status, b: &Status) -> bool {
    lights_equal(&a.lights, &b.lights) && fold_words(&blocks_text(&a.text)) == fold_words(&blocks_text(&b.text))
}

fn same_words(a: &StatusChange, b: &StatusChange) -> bool {
    lights_equal(&a.lights, &b.lights) && fold_words(&blocks_text(&a.text)) == fold_words(&blocks_text(&b.text))
}

fn lights_equal(a: &[StatusLight], b: &[StatusLight]) -> bool {
    let label = |light: &StatusLight| light.label.as_deref().map(fold_words).unwrap_or_default();
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.light == b.light && label(a) == label(b))
}

/// A status in words, as far as it has any: for showing what stood against what.
pub(super) fn shown(status: &Status) -> Vec<Block> {
    let lights = status.lights.iter().map(|light| {
        let label = light.label.as_deref().map(|label| format!(" {label}")).unwrap_or_default();
        Block::paragraph(format!("{}{label}", VOCABULARY.lights.of(light.light)))
    });
    lights.chain(status.text.iter().cloned()).collect()
}

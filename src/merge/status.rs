//! Which status stands, and what of the older ones is kept.

use jiff::civil::Date;

use crate::model::{Block, Item, Status, StatusChange, StatusLight, blocks_text, fold_words, is_blank};

use super::report::StatusOutcome;
use super::vocabulary::VOCABULARY;

/// Makes the status of a meeting's note stand: a light alone leaves the words, new words replace words. What stood
/// before goes to the history with the day of the plan that had it.
pub(super) fn set(item: &mut Item, newer: &Status, old_day: Option<Date>) -> StatusOutcome {
    let stands = over(newer, &item.status);
    if same(&stands, &item.status) {
        return StatusOutcome::Unchanged;
    }
    let old = std::mem::replace(&mut item.status, stands);
    if !old.composed {
        remember(item, old, old_day);
    }
    StatusOutcome::Set
}

/// Makes the status of a newer version stand over the item's, which an older one has. What each version showed
/// either stands as it is or is in the history: a status that is made of two is never taken for one that was shown.
pub(super) fn unite(item: &mut Item, newer: Status, newer_day: Option<Date>, old_day: Option<Date>) {
    let mut stands = over(&newer, &item.status);
    stands.composed = if newer.is_empty() { item.status.composed } else { newer.composed || !same(&newer, &stands) };
    let older = std::mem::replace(&mut item.status, stands);
    for (shown, day) in [(older, old_day), (newer, newer_day)] {
        if !shown.composed && (item.status.composed || !same(&shown, &item.status)) {
            remember(item, shown, day);
        }
    }
}

/// The status that stands when a newer one comes over an older one: what the newer leaves out stays.
pub(super) fn over(newer: &Status, older: &Status) -> Status {
    let lights = if newer.lights.is_empty() { &older.lights } else { &newer.lights };
    let text = if is_blank(&newer.text) { &older.text } else { &newer.text };
    Status { lights: lights.clone(), text: text.clone(), composed: false }
}

/// Puts a status into the history, newest first, unless it is there. The same status at two times with nothing
/// between them is one that stood until the later.
pub(super) fn remember(item: &mut Item, status: Status, day: Option<Date>) -> bool {
    if status.is_empty() {
        return false;
    }
    let change = StatusChange { date: day, lights: status.lights, text: status.text };
    let history = &mut item.status_history;
    // One of no day is known when it is known of any day.
    let same_day = |known: &StatusChange| day.is_none() || known.date == day;
    if history.iter().any(|known| same_day(known) && same_words(known, &change)) {
        return false;
    }
    let place = history.iter().position(|known| known.date <= change.date).unwrap_or(history.len());
    let goes_on = |known: &StatusChange| known.date.is_some() && day.is_some() && same_words(known, &change);
    if place > 0 && goes_on(&history[place - 1]) {
        return false;
    }
    if let Some(before) = history.get_mut(place).filter(|known| goes_on(known)) {
        before.date = day;
        return false;
    }
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

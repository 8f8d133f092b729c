//! The hidden model of a file that this program wrote: what the page cannot show comes back from it.
//!
//! What is visible always wins. The hidden model only adds what no page carries (histories,
//! unplaced notes) and settles what the page leaves open (where an entry with a date in its text
//! begins), and the latter only where both say the same words.

use std::collections::HashMap;

use crate::model::{
    Calendar, Document, Entry, Item, ItemId, Plan, Warning, WarningCode, fold_words, words as words_of,
};

/// Names of bookmarks that carry an item's id begin so.
const ID_ANCHOR: &str = "_hp_";

/// The id that a row's hidden names carry.
pub(super) fn id_of(anchors: &[String]) -> Option<ItemId> {
    anchors.iter().find_map(|anchor| anchor.strip_prefix(ID_ANCHOR)).map(|id| ItemId::new(id.replace('_', "-")))
}

/// Completes a plan as read with the hidden model.
///
/// `labels` are the words that a page of the year wheel has beside its events.
pub(super) fn complete(plan: &mut Plan, json: &str, labels: &[String]) -> Option<Warning> {
    let hidden = match serde_json::from_str(json) {
        Ok(Document::ActionPlan(hidden)) => hidden,
        Ok(Document::SupportingDocument(_)) => return None,
        Err(error) => {
            let message = format!("Filens dolda modell går inte att läsa ({error}); planen lästes som den syns.");
            return Some(Warning::new(WarningCode::HiddenModel, message));
        }
    };
    plan.group = plan.group.take().or(hidden.group);
    plan.region = plan.region.take().or(hidden.region);
    plan.title = plan.title.take().or(hidden.title);
    plan.year = plan.year.or(hidden.year);
    plan.calendar = match (plan.calendar.take(), hidden.calendar) {
        // A page shows events as text; that they are the same ones, their words say.
        (Some(shown), Some(hidden)) if shown.events.is_empty() && says_the_same(&shown, &hidden, labels) => {
            Some(hidden)
        }
        (shown, hidden) => shown.or(hidden),
    };
    if plan.unplaced.is_empty() {
        plan.unplaced = hidden.unplaced;
    }
    let mut known: HashMap<ItemId, Item> =
        hidden.sections.into_iter().flat_map(|section| section.items).map(|item| (item.id.clone(), item)).collect();
    for item in plan.items_mut() {
        if let Some(hidden) = known.remove(&item.id) {
            complete_item(item, hidden);
        }
    }
    None
}

fn says_the_same(shown: &Calendar, hidden: &Calendar, labels: &[String]) -> bool {
    let count = |words: &mut HashMap<String, i64>, text: &str, by: i64| {
        for word in words_of(text) {
            *words.entry(word).or_default() += by;
        }
    };
    let mut left = HashMap::new();
    for block in &shown.ongoing {
        count(&mut left, &block.text(), 1);
    }
    for event in &hidden.events {
        count(&mut left, event.when.as_deref().unwrap_or_default(), -1);
        count(&mut left, &event.text, -1);
    }
    for block in &hidden.ongoing {
        count(&mut left, &block.text(), -1);
    }
    let same_year = shown.year.is_none() || shown.year == hidden.year;
    same_year && left.into_iter().all(|(word, left)| left == 0 || left > 0 && labels.contains(&word))
}

fn complete_item(item: &mut Item, hidden: Item) {
    item.status_history = hidden.status_history;
    item.wording_history = hidden.wording_history;
    item.last_seen = hidden.last_seen;
    if item.other.is_empty() {
        item.other = hidden.other;
    }
    if rendered(&item.follow_up) == rendered(&hidden.follow_up) {
        item.follow_up = hidden.follow_up;
        return;
    }
    for entry in &mut item.follow_up {
        let same = |known: &&Entry| known.date == entry.date && said(known) == said(entry);
        if let Some(known) = hidden.follow_up.iter().find(same) {
            entry.earlier.clone_from(&known.earlier);
            entry.written.clone_from(&known.written);
        }
    }
}

fn said(entry: &Entry) -> String {
    fold_words(&crate::model::blocks_text(&entry.text))
}

/// What the follow-up cell shows, dates as they are written there.
fn rendered(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        for part in [entry.shown_date().unwrap_or_default(), said(entry)] {
            if !part.is_empty() {
                text.push_str(&part);
                text.push(' ');
            }
        }
    }
    fold_words(&text)
}

//! The hidden model of a file that this program wrote: what the page cannot show comes back from it.
//!
//! What is visible always wins. The hidden model only adds what no page carries (histories,
//! unplaced notes) and settles what the page leaves open (where an entry with a date in its text
//! begins), and the latter only where both say the same words.

use std::collections::HashMap;

use crate::model::{Document, Entry, Item, ItemId, Plan, Warning, WarningCode, fold_words};
use crate::page;

/// Names of bookmarks that carry an item's id begin so.
const ID_ANCHOR: &str = "_hp_";

/// The id that a row's hidden names carry.
pub(super) fn id_of(anchors: &[String]) -> Option<ItemId> {
    anchors.iter().find_map(|anchor| anchor.strip_prefix(ID_ANCHOR)).map(|id| ItemId::new(id.replace('_', "-")))
}

/// The plan that a file was written from, where this program wrote it and the file still carries the model.
pub fn written_from(document: &page::Document) -> Option<Plan> {
    match serde_json::from_str(&document.embedded.as_ref()?.json) {
        Ok(Document::ActionPlan(plan)) => Some(plan),
        _ => None,
    }
}

/// Completes a plan as read with the hidden model.
pub(super) fn complete(plan: &mut Plan, json: &str) -> Option<Warning> {
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
    plan.calendar = plan.calendar.take().or(hidden.calendar);
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

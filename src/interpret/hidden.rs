//! The hidden model of a file that this program wrote: what the page cannot show comes back from it.
//!
//! What is visible always wins, and what people changed on the page since is told. The hidden model only adds what no page carries (histories,
//! unplaced notes) and settles what the page leaves open (where an entry with a date in its text
//! begins), and the latter only where both say the same words.

use std::collections::{HashMap, HashSet};

use crate::model::{Calendar, Document, Entry, Item, ItemId, Light, Plan, Warning, WarningCode, fold_words, words};

/// Names of bookmarks that carry an item's id begin so.
const ID_ANCHOR: &str = "_hp_";

/// The id that a row's hidden names carry.
pub(super) fn id_of(anchors: &[String]) -> Option<ItemId> {
    anchors.iter().find_map(|anchor| anchor.strip_prefix(ID_ANCHOR)).map(|id| ItemId::new(id.replace('_', "-")))
}

/// The plan that a file was written from, where this program wrote it and the file still carries the model.
pub fn written_from(document: &crate::page::Document) -> Option<Plan> {
    match serde_json::from_str(&document.embedded.as_ref()?.json) {
        Ok(Document::ActionPlan(plan)) => Some(plan),
        _ => None,
    }
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
    take_ids(plan, &hidden);
    let by_hand = by_hand(plan, &hidden);
    plan.group = plan.group.take().or(hidden.group);
    plan.region = plan.region.take().or(hidden.region);
    plan.title = plan.title.take().or(hidden.title);
    plan.year = plan.year.or(hidden.year);
    plan.calendar = match (plan.calendar.take(), hidden.calendar) {
        // A page does not show all of what an event is; that they are the same ones, their words say.
        (Some(shown), Some(hidden)) if says_the_same(&shown, &hidden, labels) => Some(hidden),
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
    by_hand
}

/// Gives an item that was reworded by hand the id it had: it stands where it stood, and says the same elsewhere.
fn take_ids(plan: &mut Plan, hidden: &Plan) {
    let seen: HashSet<ItemId> = plan.items().map(|item| item.id.clone()).collect();
    let mut lost: Vec<&Item> = hidden.items().filter(|item| !seen.contains(&item.id)).collect();
    let known: HashSet<&ItemId> = hidden.items().map(|item| &item.id).collect();
    for item in plan.items_mut().filter(|item| !known.contains(&item.id)) {
        let place = item.source.as_ref().map(|source| source.place.as_str());
        let same = |old: &&Item| {
            let fields = wordings(item).into_iter().zip(wordings(old));
            place.is_some()
                && old.source.as_ref().map(|source| source.place.as_str()) == place
                && (fields.into_iter().any(|(new, old)| !new.is_empty() && new == old)
                    || !item.follow_up.is_empty() && rendered(&item.follow_up) == rendered(&old.follow_up))
        };
        if let Some(at) = lost.iter().position(same) {
            item.id = lost.remove(at).id.clone();
        }
    }
}

fn wordings(item: &Item) -> [String; 3] {
    [&item.area, &item.priority, &item.activities].map(|blocks| fold_words(&crate::model::blocks_text(blocks)))
}

/// What people changed on the page since the file was written; the page wins, and they are told.
fn by_hand(plan: &Plan, hidden: &Plan) -> Option<Warning> {
    const TOLD: usize = 12;
    let known: HashMap<&ItemId, &Item> = hidden.items().map(|item| (&item.id, item)).collect();
    let mut changes = Vec::new();
    for item in plan.items() {
        let Some(old) = known.get(&item.id) else {
            changes.push(format!("”{}” är ny", name(item)));
            continue;
        };
        let mut what = Vec::new();
        if wordings(item) != wordings(old) {
            what.push("lydelsen");
        }
        if rendered(&item.follow_up) != rendered(&old.follow_up) {
            what.push("uppföljningen");
        }
        if status(item) != status(old) {
            what.push("statusen");
        }
        if !what.is_empty() {
            changes.push(format!("{} i ”{}”", what.join(" och "), name(item)));
        }
    }
    let seen: HashSet<&ItemId> = plan.items().map(|item| &item.id).collect();
    let gone = hidden.items().filter(|item| item.last_seen.is_none() && !seen.contains(&item.id));
    changes.extend(gone.map(|item| format!("”{}” är borttagen", name(item))));
    let updated = |plan: &Plan| plan.updated.as_ref().map(|updated| fold_words(&updated.text));
    if plan.updated.is_some() && updated(plan) != updated(hidden) {
        changes.push("raden om uppdatering".to_owned());
    }
    if changes.is_empty() {
        return None;
    }
    let more = changes.len().saturating_sub(TOLD);
    changes.truncate(TOLD);
    let more = if more > 0 { format!(" och {more} till") } else { String::new() };
    let message = format!(
        "Dokumentet har ändrats för hand sedan programmet skrev det: {}{more}. Det som syns gäller.",
        changes.join("; ")
    );
    Some(Warning::new(WarningCode::HiddenModel, message))
}

/// A status as it is seen: its lights, and all its words in any order.
fn status(item: &Item) -> (Vec<Light>, Vec<String>) {
    let lights = item.status.lights.iter().map(|light| light.light).collect();
    let labels = item.status.lights.iter().filter_map(|light| light.label.clone());
    let text = item.status.text.iter().map(crate::model::Block::text);
    let mut said: Vec<String> = labels.chain(text).flat_map(|text| words(&text).collect::<Vec<_>>()).collect();
    said.sort_unstable();
    (lights, said)
}

/// An item in words: its first line, cut short.
fn name(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    let first = cells.into_iter().flatten().find(|block| !block.is_blank()).map(crate::model::Block::text);
    let first = first.unwrap_or_default();
    let short: String = first.chars().take(40).collect();
    if short.len() < first.len() { format!("{}…", short.trim_end()) } else { short }
}

fn says_the_same(shown: &Calendar, hidden: &Calendar, labels: &[String]) -> bool {
    let count = |left: &mut HashMap<String, i64>, text: &str, by: i64| {
        for word in words(text) {
            *left.entry(word).or_default() += by;
        }
    };
    let mut left = HashMap::new();
    for block in &shown.ongoing {
        count(&mut left, &block.text(), 1);
    }
    for (events, by) in [(&shown.events, 1), (&hidden.events, -1)] {
        for event in events {
            count(&mut left, event.when.as_deref().unwrap_or_default(), by);
            count(&mut left, &event.text, by);
        }
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

//! What people changed on the page since this program wrote the file: the page wins, and they are told.

use std::collections::{HashMap, HashSet};

use crate::model::{Entry, Item, ItemId, Light, Plan, Warning, WarningCode, fold_words, words};

/// Gives an item that was reworded by hand the id it had: it stands where it stood, and says the same elsewhere.
pub(super) fn take_ids(plan: &mut Plan, hidden: &Plan) {
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
pub(super) fn by_hand(plan: &Plan, hidden: &Plan) -> Option<Warning> {
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

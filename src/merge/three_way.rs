//! Two versions that were made from the same third: what only one of them changed stands, whichever is newer.
//!
//! The third is known where a file carries the model it was written from. Items are told by the ids that such
//! files carry, else as those of any two versions are. What both changed differently is a conflict; the newer version's form stands and the other is in
//! the history, as always.

use std::collections::HashSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::{Block, Entry, Item, ItemId, Plan, SectionKind, Status, Wording, blocks_text, fold_words};

use super::decisions::Decisions;
use super::naming::telling_name;
use super::pairing::pair;
use super::report::{Conflict, ConflictKind};
use super::status;

/// What a plan says, without where it was read: versions of one content are one version.
pub(super) fn content(plan: &Plan) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update(fold_words(text));
        digest.update([0]);
    };
    for text in [&plan.group, &plan.title] {
        add(text.as_deref().unwrap_or_default());
    }
    add(&plan.year.map(|year| year.to_string()).unwrap_or_default());
    for blocks in [&plan.results, &plan.challenges] {
        add(&blocks_text(blocks));
    }
    for item in plan.items() {
        for blocks in [&item.area, &item.priority, &item.activities, &item.status.text] {
            add(&blocks_text(blocks));
        }
        for light in &item.status.lights {
            add(&format!("{:?} {}", light.light, light.label.as_deref().unwrap_or_default()));
        }
        for entry in &item.follow_up {
            add(&entry.date.map(|date| date.to_string()).unwrap_or_default());
            add(&blocks_text(&entry.text));
        }
    }
    digest.finalize().into()
}

/// Gives the newer version what the older one changed since the base and the newer one did not, and tells
/// what both changed differently.
pub(super) fn carry_over(base: &Plan, older: &Plan, newer: &mut Plan, decisions: &Decisions) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    // Ids where the files carry them, else as the items of any two versions are paired.
    let (to_older, to_newer) = (pair(base, older, decisions), pair(base, newer, decisions));
    let (base_items, older_items): (Vec<&Item>, Vec<&Item>) = (base.items().collect(), older.items().collect());
    let day = newer.updated.as_ref().and_then(|updated| updated.date);
    let mut ids: HashSet<ItemId> = newer.items().map(|item| item.id.clone()).collect();
    let mut number = 0;
    for section in &mut newer.sections {
        for item in &mut section.items {
            let base = to_newer.older_of(number);
            number += 1;
            let Some((base, older)) = base.and_then(|base| Some((base, to_older.newer_of(base)?))) else { continue };
            let (base, older) = (base_items[base], older_items[older]);
            // The three are one: it goes by the id that it had first.
            if ids.insert(older.id.clone()) {
                item.id = older.id.clone();
            }
            carry_item(base, older, item, (section.kind, day), &mut conflicts);
        }
    }
    for (base, older, newer) in [
        (&base.instructions, &older.instructions, &mut newer.instructions),
        (&base.promises, &older.promises, &mut newer.promises),
        (&base.results, &older.results, &mut newer.results),
        (&base.challenges, &older.challenges, &mut newer.challenges),
    ] {
        if same(newer, base) && !same(older, base) {
            newer.clone_from(older);
        }
    }
    for (base, older, newer) in [
        (&base.region, &older.region, &mut newer.region),
        (&base.group, &older.group, &mut newer.group),
        (&base.title, &older.title, &mut newer.title),
    ] {
        if newer == base && older.is_some() {
            newer.clone_from(older);
        }
    }
    conflicts
}

fn carry_item(
    base: &Item,
    older: &Item,
    item: &mut Item,
    newer: (SectionKind, Option<Date>),
    conflicts: &mut Vec<Conflict>,
) {
    let before = Wording {
        source: item.source.as_ref().map(|source| source.file.clone()),
        section: newer.0,
        area: item.area.clone(),
        priority: item.priority.clone(),
        activities: item.activities.clone(),
    };
    let mut reworded = false;
    for (base, older, newer) in [
        (&base.area, &older.area, &mut item.area),
        (&base.priority, &older.priority, &mut item.priority),
        (&base.activities, &older.activities, &mut item.activities),
    ] {
        match three(same(newer, base), same(older, base), same(older, newer)) {
            Change::OlderOnly => {
                newer.clone_from(older);
                reworded = true;
            }
            Change::Both => conflicts.push(Conflict {
                kind: ConflictKind::Wording,
                item: item.id.clone(),
                name: String::new(),
                date: None,
                old: older.clone(),
                new: newer.clone(),
            }),
            Change::None => {}
        }
    }
    if reworded && !item.wording_history.contains(&before) {
        item.wording_history.insert(0, before);
    }
    carry_status(base, older, item, newer.1, conflicts);
    carry_entries(&base.follow_up, &older.follow_up, &mut item.follow_up);
    let called = telling_name(item);
    for conflict in conflicts.iter_mut().filter(|conflict| conflict.item == item.id && conflict.name.is_empty()) {
        conflict.name.clone_from(&called);
    }
}

/// Who changed something since the base.
enum Change {
    /// Nobody, the newer version alone, or both alike: the newer version's form stands.
    None,
    /// The older version alone.
    OlderOnly,
    /// Both, differently.
    Both,
}

fn three(newer_is_base: bool, older_is_base: bool, alike: bool) -> Change {
    match (newer_is_base, older_is_base) {
        (true, false) => Change::OlderOnly,
        (false, false) if !alike => Change::Both,
        _ => Change::None,
    }
}

fn carry_status(base: &Item, older: &Item, item: &mut Item, day: Option<Date>, conflicts: &mut Vec<Conflict>) {
    let lights = |status: &Status| Status { lights: status.lights.clone(), ..Status::default() };
    let same_lights = |a: &Status, b: &Status| status::same(&lights(a), &lights(b));
    let same_text = |a: &Status, b: &Status| same(&a.text, &b.text);
    let before = item.status.clone();
    let mut both = false;
    let (base, older) = (&base.status, &older.status);
    match three(same_lights(&item.status, base), same_lights(older, base), same_lights(older, &item.status)) {
        Change::OlderOnly => item.status.lights.clone_from(&older.lights),
        Change::Both => both = true,
        Change::None => {}
    }
    match three(same_text(&item.status, base), same_text(older, base), same_text(older, &item.status)) {
        Change::OlderOnly => item.status.text.clone_from(&older.text),
        Change::Both => both = true,
        Change::None => {}
    }
    if !status::same(&before, &item.status) {
        item.status.composed = older.composed || !status::same(&item.status, older);
        if !before.composed {
            status::remember(item, before, day);
        }
    }
    if both {
        conflicts.push(Conflict {
            kind: ConflictKind::Status,
            item: item.id.clone(),
            name: String::new(),
            date: None,
            old: status::shown(older),
            new: status::shown(&item.status),
        });
    }
}

/// An entry that one version wrote anew is the base's entry: its text is known to be the earlier one.
fn carry_entries(base: &[Entry], older: &[Entry], newer: &mut [Entry]) {
    for entry in base {
        let has = |entries: &[Entry]| entries.iter().any(|e| e.date == entry.date && same(&e.text, &entry.text));
        let anew = |entries: &[Entry]| {
            let mut new = entries.iter().enumerate().filter(|(_, e)| {
                e.date == entry.date && !base.iter().any(|b| b.date == e.date && same(&b.text, &e.text))
            });
            // Which of several new texts took its place cannot be told.
            new.next().filter(|_| new.next().is_none()).map(|(at, _)| at)
        };
        match (has(older), has(newer)) {
            (false, true) => {
                let Some(at) = anew(older) else { continue };
                let replaced = newer.iter_mut().find(|e| e.date == entry.date && same(&e.text, &entry.text));
                if let Some(replaced) = replaced {
                    let old = std::mem::replace(&mut replaced.text, older[at].text.clone());
                    replaced.earlier.insert(0, old);
                }
            }
            (true, false) => {
                if let Some(at) = anew(newer)
                    && !newer[at].earlier.iter().any(|text| same(text, &entry.text))
                {
                    newer[at].earlier.insert(0, entry.text.clone());
                }
            }
            _ => {}
        }
    }
}

fn same(a: &[Block], b: &[Block]) -> bool {
    fold_words(&blocks_text(a)) == fold_words(&blocks_text(b))
}

//! Two versions of a plan: every entry, wording and status of both is in the result.

mod rest;

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::model::{Block, Item, ItemId, Plan, Section, SectionKind, Status, Wording, blocks_text, fold_words};

use super::decisions::Decisions;
use super::naming::telling_name;
use super::pairing::{self, Pairing};
use super::report::{Conflict, ConflictKind, Doubtful, MergeReport, Pair};
use super::{entries, status};
use rest::{add_parts, merge_rest};

/// Merges an older version of a plan into a newer one; see [`merge_with`].
pub fn merge_plans(older: Plan, newer: Plan) -> (Plan, MergeReport) {
    merge_with(older, newer, &Decisions::default())
}

/// Merges an older version of a plan into a newer one, with what a person has decided about pairs of items.
///
/// The newer version's wording and status stand, the older ones go to the histories, entries are united,
/// items that the newer version lacks stay with `last_seen`. Merging the same version again changes nothing.
pub fn merge_with(older: Plan, newer: Plan, decisions: &Decisions) -> (Plan, MergeReport) {
    let pairing = pairing::pair(&older, &newer, decisions);
    let mut report = MergeReport { source: file_of(&newer).unwrap_or_default(), ..MergeReport::default() };
    tell_pairs(&mut report, &pairing, &older, &newer);
    let older_file = file_of(&older);
    let day = |plan: &Plan| plan.updated.as_ref().and_then(|updated| updated.date);
    let days = Days { older: day(&older), newer: day(&newer) };
    let mut plan = newer;
    let mut old_plan = older;
    let mut old_items: Vec<Option<Item>> = Vec::new();
    let mut homes: Vec<usize> = Vec::new();
    for (number, section) in old_plan.sections.iter_mut().enumerate() {
        homes.resize(homes.len() + section.items.len(), number);
        old_items.extend(section.items.drain(..).map(Some));
    }
    let home = |old: usize| &old_plan.sections[homes[old]];
    {
        let mut new_items: Vec<&mut Item> = plan.items_mut().collect();
        for pair in &pairing.taken {
            if let Some(item) = old_items[pair.older].take() {
                let wording = wording_of(&item, home(pair.older).kind, older_file.clone());
                merge_item(new_items[pair.newer], item, wording, &days, &mut report);
            }
        }
    }
    keep_missing(&mut plan, old_items, home, &pairing, older_file.as_deref(), &mut report);
    merge_rest(&mut plan, old_plan, older_file.as_deref());
    (plan, report)
}

/// Puts the pairs into the report.
fn tell_pairs(report: &mut MergeReport, pairing: &Pairing, older: &Plan, newer: &Plan) {
    let (old_items, new_items): (Vec<&Item>, Vec<&Item>) = (older.items().collect(), newer.items().collect());
    for pair in &pairing.offered {
        let (old, new) = (old_items[pair.older], new_items[pair.newer]);
        report.doubtful.push(Doubtful {
            older: old.id.clone(),
            older_name: telling_name(old),
            older_source: place_of(old),
            newer: new.id.clone(),
            newer_name: telling_name(new),
            newer_source: place_of(new),
            likeness: pair.confidence,
            kind: pair.kind,
        });
    }
    for pair in &pairing.taken {
        let (older, newer) = (old_items[pair.older].id.clone(), new_items[pair.newer].id.clone());
        report.pairs.push(Pair { older, newer, how: pair.how, confidence: pair.confidence });
    }
}

fn place_of(item: &Item) -> Option<String> {
    item.source.as_ref().map(|source| format!("{}, {}", source.file, source.place))
}

/// The newest file that a plan was read from.
pub(super) fn file_of(plan: &Plan) -> Option<String> {
    plan.reading
        .sources
        .last()
        .map(|source| source.file.clone())
        .or_else(|| plan.items().find_map(|item| item.source.as_ref().map(|source| source.file.clone())))
}

fn wording_of(item: &Item, section: SectionKind, source: Option<String>) -> Wording {
    Wording {
        source: item.source.as_ref().map(|source| source.file.clone()).or(source),
        section,
        area: item.area.clone(),
        priority: item.priority.clone(),
        activities: item.activities.clone(),
    }
}

/// The days on which the two versions were last updated.
struct Days {
    older: Option<Date>,
    newer: Option<Date>,
}

/// Merges an older form of an item into the newer one.
fn merge_item(item: &mut Item, older: Item, wording: Wording, days: &Days, report: &mut MergeReport) {
    // The id stays the one the item was born with.
    item.id = older.id;
    let now = OnceCell::new();
    for wording in std::iter::once(wording).chain(older.wording_history) {
        if (&wording.area, &wording.priority, &wording.activities) == (&item.area, &item.priority, &item.activities) {
            continue;
        }
        let now = now.get_or_init(|| folded([&item.area, &item.priority, &item.activities]));
        let then = words_of(&wording);
        if then != *now && !item.wording_history.iter().any(|known| words_of(known) == then) {
            item.wording_history.push(wording);
        }
    }
    for entry in older.follow_up {
        let (date, text) = (entry.date, entry.text.clone());
        let united = entries::unite_older(&mut item.follow_up, entry);
        if let Some(stands) = united.against {
            let (kind, id, name) = (ConflictKind::Entry, item.id.clone(), telling_name(item));
            report.conflicts.push(Conflict { kind, item: id, name, date, old: text, new: stands });
        }
    }
    // From the oldest on, so that those of no date stay in order.
    for change in older.status_history.into_iter().rev() {
        let then = Status { lights: change.lights, text: change.text, composed: false };
        status::remember(item, then, change.date);
    }
    // Words that only the older version has still stand; words that were replaced are history.
    let newer = std::mem::replace(&mut item.status, older.status);
    status::unite(item, newer, days.newer, days.older);
    add_parts(&mut item.other, older.other);
}

fn words_of(wording: &Wording) -> [String; 3] {
    folded([&wording.area, &wording.priority, &wording.activities])
}

fn folded(fields: [&Vec<Block>; 3]) -> [String; 3] {
    fields.map(|blocks| fold_words(&blocks_text(blocks)))
}

/// Keeps the items that the newer version lacks, each after the one it stood after.
fn keep_missing<'a>(
    plan: &mut Plan,
    old_items: Vec<Option<Item>>,
    home: impl Fn(usize) -> &'a Section,
    pairing: &Pairing,
    older_file: Option<&str>,
    report: &mut MergeReport,
) {
    let ids: Vec<_> = plan.items().map(|item| item.id.clone()).collect();
    let mut after: Option<ItemId> = None;
    for (number, item) in old_items.into_iter().enumerate() {
        let Some(mut item) = item else {
            after = pairing.newer_of(number).and_then(|new| ids.get(new).cloned());
            continue;
        };
        let file = item.source.as_ref().map(|source| source.file.clone());
        item.last_seen = item.last_seen.or(file).or_else(|| older_file.map(str::to_owned));
        let id = item.id.clone();
        let home = home(number);
        let sections = &mut plan.sections;
        let after_it = |section: &Section| section.items.iter().position(|item| Some(&item.id) == after.as_ref());
        let beside = sections
            .iter()
            .enumerate()
            .filter(|(_, section)| section.kind == home.kind)
            .find_map(|(number, section)| after_it(section).map(|at| (number, at + 1)));
        let alike = sections.iter().position(|section| section.kind == home.kind && section.title == home.title);
        let same_kind = sections.iter().position(|section| section.kind == home.kind);
        if let Some((section, at)) = beside {
            sections[section].items.insert(at, item);
        } else if let Some(section) = alike.or(same_kind) {
            sections[section].items.push(item);
        } else {
            sections.push(Section { items: vec![item], ..home.clone() });
        }
        report.kept.push(id.clone());
        after = Some(id);
    }
}

//! Two versions of a plan: every entry, wording and status of both is in the result.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::{
    Block, Item, ItemId, OtherPart, Plan, Section, SectionKind, Status, Updated, Wording, blocks_text, fold_words,
    is_blank,
};

use super::apply::name;
use super::matching::pairs;
use super::report::{Conflict, ConflictKind, Doubtful, MergeReport, Pair};
use super::{entries, status, unplaced};

/// Whether the first plan is the older one, by its line of update, else its year, else its newest entry.
/// Plans that do not say are taken in the order they are given.
pub fn is_older(first: &Plan, second: &Plan) -> bool {
    let age = |plan: &Plan| {
        let updated = plan.updated.as_ref().and_then(|updated| updated.date);
        let entry = plan.items().flat_map(|item| &item.follow_up).filter_map(|entry| entry.date).max();
        (plan.year.or(updated.map(|date| date.year())), updated, entry)
    };
    let (first, second) = (age(first), age(second));
    if first.0.is_some() && second.0.is_some() && first.0 != second.0 {
        return first.0 < second.0;
    }
    if first.1.is_some() && second.1.is_some() && first.1 != second.1 {
        return first.1 < second.1;
    }
    first.2 <= second.2
}

/// Merges an older version of a plan into a newer one.
///
/// The newer version's wording and status stand, the older ones go to the histories, entries are united,
/// items that the newer version lacks stay with `last_seen`. Merging the same version again changes nothing.
pub fn merge_plans(older: Plan, newer: Plan) -> (Plan, MergeReport) {
    let source = file_of(&newer).unwrap_or_default();
    let mut report = MergeReport { source, ..MergeReport::default() };
    let older_file = file_of(&older);
    let old_day = older.updated.as_ref().and_then(|updated| updated.date);
    let mut plan = newer;
    let pairing = {
        let old_items: Vec<&Item> = older.items().collect();
        let new_items: Vec<&Item> = plan.items().collect();
        let pairing = pairs::pair(&old_items, &new_items);
        for &(old, new, likeness) in &pairing.offered {
            report.doubtful.push(Doubtful {
                older: old_items[old].id.clone(),
                older_name: name(old_items[old]),
                newer: new_items[new].id.clone(),
                newer_name: name(new_items[new]),
                likeness,
            });
        }
        for &(old, new, how, confidence) in &pairing.taken {
            let (older, newer) = (old_items[old].id.clone(), new_items[new].id.clone());
            report.pairs.push(Pair { older, newer, how, confidence });
        }
        pairing
    };
    let partner: HashMap<usize, usize> = pairing.taken.iter().map(|&(old, new, ..)| (old, new)).collect();
    let mut old_plan = older;
    let mut old_items: Vec<Option<Item>> = Vec::new();
    let mut homes: Vec<usize> = Vec::new();
    for (number, section) in old_plan.sections.iter_mut().enumerate() {
        homes.resize(homes.len() + section.items.len(), number);
        old_items.extend(section.items.drain(..).map(Some));
    }
    let home = |old: usize| &old_plan.sections[homes[old]];
    let paired: Vec<(usize, usize)> = pairing.taken.iter().map(|&(old, new, ..)| (old, new)).collect();
    {
        let mut new_items: Vec<&mut Item> = plan.items_mut().collect();
        for &(old, new) in &paired {
            if let Some(item) = old_items[old].take() {
                let wording = wording_of(&item, home(old).kind, older_file.clone());
                merge_item(new_items[new], item, wording, old_day, &mut report);
            }
        }
    }
    keep_missing(&mut plan, old_items, home, &partner, older_file.as_deref(), &mut report);
    merge_rest(&mut plan, old_plan, older_file.as_deref());
    (plan, report)
}

fn file_of(plan: &Plan) -> Option<String> {
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

/// Merges an older form of an item into the newer one.
fn merge_item(item: &mut Item, older: Item, wording: Wording, old_day: Option<Date>, report: &mut MergeReport) {
    // The id stays the one the item was born with.
    item.id = older.id;
    let now = [&item.area, &item.priority, &item.activities].map(|b| fold_words(&blocks_text(b)));
    for wording in std::iter::once(wording).chain(older.wording_history) {
        let then = words_of(&wording);
        if then != now && !item.wording_history.iter().any(|known| words_of(known) == then) {
            item.wording_history.push(wording);
        }
    }
    for entry in older.follow_up {
        let (date, text) = (entry.date, entry.text.clone());
        let united = entries::unite_older(&mut item.follow_up, entry);
        if let Some(stands) = united.against {
            let (kind, id, name) = (ConflictKind::Entry, item.id.clone(), name(item));
            report.conflicts.push(Conflict { kind, item: id, name, date, old: text, new: stands });
        }
    }
    // Words that only the older version has still stand; words that were replaced are history.
    let older_status = older.status;
    let newer = std::mem::replace(&mut item.status, older_status);
    status::set(item, &newer, old_day);
    for change in older.status_history {
        status::remember(item, Status { lights: change.lights, text: change.text }, change.date);
    }
    add_parts(&mut item.other, older.other);
}

fn words_of(wording: &Wording) -> [String; 3] {
    [&wording.area, &wording.priority, &wording.activities].map(|blocks| fold_words(&blocks_text(blocks)))
}

/// Keeps the items that the newer version lacks, each after the one it stood after.
fn keep_missing<'a>(
    plan: &mut Plan,
    old_items: Vec<Option<Item>>,
    home: impl Fn(usize) -> &'a Section,
    partner: &HashMap<usize, usize>,
    older_file: Option<&str>,
    report: &mut MergeReport,
) {
    let ids: Vec<_> = plan.items().map(|item| item.id.clone()).collect();
    let mut after: Option<ItemId> = None;
    for (number, item) in old_items.into_iter().enumerate() {
        let Some(mut item) = item else {
            after = partner.get(&number).and_then(|&new| ids.get(new).cloned());
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

/// Everything that is not an item.
fn merge_rest(plan: &mut Plan, older: Plan, older_file: Option<&str>) {
    plan.region = plan.region.take().or(older.region);
    plan.group = plan.group.take().or(older.group);
    plan.title = plan.title.take().or(older.title);
    plan.year = plan.year.or(older.year);
    let day = |updated: &Option<Updated>| updated.as_ref().and_then(|updated| updated.date);
    if plan.updated.is_none() || day(&older.updated) > day(&plan.updated) {
        plan.updated = older.updated;
    }
    let pages = [
        (&mut plan.instructions, older.instructions, "Instruktioner"),
        (&mut plan.promises, older.promises, "Patientlöften"),
        (&mut plan.results, older.results, "Resultat"),
        (&mut plan.challenges, older.challenges, "Utmaningar"),
    ];
    let mut replaced = Vec::new();
    for (now, then, title) in pages {
        if is_blank(now) {
            *now = then;
        } else if !is_blank(&then) && fold_words(&blocks_text(now)) != fold_words(&blocks_text(&then)) {
            let heading = older_file.map_or_else(|| title.to_owned(), |file| format!("{title} ({file})"));
            replaced.push(OtherPart { heading: Some(heading), blocks: then });
        }
    }
    match (&plan.calendar, older.calendar) {
        (None, then) => plan.calendar = then,
        (Some(now), Some(then)) if *now != then => {
            let heading = older_file.map_or_else(|| "Årshjul".to_owned(), |file| format!("Årshjul ({file})"));
            let events = then.events.iter().map(|event| {
                Block::bullet(0, [event.when.as_deref().unwrap_or_default(), &event.text].join(" ").trim())
            });
            let blocks = events.chain(then.ongoing.iter().cloned()).collect();
            replaced.push(OtherPart { heading: Some(heading), blocks });
        }
        _ => {}
    }
    add_parts(&mut plan.other, older.other);
    add_parts(&mut plan.other, replaced);
    for note in older.unplaced {
        unplaced::keep(plan, note);
    }
    let reading = &mut plan.reading;
    let mut sources = older.reading.sources;
    sources.retain(|source| !reading.sources.contains(source));
    reading.sources.splice(0..0, sources);
    add_new(&mut reading.leftovers, older.reading.leftovers);
    add_new(&mut reading.warnings, older.reading.warnings);
    reading.coverage = reading.coverage.min(older.reading.coverage);
}

/// Adds parts that are not there yet; the same words under the same heading are the same part.
fn add_parts(parts: &mut Vec<OtherPart>, older: Vec<OtherPart>) {
    let key = |part: &OtherPart| (part.heading.as_deref().map(fold_words), fold_words(&blocks_text(&part.blocks)));
    for part in older {
        if !parts.iter().any(|known| key(known) == key(&part)) {
            parts.push(part);
        }
    }
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !known.contains(&one) {
            known.push(one);
        }
    }
}

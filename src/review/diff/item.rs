//! What became of one item.

use crate::model::{Block, Item, Plan, Section, Status, StatusLight, blocks_text, fold_words, words};

use super::super::check::Column;
use super::super::words::{Change, compare, lines, whole};
use super::{ColumnChange, EntryChange, EntryFate, Fate, ItemChange, Spot, StatusDiff, entries, is_closed};

/// The share of a column's words that stand in another column now, for it to have moved there; and the share
/// that may still stand in its own.
const MOVED: f32 = 0.7;
const STAYED: f32 = 0.4;

const COLUMNS: [Column; 3] = [Column::Area, Column::Priority, Column::Activities];

/// What changed between two forms of an item, if anything did.
pub(super) fn change(
    (old_section, old): (&Section, &Item),
    (section, new): (&Section, &Item),
    old_plan: &Plan,
    new_plan: &Plan,
) -> Option<ItemChange> {
    let status = status(&old.status, &new.status);
    let fate = match (is_closed(&old.status), is_closed(&new.status)) {
        (false, true) => Fate::Closed,
        (true, false) => Fate::Reopened,
        _ => Fate::Changed,
    };
    let moved = has_moved(old_section, section, old_plan, new_plan);
    let change = ItemChange {
        id: new.id.clone(),
        name: new.name(),
        old_name: Some(old.name()).filter(|name| *name != new.name()),
        fate,
        how: None,
        confidence: None,
        section: spot(section),
        moved_from: moved.then(|| spot(old_section)),
        wording: wording(old, new),
        entries: entries::changes(&old.follow_up, &new.follow_up),
        status,
    };
    let any = change.moved_from.is_some()
        || !change.wording.is_empty()
        || !change.entries.is_empty()
        || change.status.is_some();
    any.then_some(change)
}

/// An item that only one version has.
pub(in crate::review) fn alone(item: &Item, section: &Section, change: Change) -> ItemChange {
    let fate = if change == Change::Added { Fate::Added } else { Fate::Removed };
    let entry_fate = if change == Change::Added { EntryFate::Added } else { EntryFate::Removed };
    let columns = COLUMNS.into_iter().zip(texts(item));
    let wording = columns.filter(|(_, text)| !text.is_empty()).map(|(column, text)| ColumnChange {
        column,
        moved_from: Vec::new(),
        words: whole(change, &text),
    });
    let entries = item.follow_up.iter().map(|entry| EntryChange {
        fate: entry_fate,
        date: entry.date,
        old_date: None,
        words: whole(change, &lines(&entry.text)),
    });
    let status = Some(&item.status).filter(|status| !status.is_empty()).map(|status| {
        let (old, new) = match change {
            Change::Removed => (status.clone(), Status::default()),
            _ => (Status::default(), status.clone()),
        };
        StatusDiff { old, new, words: whole(change, &lines(&status.text)) }
    });
    ItemChange {
        id: item.id.clone(),
        name: item.name(),
        old_name: None,
        fate,
        how: None,
        confidence: None,
        section: spot(section),
        moved_from: None,
        wording: wording.collect(),
        entries: entries.collect(),
        status,
    }
}

pub(in crate::review) fn spot(section: &Section) -> Spot {
    let columns = &section.columns;
    let heading = section.title.as_ref().or(columns.area.as_ref()).or(columns.priority.as_ref());
    Spot { kind: section.kind, heading: heading.cloned() }
}

/// Whether an item stands in another section. A section that was only given another title is the same.
fn has_moved(old: &Section, new: &Section, old_plan: &Plan, new_plan: &Plan) -> bool {
    let title = |section: &Section| section.title.as_deref().map(fold_words);
    let stands_in = |plan: &Plan, of: &Section| {
        plan.sections.iter().any(|section| section.kind == of.kind && title(section) == title(of))
    };
    old.kind != new.kind || title(old) != title(new) && stands_in(new_plan, old) && stands_in(old_plan, new)
}

fn texts(item: &Item) -> [String; 3] {
    [&item.area, &item.priority, &item.activities].map(|blocks: &Vec<Block>| lines(blocks))
}

/// The columns of other words. A text that moved to another column is compared there.
pub(in crate::review) fn wording(old: &Item, new: &Item) -> Vec<ColumnChange> {
    let (old_texts, new_texts) = (texts(old), texts(new));
    // Where each old column's text stands now.
    let home: Vec<usize> = (0..COLUMNS.len())
        .map(|from| {
            let share = |to: usize| held(&old_texts[from], &new_texts[to]);
            let away = (0..COLUMNS.len()).filter(|&to| to != from && share(to) >= MOVED && share(from) < STAYED);
            away.max_by(|a, b| share(*a).total_cmp(&share(*b))).unwrap_or(from)
        })
        .collect();
    let mut changes = Vec::new();
    for (to, column) in COLUMNS.into_iter().enumerate() {
        let comes = |from: &usize| home[*from] == to && !old_texts[*from].is_empty();
        let from: Vec<usize> = (0..COLUMNS.len()).filter(comes).collect();
        let then: Vec<&str> = from.iter().map(|&from| old_texts[from].as_str()).collect();
        let words = compare(&then.join("\n"), &new_texts[to]);
        let moved_from: Vec<Column> = from.iter().filter(|&&from| from != to).map(|&from| COLUMNS[from]).collect();
        if !words.is_empty() || !moved_from.is_empty() {
            changes.push(ColumnChange { column, moved_from, words });
        }
    }
    changes
}

/// The share of a text's words that another text holds.
fn held(text: &str, by: &str) -> f32 {
    let theirs: std::collections::HashSet<String> = words(by).collect();
    let own: Vec<String> = words(text).collect();
    own.iter().filter(|word| theirs.contains(*word)).count() as f32 / own.len().max(1) as f32
}

pub(in crate::review) fn status(old: &Status, new: &Status) -> Option<StatusDiff> {
    let label = |light: &StatusLight| (light.light, light.label.as_deref().map(fold_words));
    let same_lights = old.lights.iter().map(label).eq(new.lights.iter().map(label));
    let same_words = fold_words(&blocks_text(&old.text)) == fold_words(&blocks_text(&new.text));
    (!same_lights || !same_words).then(|| StatusDiff {
        old: old.clone(),
        new: new.clone(),
        words: compare(&lines(&old.text), &lines(&new.text)),
    })
}

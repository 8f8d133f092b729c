//! A meeting's notes into the plan.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::{Block, Entry, EntryDate, Item, ItemId, Plan, Status, Unplaced, blocks_text};

use super::matching::{Found, How, Index};
use super::naming::telling_name;
use super::notes::{Note, NoteStatus, Notes};
use super::report::{Applied, Conflict, ConflictKind, EntryOutcome, MergeReport, StatusOutcome, UnplacedNote};
use super::{entries, status, unplaced, updated};

/// Merges a meeting's notes into the plan.
///
/// `source` names the notes in the report. Applying the same notes again changes nothing.
pub fn apply_notes(plan: &mut Plan, notes: &Notes, meeting: Date, source: &str) -> MergeReport {
    let mut report = MergeReport { meeting: Some(meeting), source: source.to_owned(), ..MergeReport::default() };
    let index = Index::new(plan.items());
    let places: HashMap<ItemId, (usize, usize)> = plan
        .sections
        .iter()
        .enumerate()
        .flat_map(|(s, section)| section.items.iter().enumerate().map(move |(i, item)| (item.id.clone(), (s, i))))
        .collect();
    let standing = unplaced::headings(notes);
    let mut taken: Vec<Taken<'_>> = Vec::new();
    for note in &notes.notes {
        if let Some(reason) = &note.stray {
            let near = match index.find(&note.heading) {
                Found::Item { id, .. } => vec![id],
                Found::Ambiguous(near) | Found::None(near) => near,
            };
            leave(plan, &mut report, note, meeting, reason, near);
            continue;
        }
        let found = match &note.id {
            Some(written) => by_id_and_name(&index, written, &note.heading),
            None if note.heading.is_empty() => Found::None(Vec::new()),
            None => index.find(&note.heading),
        };
        match found {
            Found::Ambiguous(candidates) if note.id.is_some() && !says_both(&index, note) => {
                leave(plan, &mut report, note, meeting, TWO_ITEMS, candidates);
            }
            Found::Item { .. } if note.is_empty() => report.empty.push(note.heading.clone()),
            Found::Item { id, confidence, how } => {
                if let Some(&(section, item)) = places.get(&id) {
                    taken.push(Taken { note, section, item, how, confidence, entry: EntryOutcome::None });
                }
            }
            Found::Ambiguous(candidates) => leave(plan, &mut report, note, meeting, AMBIGUOUS, candidates),
            Found::None(candidates) if note.heading.is_empty() => {
                leave(plan, &mut report, note, meeting, NO_HEADING, candidates);
            }
            Found::None(candidates) => leave(plan, &mut report, note, meeting, NOT_FOUND, candidates),
        }
    }
    let old_entries: HashMap<(usize, usize), Vec<Entry>> = taken
        .iter()
        .map(|taken| ((taken.section, taken.item), plan.sections[taken.section].items[taken.item].follow_up.clone()))
        .collect();
    for taken in &mut taken {
        let item = &mut plan.sections[taken.section].items[taken.item];
        let before = old_entries.get(&(taken.section, taken.item)).map_or(&[][..], Vec::as_slice);
        let (outcome, against) = add_entry(item, taken.note, meeting, before);
        taken.entry = outcome;
        if let Some(old) = against {
            report.conflicts.push(conflict(ConflictKind::Entry, item, meeting, old, taken.note.text.clone()));
        }
    }
    let outcomes = set_statuses(plan, &taken, meeting, &mut report);
    for (taken, status) in taken.iter().zip(outcomes) {
        let item = &plan.sections[taken.section].items[taken.item];
        report.applied.push(Applied {
            heading: taken.note.heading.clone(),
            line: taken.note.line,
            item: item.id.clone(),
            name: telling_name(item),
            how: taken.how,
            confidence: taken.confidence,
            entry: taken.entry,
            status,
        });
    }
    for (taken, applied) in taken.iter().zip(&report.applied) {
        report.resolved.extend(unplaced::resolve(plan, taken.note, meeting, &applied.item, &standing));
    }
    if !report.applied.is_empty() {
        updated::follow(plan, meeting);
    }
    report
}

const AMBIGUOUS: &str = "rubriken passar lika bra på flera punkter";
const NOT_FOUND: &str = "ingen punkt i planen liknar rubriken tillräckligt";
const NO_HEADING: &str = "texten står före första rubriken";

const TWO_ITEMS: &str = "radens id och namn hör till olika punkter";

/// The item of a row that has an id and a name. Where the two tell of different items — a column was sorted
/// on its own — nobody is taken; where the id is none of the plan's, the name decides.
fn by_id_and_name(index: &Index, written: &str, name: &str) -> Found {
    let Found::Item { id, confidence, how: How::Id } = index.find(written) else { return index.find(name) };
    match index.find(name) {
        Found::Item { id: other, .. } if other != id => Found::Ambiguous(vec![id, other]),
        Found::Ambiguous(others) if !others.contains(&id) => {
            Found::Ambiguous(std::iter::once(id).chain(others).collect())
        }
        _ => Found::Item { id, confidence, how: How::Id },
    }
}

/// Whether a row's ambiguity is its name's alone.
fn says_both(index: &Index, note: &Note) -> bool {
    let id = note.id.as_deref().unwrap_or_default();
    !matches!(index.find(id), Found::Item { how: How::Id, .. })
}

/// A note with the item that takes it.
struct Taken<'a> {
    note: &'a Note,
    section: usize,
    item: usize,
    how: How,
    confidence: f32,
    entry: EntryOutcome,
}

fn leave(plan: &mut Plan, report: &mut MergeReport, note: &Note, meeting: Date, reason: &str, candidates: Vec<ItemId>) {
    report.unplaced.push(UnplacedNote {
        heading: note.heading.clone(),
        line: note.line,
        reason: reason.to_owned(),
        candidates: candidates.clone(),
    });
    unplaced::keep(
        plan,
        Unplaced {
            date: Some(meeting),
            heading: note.heading.clone(),
            text: note.text.clone(),
            status: note.status.as_ref().map(|status| status.written.clone()),
            reason: reason.to_owned(),
            candidates,
        },
    );
}

/// Adds a note's text; a text that disagrees with one the plan had before this meeting's notes is a conflict.
fn add_entry(item: &mut Item, note: &Note, meeting: Date, before: &[Entry]) -> (EntryOutcome, Option<Vec<Block>>) {
    let entry = Entry { date: Some(EntryDate::Day(meeting)), ..Entry::undated(note.text.clone()) };
    let united = entries::unite(&mut item.follow_up, entry);
    // Several notes on one item in the same file are one secretary's words, not two that disagree.
    let against = united.against.filter(|old| before.iter().any(|entry| entry.text == *old));
    (united.outcome, against)
}

/// Sets each item's status once, so that two notes on one item do not make the status go to and fro.
fn set_statuses(plan: &mut Plan, taken: &[Taken<'_>], meeting: Date, report: &mut MergeReport) -> Vec<StatusOutcome> {
    let plan_day = plan.updated.as_ref().and_then(|updated| updated.date);
    let mut last: HashMap<(usize, usize), usize> = HashMap::new();
    for (number, one) in taken.iter().enumerate().filter(|(_, one)| one.note.status.is_some()) {
        last.insert((one.section, one.item), number);
    }
    let mut outcomes = Vec::with_capacity(taken.len());
    for (number, one) in taken.iter().enumerate() {
        let Some(given) = &one.note.status else {
            outcomes.push(StatusOutcome::None);
            continue;
        };
        let item = &mut plan.sections[one.section].items[one.item];
        let newer = Status { lights: given.lights.clone(), text: given.text.clone(), ..Status::default() };
        let stands = last.get(&(one.section, one.item)).and_then(|&last| taken[last].note.status.as_ref());
        let older_note = plan_day.is_some_and(|day| meeting < day) && !item.status.is_empty();
        let outcome = if let Some(stands) = stands.filter(|s| last_differs(s, given, number, one, &last)) {
            let (old, new) = (Block::paragraph(&given.written), Block::paragraph(&stands.written));
            report.conflicts.push(conflict(ConflictKind::Status, item, meeting, vec![old], vec![new]));
            status::remember(item, newer, Some(meeting));
            StatusOutcome::History
        } else if older_note && !adds_nothing(&newer, &item.status) {
            status::remember(item, newer, Some(meeting));
            StatusOutcome::History
        } else {
            status::set(item, &newer, plan_day)
        };
        outcomes.push(outcome);
    }
    outcomes
}

/// Whether another note, later in the same file, gives the same item another status.
fn last_differs(
    stands: &NoteStatus,
    given: &NoteStatus,
    number: usize,
    one: &Taken<'_>,
    last: &HashMap<(usize, usize), usize>,
) -> bool {
    last.get(&(one.section, one.item)) != Some(&number)
        && (stands.lights != given.lights || blocks_text(&stands.text) != blocks_text(&given.text))
}

/// Whether the status that stands says all that a new one says.
fn adds_nothing(newer: &Status, stands: &Status) -> bool {
    status::same(&status::over(newer, stands), stands)
}

fn conflict(kind: ConflictKind, item: &Item, meeting: Date, old: Vec<Block>, new: Vec<Block>) -> Conflict {
    Conflict { kind, item: item.id.clone(), name: telling_name(item), date: Some(EntryDate::Day(meeting)), old, new }
}

//! Everything of two versions that is not an item.

use crate::model::{Block, Calendar, OtherPart, Plan, Updated, blocks_text, fold_words, is_blank};

use super::super::unplaced;
use super::super::vocabulary::VOCABULARY;

/// Everything that is not an item.
pub(super) fn merge_rest(plan: &mut Plan, older: Plan, older_file: Option<&str>) {
    plan.region = plan.region.take().or(older.region);
    plan.group = plan.group.take().or(older.group);
    plan.title = plan.title.take().or(older.title);
    plan.year = plan.year.or(older.year);
    let day = |updated: &Option<Updated>| updated.as_ref().and_then(|updated| updated.date);
    if plan.updated.is_none() || day(&older.updated) > day(&plan.updated) {
        plan.updated = older.updated;
    }
    let titles = &VOCABULARY.pages;
    let pages = [
        (&mut plan.instructions, older.instructions, &titles.instructions),
        (&mut plan.promises, older.promises, &titles.promises),
        (&mut plan.results, older.results, &titles.results),
        (&mut plan.challenges, older.challenges, &titles.challenges),
    ];
    let mut replaced = Vec::new();
    for (now, then, title) in pages {
        if is_blank(now) {
            *now = then;
        } else if !is_blank(&then) && fold_words(&blocks_text(now)) != fold_words(&blocks_text(&then)) {
            replaced.push(OtherPart { heading: Some(of_file(title, older_file)), blocks: then });
        }
    }
    match (&plan.calendar, older.calendar) {
        (None, then) => plan.calendar = then,
        (Some(now), Some(then)) if *now != then => {
            let heading = Some(of_file(&titles.calendar, older_file));
            replaced.push(OtherPart { heading, blocks: as_blocks(&then) });
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
pub(super) fn add_parts(parts: &mut Vec<OtherPart>, older: Vec<OtherPart>) {
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

/// A page's title with the file that it stood in.
fn of_file(title: &str, file: Option<&str>) -> String {
    let words = &VOCABULARY.pages;
    let heading = file.map_or_else(|| words.replaced_unnamed.clone(), |file| words.replaced.replace("{file}", file));
    heading.replace("{page}", title)
}

/// A year wheel as text.
fn as_blocks(calendar: &Calendar) -> Vec<Block> {
    let line = |when: Option<&str>, text: &str| [when.unwrap_or_default(), text].join(" ").trim().to_owned();
    let events = calendar.events.iter().map(|event| Block::bullet(0, line(event.when.as_deref(), &event.text)));
    events.chain(calendar.ongoing.iter().cloned()).collect()
}

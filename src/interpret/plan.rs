//! Puts a plan together from what the walk found.

use std::collections::HashSet;

use crate::model::{
    Block, Entry, EntryDate, Item, ItemId, Leftover, OtherPart, Plan, Reading, SCHEMA_VERSION, Section, Source,
    SourceFile, Warning, assign_ids, blocks_text,
};
use crate::page::{Document, Place};

use super::alike::Looks;
use super::calendar;
use super::entries::{self, Context};
use super::rows::{Draft, FollowUp};
use super::unchanged::Pages;
use super::vocabulary::Vocabulary;
use super::walk::{Walk, walk};
use super::{at, close, coverage, front, hidden};

/// Reads a plan from a document that holds one.
pub(super) fn read(document: &Document, file: &SourceFile, vocabulary: &Vocabulary) -> Plan {
    let mut found = walk(document, vocabulary);
    let mut beside: Vec<String> = found.updated.iter().map(|updated| updated.text.clone()).collect();
    beside.append(&mut found.beside);
    beside.extend(
        found.sections.iter().flat_map(|section| &section.columns.columns).map(|column| column.heading.clone()),
    );
    let mut lines = std::mem::take(&mut found.front);
    if lines.is_empty() {
        lines.extend(document.title.clone().filter(|title| front::is_title(title, vocabulary)));
    }
    let front = front::read(lines, &beside, &file.file, vocabulary);

    let mut warnings: Vec<Warning> =
        front.warnings.iter().map(|warning| at(warning.clone(), &Place::Document, file)).collect();
    warnings.extend(found.warnings.iter().map(|(warning, place)| at(warning.clone(), place, file)));
    let context = Context { updated: found.updated.as_ref().and_then(|updated| updated.date), year: front.year };
    let sections = sections(&mut found, &context, file, vocabulary, &mut warnings);

    let leftovers = std::mem::take(&mut found.leftovers)
        .into_iter()
        .map(|(text, place)| Leftover { text, source: Source { file: file.file.clone(), place: place.to_string() } });
    let leftovers = leftovers.collect();
    let mut other: Vec<OtherPart> = Vec::new();
    if !front.rest.is_empty() {
        other.push(OtherPart { heading: None, blocks: front.rest.into_iter().map(Block::paragraph).collect() });
    }
    other.append(&mut found.other);
    let mut plan = Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        region: found.region.take(),
        group: front.group,
        title: front.title,
        year: front.year,
        updated: found.updated.take(),
        instructions: std::mem::take(&mut found.instructions),
        promises: std::mem::take(&mut found.promises),
        sections,
        results: std::mem::take(&mut found.results),
        challenges: std::mem::take(&mut found.challenges),
        calendar: None,
        other,
        unplaced: Vec::new(),
        reading: Reading { sources: vec![file.clone()], leftovers, warnings, ..Reading::default() },
    };
    if let Some(draft) = found.calendar.take() {
        let read = calendar::read(draft, vocabulary);
        found.accounted.extend(read.accounted);
        plan.reading.leftovers.extend(read.rest.into_iter().map(|(text, place)| Leftover {
            text,
            source: Source { file: file.file.clone(), place: place.to_string() },
        }));
        plan.calendar = Some(read.calendar);
    }
    if plan.region.is_none() {
        plan.region = region(&plan, vocabulary);
    }
    assign_ids(plan.sections.iter_mut().flat_map(|section| &mut section.items), |item| item.id.as_str().is_empty());
    let fields = coverage::of_plan(&plan);
    close(&mut plan.reading, document, fields, &found.accounted);
    // Only a PDF shows bold letters without saying that they are.
    let looks = match document.format {
        "pdf" => Looks::Doubtful,
        "pptx" => Looks::Parted,
        _ => Looks::Certain,
    };
    let pages = Pages { document, accounted: &found.accounted, vocabulary };
    if let Some(embedded) = &document.embedded
        && let Some(warning) = hidden::complete(&mut plan, &embedded.json, looks, &pages)
    {
        plan.reading.warnings.push(at(warning, &Place::Document, file));
    }
    plan
}

/// The region, where the text of the plan names it or its short name.
fn region(plan: &Plan, vocabulary: &Vocabulary) -> Option<String> {
    let region = &vocabulary.words.region;
    let names = |text: &str| {
        text.contains(region.name.as_str())
            || text.split(|c: char| !c.is_alphanumeric()).any(|word| region.also.iter().any(|also| also == word))
    };
    let says = |blocks: &[Block]| names(&blocks_text(blocks));
    let pages = says(&plan.promises) || says(&plan.instructions);
    let named = pages || plan.items().any(|item| says(&item.area) || says(&item.priority) || says(&item.activities));
    named.then(|| region.name.clone())
}

fn sections(
    found: &mut Walk,
    context: &Context,
    file: &SourceFile,
    vocabulary: &Vocabulary,
    warnings: &mut Vec<Warning>,
) -> Vec<Section> {
    let drafts = std::mem::take(&mut found.sections);
    // Every piece of follow-up of the document is split at once: meetings recur from row to row.
    let cells: Vec<&[Block]> = drafts
        .iter()
        .flat_map(|section| &section.items)
        .flat_map(|item| &item.follow_up)
        .map(|piece| piece.blocks.as_slice())
        .collect();
    let mut split = entries::split(&cells, context).into_iter();

    let mut seen: HashSet<ItemId> = HashSet::new();
    let mut sections = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let items = draft.items.iter().map(|item| {
            let mut follow_up: Vec<Entry> = Vec::new();
            for piece in &item.follow_up {
                let Some(cell) = split.next() else { break };
                warnings.extend(cell.warnings.into_iter().map(|warning| at(warning, &item.place, file)));
                add_entries(&mut follow_up, piece, cell.entries);
            }
            let id = hidden::id_of(&item.anchors).filter(|id| !seen.contains(id));
            seen.extend(id.clone());
            finish(item, id, follow_up, file, vocabulary)
        });
        let items = items.collect();
        sections.push(Section {
            kind: draft.columns.kind,
            title: draft.title.clone(),
            columns: draft.columns.headings.clone(),
            items,
        });
    }
    sections
}

/// Adds a piece's entries; the date of the row's own date column is that of the first.
fn add_entries(follow_up: &mut Vec<Entry>, piece: &FollowUp, mut entries: Vec<Entry>) {
    if let Some((date, written)) = &piece.date {
        let date = Some(EntryDate::Day(*date));
        match entries.first_mut() {
            Some(first) if first.date.is_none() => {
                first.date = date;
                first.written = Some(written.clone());
            }
            Some(first) if first.date == date => {}
            _ => {
                entries.insert(0, Entry { date, written: Some(written.clone()), text: Vec::new(), earlier: Vec::new() })
            }
        }
    }
    follow_up.append(&mut entries);
}

fn finish(
    draft: &Draft,
    id: Option<ItemId>,
    follow_up: Vec<Entry>,
    file: &SourceFile,
    vocabulary: &Vocabulary,
) -> Item {
    let text = format!("{} {}", blocks_text(&draft.area), blocks_text(&draft.priority));
    Item {
        id: id.unwrap_or_else(|| ItemId::new("")),
        area: draft.area.clone(),
        priority: draft.priority.clone(),
        activities: draft.activities.clone(),
        promises: vocabulary.promises(&text),
        follow_up,
        status: draft.status.clone(),
        status_history: draft.status_history.clone(),
        wording_history: Vec::new(),
        last_seen: None,
        other: draft.other.clone(),
        source: Some(Source { file: file.file.clone(), place: draft.place.to_string() }),
    }
}

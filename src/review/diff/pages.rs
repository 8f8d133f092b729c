//! What became of the pages and headings.

use crate::model::{Block, Calendar, OtherPart, Plan, SectionKind, Unplaced, fold_words};

use super::super::words::{compare, lines};
use super::{Page, PageChange};

/// The pages and headings that changed.
pub(super) fn changes(old: &Plan, new: &Plan) -> Vec<PageChange> {
    let mut changes = Vec::new();
    let mut add = |page, heading: Option<String>, then: &str, now: &str| {
        let words = compare(then, now);
        if !words.is_empty() {
            changes.push(PageChange { page, heading, words });
        }
    };
    add(Page::Instructions, None, &lines(&old.instructions), &lines(&new.instructions));
    add(Page::Promises, None, &lines(&old.promises), &lines(&new.promises));
    for kind in [SectionKind::National, SectionKind::Assignment, SectionKind::Priority] {
        add(Page::Headings, None, &headings(old, kind), &headings(new, kind));
    }
    add(Page::Results, None, &lines(&old.results), &lines(&new.results));
    add(Page::Challenges, None, &lines(&old.challenges), &lines(&new.challenges));
    let calendar = |plan: &Plan| plan.calendar.as_ref().map(calendar_lines).unwrap_or_default();
    add(Page::Calendar, None, &calendar(old), &calendar(new));
    let key = |part: &OtherPart| part.heading.as_deref().map(fold_words);
    let mut headings: Vec<Option<String>> = new.other.iter().chain(&old.other).map(key).collect();
    let mut seen = Vec::new();
    headings.retain(|heading| {
        !seen.contains(heading) && {
            seen.push(heading.clone());
            true
        }
    });
    for heading in headings {
        let all = |plan: &Plan| -> Vec<Block> {
            plan.other.iter().filter(|part| key(part) == heading).flat_map(|part| part.blocks.clone()).collect()
        };
        let parts = new.other.iter().chain(&old.other);
        let shown = parts.filter(|part| key(part) == heading).find_map(|part| part.heading.clone());
        add(Page::Other, shown, &lines(&all(old)), &lines(&all(new)));
    }
    let notes = |plan: &Plan| plan.unplaced.iter().map(note).collect::<Vec<_>>().join("\n");
    add(Page::Unplaced, None, &notes(old), &notes(new));
    changes
}

/// The headings of the tables of a kind: each wording once, a table that goes on with another adds none.
fn headings(plan: &Plan, kind: SectionKind) -> String {
    let mut lines: Vec<String> = Vec::new();
    for section in plan.sections.iter().filter(|section| section.kind == kind) {
        let columns = &section.columns;
        let all = [&columns.area, &columns.priority, &columns.activities, &columns.follow_up, &columns.status];
        let named: Vec<&str> = all.into_iter().flatten().map(String::as_str).collect();
        for line in section.title.iter().cloned().chain([named.join(" | ")]) {
            if !lines.contains(&line) && !line.is_empty() {
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}

fn calendar_lines(calendar: &Calendar) -> String {
    let year = calendar.year.map(|year| year.to_string());
    let events = calendar
        .events
        .iter()
        .map(|event| [event.when.as_deref().unwrap_or_default(), event.text.as_str()].join(" ").trim().to_owned());
    let ongoing = calendar.ongoing.iter().map(Block::text);
    year.into_iter().chain(events).chain(ongoing).collect::<Vec<_>>().join("\n")
}

fn note(note: &Unplaced) -> String {
    let date = note.date.map(|date| format!("{date} ")).unwrap_or_default();
    let status = note.status.as_deref().map(|status| format!("\nStatus: {status}")).unwrap_or_default();
    format!("{date}{}\n{}{status}", note.heading, lines(&note.text))
}

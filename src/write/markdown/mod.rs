//! Plan → GitHub Markdown: a heading an item and its cells under it, for reading, mailing and version control.
//!
//! One table would be unreadable as soon as a cell has two paragraphs. Everything of the model is there in words,
//! histories and unplaced notes too; what is text in the plan can never become Markdown.

mod text;

use std::fmt::Write as _;

use self::text::{blocks, escape, line};
use super::shown::{self, Column};
use super::{WriteError, WriteOptions};
use crate::model::{
    Calendar, Document, Entry, Item, Light, OtherPart, Plan, Section, Status, SupportingDocument, Unplaced, Warned,
};

/// Writes any document.
pub(super) fn render(document: &Document, _: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut out = match document {
        Document::ActionPlan(plan) => write_plan(plan),
        Document::SupportingDocument(document) => write_supporting(document),
    };
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    Ok(Warned::clean(out.into_bytes()))
}

fn heading(out: &mut String, level: usize, title: &str) {
    let _ = write!(out, "{} {}\n\n", "#".repeat(level.clamp(1, 6)), line(title));
}

fn labelled(out: &mut String, label: &str) {
    let _ = write!(out, "**{}**\n\n", line(label));
}

fn write_plan(plan: &Plan) -> String {
    let mut out = String::new();
    heading(&mut out, 1, shown::title(plan));
    let head: Vec<String> = [&plan.group, &plan.region].into_iter().flatten().map(|text| line(text)).collect();
    if !head.is_empty() {
        let _ = write!(out, "{}\n\n", head.join(" · "));
    }
    if let Some(updated) = &plan.updated {
        let _ = write!(out, "*{}*\n\n", line(&updated.text));
    }
    for section in &plan.sections {
        write_section(&mut out, section);
    }
    for (name, text) in shown::pages(plan) {
        heading(&mut out, 2, name);
        blocks(&mut out, text, "");
    }
    if let Some(calendar) = &plan.calendar {
        write_calendar(&mut out, calendar);
    }
    parts(&mut out, &plan.other, 2);
    if !plan.unplaced.is_empty() {
        heading(&mut out, 2, "Anteckningar som ingen punkt tog");
        plan.unplaced.iter().for_each(|note| write_unplaced(&mut out, note));
    }
    if !plan.reading.leftovers.is_empty() {
        heading(&mut out, 2, "Läst text utan plats i planen");
        for leftover in &plan.reading.leftovers {
            let place = format!("({}, {})", leftover.source.file, leftover.source.place);
            let _ = writeln!(out, "- {} *{}*", line(&leftover.text), line(&place));
        }
        out.push('\n');
    }
    out
}

fn write_section(out: &mut String, section: &Section) {
    heading(out, 2, shown::section_title(section));
    if section.items.is_empty() {
        out.push_str("*Inga punkter.*\n\n");
    }
    let columns = shown::columns(section);
    for item in &section.items {
        let title = shown::item_title(item);
        heading(out, 3, &title);
        for &(column, name) in &columns {
            write_column(out, item, column, name, &title);
        }
        for part in &item.other {
            labelled(out, shown::other_heading(part));
            blocks(out, &part.blocks, "");
        }
        write_history(out, item);
    }
}

fn write_column(out: &mut String, item: &Item, column: Column, name: &str, title: &str) {
    let cell = match column {
        Column::Area => &item.area,
        Column::Priority => &item.priority,
        Column::Activities => &item.activities,
        Column::FollowUp if item.follow_up.is_empty() => return,
        Column::FollowUp => {
            labelled(out, name);
            return item.follow_up.iter().for_each(|entry| write_entry(out, entry));
        }
        Column::Status => return write_status(out, &item.status, name),
    };
    // The heading has said it already.
    let said = matches!(cell.as_slice(), [only] if only.text().trim() == title);
    if !cell.is_empty() && !said {
        labelled(out, name);
        blocks(out, cell, "");
    }
}

fn write_entry(out: &mut String, entry: &Entry) {
    let date = shown::date(entry).map(|date| format!("**{}**", line(&date)));
    text::point(out, date.as_deref(), &entry.text);
    for earlier in &entry.earlier {
        text::point_under(out, "*Tidigare lydelse:*", earlier);
    }
}

fn sign(light: Light) -> &'static str {
    match light {
        Light::Green => "🟢",
        Light::Yellow => "🟡",
        Light::Red => "🔴",
        Light::Closed => "☑",
    }
}

fn lights(status: &[crate::model::StatusLight]) -> String {
    let lights =
        status.iter().map(|status| format!("{} {}", sign(status.light), line(&shown::light_with_label(status))));
    lights.collect::<Vec<_>>().join(" · ")
}

fn write_status(out: &mut String, status: &Status, name: &str) {
    if status.is_empty() {
        return;
    }
    let _ = write!(out, "**{}:** {}\n\n", line(name), lights(&status.lights));
    blocks(out, &status.text, "");
}

fn write_history(out: &mut String, item: &Item) {
    let mut lines: Vec<String> = Vec::new();
    for change in &item.status_history {
        let date = change.date.map_or_else(|| "utan datum".to_owned(), |date| date.to_string());
        let words = escape(&crate::model::blocks_text(&change.text));
        lines.push(format!("Tidigare status ({date}): {} {}", lights(&change.lights), words.trim()));
    }
    for wording in &item.wording_history {
        let source = wording.source.as_deref().unwrap_or("en tidigare version");
        let cells = [&wording.area, &wording.priority, &wording.activities];
        let cells = cells.iter().map(|cell| line(&crate::model::blocks_text(cell))).filter(|cell| !cell.is_empty());
        lines.push(format!("Tidigare lydelse ({}): {}", line(source), cells.collect::<Vec<_>>().join(" / ")));
    }
    lines.extend(item.last_seen.iter().map(|source| format!("Finns senast i {}", line(source))));
    for text in &lines {
        let _ = writeln!(out, "> {}  ", text.trim());
    }
    if !lines.is_empty() {
        out.push('\n');
    }
}

fn write_calendar(out: &mut String, calendar: &Calendar) {
    let title = calendar.year.map_or_else(|| "Årshjul".to_owned(), |year| format!("Årshjul {year}"));
    heading(out, 2, &title);
    let mut quarter = None;
    for event in &calendar.events {
        if event.quarter != quarter {
            quarter = event.quarter;
            labelled(out, &quarter.map_or_else(|| "Övrigt".to_owned(), |number| format!("Kvartal {number}")));
        }
        let when = event.when.as_deref().map(|when| format!("**{}** ", line(when))).unwrap_or_default();
        let _ = write!(out, "- {when}{}\n\n", line(&event.text));
    }
    if !calendar.ongoing.is_empty() {
        labelled(out, "Hela året");
        blocks(out, &calendar.ongoing, "");
    }
}

fn parts(out: &mut String, parts: &[OtherPart], level: usize) {
    for part in parts {
        heading(out, level, shown::other_heading(part));
        blocks(out, &part.blocks, "");
    }
}

fn write_unplaced(out: &mut String, note: &Unplaced) {
    heading(out, 3, &note.heading);
    let date = note.date.map(|date| format!("Möte {date}. ")).unwrap_or_default();
    let candidates: Vec<&str> = note.candidates.iter().map(crate::model::ItemId::as_str).collect();
    let _ = write!(out, "*{date}{}*\n\n", line(&note.reason));
    blocks(out, &note.text, "");
    if let Some(status) = &note.status {
        let _ = write!(out, "**Status:** {}\n\n", line(status));
    }
    if !candidates.is_empty() {
        let _ = write!(out, "Möjliga punkter: {}\n\n", line(&candidates.join(", ")));
    }
}

fn write_supporting(document: &SupportingDocument) -> String {
    let mut out = String::new();
    heading(&mut out, 1, shown::supporting_title(document));
    let date = document.date.map(|date| date.to_string());
    for (label, text) in [("Datum", &date), ("Från", &document.from), ("Till", &document.to)] {
        if let Some(text) = text {
            let _ = writeln!(out, "**{label}:** {}  ", line(text));
        }
    }
    out.push('\n');
    for section in &document.sections {
        if let Some(title) = &section.heading {
            heading(&mut out, usize::from(section.level.max(1)) + 1, title);
        }
        blocks(&mut out, &section.blocks, "");
    }
    for signature in &document.signatures {
        let _ = writeln!(out, "{}  ", line(signature));
    }
    out
}

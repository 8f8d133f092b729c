//! The life of items → text, JSON, a page with a timeline.

use std::fmt::Write;

use minijinja::context;
use minijinja::value::Serde;

use crate::review::history::{History, ItemHistory};

use super::super::places::place;
use super::diff::{version, words};
use super::names::{self, counted};
use super::page::{self, PageError};
use super::style::{FAINT, NOTE, STRONG, Styled};
use super::timeline;

/// The history as JSON.
pub fn json(history: &History) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(history).unwrap_or_default();
    json.push(b'\n');
    json
}

/// The history as one HTML page that needs no other file.
///
/// # Errors
/// None in a released program: a test renders the shipped page.
pub fn html(history: &History) -> Result<Vec<u8>, PageError> {
    let versions: Vec<String> = history.versions.iter().map(version).collect();
    let short: Vec<String> = (0..history.versions.len()).map(|number| short(history, number)).collect();
    let values = context! {
        history => Serde(history), versions, short, chart => Serde(timeline::chart(history)),
    };
    page::render("history.html", values)
}

/// The history for a person.
pub fn text(history: &History) -> String {
    let mut out = String::new();
    // A String takes everything that is written to it.
    let _ = writeln!(out, "{}", Styled(STRONG, counted(history.versions.len(), "version", "versioner")));
    for (number, one) in history.versions.iter().enumerate() {
        let _ = writeln!(out, "  {:<8} {}", short(history, number), version(one));
    }
    for item in &history.items {
        write_item(&mut out, history, item);
    }
    if !history.doubtful.is_empty() {
        let _ = writeln!(out, "\n{}", Styled(STRONG, "Kan vara samma punkt (har här var sitt liv):"));
    }
    for pair in &history.doubtful {
        let ids = Styled(FAINT, format!("{:.0} %  {} / {}", pair.likeness * 100.0, pair.old, pair.new));
        let _ = writeln!(out, "  ? ”{}” och ”{}”  {ids}", pair.old_name, pair.new_name);
    }
    out
}

fn write_item(out: &mut String, history: &History, item: &ItemHistory) {
    let _ = writeln!(out, "\n{}  {}", Styled(STRONG, &item.name), Styled(FAINT, &item.id));
    for seen in &item.appearances {
        let place = seen.source.as_ref().map(|source| format!("  [{}, {}]", source.file, place(&source.place)));
        let sure =
            seen.confidence.filter(|sure| *sure < 1.0).map(|sure| format!(", samma punkt till {:.0} %", sure * 100.0));
        let moved = if seen.moved { "flyttad till " } else { "" };
        let head = format!(
            "  {:<8} {moved}{}{}",
            short(history, seen.version),
            names::spot(&seen.section),
            sure.unwrap_or_default()
        );
        let _ = writeln!(out, "{}{}", Styled(NOTE, head), Styled(FAINT, place.unwrap_or_default()));
        for column in &seen.wording {
            let from: Vec<&str> = column.moved_from.iter().map(|&from| names::column(from)).collect();
            let from = if from.is_empty() { String::new() } else { format!(" (flyttat från {})", from.join(", ")) };
            let _ = writeln!(out, "           {}{from}: {}", names::column(column.column), words(&column.words, 13));
        }
        if seen.status_changed && !seen.status.is_empty() {
            let text: Vec<String> = seen.status.text.iter().map(crate::model::Block::text).collect();
            let _ = writeln!(out, "           Status: {} {}", names::lights(&seen.status), text.join(" / "));
        }
    }
    for status in item.earlier_statuses.iter().rev() {
        let date = status.date.map_or_else(|| "tidigare".to_owned(), |day| day.to_string());
        let shown = crate::model::Status {
            lights: status.lights.clone(),
            text: status.text.clone(),
            ..crate::model::Status::default()
        };
        let text: Vec<String> = status.text.iter().map(crate::model::Block::text).collect();
        let _ = writeln!(out, "  {date}  status: {} {}", names::lights(&shown), text.join(" / "));
    }
    for entry in &item.entries {
        let date = entry.date.map_or_else(|| "utan datum".to_owned(), |date| date.to_string());
        let versions: Vec<String> = entry.versions.iter().map(|&number| short(history, number)).collect();
        let text = entry.text.replace('\n', "\n             ");
        let _ = writeln!(out, "  {date:<10} {text}  {}", Styled(FAINT, format!("[{}]", versions.join(", "))));
    }
}

/// A version in a word: its year where no other version has it, else its day, else its number.
pub(super) fn short(history: &History, number: usize) -> String {
    let one = &history.versions[number];
    let alone = |year: i16| history.versions.iter().filter(|other| other.year == Some(year)).count() == 1;
    match (one.year, one.updated) {
        (Some(year), _) if alone(year) => year.to_string(),
        (_, Some(day)) => day.to_string(),
        _ => format!("v{}", number + 1),
    }
}

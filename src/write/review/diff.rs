//! Differences between two plans → text, JSON, a page.

use std::fmt::Write;

use minijinja::context;
use minijinja::value::Serde;

use crate::review::diff::{Change, Diff, EntryFate, Fate, ItemChange, Summary, Version, Words};

use super::names::{self, counted};
use super::page::{self, PageError};
use super::style::{BAD, FAINT, GOOD, NOTE, STRONG, Styled, WARN};

/// Unchanged text longer than this, in characters, is cut in the middle; so much of it stays at each end.
const LONG: usize = 90;
const KEPT: usize = 35;

/// The differences as JSON.
pub fn json(diff: &Diff) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(diff).unwrap_or_default();
    json.push(b'\n');
    json
}

/// The differences as one HTML page that needs no other file.
///
/// # Errors
/// None in a released program: a test renders the shipped page.
pub fn html(diff: &Diff) -> Result<Vec<u8>, PageError> {
    page::render(
        "diff.html",
        context! { diff => Serde(diff), old => version(&diff.old), new => version(&diff.new), summary => summary(&diff.summary) },
    )
}

/// The differences for a person: what is gone stands in `[-…-]`, what is new in `{+…+}`.
pub fn text(diff: &Diff) -> String {
    let mut out = String::new();
    // A String takes everything that is written to it.
    let _ = writeln!(out, "{} → {}", Styled(STRONG, version(&diff.old)), Styled(STRONG, version(&diff.new)));
    let _ = writeln!(out, "{}", summary(&diff.summary));
    if !diff.head.is_empty() {
        out.push('\n');
    }
    for change in &diff.head {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let _ = writeln!(out, "{}: {} → {}", names::field(change.field), shown(&change.old), shown(&change.new));
    }
    for item in &diff.items {
        write_item(&mut out, item);
    }
    for page in &diff.pages {
        let heading = page.heading.as_deref().map(|heading| format!(": {heading}")).unwrap_or_default();
        let _ =
            writeln!(out, "\n{} {}", Styled(WARN, "~"), Styled(STRONG, format!("{}{heading}", names::page(page.page))));
        let _ = writeln!(out, "    {}", words(&page.words, 4));
    }
    if !diff.doubtful.is_empty() {
        let _ = writeln!(out, "\n{}", Styled(STRONG, "Kan vara samma punkt (räknas här som en borta och en ny):"));
    }
    for pair in &diff.doubtful {
        let ids = Styled(FAINT, format!("{:.0} %  {} / {}", pair.likeness * 100.0, pair.old, pair.new));
        let _ = writeln!(out, "  ? ”{}” och ”{}”  {ids}", pair.old_name, pair.new_name);
    }
    out
}

fn write_item(out: &mut String, item: &ItemChange) {
    let (style, sign, word) = match item.fate {
        Fate::Added => (GOOD, "+", "Ny"),
        Fate::Removed => (BAD, "-", "Borta"),
        Fate::Closed => (NOTE, "✓", "Avslutad"),
        Fate::Reopened => (WARN, "○", "Öppnad igen"),
        Fate::Changed => (WARN, "~", "Ändrad"),
    };
    let _ = writeln!(
        out,
        "\n{} {}  {}",
        Styled(style, format!("{sign} {word}:")),
        Styled(STRONG, &item.name),
        Styled(FAINT, format!("{}{}", item.id, confidence(item)))
    );
    if let Some(old) = &item.old_name {
        let _ = writeln!(out, "    hette ”{old}”");
    }
    match (&item.moved_from, item.fate) {
        (Some(from), _) => {
            let _ = writeln!(out, "    flyttad från {} till {}", names::spot(from), names::spot(&item.section));
        }
        (None, Fate::Added | Fate::Removed) => {
            let _ = writeln!(out, "    bland {}", names::spot(&item.section));
        }
        _ => {}
    }
    for column in &item.wording {
        let from: Vec<&str> = column.moved_from.iter().map(|&from| names::column(from)).collect();
        let moved = if from.is_empty() { String::new() } else { format!(" (flyttat från {})", from.join(", ")) };
        let name = format!("{}{moved}:", names::column(column.column));
        let _ = writeln!(out, "    {} {}", Styled(STRONG, name), words(&column.words, 6));
    }
    for entry in &item.entries {
        let date = entry.date.map_or_else(|| "utan datum".to_owned(), |date| date.to_string());
        let (style, sign) = match entry.fate {
            EntryFate::Added => (GOOD, "+"),
            EntryFate::Removed => (BAD, "-"),
            EntryFate::Changed | EntryFate::Redated => (WARN, "~"),
        };
        let from = match (entry.fate, entry.old_date) {
            (EntryFate::Redated, Some(old)) => format!(" (var {old})"),
            (EntryFate::Redated, None) => " (var utan datum)".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(out, "    {} {}", Styled(style, format!("{sign} {date}{from}")), words(&entry.words, 6));
    }
    if let Some(status) = &item.status {
        let lights = match item.fate {
            Fate::Added => names::lights(&status.new),
            Fate::Removed => names::lights(&status.old),
            _ => format!("{} → {}", names::lights(&status.old), names::lights(&status.new)),
        };
        let _ = writeln!(out, "    {} {lights} {}", Styled(STRONG, "Status:"), words(&status.words, 6));
    }
}

fn confidence(item: &ItemChange) -> String {
    match item.confidence {
        Some(sure) if sure < 1.0 => format!("  (samma punkt till {:.0} %)", sure * 100.0),
        _ => String::new(),
    }
}

/// Words with their marks; further lines are indented. What is new or gone as a whole needs no marks.
pub(super) fn words(words: &[Words], indent: usize) -> String {
    let mut out = String::new();
    if let [part] = words {
        let style = match part.change {
            Change::Same => anstyle::Style::new(),
            Change::Removed => BAD,
            Change::Added => GOOD,
        };
        return Styled(style, part.text.trim_end().replace('\n', &format!("\n{}", " ".repeat(indent)))).to_string();
    }
    for (number, part) in words.iter().enumerate() {
        let (head, gap) = split_end(&part.text);
        let _ = match part.change {
            Change::Same => write!(out, "{}", shortened(&part.text, number > 0, number + 1 < words.len())),
            Change::Removed => write!(out, "{}{gap}", Styled(BAD, format!("[-{head}-]"))),
            Change::Added => write!(out, "{}{gap}", Styled(GOOD, format!("{{+{head}+}}"))),
        };
    }
    out.trim_end().replace('\n', &format!("\n{}", " ".repeat(indent)))
}

/// The text and the white space after it, which belongs outside the marks.
fn split_end(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end().len())
}

/// Unchanged text with its middle left out, where it is long; the ends beside a change stay.
fn shortened(text: &str, change_before: bool, change_after: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= LONG || !(change_before || change_after) {
        return text.to_owned();
    }
    let head: String = letters[..KEPT].iter().collect();
    let tail: String = letters[letters.len() - KEPT..].iter().collect();
    let head = head.rsplit_once(char::is_whitespace).map_or("", |(head, _)| head);
    let tail = tail.split_once(char::is_whitespace).map_or("", |(_, tail)| tail);
    match (change_before, change_after) {
        (true, true) => format!("{head} … {tail}"),
        (true, false) => format!("{head} …"),
        _ => format!("… {tail}"),
    }
}

/// A version in words: its title, its day of update, its file.
pub(super) fn version(version: &Version) -> String {
    let title = version.title.clone().or_else(|| version.year.map(|year| format!("Handlingsplan {year}")));
    let updated = version.updated.map(|day| format!("uppdaterad {day}"));
    let beside: Vec<String> = version.file.iter().cloned().chain(updated).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
    format!("{}{beside}", title.unwrap_or_else(|| "Handlingsplan".to_owned()))
}

/// What changed, in one sentence.
fn summary(summary: &Summary) -> String {
    if summary.is_empty() {
        return "Inget skiljer i punkter eller sidor.".to_owned();
    }
    let parts = [
        (summary.added, "ny punkt", "nya punkter"),
        (summary.removed, "punkt borta", "punkter borta"),
        (summary.closed, "avslutad", "avslutade"),
        (summary.reopened, "öppnad igen", "öppnade igen"),
        (summary.moved, "flyttad", "flyttade"),
        (summary.reworded, "omformulerad", "omformulerade"),
        (summary.statuses, "ny status", "nya statusar"),
        (summary.entries_added, "ny anteckning", "nya anteckningar"),
        (summary.entries_changed, "ändrad anteckning", "ändrade anteckningar"),
        (summary.entries_removed, "anteckning borta", "anteckningar borta"),
        (summary.pages, "ändrad sida", "ändrade sidor"),
        (summary.unchanged, "oförändrad", "oförändrade"),
    ];
    let named = parts.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| counted(*number, one, many));
    format!("{}.", named.collect::<Vec<_>>().join(", "))
}

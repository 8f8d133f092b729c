//! The page: one file that needs nothing beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, Value, context};
use serde::Serialize;

use crate::model::{Light, Severity};

use super::super::BatchError;
use super::super::record::{FileRecord, GroupRecord, ItemRecord, Link};
use super::super::store::WriteOwnError;
use super::Totals;

const TEMPLATE: &str = include_str!("../../../templates/report.html");

/// So many statuses of an item are drawn; of a longer row the oldest are left out.
const MOST_DRAWN: usize = 24;

/// A group's versions by year.
#[derive(Serialize)]
struct OverviewRow<'a> {
    number: usize,
    group: &'a str,
    /// For each year: how many versions.
    versions: Vec<usize>,
    /// Versions that tell no year.
    without_year: usize,
    items: usize,
    history: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    record: &'a ItemRecord,
    last_entry: Option<String>,
    drawn: Vec<Drawn>,
    /// The drawing in words.
    spoken: String,
    width: usize,
}

/// A status as drawn: colour, sign and where.
#[derive(Serialize)]
struct Drawn {
    x: usize,
    class: &'static str,
    sign: &'static str,
    title: String,
}

#[derive(Serialize)]
struct Quiet<'a> {
    group: &'a str,
    name: &'a str,
    last_entry: Option<String>,
}

/// Writes the page. Long lists become values of the template one by one, as it goes through them.
pub(super) fn write(
    files: &[Arc<FileRecord>],
    groups: &[Arc<GroupRecord>],
    links: Vec<Link>,
    totals: Totals,
    to: &mut dyn Write,
) -> Result<(), WriteOwnError> {
    let years: BTreeSet<i16> = groups.iter().flat_map(|group| &group.versions).filter_map(|v| v.year).collect();
    let years: Vec<i16> = years.into_iter().collect();
    let overview: Vec<_> = groups.iter().enumerate().map(|(number, group)| overview(number, group, &years)).collect();
    let quiet: Vec<_> = groups.iter().flat_map(|group| quiet(group)).collect();
    let those = |wanted: fn(&FileRecord) -> bool| files.iter().filter(|file| wanted(file)).cloned().collect::<Vec<_>>();
    let page = context! {
        totals => Value::from(Serde(totals)),
        overview => Value::from(Serde(overview)),
        years => years,
        groups => lazily(groups.iter().cloned().enumerate().collect(), |(number, group)| self::group(*number, group)),
        files => lazily(files.to_vec(), |file| Value::from(Serde(file))),
        failed => lazily(those(|file| file.status == super::Status::Failed), |file| Value::from(Serde(file))),
        // Documents with leftovers or grave warnings.
        doubtful => lazily(those(is_doubtful), |file| Value::from(Serde(file))),
        quiet => Value::from(Serde(quiet)),
        links => lazily(links, |link| Value::from(Serde(link))),
    };
    let failed = |error: minijinja::Error| BatchError::Report(format!("{error:#}"));
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(failed)?);
    environment.add_filter("path", href);
    environment.add_filter("ending", |path: &str| path.rsplit_once('.').map_or("", |(_, ending)| ending).to_owned());
    environment.add_template("report.html", TEMPLATE).map_err(failed)?;
    let template = environment.get_template("report.html").map_err(failed)?;
    match template.render_captured_to(page, to) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::WriteFailure => Err(unwritten(&error).into()),
        Err(error) => Err(failed(error).into()),
    }
}

/// What the disk said.
fn unwritten(error: &minijinja::Error) -> io::Error {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<io::Error>());
    source
        .map_or_else(|| io::Error::other(error.to_string()), |source| io::Error::new(source.kind(), source.to_string()))
}

/// A list whose elements become values when the template comes to them, and are forgotten after.
fn lazily<T: Send + Sync + 'static>(list: Vec<T>, value: fn(&T) -> Value) -> Value {
    Value::make_object_iterable(list, move |list| Box::new(list.iter().map(value)))
}

/// A group as the template takes it.
fn group(number: usize, record: &Arc<GroupRecord>) -> Value {
    let items: Vec<Item<'_>> = record.items.iter().map(item).collect();
    context! { number => number, record => Value::from(Serde(record)), items => Value::from(Serde(items)) }
}

fn overview<'a>(number: usize, group: &'a GroupRecord, years: &[i16]) -> OverviewRow<'a> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for year in group.versions.iter().filter_map(|version| version.year) {
        *counts.entry(year).or_default() += 1;
    }
    OverviewRow {
        number,
        group: &group.group,
        versions: years.iter().map(|year| counts.get(year).copied().unwrap_or(0)).collect(),
        without_year: group.versions.iter().filter(|version| version.year.is_none()).count(),
        items: group.items.len(),
        history: group.history.as_deref(),
    }
}

fn is_doubtful(file: &FileRecord) -> bool {
    file.documents.iter().any(|document| {
        document.coverage < 1.0
            || !document.leftovers.is_empty()
            || !document.not_written.is_empty()
            || document.warnings.iter().any(|warning| warning.severity == Severity::Error)
    })
}

fn quiet(group: &GroupRecord) -> Vec<Quiet<'_>> {
    let items = group.items.iter().filter(|item| item.quiet);
    items
        .map(|item| Quiet {
            group: &group.group,
            name: &item.name,
            last_entry: item.last_entry.map(|date| date.to_string()),
        })
        .collect()
}

/// A relative path as a link.
fn href(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::with_capacity(path.len()), |mut link, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => link.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(link, "%{byte:02X}")),
        }
        link
    })
}

/// The width of one light as drawn.
const STEP: usize = 18;

fn item(record: &ItemRecord) -> Item<'_> {
    let from = record.statuses.len().saturating_sub(MOST_DRAWN);
    let mut drawn = Vec::new();
    let mut spoken = Vec::new();
    let mut x = 0;
    for status in &record.statuses[from..] {
        let when = status.date.map_or_else(|| "nu".to_owned(), |date| date.to_string());
        let looks: Vec<Look> = match status.lights.as_slice() {
            [] => vec![WORDS],
            lights => lights.iter().map(|light| look(*light)).collect(),
        };
        let words: Vec<&str> = looks.iter().map(|look| look.word).collect();
        let text = if status.text.is_empty() { String::new() } else { format!(": {}", status.text) };
        let title = format!("{when}: {}{text}", words.join(" och "));
        spoken.push(format!("{when} {}", words.join(" och ")));
        for look in looks {
            drawn.push(Drawn { x, class: look.class, sign: look.sign, title: title.clone() });
            x += STEP;
        }
        x += STEP / 6;
    }
    let last_entry = record.last_entry.map(|date| date.to_string());
    Item { record, last_entry, drawn, spoken: spoken.join(", "), width: x.max(STEP) }
}

/// How a status is drawn: never by colour alone.
struct Look {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
}

const WORDS: Look = Look { class: "words", sign: "…", word: "i ord" };

fn look(light: Light) -> Look {
    let (class, sign, word) = match light {
        Light::Green => ("green", "G", "grön"),
        Light::Yellow => ("yellow", "!", "gul"),
        Light::Red => ("red", "✕", "röd"),
        Light::Closed => ("closed", "✓", "avslutad"),
    };
    Look { class, sign, word }
}

//! The timeline's geometry: where each item's line, lights and entries stand.

use jiff::civil::{Date, date};
use serde::Serialize;

use crate::model::{EntryDate, Light};
use crate::review::diff::Version;
use crate::review::history::{History, ItemHistory};

use super::history::short;
use super::names;

/// Measures in the picture's own units.
const NAMES: f64 = 330.0;
const WIDTH: f64 = 940.0;
const MARGIN: f64 = 24.0;
const TOP: f64 = 46.0;
const ROW: f64 = 30.0;
/// Letters of a name that have room beside its line.
const NAME: usize = 44;

/// A picture of all items over time.
#[derive(Serialize)]
pub(super) struct Chart {
    width: f64,
    height: f64,
    /// The turns of the years.
    years: Vec<Tick>,
    /// The versions.
    versions: Vec<Tick>,
    rows: Vec<Row>,
}

/// A place on the line of time.
#[derive(Serialize)]
struct Tick {
    x: f64,
    label: String,
}

/// An item's line.
#[derive(Serialize)]
struct Row {
    y: f64,
    name: String,
    from: f64,
    to: f64,
    lights: Vec<Dot>,
    entries: Vec<Tick>,
}

/// An item's status in a version.
#[derive(Serialize)]
struct Dot {
    x: f64,
    /// green, yellow, red, closed, none.
    light: &'static str,
    /// Two letters, for those who do not see the colour.
    sign: &'static str,
    label: String,
}

/// Lays the history out.
pub(super) fn chart(history: &History) -> Chart {
    let days: Vec<Date> = (0..history.versions.len()).map(|number| day_of(&history.versions[number])).collect();
    let entries = history.items.iter().flat_map(|item| &item.entries).filter_map(|entry| entry.date).map(middle);
    let all: Vec<Date> = days.iter().copied().chain(entries).collect();
    let fallback = date(2000, 1, 1);
    let first = all.iter().min().copied().unwrap_or(fallback);
    let last = all.iter().max().copied().unwrap_or(fallback);
    let span = f64::from((last - first).get_days()).max(1.0);
    let x = |day: Date| {
        let share = f64::from((day - first).get_days()) / span;
        rounded(NAMES + MARGIN + share * (WIDTH - NAMES - 2.0 * MARGIN))
    };
    let years = (first.year()..=last.year())
        .filter_map(|year| Date::new(year, 1, 1).ok())
        .filter(|day| *day >= first)
        .map(|day| Tick { x: x(day), label: day.year().to_string() })
        .collect();
    let versions = days.iter().enumerate().map(|(number, day)| Tick { x: x(*day), label: short(history, number) });
    let rows = history.items.iter().enumerate().map(|(number, item)| row(number, item, history, &days, &x));
    Chart {
        width: WIDTH,
        height: TOP + ROW * history.items.len() as f64 + 12.0,
        years,
        versions: versions.collect(),
        rows: rows.collect(),
    }
}

fn row(number: usize, item: &ItemHistory, history: &History, days: &[Date], x: &impl Fn(Date) -> f64) -> Row {
    let lights: Vec<Dot> = item
        .appearances
        .iter()
        .map(|seen| {
            let (light, sign) = match seen.status.lights.first().map(|light| light.light) {
                Some(Light::Green) => ("green", "Gr"),
                Some(Light::Yellow) => ("yellow", "Gu"),
                Some(Light::Red) => ("red", "Rö"),
                Some(Light::Closed) => ("closed", "✓"),
                None => ("none", ""),
            };
            let label = format!("{}: {}", short(history, seen.version), names::lights(&seen.status));
            Dot { x: x(days[seen.version]), light, sign, label }
        })
        .collect();
    let dated = item.entries.iter().filter_map(|entry| entry.date);
    let entries: Vec<Tick> = dated.map(|date| Tick { x: x(middle(date)), label: date.to_string() }).collect();
    let places = || lights.iter().map(|dot| dot.x).chain(entries.iter().map(|tick| tick.x));
    let mut name: String = item.name.chars().take(NAME).collect();
    if name.len() < item.name.len() {
        name = format!("{}…", name.trim_end());
    }
    Row {
        y: TOP + ROW * (number as f64 + 0.5),
        name,
        from: places().fold(WIDTH, f64::min),
        to: places().fold(NAMES, f64::max),
        lights,
        entries,
    }
}

/// The day that a version stands at: its update, else the middle of its year.
fn day_of(version: &Version) -> Date {
    let year = version.year.filter(|year| (1990..2100).contains(year)).unwrap_or(2000);
    version.updated.unwrap_or_else(|| date(year, 7, 1))
}

fn middle(date: EntryDate) -> Date {
    match date {
        EntryDate::Day(day) => day,
        EntryDate::Year(year) => Date::new(year, 7, 1).unwrap_or(Date::constant(2000, 7, 1)),
    }
}

/// One decimal: pictures need no more, and the last bits differ from machine to machine.
fn rounded(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

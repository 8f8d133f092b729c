//! What a merge did, as a page that a person can read: one file, no scripts, nothing fetched.

use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;

use crate::merge::matching::How;
use crate::merge::{Conflict, ConflictKind, Doubtful, MergeReport, telling_name};
use crate::model::{Block, EntryDate, Plan};

use super::WriteError;
use super::places::place_in_file;

const PAGE: &str = include_str!("../../templates/merge_report.html");

/// What the page shows.
#[derive(Serialize)]
struct Page<'a> {
    title: String,
    versions: &'a [String],
    unused_decisions: &'a [String],
    doubtful: Vec<Question<'a>>,
    conflicts: Vec<Sides<'a>>,
    items: Vec<Row>,
}

/// Two items that may be one.
#[derive(Serialize)]
struct Question<'a> {
    #[serde(flatten)]
    pair: &'a Doubtful,
    percent: u32,
    older_place: String,
    newer_place: String,
}

impl<'a> Question<'a> {
    fn new(pair: &'a Doubtful) -> Self {
        let place = |source: &Option<String>| source.as_deref().map(place_in_file).unwrap_or_default();
        let (older_place, newer_place) = (place(&pair.older_source), place(&pair.newer_source));
        Self { pair, percent: percent(pair.likeness), older_place, newer_place }
    }
}

/// A conflict, its texts as lines.
#[derive(Serialize)]
struct Sides<'a> {
    name: &'a str,
    kind: ConflictKind,
    date: Option<EntryDate>,
    old: Vec<String>,
    new: Vec<String>,
}

impl<'a> Sides<'a> {
    fn new(conflict: &'a Conflict) -> Self {
        let lines = |blocks: &[Block]| blocks.iter().map(Block::text).collect();
        let Conflict { kind, date, name, .. } = conflict;
        Self { name, kind: *kind, date: *date, old: lines(&conflict.old), new: lines(&conflict.new) }
    }
}

/// An item of the merged plan, as the page's table shows it.
#[derive(Serialize)]
struct Row {
    name: String,
    pairs: Vec<Told>,
    wordings: usize,
    statuses: usize,
    entries: usize,
    last_seen: Option<String>,
}

/// What told that an item is one with an older.
#[derive(Serialize)]
struct Told {
    how: How,
    percent: u32,
}

/// The page (HTML) for a merged plan and its report.
pub fn write(plan: &Plan, report: &MergeReport) -> Result<Vec<u8>, WriteError> {
    let rows: Vec<Row> = plan
        .items()
        .map(|item| Row {
            name: telling_name(item),
            pairs: report
                .pairs
                .iter()
                .filter(|pair| pair.older == item.id)
                .map(|pair| Told { how: pair.how, percent: percent(pair.confidence) })
                .collect(),
            wordings: item.wording_history.len(),
            statuses: item.status_history.len(),
            entries: item.follow_up.len(),
            last_seen: item.last_seen.clone(),
        })
        .collect();
    let title = plan.title.clone().or_else(|| plan.group.clone()).unwrap_or_default();
    let page = Page {
        title,
        versions: &report.versions,
        unused_decisions: &report.unused_decisions,
        doubtful: report.doubtful.iter().map(Question::new).collect(),
        conflicts: report.conflicts.iter().map(Sides::new).collect(),
        items: rows,
    };
    let mut environment = Environment::new();
    environment.add_template("merge_report.html", PAGE).map_err(page_error)?;
    let template = environment.get_template("merge_report.html").map_err(page_error)?;
    Ok(template.render(Value::from(Serde(&page))).map_err(page_error)?.into_bytes())
}

fn percent(share: f32) -> u32 {
    (share * 100.0).round() as u32
}

fn page_error(error: minijinja::Error) -> WriteError {
    WriteError::Pack(Box::new(error))
}

//! What a merge did, as a page that a person can read: one file, no scripts, nothing fetched.

use minijinja::{Environment, Value, context};
use serde::Serialize;

use crate::merge::{How, MergeReport};
use crate::model::{Block, Plan, item_name};

use super::WriteError;

const PAGE: &str = include_str!("../../templates/merge_report.html");

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
            name: item_name(item),
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
    let lines = |blocks: &[Block]| blocks.iter().map(Block::text).collect::<Vec<_>>();
    let doubtful: Vec<Value> = report
        .doubtful
        .iter()
        .map(|pair| context! { percent => percent(pair.likeness), ..Value::from_serialize(pair) })
        .collect();
    let conflicts: Vec<Value> = report
        .conflicts
        .iter()
        .map(|conflict| {
            let (old, new) = (lines(&conflict.old), lines(&conflict.new));
            context! { old, new, ..Value::from_serialize(conflict) }
        })
        .collect();
    let title = plan.title.clone().or_else(|| plan.group.clone()).unwrap_or_default();
    let report = context! { doubtful, conflicts, ..Value::from_serialize(report) };
    let mut environment = Environment::new();
    environment.add_template("merge_report.html", PAGE).map_err(page_error)?;
    let page = environment.get_template("merge_report.html").map_err(page_error)?;
    Ok(page.render(context! { title, report, items => rows }).map_err(page_error)?.into_bytes())
}

fn percent(share: f32) -> u32 {
    (share * 100.0).round() as u32
}

fn page_error(error: minijinja::Error) -> WriteError {
    WriteError::Pack(Box::new(error))
}

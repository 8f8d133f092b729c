//! `report.html`, `report.json` and, where asked for, `entries.csv`: what became of an archive.

mod entries;
mod page;

use serde::Serialize;

use crate::open::sha256;
use crate::write::Format;

use super::record::{FileRecord, GroupRecord, Link, Status};
use super::store::Store;
use super::{BatchError, Settings};

/// The files that a run writes beside the outputs.
const HTML: &str = "report.html";
const JSON: &str = "report.json";
const CSV: &str = "entries.csv";

/// `report.json`.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: &'static str,
    program: String,
    summary: Totals,
    files: &'a [FileRecord],
    groups: &'a [GroupRecord],
    links: &'a [Link],
}

/// An archive in numbers.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Totals {
    files: usize,
    converted: usize,
    failed: usize,
    left_out: usize,
    plans: usize,
    supporting_documents: usize,
    groups: usize,
    items: usize,
    entries: usize,
}

impl Totals {
    fn of(files: &[FileRecord], groups: &[GroupRecord]) -> Self {
        let mut totals = Self { files: files.len(), groups: groups.len(), ..Self::default() };
        for file in files {
            match file.status {
                Status::Converted => totals.converted += 1,
                Status::Failed => totals.failed += 1,
                Status::LeftOut => totals.left_out += 1,
            }
            let plans = file.documents.iter().filter(|document| document.document_type.is_none()).count();
            totals.plans += plans;
            totals.supporting_documents += file.documents.len() - plans;
        }
        for item in groups.iter().flat_map(|group| &group.items) {
            totals.items += 1;
            totals.entries += item.entries;
        }
        totals
    }
}

/// What the report would be made of, as a fingerprint.
pub(super) fn inputs(files: &[FileRecord], groups: &[GroupRecord], settings: &str) -> Result<String, BatchError> {
    let json = serde_json::to_vec(&(files, groups)).map_err(|error| BatchError::Report(error.to_string()))?;
    Ok(sha256(format!("{settings} {}", sha256(&json)).as_bytes()))
}

/// Whether the report's files are there.
pub(super) fn stands(store: &Store, settings: &Settings) -> bool {
    let csv = settings.formats.contains(&Format::Csv).then_some(CSV);
    [HTML, JSON].into_iter().chain(csv).all(|file| store.stands(file, None))
}

/// Writes the report.
pub(super) fn write(
    files: &[FileRecord],
    groups: &[GroupRecord],
    links: &[Link],
    settings: &Settings,
    store: &Store,
) -> Result<(), BatchError> {
    let summary = Totals::of(files, groups);
    let program = concat!("handlingsplan ", env!("CARGO_PKG_VERSION")).to_owned();
    let report = Report { schema_version: "1", program, summary, files, groups, links };
    let failed = |error: serde_json::Error| BatchError::Report(error.to_string());
    let mut json = serde_json::to_vec_pretty(&report).map_err(failed)?;
    json.push(b'\n');
    store.put_own(JSON, &json)?;
    drop(json);
    store.put_own(HTML, page::render(files, groups, links, summary)?.as_bytes())?;
    if settings.formats.contains(&Format::Csv) {
        store.put_own(CSV, &entries::table(files, groups, store)?)?;
    }
    Ok(())
}

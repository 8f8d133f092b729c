//! `report.html`, `report.json` and, where asked for, `entries.csv`: what became of an archive.

mod entries;
mod page;

use std::sync::Arc;

use serde::Serialize;

use crate::open::{sha256, sha256_of_json};
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
    files: &'a [Arc<FileRecord>],
    groups: &'a [Arc<GroupRecord>],
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
    fn of(files: &[Arc<FileRecord>], groups: &[Arc<GroupRecord>]) -> Self {
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
pub(super) fn inputs(
    files: &[Arc<FileRecord>],
    groups: &[Arc<GroupRecord>],
    settings: &str,
) -> Result<String, BatchError> {
    let records = sha256_of_json(&(files, groups)).map_err(|error| BatchError::Report(error.to_string()))?;
    Ok(sha256(format!("{settings} {records}").as_bytes()))
}

/// Whether the report's files are there.
pub(super) fn stands(store: &Store, settings: &Settings) -> bool {
    let csv = settings.formats.contains(&Format::Csv).then_some(CSV);
    [HTML, JSON].into_iter().chain(csv).all(|file| store.stands(file, None))
}

/// Writes the report, piece by piece: what it says of thousands of files is never whole in the memory.
pub(super) fn write(
    files: &[Arc<FileRecord>],
    groups: &[Arc<GroupRecord>],
    links: Vec<Link>,
    settings: &Settings,
    store: &Store,
) -> Result<(), BatchError> {
    let summary = Totals::of(files, groups);
    let program = concat!("handlingsplan ", env!("CARGO_PKG_VERSION")).to_owned();
    let report = Report { schema_version: "1", program, summary, files, groups, links: &links };
    store.make_own(JSON, |to| {
        serde_json::to_writer_pretty(&mut *to, &report).map_err(std::io::Error::from)?;
        Ok(to.write_all(b"\n")?)
    })?;
    store.make_own(HTML, |to| page::write(files, groups, links, summary, to))?;
    if settings.formats.contains(&Format::Csv) {
        store.make_own(CSV, |to| entries::write(files, groups, store, to))?;
    }
    Ok(())
}

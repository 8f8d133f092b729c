//! Every entry of the archive as a row: those of the histories, and those of plans that name no group.

use std::io::{self, Write};
use std::sync::Arc;

use crate::model::Document;
use crate::write::csv::Table;

use super::super::record::{FileRecord, GroupRecord};
use super::super::store::{Store, WriteOwnError};

/// Writes the rows, one plan in the memory at a time.
pub(super) fn write(
    files: &[Arc<FileRecord>],
    groups: &[Arc<GroupRecord>],
    store: &Store,
    to: &mut dyn Write,
) -> Result<(), WriteOwnError> {
    let histories = groups.iter().filter_map(|group| group.history.as_ref());
    let alone = files.iter().flat_map(|file| &file.documents);
    let alone = alone.filter(|document| document.group.is_none() && document.document_type.is_none());
    let mut table = Table::new(to).map_err(io::Error::other)?;
    for path in histories.chain(alone.map(|document| &document.model)) {
        if let Ok(Document::ActionPlan(plan)) = serde_json::from_slice(&store.get(path)?) {
            table.add(&plan).map_err(io::Error::other)?;
        }
    }
    table.finish().map_err(io::Error::other)?;
    Ok(())
}

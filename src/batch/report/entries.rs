//! Every entry of the archive as a row: those of the histories, and those of plans that name no group.

use crate::model::Document;
use crate::write::csv::Table;

use super::super::BatchError;
use super::super::record::{FileRecord, GroupRecord};
use super::super::store::Store;

pub(super) fn table(files: &[FileRecord], groups: &[GroupRecord], store: &Store) -> Result<Vec<u8>, BatchError> {
    let histories = groups.iter().filter_map(|group| group.history.as_ref());
    let alone = files.iter().flat_map(|file| &file.documents);
    let alone = alone.filter(|document| document.group.is_none() && document.document_type.is_none());
    let mut table = Table::new();
    for path in histories.chain(alone.map(|document| &document.model)) {
        if let Ok(Document::ActionPlan(plan)) = serde_json::from_slice(&store.get(path)?) {
            table.add(&plan);
        }
    }
    table.finish().map_err(|error| BatchError::Report(error.to_string()))
}

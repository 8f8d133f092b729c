//! The model as JSON.

use super::{WriteError, WriteOptions};
use crate::model::{Document, Warned};

/// [`write`] for the table of formats.
pub(super) fn render(document: &Document, _: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    Ok(Warned::clean(write(document)))
}

/// The document as indented JSON with a newline at the end.
pub fn write(document: &Document) -> Vec<u8> {
    // Writing to memory cannot fail, and the model has no maps with keys that are no strings.
    let mut json = serde_json::to_vec_pretty(document).unwrap_or_default();
    json.push(b'\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Plan;

    #[test]
    fn the_json_reads_back_as_the_same() {
        let document = Document::ActionPlan(Plan { title: Some("Plan".into()), ..Plan::default() });
        let json = write(&document);
        assert!(json.ends_with(b"}\n"));
        assert_eq!(serde_json::from_slice::<Document>(&json).unwrap(), document);
    }
}

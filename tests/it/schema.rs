//! Every model that is produced is valid by the schema that `handlingsplan schema` prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use support::{convert, fixture};

#[test]
fn every_shipped_document_is_valid() {
    let schema = serde_json::to_value(handlingsplan::model::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folders = [("plans", "docx"), ("plans", "xlsx"), ("supporting", "docx")];
    let mut seen = 0;
    for (folder, ending) in folders {
        for file in std::fs::read_dir(format!("{}/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if !name.ends_with(&format!(".{ending}")) {
                continue;
            }
            let model = serde_json::to_value(convert(&fixture(&format!("{folder}/{name}")), &name)).unwrap();
            let errors: Vec<String> = validator.iter_errors(&model).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:?}");
            seen += 1;
        }
    }
    assert!(seen >= 8);
    // The schema says no to what is no model.
    assert!(!validator.is_valid(&serde_json::json!({ "kind": "action_plan" })));
    assert!(!validator.is_valid(&serde_json::json!({ "kind": "shopping_list" })));
}

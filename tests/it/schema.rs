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

/// What each command writes as JSON is valid by the schema that `schema --of` prints for it.
#[test]
fn what_the_commands_write_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let program = || assert_cmd::Command::cargo_bin("handlingsplan").unwrap();
    let plan = |year: u16| format!("{}/fixtures/plans/rpo-md-{year}.docx", env!("CARGO_MANIFEST_DIR"));
    let report = folder.path().join("rapport.json");
    let merged = folder.path().join("ut.json");
    let run = |arguments: &[&str]| {
        let mut command = program();
        command.args(arguments).env("SOURCE_DATE_EPOCH", "1730000000");
        let output = command.output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{output:?}");
        output.stdout
    };
    let (old, new) = (plan(2023), plan(2024));
    run(&["merge", &old, &new, "-o", merged.to_str().unwrap(), "--report", report.to_str().unwrap()]);
    let cases = [
        ("plan", std::fs::read(&merged).unwrap()),
        ("report", std::fs::read(&report).unwrap()),
        ("diff", run(&["diff", &old, &new, "--to", "json"])),
        ("history", run(&["history", &old, &new, "--to", "json"])),
        ("check", run(&["check", &new, "--format", "json"])),
    ];
    let validators: Vec<_> = cases
        .iter()
        .map(|(of, _)| {
            let schema: serde_json::Value = serde_json::from_slice(&run(&["schema", "--of", of])).unwrap();
            jsonschema::validator_for(&schema).unwrap()
        })
        .collect();
    for (number, (of, json)) in cases.iter().enumerate() {
        let json: serde_json::Value = serde_json::from_slice(json).unwrap();
        for (other, validator) in validators.iter().enumerate() {
            let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert_eq!(errors.is_empty(), other == number, "{of} by the schema of {}: {errors:?}", cases[other].0);
        }
    }
    assert_eq!(run(&["schema"]), run(&["schema", "--of", "plan"]));
}

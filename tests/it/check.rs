//! `check` as a person and as a program run it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn check(plan: &str, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("handlingsplan").unwrap();
    // The plan's path differs from machine to machine; standard input has one name everywhere.
    command.args(["check", "-"]).args(args).write_stdin(std::fs::read(fixture(plan)).unwrap()).assert()
}

fn printed(plan: &str, args: &[&str]) -> String {
    String::from_utf8(check(plan, args).code(3).get_output().stdout.clone()).unwrap()
}

#[test]
fn the_remarks_on_each_years_plan() {
    for (year, today) in [("2023", "2023-10-01"), ("2024", "2024-09-18"), ("2025", "2025-06-01")] {
        let text = printed(&format!("plans/rpo-md-{year}.docx"), &["--today", today]);
        insta::assert_snapshot!(format!("remarks_{year}"), text);
    }
}

#[test]
fn a_plan_of_an_earlier_year_is_judged_as_of_the_january_after() {
    let by_clock = |epoch: &str| {
        let mut command = Command::cargo_bin("handlingsplan").unwrap();
        command.env("SOURCE_DATE_EPOCH", epoch).arg("check").arg(fixture("plans/rpo-md-2023.docx"));
        command.assert().code(3).get_output().stdout.clone()
    };
    assert_eq!(by_clock("1893456000"), by_clock("1735689600"));
    let mut command = Command::cargo_bin("handlingsplan").unwrap();
    command.env("SOURCE_DATE_EPOCH", "i går").arg("check").arg(fixture("plans/rpo-md-2023.docx"));
    command.assert().code(1).stderr(contains("SOURCE_DATE_EPOCH"));
}

#[test]
fn json_and_sarif_tell_the_same() {
    let today = ["--today", "2024-09-18", "--format"];
    let plan = "plans/rpo-md-2024.xlsx";
    let json: Value = serde_json::from_str(&printed(plan, &[&today[..], &["json"]].concat())).unwrap();
    let sarif: Value = serde_json::from_str(&printed(plan, &[&today[..], &["sarif"]].concat())).unwrap();
    let remarks = json["plans"][0]["remarks"].as_array().unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(!remarks.is_empty());
    assert_eq!(remarks.len(), results.len());
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for (remark, result) in remarks.iter().zip(results) {
        assert_eq!(remark["code"], result["ruleId"]);
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().unwrap().starts_with(remark["message"].as_str().unwrap()));
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "standard%20in");
    }
    // Validated against the OASIS schema by hand; what it asks for is held here.
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["$schema"].as_str().unwrap().starts_with("https://"));
}

#[test]
fn every_form_of_a_plan_gets_the_same_remarks() {
    for year in ["2023", "2024", "2025"] {
        let messages = |form: &str| -> Vec<String> {
            let json = printed(&format!("plans/rpo-md-{year}.{form}"), &["--today", "2025-06-01", "--format", "json"]);
            let json: Value = serde_json::from_str(&json).unwrap();
            let remarks = json["plans"][0]["remarks"].as_array().unwrap().clone();
            // Messages and names may hold places and line ends, which differ between forms.
            remarks.iter().map(|remark| remark["code"].to_string()).collect()
        };
        let word = messages("docx");
        assert_eq!(messages("xlsx"), word, "{year} in Excel");
        assert_eq!(messages("docx.pdf"), word, "{year} in PDF");
    }
}

#[test]
fn a_letter_is_no_plan_to_check() {
    check("supporting/skrivelse-2019.docx", &[]).code(1).stdout("").stderr(contains("handlingsplan"));
}

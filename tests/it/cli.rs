//! The command line, as a person runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::model::Document;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::TempDir;

fn program() -> Command {
    Command::cargo_bin("handlingsplan").unwrap()
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn folder() -> TempDir {
    // Folders of people have letters and spaces in them.
    tempfile::Builder::new().prefix("Möten och åtgärder ").tempdir().unwrap()
}

#[test]
fn convert_writes_the_model_to_a_file_or_to_standard_output() {
    let folder = folder();
    let plan = fixture("plans/rpo-md-2024.docx");
    let out = folder.path().join("plan å.json");
    program().arg("convert").arg(&plan).arg("-o").arg(&out).assert().success().stdout("");
    let printed = program().arg("convert").arg(&plan).assert().success().get_output().stdout.clone();
    assert_eq!(std::fs::read(&out).unwrap(), printed);
    let document: Document = serde_json::from_slice(&printed).unwrap();
    assert!(matches!(document, Document::ActionPlan(plan) if plan.year == Some(2024)));
}

#[test]
fn standard_input_and_output_are_a_dash() {
    let plan = std::fs::read(fixture("plans/rpo-md-2024.docx")).unwrap();
    program()
        .args(["convert", "-", "-o", "-"])
        .write_stdin(plan)
        .assert()
        .success()
        .stdout(contains("\"action_plan\""));
}

#[test]
fn update_merges_notes_and_says_what_needs_a_person() {
    let folder = folder();
    let out = folder.path().join("plan.json");
    let report = folder.path().join("report.json");
    program()
        .arg("update")
        .arg(fixture("plans/rpo-md-2024.docx"))
        .arg("--notes")
        .arg(fixture("notes/rpo-md-2024-09-18.md"))
        .arg("-o")
        .arg(&out)
        .arg("--report")
        .arg(&report)
        .assert()
        .code(3)
        .stdout("")
        .stderr(contains("Blodförsörjning vid kris"));
    assert!(report.is_file());
    let document: Document = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    let Document::ActionPlan(plan) = document else { unreachable!("it was a plan") };
    assert_eq!(plan.unplaced.len(), 2);
}

#[test]
fn an_output_is_never_its_own_input_and_replaces_nothing_unasked() {
    let folder = folder();
    let copy = folder.path().join("plan.docx");
    std::fs::copy(fixture("plans/rpo-md-2024.docx"), &copy).unwrap();
    let before = std::fs::read(&copy).unwrap();
    for force in [false, true] {
        let mut command = program();
        command.arg("convert").arg(&copy).arg("-o").arg(&copy);
        if force {
            command.arg("--force");
        }
        command.assert().code(1).stderr(contains("indata").or(contains("finns redan")));
    }
    assert_eq!(std::fs::read(&copy).unwrap(), before);
    let out = folder.path().join("plan.json");
    std::fs::write(&out, "kvar").unwrap();
    program().arg("convert").arg(&copy).arg("-o").arg(&out).assert().code(1).stderr(contains("--force"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "kvar");
    program().arg("convert").arg(&copy).arg("-o").arg(&out).arg("--force").assert().success();
}

#[test]
fn bad_input_gives_one_clear_message_and_writes_nothing() {
    let folder = folder();
    let plan = std::fs::read(fixture("plans/rpo-md-2024.docx")).unwrap();
    let cases: [(&str, &[u8], &str); 4] = [
        ("tom.docx", b"", "filen är tom"),
        ("text.docx", b"Det var en gang en text som inte ar en zip-fil", "format"),
        ("avhuggen.docx", &plan[..plan.len() / 2], "skadad"),
        ("modell.json", b"{\"kind\": \"action_plan\"}", "ingen modell"),
    ];
    for (name, bytes, message) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let out = folder.path().join("ut.docx");
        program()
            .arg("convert")
            .arg(&path)
            .arg("-o")
            .arg(&out)
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains(message))
            .stderr(contains(name));
        assert!(!out.exists(), "{name}");
    }
    program()
        .args(["convert", "finns-inte.docx"])
        .assert()
        .code(1)
        .stderr(contains("finns inte").and(contains("Kontrollera namnet")));
    program().arg("convert").arg(folder.path()).assert().code(1).stderr(contains("mapp"));
    let out = folder.path().join("ingen mapp").join("plan.json");
    program()
        .arg("convert")
        .arg(fixture("plans/rpo-md-2024.docx"))
        .arg("-o")
        .arg(&out)
        .assert()
        .code(1)
        .stderr(contains("ingen mapp"));
}

/// A folder that is not there is made, and gets a file for each plan.
#[test]
fn an_output_that_ends_as_a_folder_is_one() {
    let folder = folder();
    let out = format!("{}/ny mapp/", folder.path().display());
    let plan = fixture("plans/rpo-md-2024.docx");
    program().arg("convert").arg(&plan).args(["--to", "md", "-o"]).arg(&out).assert().success();
    assert!(Path::new(&out).join("rpo-md-2024.md").exists());
}

#[test]
fn a_template_that_would_not_show_is_told() {
    let folder = folder();
    let template = fixture("templates/edited-in-libreoffice.docx");
    let plan = fixture("plans/rpo-md-2024.docx");
    let out = folder.path().join("plan.html");
    let convert = |out: &Path| {
        let mut program = program();
        program.arg("convert").arg(&plan).arg("--template").arg(&template).arg("-o").arg(out);
        program.assert()
    };
    convert(&out).failure().code(1).stderr(contains("har ingen mall").and(contains(".docx")));
    assert!(!out.exists());
    convert(&folder.path().join("plan.docx")).success();
    program()
        .args(["update", "--keep-layout", "--notes"])
        .arg(fixture("notes/rpo-md-2024-09-18.md"))
        .arg("--template")
        .arg(&template)
        .arg("-o")
        .arg(folder.path().join("b.docx"))
        .arg("--")
        .arg(&plan)
        .assert()
        .failure()
        .stderr(contains("--keep-layout"));
}

#[test]
fn wrong_usage_is_status_2() {
    program().assert().code(2);
    program().args(["convert"]).assert().code(2);
    program().args(["update", "a.docx", "--notes", "b.md", "-o", "c.docx", "--meeting", "i går"]).assert().code(2);
}

#[test]
fn a_users_column_headings_are_known() {
    let folder = folder();
    let columns = folder.path().join("rubriker.toml");
    std::fs::write(&columns, "[[column]]\nfield = \"activities\"\nheadings = [\"Det vi gör\"]\n").unwrap();
    let plan = fixture("plans/rpo-md-2024.docx");
    program().arg("convert").arg(&plan).arg("--columns").arg(&columns).assert().success();
    std::fs::write(&columns, "[[column]]\nfield = \"nej\"\nheadings = []\n").unwrap();
    program()
        .arg("convert")
        .arg(&plan)
        .arg("--columns")
        .arg(&columns)
        .assert()
        .code(1)
        .stderr(contains("rubriker.toml"));
}

#[test]
fn tables_are_written_one_a_line() {
    for file in ["plans/rpo-md-2024.docx", "plans/rpo-md-2024.xlsx", "plans/rpo-md-2024.docx.pdf"] {
        let out = program().arg("tables").arg(fixture(file)).assert().success().get_output().stdout.clone();
        let text = String::from_utf8(out).unwrap();
        let first = text.lines().find(|line| line.contains("Aktiviteter")).unwrap();
        let table: serde_json::Value = serde_json::from_str(first).unwrap();
        assert!(table["rows"].as_array().unwrap().len() >= 2, "{file}");
    }
}

#[test]
fn schema_completions_man_and_template() {
    program().arg("schema").assert().success().stdout(contains("https://json-schema.org/draft/2020-12/schema"));
    program().args(["completions", "powershell"]).assert().success().stdout(contains("handlingsplan"));
    program().arg("man").assert().success().stdout(contains(".TH handlingsplan"));
    let folder = folder();
    let template = folder.path().join("mall.docx");
    program().args(["template", "export", "-o"]).arg(&template).assert().success();
    let out = folder.path().join("plan.docx");
    program()
        .arg("convert")
        .arg(fixture("plans/rpo-md-2024.docx"))
        .arg("-o")
        .arg(&out)
        .arg("--template")
        .arg(&template)
        .assert()
        .success();
}

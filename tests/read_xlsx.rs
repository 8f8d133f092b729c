//! Spreadsheets as read: one test a feature, on files that the test makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(missing_docs, reason = "tests")]

#[path = "support/gold.rs"]
#[allow(unreachable_pub, dead_code)]
mod gold;

use gold::{Gold, plan};
use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::model;
use handlingsplan::page::Document;
use handlingsplan::read::{ReadOptions, xlsx};

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read(bytes: &[u8]) -> Document {
    xlsx::read(bytes, &ReadOptions::default()).unwrap()
}

fn meaning(document: &Document) -> Vec<model::Document> {
    let file = model::SourceFile { file: "x".into(), format: document.format.into(), sha256: String::new() };
    interpret(document, &file, &Vocabulary::standard().unwrap())
}

fn check(path: &str, gold: &str) {
    let document = read(&fixture(path));
    let plan = plan(meaning(&document).remove(0));
    let json = |gold: &Gold| serde_json::to_string_pretty(gold).unwrap();
    let (got, want) = (json(&Gold::of(&plan)), json(&Gold::load(gold)));
    let first = got.lines().zip(want.lines()).find(|(a, b)| a != b);
    assert!(got == want, "{path}: first difference: {first:#?}");
    assert_eq!(plan.reading.coverage, 1.0, "{path}: {:?}", plan.reading);
}

#[test]
fn the_plans_are_read_whole() {
    for year in [2023, 2024, 2025] {
        check(&format!("plans/rpo-md-{year}.xlsx"), &format!("rpo-md-{year}"));
    }
}

#[test]
fn the_plans_saved_by_libreoffice_are_read_the_same() {
    for year in [2023, 2024, 2025] {
        for ending in ["ods", "xls"] {
            check(&format!("xlsx/saved-by-libreoffice-{year}.{ending}"), &format!("rpo-md-{year}"));
        }
    }
}

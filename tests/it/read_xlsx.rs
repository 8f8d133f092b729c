//! Spreadsheets as read: one test a feature, on files that the test makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(missing_docs, reason = "tests")]

use crate::support::gold::{Gold, plan};
use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::model;
use handlingsplan::page::{Document, Node, PartKind, Rgb, Table};
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

fn first_table(document: &Document) -> &Table {
    let tables = document.parts.iter().flat_map(|part| &part.nodes).find_map(|node| match node {
        Node::Table(table) => Some(table),
        Node::Paragraph(_) => None,
    });
    tables.unwrap()
}

#[test]
fn text_under_a_merged_cell_is_a_leftover() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "over", &rust_xlsxwriter::Format::new()).unwrap();
    sheet.write(0, 1, "under").unwrap();
    let document = read(&book.save_to_buffer().unwrap());
    assert_eq!(first_table(&document).rows[0].cells[0].text(), "over");
    let hidden = document.parts.iter().find(|part| part.kind == PartKind::Hidden).unwrap();
    assert_eq!(hidden.nodes.len(), 1);
}

#[test]
fn fills_days_and_hidden_rows() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let fill = Format::new().set_background_color("#00B050");
    let day = Format::new().set_num_format("d mmm yyyy");
    sheet.write(0, 0, "a").unwrap();
    sheet.write_blank(0, 1, &fill).unwrap();
    sheet.write_with_format(0, 2, ExcelDateTime::from_ymd(2024, 6, 14).unwrap(), &day).unwrap();
    sheet.write(1, 0, "b").unwrap();
    sheet.set_row_hidden(1).unwrap();
    let document = read(&book.save_to_buffer().unwrap());
    let rows = &first_table(&document).rows;
    assert_eq!(rows[0].cells[1].fill, Some(Rgb::new(0, 176, 80)));
    assert_eq!(rows[0].cells[2].date, Some(jiff::civil::date(2024, 6, 14)));
    assert!(rows[1].hidden);
    assert_eq!(document.warnings[0].0.code, model::WarningCode::HiddenPart);
}

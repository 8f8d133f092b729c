//! The form for a meeting: written, filled in by people, and read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::merge::{apply_notes, form};
use handlingsplan::model::{BlockKind, Document, EntryDate, Light, Plan, blocks_text};
use handlingsplan::read::{ReadOptions, read};
use handlingsplan::write::form::Form;
use jiff::civil::{Date, date};
use predicates::str::contains;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const MEETING: Date = date(2024, 9, 18);
const HEADINGS: [&str; 5] = ["Id", "Område", "Senaste uppföljning", "Ny uppföljning", "Ny status"];

fn plan() -> Plan {
    match support::convert(&support::fixture("plans/rpo-md-2024.docx"), "plan.docx") {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => unreachable!("it is a plan"),
    }
}

/// A workbook as a person may leave it: rows of cells, and the day on a sheet of its own.
fn workbook(rows: &[Vec<&str>], day: Option<ExcelDateTime>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Anteckningar 2024-09-18").unwrap();
    for (number, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            if !text.is_empty() {
                sheet.write_string(number, column, *text).unwrap();
            }
        }
    }
    if let Some(day) = day {
        let guide = book.add_worksheet();
        guide.write_string(0, 0, "Mötets datum").unwrap();
        guide.write_datetime_with_format(0, 1, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The plan after a form, and what was left for a person.
fn updated(bytes: &[u8]) -> (Plan, Vec<(String, String)>) {
    let mut plan = plan();
    let notes = form::read(&read(bytes, &ReadOptions::default()).unwrap(), &plan).expect("it is a form").value;
    let report = apply_notes(&mut plan, &notes, notes.meeting.unwrap_or(MEETING), "form.xlsx");
    (plan, report.unplaced.into_iter().map(|note| (note.heading, note.reason)).collect())
}

/// What the meeting of a day said about an item, by the first word of its name.
fn said(plan: &Plan, name: &str, day: Date) -> Vec<String> {
    let items = plan.items().filter(|item| item.name().starts_with(name));
    let entries = items.flat_map(|item| &item.follow_up).filter(|entry| entry.date == Some(EntryDate::Day(day)));
    entries.map(|entry| blocks_text(&entry.text)).collect()
}

fn ids(plan: &Plan) -> Vec<String> {
    plan.items().map(|item| item.id.to_string()).collect()
}

#[test]
fn an_empty_form_changes_nothing_but_is_known_as_a_form() {
    let plan = plan();
    let made = Form::new(&plan, MEETING, false);
    assert_eq!(made.len(), plan.items().count());
    for bytes in [made.xlsx().unwrap(), made.docx().unwrap()] {
        let notes = form::read(&read(&bytes, &ReadOptions::default()).unwrap(), &plan).expect("it is a form");
        assert_eq!((notes.value.meeting, notes.value.notes.len(), notes.warnings.len()), (Some(MEETING), 0, 0));
    }
    assert_eq!(made.xlsx().unwrap(), Form::new(&plan, MEETING, false).xlsx().unwrap(), "the same bytes every time");
}

#[test]
fn a_plan_is_no_form() {
    let plan = plan();
    for name in ["plans/rpo-md-2023.xlsx", "plans/rpo-md-2024.docx", "plans/rpo-md-2025.docx.pdf"] {
        let document = read(&support::fixture(name), &ReadOptions::default()).unwrap();
        assert!(form::read(&document, &plan).is_none(), "{name}");
    }
}

#[test]
fn what_people_write_in_cells() {
    let ids = ids(&plan());
    let lines = "Infomöte genomfört.\n- Inera återkommer\n- senast 241115\nMer text";
    let rows = [
        HEADINGS.to_vec(),
        vec![&ids[0], "", "", lines, "gul, väntar på svar"],
        vec![&ids[1], "", "", "240918: Uppdraget är mottaget.", "GRÖN"],
        vec![&ids[2], "", "", "Projektledare tillsatt.\nStatus: röd", ""],
        vec![&ids[3], "", "", "-", "oförändrad"],
        vec!["", "", "", "", ""],
        vec![&ids[4], "", "", "", "avslutad"],
    ];
    let (plan, unplaced) = updated(&workbook(&rows, None));
    assert_eq!(unplaced, []);
    let items: Vec<_> = plan.items().collect();
    let last = items[0].follow_up.last().unwrap();
    assert_eq!(last.text.iter().map(|block| block.kind).filter(|kind| *kind == BlockKind::Bullet).count(), 2);
    assert_eq!(blocks_text(&last.text), "Infomöte genomfört. Inera återkommer senast 241115 Mer text");
    assert_eq!(blocks_text(&items[0].status.text), "väntar på svar");
    assert_eq!(blocks_text(&items[1].follow_up.last().unwrap().text), "Uppdraget är mottaget.");
    let lights: Vec<Option<Light>> = items.iter().map(|item| item.status.lights.first().map(|l| l.light)).collect();
    let wanted = [Some(Light::Yellow), Some(Light::Green), Some(Light::Red), None, Some(Light::Closed)];
    assert_eq!(lights[..5], wanted);
    assert!(said(&plan, "IT-lösningar", MEETING).is_empty());
}

#[test]
fn rows_and_columns_in_any_order_with_damaged_ids() {
    let ids = ids(&plan());
    let rows = [
        vec!["Anteckningar från mötet, tack!"],
        vec!["Ny status", "Ny uppföljning", "Område", "Id"],
        vec!["", "Sist blev först", "", &ids[3]],
        vec!["gul", "Id borta", "Ökad Patologisamverkan inom SÖSR 2023", ""],
        vec!["", "Id skadat", "Behovsrapport PET CT och Cyklotron inom SÖSR", "behovsrap"],
        vec!["", "Ny fråga", "Blodförsörjning vid kris", ""],
        vec!["", "Utan namn", "", ""],
        vec!["", "Fel rad", "Behovsrapport PET CT och Cyklotron inom SÖSR", &ids[0]],
    ];
    let (plan, unplaced) = updated(&workbook(&rows, None));
    assert_eq!(said(&plan, "IT-lösningar", MEETING), ["Sist blev först"]);
    assert_eq!(said(&plan, "Ökad Patologi", MEETING), ["Id borta"]);
    assert_eq!(said(&plan, "Behovsrapport", MEETING), ["Id skadat"]);
    assert!(said(&plan, "Upphandling", MEETING).is_empty(), "an id and a name of two items take nobody");
    let headings: Vec<&str> = unplaced.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "Anteckningar 2024-09-18",
            "Blodförsörjning vid kris",
            "(rad 7)",
            "Behovsrapport PET CT och Cyklotron inom SÖSR"
        ]
    );
    let kept: String = plan.unplaced.iter().map(|note| blocks_text(&note.text)).collect();
    for text in ["tack!", "Ny fråga", "Utan namn", "Fel rad"] {
        assert!(kept.contains(text), "{text} is kept");
    }
}

#[test]
fn words_outside_the_meetings_columns_are_kept_for_a_person() {
    let plan_before = plan();
    let ids = ids(&plan_before);
    let shown = form::rows(&plan_before, true)[0].last.clone();
    let changed = format!("{shown}\nLåst upp och skrivet här");
    let mut headings = HEADINGS.to_vec();
    headings.push("Egen kolumn");
    let rows =
        [headings, vec![&ids[0], "", &changed, "Ny text", "", ""], vec![&ids[1], "", "", "", "", "min kommentar"]];
    let (plan, unplaced) = updated(&workbook(&rows, None));
    assert_eq!(said(&plan, "Upphandling", MEETING), ["Ny text"]);
    assert_eq!(unplaced.len(), 2);
    assert_eq!(blocks_text(&plan.unplaced[0].text), "Låst upp och skrivet här");
    assert_eq!(blocks_text(&plan.unplaced[1].text), "min kommentar");
}

#[test]
fn the_day_is_the_cells_then_the_sheets_name() {
    let ids = ids(&plan());
    let rows = [HEADINGS.to_vec(), vec![&ids[0], "", "", "Nytt", ""]];
    let moved = ExcelDateTime::from_ymd(2024, 9, 25).unwrap();
    let (plan, _) = updated(&workbook(&rows, Some(moved)));
    assert_eq!(said(&plan, "Upphandling", date(2024, 9, 25)), ["Nytt"]);
    let (plan, _) = updated(&workbook(&rows, None));
    assert_eq!(said(&plan, "Upphandling", MEETING), ["Nytt"]);
}

/// The Word form with words in it, as Word would have saved them.
fn filled_in_word(form: &Form) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(form.docx().unwrap())).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "word/document.xml" {
            let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
            // The first empty cell of the first row is for the meeting's words.
            text = text.replacen("<w:p/>", &(paragraph("Infomöte genomfört.") + &paragraph("- ny punkt")), 1);
            text = text.replacen("Välj eller skriv", "gul, väntar", 1);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn the_word_form_is_read_back() {
    let (plan, unplaced) = updated(&filled_in_word(&Form::new(&plan(), MEETING, false)));
    assert_eq!(unplaced, []);
    assert_eq!(said(&plan, "Upphandling", MEETING), ["Infomöte genomfört. ny punkt"]);
    let first = plan.items().next().unwrap();
    assert_eq!(first.status.lights[0].light, Light::Yellow);
    assert_eq!(blocks_text(&first.status.text), "väntar");
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

#[test]
fn from_the_command_line_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let program = || Command::cargo_bin("handlingsplan").unwrap();
    let plan = fixture("plans/rpo-md-2024.docx");
    for name in ["möte.xlsx", "möte.docx"] {
        let made = path(name);
        program().arg("sheet").arg(&plan).args(["--meeting", "2024-09-18", "-o"]).arg(&made).assert().success();
        let out = path(&format!("{name}.json"));
        program().arg("update").arg(&plan).arg("--notes").arg(&made).arg("-o").arg(&out).assert().success();
    }
    program().arg("sheet").arg(&plan).args(["--meeting", "2024-09-18", "-o"]).arg(path("möte.pdf")).assert().code(1);
    program().arg("sheet").arg(&plan).args(["--meeting", "i morgon", "-o"]).arg(path("b.xlsx")).assert().code(2);
    let rows = [HEADINGS.to_vec(), vec!["", "Ny fråga", "", "Text", ""]];
    std::fs::write(path("ifyllt.xlsx"), workbook(&rows, None)).unwrap();
    program()
        .arg("update")
        .arg(&plan)
        .arg("--notes")
        .arg(path("ifyllt.xlsx"))
        .arg("-o")
        .arg(path("plan.json"))
        .assert()
        .code(3)
        .stderr(contains("Ny fråga"));
}

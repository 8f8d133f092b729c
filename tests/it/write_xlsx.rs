//! Plans written as Excel workbooks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::rich_plans;

use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, Xlsx};
use handlingsplan::model::*;
use handlingsplan::write::{Format, WriteError, WriteOptions, render};
use proptest::prelude::*;
use support::visible::{blocks, letters};

fn written(plan: &Plan) -> Vec<u8> {
    render(&Document::ActionPlan(plan.clone()), Format::Xlsx, &WriteOptions::default()).unwrap().value
}

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn shown(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let names = book.sheet_names();
    let sheets = names.iter().filter(|name| *name != "Uppföljning");
    let cells =
        sheets.flat_map(|name| book.worksheet_range(name).unwrap().rows().flatten().cloned().collect::<Vec<_>>());
    letters(&cells.map(|cell| cell.to_string()).collect::<Vec<_>>().join(" "))
}

fn check(plan: &Plan) {
    let bytes = written(plan);
    assert!(bytes == written(plan), "the same plan gives the same bytes");
    let shown = shown(&bytes);
    for block in blocks(plan) {
        for line in block.text().split('\n').map(letters) {
            assert!(shown.contains(&line), "”{line}” is not shown in {shown}");
        }
    }
}

/// Left in the build folder for `tests/conformance/office.py`.
#[test]
fn samples_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("xlsx-samples");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, plan) in plans::samples() {
        // Two hundred items take their time to write without optimisation.
        if name != "long" {
            check(&plan);
        }
        std::fs::write(folder.join(format!("{name}.xlsx")), written(&plan)).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_plan_is_written_whole(plan in rich_plans::plan()) {
        check(&plan);
    }
}

#[test]
fn text_is_never_a_formula() {
    let mut plan = plans::gold("rpo-md-2024");
    let texts = ["=SUM(A1:A9)", "+46 13 12 34", "-5 %", "@alla", "http://a.se"];
    plan.sections[0].items[0].activities = texts.map(Block::paragraph).to_vec();
    for (text, item) in texts.into_iter().zip(plan.items_mut().skip(1)) {
        item.activities = vec![Block::paragraph(text)];
    }
    let bytes = written(&plan);
    let cells: Vec<Data> = sheet(&bytes, "Handlingsplan").into_iter().flatten().collect();
    for text in texts {
        assert!(cells.contains(&Data::String(text.to_owned())), "{text}");
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..zip.len() {
        let mut text = String::new();
        zip.by_index(index).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.contains("<f>"));
    }
}

/// The second section's own columns lie the other way round than they first appear in it.
#[test]
fn own_columns_of_sections_keep_their_headings() {
    let other = |heading: &str, text: &str| OtherPart {
        heading: Some(heading.to_owned()),
        blocks: vec![Block::paragraph(text)],
    };
    let item = |name: &str, heading: &str, text: &str| Item {
        area: vec![Block::paragraph(name)],
        other: vec![other(heading, text)],
        ..Item::default()
    };
    let section =
        |items| Section { kind: SectionKind::National, title: None, columns: SectionColumns::default(), items };
    let sections = vec![
        section(vec![item("Ett", "Resurser (kr)", "tio")]),
        section(vec![item("Två", "Ansvarig", "Kim"), item("Tre", "Resurser (kr)", "tolv")]),
    ];
    let mut plan = Plan { sections, ..Plan::default() };
    assign_ids(plan.items_mut(), |_| true);
    let Document::ActionPlan(read) = support::convert(&written(&plan), "plan.xlsx") else { panic!() };
    for (item, read) in plan.items().zip(read.items()) {
        assert_eq!(item.other, read.other, "{}", item.name());
    }
}

#[test]
fn entries_have_real_dates() {
    let rows = sheet(&written(&plans::odd()), "Uppföljning");
    let dates = rows.iter().filter_map(|row| match &row[3] {
        Data::DateTime(date) => Some(date.to_ymd_hms_milli()),
        _ => None,
    });
    let dates: Vec<String> = dates.map(|(year, month, day, ..)| format!("{year}-{month:02}-{day:02}")).collect();
    assert_eq!(dates, ["2023-10-13", "2024-02-05", "2024-04-17", "2024-05-01", "2024-06-14"]);
    assert_eq!(rows.iter().filter(|row| row[4] == Data::Float(2022.0)).count(), 1);
    assert_eq!(rows.len(), 1 + 8);
}

#[test]
fn an_item_that_is_too_high_for_a_row_goes_on_in_the_next() {
    let mut plan = plans::long(60);
    plan.sections[0].items.truncate(5);
    let bytes = written(&plan);
    let rows = sheet(&bytes, "Handlingsplan").len();
    assert!(rows > 12, "{rows}");
    let Document::ActionPlan(read) = support::convert(&bytes, "plan.xlsx") else { panic!() };
    let entries = |plan: &Plan| plan.items().map(|item| item.follow_up.clone()).collect::<Vec<_>>();
    assert_eq!(entries(&read), entries(&plan));
    assert_eq!(read.reading.coverage, 1.0);
}

#[test]
fn a_cell_holds_what_excel_can_hold_and_nothing_is_lost() {
    let mut plan = plans::gold("rpo-md-2024");
    let long = plans::words(9_000, 3);
    plan.sections[0].items[0].priority = vec![Block::paragraph(&long)];
    plan.sections[0].items[0].follow_up = vec![Entry::undated(vec![Block::paragraph(&long)])];
    let written = render(&Document::ActionPlan(plan.clone()), Format::Xlsx, &WriteOptions::default()).unwrap();
    assert!(written.warnings.iter().any(|warning| warning.message.contains("32 767")), "{:?}", written.warnings);
    let cells = sheet(&written.value, "Handlingsplan").into_iter().flatten();
    assert!(cells.map(|cell| cell.to_string().encode_utf16().count()).max().unwrap() <= 32_767);
    let Document::ActionPlan(read) = support::convert(&written.value, "plan.xlsx") else { panic!() };
    assert_eq!(read.sections[0].items[0].priority, plan.sections[0].items[0].priority);
    assert_eq!(read.sections[0].items[0].follow_up, plan.sections[0].items[0].follow_up);
}

#[test]
fn what_somebody_writes_in_the_copy_is_not_lost() {
    let bytes = written(&plans::gold("rpo-md-2024"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name == "xl/worksheets/sheet2.xml" {
            let row = "<row r=\"900\"><c r=\"F900\" t=\"inlineStr\"><is><t>Skrivet för hand i kopian</t></is></c></row></sheetData>";
            text = text.replace("</sheetData>", row);
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    let Document::ActionPlan(read) = support::convert(&out.finish().unwrap().into_inner(), "plan.xlsx") else {
        panic!()
    };
    let other: Vec<String> = read.other.iter().flat_map(|part| &part.blocks).map(Block::text).collect();
    assert_eq!(other, ["Skrivet för hand i kopian"]);
    assert!(read.reading.warnings.iter().any(|warning| warning.message.contains("kopia")));
    assert_eq!(read.items().count(), plans::gold("rpo-md-2024").items().count());
}

#[test]
fn a_letter_has_no_workbook() {
    let letter = support::convert(&support::fixture("supporting/skrivelse-2019.docx"), "brev.docx");
    let error = render(&letter, Format::Xlsx, &WriteOptions::default()).unwrap_err();
    assert!(matches!(error, WriteError::NotAPlan { format: "Excel" }));
}

//! Documents written as PDF: the pages alone say the same, the attachment the rest, and nothing is lost on the way.
//!
//! Leaves samples in target/tmp/pdf-samples for `tests/conformance/audit_pdf.py`.
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::rich_plans;

use handlingsplan::model::*;
use handlingsplan::page::{Node, PartKind};
use handlingsplan::read::{ReadOptions, pdf as reader};
use handlingsplan::write::{Format, WriteOptions, render};
use proptest::prelude::*;
use support::gold::{Gold, plan as as_plan};
use support::visible::{blocks, letters};
use support::{convert, fixture};

fn written(document: &Document, embed_model: bool) -> Warned<Vec<u8>> {
    render(document, Format::Pdf, &WriteOptions { embed_model, ..WriteOptions::default() }).unwrap()
}

fn of(plan: &Plan, embed_model: bool) -> Vec<u8> {
    written(&Document::ActionPlan(plan.clone()), embed_model).value
}

fn shipped(year: u16) -> Plan {
    as_plan(convert(&fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx"))
}

/// Each page's text as our own reader sees it, tables and paragraphs in order.
fn pages(bytes: &[u8]) -> Vec<Vec<String>> {
    let document = reader::read(bytes, &ReadOptions::default()).unwrap();
    let pages = document.parts.iter().filter(|part| matches!(part.kind, PartKind::Page(_)));
    pages
        .map(|part| {
            let mut texts = Vec::new();
            for node in &part.nodes {
                match node {
                    Node::Paragraph(paragraph) => texts.push(paragraph.text()),
                    Node::Table(table) => {
                        texts.extend(table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.text())));
                    }
                }
            }
            texts
        })
        .collect()
}

#[test]
fn the_pages_alone_say_the_same() {
    for year in [2023, 2024, 2025] {
        let plan = shipped(year);
        let read = as_plan(convert(&of(&plan, false), "plan.pdf"));
        let json = |plan: &Plan| serde_json::to_string_pretty(&Gold::of(plan)).unwrap();
        assert_eq!(json(&read), json(&plan), "{year}");
        assert_eq!(read.reading.coverage, 1.0, "{year}");
        let labels = |plan: &Plan| plan.items().map(|item| item.status.lights.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&read), labels(&plan), "{year}");
    }
}

#[test]
fn what_no_page_shows_comes_back_from_the_attachment() {
    let mut plan = shipped(2024);
    let earlier = StatusChange { date: None, lights: Vec::new(), text: vec![Block::paragraph("Vilande")] };
    plan.sections[0].items[0].status_history = vec![earlier.clone()];
    let read = as_plan(convert(&of(&plan, true), "plan.pdf"));
    assert_eq!(read.sections[0].items[0].status_history, [earlier]);
    let bare = as_plan(convert(&of(&plan, false), "plan.pdf"));
    assert!(bare.sections[0].items[0].status_history.is_empty());
}

fn with_calendar() -> Plan {
    let event = |when: Option<&str>, text: &str, quarter| CalendarEvent {
        when: when.map(str::to_owned),
        text: text.to_owned(),
        quarter,
    };
    let mut plan = shipped(2024);
    plan.calendar = Some(Calendar {
        year: Some(2024),
        events: vec![
            event(Some("15/9–14/11"), "Nationell remissrunda", Some(3)),
            event(Some("mars"), "Möte med RSL", Some(1)),
            event(None, "Nästa års plan skrivs", Some(4)),
            event(Some("varje månad"), "RPO-möte", None),
        ],
        ongoing: vec![Block::paragraph("Uppföljning av aktiviteter"), Block::bullet(0, "Avstämning med processtöd")],
    });
    plan
}

#[test]
fn the_year_wheel_is_shown_and_comes_back_whole() {
    let plan = with_calendar();
    let bytes = of(&plan, true);
    let all = letters(&pages(&bytes).concat().concat());
    for shown in
        ["Årshjul 2024", "Kvartal 3: juli–september", "15/9–14/11 Nationell remissrunda", "varje månad RPO-möte"]
    {
        assert!(all.contains(&letters(shown)), "{shown}");
    }
    let read = as_plan(convert(&bytes, "plan.pdf"));
    assert_eq!(read.other, plan.other);
    assert_eq!(read.calendar, plan.calendar);
    assert_eq!(read.items().count(), plan.items().count());
}

#[test]
fn a_row_keeps_its_id_whatever_its_words() {
    let mut plan = shipped(2024);
    for (number, item) in plan.items_mut().enumerate() {
        item.id = ItemId::new(format!("eget-id-{number}"));
    }
    let read = as_plan(convert(&of(&plan, false), "plan.pdf"));
    let ids = |plan: &Plan| plan.items().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&read), ids(&plan));
}

#[test]
fn samples_for_the_conformance_check() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf-samples");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, plan) in plans::samples().into_iter().chain([("calendar", with_calendar())]) {
        let plan = if name == "long" { plans::long(8) } else { plan };
        std::fs::write(folder.join(format!("{name}.pdf")), of(&plan, true)).unwrap();
    }
    for name in ["skrivelse-2019", "forstudie-2020"] {
        let letter = convert(&fixture(&format!("supporting/{name}.docx")), "letter.docx");
        std::fs::write(folder.join(format!("{name}.pdf")), written(&letter, true).value).unwrap();
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert!(of(&plans::odd(), true) == of(&plans::odd(), true));
}

#[test]
fn every_page_of_a_long_plan_repeats_the_headings_and_none_ends_with_one() {
    let plan = plans::long(12);
    let pages = pages(&of(&plan, false));
    assert!(pages.len() > 3, "{}", pages.len());
    let heading = "Aktiviteter";
    for (number, page) in pages.iter().enumerate() {
        assert!(page.iter().any(|text| text == heading), "page {}: {page:?}", number + 1);
        assert!(letters(&page.concat()).len() > 150, "page {}: {page:?}", number + 1);
    }
    let all: String = pages.concat().concat();
    for item in plan.items() {
        let text = letters(&blocks_text(&item.priority));
        assert!(letters(&all).contains(&text), "{text}");
    }
}

#[test]
fn a_letter_is_read_back_as_one() {
    let letter = convert(&fixture("supporting/skrivelse-2019.docx"), "letter.docx");
    let Document::SupportingDocument(first) = &letter else { panic!() };
    let Document::SupportingDocument(again) = convert(&written(&letter, false).value, "letter.pdf") else { panic!() };
    let text = |document: &SupportingDocument| {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks).map(Block::text);
        letters(&blocks.collect::<Vec<_>>().concat())
    };
    assert!(text(&again).contains(&text(first)) || text(first).contains(&text(&again)));
    assert_eq!(again.title, first.title);
}

#[test]
fn new_entries_are_marked_and_nothing_else_changes() {
    let plan = shipped(2024);
    let options = WriteOptions { embed_model: false, mark_new: "2024-06-14".parse().ok(), ..WriteOptions::default() };
    let bytes = render(&Document::ActionPlan(plan.clone()), Format::Pdf, &options).unwrap().value;
    assert!(pages(&bytes).concat().concat().contains("nytt sedan 2024-06-14"));
    let read = as_plan(convert(&bytes, "plan.pdf"));
    assert_eq!(
        serde_json::to_string_pretty(&Gold::of(&read)).unwrap(),
        serde_json::to_string_pretty(&Gold::of(&plan)).unwrap()
    );
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf-samples");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("marked.pdf"), bytes).unwrap();
}

#[test]
fn signs_that_the_fonts_lack_are_said_and_stay_in_the_file() {
    let mut plan = shipped(2025);
    plan.results = vec![Block::paragraph("Tack 谢谢!")];
    let result = written(&Document::ActionPlan(plan), false);
    let message = &result.warnings[0].message;
    assert!(message.contains("谢 (U+8C22)") && message.contains('�'), "{message}");
    assert_eq!(result.warnings[0].code, WarningCode::NotCarried);
}

#[test]
fn what_stays_in_the_attachment_is_told() {
    let result = written(&Document::ActionPlan(plans::odd()), true);
    let told = result.warnings.iter().find(|warning| warning.message.contains("handlingsplan.json")).unwrap();
    assert!(told.message.contains("1 oplacerade anteckningar"), "{}", told.message);
    assert_eq!(told.severity, Severity::Info);
    let result = written(&Document::ActionPlan(plans::odd()), false);
    assert!(result.warnings.iter().any(|warning| warning.message.contains("följer inte med")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// Whatever a plan holds, a valid file comes out of it, and every word is on its pages.
    #[test]
    fn any_plan_can_be_written(plan in rich_plans::plan()) {
        let bytes = of(&plan, false);
        let shown: String = pages(&bytes).concat().concat();
        let shown = letters(&shown);
        for block in blocks(&plan) {
            for word in block.text().split_whitespace().filter(|word| word.is_ascii()) {
                let word = letters(word);
                // In a narrow cell a long word is set over two lines, with other cells' lines between them.
                let parted = || (1..word.len()).any(|at| shown.contains(&word[..at]) && shown.contains(&word[at..]));
                prop_assert!(shown.contains(&word) || parted(), "{word:?} is missing in {shown:?}");
            }
        }
    }
}

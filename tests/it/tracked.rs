//! Tracked changes: accepted they give the plain output, rejected the plan before.
//!
//! The documents also go to `target/tmp/tracked`, where `tests/conformance/tracked.py` lets LibreOffice do the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::merge::{apply_notes, notes};
use handlingsplan::model::{Document, Light, Plan, SourceFile, StatusLight};
use handlingsplan::read::{Changes, ReadOptions, read};
use handlingsplan::revise::{differences, revise, revise_on_template};
use handlingsplan::write::WriteOptions;
use handlingsplan::write::docx::{STANDARD_TEMPLATE, Track, write};
use support::gold::{Gold, plan};
use support::ugly::{LightForm, Ugly};
use support::{convert, fixture};

const NOTES: &str = include_str!("../../fixtures/notes/rpo-md-2024-09-18.md");

fn track() -> Option<Track> {
    Some(Track { author: "Å & Ä".to_owned(), date: Some("2024-09-18".parse().unwrap()) })
}

/// Without the hidden model: only what stands on the page is compared.
fn options(track: Option<Track>) -> WriteOptions {
    WriteOptions { embed_model: false, track, ..WriteOptions::default() }
}

fn seen(docx: &[u8], changes: Changes) -> Plan {
    let document = read(docx, &ReadOptions { changes, ..ReadOptions::default() }).unwrap();
    let file = SourceFile { file: "plan.docx".to_owned(), format: "docx".to_owned(), sha256: String::new() };
    match interpret(&document, &file, &Vocabulary::standard().unwrap()).remove(0) {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => panic!("no plan"),
    }
}

fn save(name: &str, tracked: &[u8], accepted: &[u8], rejected: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tracked");
    std::fs::create_dir_all(&folder).unwrap();
    for (ending, bytes) in [("docx", tracked), ("accepted.docx", accepted), ("rejected.docx", rejected)] {
        std::fs::write(folder.join(format!("{name}.{ending}")), bytes).unwrap();
    }
}

fn check(name: &str, tracked: &[u8], accepted: &[u8], rejected: &[u8]) {
    save(name, tracked, accepted, rejected);
    for (changes, wanted) in [(Changes::Accepted, accepted), (Changes::Rejected, rejected)] {
        let (got, wanted) = (seen(tracked, changes), seen(wanted, Changes::Accepted));
        assert_eq!(got.sections, wanted.sections, "{name}, {changes:?}");
        assert_eq!(got.updated, wanted.updated, "{name}, {changes:?}");
    }
}

/// The plan after the fixture's meeting, with more changes of status.
fn after_meeting(before: &Plan) -> Plan {
    let mut after = before.clone();
    let parsed = notes::parse_bytes(NOTES.as_bytes()).unwrap().value;
    apply_notes(&mut after, &parsed, "2024-09-18".parse().unwrap(), "notes.md");
    for (number, item) in after.items_mut().enumerate() {
        if let Some(light) = item.status.lights.first_mut() {
            light.light = [Light::Red, Light::Closed, Light::Green, Light::Yellow][number % 4];
        } else if number % 3 == 0 {
            item.status.lights.push(StatusLight { light: Light::Yellow, label: Some("(Lab)".to_owned()) });
        }
    }
    after
}

fn check_file(name: &str, source: &[u8]) {
    let before = plan(convert(source, "plan.docx"));
    let after = after_meeting(&before);
    let (vocabulary, read_options) = (Vocabulary::standard().unwrap(), ReadOptions::default());
    let keep = |track| revise(source, &before, &after, &vocabulary, &read_options, &options(track)).unwrap();
    let (plain, tracked) = (keep(None), keep(track()));
    assert!(plain.warnings.is_empty() && tracked.warnings.is_empty(), "{name}: {:#?}", tracked.warnings);
    check(name, &tracked.value, &plain.value, source);
}

#[test]
fn the_groups_own_file() {
    for year in [2023, 2024] {
        check_file(&format!("own-{year}"), &fixture(&format!("plans/rpo-md-{year}.docx")));
    }
}

#[test]
fn lights_of_every_form() {
    use LightForm::{Ellipse, Emoji, Shading, Sign, Vml, Wingdings, Word};
    let mut gold = Gold::load("rpo-md-2024");
    for (item, light) in gold.items.iter_mut().zip([Light::Green, Light::Yellow, Light::Red, Light::Closed]) {
        item.lights = vec![light];
    }
    for form in [Ellipse, Vml, Shading, Sign, Wingdings, Emoji, Word] {
        let ugly = Ugly { split_runs: true, run_together: true, ..Ugly::plain(form) };
        let name = format!("light-{form:?}").to_lowercase();
        check_file(&name, &ugly.docx(&gold));
        // LibreOffice keeps no track of a cell's fill, and loses shapes of VML in deleted text.
        if matches!(form, Shading | Vml) {
            for ending in ["docx", "accepted.docx", "rejected.docx"] {
                let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("tracked/{name}.{ending}"));
                std::fs::remove_file(path).unwrap();
            }
        }
    }
}

#[test]
fn the_standard_template() {
    for year in [2023, 2024] {
        let before = plan(convert(&fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx"));
        let after = after_meeting(&before);
        let (vocabulary, read_options) = (Vocabulary::standard().unwrap(), ReadOptions::default());
        let tracked = revise_on_template(&before, &after, &vocabulary, &read_options, &options(track())).unwrap();
        assert!(tracked.warnings.is_empty(), "{:#?}", tracked.warnings);
        let plain = |plan: &Plan| write(plan, STANDARD_TEMPLATE, &options(None)).unwrap().value;
        assert!(differences(&after, &seen(&tracked.value, Changes::Accepted)).is_empty());
        check(&format!("standard-{year}"), &tracked.value, &plain(&after), &plain(&before));
    }
}

#[test]
fn a_new_item_is_a_new_row() {
    let source = fixture("plans/rpo-md-2023.docx");
    let before = plan(convert(&source, "plan.docx"));
    let mut after = before.clone();
    let mut item = after.sections[0].items[0].clone();
    item.id = handlingsplan::model::ItemId::new("en-ny-punkt-000000");
    item.source = None;
    item.priority = vec![handlingsplan::model::Block::paragraph("En ny punkt om bemanning")];
    after.sections[0].items.insert(1, item);
    let (vocabulary, read_options) = (Vocabulary::standard().unwrap(), ReadOptions::default());
    let keep = |track| revise(&source, &before, &after, &vocabulary, &read_options, &options(track)).unwrap();
    let (plain, tracked) = (keep(None), keep(track()));
    assert!(plain.warnings.is_empty(), "{:#?}", plain.warnings);
    let sections = |plan: &Plan| plan.sections.iter().map(|section| section.items.len()).collect::<Vec<_>>();
    assert_eq!(sections(&seen(&plain.value, Changes::Accepted)), sections(&after));
    assert_eq!(sections(&seen(&tracked.value, Changes::Rejected)), sections(&before));
}

//! A meeting's changes put into the group's own Word file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::io::{Cursor, Read};

use handlingsplan::interpret::Vocabulary;
use handlingsplan::merge::{apply_notes, notes};
use handlingsplan::model::{Block, Entry, EntryDate, Light, Plan, Status, StatusLight, Warning};
use handlingsplan::read::ReadOptions;
use handlingsplan::revise::{differences, revise};
use handlingsplan::write::WriteOptions;
use handlingsplan::write::docx::Track;
use proptest::prelude::*;
use support::gold::{Gold, plan};
use support::ugly::{LightForm, Ugly};
use support::{convert, fixture};
use zip::ZipArchive;

const NOTES: &str = include_str!("../../fixtures/notes/rpo-md-2024-09-18.md");

fn kept(source: &[u8], before: &Plan, after: &Plan, track: Option<Track>) -> (Vec<u8>, Vec<Warning>) {
    let options = WriteOptions { track, ..WriteOptions::default() };
    let vocabulary = Vocabulary::standard().unwrap();
    let written = revise(source, before, after, &vocabulary, &ReadOptions::default(), &options).unwrap();
    (written.value, written.warnings)
}

fn parts(docx: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// A plan with a new entry on every item and another light on it.
fn changed(before: &Plan) -> Plan {
    let mut after = before.clone();
    let next = |light: Light| match light {
        Light::Green => Light::Yellow,
        Light::Yellow => Light::Red,
        Light::Red => Light::Closed,
        Light::Closed => Light::Green,
    };
    for (number, item) in after.items_mut().enumerate() {
        let mut text = vec![Block::paragraph(format!("Infomöte genomfört, punkt {number}."))];
        if number % 2 == 1 {
            text.push(Block::bullet(0, "projektledare tillsatt"));
            text.push(Block::bullet(0, "samverkan startar Q1 2031"));
        }
        let day = EntryDate::Day("2030-09-18".parse().unwrap());
        item.follow_up.push(Entry { date: Some(day), ..Entry::undated(text) });
        let light = item.status.lights.first().map_or(Light::Yellow, |light| next(light.light));
        item.status = Status { lights: vec![StatusLight { light, label: None }], ..item.status.clone() };
    }
    after
}

fn check(source: &[u8], what: &str) {
    let before = plan(convert(source, "plan.docx"));
    let after = changed(&before);
    let (bytes, warnings) = kept(source, &before, &after, None);
    assert!(warnings.is_empty(), "{what}: {warnings:#?}");
    let again = plan(convert(&bytes, "plan.docx"));
    if !after.items().any(|item| serde_json::to_string(&item.status).unwrap().contains('☐')) {
        assert!(differences(&after, &again).is_empty(), "{what}");
    }
    // Changed again from what was written, as after the next meeting.
    let third = changed(&again);
    let (bytes, warnings) = kept(&bytes, &again, &third, None);
    assert!(warnings.is_empty(), "{what}, second meeting: {warnings:#?}");
    assert_eq!(plan(convert(&bytes, "plan.docx")).items().count(), third.items().count(), "{what}");
}

#[test]
fn the_notes_of_the_fixture_go_into_the_groups_own_file() {
    let source = fixture("plans/rpo-md-2024.docx");
    let before = plan(convert(&source, "plan.docx"));
    let mut after = before.clone();
    let parsed = notes::parse_bytes(NOTES.as_bytes()).unwrap().value;
    apply_notes(&mut after, &parsed, "2024-09-18".parse().unwrap(), "notes.md");
    let (bytes, warnings) = kept(&source, &before, &after, None);
    assert!(warnings.is_empty(), "{warnings:#?}");
    let again = plan(convert(&bytes, "plan.docx"));
    assert_eq!(Gold::of(&again).items.len(), Gold::of(&after).items.len());
    assert_eq!(again.updated, after.updated);
    for (read, wanted) in again.items().zip(after.items()) {
        assert_eq!(read.status, wanted.status);
        assert_eq!(read.follow_up.len(), wanted.follow_up.len());
    }
    // What does not change stays byte for byte.
    let old = parts(&source);
    for (name, bytes) in parts(&bytes) {
        let changes = name.starts_with("customXml/item")
            || ["word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"].contains(&name.as_str())
            || name.contains("customXml/_rels");
        match old.iter().find(|(known, _)| *known == name) {
            Some((_, before)) if !changes => assert!(*before == bytes, "{name} changed"),
            Some(_) => {}
            None => assert!(changes, "{name} is new"),
        }
    }
}

#[test]
fn every_fixture_takes_a_new_entry_and_another_light_on_every_item() {
    for year in [2023, 2024, 2025] {
        check(&fixture(&format!("plans/rpo-md-{year}.docx")), &year.to_string());
    }
}

#[test]
fn nothing_to_put_in_changes_nothing() {
    let source = fixture("plans/rpo-md-2024.docx");
    let before = plan(convert(&source, "plan.docx"));
    let options = WriteOptions { embed_model: false, ..WriteOptions::default() };
    let vocabulary = Vocabulary::standard().unwrap();
    let same = revise(&source, &before, &before, &vocabulary, &ReadOptions::default(), &options).unwrap();
    assert_eq!(parts(&same.value), parts(&source));
}

#[test]
fn every_form_of_a_light_is_changed_in_its_own_form() {
    use LightForm::{Ellipse, Emoji, Shading, Sign, Vml, Wingdings, Word};
    for light in [Ellipse, Vml, Shading, Sign, Word, Wingdings, Emoji] {
        check(&Ugly::plain(light).docx(&Gold::load("rpo-md-2024")), &format!("{light:?}"));
    }
}

#[test]
fn a_box_that_stands_in_every_cell_is_ticked_and_unticked() {
    let mut gold = Gold::load("rpo-md-2024");
    for (item, light) in gold.items.iter_mut().zip([Light::Red, Light::Green, Light::Red, Light::Yellow]) {
        item.lights = vec![light];
        item.status_text = "☐ Avslutad".to_owned();
    }
    let source = Ugly::plain(LightForm::Sign).docx(&gold);
    check(&source, "boxes");
    let before = plan(convert(&source, "plan.docx"));
    let (bytes, _) = kept(&source, &before, &changed(&before), None);
    let closed = plan(convert(&bytes, "plan.docx"));
    let first = &closed.items().next().unwrap().status;
    assert_eq!((first.lights.len(), first.lights[0].light, first.text.len()), (1, Light::Closed, 0));
    assert!(
        closed.reading.warnings.iter().all(|warning| !warning.message.contains("för hand sedan")),
        "{:?}",
        closed.reading.warnings
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn any_mixture_of_ugliness(
        light in prop::sample::select(vec![
            LightForm::Ellipse, LightForm::Vml, LightForm::Shading, LightForm::Sign, LightForm::Word,
            LightForm::Wingdings, LightForm::Emoji,
        ]),
        flags in any::<[bool; 8]>(),
        year in 2023..=2025,
    ) {
        let [split_runs, tracked, controls, decomposed, run_together, strict, bare_heading, wide_grid] = flags;
        let ugly = Ugly { light, split_runs, tracked, controls, decomposed, run_together, strict, bare_heading, wide_grid };
        check(&ugly.docx(&Gold::load(&format!("rpo-md-{year}"))), &format!("{ugly:?} {year}"));
    }
}

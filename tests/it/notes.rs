//! Notes from a meeting into a plan.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support::merging as support;

use handlingsplan::merge::{apply_notes, notes};
use handlingsplan::model::{Plan, blocks_text};
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use support::{as_gold, fixture, gold, gold_plan};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Reads notes of 2024-09-18 and merges them.
fn apply(plan: &mut Plan, text: &str) -> handlingsplan::merge::MergeReport {
    let read = notes::parse(text).unwrap().value;
    let meeting = read.meeting_or(Some(day("2024-09-18"))).unwrap();
    apply_notes(plan, &read, meeting, "notes.md")
}

#[test]
fn the_shipped_notes_give_the_gold_plan() {
    let text = std::fs::read_to_string(fixture("notes/rpo-md-2024-09-18.md")).unwrap();
    let mut plan = gold_plan("rpo-md-2024");
    let report = apply(&mut plan, &text);
    let wanted = gold("rpo-md-2024-after-2024-09-18");
    let got = as_gold(&plan);
    for (got, wanted) in got["items"].as_array().unwrap().iter().zip(wanted["items"].as_array().unwrap()) {
        assert_eq!(got, wanted);
    }
    assert_eq!(got["updated"], wanted["updated"]);
    assert_eq!(plan.unplaced.len(), 2);
    assert!(report.needs_person());
    insta::assert_json_snapshot!("report_of_the_shipped_notes", report);
    insta::assert_json_snapshot!("warnings_of_the_shipped_notes", report.warnings());

    let before = plan.clone();
    apply(&mut plan, &text);
    assert_eq!(plan, before, "a second time changes nothing");
}

#[test]
fn a_heading_corrected_to_an_id_is_placed_and_leaves_the_unplaced() {
    let mut plan = gold_plan("rpo-md-2024");
    apply(&mut plan, "# Blodförsörjning vid kris\nRPO vill lyfta frågan i kunskapsrådet nu.");
    assert_eq!(plan.unplaced.len(), 1);
    let id = plan.items().next().unwrap().id.clone();
    let report = apply(&mut plan, &format!("# {id}\nRPO vill lyfta frågan i kunskapsrådet nu."));
    assert_eq!(report.resolved, ["Blodförsörjning vid kris"]);
    assert!(plan.unplaced.is_empty());
}

#[test]
fn a_common_phrase_does_not_take_another_items_note_away() {
    let mut plan = gold_plan("rpo-md-2024");
    apply(&mut plan, "# Blodförsörjning vid kris\nIngen ny information.");
    apply(&mut plan, "# Upphandling av remittentstöd\nIngen ny information.");
    assert_eq!(plan.unplaced.len(), 1);
}

#[test]
fn status_light_words_and_history() {
    let mut plan = gold_plan("rpo-md-2024");
    let heading = "# Ökad patologisamverkan inom SÖSR\n";
    apply(&mut plan, &format!("{heading}Status: gul"));
    let status = |plan: &Plan| plan.items().nth(2).unwrap().status.clone();
    assert_eq!(status(&plan).lights.len(), 1);
    assert!(!status(&plan).text.is_empty(), "a light alone leaves the words");
    apply(&mut plan, &format!("{heading}Status: röd, personalbrist"));
    assert_eq!(blocks_text(&status(&plan).text), "personalbrist");
    let history: Vec<_> = plan.items().nth(2).unwrap().status_history.iter().map(|s| s.date).collect();
    assert_eq!(history, [Some(day("2024-09-18")), Some(day("2024-06-14"))]);
    let old = notes::parse(&format!("Möte: 2024-03-01\n{heading}Gammalt\nStatus: grön")).unwrap().value;
    let before = status(&plan);
    let report = apply_notes(&mut plan, &old, day("2024-03-01"), "old.md");
    assert_eq!(status(&plan), before, "an older note does not change the status");
    assert_eq!(report.warnings().len(), 1);
    assert_eq!(plan.updated.as_ref().unwrap().date, Some(day("2024-09-18")));
    let dates: Vec<_> = plan.items().nth(2).unwrap().follow_up.iter().map(|entry| entry.date).collect();
    assert!(dates.is_sorted());
}

#[test]
fn another_text_for_the_same_meeting_is_a_conflict_and_both_stay() {
    let mut plan = gold_plan("rpo-md-2024");
    apply(&mut plan, "# Upphandling av remittentstöd\nBeslut fattat.");
    let report = apply(&mut plan, "# Upphandling av remittentstöd\nInget beslut.");
    assert_eq!(report.conflicts.len(), 1);
    assert!(report.needs_person());
    assert_eq!(plan.items().next().unwrap().follow_up.len(), 6);
}

/// A note: which heading, which words, which status.
fn note() -> impl Strategy<Value = (usize, Vec<usize>, usize)> {
    (0..HEADINGS.len(), prop::collection::vec(0..WORDS.len(), 0..6), 0..STATUSES.len())
}

const HEADINGS: [&str; 6] = [
    "Upphandling av remittentstöd",
    "Ökad patologisamverkan",
    "Erbjudas kostnadseffektiv vård genom ökad samverkan inom SÖSR",
    "Kloka kliniska val inom radiologin",
    "Erbjudas diagnostik och behandling och uppföljning enligt bästa kunskap i varje möte",
    "Okänt ämne",
];
const WORDS: [&str; 8] = ["beslut", "Inera", "240910", "möte", "**plan**", "\n- punkt", "\n\n", "Status quo"];
const STATUSES: [&str; 5] = ["", "gul", "röd – brist", "Vilande", "grön (A), gul (B)"];

fn written(notes: &[(usize, Vec<usize>, usize)]) -> String {
    let mut text = "Möte: 2024-09-18\n".to_owned();
    for (number, (heading, words, status)) in notes.iter().enumerate() {
        let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let mark = if words.is_empty() { String::new() } else { format!("ord{number} ") };
        text.push_str(&format!("\n# {}\n{mark}{}\n", HEADINGS[*heading], words.join(" ")));
        if *status > 0 {
            text.push_str(&format!("Status: {}\n", STATUSES[*status]));
        }
    }
    text
}

/// All entries of a plan, without regard to their order.
fn entries(plan: &Plan) -> BTreeSet<String> {
    let each = plan.items().flat_map(|item| item.follow_up.iter().map(move |entry| (item, entry)));
    each.map(|(item, entry)| format!("{} {:?} {}", item.id, entry.date, blocks_text(&entry.text))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_time_changes_nothing(list in prop::collection::vec(note(), 0..8)) {
        let mut plan = gold_plan("rpo-md-2024");
        let text = written(&list);
        apply(&mut plan, &text);
        let before = plan.clone();
        apply(&mut plan, &text);
        prop_assert_eq!(plan, before);
    }

    #[test]
    fn nothing_is_lost(list in prop::collection::vec(note(), 0..8)) {
        let before = gold_plan("rpo-md-2024");
        let mut plan = before.clone();
        let text = written(&list);
        apply(&mut plan, &text);
        let json = serde_json::to_string(&plan).unwrap();
        for (number, (_, words, _)) in list.iter().enumerate() {
            let mark = format!("ord{number}");
            prop_assert!(words.is_empty() || json.contains(&mark), "{} of\n{}", mark, text);
        }
        for entry in entries(&before) {
            prop_assert!(entries(&plan).contains(&entry));
        }
        for (old, new) in before.items().zip(plan.items()) {
            let words = blocks_text(&old.status.text);
            let kept = words.is_empty()
                || blocks_text(&new.status.text) == words
                || new.status_history.iter().any(|status| blocks_text(&status.text) == words);
            prop_assert!(kept, "status words of {}", old.id);
        }
    }

    #[test]
    fn the_order_of_notes_does_not_change_the_entries(list in prop::collection::vec(note(), 0..8)) {
        // The marks of the notes keep their numbers when the notes change places.
        let text = written(&list);
        let mut blocks: Vec<&str> = text.split("\n# ").collect();
        blocks[1..].reverse();
        let turned = blocks.join("\n# ");
        let (mut a, mut b) = (gold_plan("rpo-md-2024"), gold_plan("rpo-md-2024"));
        apply(&mut a, &text);
        apply(&mut b, &turned);
        prop_assert_eq!(entries(&a), entries(&b));
        prop_assert_eq!(a.unplaced.len(), b.unplaced.len());
    }

    #[test]
    fn any_text_is_read_or_refused_with_its_words_kept(text in "[#\\-*_\\[\\]()<>a-zåäö0-9: \n]{0,200}") {
        if let Ok(read) = notes::parse(&text) {
            let mut kept = String::new();
            for note in &read.value.notes {
                kept.push_str(&format!("{} {} ", note.heading, blocks_text(&note.text)));
                kept.push_str(note.status.as_ref().map_or("", |status| status.written.as_str()));
                for run in note.text.iter().flat_map(|block| &block.runs) {
                    kept.push_str(run.link.as_deref().unwrap_or_default());
                }
            }
            // A title is in a warning; letters of marks are none.
            for warning in &read.warnings {
                kept.push_str(&warning.message);
            }
            for letter in ['å', 'ä', 'ö', '7'] {
                let count = |text: &str| text.matches(letter).count();
                prop_assert!(count(&kept) >= count(&text), "{}: {}", letter, kept);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = notes::parse_bytes(&bytes);
    }
}

#[test]
fn notes_with_nothing_in_them_change_nothing() {
    let mut plan = gold_plan("rpo-md-2024");
    let before = plan.clone();
    let report = apply(&mut plan, "Möte: 2024-09-18\n\n# Upphandling av remittentstöd\n");
    assert_eq!(plan, before);
    assert!(!report.needs_person());
    assert_eq!(report.empty.len(), 1);
}

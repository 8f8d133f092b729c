//! Notes from a meeting into a plan.

mod support;

use handlingsplan::merge::{apply_notes, notes};
use handlingsplan::model::Plan;
use jiff::civil::Date;
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

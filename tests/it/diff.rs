//! What changed between two versions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::merge::Decisions;
use handlingsplan::model::{Block, Document, Entry, EntryDate, Light, Plan, StatusLight};
use handlingsplan::review::diff::{Change, Diff, EntryFate, Fate, diff};
use handlingsplan::write::review;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

fn plan(name: &str) -> Plan {
    match support::convert(&support::fixture(&format!("plans/{name}")), name) {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => unreachable!("it is a plan"),
    }
}

fn between(old: &Plan, new: &Plan) -> Diff {
    diff(old, new, &Decisions::default())
}

#[test]
fn the_years_of_the_fixtures() {
    for (old, new) in [("2023", "2024"), ("2024", "2025")] {
        let found = between(&plan(&format!("rpo-md-{old}.docx")), &plan(&format!("rpo-md-{new}.docx")));
        let text = review::plain(&review::diff::text(&found));
        insta::assert_snapshot!(format!("diff_{old}_{new}"), text);
    }
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    let plan = plan("rpo-md-2024.docx");
    let found = between(&plan, &plan);
    assert!(found.summary.is_empty() && found.items.is_empty() && found.pages.is_empty() && found.head.is_empty());
    assert_eq!(found.summary.unchanged, plan.items().count());
}

#[test]
fn each_kind_of_change_is_told_as_what_it_is() {
    let old = plan("rpo-md-2024.docx");
    let mut new = old.clone();
    new.sections[0].items[0].status.lights = vec![StatusLight { light: Light::Closed, label: None }];
    let date = "2024-09-18".parse::<EntryDate>().ok();
    let entry = Entry { date, ..Entry::undated(vec![Block::paragraph("Klart.")]) };
    new.sections[1].items[0].follow_up.push(entry);
    new.sections[1].items[1].follow_up.remove(0);
    let moved = new.sections[2].items.remove(0);
    new.sections[1].items.push(moved);
    new.sections[2].items[0].area = std::mem::take(&mut new.sections[2].items[0].priority);
    new.results = vec![Block::paragraph("Nytt resultat")];
    let found = between(&old, &new);
    let summary = &found.summary;
    assert_eq!((summary.closed, summary.statuses, summary.moved), (1, 1, 2));
    assert_eq!((summary.entries_added, summary.entries_removed, summary.entries_changed), (1, 1, 0));
    assert_eq!((summary.added, summary.removed, summary.reworded, summary.pages), (0, 0, 0, 1));
    assert!(found.items.iter().any(|item| item.fate == Fate::Closed));
    let column = found.items.iter().flat_map(|item| &item.wording).find(|column| !column.moved_from.is_empty());
    assert!(column.unwrap().words.is_empty(), "the words are the same in another column");
}

/// Every word of both versions stands in the differences or in both alike.
#[test]
fn nothing_that_changed_is_left_out() {
    let (old, new) = (plan("rpo-md-2023.docx"), plan("rpo-md-2024.docx"));
    let found = between(&old, &new);
    let texts = |change: Change| -> String {
        let columns = found.items.iter().flat_map(|item| item.wording.iter().flat_map(|column| &column.words));
        let entries = found.items.iter().flat_map(|item| item.entries.iter().flat_map(|entry| &entry.words));
        columns.chain(entries).filter(|words| words.change == change).map(|words| words.text.as_str()).collect()
    };
    let (removed, added) = (texts(Change::Removed), texts(Change::Added));
    for (name, plan, gone) in [("older", &old, &removed), ("newer", &new, &added)] {
        for entry in plan.items().flat_map(|item| &item.follow_up) {
            let text = entry.text.first().unwrap().text();
            let unchanged = [&old, &new].iter().all(|plan| {
                plan.items().flat_map(|item| &item.follow_up).any(|other| other.text.first().unwrap().text() == text)
            });
            let changed = found
                .items
                .iter()
                .flat_map(|item| &item.entries)
                .any(|change| change.fate == EntryFate::Changed && change.date == entry.date);
            assert!(unchanged || changed || gone.contains(&text), "{name}: {text}");
        }
    }
}

#[test]
fn the_page_and_the_json_hold_the_same() {
    let (old, new) = (plan("rpo-md-2023.docx"), plan("rpo-md-2024.docx"));
    let found = between(&old, &new);
    let read: Diff = serde_json::from_slice(&review::diff::json(&found)).unwrap();
    assert_eq!(read, found);
    let page = String::from_utf8(review::diff::html(&found).unwrap()).unwrap();
    assert!(page.contains("lang=\"sv\"") && !page.contains("http"), "self-contained");
    for item in &found.items {
        assert!(page.contains(item.id.as_str()), "{}", item.id);
    }
    let nasty = Plan { title: Some("<script>alert(1)</script>".to_owned()), ..new };
    let page = String::from_utf8(review::diff::html(&between(&old, &nasty)).unwrap()).unwrap();
    assert!(!page.contains("<script>"), "text of a plan is never markup");
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

#[test]
fn the_command_writes_what_the_ending_says() {
    let folder = tempfile::tempdir().unwrap();
    let run = |out: Option<&str>| {
        let mut command = Command::cargo_bin("handlingsplan").unwrap();
        command.arg("diff").arg(fixture("plans/rpo-md-2023.docx")).arg(fixture("plans/rpo-md-2024.xlsx"));
        if let Some(out) = out {
            command.arg("-o").arg(folder.path().join(out));
        }
        command.assert()
    };
    run(None).success().stdout(contains("Ändrad: Behovsrapport").and(contains("\u{1b}[").not()));
    run(Some("skillnad.html")).success().stdout("");
    run(Some("skillnad.json")).success();
    run(Some("skillnad.docx")).code(1).stderr(contains(".docx"));
    let json = std::fs::read(folder.path().join("skillnad.json")).unwrap();
    let _: Diff = serde_json::from_slice(&json).unwrap();
    assert!(std::fs::read_to_string(folder.path().join("skillnad.html")).unwrap().starts_with("<!doctype html>"));
}

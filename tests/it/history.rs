//! The life of items over all versions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::merge::Decisions;
use handlingsplan::model::{Document, Plan};
use handlingsplan::review::history::{History, history};
use handlingsplan::write::review;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

fn plan(name: &str) -> Plan {
    match support::convert(&support::fixture(&format!("plans/{name}")), name) {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => unreachable!("it is a plan"),
    }
}

fn three() -> Vec<Plan> {
    ["rpo-md-2023.docx", "rpo-md-2024.docx", "rpo-md-2025.docx"].map(plan).to_vec()
}

fn life(plans: Vec<Plan>) -> History {
    history(plans, &Decisions::default())
}

#[test]
fn an_item_is_followed_through_the_years() {
    let found = life(three());
    let item = found.items.iter().find(|item| item.id.as_str().starts_with("behovsrapport-pet")).unwrap();
    let years: Vec<Option<i16>> = item.appearances.iter().map(|seen| found.versions[seen.version].year).collect();
    assert_eq!(years, [Some(2023), Some(2024), Some(2025)]);
    assert!(!item.appearances[1].moved && item.appearances[2].moved, "from assignments to national areas");
    let mut one = found.clone();
    one.items.retain(|other| other.id == item.id);
    one.doubtful.clear();
    insta::assert_snapshot!("history_of_one_item", review::plain(&review::history::text(&one)));
}

#[test]
fn the_order_given_does_not_matter() {
    let mut plans = three();
    plans.reverse();
    assert_eq!(life(plans), life(three()));
}

/// Every entry of every version stands in some item's life, with that version beside it.
#[test]
fn no_entry_of_any_version_is_missing() {
    let found = life(three());
    for (number, plan) in three().iter().enumerate() {
        let wanted = plan.items().map(|item| item.follow_up.len()).sum::<usize>();
        let told =
            found.items.iter().flat_map(|item| &item.entries).filter(|entry| entry.versions.contains(&number)).count();
        assert_eq!(told, wanted, "version {number}");
    }
    let appearances: usize = found.items.iter().map(|item| item.appearances.len()).sum();
    assert_eq!(appearances, three().iter().map(|plan| plan.items().count()).sum::<usize>());
}

#[test]
fn the_page_shows_all_that_the_json_holds() {
    let found = life(three());
    let read: History = serde_json::from_slice(&review::history::json(&found)).unwrap();
    assert_eq!(read, found);
    let page = String::from_utf8(review::history::html(&found).unwrap()).unwrap();
    assert!(page.contains("<svg") && page.contains("role=\"group\""));
    assert!(!page.contains("<script") && !page.contains("src="), "self-contained");
    for item in &found.items {
        assert!(page.contains(item.id.as_str()), "{}", item.id);
    }
    assert_eq!(page.matches("<article").count(), found.items.len());
}

#[test]
fn one_version_and_none_of_the_words_are_no_trouble() {
    let found = life(vec![plan("rpo-md-2025.docx")]);
    assert!(found.items.iter().all(|item| item.appearances.len() == 1));
    assert!(review::history::html(&life(Vec::new())).is_ok());
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

#[test]
fn from_the_command_line() {
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("handlingsplan").unwrap();
        command.arg("history");
        for name in ["rpo-md-2025.pptx.pdf", "rpo-md-2023.xlsx", "rpo-md-2024.docx"] {
            command.arg(fixture(&format!("plans/{name}")));
        }
        command.args(args).assert()
    };
    run(&[]).success().stdout(contains("3 versioner").and(contains("\u{1b}[").not()));
    run(&["--item", "blodanvändning"]).success().stdout(contains("Blodanvändning").and(contains("Digital").not()));
    run(&["--item", "okänd sak"]).code(1).stderr(contains("--item"));
    run(&["--to", "html"]).success().stdout(contains("<svg"));
}

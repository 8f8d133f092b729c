//! Next year's plan out of this year's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use handlingsplan::merge::decisions::Decisions;
use handlingsplan::merge::merge_all;
use handlingsplan::merge::next_year::{Keep, NextYearError, next_year};
use handlingsplan::model::{Block, Calendar, CalendarEvent, Document, Light, Plan, StatusLight, blocks_text};
use predicates::str::contains;

fn plan(name: &str) -> Plan {
    match support::convert(&support::fixture(&format!("plans/{name}")), name) {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => unreachable!("it is a plan"),
    }
}

/// A plan with a closed item, pages and a calendar.
fn full() -> Plan {
    let mut plan = plan("rpo-md-2024.docx");
    let first = &mut plan.sections[0].items[0];
    first.status.lights = vec![StatusLight { light: Light::Closed, label: None }];
    first.status.text = vec![Block::paragraph("Överlämnat till linjen")];
    plan.results = vec![Block::paragraph("Tre mål är nådda.")];
    plan.sections[2].columns.status = Some("Status 2024".to_owned());
    plan.calendar = Some(Calendar {
        year: Some(2024),
        events: vec![CalendarEvent { when: Some("mars 2024".to_owned()), text: "Möte".to_owned(), quarter: Some(1) }],
        ongoing: Vec::new(),
    });
    plan
}

#[test]
fn open_items_go_on_and_closed_ones_are_listed() {
    let old = full();
    let (new, report) = next_year(old.clone(), 2025, Keep::Last).unwrap();
    assert_eq!((new.year, new.title.as_deref()), (Some(2025), Some("Översiktlig handlingsplan 2025")));
    assert_eq!((new.updated.is_none(), new.results.is_empty()), (true, true));
    assert_eq!((report.carried.len(), report.closed.len()), (old.items().count() - 1, 1));
    let ids = |plan: &Plan| plan.items().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&new), ids(&old)[1..]);
    assert_eq!(new.sections[2].columns.status.as_deref(), Some("Status 2025"));
    let calendar = new.calendar.as_ref().unwrap();
    assert_eq!((calendar.year, calendar.events[0].when.as_deref()), (Some(2025), Some("mars 2025")));
    let other = |heading: &str| {
        let part = new.other.iter().find(|part| part.heading.as_deref() == Some(heading));
        part.map(|part| blocks_text(&part.blocks)).unwrap_or_default()
    };
    assert_eq!(other("2024 års resultat"), "Tre mål är nådda.");
    assert!(other("Avslutade punkter 2024").contains("Överlämnat till linjen (senaste anteckning 2024-06-14)"));
    // A name may be that of a paper or a project: its year stays.
    assert!(new.items().any(|item| item.name().ends_with("2023")));
}

#[test]
fn entries_are_kept_as_asked() {
    let old = full();
    let dated = |plan: &Plan| plan.items().flat_map(|item| &item.follow_up).filter(|e| e.date.is_some()).count();
    let undated = |plan: &Plan| plan.items().flat_map(|item| &item.follow_up).filter(|e| e.date.is_none()).count();
    for (keep, per_item) in [(Keep::All, None), (Keep::Last, Some(1)), (Keep::None, Some(0))] {
        let (new, report) = next_year(old.clone(), 2025, keep).unwrap();
        let open = new.items().count();
        let all = dated(&old) - old.items().next().unwrap().follow_up.len();
        assert_eq!(dated(&new), per_item.map_or(all, |number| number * open), "{keep:?}");
        let left: usize = report.carried.iter().map(|item| item.entries_left).sum();
        assert_eq!(left, all - dated(&new), "{keep:?}: what is left is counted");
        assert_eq!(undated(&new), undated(&old), "{keep:?}");
    }
}

#[test]
fn marks_of_what_is_new_are_taken_away() {
    let (new, report) = next_year(plan("rpo-md-2025.docx"), 2026, Keep::All).unwrap();
    assert_eq!(report.marks_removed, 4);
    let text: String = new.items().map(|item| blocks_text(&item.activities)).collect();
    assert!(!text.contains("NY)") && text.contains("(ev.)"));
}

#[test]
fn a_year_that_is_not_after_the_plans_is_an_error() {
    let error = next_year(full(), 2024, Keep::Last).unwrap_err();
    assert_eq!(error, NextYearError::NotAfter { plan: 2024, year: 2024 });
}

/// Merging the two years gives every entry back under its item.
#[test]
fn the_two_years_merge_into_the_whole_history() {
    let old = full();
    let (new, _) = next_year(old.clone(), 2025, Keep::None).unwrap();
    let (merged, report) = merge_all(vec![new, old.clone()], &Decisions::default());
    assert!(report.doubtful.is_empty() && report.conflicts.is_empty());
    assert_eq!(merged.items().count(), old.items().count());
    for item in old.items() {
        let same = merged.items().find(|other| other.id == item.id).expect("identity is kept");
        assert_eq!(same.follow_up.len(), item.follow_up.len(), "{}", item.id);
    }
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

#[test]
fn from_the_command_line_to_word_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let run = |year: &str, out: &str| {
        let mut command = Command::cargo_bin("handlingsplan").unwrap();
        command.arg("next-year").arg(fixture("plans/rpo-md-2024.docx")).args(["--year", year, "-o"]);
        command.arg(path(out)).arg("--report").arg(path(&format!("{out}.json"))).assert()
    };
    run("2025", "ny.docx").success().stdout("").stderr(contains("8 punkter följer med till 2025"));
    run("2023", "fel.docx").code(1).stderr(contains("--year 2025"));
    assert!(!path("fel.docx").exists());
    let bytes = std::fs::read(path("ny.docx")).unwrap();
    let Document::ActionPlan(read) = support::convert(&bytes, "ny.docx") else { unreachable!("it is a plan") };
    let old = plan("rpo-md-2024.docx");
    assert_eq!(read.year, Some(2025));
    assert!(old.items().zip(read.items()).all(|(old, new)| old.id == new.id), "identity is kept in the file");
}

/// Every fixture, every way to keep entries, written as Word and read again: the ids, what is closed, titles and years.
#[test]
fn all_fixtures_and_all_ways_to_keep() {
    let folder = tempfile::tempdir().unwrap();
    for year in [2023i16, 2024, 2025] {
        let old = plan(&format!("rpo-md-{year}.docx"));
        for (keep, word) in [(Keep::All, "all"), (Keep::Last, "last"), (Keep::None, "none")] {
            let (new, report) = next_year(old.clone(), year + 1, keep).unwrap();
            let out = folder.path().join(format!("{year}-{word}.docx"));
            let told = folder.path().join(format!("{year}-{word}.json"));
            Command::cargo_bin("handlingsplan")
                .unwrap()
                .arg("next-year")
                .arg(fixture(&format!("plans/rpo-md-{year}.docx")))
                .args(["--year", &(year + 1).to_string(), "--keep", word, "-o"])
                .arg(&out)
                .arg("--report")
                .arg(&told)
                .assert()
                .success();
            let Document::ActionPlan(read) = support::convert(&std::fs::read(&out).unwrap(), "ny.docx") else {
                unreachable!("it is a plan")
            };
            for plan in [&new, &read] {
                assert_eq!(plan.year, Some(year + 1), "{year} {word}");
                let title = plan.title.as_deref().unwrap_or_default();
                assert!(!title.contains(&year.to_string()), "{year} {word}: {title}");
                assert!(plan.updated.is_none() && plan.results.is_empty() && plan.challenges.is_empty());
                // Everything that is open goes on under its id; what is closed is listed and nothing else is gone.
                let closed = |id| report.closed.iter().any(|item| item.id == id);
                let open: Vec<_> = old.items().map(|item| item.id.clone()).filter(|id| !closed(id.clone())).collect();
                assert_eq!(plan.items().map(|item| item.id.clone()).collect::<Vec<_>>(), open, "{year} {word}");
                for item in plan.items() {
                    let before = old.items().find(|before| before.id == item.id).unwrap();
                    let dated = |item: &handlingsplan::model::Item| {
                        item.follow_up.iter().filter_map(|entry| entry.date).collect::<Vec<_>>()
                    };
                    let newest = dated(before).into_iter().max();
                    let wanted: Vec<_> = match keep {
                        Keep::All => dated(before),
                        Keep::Last => dated(before).into_iter().filter(|date| Some(*date) == newest).collect(),
                        Keep::None => Vec::new(),
                    };
                    assert_eq!(dated(item), wanted, "{year} {word} {}", item.id);
                    assert_eq!(item.status.lights.len(), before.status.lights.len());
                }
            }
            let told: serde_json::Value = serde_json::from_slice(&std::fs::read(told).unwrap()).unwrap();
            assert_eq!(told["closed"].as_array().map(Vec::len), Some(report.closed.len()));
        }
    }
}

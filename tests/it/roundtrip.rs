//! Plan → any format that carries the model → the same plan.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::settled_plans;

use handlingsplan::model::*;
use handlingsplan::write::{Format, WriteOptions, render};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

fn again(plan: &Plan, format: Format, embed_model: bool) -> Plan {
    let options = WriteOptions { embed_model, ..WriteOptions::default() };
    let bytes = render(&Document::ActionPlan(plan.clone()), format, &options).unwrap().value;
    let read = match format {
        Format::Json => serde_json::from_slice(&bytes).unwrap(),
        _ => support::convert(&bytes, "plan"),
    };
    match read {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => panic!("no plan any more"),
    }
}

/// The plan without what tells how and where it was read.
fn bare(plan: &Plan) -> Plan {
    let mut plan = Plan { reading: Reading::default(), ..plan.clone() };
    for item in plan.items_mut() {
        item.source = None;
    }
    plan
}

/// Where two plans part, and what stands there.
fn difference(plan: &Plan, read: &Plan) -> Option<String> {
    let json = |plan: &Plan| serde_json::to_string_pretty(&bare(plan)).unwrap();
    let (left, right) = (json(plan), json(read));
    if left == right {
        return None;
    }
    let at = left.lines().zip(right.lines()).position(|(left, right)| left != right).unwrap_or(0);
    let around = |json: &str| json.lines().skip(at.saturating_sub(6)).take(14).collect::<Vec<_>>().join("\n");
    Some(format!("was\n{}\nis\n{}", around(&left), around(&right)))
}

fn assert_same(plan: &Plan, read: &Plan, format: Format) {
    if let Some(difference) = difference(plan, read) {
        panic!("{format:?}: {difference}");
    }
}

/// What must hold for the format and any plan; what does not.
fn wrong(plan: &Plan, format: Format) -> Option<String> {
    let read = again(plan, format, true);
    if let Some(difference) = difference(plan, &read) {
        return Some(difference);
    }
    let Reading { leftovers, coverage, warnings, .. } = &read.reading;
    (!leftovers.is_empty() || *coverage < 1.0).then(|| format!("{leftovers:?}, {coverage}, {warnings:?}"))
}

fn check(plan: &Plan, format: Format) -> Result<(), TestCaseError> {
    match wrong(plan, format) {
        Some(wrong) => Err(TestCaseError::fail(wrong)),
        None => Ok(()),
    }
}

/// New plans in every run; what once failed is kept beside this file and tried first. PROPTEST_CASES tries more.
fn config() -> ProptestConfig {
    let found = FileFailurePersistence::WithSource("regressions");
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10);
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(found)),
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn json_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Json)?;
    }

    #[test]
    fn word_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Docx)?;
    }

    #[test]
    fn excel_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Xlsx)?;
    }

    #[test]
    fn powerpoint_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Pptx)?;
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn pdf_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Pdf)?;
    }
}

/// What goes wrong among many plans, and how often: SURVEY=docx:500 (by hand).
#[test]
#[ignore = "a survey, to be run by hand"]
fn survey() {
    use proptest::strategy::ValueTree;
    let wish = std::env::var("SURVEY").unwrap_or_else(|_| "docx:100".to_owned());
    let (ending, count) = wish.split_once(':').unwrap();
    let format = Format::from_ending(ending).unwrap();
    let mut runner = proptest::test_runner::TestRunner::default();
    let mut failed = 0;
    for number in 0..count.parse::<usize>().unwrap() {
        let plan = settled_plans::plan().new_tree(&mut runner).unwrap().current();
        if let Some(wrong) = wrong(&plan, format) {
            failed += 1;
            println!("--- {number}: {wrong}");
            let kept =
                std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("roundtrip-{ending}-{failed}.json"));
            std::fs::write(kept, serde_json::to_vec_pretty(&Document::ActionPlan(plan)).unwrap()).unwrap();
        }
    }
    println!("{ending}: {failed} of {count} plans do not come back");
}

/// The shipped plans, also by what the page alone says.
#[test]
fn shipped_plans_stay_the_same() {
    for year in [2023, 2024, 2025] {
        let Document::ActionPlan(plan) =
            support::convert(&support::fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx")
        else {
            panic!()
        };
        for format in [Format::Json, Format::Docx, Format::Xlsx, Format::Pptx] {
            assert_same(&plan, &again(&plan, format, true), format);
            let page = again(&plan, format, false);
            let texts = |plan: &Plan| plan.items().map(|item| blocks_text(&item.activities)).collect::<Vec<_>>();
            assert_eq!(texts(&plan), texts(&page), "{format:?}");
            let entries = |plan: &Plan| {
                plan.items()
                    .map(|item| item.follow_up.iter().map(|entry| entry.date).collect())
                    .collect::<Vec<Vec<_>>>()
            };
            assert_eq!(entries(&plan), entries(&page), "{format:?}");
            let lights = |plan: &Plan| plan.items().map(|item| item.status.lights.clone()).collect::<Vec<_>>();
            assert_eq!(lights(&plan), lights(&page), "{format:?}");
        }
    }
}

/// What somebody changed on the page stands, whatever the hidden model says.
#[test]
fn what_is_visible_wins() {
    let plan = plans::gold("rpo-md-2024");
    let all: String = plan.items().map(|item| serde_json::to_string(item).unwrap()).collect();
    let unique = |item: &Item| all.matches(&item.area[0].text()).count() == 1;
    let (at, item) = plan.items().enumerate().find(|(_, item)| !item.area.is_empty() && unique(item)).unwrap();
    let (before, after) = (item.area[0].text(), "Ändrat för hand".to_owned());
    for format in [Format::Docx, Format::Xlsx, Format::Pptx] {
        let bytes = render(&Document::ActionPlan(plan.clone()), format, &WriteOptions::default()).unwrap().value;
        let changed = support::change_visible(&bytes, &before, &after);
        let Document::ActionPlan(read) = support::convert(&changed, "plan") else { panic!() };
        assert_eq!(read.items().nth(at).unwrap().area[0].text(), after, "{format:?}");
        // All others are as they were.
        let rest = |plan: &Plan| {
            let items = bare(plan).items().cloned().collect::<Vec<_>>();
            items.into_iter().enumerate().filter(|(index, _)| *index != at).collect::<Vec<_>>()
        };
        assert_eq!(rest(&plan), rest(&read), "{format:?}");
    }
}

/// Leftovers of an earlier reading ride along.
#[test]
fn leftovers_of_an_earlier_reading_are_kept() {
    let mut plan = plans::gold("rpo-md-2024");
    let source = Source { file: "gammal.pdf".into(), place: "page 3".into() };
    plan.reading.leftovers = vec![Leftover { text: "rest".into(), source }];
    for format in [Format::Docx, Format::Xlsx, Format::Pptx] {
        assert_eq!(again(&plan, format, true).reading.leftovers, plan.reading.leftovers, "{format:?}");
    }
}

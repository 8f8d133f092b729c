//! Plan → any format that carries the model → the same plan.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::settled_plans;

use handlingsplan::model::*;
use handlingsplan::write::{Format, WriteOptions, render};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

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

fn assert_same(plan: &Plan, read: &Plan, format: Format) {
    let json = |plan: &Plan| serde_json::to_string_pretty(&bare(plan)).unwrap();
    let (left, right) = (json(plan), json(read));
    if left != right {
        // For a closer look.
        let kept = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("roundtrip-{format:?}.json"));
        std::fs::write(kept, serde_json::to_vec_pretty(&Document::ActionPlan(plan.clone())).unwrap()).unwrap();
        let at = left.lines().zip(right.lines()).position(|(left, right)| left != right).unwrap_or(0);
        let around = |json: &str| json.lines().skip(at.saturating_sub(6)).take(14).collect::<Vec<_>>().join("\n");
        panic!("{format:?}: was\n{}\nis\n{}", around(&left), around(&right));
    }
}

/// What must hold for the format and any plan.
fn check(plan: &Plan, format: Format) {
    let read = again(plan, format, true);
    assert_same(plan, &read, format);
    assert!(read.reading.leftovers.is_empty(), "{:?}", read.reading.leftovers);
    assert_eq!(read.reading.coverage, 1.0, "{:?}", read.reading.warnings);
}

/// Whether each item has a slide of its own and room to spare. Known limit: an item so tall that its row goes on over
/// several slides does not always read back as the very same blocks.
fn fits_on_slides(plan: &Plan) -> bool {
    plan.items().all(|item| serde_json::to_string(item).unwrap().len() < 3_000)
}

/// Known limit: columns of an item's own are written below the table and come back as other parts of the plan.
fn has_own_columns(plan: &Plan) -> bool {
    plan.items().any(|item| !item.other.is_empty())
}

// The same plans on every machine and in every run; another seed finds other plans.
proptest! {
    #![proptest_config(ProptestConfig { cases: 16, rng_seed: RngSeed::Fixed(7), max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Json);
    }

    #[test]
    fn word_gives_the_plan_back(plan in settled_plans::plan()) {
        prop_assume!(!has_own_columns(&plan));
        check(&plan, Format::Docx);
    }

    #[test]
    fn excel_gives_the_plan_back(plan in settled_plans::plan()) {
        check(&plan, Format::Xlsx);
    }

    #[test]
    fn powerpoint_gives_the_plan_back(plan in settled_plans::plan()) {
        prop_assume!(fits_on_slides(&plan) && !has_own_columns(&plan));
        check(&plan, Format::Pptx);
    }
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

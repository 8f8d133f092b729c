//! Word → Word → the same plan.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;

use handlingsplan::model::*;
use handlingsplan::write::WriteOptions;
use handlingsplan::write::docx::{STANDARD_TEMPLATE, write};
use support::{convert, fixture};

fn again(plan: &Plan, embed_model: bool) -> Plan {
    let docx = write(plan, STANDARD_TEMPLATE, &WriteOptions { embed_model, ..WriteOptions::default() }).unwrap().value;
    match convert(&docx, "again.docx") {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => panic!("no plan any more"),
    }
}

/// The plan without what tells how and where it was read.
fn bare(plan: &Plan) -> Plan {
    let mut plan = Plan { reading: Reading::default(), ..plan.clone() };
    for item in plan.items_mut() {
        item.source = None;
        for wording in &mut item.wording_history {
            wording.source = None;
        }
    }
    plan
}

fn assert_same(plan: &Plan, other: &Plan) {
    let json = |plan: &Plan| serde_json::to_string_pretty(&bare(plan)).unwrap();
    let (left, right) = (json(plan), json(other));
    for (left, right) in left.lines().zip(right.lines()) {
        assert_eq!(left, right);
    }
    assert_eq!(left.lines().count(), right.lines().count());
}

#[test]
fn a_plan_in_word_stays_the_same() {
    for year in [2023, 2024, 2025] {
        let Document::ActionPlan(plan) = convert(&fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx") else {
            panic!()
        };
        assert_same(&plan, &again(&plan, true));
    }
}

#[test]
fn the_page_alone_says_the_same() {
    for year in [2023, 2024, 2025] {
        let Document::ActionPlan(plan) = convert(&fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx") else {
            panic!()
        };
        assert_same(&plan, &again(&plan, false));
    }
}

#[test]
fn lights_and_labels_are_read_as_they_were_written() {
    let plan = plans::odd();
    let read = again(&plan, false);
    let lights = |plan: &Plan| plan.items().map(|item| item.status.clone()).collect::<Vec<_>>();
    assert_eq!(lights(&read), lights(&plan));
}

#[test]
fn an_updated_plan_stays_the_same() {
    let mut plan = plans::gold("rpo-md-2024-after-2024-09-18");
    let mut read = again(&plan, true);
    // The gold answer names no promises; the reader finds them in the text.
    for item in plan.items_mut().chain(read.items_mut()) {
        item.promises.clear();
    }
    assert_same(&plan, &read);
}

/// However odd a plan is: once things have found their places, nothing moves any more and nothing grows.
#[test]
fn an_odd_plan_settles() {
    let settled = again(&again(&plans::odd(), true), true);
    assert_same(&settled, &again(&settled, true));
}

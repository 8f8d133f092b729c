//! Two versions of a plan into one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support::merging as support;

use handlingsplan::merge::{is_older, merge_plans};
use handlingsplan::model::{Block, ItemId, Plan, fold_words};
use support::{as_gold, gold_plan};

/// Rows of the older and of the newer plan that are one item.
type Rows = Vec<(usize, usize)>;

/// The pairs taken between two gold plans.
fn taken(older: &str, newer: &str) -> Rows {
    let (old, new) = (gold_plan(older), gold_plan(newer));
    let row = |plan: &Plan, id: &ItemId| plan.items().position(|item| item.id == *id).unwrap();
    let (_, report) = merge_plans(old.clone(), new.clone());
    report.pairs.iter().map(|pair| (row(&old, &pair.older), row(&new, &pair.newer))).collect()
}

/// What a person would say is the same item.
fn by_hand() -> [(&'static str, &'static str, Rows); 2] {
    [
        ("rpo-md-2023", "rpo-md-2024", vec![(0, 0), (3, 1), (4, 2), (7, 3)]),
        ("rpo-md-2024", "rpo-md-2025", vec![(0, 0), (1, 1), (2, 4), (3, 2), (4, 5), (5, 8), (6, 9), (7, 10)]),
    ]
}

#[test]
fn no_wrong_pair_is_taken() {
    for (older, newer, by_hand) in by_hand() {
        let taken = taken(older, newer);
        assert!(!taken.is_empty());
        for pair in taken {
            assert!(by_hand.contains(&pair), "{older} → {newer}: {pair:?}");
        }
    }
}

#[test]
fn an_ordinary_year_needs_nobody_for_the_pairs_themselves() {
    let [(older, newer, rows), _] = by_hand();
    assert_eq!(taken(older, newer), rows);
}

/// Everything a plan says, however it is divided: each text that must be found again after a merge.
fn texts(plan: &Plan) -> Vec<String> {
    let mut texts = Vec::new();
    let mut add = |blocks: &[Block]| texts.extend(blocks.iter().map(|block| fold_words(&block.text())));
    for item in plan.items() {
        for blocks in [&item.area, &item.priority, &item.activities, &item.status.text] {
            add(blocks);
        }
        for entry in &item.follow_up {
            add(&entry.text);
        }
    }
    add(&plan.results);
    add(&plan.challenges);
    texts
}

#[test]
fn nothing_of_either_version_is_lost_and_a_second_time_changes_nothing() {
    for (older, newer, _) in by_hand() {
        let (old, new) = (gold_plan(older), gold_plan(newer));
        let (merged, _) = merge_plans(old.clone(), new.clone());
        let json = fold_words(&serde_json::to_string(&merged).unwrap().replace("\\\"", " "));
        for text in texts(&old).iter().chain(&texts(&new)) {
            assert!(json.contains(text.as_str()), "{text}");
        }
        assert_eq!(merge_plans(old, merged.clone()).0, merged);
        assert_eq!(merge_plans(merged.clone(), merged.clone()).0, merged);
    }
}

#[test]
fn an_empty_plan_changes_nothing() {
    let plan = gold_plan("rpo-md-2024");
    assert_eq!(merge_plans(Plan::default(), plan.clone()).0, plan);
    let (merged, _) =
        merge_plans(plan.clone(), Plan { schema_version: plan.schema_version.clone(), ..Plan::default() });
    let kept: Vec<_> = merged.items().map(|item| (&item.id, &item.follow_up, &item.status)).collect();
    let had: Vec<_> = plan.items().map(|item| (&item.id, &item.follow_up, &item.status)).collect();
    assert_eq!(kept, had);
    assert!(merged.items().all(|item| item.last_seen.as_deref() == Some("rpo-md-2024.docx")));
}

#[test]
fn a_later_state_of_the_same_plan_gives_that_state() {
    let (older, newer) = (gold_plan("rpo-md-2024"), gold_plan("rpo-md-2024-after-2024-09-18"));
    let (merged, report) = merge_plans(older.clone(), newer.clone());
    assert!(!report.needs_person(), "{report:?}");
    assert_eq!(as_gold(&merged), as_gold(&newer));
    assert!(is_older(&older, &newer) && !is_older(&newer, &older));
}

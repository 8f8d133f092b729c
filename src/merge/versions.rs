//! Any number of versions of a plan, ordered by age and merged into one.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::{EntryDate, Plan};

use super::decisions::Decisions;
use super::plans::{file_of, merge_with};
use super::report::MergeReport;

/// How old a plan is: by its year (else the year of its line of update, else of its newest entry), its line of
/// update, its newest entry. What is not known counts as oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    year: Option<i16>,
    updated: Option<Date>,
    newest_entry: Option<EntryDate>,
}

/// How old a plan is.
pub fn age(plan: &Plan) -> Age {
    let updated = plan.updated.as_ref().and_then(|updated| updated.date);
    let newest_entry = plan.items().flat_map(|item| &item.follow_up).filter_map(|entry| entry.date).max();
    let year = plan.year.or(updated.map(Date::year)).or(newest_entry.map(EntryDate::year));
    Age { year, updated, newest_entry }
}

/// Whether the first plan is the older one. Plans of one age are taken in the order they are given.
pub fn is_older(first: &Plan, second: &Plan) -> bool {
    age(first) <= age(second)
}

/// Puts versions in order, oldest first. Of two of one age the one that was merged from more files is the
/// newer; what then is left is ordered by what the plans hold, so that the order given never matters.
pub fn by_age(plans: &mut [Plan]) {
    plans.sort_by_cached_key(|plan| {
        let content = serde_json::to_vec(plan).unwrap_or_default();
        (age(plan), plan.reading.sources.len(), file_of(plan), Sha256::digest(content).to_vec())
    });
}

/// Merges any number of versions of a plan into one with the whole history.
///
/// The versions may come in any order. The newest one's wordings and statuses stand; everything that an older
/// one says is in the histories. The report covers all steps; what a person must look at is in it.
pub fn merge_all(mut plans: Vec<Plan>, decisions: &Decisions) -> (Plan, MergeReport) {
    by_age(&mut plans);
    let (decisions, unused) = decisions.settle(&plans);
    let mut report = MergeReport {
        versions: plans.iter().map(|plan| file_of(plan).unwrap_or_default()).collect(),
        unused_decisions: unused.into_iter().map(|line| line.written).collect(),
        ..MergeReport::default()
    };
    let mut plans = plans.into_iter();
    let Some(mut merged) = plans.next() else { return (Plan::default(), report) };
    for newer in plans {
        let (next, step) = merge_with(merged, newer, &decisions);
        merged = next;
        report.add(step);
    }
    report.close(&merged);
    (merged, report)
}

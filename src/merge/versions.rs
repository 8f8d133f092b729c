//! Any number of versions of a plan, ordered by age and merged into one.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::{EntryDate, Plan, is_blank};

use super::decisions::Decisions;
use super::plans::{file_of, merge_with};
use super::report::MergeReport;
use super::three_way::{carry_over, content};

/// How old a plan is: by its year (else the year of its line of update, else of its newest entry), its line of
/// update, its newest entry. What is not known counts as oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    year: Option<i16>,
    updated: Option<Date>,
    newest_entry: Option<EntryDate>,
}

impl Age {
    /// How old a plan of this year, line of update and newest entry is.
    pub fn new(year: Option<i16>, updated: Option<Date>, newest_entry: Option<EntryDate>) -> Self {
        let year = year.or(updated.map(Date::year)).or(newest_entry.map(EntryDate::year));
        Self { year, updated, newest_entry }
    }
}

/// How old a plan is.
pub fn age(plan: &Plan) -> Age {
    let updated = plan.updated.as_ref().and_then(|updated| updated.date);
    let newest_entry = plan.items().flat_map(|item| &item.follow_up).filter_map(|entry| entry.date).max();
    Age::new(plan.year, updated, newest_entry)
}

/// Whether the first plan is the older one. Plans of one age are taken in the order they are given.
pub fn is_older(first: &Plan, second: &Plan) -> bool {
    age(first) <= age(second)
}

/// A version of a plan, with the model that its file was written from, where the file carries it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Version {
    /// The plan as it is read now.
    pub plan: Plan,
    /// The plan that the file was written from: what people have changed by hand since is known by it.
    pub base: Option<Plan>,
}

impl From<Plan> for Version {
    fn from(plan: Plan) -> Self {
        Self { plan, base: None }
    }
}

/// A version with what its plan and its base say.
struct Known {
    version: Version,
    content: [u8; 32],
    base: Option<[u8; 32]>,
}

impl From<Version> for Known {
    fn from(version: Version) -> Self {
        Self { content: content(&version.plan), base: version.base.as_ref().map(content), version }
    }
}

/// Whether a plan says nothing at all: then it is no version of anything.
fn says_nothing(plan: &Plan) -> bool {
    let pages = [&plan.instructions, &plan.promises, &plan.results, &plan.challenges];
    plan.items().next().is_none()
        && pages.into_iter().all(|blocks| is_blank(blocks))
        && [&plan.region, &plan.group, &plan.title].into_iter().all(Option::is_none)
        && (plan.year.is_none() && plan.updated.is_none() && plan.calendar.is_none())
        && (plan.other.is_empty() && plan.unplaced.is_empty())
        && (plan.reading.sources.is_empty() && plan.reading.leftovers.is_empty())
}

/// What versions are put in order by.
fn order(plan: &Plan) -> (Age, usize, Option<String>, Vec<u8>) {
    let whole = Sha256::digest(serde_json::to_vec(plan).unwrap_or_default()).to_vec();
    (age(plan), plan.reading.sources.len(), file_of(plan), whole)
}

/// Puts plans in order, oldest first, as [`merge_all`] does.
pub fn by_age(plans: &mut [Plan]) {
    plans.sort_by_cached_key(order);
}

/// Puts versions in order, oldest first. A version that was written from another is the newer of the two. Of
/// two of one age the one that was merged from more files is the newer; what then is left is ordered by what
/// the plans hold, so that the order given never matters.
fn in_order(versions: Vec<Version>) -> Vec<Known> {
    let mut known: Vec<Known> = versions.into_iter().map(Known::from).collect();
    known.sort_by_cached_key(|known| order(&known.version.plan));
    for from in (0..known.len()).rev() {
        let base = known[from].base;
        let after = (from + 1..known.len()).rev().find(|&at| base.is_some() && base == Some(known[at].content));
        if let Some(after) = after.filter(|_| base != Some(known[from].content)) {
            known[from..=after].rotate_left(1);
        }
    }
    known
}

/// Merges any number of versions of a plan into one with the whole history; see [`merge_versions`].
pub fn merge_all(plans: Vec<Plan>, decisions: &Decisions) -> (Plan, MergeReport) {
    merge_versions(plans.into_iter().map(Version::from).collect(), decisions)
}

/// Merges any number of versions of a plan into one with the whole history.
///
/// The versions may come in any order. The newest one's wordings and statuses stand, except where a version
/// only repeats what it was written from and another has changed it by hand. Everything that any version says
/// is in the histories. The report covers all steps; what a person must look at is in it.
pub fn merge_versions(versions: Vec<Version>, decisions: &Decisions) -> (Plan, MergeReport) {
    let known = in_order(versions.into_iter().filter(|version| !says_nothing(&version.plan)).collect());
    let (decisions, unused) = decisions.settle(known.iter().map(|known| &known.version.plan));
    let mut merging = Merging::new(decisions);
    known.into_iter().for_each(|known| merging.add_known(known));
    let (merged, mut report) = merging.finish();
    report.unused_decisions = unused.into_iter().map(|line| line.written).collect();
    (merged, report)
}

/// Versions merged one after the other, oldest first, so that no more than two need be in the memory.
#[derive(Debug, Default)]
pub struct Merging {
    decisions: Decisions,
    merged: Option<Plan>,
    report: MergeReport,
    /// What each version before said, and what it was written from.
    before: Vec<([u8; 32], Option<[u8; 32]>)>,
}

impl Merging {
    /// With decisions whose ids are those of the versions to come.
    pub fn new(decisions: Decisions) -> Self {
        Self { decisions, ..Self::default() }
    }

    /// How many items the versions so far have together.
    pub fn items(&self) -> usize {
        self.merged.iter().flat_map(Plan::items).count()
    }

    /// Merges the versions so far into a newer one.
    pub fn add(&mut self, version: Version) {
        self.add_known(Known::from(version));
    }

    fn add_known(&mut self, known: Known) {
        let Known { version: Version { mut plan, base }, content, base: base_content } = known;
        self.report.versions.push(file_of(&plan).unwrap_or_default());
        let Some(older) = self.merged.take() else {
            self.merged = Some(plan);
            self.before.push((content, base_content));
            return;
        };
        // A common ancestor: the version was written from one of those before, or from the same as one of them.
        let common = self
            .before
            .iter()
            .any(|(plan, base)| base_content.is_some() && (Some(*plan) == base_content || *base == base_content));
        let conflicts = match &base {
            Some(base) if common => carry_over(base, &older, &mut plan, &self.decisions),
            _ => Vec::new(),
        };
        let (next, mut step) = merge_with(older, plan, &self.decisions);
        step.conflicts.extend(conflicts);
        self.report.add(step);
        self.merged = Some(next);
        self.before.push((content, base_content));
    }

    /// The merged plan, and the report over all steps.
    pub fn finish(self) -> (Plan, MergeReport) {
        let (merged, mut report) = (self.merged.unwrap_or_default(), self.report);
        report.close(&merged);
        (merged, report)
    }
}

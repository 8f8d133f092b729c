//! What the rules know of the plan as a whole: its open items, its meeting days, the day it is judged as of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::model::{Entry, Item, Light, Plan, Section, blocks_text};

use super::words::{WORDS, says};
use super::{CheckOptions, Today};

/// In how many items a day must recur to be known as a meeting's.
const RECURS: usize = 2;

pub(super) struct Context<'a> {
    pub(super) plan: &'a Plan,
    pub(super) items: Vec<Place<'a>>,
    /// The group's meetings: the days that the caller gave, else those that recur from row to row.
    pub(super) meetings: BTreeSet<Date>,
    /// Whether the caller gave the meetings.
    pub(super) meetings_given: bool,
    /// The last meeting that the plan shows.
    pub(super) last_meeting: Option<Date>,
    /// The day it is, where known.
    pub(super) today: Option<Date>,
    /// The day that promised times are judged as of.
    pub(super) as_of: Option<Date>,
}

/// An item and its section.
pub(super) struct Place<'a> {
    pub(super) section: &'a Section,
    pub(super) item: &'a Item,
    /// Not closed, and not left behind by a merge.
    pub(super) open: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(plan: &'a Plan, options: &CheckOptions) -> Self {
        let items: Vec<Place<'a>> = plan
            .sections
            .iter()
            .flat_map(|section| section.items.iter().map(move |item| Place { section, item, open: is_open(item) }))
            .collect();
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for place in &items {
            let own: BTreeSet<Date> = dated(place.item).map(|(day, _)| day).collect();
            for day in own {
                *days.entry(day).or_default() += 1;
            }
        }
        let recurring = days.iter().filter(|(_, items)| **items >= RECURS).map(|(day, _)| *day);
        let updated = plan.updated.as_ref().and_then(|updated| updated.date);
        let meetings_given = !options.meetings.is_empty();
        let meetings: BTreeSet<Date> = if meetings_given {
            options.meetings.iter().copied().collect()
        } else {
            recurring.chain(updated.filter(|day| days.contains_key(day))).collect()
        };
        let today = match options.today {
            Today::Unknown => None,
            Today::Clock(day) | Today::Given(day) => Some(day),
        };
        let newest = days.keys().next_back().copied();
        let as_of = match options.today {
            Today::Given(day) => Some(day),
            Today::Clock(day) => Some(last_day(plan).map_or(day, |last| last.min(day))),
            Today::Unknown => updated.max(newest),
        };
        let last_meeting = meetings.iter().rev().copied().find(|day| today.is_none_or(|today| *day <= today));
        Self { plan, items, meetings, meetings_given, last_meeting, today, as_of }
    }

    /// The items that are open, with their numbers.
    pub(super) fn open(&self) -> impl Iterator<Item = (usize, &Place<'a>)> {
        self.items.iter().enumerate().filter(|(_, place)| place.open)
    }
}

/// The last day that a plan is worked with: the January after its year, when the next plan is made.
fn last_day(plan: &Plan) -> Option<Date> {
    plan.year.filter(|year| (1990..2100).contains(year)).map(|year| date(year + 1, 1, 31))
}

fn is_open(item: &Item) -> bool {
    let closed = !item.status.lights.is_empty() && item.status.lights.iter().all(|light| light.light == Light::Closed);
    !closed && item.last_seen.is_none()
}

/// Whether the status says that nothing is to be expected now.
pub(super) fn is_resting(item: &Item) -> bool {
    says(&blocks_text(&item.status.text), &WORDS.resting)
}

/// The entries of a known day, in the order they are written.
pub(super) fn dated(item: &Item) -> impl Iterator<Item = (Date, &Entry)> {
    item.follow_up.iter().filter_map(|entry| Some((entry.date?.day()?, entry)))
}

/// "en punkt", "3 punkter".
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    if number == 1 { one.to_owned() } else { format!("{number} {many}") }
}

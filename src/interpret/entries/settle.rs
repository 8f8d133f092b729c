//! Days without a year ("6/5", "6 maj"): the neighbours give the year, or nobody does.

use jiff::civil::Date;

use super::Context;
use super::candidate::{Candidate, When};
use super::features::Score;
use super::segment::Choice;
use crate::model::EntryDate;

/// Settles the days without a year once the other starts of the cell stand.
///
/// A year is taken only where exactly one lies between the entries around (or the last update, after the last entry).
pub(super) fn days_without_year(
    candidates: &mut [Candidate],
    scores: &[Score],
    choice: &mut Choice,
    context: &Context,
    newest_first: bool,
) {
    // The start after each candidate, found in one walk from the end.
    let mut following: Vec<Option<Date>> = vec![None; candidates.len()];
    let mut next = if newest_first { None } else { context.updated };
    for index in (0..candidates.len()).rev() {
        following[index] = next;
        if choice.taken[index] {
            next = candidates[index].date().and_then(EntryDate::day).or(next);
        }
    }
    let mut previous = if newest_first { context.updated } else { None };
    for index in 0..candidates.len() {
        if let When::DayMonth(day, month) = candidates[index].when
            && scores[index].sum > 0.0
        {
            let (from, until) = if newest_first { (following[index], previous) } else { (previous, following[index]) };
            let year = from.zip(until).and_then(|(from, until)| only_year(day, month, from, until));
            choice.margin[index] = scores[index].sum;
            if let Some(date) = year {
                candidates[index].when = When::Known(EntryDate::Day(date));
                choice.taken[index] = true;
            }
        }
        if choice.taken[index] {
            previous = candidates[index].date().and_then(EntryDate::day).or(previous);
        }
    }
}

/// The one day of that name between two days, if there is exactly one.
fn only_year(day: i8, month: i8, from: Date, until: Date) -> Option<Date> {
    let years = from.year()..=until.year().min(from.year() + 2);
    let mut days = years.filter_map(|year| Date::new(year, month, day).ok()).filter(|day| (from..=until).contains(day));
    days.next().filter(|_| days.next().is_none())
}

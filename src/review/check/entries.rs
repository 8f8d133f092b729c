//! Rules about the dated entries.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::model::{Entry, Item, blocks_text};

use super::context::{Context, counted, dated, is_resting};
use super::{Column, Found};

/// How many items must be open before a plan without any dated entry is remarked on.
const MANY: usize = 3;
/// How far into its year a plan may be without a dated entry, in days.
const GRACE: i64 = 90;
/// How near a meeting a lone day must be to look like a slip of the pen, in days.
const NEAR: i64 = 3;

/// An open item with no entry of the last meeting or after it.
pub(super) fn nothing_since_meeting(context: &Context<'_>, found: &mut Found<'_>) {
    let Some(meeting) = context.last_meeting else { return };
    for (number, place) in context.open() {
        let newest = dated(place.item).map(|(day, _)| day).max();
        if is_resting(place.item) || newest.is_some_and(|day| day >= meeting) {
            continue;
        }
        let message = match newest {
            Some(day) => format!("Senaste anteckningen är från {day}; senaste mötet var {meeting}."),
            None => format!("Punkten har ingen anteckning med datum; senaste mötet var {meeting}."),
        };
        found.item(context, number, Some(Column::FollowUp), message);
    }
}

/// A plan well into its year, in which no entry has a date.
pub(super) fn no_dated_entries(context: &Context<'_>, found: &mut Found<'_>) {
    let open = context.open().count();
    let any = context.items.iter().any(|place| place.item.follow_up.iter().any(|entry| entry.date.is_some()));
    let Some(begins) = context.plan.year.and_then(|year| Date::new(year, 1, 1).ok()) else { return };
    let late = context.as_of.is_some_and(|day| days_between(begins, day) > GRACE);
    if !any && open >= MANY && late {
        found.plan(format!("Ingen av planens {open} öppna punkter har en anteckning med datum."));
    }
}

/// Entries that run against the order that the item's other entries, or the plan's, have.
pub(super) fn out_of_order(context: &Context<'_>, found: &mut Found<'_>) {
    let dates = |item: &Item| item.follow_up.iter().filter_map(|entry| entry.date).collect::<Vec<_>>();
    let (mut up, mut down) = (0, 0);
    for place in &context.items {
        for pair in dates(place.item).windows(2) {
            up += usize::from(pair[0] < pair[1]);
            down += usize::from(pair[0] > pair[1]);
        }
    }
    for (number, place) in context.items.iter().enumerate() {
        let dates = dates(place.item);
        let own_up = dates.windows(2).filter(|pair| pair[0] < pair[1]).count();
        let own_down = dates.windows(2).filter(|pair| pair[0] > pair[1]).count();
        // A cell that runs the other way from beginning to end is kept newest first on purpose.
        if own_up == 0 && own_down > 1 || own_down == 0 {
            continue;
        }
        // Two entries alone say nothing of their cell's order: the plan's holds.
        let falling = if own_up + own_down < 2 || own_up == own_down { down > up } else { own_down > own_up };
        let wrong = |pair: &&[crate::model::EntryDate]| {
            // A year alone lies anywhere within its days.
            let known = pair.iter().all(|date| date.day().is_some()) || pair[0].year() != pair[1].year();
            known && if falling { pair[0] < pair[1] } else { pair[0] > pair[1] }
        };
        if let Some(pair) = dates.windows(2).find(wrong) {
            let message = format!("{} står före {} bland anteckningarna.", pair[0], pair[1]);
            found.item(context, number, Some(Column::FollowUp), message);
        }
    }
}

/// Entries of days to come.
pub(super) fn in_future(context: &Context<'_>, found: &mut Found<'_>) {
    let Some(today) = context.today else { return };
    for (number, place) in context.items.iter().enumerate() {
        for (day, entry) in dated(place.item).filter(|(day, _)| *day > today) {
            let message = format!("Anteckningen {} är daterad {day}, efter i dag ({today}).", written(entry));
            found.item(context, number, Some(Column::FollowUp), message);
        }
    }
}

/// Entries after the day that the plan's line of update names: the line was not renewed.
pub(super) fn after_update(context: &Context<'_>, found: &mut Found<'_>) {
    let Some(updated) = context.plan.updated.as_ref().and_then(|updated| updated.date) else { return };
    let not_to_come = |day: &Date| context.today.is_none_or(|today| *day <= today);
    let days: Vec<Date> =
        context.items.iter().flat_map(|place| dated(place.item)).map(|(day, _)| day).filter(not_to_come).collect();
    let after = days.iter().filter(|day| **day > updated).count();
    if let Some(newest) = days.iter().max().filter(|day| **day > updated) {
        let many = counted(after, "En anteckning är", "anteckningar är");
        found.plan(format!("{many} nyare än planens uppdatering {updated}; den nyaste är från {newest}."));
    }
}

/// Entries of a day that is no meeting's: all of them where the meetings are given, else those that are so
/// near a meeting that the day looks like a slip of the pen.
pub(super) fn no_meeting_day(context: &Context<'_>, found: &mut Found<'_>) {
    for (number, place) in context.items.iter().enumerate() {
        for (day, entry) in dated(place.item).filter(|(day, _)| !context.meetings.contains(day)) {
            let has = |meeting: Date| dated(place.item).any(|(other, _)| other == meeting);
            let near = context.meetings.iter().copied().find(|&meeting| {
                (days_between(meeting, day).abs() <= NEAR || one_digit_apart(meeting, day)) && !has(meeting)
            });
            let message = match near {
                Some(meeting) => format!("Anteckningen {} har en egen dag: menas mötet {meeting}?", written(entry)),
                None if context.meetings_given => format!("{day} är ingen av de angivna mötesdagarna."),
                None => continue,
            };
            found.item(context, number, Some(Column::FollowUp), message);
        }
    }
}

/// Something written as a date that is no day of the calendar.
pub(super) fn impossible_date(context: &Context<'_>, found: &mut Found<'_>) {
    for (number, place) in context.items.iter().enumerate() {
        let item = place.item;
        let follow_up = item.follow_up.iter().map(|entry| (Column::FollowUp, blocks_text(&entry.text)));
        let others =
            [(Column::Activities, blocks_text(&item.activities)), (Column::Status, blocks_text(&item.status.text))];
        for (column, text) in others.into_iter().chain(follow_up) {
            for written in impossible(&text) {
                let message = format!("”{written}” är skrivet som ett datum men finns inte i kalendern.");
                found.item(context, number, Some(column), message);
            }
        }
    }
}

static DATE_SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<y8>20\d\d)(?P<m8>\d\d)(?P<d8>\d\d)|(?P<y6>[123]\d)(?P<m6>\d\d)(?P<d6>\d\d)|(?P<ds>\d\d)/(?P<ms>\d{1,2})").ok()
});

/// What has the shape of a date, with a month or day that is just beyond the calendar's. Numbers that are
/// farther from any date ("250 000", "259999") are numbers.
fn impossible(text: &str) -> Vec<&str> {
    let Some(shape) = DATE_SHAPE.as_ref() else { return Vec::new() };
    let digit_or_tie = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-/:_+".contains(c));
    shape
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let tied = digit_or_tie(text[..whole.start()].chars().next_back())
                || digit_or_tie(text[whole.end()..].chars().next()) && !text[whole.end()..].starts_with(':');
            let number = |names: [&str; 3]| {
                names.iter().find_map(|name| found.name(name)).and_then(|part| part.as_str().parse::<i8>().ok())
            };
            let (month, day) = (number(["m", "m8", "m6"]), number(["d", "d8", "d6"]));
            let wrong = match (number(["ds", "ds", "ds"]), number(["ms", "ms", "ms"])) {
                // 31/4: a day that its month does not have, in any year.
                (Some(day @ 30..=31), Some(month @ 1..=12)) => Date::new(2024, month, day).is_err(),
                (Some(_), _) => false,
                _ => {
                    let year = ["y", "y8", "y6"].iter().find_map(|name| found.name(name))?.as_str();
                    let year = year.parse::<i16>().ok()?;
                    let year = if year < 100 { year + 2000 } else { year };
                    let (month, day) = (month?, day?);
                    let close = (1..=12).contains(&month) && (29..=39).contains(&day)
                        || (13..=19).contains(&month) && (1..=31).contains(&day);
                    close && Date::new(year, month, day).is_err()
                }
            };
            (wrong && !tied).then(|| whole.as_str())
        })
        .collect()
}

fn written(entry: &Entry) -> String {
    entry.shown_date().unwrap_or_default()
}

/// Days from one day to another.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// Whether two days of one decade differ in one digit, or have two digits exchanged.
fn one_digit_apart(a: Date, b: Date) -> bool {
    let digits = |day: Date| day.strftime("%y%m%d").to_string().into_bytes();
    let (a, b) = (digits(a), digits(b));
    let wrong: Vec<usize> = (0..a.len().min(b.len())).filter(|&i| a[i] != b[i]).collect();
    match wrong.as_slice() {
        // The first three say the year and the half of it: another one is another meeting.
        [one] => *one >= 3,
        [one, next] => *one >= 2 && next - one == 1 && a[*one] == b[*next] && a[*next] == b[*one],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_nearly_a_date_is_impossible() {
        for (text, wanted) in [
            ("240231 Beslut", vec!["240231"]),
            ("möte 2024-13-01 och 2024-02-30", vec!["2024-13-01", "2024-02-30"]),
            ("den 31/4 hålls", vec!["31/4"]),
            ("20240431: klart", vec!["20240431"]),
            ("240430 och 30/4", vec![]),
            ("250000 kr, dnr 2024-240231, 0240231, 241999, tel 013-240231", vec![]),
            ("16-31/4", vec![]),
        ] {
            assert_eq!(impossible(text), wanted, "{text}");
        }
    }

    #[test]
    fn slips_of_the_pen() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(one_digit_apart(day("2024-04-17"), day("2024-04-11")));
        assert!(one_digit_apart(day("2024-04-17"), day("2024-05-17")));
        assert!(one_digit_apart(day("2024-06-12"), day("2024-06-21")));
        assert!(!one_digit_apart(day("2023-04-17"), day("2024-04-17")));
        assert!(!one_digit_apart(day("2024-04-17"), day("2024-06-14")));
    }
}

//! Rules about the plan as a whole: its year, its front, and what its reading left over.

use jiff::civil::{Date, date};

use crate::model::{Severity, WarningCode};

use super::context::{counted, dated};
use super::wording::years;
use super::{Context, Found};

/// Leftovers beyond these are counted.
const LEFTOVERS: usize = 5;

/// The plan's year against its title, headings, calendar, line of update and newest entry.
pub(super) fn year_mismatch(context: &Context<'_>, found: &mut Found<'_>) {
    let plan = context.plan;
    let Some(year) = plan.year.filter(|year| (1990..2100).contains(year)) else { return };
    let title = plan.title.as_deref().unwrap_or_default();
    if years(title).next().is_some() && !years(title).any(|other| other == year) {
        found.plan(format!("Planen är för {year}, men rubriken är ”{title}”."));
    }
    let mut headings: Vec<&str> = Vec::new();
    for section in &plan.sections {
        let columns = &section.columns;
        let all = [
            &section.title,
            &columns.area,
            &columns.priority,
            &columns.activities,
            &columns.follow_up,
            &columns.status,
        ];
        headings.extend(all.into_iter().flatten().map(String::as_str));
    }
    headings.dedup();
    let mut told: Vec<&str> = Vec::new();
    for heading in headings {
        let wrong = years(heading).next().is_some() && !years(heading).any(|other| other == year);
        if wrong && !told.contains(&heading) {
            told.push(heading);
            found.plan(format!("Planen är för {year}, men en tabell har rubriken ”{heading}”."));
        }
    }
    if let Some(other) = plan.calendar.as_ref().and_then(|calendar| calendar.year).filter(|other| *other != year) {
        found.plan(format!("Planen är för {year}, men årshjulet är för {other}."));
    }
    // A plan's last meeting may fall in the January after its year, its first in the autumn before.
    let (first, last) = (date(year - 1, 1, 1), date(year + 1, 1, 31));
    let updated = plan.updated.as_ref().and_then(|updated| updated.date);
    if let Some(updated) = updated.filter(|day| *day > last || *day < first) {
        found.plan(format!("Planen är för {year}, men säger att den uppdaterades {updated}."));
    }
    let not_to_come = |day: &Date| context.today.is_none_or(|today| *day <= today);
    let newest = context.items.iter().flat_map(|place| dated(place.item)).map(|(day, _)| day).filter(not_to_come).max();
    if let Some(newest) = newest.filter(|day| *day > last || *day < first) {
        found.plan(format!("Planen är för {year}, men dess nyaste anteckning är från {newest}."));
    }
}

/// What the plan's front does not say.
pub(super) fn front_incomplete(context: &Context<'_>, found: &mut Found<'_>) {
    let plan = context.plan;
    let entries = context.items.iter().any(|place| dated(place.item).next().is_some());
    let parts = [
        ("vilken grupp den tillhör", plan.group.is_none()),
        ("vad den heter", plan.title.is_none()),
        ("vilket år den gäller", plan.year.is_none()),
        ("när den uppdaterades", entries && plan.updated.as_ref().is_none_or(|updated| updated.date.is_none())),
    ];
    for (what, _) in parts.into_iter().filter(|(_, missing)| *missing) {
        found.plan(format!("Planen säger inte {what}."));
    }
}

/// Notes from meetings that no item took.
pub(super) fn unplaced(context: &Context<'_>, found: &mut Found<'_>) {
    for note in &context.plan.unplaced {
        let day = note.date.map(|day| format!(" från {day}")).unwrap_or_default();
        let called = if note.heading.is_empty() { String::new() } else { format!(" ”{}”", note.heading) };
        let near = match note.candidates.as_slice() {
            [] => String::new(),
            ids => format!(" Närmast: {}.", ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ")),
        };
        found.plan(format!("Anteckningen{called}{day} hör inte till någon punkt: {}.{near}", note.reason));
    }
}

/// Text that no field took.
pub(super) fn leftovers(context: &Context<'_>, found: &mut Found<'_>) {
    let leftovers = &context.plan.reading.leftovers;
    for leftover in leftovers.iter().take(LEFTOVERS) {
        let text: String = leftover.text.trim().chars().take(80).collect();
        let remark = found.plan(format!("Texten ”{text}” hör inte till något fält."));
        remark.source = Some(leftover.source.clone());
    }
    if let Some(more) = leftovers.len().checked_sub(LEFTOVERS).filter(|more| *more > 0) {
        let texts = counted(more, "En text", "texter");
        found.plan(format!("{texts} till hör inte till något fält: se reading.leftovers i modellen."));
    }
}

/// The reading's own warnings, but for what other rules tell better.
pub(super) fn doubtful_reading(context: &Context<'_>, found: &mut Found<'_>) {
    let plan = context.plan;
    let front = plan.group.is_none() || plan.title.is_none() || plan.year.is_none();
    let told = |code: WarningCode| {
        matches!(
            code,
            WarningCode::Leftovers
                | WarningCode::EntriesOutOfOrder
                | WarningCode::EntryInFuture
                | WarningCode::ImpossibleDate
                | WarningCode::NoteUnplaced
                | WarningCode::NotCarried
        ) || code == WarningCode::DoubtfulTitle && front
    };
    for warning in plan.reading.warnings.iter().filter(|w| w.severity > Severity::Info && !told(w.code)) {
        let remark = found.plan(warning.message.clone());
        remark.severity = warning.severity;
        remark.source = warning.source.clone();
    }
    if plan.reading.leftovers.is_empty() && plan.reading.coverage < 0.999 {
        found.plan(format!("Bara {:.1} procent av dokumentets text lästes.", plan.reading.coverage * 100.0));
    }
    if context.items.is_empty() {
        found.plan("Planen har inga punkter.".to_owned());
    }
}

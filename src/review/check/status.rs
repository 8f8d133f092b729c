//! Rules about the status.

use crate::model::{Light, blocks_text, is_blank};

use super::context::{Context, dated};
use super::time::{Near, times};
use super::words::{WORDS, says};
use super::{Column, Found};

/// From so many items on, a plan with no status at all gets one remark and not one for each item.
const MANY: usize = 3;

/// The status cell is empty.
pub(super) fn missing(context: &Context<'_>, found: &mut Found<'_>) {
    let empty: Vec<usize> =
        context.open().filter(|(_, place)| place.item.status.is_empty()).map(|(number, _)| number).collect();
    let open = context.open().count();
    if open >= MANY && empty.len() == open {
        found.plan(format!("Ingen av planens {open} öppna punkter har någon status."));
        return;
    }
    for number in empty {
        found.item(context, number, Some(Column::Status), "Punkten har ingen status.".to_owned());
    }
}

/// A red light, no words beside it, and nothing in its label or the newest entry that says why.
pub(super) fn red_unexplained(context: &Context<'_>, found: &mut Found<'_>) {
    for (number, place) in context.open() {
        let status = &place.item.status;
        let red = status.lights.iter().find(|light| light.light == Light::Red);
        let Some(red) = red.filter(|_| is_blank(&status.text)) else { continue };
        let newest = dated(place.item).max_by_key(|(day, _)| *day);
        let by_label = red.label.as_deref().is_some_and(|label| says(label, &WORDS.explaining));
        if by_label || newest.is_some_and(|(_, entry)| says(&blocks_text(&entry.text), &WORDS.explaining)) {
            continue;
        }
        let label = red.label.as_deref().map(|label| format!(" {label}")).unwrap_or_default();
        found.item(context, number, Some(Column::Status), format!("Statusen är röd{label} men säger inte varför."));
    }
}

/// Closed by the light, with a day in the status or a closing entry, and something noted after that day.
pub(super) fn closed_with_news(context: &Context<'_>, found: &mut Found<'_>) {
    for (number, place) in context.items.iter().enumerate() {
        let item = place.item;
        if item.status.lights.is_empty() || item.status.lights.iter().any(|light| light.light != Light::Closed) {
            continue;
        }
        let near = Near { year: context.plan.year, after: None };
        let by_status = times(&blocks_text(&item.status.text), near).iter().filter_map(|time| time.day).max();
        let by_entry =
            dated(item).filter(|(_, entry)| says(&blocks_text(&entry.text), &WORDS.closing)).map(|(day, _)| day).max();
        let Some(closed) = by_status.or(by_entry) else { continue };
        if let Some((day, _)) = dated(item).filter(|(day, _)| *day > closed).max_by_key(|(day, _)| *day) {
            let message = format!("Punkten är avslutad {closed} men har en anteckning från {day}.");
            found.item(context, number, Some(Column::FollowUp), message);
        }
    }
}

//! What a person may need to look at in a cell.

use std::ops::Range;

use super::Cell;
use super::candidate::{Candidate, When};
use super::features::Feature;
use super::segment;
use crate::model::{Warning, WarningCode};

/// A judgement nearer than this could as well have gone the other way.
const DOUBTFUL: f32 = 0.7;

/// More remarks than this on one cell help nobody.
const MOST: usize = 20;

/// Characters shown on each side of a date.
const AROUND: usize = 30;

pub(super) fn of_cell(cell: &Cell<'_>) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    for (index, candidate) in cell.candidates.iter().enumerate() {
        if let Some((code, message)) = of_date(cell, index, candidate) {
            if warnings.len() == MOST {
                warnings
                    .push(Warning::new(code, "Cellen har fler osäkra datum än som räknas upp här. Läs hela cellen."));
                break;
            }
            warnings.push(Warning::new(code, message));
        }
    }
    warnings.extend(out_of_order(cell));
    warnings
}

fn of_date(cell: &Cell<'_>, index: usize, candidate: &Candidate) -> Option<(WarningCode, String)> {
    let around = || around(&cell.flat.text, &candidate.span);
    let written = &cell.flat.text[candidate.span.clone()];
    let taken = cell.choice.taken[index];
    let score = &cell.scores[index];
    match candidate.when {
        When::Impossible if score.sum > 0.0 && in_plan_years(written) => Some((
            WarningCode::ImpossibleDate,
            format!(
                "”{written}” i ”{}” är ingen dag i kalendern och lästes som text. Rätta datumet i planen.",
                around()
            ),
        )),
        When::DayMonth(..) if score.sum > 0.0 => Some((
            WarningCode::DoubtfulDate,
            format!(
                "”{written}” i ”{}” saknar år, och anteckningarna runt om visar inte vilket. Datumet lästes som text. \
                 Skriv ut året i planen.",
                around()
            ),
        )),
        When::NoDay if score.sum > 0.0 => Some((
            WarningCode::DoubtfulDate,
            format!(
                "”{written}” i ”{}” nämner ingen dag och lästes som text. Skriv ut dagen om en anteckning börjar här.",
                around()
            ),
        )),
        When::Known(_) if taken && is_future(&score.features) => Some((
            WarningCode::EntryInFuture,
            format!(
                "Anteckningen ”{}” har ett datum efter planens senaste uppdatering. Kontrollera datumet.",
                around()
            ),
        )),
        When::Known(_) if cell.choice.margin[index] < DOUBTFUL => Some((
            WarningCode::DoubtfulDate,
            if taken {
                format!("”{written}” i ”{}” lästes som början på en anteckning, men kan höra till texten.", around())
            } else {
                format!("”{written}” i ”{}” lästes som en del av texten, men kan börja en anteckning.", around())
            },
        )),
        _ => None,
    }
}

fn is_future(features: &[Feature]) -> bool {
    [Feature::Future, Feature::FutureAtLineStart, Feature::FutureMeeting, Feature::YearAhead]
        .iter()
        .any(|future| features.contains(future))
}

/// Whether a number that is no day begins as the dates of plans do: else it is a sum or a code.
fn in_plan_years(written: &str) -> bool {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let year =
        if written.len() == 6 { digits.get(..2) } else { digits.strip_prefix("20").and_then(|rest| rest.get(..2)) };
    year.and_then(|year| year.parse().ok()).is_some_and(|year: u8| (15..40).contains(&year))
        && !written.ends_with("000")
}

fn out_of_order(cell: &Cell<'_>) -> Option<Warning> {
    let starts: Vec<_> = cell.starts().collect();
    let wrong = starts.windows(2).find(|pair| {
        let (first, second) = if cell.newest_first { (pair[1].1, pair[0].1) } else { (pair[0].1, pair[1].1) };
        segment::order(first, second) < 0.0 && second < first
    })?;
    let written = |at: usize| &cell.flat.text[wrong[at].0.span.clone()];
    Some(Warning::new(
        WarningCode::EntriesOutOfOrder,
        format!(
            "Anteckningarna står inte i tidsordning: ”{}” kommer efter ”{}”. De står kvar som de är skrivna.",
            written(1),
            written(0)
        ),
    ))
}

/// The words around a stretch of text, on one line.
pub(super) fn around(text: &str, span: &Range<usize>) -> String {
    let before = text[..span.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let after = text[span.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| span.end + at);
    let words: Vec<&str> = text[before..after].split_whitespace().collect();
    words.join(" ")
}

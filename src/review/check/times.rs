//! The rule about stated times that have passed.

use crate::model::{Block, words};

use super::context::{Context, dated};
use super::time::{Near, Time, times};
use super::words::{WORDS, says};
use super::{Column, Found};

/// Words before a time that are looked at.
const BEFORE: usize = 3;
/// The longest part of a sentence that a message quotes, in characters.
const QUOTED: usize = 90;

/// An open item whose activities, status or newest entry promise something for a time that has passed.
pub(super) fn passed(context: &Context<'_>, found: &mut Found<'_>) {
    let Some(as_of) = context.as_of else { return };
    let by_plan = Near { year: context.plan.year, after: None };
    for (number, place) in context.open() {
        let item = place.item;
        let mut promised: Vec<(Column, String, Time)> = Vec::new();
        for (sentence, time) in promises(&item.activities, by_plan, true) {
            promised.push((Column::Activities, sentence, time));
        }
        // What older entries promise is dealt with in the newer ones.
        let newest = dated(item).max_by_key(|(day, _)| *day);
        if let Some((day, entry)) = newest {
            let to_come = promises(&entry.text, Near { after: Some(day), ..by_plan }, false);
            for (sentence, time) in to_come.into_iter().filter(|(_, time)| time.last >= day) {
                promised.push((Column::FollowUp, sentence, time));
            }
        }
        for (sentence, time) in promises(&item.status.text, by_plan, false) {
            promised.push((Column::Status, sentence, time));
        }
        let mut told = Vec::new();
        for (column, sentence, time) in promised.into_iter().filter(|(.., time)| time.last < as_of) {
            // The plan and the note that repeats it promise one thing.
            if told.contains(&time.last) {
                continue;
            }
            told.push(time.last);
            let quoted = shortened(&sentence, &time);
            let message = format!("Tiden har gått ({}): ”{}”.", time.last, quoted.trim_end_matches(['.', ':']));
            found.item(context, number, Some(column), message);
        }
    }
}

/// The sentences that promise something for a time, each with the latest time it names.
fn promises(blocks: &[Block], near: Near, is_plan: bool) -> Vec<(String, Time)> {
    let texts: Vec<String> = blocks.iter().map(Block::text).collect();
    let sentences = texts.iter().flat_map(|text| sentences(text));
    sentences
        .filter_map(|sentence| {
            let times = times(sentence, near);
            let last = times.iter().max_by_key(|time| time.last)?;
            times
                .iter()
                .any(|time| is_promised(sentence, time, is_plan))
                .then(|| (sentence.trim().to_owned(), last.clone()))
        })
        .collect()
}

/// Whether a sentence promises something for a time: a limit stands before the time, or the sentence speaks
/// of what is to come; in a column of plans, a preposition is enough.
fn is_promised(sentence: &str, time: &Time, is_plan: bool) -> bool {
    let before: Vec<String> = words(&sentence[..time.at.start]).collect();
    let near = before[before.len().saturating_sub(BEFORE)..].join(" ");
    let ends_with =
        |phrases: &[String]| phrases.iter().any(|phrase| near == *phrase || near.ends_with(&format!(" {phrase}")));
    let rules = &WORDS.time;
    if ends_with(&rules.since) {
        return false;
    }
    if ends_with(&rules.limits) {
        return true;
    }
    if says(sentence, &rules.past) {
        return false;
    }
    if is_plan && ends_with(&rules.during) {
        return true;
    }
    // A day or a year with nothing before it that ties it to the sentence says when something was decided,
    // or which plan is meant: "Beslut om plan B 240614", "i handlingsplanen 2024".
    let is_bare = time.day.is_some() || sentence[time.at.clone()].bytes().all(|b| b.is_ascii_digit());
    let is_tied = says(&near, &rules.coming) || ends_with(&rules.during);
    says(sentence, &rules.coming) && (is_plan || !is_bare || is_tied)
}

/// Cuts a text where a sentence ends: at a full stop that a capital letter or a digit follows.
fn sentences(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| ".!?;".contains(*c)) {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.trim_start().chars().next();
        if rest.starts_with(char::is_whitespace) && next.is_none_or(|c| !c.is_lowercase()) {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The sentence, cut to the words around its time where it is long.
fn shortened(sentence: &str, time: &Time) -> String {
    let text = sentence;
    let length = text.chars().count();
    if length <= QUOTED {
        return text.to_owned();
    }
    // The time's own place was counted before the sentence was trimmed; the start of it is near enough.
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at < time.at.end).count().min(length);
    let from = end.saturating_sub(QUOTED - 10);
    let cut: String = text.chars().skip(from).take(QUOTED).collect();
    let cut = if from > 0 { cut.split_once(' ').map_or(cut.as_str(), |(_, rest)| rest).to_owned() } else { cut };
    let shown = if from + QUOTED < length {
        format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
    } else {
        cut
    };
    if from > 0 { format!("…{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_plan: bool) -> Option<String> {
        let near = Near { year: Some(2024), after: None };
        promises(&[Block::paragraph(text)], near, is_plan).first().map(|(_, time)| time.last.to_string())
    }

    #[test]
    fn promised_times_and_others() {
        for (text, is_plan, wanted) in [
            ("Plan klar under 2025.", true, Some("2025-12-31")),
            ("Under Q2 ha ersättare på plats", true, Some("2024-06-30")),
            ("Nominerar representant att ingå i NAG 2022.", true, None),
            ("2022 togs beslut att genomföra en upphandling.", true, None),
            ("Återkommer med tidplan senast 241115.", false, Some("2024-11-15")),
            ("Alla har erhållit dispens till 241231", false, Some("2024-12-31")),
            ("Beslut om förnyat uppdrag plan B 240614", false, None),
            ("Grund uppdrag slutfört 240417", false, None),
            ("Rapporteras i januari 2025", false, Some("2025-01-31")),
            ("Handlingsplan från september 2023 följs", true, None),
            ("Informationsmöte hölls våren 2024", false, None),
            ("Startar Q1 2024 och är klart Q3 2026", true, Some("2026-09-30")),
        ] {
            assert_eq!(found(text, is_plan).as_deref(), wanted, "{text}");
        }
    }
}

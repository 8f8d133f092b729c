//! Next year's plan out of this year's: what is open goes on, what is closed is left behind and listed.
//!
//! Ids stay, so that merging the two years gives back the whole history. What belongs to the old year and has a
//! place in the new plan (the pages "Resultat" and "Utmaningar", the list of closed items) stands in `other` under
//! a heading with the old year; entries that are not kept stay in the old plan, and the report counts them.

use std::sync::LazyLock;

use miette::Diagnostic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Block, Calendar, Entry, Item, ItemId, Light, OtherPart, Plan, Run, is_blank};

/// Which of an open item's entries go on into the new plan. Text before any date always does: it says how the
/// item is followed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// All of them.
    All,
    /// The newest.
    #[default]
    Last,
    /// None.
    None,
}

/// What was carried over and what was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextYear {
    /// The old plan's year.
    pub from: Option<i16>,
    /// The new plan's year.
    pub year: i16,
    /// Items that go on.
    pub carried: Vec<Carried>,
    /// Items that were left behind: closed, or no longer in the newest version.
    pub closed: Vec<Left>,
    /// Texts in which the year was renewed: then and now.
    pub renewed: Vec<Renewed>,
    /// Headings in `other` under which the old year's pages stand now.
    pub set_aside: Vec<String>,
    /// Marks "(NY)" that were taken away.
    pub marks_removed: usize,
}

/// An item that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Carried {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub name: String,
    /// Entries that go on.
    pub entries_kept: usize,
    /// Entries that only the old plan has.
    pub entries_left: usize,
}

/// An item that was left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Left {
    /// Its id.
    pub id: ItemId,
    /// In words.
    pub name: String,
}

/// A text in which the year was renewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renewed {
    /// Then.
    pub old: String,
    /// Now.
    pub new: String,
}

/// Why a plan has no such next year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
pub enum NextYearError {
    /// The year asked for is not after the plan's.
    #[error("planen är för {plan}; {year} kommer inte efter det")]
    #[diagnostic(help("Ange ett senare år, till exempel --year {}.", .plan + 1))]
    NotAfter {
        /// The plan's year.
        plan: i16,
        /// The year asked for.
        year: i16,
    },
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    closed: String,
    results: String,
    challenges: String,
    new_marks: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| crate::shipped::shipped!("next_year").unwrap_or_default());

/// Makes next year's plan.
///
/// # Errors
/// When the year is not after the plan's own.
pub fn next_year(mut plan: Plan, year: i16, keep: Keep) -> Result<(Plan, NextYear), NextYearError> {
    if let Some(own) = plan.year.filter(|own| *own >= year) {
        return Err(NextYearError::NotAfter { plan: own, year });
    }
    let from = plan.year;
    let mut report = NextYear { from, year, ..NextYear::default() };
    let mut closed = Vec::new();
    for section in &mut plan.sections {
        for item in std::mem::take(&mut section.items) {
            if goes_on(&item) {
                section.items.push(carry(item, keep, &mut report));
            } else {
                report.closed.push(Left { id: item.id.clone(), name: item.name() });
                closed.push(listed(&item));
            }
        }
    }
    renew_texts(&mut plan, from, year, &mut report);
    plan.year = Some(year);
    // No meeting has updated the new plan.
    plan.updated = None;
    let pages = [
        (std::mem::take(&mut plan.results), &WORDS.results),
        (std::mem::take(&mut plan.challenges), &WORDS.challenges),
    ];
    for (blocks, heading) in pages.into_iter().chain([(closed, &WORDS.closed)]) {
        if !is_blank(&blocks) {
            let old = from.map_or_else(String::new, |year| year.to_string());
            let heading = heading.replace("{year}", &old).trim().to_owned();
            report.set_aside.push(heading.clone());
            plan.other.push(OtherPart { heading: Some(heading), blocks });
        }
    }
    // What the reading of the old file warned of was told then; what it left over stays.
    plan.reading.warnings.clear();
    Ok((plan, report))
}

fn goes_on(item: &Item) -> bool {
    let lights = &item.status.lights;
    let closed = !lights.is_empty() && lights.iter().all(|light| light.light == Light::Closed);
    !closed && item.last_seen.is_none()
}

fn carry(mut item: Item, keep: Keep, report: &mut NextYear) -> Item {
    let before = item.follow_up.len();
    let newest = item.follow_up.iter().filter_map(|entry| entry.date).max();
    // Of two entries of the newest day both are the last.
    let stays = |entry: &Entry| match (keep, entry.date) {
        (Keep::All, _) | (_, None) => true,
        (Keep::Last, date) => date == newest,
        (Keep::None, _) => false,
    };
    item.follow_up.retain(stays);
    for blocks in [&mut item.area, &mut item.priority, &mut item.activities] {
        for block in blocks.iter_mut() {
            report.marks_removed += remove_marks(block);
        }
        blocks.retain(|block| !block.is_blank());
    }
    let kept = item.follow_up.len();
    let (id, name) = (item.id.clone(), item.name());
    report.carried.push(Carried { id, name, entries_kept: kept, entries_left: before - kept });
    item
}

/// A closed item as the list names it: its name, its status' words, its last day.
fn listed(item: &Item) -> Block {
    let words: Vec<String> = item.status.text.iter().filter(|block| !block.is_blank()).map(Block::text).collect();
    let last = item.follow_up.iter().filter_map(|entry| entry.date).max();
    let mut text = item.name();
    if !words.is_empty() {
        text.push_str(&format!(" – {}", words.join(" ")));
    }
    if let Some(last) = last {
        text.push_str(&format!(" (senaste anteckning {last})"));
    }
    Block::bullet(0, text)
}

/// Renews the year where the plan itself is meant: in its title, headings, standing pages and calendar. Items'
/// names may be those of papers and projects; they stay.
fn renew_texts(plan: &mut Plan, from: Option<i16>, year: i16, report: &mut NextYear) {
    let Some(from) = from else { return };
    let mut renew = |text: &mut String| {
        if let Some(new) = with_year(text, from, year) {
            let old = std::mem::replace(text, new.clone());
            if !report.renewed.iter().any(|known| known.old == old) {
                report.renewed.push(Renewed { old, new });
            }
        }
    };
    plan.title.iter_mut().for_each(&mut renew);
    for section in &mut plan.sections {
        let columns = &mut section.columns;
        let headings = [
            &mut section.title,
            &mut columns.area,
            &mut columns.priority,
            &mut columns.activities,
            &mut columns.follow_up,
            &mut columns.status,
        ];
        headings.into_iter().flatten().for_each(&mut renew);
    }
    for block in plan.instructions.iter_mut().chain(&mut plan.promises) {
        block.runs.iter_mut().for_each(|run| renew(&mut run.text));
    }
    if let Some(Calendar { year: own, events, ongoing }) = &mut plan.calendar {
        *own = own.map(|own| own + (year - from));
        for event in events {
            event.when.iter_mut().for_each(&mut renew);
            renew(&mut event.text);
        }
        ongoing.iter_mut().flat_map(|block| &mut block.runs).for_each(|run| renew(&mut run.text));
    }
}

/// The text with the one year in place of the other, where that stands as a word of its own.
fn with_year(text: &str, from: i16, year: i16) -> Option<String> {
    let (from, year) = (from.to_string(), year.to_string());
    let mut new = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find(&from) {
        let end = at + from.len();
        let whole = !rest[..at].ends_with(|c: char| c.is_alphanumeric())
            && !rest[end..].starts_with(|c: char| c.is_alphanumeric())
            // 2024-06-14 is a day.
            && !rest[end..].strip_prefix('-').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        new.push_str(&rest[..at]);
        new.push_str(if whole { &year } else { &from });
        found |= whole;
        rest = &rest[end..];
    }
    new.push_str(rest);
    found.then_some(new)
}

/// Takes the marks "(NY)" out of a block; "(ev. NY)" becomes "(ev.)".
fn remove_marks(block: &mut Block) -> usize {
    let mut removed = 0;
    while let Some((range, instead)) = mark(&block.text()) {
        cut(&mut block.runs, range, instead);
        removed += 1;
    }
    if removed > 0 {
        *block = std::mem::take(block).tidy();
    }
    removed
}

/// The first mark of a text, with the space before it, and what stands in its place.
fn mark(text: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    text.match_indices('(').find_map(|(open, _)| {
        let close = open + text[open..].find(')')?;
        let inner = text[open + 1..close].to_lowercase();
        let words: Vec<&str> = inner.split_whitespace().collect();
        let is_new = |word: &str| WORDS.new_marks.iter().any(|mark| mark == word);
        let instead = match words.as_slice() {
            [word] if is_new(word) => "",
            ["ev" | "ev.", word] if is_new(word) => " (ev.)",
            _ => return None,
        };
        let start = text[..open].trim_end().len();
        Some((start..close + 1, instead))
    })
}

/// Puts a text in place of a stretch that may go over several runs.
fn cut(runs: &mut [Run], range: std::ops::Range<usize>, instead: &str) {
    let mut at = 0;
    let mut instead = Some(instead);
    for run in runs {
        let (start, end) = (at, at + run.text.len());
        at = end;
        if end <= range.start || start >= range.end {
            continue;
        }
        let (from, to) = (range.start.saturating_sub(start), range.end.min(end) - start);
        run.text.replace_range(from..to, instead.take().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_year_as_a_word_is_renewed() {
        assert_eq!(with_year("Handlingsplan 2024 (2024)", 2024, 2025).as_deref(), Some("Handlingsplan 2025 (2025)"));
        assert_eq!(with_year("Uppdaterad 2024-06-14, ÖK2024, 20240614", 2024, 2025), None);
    }

    #[test]
    fn marks_go_over_runs_and_nothing_else_goes() {
        let run = |text: &str, bold| Run { text: text.to_owned(), bold, ..Run::default() };
        let mut block = Block {
            runs: vec![run("Följ nyckeltal (", false), run("NY", true), run(") i år (ev. NY) (nytta)", false)],
            ..Block::default()
        };
        assert_eq!(remove_marks(&mut block), 2);
        assert_eq!(block.text(), "Följ nyckeltal i år (ev.) (nytta)");
    }
}

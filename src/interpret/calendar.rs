//! The year wheel (årshjul): lines of a calendar page → events, what goes on all the year, and the rest.
//!
//! A line says when it is by what it begins or ends with ("15/9–14/11", "mars", "Q2", "v. 37"). A line that is
//! nothing but a time, a quarter or a word such as "löpande" is a heading for the lines below it. What stands
//! under no time at all is placed nowhere: it goes to the leftovers.

use regex::Regex;

use crate::model::{Block, Calendar, CalendarEvent, fold_words, words};
use crate::page::{Cell, Place, Table};

use super::blocks::{Breaks, blocks};
use super::vocabulary::Vocabulary;

/// A calendar page before its lines are sorted.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) year: Option<i16>,
    pub(super) lines: Vec<(Block, Place)>,
}

/// What a calendar page says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) calendar: Calendar,
    /// Headings that the events' fields stand for.
    pub(super) accounted: Vec<String>,
    /// Lines under no time.
    pub(super) rest: Vec<(String, Place)>,
}

/// What the lines below a heading belong to.
#[derive(Clone, Debug, PartialEq)]
enum Period {
    None,
    Time { when: Option<String>, quarter: Option<u8> },
    Ongoing,
}

/// Sorts the lines of a calendar page.
pub(super) fn read(draft: Draft, vocabulary: &Vocabulary) -> Read {
    let times = Times::new(vocabulary);
    let mut read = Read { calendar: Calendar { year: draft.year, ..Calendar::default() }, ..Read::default() };
    let mut period = Period::None;
    for (block, place) in draft.lines {
        let text = block.text().trim().to_owned();
        if let Some(heading) = times.heading(&text) {
            read.accounted.push(text);
            period = heading;
            continue;
        }
        let (when, rest) = times.parted(&text);
        match (&period, when) {
            (Period::Ongoing, None) => read.calendar.ongoing.push(block),
            (Period::None, None) => read.rest.push((text, place)),
            (Period::Time { when, quarter }, None) => {
                read.calendar.events.push(CalendarEvent { when: when.clone(), text, quarter: *quarter });
            }
            (period, Some(when)) => {
                let known = match period {
                    Period::Time { quarter, .. } => *quarter,
                    _ => None,
                };
                let quarter = times.quarter(&when).or(known);
                read.calendar.events.push(CalendarEvent { when: Some(when), text: rest, quarter });
            }
        }
    }
    read
}

/// Whether a line is a heading of a calendar page.
pub(super) fn is_heading(line: &str, vocabulary: &Vocabulary) -> bool {
    Times::new(vocabulary).heading(line.trim()).is_some()
}

/// The lines of a table on a calendar page: under one another where its first row names times, else a line a row.
pub(super) fn lines_of(table: &Table, vocabulary: &Vocabulary) -> Vec<(Block, Place)> {
    let times = Times::new(vocabulary);
    let found = |cell: &Cell| blocks(cell.paragraphs(), Breaks::NewBlock);
    let Some(first) = table.rows.first() else { return Vec::new() };
    let place =
        |cell: &Cell| cell.paragraphs().first().map_or(table.place.clone(), |paragraph| paragraph.place.clone());
    let by_column = first.cells.len() > 1 && first.cells.iter().all(|cell| times.heading(cell.text().trim()).is_some());
    let mut lines = Vec::new();
    if by_column {
        for head in &first.cells {
            let below = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column == head.column);
            for cell in below {
                lines.extend(found(cell).into_iter().map(|block| (block, place(cell))));
            }
        }
        return lines;
    }
    for row in &table.rows {
        let texts: Vec<Vec<Block>> = row.cells.iter().map(found).filter(|blocks| !blocks.is_empty()).collect();
        let at = row.cells.first().map_or(table.place.clone(), place);
        match texts.as_slice() {
            // "Mars | Möte": the time and what happens then.
            [time, what @ ..] if !what.is_empty() && time.len() == 1 && times.heading(&time[0].text()).is_some() => {
                lines.push((time[0].clone(), at.clone()));
                lines.extend(what.iter().flatten().map(|block| (block.clone(), at.clone())));
            }
            _ => lines.extend(texts.into_iter().flatten().map(|block| (block, at.clone()))),
        }
    }
    lines
}

/// How times are written.
struct Times<'v> {
    vocabulary: &'v Vocabulary,
    begins: Option<Regex>,
    ends: Option<Regex>,
}

impl<'v> Times<'v> {
    fn new(vocabulary: &'v Vocabulary) -> Self {
        let names = &vocabulary.words.months.names;
        let months: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
        let short: Vec<String> = names
            .iter()
            .map(|name| format!("{}\\.?", regex::escape(&name.chars().take(3).collect::<String>())))
            .collect();
        let month = format!("(?:{}|{})", months.join("|"), short.join("|"));
        let quarter: Vec<String> = vocabulary.words.calendar.quarter.iter().map(|word| regex::escape(word)).collect();
        let week: Vec<String> = vocabulary.words.calendar.week.iter().map(|word| regex::escape(word)).collect();
        let day = format!(
            r"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{6}}|\d{{1,2}}/\d{{1,2}}(?:[ -]\d{{4}})?|\d{{1,2}} {month}(?: \d{{4}})?)"
        );
        let dash = r"\s*[–—-]\s*";
        let time = format!(
            r"(?:{day}(?:{dash}{day})?|\d{{1,2}}{dash}{day}|{month}(?:{dash}{month})?(?: \d{{4}})?|(?:{})\s?[1-4]|(?:{})\.?\s?\d{{1,2}}(?:{dash}\d{{1,2}})?)",
            quarter.join("|"),
            week.join("|")
        );
        // The words are data that a test reads: a pattern that cannot be built finds no times.
        let begins = Regex::new(&format!(r"(?i)^({time})(?:\s*[:–—-]\s+|\s*:\s*|\s+|$)")).ok();
        let ends = Regex::new(&format!(r"(?i)[\s(,:–-]\s*\(?({day}(?:{dash}{day})?|\d{{1,2}}{dash}{day})\)?\.?$")).ok();
        Self { vocabulary, begins, ends }
    }

    /// What a line is a heading for, if it is nothing but a time.
    fn heading(&self, line: &str) -> Option<Period> {
        let folded = fold_words(line);
        let ongoing = &self.vocabulary.words.calendar.ongoing;
        if ongoing.iter().any(|word| fold_words(word) == folded) {
            return Some(Period::Ongoing);
        }
        let bare = line.trim_end_matches([':', '.']).trim();
        let found = self.begins.as_ref()?.captures(bare)?;
        let rest = bare[found.get(0)?.end()..].trim();
        // "Kvartal 1 (januari–mars)" is one, too.
        let inside = rest.trim_start_matches('(').trim_end_matches(')');
        if !rest.is_empty() && self.parted(inside).0.as_deref() != Some(inside) {
            return None;
        }
        let when = found.get(1)?.as_str().to_owned();
        let quarter = self.quarter(&when);
        let is_quarter = self.named_quarter(&when).is_some();
        Some(Period::Time { when: (!is_quarter).then_some(when), quarter })
    }

    /// The time that a line begins or ends with, and the rest of it.
    fn parted(&self, line: &str) -> (Option<String>, String) {
        if let Some(found) = self.begins.as_ref().and_then(|times| times.captures(line))
            && let (Some(all), Some(time)) = (found.get(0), found.get(1))
        {
            return (Some(time.as_str().to_owned()), line[all.end()..].trim().to_owned());
        }
        if let Some(found) = self.ends.as_ref().and_then(|times| times.captures(line))
            && let (Some(all), Some(time)) = (found.get(0), found.get(1))
        {
            return (Some(time.as_str().to_owned()), line[..all.start()].trim().to_owned());
        }
        (None, line.to_owned())
    }

    /// "Q2", "kvartal 2".
    fn named_quarter(&self, when: &str) -> Option<u8> {
        let folded: Vec<String> = words(when).collect();
        let known = &self.vocabulary.words.calendar.quarter;
        let number = match folded.as_slice() {
            [one] => known.iter().find_map(|word| one.strip_prefix(word.as_str()))?.parse().ok()?,
            [word, number] if known.contains(word) => number.parse().ok()?,
            _ => return None,
        };
        (1..=4).contains(&number).then_some(number)
    }

    /// The quarter that a time begins in.
    fn quarter(&self, when: &str) -> Option<u8> {
        if let Some(quarter) = self.named_quarter(when) {
            return Some(quarter);
        }
        let month = self.month(when)?;
        (1..=12).contains(&month).then(|| (month - 1) / 3 + 1)
    }

    /// The first month that a time names.
    fn month(&self, when: &str) -> Option<u8> {
        let names = &self.vocabulary.words.months.names;
        for word in words(when) {
            let spelled = |name: &String| word.chars().count() >= 3 && name.starts_with(word.as_str());
            if let Some(index) = names.iter().position(spelled) {
                return u8::try_from(index + 1).ok();
            }
        }
        if let Some((_, after)) = when.split_once('/') {
            return after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
        }
        let digits: String = when.chars().filter(char::is_ascii_digit).collect();
        match digits.len() {
            8 => digits[4..6].parse().ok(),
            6 => digits[2..4].parse().ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::blocks_text;
    use crate::page::{Node, Paragraph, Row};

    fn read_lines(lines: &[&str]) -> Read {
        let lines = lines.iter().map(|line| (Block::paragraph(*line), Place::Document)).collect();
        read(Draft { year: Some(2025), lines }, &Vocabulary::standard().unwrap())
    }

    fn events(read: &Read) -> Vec<(Option<&str>, &str, Option<u8>)> {
        let events = read.calendar.events.iter();
        events.map(|event| (event.when.as_deref(), event.text.as_str(), event.quarter)).collect()
    }

    #[test]
    fn times_at_the_beginning_or_the_end_of_a_line() {
        let found = read_lines(&[
            "15/9–14/11 Nationell remissrunda",
            "Mars: Möte med RSL",
            "Q2 Uppföljning",
            "Kunskapsråd 14/3",
            "22 feb Workshop",
            "v. 37 Kick-off",
            "Planen skrivs",
        ]);
        assert_eq!(
            events(&found),
            [
                (Some("15/9–14/11"), "Nationell remissrunda", Some(3)),
                (Some("Mars"), "Möte med RSL", Some(1)),
                (Some("Q2"), "Uppföljning", Some(2)),
                (Some("14/3"), "Kunskapsråd", Some(1)),
                (Some("22 feb"), "Workshop", Some(1)),
                (Some("v. 37"), "Kick-off", None),
            ]
        );
        assert_eq!(found.rest, [("Planen skrivs".to_owned(), Place::Document)]);
    }

    #[test]
    fn lines_below_a_heading_belong_to_it() {
        let found = read_lines(&[
            "Kvartal 1 (januari–mars)",
            "Årsberättelse",
            "Möte 12/2",
            "Oktober",
            "Planen beslutas",
            "Löpande",
            "Bevaka nationella remisser",
        ]);
        assert_eq!(
            events(&found),
            [
                (None, "Årsberättelse", Some(1)),
                (Some("12/2"), "Möte", Some(1)),
                (Some("Oktober"), "Planen beslutas", Some(4))
            ]
        );
        assert_eq!(blocks_text(&found.calendar.ongoing), "Bevaka nationella remisser");
        assert!(found.rest.is_empty());
    }

    #[test]
    fn a_table_of_quarters_is_read_down_its_columns() {
        let row = |texts: &[&str]| Row {
            cells: texts
                .iter()
                .enumerate()
                .map(|(column, text)| Cell {
                    column,
                    nodes: vec![Node::Paragraph(Paragraph::plain(*text))],
                    ..Cell::default()
                })
                .collect(),
            ..Row::default()
        };
        let table = Table { rows: vec![row(&["Q1", "Q2"]), row(&["Bokslut", "Konferens"])], ..Table::default() };
        let vocabulary = Vocabulary::standard().unwrap();
        let found = read(Draft { year: None, lines: lines_of(&table, &vocabulary) }, &vocabulary);
        assert_eq!(events(&found), [(None, "Bokslut", Some(1)), (None, "Konferens", Some(2))]);
        let table =
            Table { rows: vec![row(&["Maj", "Möte i Eksjö"]), row(&["Juni", "Semester"])], ..Table::default() };
        let found = read(Draft { year: None, lines: lines_of(&table, &vocabulary) }, &vocabulary);
        assert_eq!(events(&found), [(Some("Maj"), "Möte i Eksjö", Some(2)), (Some("Juni"), "Semester", Some(2))]);
    }
}

//! Finds everything in a cell that has the shape of a date.
//!
//! Nothing is decided here, except what can be no date at all: a number with letters in it, a longer number,
//! a personal number, a pair of years.

use std::ops::Range;

use jiff::civil::Date;

use super::flat::{Flat, Line};
use super::lexicon::LEXICON;
use crate::model::EntryDate;

/// Years that a plan can speak of; two digits are taken to mean 20xx.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2049;

/// Something with the shape of a date.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// What the reader of the page sees as the date.
    pub(super) span: Range<usize>,
    /// What goes away where an entry starts here: the date, the list sign or bracket before it, the colon after it.
    pub(super) cut: Range<usize>,
    pub(super) line: usize,
    pub(super) when: When,
    pub(super) shape: Shape,
    /// First thing on its line.
    pub(super) at_line_start: bool,
    /// Stands within brackets that open before it.
    pub(super) in_brackets: bool,
    /// Goes on to a second day ("230914-15").
    pub(super) range: bool,
    /// A bracket opens right before the date and closes right after it.
    pub(super) bracketed: bool,
    /// Nothing but signs stands between the candidate before and this one.
    pub(super) follows_date: bool,
}

/// The day it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Known(EntryDate),
    /// A day and a month: the year is to be found.
    DayMonth(i8, i8),
    /// No day of the calendar.
    Impossible,
    /// A time without a day ("mars 2024:"), which the model has no date for.
    NoDay,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// 231013
    Six,
    /// 20231013
    Eight,
    /// 2023-10-13, 2023.10.13, 2023/10/13, 23-10-13
    Divided,
    /// 13 oktober 2023
    Words,
    /// 13/10, 13/10-23
    DayMonth,
    /// 2023
    Year,
}

impl Candidate {
    pub(super) fn date(&self) -> Option<EntryDate> {
        match self.when {
            When::Known(date) => Some(date),
            When::DayMonth(..) | When::Impossible | When::NoDay => None,
        }
    }
}

/// All candidates of a cell, in order; impossible dates among them.
pub(super) fn candidates(flat: &Flat<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, line) in flat.lines.iter().enumerate() {
        scan_line(&flat.text, index, line, &mut found);
    }
    found
}

fn scan_line(text: &str, index: usize, line: &Line, found: &mut Vec<Candidate>) {
    let bytes = &text.as_bytes()[..line.span.end];
    let lead = lead(text, &line.span);
    let mut depth = 0usize;
    let mut at = line.span.start;
    if let Some(end) = time_without_day(&text[lead.end..line.span.end]).map(|len| lead.end + len) {
        found.push(Candidate {
            span: lead.end..end,
            cut: lead.start..end,
            line: index,
            when: When::NoDay,
            shape: Shape::Words,
            at_line_start: true,
            in_brackets: false,
            range: false,
            bracketed: false,
            follows_date: false,
        });
        at = end;
    }
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            byte if byte.is_ascii_digit() => {
                let first_of_line = found.last().is_none_or(|previous| previous.line != index);
                let label = first_of_line && label(text, lead.end, at);
                let at_line_start = at == lead.end || label;
                if let Some(shaped) =
                    number_start(text, line.span.start, at).then(|| shape(bytes, text, at, at_line_start)).flatten()
                {
                    // A label counts only where the date is set off from what follows.
                    let at_line_start = at == lead.end || label && set_off(&text[shaped.end..line.span.end]);
                    if !at_line_start && !matches!(shaped.shape, Shape::Six | Shape::Eight | Shape::Divided) {
                        at = shaped.end;
                        continue;
                    }
                    let bracketed = at > line.span.start
                        && matches!(bytes[at - 1], b'(' | b'[')
                        && matches!(bytes.get(shaped.end), Some(b')' | b']'));
                    let from = if at_line_start { lead.start } else { at - usize::from(bracketed) };
                    let until = cut_end(text, shaped.end + usize::from(bracketed), line.span.end);
                    let previous = found.last().filter(|previous: &&Candidate| previous.line == index);
                    let follows_date =
                        previous.is_some_and(|previous| !text[previous.span.end..at].contains(char::is_alphanumeric));
                    found.push(Candidate {
                        span: if at_line_start { lead.end } else { at }..shaped.end,
                        cut: from..until,
                        line: index,
                        when: shaped.when,
                        shape: shaped.shape,
                        at_line_start,
                        in_brackets: depth > usize::from(bracketed),
                        range: shaped.range,
                        bracketed,
                        follows_date,
                    });
                    at = shaped.end;
                    continue;
                }
                at = skip_number(text, at, line.span.end);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// From the line's start over white space, a list sign and an opening bracket to where a date would stand.
fn lead(text: &str, line: &Range<usize>) -> Range<usize> {
    let mut rest = text[line.clone()].trim_start();
    let start = line.end - rest.len();
    let after_sign = rest.strip_prefix(['•', '·', '▪', '‣', '●', '○', '◦', '*', '-', '–', '—', '\u{f0b7}', '\u{f0a7}']);
    if let Some(after) = after_sign.filter(|after| after.starts_with(char::is_whitespace)) {
        rest = after.trim_start();
    }
    if let Some(after) = rest.strip_prefix(['(', '[']) {
        // Only if the bracket holds the date alone; else it belongs to the sentence.
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit() || "-/.".contains(c)).len();
        if digits > 0 && after[digits..].starts_with([')', ']']) {
            rest = after;
        }
    }
    start..line.end - rest.len()
}

/// The length of "Mars 2024", "Hösten 2023" or "2024-03" at a line's start, where it is set off from what follows.
fn time_without_day(line: &str) -> Option<usize> {
    let year = |text: &str| {
        let (value, end) = digits(text.as_bytes(), 0)?;
        (end == 4 && YEARS.contains(&i16::try_from(value).ok()?)).then_some(end)
    };
    let end = match year(line) {
        Some(end) => {
            let (month, last) = line[end..].strip_prefix('-').and_then(|rest| digits(rest.as_bytes(), 0))?;
            (last == 2 && (1..=12).contains(&month)).then_some(end + 1 + last)?
        }
        None => {
            let word_len = line.char_indices().take(12).find(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at)?;
            let word = lower(&line[..word_len]);
            let rest = line[word_len..].trim_start();
            (LEXICON.month(&word).is_some() || LEXICON.seasons.contains(&word)).then_some(())?;
            line.len() - rest.len() + year(rest)?
        }
    };
    set_off(&line[end..]).then_some(end)
}

/// Whether what stands between a line's start and a date is a label of the entry: "Möte", "RPO-möte", "RPO MD".
fn label(text: &str, from: usize, at: usize) -> bool {
    if at - from > 40 || at == from {
        return false;
    }
    let words: Vec<&str> = text[from..at].split_whitespace().collect();
    let is_label =
        |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '-') && LEXICON.before.is_label(&lower(word));
    let acronym = |word: &str| word.chars().all(|c| c.is_uppercase() || c == '-');
    match words[..] {
        [word] => is_label(word),
        [first, second] => (is_label(first) && acronym(second)) || (acronym(first) && is_label(second)),
        _ => false,
    }
}

/// Whether a colon, or a dash with space round it, follows.
fn set_off(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    trimmed.starts_with(':')
        || trimmed.len() < rest.len()
            && trimmed.strip_prefix(['-', '–', '—']).is_some_and(|after| after.starts_with(char::is_whitespace))
}

/// Whether a number can begin here: not inside a word or a longer number.
fn number_start(text: &str, line_start: usize, at: usize) -> bool {
    let before = &text[line_start..at];
    let mut chars = before.chars().rev();
    match chars.next() {
        None => true,
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '@' | '#' | '§' | '+' | '=' | '\\' | '~') => false,
        // "HSN-231013", "2023/231013", "1.231013" are names of things; "fredag-231013" hardly occurs.
        // … but a forgotten space after a number that ends a sentence: "klart 2025.250614", "16-17/5.250614".
        Some('.') if chars.next().is_some_and(|c| c.is_ascii_digit()) => {
            let number = before[..before.len() - 1].trim_end_matches(|c: char| c.is_ascii_digit());
            matches!(before.len() - 1 - number.len(), 4 | 6 | 8) || number.ends_with('/')
        }
        Some('.') => true,
        Some('-' | '/' | ',' | ':' | '–' | '—' | '&') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(_) => true,
    }
}

/// The end of a number or word that is no date, so that no part of it is tried again.
fn skip_number(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

struct Shaped {
    end: usize,
    when: When,
    shape: Shape,
    range: bool,
}

fn shape(bytes: &[u8], text: &str, at: usize, at_line_start: bool) -> Option<Shaped> {
    let (value, end) = digits(bytes, at)?;
    let known = |end, year: i64, month: i64, day: i64, shape| {
        let when = match day_of(year, month, day) {
            Some(date) => When::Known(EntryDate::Day(date)),
            None if at_line_start => When::Impossible,
            None => return None,
        };
        finish(bytes, text, end, when, shape)
    };
    match end - at {
        8 => known(end, value / 10_000, value / 100 % 100, value % 100, Shape::Eight).filter(|shaped| {
            shaped.when != When::Impossible || YEARS.contains(&i16::try_from(value / 10_000).unwrap_or(0))
        }),
        6 => known(end, 2000 + value / 10_000, value / 100 % 100, value % 100, Shape::Six),
        4 => match divided(bytes, end, true) {
            Some((month, day, end)) => known(end, value, month, day, Shape::Divided),
            None if at_line_start => year_alone(bytes, text, value, end),
            None => None,
        },
        1 | 2 => {
            if end - at == 2
                && value >= 10
                && bytes.get(end) == Some(&b'-')
                && let Some((month, day, end)) = divided(bytes, end, false)
                && day_of(2000 + value, month, day).is_some()
            {
                return known(end, 2000 + value, month, day, Shape::Divided);
            }
            if at_line_start { day_first(bytes, text, value, end) } else { None }
        }
        _ => None,
    }
}

/// "-10-13" after a year; the two dividers must be alike, and two digits each unless the year is whole.
fn divided(bytes: &[u8], at: usize, whole_year: bool) -> Option<(i64, i64, usize)> {
    let divider = *bytes.get(at).filter(|b| b"-./".contains(b))?;
    let (month, end) = digits(bytes, at + 1)?;
    if bytes.get(end) != Some(&divider) {
        return None;
    }
    let (day, last) = digits(bytes, end + 1)?;
    let widths = (end - at - 1, last - end - 1);
    let fits = if whole_year { widths.0 <= 2 && widths.1 <= 2 } else { widths == (2, 2) };
    fits.then_some((month, day, last))
}

fn year_alone(bytes: &[u8], text: &str, value: i64, end: usize) -> Option<Shaped> {
    let year = i16::try_from(value).ok().filter(|year| YEARS.contains(year))?;
    // "2023/24", "2023-2025", "2024-06", "2024.5" and "2024:1" are other things.
    let tight = matches!(bytes.get(end), Some(b'-' | b'/' | b'.' | b':' | b','))
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let rest = text[end..bytes.len()].trim_start();
    let spaced = rest
        .strip_prefix(['-', '–', '—', '/'])
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    if tight || spaced || !ends_here(text, end, bytes.len()) {
        return None;
    }
    Some(Shaped { end, when: When::Known(EntryDate::Year(year)), shape: Shape::Year, range: false })
}

/// "13/10", "13/10-23", "13/10 2023", "13.10.2023", "13 oktober 2023" at a line's start.
fn day_first(bytes: &[u8], text: &str, day: i64, end: usize) -> Option<Shaped> {
    let (month, end, shape) = match bytes.get(end)? {
        b'/' => {
            let (month, end) = digits(bytes, end + 1)?;
            (month, end, Shape::DayMonth)
        }
        b'.' | b'-' => {
            let (month, day_end) = digits(bytes, end + 1)?;
            let (year, last) = (bytes.get(day_end) == bytes.get(end)).then(|| digits(bytes, day_end + 1)).flatten()?;
            (last - day_end == 5).then_some(())?;
            let date = day_of(year, month, day)?;
            return finish(bytes, text, last, When::Known(EntryDate::Day(date)), Shape::Divided);
        }
        b' ' | 0xc2 => {
            let rest = text[end..bytes.len()].trim_start();
            let word_len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let month = LEXICON.month(&lower(&rest[..word_len]))?;
            let mut word_end = bytes.len() - rest.len() + word_len;
            if word_len <= 4 && bytes.get(word_end) == Some(&b'.') && !rest[word_len..].starts_with("..") {
                word_end += 1;
            }
            (i64::from(month), word_end, Shape::Words)
        }
        _ => return None,
    };
    // 2024 is a leap year: 29/2 may stand.
    day_of(2024, month, day)?;
    if let Some((year, last)) = year_after(bytes, end) {
        let date = day_of(year, month, day)?;
        return finish(bytes, text, last, When::Known(EntryDate::Day(date)), shape);
    }
    // "16-17/5" never comes here; "6/5-8/5", "6/5–8/5" and "6/5/8" do.
    let tail = text[end..bytes.len()].strip_prefix(['-', '–', '/', '.', ',', ':']);
    if tail.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        || !ends_here(text, end, bytes.len())
    {
        return None;
    }
    // The full stop of a shortened month is the month's only if a sentence does not start with it.
    let when = When::DayMonth(i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    Some(Shaped { end, when, shape, range: false })
}

/// The year of a day and month: " 2023", "-2023", "/2023", "-23", "/23", " -23".
fn year_after(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let spaces = bytes[at..].iter().take_while(|b| **b == b' ').count();
    let divider = matches!(bytes.get(at + spaces), Some(b'-' | b'/'));
    if spaces == 0 && !divider {
        return None;
    }
    let (value, end) = digits(bytes, at + spaces + usize::from(divider))?;
    let whole = end - at - spaces - usize::from(divider) == 4 && YEARS.contains(&i16::try_from(value).ok()?);
    let short = divider && end - at - spaces - 1 == 2 && (10..50).contains(&value);
    if matches!(bytes.get(end), Some(b'/')) {
        return None;
    }
    (whole || short).then_some((if whole { value } else { 2000 + value }, end))
}

/// Checks what follows a date, and takes a range's second day into it.
fn finish(bytes: &[u8], text: &str, end: usize, when: When, shape: Shape) -> Option<Shaped> {
    let done = |end, range| Some(Shaped { end, when, shape, range });
    let rest = &text[end..bytes.len()];
    let trimmed = rest.trim_start();
    if let Some(after) = trimmed.strip_prefix(['-', '–', '—', '/']) {
        let spaced = trimmed.len() < rest.len();
        let number = after.trim_start();
        let from = bytes.len() - number.len();
        if (!spaced || number.len() < after.len()) && number.starts_with(|c: char| c.is_ascii_digit()) {
            let (value, last) = digits(bytes, from)?;
            let second = match last - from {
                1 | 2 => (1..=31).contains(&value) && !spaced,
                4 if !spaced => {
                    divided(bytes, last, true).is_none()
                        && (1..=12).contains(&(value / 100))
                        && (1..=31).contains(&(value % 100))
                        && shape != Shape::Six
                }
                6 => day_of(2000 + value / 10_000, value / 100 % 100, value % 100).is_some(),
                8 => day_of(value / 10_000, value / 100 % 100, value % 100).is_some(),
                _ => false,
            };
            let iso = (last - from == 4).then(|| divided(bytes, last, true)).flatten();
            let last = iso.map_or(last, |(_, _, end)| end);
            if (second || iso.is_some()) && ends_here(text, last, bytes.len()) {
                return done(last, true);
            }
            // "850412-1234": a number, not a day. With spaces round the dash it is a day and then a number.
            if !spaced {
                return None;
            }
        }
    }
    let tight_number = rest.starts_with(['.', ',', ':', '+', '-', '–', '/'])
        && rest[rest.chars().next().map_or(0, char::len_utf8)..].starts_with(|c: char| c.is_ascii_digit());
    if tight_number || !ends_here(text, end, bytes.len()) {
        return None;
    }
    done(end, false)
}

/// Whether a number ends here rather than going on in a word.
fn ends_here(text: &str, end: usize, line_end: usize) -> bool {
    let mut rest = text[end..line_end].chars();
    match rest.next() {
        None => true,
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '@' | '%' | '€' | '$') => false,
        // "231013-A1" and "231013/MD" are names of things; "231013-Beslut" and "231013-beslut" are not.
        Some('/') => !rest.next().is_some_and(char::is_alphanumeric),
        Some('-') => {
            let word: String = rest.take_while(|c| c.is_alphanumeric()).take(8).collect();
            !(word.chars().any(|c| c.is_ascii_digit()) || (1..3).contains(&word.chars().count()))
        }
        Some(_) => true,
    }
}

/// Over one colon, dash, full stop or comma and the white space around it.
fn cut_end(text: &str, end: usize, line_end: usize) -> usize {
    let rest = text[end..line_end].trim_start();
    let after = rest.strip_prefix([':', ';', '-', '–', '—', '.', ',', '=', '|']).unwrap_or(rest);
    // An ellipsis or an arrow belongs to the text.
    let after = if after.len() < rest.len() && after.starts_with(['.', '-', '>']) { rest } else { after };
    line_end - after.trim_start().len()
}

fn day_of(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A run of at most nine digits: its value and its end. Longer ones are never dates.
fn digits(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let len = bytes.get(at..)?.iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    if len == 0 || len > 9 {
        return None;
    }
    let value = bytes[at..at + len].iter().fold(0, |value, b| value * 10 + i64::from(b - b'0'));
    Some((value, at + len))
}

/// The lower case of a word.
pub(super) fn lower(word: &str) -> String {
    word.to_lowercase()
}

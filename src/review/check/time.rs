//! Times in running text: "Q2 2024", "våren", "senast 241115", "jan-25", "16-17/5", "under 2025".

use jiff::civil::{Date, date};

use super::words::WORDS;

/// What a time without a year is near.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Near {
    /// The plan's year.
    pub(super) year: Option<i16>,
    /// The day after which it lies: the entry's own.
    pub(super) after: Option<Date>,
}

/// A time that a text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// Where it stands, in bytes.
    pub(super) at: std::ops::Range<usize>,
    /// The day, where it is one.
    pub(super) day: Option<Date>,
    /// Its last day.
    pub(super) last: Date,
}

/// A run of letters and digits, in lower case, and the signs up to the next.
struct Token<'a> {
    at: std::ops::Range<usize>,
    word: String,
    gap: &'a str,
}

/// The times of a text, in their order.
pub(super) fn times(text: &str, near: Near) -> Vec<Time> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match time_at(text, &tokens, at, near) {
            Some((time, used)) => {
                found.push(time);
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(Token { at: from..at, word: text[from..at].to_lowercase(), gap: "" });
                start = None;
            }
            _ => {}
        }
    }
    let starts: Vec<usize> = tokens.iter().skip(1).map(|token| token.at.start).chain([text.len()]).collect();
    for (token, next) in tokens.iter_mut().zip(starts) {
        token.gap = &text[token.at.end..next];
    }
    tokens
}

/// The time that begins with a token, and how many tokens it takes.
fn time_at(text: &str, tokens: &[Token<'_>], at: usize, near: Near) -> Option<(Time, usize)> {
    let one = |day: Date, used: usize| (Time { at: span(tokens, at, used), day: Some(day), last: day }, used);
    let word = tokens[at].word.as_str();
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    if digits && matches!(word.len(), 6 | 8) {
        return compact(word).map(|day| one(day, 1));
    }
    if digits && word.len() == 4 {
        let year = year_of(word)?;
        if let Some(day) = iso(tokens, at, year) {
            return Some(one(day, 3));
        }
        let (last, used) = match tokens.get(at + 1) {
            Some(next) if is_dash(tokens[at].gap) => match year_of(&next.word).filter(|next| *next > year) {
                Some(next) => (next, 2),
                None => (year, 1),
            },
            _ => (year, 1),
        };
        return Some((Time { at: span(tokens, at, used), day: None, last: date(last, 12, 31) }, used));
    }
    if digits && word.len() <= 2 {
        let day: i8 = word.parse().ok()?;
        let next = tokens.get(at + 1)?;
        let month = match tokens[at].gap {
            "/" => next.word.parse::<i8>().ok().filter(|_| next.word.len() <= 2)?,
            " " | "\u{a0}" | ":e " | ". " => month_of(&next.word)?,
            _ => return None,
        };
        let (year, used) = year_after(tokens, at + 1);
        let day = on(near, year, |year| Date::new(year, month, day).ok())?;
        return Some(one(day, 2 + used));
    }
    if let Some((month, used)) = part_of_year(tokens, at) {
        return period(tokens, at, used, month, near);
    }
    let month = month_of(word)?;
    let (year, _) = year_after(tokens, at);
    // "Maj" and "Jan" are names, too, and "mar" is the beginning of many words cut short.
    let is_name = year.is_none() && !text[tokens[at].at.clone()].starts_with(char::is_lowercase);
    if is_name { None } else { period(tokens, at, 1, month, near) }
}

/// A month, a season or a quarter, with the year that follows, if one does.
fn period(tokens: &[Token<'_>], at: usize, used: usize, month: i8, near: Near) -> Option<(Time, usize)> {
    let (year, more) = year_after(tokens, at + used - 1);
    let last = on(near, year, |year| Date::new(year, month, 1).ok().map(Date::last_of_month))?;
    Some((Time { at: span(tokens, at, used + more), day: None, last }, used + more))
}

/// The day in the year that is written, else in the first that is not before the entry, else in the plan's.
fn on(near: Near, year: Option<i16>, day: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    match (year, near.after) {
        (Some(year), _) => day(year),
        (None, Some(after)) => {
            day(after.year()).filter(|day| *day >= after).or_else(|| day(after.year().checked_add(1)?))
        }
        (None, None) => day(near.year?),
    }
}

fn span(tokens: &[Token<'_>], at: usize, used: usize) -> std::ops::Range<usize> {
    tokens[at].at.start..tokens[at + used - 1].at.end
}

fn is_dash(gap: &str) -> bool {
    matches!(gap, "-" | "–" | "/" | " - " | " – ")
}

/// `2024-11-15`.
fn iso(tokens: &[Token<'_>], at: usize, year: i16) -> Option<Date> {
    let (month, day) = (tokens.get(at + 1)?, tokens.get(at + 2)?);
    let shape = tokens[at].gap == "-" && month.gap == "-" && month.word.len() == 2 && day.word.len() == 2;
    if shape { Date::new(year, month.word.parse().ok()?, day.word.parse().ok()?).ok() } else { None }
}

/// `241115`, `20241115`.
fn compact(word: &str) -> Option<Date> {
    let (year, rest) = word.split_at(word.len() - 4);
    let year: i16 = year.parse().ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    if !(2000..2060).contains(&year) {
        return None;
    }
    Date::new(year, rest[..2].parse().ok()?, rest[2..].parse().ok()?).ok()
}

fn year_of(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year))
}

/// The year that stands after a token: "2025" after a space, "25" after a hyphen.
fn year_after(tokens: &[Token<'_>], at: usize) -> (Option<i16>, usize) {
    let gap = tokens[at].gap;
    let Some(next) = tokens.get(at + 1) else { return (None, 0) };
    let year = match gap {
        " " | "\u{a0}" | "-" | "–" | ", " | " -" | "/" => year_of(&next.word).or_else(|| {
            let short = next.word.len() == 2 && matches!(gap, "-" | "–");
            next.word.parse::<i16>().ok().filter(|year| short && (15..60).contains(year)).map(|year| year + 2000)
        }),
        _ => None,
    };
    (year, usize::from(year.is_some()))
}

fn month_of(word: &str) -> Option<i8> {
    let month = WORDS.time.months.iter().position(|names| names.iter().any(|name| name == word))?;
    i8::try_from(month + 1).ok()
}

/// The longest of the parts of a year that begins with a token: the month it ends with, and its length.
fn part_of_year(tokens: &[Token<'_>], at: usize) -> Option<(i8, usize)> {
    let parts = &WORDS.time.part;
    let all = parts.iter().flat_map(|part| part.words.iter().map(move |words| (words, part.month)));
    all.filter_map(|(phrase, month)| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let there = tokens.get(at..at + words.len())?;
        let inner = there.iter().take(words.len() - 1).all(|token| token.gap.trim().is_empty());
        (inner && there.iter().zip(&words).all(|(token, word)| token.word == *word)).then_some((month, words.len()))
    })
    .max_by_key(|&(_, used)| used)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, near: Near) -> Vec<String> {
        times(text, near).iter().map(|time| format!("{} {}", &text[time.at.clone()], time.last)).collect()
    }

    #[test]
    fn times_in_the_ways_people_write_them() {
        let near = Near { year: Some(2024), after: None };
        for (text, wanted) in [
            ("Plan klar under 2025.", vec!["2025 2025-12-31"]),
            ("klart Q2 2024", vec!["Q2 2024 2024-06-30"]),
            ("beräknas klar Q2", vec!["Q2 2024-06-30"]),
            ("våren 2024 och hösten", vec!["våren 2024 2024-06-30", "hösten 2024-12-31"]),
            ("senast 241115", vec!["241115 2024-11-15"]),
            ("2024-11-15, 20241116", vec!["2024-11-15 2024-11-15", "20241116 2024-11-16"]),
            ("Avrapportering jan-25", vec!["jan-25 2025-01-31"]),
            ("patologidagarna 16-17/5", vec!["17/5 2024-05-17"]),
            ("under 2024–2026", vec!["2024–2026 2026-12-31"]),
            ("möte 22 feb", vec!["22 feb 2024-02-22"]),
            ("första halvåret 2025", vec!["första halvåret 2025 2025-06-30"]),
            ("Maj Jansson, Jan", vec![]),
            ("250 000 kr, 999999, ÖK2024, 13/13, rum 2130", vec![]),
        ] {
            assert_eq!(shown(text, near), wanted, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_year_comes_after_the_entry() {
        let near = Near { year: Some(2024), after: Some(date(2024, 9, 18)) };
        assert_eq!(shown("i november, i mars", near), ["november 2024-11-30", "mars 2025-03-31"]);
    }
}

//! The forms in which people write a meeting's day.

use jiff::civil::Date;

use super::vocabulary::VOCABULARY;

/// What stands at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::merge) enum Start<'a> {
    /// A day, and the text after it.
    Day(Date, &'a str),
    /// Something written as a date that is no day of the calendar.
    Impossible,
    /// No date.
    NoDate,
}

/// Reads a date at the start: `2024-09-18`, `20240918`, `240918`, `24-09-18`, `18/9 2024`, `18.9.2024`,
/// `18 september 2024`, with or without a weekday before.
pub(in crate::merge) fn date_at_start(text: &str) -> Start<'_> {
    let mut rest = text.trim_start();
    while let Some(after) = strip_weekday(rest) {
        rest = after.trim_start_matches([' ', ',', '\u{a0}']);
    }
    let Some((first, after)) = number(rest) else { return Start::NoDate };
    match first.len() {
        8 => ymd(&first[..4], &first[4..6], &first[6..], after),
        6 => ymd(&first[..2], &first[2..4], &first[4..], after),
        2 | 4 if after.starts_with(['-', '–', '.', '/']) && first.len() == 4 || short_iso(first, after) => {
            let Some((month, after)) = after.get(sign_len(after)..).and_then(number) else {
                return Start::NoDate;
            };
            let Some((day, after)) = after.get(sign_len(after)..).and_then(number) else { return Start::NoDate };
            if month.len() > 2 || day.len() > 2 { Start::NoDate } else { ymd(first, month, day, after) }
        }
        1 | 2 => day_first(first, after),
        _ => Start::NoDate,
    }
}

/// `24-09-18`: three pairs of digits with hyphens.
fn short_iso(first: &str, after: &str) -> bool {
    let bytes = after.as_bytes();
    first.len() == 2
        && bytes.len() >= 6
        && bytes[0] == b'-'
        && bytes[3] == b'-'
        && [1, 2, 4, 5].iter().all(|&i| bytes[i].is_ascii_digit())
}

/// `18 september 2024`, `18/9 2024`, `18.9.2024`, `18/9-24`.
fn day_first<'a>(day: &str, after: &'a str) -> Start<'a> {
    let month_and_rest = if after.starts_with(['/', '.']) && after[1..].starts_with(|c: char| c.is_ascii_digit()) {
        number(&after[1..]).map(|(month, rest)| (month.to_owned(), rest))
    } else {
        month_name(after.trim_start_matches([':', 'e', 'a', '.', ' ', '\u{a0}']))
            .or_else(|| month_name(after.trim_start_matches([' ', '\u{a0}'])))
    };
    let Some((month, rest)) = month_and_rest else { return Start::NoDate };
    match number(rest.trim_start_matches(['-', '/', '.', ',', ' ', '\u{a0}'])) {
        Some((year, rest)) if matches!(year.len(), 2 | 4) => ymd(year, &month, day, rest),
        _ => Start::NoDate,
    }
}

fn month_name(text: &str) -> Option<(String, &str)> {
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..len].to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let month = VOCABULARY.months.iter().position(|name| name.starts_with(&word))?;
    Some(((month + 1).to_string(), &text[len..]))
}

fn strip_weekday(text: &str) -> Option<&str> {
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..len].to_lowercase();
    let word = word.strip_suffix("en").filter(|w| w.ends_with("dag")).unwrap_or(&word);
    VOCABULARY.weekdays.iter().any(|day| day == word).then(|| &text[len..])
}

fn number(text: &str) -> Option<(&str, &str)> {
    let len = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (len > 0).then(|| text.split_at(len))
}

fn sign_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn ymd<'a>(year: &str, month: &str, day: &str, rest: &'a str) -> Start<'a> {
    let century = if year.len() == 2 { 2000 } else { 0 };
    let date = (|| {
        let year = year.parse::<i16>().ok()? + century;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    })();
    match date {
        // A plan of another century is a slip of the pen, not a meeting.
        Some(date) if (1990..2100).contains(&date.year()) => Start::Day(date, rest),
        _ => Start::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_one_day() {
        let day = Date::new(2024, 9, 18).unwrap();
        for text in [
            "2024-09-18",
            "20240918",
            "240918",
            "24-09-18",
            "2024/09/18",
            "2024.09.18",
            "2024–09–18",
            "18/9 2024",
            "18/9-24",
            "18.9.2024",
            "18 september 2024",
            "18 sept 2024",
            "18 sep. 2024",
            "den 18 september 2024",
            "Onsdag 18 september 2024",
            "onsdagen den 18:e september 2024",
        ] {
            assert_eq!(date_at_start(text), Start::Day(day, ""), "{text}");
        }
        assert_eq!(date_at_start("240918: text"), Start::Day(day, ": text"));
    }

    #[test]
    fn what_is_no_day() {
        for text in ["", "hej", "2024", "18/9", "12345", "123456789", "2024-09", "16-17/5 2024", "den", "3 nya 2024"] {
            assert_eq!(date_at_start(text), Start::NoDate, "{text}");
        }
        for text in ["2024-13-01", "240231", "20240000", "31 april 2024"] {
            assert_eq!(date_at_start(text), Start::Impossible, "{text}");
        }
    }
}

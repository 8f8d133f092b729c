//! Numbers and dates as a person sees them: the number formats of spreadsheets.

use jiff::civil::{Date, date};

/// What a format makes of a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Format {
    /// As many digits as it takes.
    #[default]
    General,
    /// As text.
    Text,
    /// A day, perhaps with a time.
    Date(DateParts),
    /// Signs around digits, one form for each sign of the number.
    Pattern(Vec<Pattern>),
}

/// Which parts of a day and time a format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DateParts {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
    seconds: bool,
}

/// One section of a format: text, digits, text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pattern {
    prefix: String,
    suffix: String,
    digits: bool,
    whole: usize,
    decimals: usize,
    optional_decimals: usize,
    grouped: bool,
    scale: i32,
    scientific: bool,
}

/// The format of one of Excel's fixed numbers, where it is no code of the file.
pub(super) fn built_in(id: u32) -> Format {
    let code = match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        14..=16 | 27..=31 | 36 | 50..=54 | 57..=58 => "yyyy-mm-dd",
        17 => "yyyy-mm",
        18 | 20 | 32 | 34 | 55 => "hh:mm",
        19 | 21 | 33 | 35 | 45..=47 | 56 => "hh:mm:ss",
        22 => "yyyy-mm-dd hh:mm",
        49 => "@",
        _ => "General",
    };
    Format::parse(code)
}

impl Format {
    /// A format code.
    pub(super) fn parse(code: &str) -> Self {
        let sections = split_sections(code);
        let first = sections.first().map_or("", String::as_str);
        if let Some(parts) = date_parts(first) {
            return Self::Date(parts);
        }
        let bare = first.trim();
        if bare.is_empty() || bare.eq_ignore_ascii_case("general") || bare.eq_ignore_ascii_case("standard") {
            return Self::General;
        }
        if bare == "@" {
            return Self::Text;
        }
        Self::Pattern(sections.iter().take(3).map(|section| Pattern::parse(section)).collect())
    }

    /// Whether numbers of the format are days or times.
    pub(super) fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// A number as shown, and the day it stands for.
    pub(super) fn show(&self, value: f64, from_1904: bool) -> (String, Option<Date>) {
        match self {
            Self::Date(parts) => parts.show(value, from_1904).unwrap_or_else(|| (general(value), None)),
            Self::General | Self::Text => (general(value), None),
            Self::Pattern(patterns) => {
                let (pattern, value) = match patterns.as_slice() {
                    [_, negative, ..] if value < 0.0 => (negative, -value),
                    [_, _, zero, ..] if value == 0.0 => (zero, value),
                    [first, ..] => (first, value),
                    [] => return (general(value), None),
                };
                (pattern.show(value), None)
            }
        }
    }
}

/// The sections of a code, cut at semicolons that are no text.
fn split_sections(code: &str) -> Vec<String> {
    let (mut sections, mut quoted, mut escaped) = (vec![String::new()], false, false);
    for character in code.chars() {
        match character {
            ';' if !quoted && !escaped => {
                sections.push(String::new());
                continue;
            }
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = character == '\\' && !escaped && !quoted;
        if let Some(section) = sections.last_mut() {
            section.push(character);
        }
    }
    sections
}

/// A section cut into what is code and what is text to show.
enum Piece {
    Code(char),
    Literal(String),
    /// `[h]`, `[$-41D]`, `[Red]`.
    Bracket(String),
}

fn pieces(section: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut characters = section.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => pieces.push(Piece::Literal(characters.by_ref().take_while(|&c| c != '"').collect())),
            '\\' => pieces.extend(characters.next().map(|c| Piece::Literal(c.to_string()))),
            // A gap as wide as the next sign; a sign repeated to fill the cell.
            '_' | '*' => {
                characters.next();
            }
            '[' => pieces.push(Piece::Bracket(characters.by_ref().take_while(|&c| c != ']').collect())),
            character => pieces.push(Piece::Code(character)),
        }
    }
    pieces
}

/// Which parts of a date a section shows; none where it formats no date.
fn date_parts(section: &str) -> Option<DateParts> {
    if section.trim().eq_ignore_ascii_case("general") {
        return None;
    }
    let mut parts = DateParts::default();
    // An `m` after hours or before seconds is minutes, else months.
    let (mut codes, mut months) = (Vec::new(), Vec::new());
    for piece in pieces(section) {
        match piece {
            Piece::Code(code) => {
                let code = code.to_ascii_lowercase();
                // The letters of years and days in Swedish Excel's own codes.
                let code = match code {
                    'å' => 'y',
                    't' if section.contains(['å', 'Å']) => 'h',
                    code => code,
                };
                if code.is_ascii_alphabetic() && codes.last() != Some(&code) {
                    codes.push(code);
                }
                if matches!(code, '#' | '?' | '%') {
                    return None;
                }
            }
            Piece::Bracket(text)
                if !text.is_empty() && text.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) =>
            {
                codes.push('h');
            }
            _ => {}
        }
    }
    for (index, code) in codes.iter().enumerate() {
        match code {
            'y' | 'e' if *code == 'y' => parts.year = true,
            'd' => parts.day = true,
            'h' => parts.time = true,
            's' => (parts.time, parts.seconds) = (true, true),
            'm' => months.push(index),
            _ => {}
        }
    }
    for index in months {
        let after_hours = index > 0 && codes[index - 1] == 'h';
        let before_seconds = codes.get(index + 1) == Some(&'s');
        if after_hours || before_seconds {
            parts.time = true;
        } else {
            parts.month = true;
        }
    }
    (parts.year || parts.month || parts.day || parts.time).then_some(parts)
}

/// The day of a serial number; 1900 is taken for a leap year, as Excel does.
pub(super) fn day(serial: f64, from_1904: bool) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial as i64;
    let (start, days) = match (from_1904, days) {
        (true, days) => (date(1904, 1, 1), days),
        (false, 0) => return None,
        (false, days) if days < 60 => (date(1899, 12, 31), days),
        (false, days) => (date(1899, 12, 30), days),
    };
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

impl DateParts {
    fn show(self, value: f64, from_1904: bool) -> Option<(String, Option<Date>)> {
        if value < 0.0 || !value.is_finite() {
            return None;
        }
        let mut seconds = (value.fract() * 86_400.0).round() as i64;
        let mut whole = value.trunc();
        if seconds == 86_400 {
            (seconds, whole) = (0, whole + 1.0);
        }
        let shows_day = self.day || self.month || self.year;
        let hours = if shows_day { seconds / 3600 } else { seconds / 3600 + (whole as i64).checked_mul(24)? };
        let mut time = format!("{hours:02}:{:02}", seconds / 60 % 60);
        if self.seconds {
            time.push_str(&format!(":{:02}", seconds % 60));
        }
        if !shows_day {
            return Some((time, None));
        }
        let day = day(whole, from_1904)?;
        // A month or a year alone is no day, though the file counts it from its first.
        let (text, known) = match (self.day, self.month) {
            (true, _) => (day.to_string(), Some(day)),
            (false, true) => (day.strftime("%Y-%m").to_string(), None),
            (false, false) => (day.strftime("%Y").to_string(), None),
        };
        let text = if self.time && seconds > 0 { format!("{text} {time}") } else { text };
        Some((text, known))
    }
}

impl Pattern {
    fn parse(section: &str) -> Self {
        let mut pattern = Self::default();
        let (mut in_decimals, mut pending_commas) = (false, 0);
        for piece in pieces(section) {
            match piece {
                Piece::Code(code @ ('0' | '#' | '?')) if !pattern.scientific => {
                    pattern.digits = true;
                    pattern.grouped |= pending_commas > 0;
                    pending_commas = 0;
                    match (in_decimals, code) {
                        (false, '0') => pattern.whole += 1,
                        (false, _) => {}
                        (true, '0') => pattern.decimals += 1,
                        (true, _) => pattern.optional_decimals += 1,
                    }
                }
                Piece::Code('0' | '#' | '?' | '+') if pattern.scientific => {}
                Piece::Code('.') if pattern.digits || section.contains(".0") => in_decimals = true,
                Piece::Code(',') if pattern.digits => pending_commas += 1,
                Piece::Code('E' | 'e') if pattern.digits => pattern.scientific = true,
                Piece::Code('%') => {
                    pattern.scale += 2;
                    pattern.around().push('%');
                }
                Piece::Code(code) => pattern.around().push(code),
                Piece::Literal(text) => pattern.around().push_str(&text),
                Piece::Bracket(text) => {
                    // `[$kr-41D]` shows a currency; the rest are colours, conditions and languages.
                    let currency = text.strip_prefix('$').and_then(|rest| rest.split('-').next()).unwrap_or("");
                    pattern.around().push_str(currency);
                }
            }
        }
        pattern.scale -= 3 * pending_commas;
        pattern
    }

    fn around(&mut self) -> &mut String {
        if self.digits { &mut self.suffix } else { &mut self.prefix }
    }

    fn show(&self, value: f64) -> String {
        if !self.digits {
            return if self.prefix.contains(['@', '/']) { general(value) } else { self.prefix.trim().to_owned() };
        }
        // Fractions ("# ?/?") are shown as decimals.
        if self.scientific || self.suffix.contains('/') || self.prefix.contains('/') {
            return general(value);
        }
        let scaled = value * 10f64.powi(self.scale);
        let precision = (self.decimals + self.optional_decimals).min(15);
        let text = format!("{:.precision$}", scaled.abs());
        let (whole, mut decimals) = match text.split_once('.') {
            Some((whole, decimals)) => (whole.to_owned(), decimals.to_owned()),
            None => (text, String::new()),
        };
        while decimals.len() > self.decimals && decimals.ends_with('0') {
            decimals.pop();
        }
        let mut whole = format!("{whole:0>width$}", width = self.whole.min(30));
        if self.grouped {
            whole = group(&whole);
        }
        let rounded_away = whole.bytes().chain(decimals.bytes()).all(|byte| byte == b'0');
        let sign = if scaled < 0.0 && !rounded_away { "-" } else { "" };
        let comma = if decimals.is_empty() { "" } else { "," };
        format!("{sign}{}{whole}{comma}{decimals}{}", self.prefix, self.suffix).trim().to_owned()
    }
}

/// Thousands with a hard space between, as in Swedish.
fn group(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with the digits it takes: at most 15 that count, a decimal comma.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value != 0.0 && !(1e-9..1e15).contains(&value.abs()) {
        return format!("{value:E}").replace('.', ",");
    }
    let whole_digits = value.abs().max(1.0).log10().floor() as usize + 1;
    let text = format!("{value:.precision$}", precision = 15usize.saturating_sub(whole_digits));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.replace('.', ",") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, code: &str) -> String {
        Format::parse(code).show(value, false).0
    }

    #[test]
    fn numbers_as_a_person_sees_them() {
        for (value, code, want) in [
            (230206.0, "General", "230206"),
            (0.1 + 0.2, "General", "0,3"),
            (-12.5, "General", "-12,5"),
            (50101.0, "000000", "050101"),
            (0.256, "0%", "26%"),
            (0.256, "0.0%", "25,6%"),
            (1234567.891, "#,##0.00", "1\u{a0}234\u{a0}567,89"),
            (3.0, "0\" st\"", "3 st"),
            (12.0, "#,##0 [$kr-41D]", "12 kr"),
            (-5.0, "0;(0)", "(5)"),
            (0.0, "0;-0;\"–\"", "–"),
            (2.5, "0.##", "2,5"),
            (1.0e20, "General", "1E20"),
            (1500.0, "0,", "2"),
            (0.5, "# ?/?", "0,5"),
        ] {
            assert_eq!(shown(value, code), want, "{value} {code}");
        }
    }

    #[test]
    fn dates_of_every_format_are_days() {
        for code in ["yyyy-mm-dd", "d/m", "dd/mm/yy;@", "[$-41D]d mmmm yyyy", "yymmdd", "ÅÅÅÅ-MM-DD", "mm-dd-yy"] {
            assert_eq!(
                Format::parse(code).show(45457.0, false),
                ("2024-06-14".to_owned(), Some(date(2024, 6, 14))),
                "{code}"
            );
        }
        assert_eq!(shown(45457.5625, "yyyy-mm-dd hh:mm"), "2024-06-14 13:30");
        assert_eq!(Format::parse("mmm-yy").show(45444.0, false), ("2024-06".to_owned(), None));
        assert_eq!(shown(0.5625, "h:mm"), "13:30");
        assert_eq!(shown(1.5, "[h]:mm"), "36:00");
    }

    #[test]
    fn what_is_no_date_stays_a_number() {
        for code in ["0\" dagar\"", "[Red]0", "\"dag\" 0", "#,##0", "0.00E+00", "@", "General"] {
            assert!(!Format::parse(code).is_date(), "{code}");
        }
    }

    #[test]
    fn both_systems_of_days() {
        assert_eq!(day(43995.0, true), Some(date(2024, 6, 14)));
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        for wrong in [-1.0, 0.0, 3e6, f64::NAN, f64::INFINITY] {
            assert_eq!(day(wrong, false), None, "{wrong}");
        }
    }
}

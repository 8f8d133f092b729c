//! The front matter: group, title, year, the line that says when the plan was updated.

use jiff::civil::Date;

use crate::model::{Updated, Warning, WarningCode, fold_words, words};

use super::vocabulary::Vocabulary;

/// A line longer than this, in characters, is text and no front matter.
pub(super) const LONGEST_LINE: usize = 120;
/// A list in a group's name has its "och" within so many words.
const LONGEST_LIST: usize = 6;

/// What the front matter says.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) group: Option<String>,
    pub(super) title: Option<String>,
    pub(super) year: Option<i16>,
    /// Lines that none of the fields took.
    pub(super) rest: Vec<String>,
    pub(super) warnings: Vec<Warning>,
}

/// Tells group, title and year from the lines before the first table.
///
/// `beside` are lines that may name the group where the front does not: running headers,
/// column headings, the updated line.
pub(super) fn read(lines: Vec<String>, beside: &[String], file: &str, vocabulary: &Vocabulary) -> Front {
    let mut front = Front::default();
    let lines = whole_lines(lines, vocabulary);
    let title = lines
        .iter()
        .position(|line| is_title(line, vocabulary))
        .or_else(|| lines.iter().position(|line| year(line).is_some()))
        .or_else(|| (lines.len() == 1).then_some(0));
    front.title = title.map(|index| lines[index].clone());
    // A number at the end of a running header is a page's, not the group's.
    let beside = beside.iter().map(|line| line.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()));
    front.group = lines.iter().map(String::as_str).chain(beside).find_map(|line| group(line, vocabulary));
    front.year = front.title.as_deref().and_then(year).or_else(|| lines.iter().find_map(|line| year(line)));
    if front.year.is_none()
        && let Some(found) = year(file)
    {
        front.year = Some(found);
        front.warnings.push(Warning::new(
            WarningCode::DoubtfulTitle,
            format!("Året {found} står bara i filens namn, inte i planen. Kontrollera."),
        ));
    }
    for (what, missing) in
        [("grupp", front.group.is_none()), ("rubrik", front.title.is_none()), ("år", front.year.is_none())]
    {
        if missing {
            front.warnings.push(Warning::new(WarningCode::DoubtfulTitle, format!("Planens {what} hittades inte.")));
        }
    }
    for (index, line) in lines.into_iter().enumerate() {
        let is_group = front.group.as_deref().is_some_and(|group| fold_words(group) == fold_words(&line));
        if Some(index) != title && !is_group {
            front.rest.push(line);
        }
    }
    front
}

/// Lines with those joined that a page breaks after an "och": no name ends there.
fn whole_lines(lines: Vec<String>, vocabulary: &Vocabulary) -> Vec<String> {
    let joins = |line: &str| {
        let last = line.split_whitespace().next_back();
        last.is_some_and(|word| vocabulary.words.group.joins.iter().any(|join| word == join))
    };
    let mut whole: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(before) if joins(before) && line.trim_start().starts_with(char::is_lowercase) => {
                *before = format!("{} {}", before.trim_end(), line.trim_start());
            }
            _ => whole.push(line),
        }
    }
    whole
}

/// Whether a line looks like a plan's title: it says what it is, and for which year.
pub(super) fn is_title(line: &str, vocabulary: &Vocabulary) -> bool {
    let says = |word: &String| vocabulary.words.title.words.iter().any(|title| word.starts_with(title.as_str()));
    line.chars().count() <= LONGEST_LINE
        && !line.trim_end().ends_with(['.', ':', ';'])
        && words(line).any(|word| says(&word))
}

/// The first year from 2000 to 2099 in a text, standing alone.
pub(super) fn year(text: &str) -> Option<i16> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() == 4 && word.starts_with("20"))
        .find_map(|word| word.parse().ok())
}

/// The group that a line names: a known prefix and the words after it.
pub(super) fn group(line: &str, vocabulary: &Vocabulary) -> Option<String> {
    let tokens: Vec<&str> = line.split_whitespace().collect();
    for start in 0..tokens.len() {
        for prefix in &vocabulary.words.group.prefixes {
            let length = prefix.split_whitespace().count();
            let matches = tokens.len() > start + length
                && prefix.split_whitespace().zip(&tokens[start..]).all(|(a, b)| {
                    // A one-word prefix is an abbreviation: its case tells it from other words.
                    if length == 1 { a == b.trim_start_matches('(') } else { a.eq_ignore_ascii_case(b) }
                });
            if !matches {
                continue;
            }
            let mut name: Vec<&str> = tokens[start..start + length].to_vec();
            let rest = &tokens[start + length..];
            for (at, token) in rest.iter().enumerate() {
                let after = &rest[at + 1..];
                let numbers = name.len() > length && is_number_of_name(token, after, vocabulary);
                if name.len() >= length + 8
                    || (ends_name(token, vocabulary) && !numbers)
                    || says_updated(token, after, vocabulary)
                {
                    break;
                }
                if token.ends_with(',') && is_list(after, vocabulary) {
                    name.push(token);
                    continue;
                }
                name.push(token.trim_end_matches([',', ';', ':', '.', ')']));
                if token.ends_with([',', ';', ':', '.', ')']) {
                    break;
                }
            }
            if name.len() > length {
                return Some(name.join(" ").trim_start_matches('(').to_owned());
            }
        }
    }
    None
}

/// Whether a word cannot be part of a group's name: a dash, a number, a month, a word that follows names.
fn ends_name(token: &str, vocabulary: &Vocabulary) -> bool {
    if token == "&" {
        return false;
    }
    let Some(word) = words(token).next() else { return true };
    let list = &vocabulary.words;
    token.starts_with('(')
        || word.starts_with(|c: char| c.is_ascii_digit())
        || is_stop(&word, vocabulary)
        || list.months.names.contains(&word)
}

/// Whether "Senast uppdaterad" begins here: a word that only stands before one of those that say when.
fn says_updated(token: &str, after: &[&str], vocabulary: &Vocabulary) -> bool {
    let Some((first, next)) = words(token).next().zip(after.first().and_then(|next| words(next).next())) else {
        return false;
    };
    vocabulary.words.updated.words.iter().any(|says| *says == format!("{first} {next}"))
}

/// Whether names end before this word.
fn is_stop(word: &str, vocabulary: &Vocabulary) -> bool {
    let list = &vocabulary.words;
    list.group.stops.iter().any(|stop| word.starts_with(stop.as_str()))
        || list.updated.words.iter().any(|says| says == word)
}

/// Whether a number belongs to a group's name ("Grupp 7"): one or two digits where the line or the name ends.
fn is_number_of_name(token: &str, after: &[&str], vocabulary: &Vocabulary) -> bool {
    token.len() <= 2
        && token.bytes().all(|b| b.is_ascii_digit())
        && after.first().is_none_or(|next| {
            !next.starts_with(['(', '/']) && words(next).next().is_none_or(|word| is_stop(&word, vocabulary))
        })
}

/// Whether what follows a comma goes on with a list in a name ("Hud, öron och ögon"): up to an "och" and the word after it
/// all are words that names have.
fn is_list(after: &[&str], vocabulary: &Vocabulary) -> bool {
    let joins = |token: &str| vocabulary.words.group.joins.iter().any(|join| token == join);
    let Some(join) = after.iter().take(LONGEST_LIST).position(|token| joins(token)) else { return false };
    let named =
        |token: &&str| !ends_name(token.trim_end_matches(','), vocabulary) && !token.ends_with([';', ':', '.', ')']);
    join > 0 && after[..join].iter().all(named) && after.get(join + 1).is_some_and(|next| !ends_name(next, vocabulary))
}

/// The updated line, if this is one.
pub(super) fn updated(line: &str, vocabulary: &Vocabulary) -> Option<Updated> {
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    let folded = fold_words(line);
    let says = vocabulary.words.updated.words.iter().any(|word| {
        folded.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            || folded.contains(&format!(" {word} "))
    });
    let date = written_date(line, vocabulary);
    let begins = vocabulary.words.updated.words.iter().any(|word| folded.starts_with(word.as_str()));
    (says && (begins || date.is_some())).then(|| Updated { date, text: line.trim().to_owned() })
}

/// The last date that a line names, in any of the ways dates are written out.
pub(super) fn written_date(line: &str, vocabulary: &Vocabulary) -> Option<Date> {
    let numbers = line.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '/')));
    let numeric = numbers.filter_map(|token| numeric_date(token.trim_matches(['-', '.', '/']))).next_back();
    numeric.or_else(|| {
        let tokens: Vec<String> = words(line).collect();
        tokens.windows(3).filter_map(|three| spelled_date(three, vocabulary)).next_back()
    })
}

fn numeric_date(token: &str) -> Option<Date> {
    let parts: Vec<&str> = token.split(['-', '.', '/']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = match parts.as_slice() {
        [one] if one.len() == 8 => (one[..4].parse().ok()?, one[4..6].parse().ok()?, one[6..].parse().ok()?),
        [one] if one.len() == 6 => {
            (2000 + one[..2].parse::<i16>().ok()?, one[2..4].parse().ok()?, one[4..].parse().ok()?)
        }
        [year, month, day] if year.len() == 4 => (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        [year, month, day] if year.len() == 2 && month.len() == 2 && day.len() == 2 && token.contains('-') => {
            (2000 + year.parse::<i16>().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [day, month, year] if year.len() == 4 => (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        _ => return None,
    };
    if !(1990..2100).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// "14 juni 2024", "14 jun 2024".
fn spelled_date(three: &[String], vocabulary: &Vocabulary) -> Option<Date> {
    let [day, month, year] = three else { return None };
    let year = self::year(year)?;
    let month = (month.chars().count() >= 3)
        .then(|| vocabulary.words.months.names.iter().position(|name| name.starts_with(month.as_str())))??;
    Date::new(year, i8::try_from(month + 1).ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::standard().unwrap()
    }

    #[test]
    fn a_groups_name_ends_before_years_months_and_dashes() {
        for (line, name) in [
            ("RPO Barn och ungdom mars-april 2022", "RPO Barn och ungdom"),
            ("Översiktlig handlingsplan 2024 – RPO Hud", "RPO Hud"),
            ("RPO Prov & Försök 2024", "RPO Prov & Försök"),
            ("RSG Läkemedel, version 2", "RSG Läkemedel"),
            (
                "Handlingsplan för Regionalt programområde nervsystemets sjukdomar 2025",
                "Regionalt programområde nervsystemets sjukdomar",
            ),
            ("Uppdrag från RSL/KR till RPO KIR", "RPO KIR"),
            ("RPO Grupp 7", "RPO Grupp 7"),
            ("RPO Grupp 7 – översiktlig handlingsplan 2024", "RPO Grupp 7"),
            ("RPO Grupp 7 Handlingsplan 2024", "RPO Grupp 7"),
            ("RPO Hud 3 (14)", "RPO Hud"),
            ("RPO Hud 14 juni", "RPO Hud"),
            ("RPO Hud, öron och ögon 2024", "RPO Hud, öron och ögon"),
            ("RSG Bild, prov- och vävnadsläkemedel, version 2", "RSG Bild, prov- och vävnadsläkemedel"),
            ("RPO Hud, möte och beslut", "RPO Hud"),
            ("RPO Hud Reviderad 20221223", "RPO Hud"),
            ("RPO Barn och ungdom Senast uppdaterad: 2024-11-17", "RPO Barn och ungdom"),
            ("RPO Hud, beslut den 3 och 4 maj", "RPO Hud"),
        ] {
            assert_eq!(group(line, &vocabulary()).as_deref(), Some(name), "{line}");
        }
        for line in ["RPO", "RPO 2024", "rporten om", "Handlingsplan 2024", "RPO – möte"] {
            assert_eq!(group(line, &vocabulary()), None, "{line}");
        }
    }

    #[test]
    fn the_updated_line_in_many_wordings() {
        let day = jiff::civil::date(2024, 6, 14);
        for line in [
            "Uppdaterad efter mötet 20240614",
            "Uppdaterad 2024-06-14",
            "Senast uppdaterad: 240614",
            "Reviderad den 14 juni 2024",
            "Handlingsplanen uppdaterad 14/6/2024",
        ] {
            assert_eq!(updated(line, &vocabulary()).and_then(|updated| updated.date), Some(day), "{line}");
        }
        assert_eq!(updated("Uppdaterad efter mötet", &vocabulary()).map(|updated| updated.date), Some(None));
        assert_eq!(updated("Planen för 2024", &vocabulary()), None);
    }

    #[test]
    fn title_group_and_year_are_told_apart() {
        let lines = vec!["RPO Hud".to_owned(), "Översiktlig handlingsplan 2024".to_owned(), "Version 2".to_owned()];
        let front = read(lines, &[], "x.docx", &vocabulary());
        assert_eq!(front.group.as_deref(), Some("RPO Hud"));
        assert_eq!(front.title.as_deref(), Some("Översiktlig handlingsplan 2024"));
        assert_eq!((front.year, front.rest), (Some(2024), vec!["Version 2".to_owned()]));
    }

    #[test]
    fn a_name_goes_on_where_its_line_ends_with_an_och() {
        let lines = ["RPO Hud och", "hår", "Handlingsplan 2024"].map(str::to_owned).to_vec();
        let front = read(lines, &[], "x.pdf", &vocabulary());
        assert_eq!(front.group.as_deref(), Some("RPO Hud och hår"));
        assert!(front.rest.is_empty());
    }

    #[test]
    fn a_year_only_in_the_files_name_is_said() {
        let front = read(vec!["RPO Hud".to_owned(), "Handlingsplan".to_owned()], &[], "hud-2023.docx", &vocabulary());
        assert_eq!(front.year, Some(2023));
        assert_eq!(front.warnings.len(), 1);
    }
}

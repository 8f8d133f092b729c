//! Heading rows → columns: which field each column of a table holds.
//!
//! A heading belongs to a field when it begins with one of the field's synonyms, a letter or so
//! apart at most; what follows ("… RPO MD") does not matter. One cell proves little, so a row is a
//! heading row only when several of its cells are headings of different fields.

use crate::model::{SectionColumns, SectionKind, words};
use crate::page::{Rgb, Row, Table};

use super::vocabulary::{Field, Vocabulary};

/// A heading longer than this, in words, is text.
const LONGEST_HEADING: usize = 14;

/// A table's columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    pub(super) kind: SectionKind,
    pub(super) headings: SectionColumns,
    pub(super) columns: Vec<Column>,
    /// Headings known by likeness only.
    pub(super) doubtful: Vec<String>,
    /// The fill of the status column's heading.
    pub(super) status_fill: Option<Rgb>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// First grid column.
    pub(super) start: usize,
    /// Grid column after the last.
    pub(super) end: usize,
    /// What it holds; none for a column the model has no field for.
    pub(super) field: Option<Field>,
    /// As written.
    pub(super) heading: String,
}

impl Columns {
    /// The column that covers a grid column.
    pub(super) fn at(&self, grid: usize) -> Option<&Column> {
        self.columns.iter().find(|column| (column.start..column.end).contains(&grid))
    }

    /// Whether two tables have the same headings, so that one goes on with the other.
    pub(super) fn same_headings(&self, other: &Self) -> bool {
        let folded = |columns: &Self| -> Vec<String> {
            columns.columns.iter().map(|column| crate::model::fold_words(&column.heading)).collect()
        };
        self.kind == other.kind && folded(self) == folded(other)
    }
}

/// What a heading cell was known as.
struct Match {
    field: Field,
    section: Option<SectionKind>,
    length: usize,
    exact: bool,
}

/// The columns that a row names, if it is a heading row.
pub(super) fn heading_row(table: &Table, row: &Row, vocabulary: &Vocabulary) -> Option<Columns> {
    let cells: Vec<(usize, usize, String)> = row
        .cells
        .iter()
        .map(|cell| (cell.column, cell.column + cell.colspan, cell.text().replace('\n', " ").trim().to_owned()))
        .collect();
    let filled = cells.iter().filter(|(_, _, text)| !text.is_empty()).count();
    let mut matches: Vec<Option<Match>> = cells.iter().map(|(_, _, text)| known(text, vocabulary)).collect();

    let mut seen = Vec::new();
    for found in &mut matches {
        let Some(Match { field, .. }) = found else { continue };
        // A second follow-up or status column is another year's; it is kept under its own heading.
        let repeats = seen.contains(field);
        if repeats && matches!(field, Field::FollowUp | Field::Status | Field::Date | Field::Area) {
            *found = None;
        } else if !repeats {
            seen.push(*field);
        }
    }
    let has = |field| seen.contains(&field);
    let what = has(Field::Priority) || has(Field::Area) || has(Field::Activities);
    let how = has(Field::FollowUp) || has(Field::Status) || has(Field::Activities);
    let known_cells = matches.iter().flatten().count();
    let enough = match seen.len() {
        0 | 1 => false,
        2 => known_cells == filled,
        3 => known_cells * 5 >= filled * 3,
        // So many fields are no chance: a table may have as many columns of its own.
        _ => known_cells * 5 >= filled * 2,
    };
    if !(what && how && enough) {
        return None;
    }

    let width = table.width();
    let mut columns = Columns {
        kind: SectionKind::Priority,
        headings: SectionColumns::default(),
        columns: Vec::with_capacity(cells.len()),
        doubtful: Vec::new(),
        status_fill: None,
    };
    for (index, ((start, end, heading), found)) in cells.iter().zip(&matches).enumerate() {
        // The last heading's column reaches to the edge: rows may be ragged.
        let end = if index + 1 == cells.len() { width.max(*end) } else { *end };
        if let Some(found) = found {
            if found.field == Field::Area {
                columns.kind = found.section.unwrap_or(SectionKind::National);
            }
            if !found.exact {
                columns.doubtful.push(heading.clone());
            }
            if found.field == Field::Status {
                columns.status_fill = row.cells.get(index).and_then(|cell| cell.fill);
            }
            note_heading(&mut columns.headings, found.field, heading.clone());
        }
        columns.columns.push(Column {
            start: *start,
            end,
            field: found.as_ref().map(|found| found.field),
            heading: heading.clone(),
        });
    }
    Some(columns)
}

/// The field that a label names: for forms with the label beside or above the text.
pub(super) fn label(text: &str, vocabulary: &Vocabulary) -> Option<(Field, Option<SectionKind>)> {
    known(text, vocabulary).filter(|found| found.exact).map(|found| (found.field, found.section))
}

/// Notes a heading as written; the second of a field is added to the first.
pub(super) fn note_heading(headings: &mut SectionColumns, field: Field, heading: String) {
    if let Some(slot) = slot(headings, field) {
        *slot = Some(match slot.take() {
            Some(first) => format!("{first} / {heading}"),
            None => heading,
        });
    }
}

fn slot(headings: &mut SectionColumns, field: Field) -> Option<&mut Option<String>> {
    match field {
        Field::Area => Some(&mut headings.area),
        Field::Priority => Some(&mut headings.priority),
        Field::Activities => Some(&mut headings.activities),
        Field::FollowUp => Some(&mut headings.follow_up),
        Field::Status => Some(&mut headings.status),
        Field::Date => None,
    }
}

/// The best synonym that a heading begins with: the longest, an exact one before a like one.
fn known(text: &str, vocabulary: &Vocabulary) -> Option<Match> {
    let heading: Vec<String> = words(text).take(LONGEST_HEADING + 1).collect();
    if heading.is_empty() || heading.len() > LONGEST_HEADING {
        return None;
    }
    let mut best: Option<Match> = None;
    for synonym in &vocabulary.synonyms {
        let Some(exact) = begins_with(&heading, &synonym.words) else { continue };
        let length = synonym.words.iter().map(String::len).sum();
        if best.as_ref().is_none_or(|best| (exact, length) > (best.exact, best.length)) {
            best = Some(Match { field: synonym.field, section: synonym.section, length, exact });
        }
    }
    best.or_else(|| run_together(&heading, vocabulary))
}

/// A heading whose words a narrow column broke without a hyphen: its letters begin with a long synonym's.
fn run_together(heading: &[String], vocabulary: &Vocabulary) -> Option<Match> {
    let letters = heading.concat();
    let fits = |synonym: &&super::vocabulary::Synonym| {
        letters.starts_with(&synonym.joined) && synonym.joined.chars().count() >= 9
    };
    let found = vocabulary.synonyms.iter().filter(fits).max_by_key(|synonym| synonym.joined.len())?;
    let length = found.words.iter().map(String::len).sum();
    Some(Match { field: found.field, section: found.section, length, exact: false })
}

/// Whether the heading begins with the words, and if so whether to the letter.
fn begins_with(heading: &[String], synonym: &[String]) -> Option<bool> {
    if heading.len() < synonym.len() {
        return None;
    }
    let mut exact = true;
    for (a, b) in heading.iter().zip(synonym) {
        if a == b {
            continue;
        }
        // A misspelling: one letter in a word long enough that no other word is one letter away.
        if strsim(a, b) > 1 || b.chars().count() < 6 {
            return None;
        }
        exact = false;
    }
    Some(exact)
}

/// Edit distance of two short words, capped at 2.
fn strsim(a: &str, b: &str) -> usize {
    // A letter has at most four bytes.
    if a.len().abs_diff(b.len()) > 4 {
        return 2;
    }
    let same = |(x, y): &(char, char)| x == y;
    let prefix = a.chars().zip(b.chars()).take_while(same).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (a.get(prefix..).unwrap_or_default(), b.get(prefix..).unwrap_or_default());
    let suffix = a.chars().rev().zip(b.chars().rev()).take_while(same).count();
    let rest = |text: &str| text.chars().count() - suffix;
    rest(a).max(rest(b)).min(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Cell, Node, Paragraph};

    fn row(cells: &[&str]) -> (Table, Row) {
        let row = Row {
            cells: cells
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
        (Table { rows: vec![row.clone()], ..Table::default() }, row)
    }

    fn fields(cells: &[&str]) -> Option<(SectionKind, Vec<Option<Field>>)> {
        let (table, row) = row(cells);
        let columns = heading_row(&table, &row, &Vocabulary::standard().unwrap())?;
        Some((columns.kind, columns.columns.iter().map(|column| column.field).collect()))
    }

    #[test]
    fn wordings_case_and_additions_do_not_matter() {
        use Field::{Activities, Area, FollowUp, Priority, Status};
        let five = vec![Some(Area), Some(Priority), Some(Activities), Some(FollowUp), Some(Status)];
        for (cells, kind) in [
            (
                [
                    "NATIONELLT INSATSOMRÅDE NPO",
                    "Prioriterat område och patientlöften",
                    "Aktiviteter",
                    "Uppföljning",
                    "Status",
                ],
                SectionKind::National,
            ),
            (
                [
                    "Uppdrag från RSL/KR till RSG X",
                    "Prioriterade områden/patientlöften",
                    "Aktiviteter RPO MD",
                    "Uppföljning:",
                    "Status 2024",
                ],
                SectionKind::Assignment,
            ),
            (
                ["Nationellt insatsområde", "Prioriterat omrade", "Aktivteter", "Uppföjning", "Status"],
                SectionKind::National,
            ),
        ] {
            assert_eq!(fields(&cells), Some((kind, five.clone())), "{cells:?}");
        }
        assert_eq!(
            fields(&["Prioriterat område", "Aktivitet", "Uppföljning", "Status"]),
            Some((SectionKind::Priority, five[1..].to_vec()))
        );
    }

    #[test]
    fn one_letter_more_less_or_other() {
        for (a, b, distance) in [
            ("status", "status", 0),
            ("statuss", "status", 1),
            ("sttus", "status", 1),
            ("område", "omrade", 1),
            ("områdn", "omrade", 2),
            ("aaa", "aaaa", 1),
            ("", "ab", 2),
            ("uppföljning", "status", 2),
        ] {
            assert_eq!((strsim(a, b), strsim(b, a)), (distance, distance), "{a} {b}");
        }
    }

    #[test]
    fn a_column_of_unknown_heading_is_kept_as_such() {
        let (_, columns) = fields(&["Prioriterat område", "Aktiviteter", "Ansvarig", "Uppföljning", "Status"]).unwrap();
        assert_eq!(columns[2], None);
    }

    #[test]
    fn a_table_may_have_more_columns_of_its_own_than_fields() {
        let own =
            ["Prioriterat område", "Aktiviteter", "Uppföljning", "Status", "Ansvarig", "Resurser", "Risk", "Hinder"];
        assert_eq!(fields(&own).map(|(_, columns)| columns.iter().flatten().count()), Some(4));
    }

    #[test]
    fn rows_of_text_are_no_headings() {
        assert_eq!(
            fields(&["Ökad samverkan", "Aktiviteter formas efter rapporten", "Uppföljning sker löpande", ""]),
            None
        );
        assert_eq!(fields(&["Status", ""]), None);
        assert_eq!(fields(&[]), None);
    }
}

//! What the five formats have in common: sheets of cells, before they become page tables.

use std::sync::Arc;

use jiff::civil::Date;

use super::rules::Rule;
use crate::model::{Warning, WarningCode};
use crate::page::{Embedded, Mark, Paragraph, Place, Rgb};

/// A workbook as read.
#[derive(Default)]
pub(super) struct Book {
    pub(super) title: Option<String>,
    /// A model that the file carries unseen.
    pub(super) embedded: Option<Embedded>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) warnings: Vec<(Warning, Place)>,
}

/// A sheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) name: Arc<str>,
    pub(super) hidden: bool,
    /// It only repeats what other sheets say.
    pub(super) copy: bool,
    /// The rows that have cells.
    pub(super) rows: Vec<GridRow>,
    pub(super) merges: Vec<Area>,
    /// Hidden columns, first and last.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) comments: Vec<Comment>,
    pub(super) floats: Vec<Float>,
    /// Text that floats over the sheet at a place that is not known.
    pub(super) loose: Vec<Paragraph>,
    /// Text in cells that merged ones cover.
    pub(super) covered: Vec<Paragraph>,
    pub(super) links: Vec<(Area, String)>,
    pub(super) rules: Vec<Rule>,
    /// Printed above and below the sheet.
    pub(super) header: Vec<Paragraph>,
    pub(super) footer: Vec<Paragraph>,
    /// What could not be read, and in which cells.
    pub(super) warnings: Vec<(Warning, Option<Area>)>,
}

/// A row with cells, in order of their columns.
#[derive(Default)]
pub(super) struct GridRow {
    pub(super) row: u32,
    pub(super) hidden: bool,
    pub(super) cells: Vec<GridCell>,
    /// Hidden names that stand in it.
    pub(super) anchors: Vec<String>,
}

/// A cell.
#[derive(Clone, Default)]
pub(super) struct GridCell {
    pub(super) column: u32,
    pub(super) paragraphs: Vec<Paragraph>,
    /// The number behind the text, for rules.
    pub(super) number: Option<f64>,
    pub(super) date: Option<Date>,
    pub(super) fill: Option<Rgb>,
}

/// A comment on a cell.
pub(super) struct Comment {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) author: Option<String>,
    pub(super) date: Option<String>,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Something drawn over the sheet.
pub(super) struct Float {
    /// The cell under its centre.
    pub(super) row: u32,
    pub(super) column: u32,
    /// The cells it covers.
    pub(super) area: Area,
    pub(super) mark: Option<Mark>,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A rectangle of cells; rows and columns count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

impl Area {
    /// One cell.
    pub(super) fn cell(row: u32, column: u32) -> Self {
        Self { first_row: row, first_column: column, last_row: row, last_column: column }
    }

    /// From "A1", "A1:E2", "$A$1:$B$2"; whole columns and rows ("A:A", "2:3") too.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.rsplit('!').next()?;
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((first_row, first_column), (last_row, last_column)) = (reference(first)?, reference(last)?);
        let (first_row, last_row) = (first_row.unwrap_or(0), last_row.unwrap_or(MAX_ROW));
        let (first_column, last_column) = (first_column.unwrap_or(0), last_column.unwrap_or(MAX_COLUMN));
        Some(Self {
            first_row: first_row.min(last_row),
            first_column: first_column.min(last_column),
            last_row: first_row.max(last_row),
            last_column: first_column.max(last_column),
        })
    }

    /// Whether a cell lies in it.
    pub(super) fn holds(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }

    /// The area in a sheet's own words.
    pub(super) fn name(&self) -> String {
        let first = cell_name(self.first_row, self.first_column);
        if (self.first_row, self.first_column) == (self.last_row, self.last_column) {
            return first;
        }
        format!("{first}:{}", cell_name(self.last_row, self.last_column))
    }
}

/// The last row and column any of the formats knows.
pub(super) const MAX_ROW: u32 = 1_048_575;
/// See [`MAX_ROW`]; LibreOffice may have 16,384 columns too.
pub(super) const MAX_COLUMN: u32 = 16_383;

/// Row and column of "B7" or "$B$7"; either may lack.
pub(super) fn reference(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let (mut row, mut column) = (None, None);
    for byte in text.trim().bytes() {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if row.is_none() => {
                let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = Some(column.unwrap_or(0) * 26 + digit).filter(|&column| column <= MAX_COLUMN + 1);
                column?;
            }
            b'0'..=b'9' => {
                row = Some(row.unwrap_or(0) * 10 + u32::from(byte - b'0')).filter(|&row| row <= MAX_ROW + 1);
                row?;
            }
            _ => return None,
        }
    }
    if (row, column) == (None, None) {
        return None;
    }
    let from_zero = |number: Option<u32>| match number {
        Some(0) => Err(()),
        Some(number) => Ok(Some(number - 1)),
        None => Ok(None),
    };
    Some((from_zero(row).ok()?, from_zero(column).ok()?))
}

/// "B7" for row 6, column 1.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// "B" for column 1.
pub(super) fn column_name(column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + digit as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl Sheet {
    /// The place of an area of the sheet.
    pub(super) fn place(&self, area: Area) -> Place {
        Place::Sheet { sheet: self.name.clone(), cells: area.name().into() }
    }

    /// Remarks on something of the sheet that is not read.
    pub(super) fn warn(&mut self, code: WarningCode, message: impl Into<String>, area: Option<Area>) {
        self.warnings.push((Warning::new(code, message), area));
    }

    /// Puts rows and cells in order; of two cells in one place the later stands.
    pub(super) fn sort(&mut self) {
        if !self.rows.is_sorted_by(|a, b| a.row < b.row) {
            self.rows.sort_by_key(|row| row.row);
            let mut rows: Vec<GridRow> = Vec::with_capacity(self.rows.len());
            for row in self.rows.drain(..) {
                match rows.last_mut() {
                    Some(last) if last.row == row.row => {
                        last.hidden |= row.hidden;
                        last.cells.extend(row.cells);
                    }
                    _ => rows.push(row),
                }
            }
            self.rows = rows;
        }
        for row in &mut self.rows {
            if !row.cells.is_sorted_by(|a, b| a.column < b.column) {
                row.cells.reverse();
                row.cells.sort_by_key(|cell| cell.column);
                row.cells.dedup_by_key(|cell| cell.column);
            }
        }
    }

    /// The indices of the rows of an area.
    pub(super) fn rows_of(&self, area: Area) -> std::ops::Range<usize> {
        let first = self.rows.partition_point(|row| row.row < area.first_row);
        let last = self.rows.partition_point(|row| row.row <= area.last_row);
        first..last.max(first)
    }

    /// A cell, where it has something.
    pub(super) fn find(&self, row: u32, column: u32) -> Option<&GridCell> {
        let row = self.rows.binary_search_by_key(&row, |candidate| candidate.row).ok()?;
        self.rows[row].find(column)
    }
}

impl GridRow {
    fn find(&self, column: u32) -> Option<&GridCell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|index| &self.cells[index])
    }

    /// The indices of the cells in columns `first` to `last`.
    pub(super) fn cells_of(&self, first: u32, last: u32) -> std::ops::Range<usize> {
        let start = self.cells.partition_point(|cell| cell.column < first);
        let end = self.cells.partition_point(|cell| cell.column <= last);
        start..end.max(start)
    }
}

impl GridCell {
    /// Whether it shows text or a sign.
    pub(super) fn has_content(&self) -> bool {
        self.paragraphs.iter().any(|paragraph| !paragraph.is_blank())
    }

    /// The text, one line a paragraph.
    pub(super) fn text(&self) -> String {
        let lines: Vec<String> = self.paragraphs.iter().map(Paragraph::text).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_and_named() {
        assert_eq!(Area::parse("$A$2:E2").unwrap().name(), "A2:E2");
        assert_eq!(Area::parse("E2:A2").unwrap().name(), "A2:E2");
        assert_eq!(Area::parse("Blad1!AA10").unwrap(), Area::cell(9, 26));
        assert_eq!(Area::parse("A:A").unwrap().last_row, MAX_ROW);
        for wrong in ["", "A0", "1A", "A99999999", "ZZZZZZ1", "#REF!"] {
            assert_eq!(Area::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}

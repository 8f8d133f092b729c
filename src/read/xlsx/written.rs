//! What a workbook that this program wrote carries beside the plan's table: the ids of the rows, and a copy of the entries
//! for pivot tables.

use std::collections::HashSet;

use super::grid::{Book, GridRow, Sheet};
use super::xml::Element;
use crate::model::{WarningCode, fold_words};
use crate::page::Paragraph;

/// Cells that begin so hold hidden names.
const NAME: &str = "_hp_";
/// The defined name of a sheet that is a copy.
const COPY: &str = "_hp_copy";
/// Longer lines may have been cut where a cell is full.
const LONG: usize = 1_000;

/// The names of the sheets that are copies.
pub(super) fn copies(workbook: &Element) -> Vec<String> {
    let names = workbook.child("definedNames").map(|names| names.all("definedName").collect::<Vec<_>>());
    let copies = names.unwrap_or_default().into_iter().filter(|name| name.attribute("name") == Some(COPY));
    copies
        .filter_map(|name| {
            let text = name.text();
            let sheet = text.rsplit_once('!')?.0.trim().trim_start_matches('$');
            Some(sheet.trim_matches('\'').replace("''", "'"))
        })
        .collect()
}

/// Takes the hidden names out of the cells, each to its row.
pub(super) fn take_names(sheet: &mut Sheet) {
    for row in &mut sheet.rows {
        let GridRow { cells, anchors, .. } = row;
        cells.retain(|cell| {
            let text = match cell.paragraphs.as_slice() {
                [only] => only.text(),
                _ => return true,
            };
            let is_name = text.starts_with(NAME);
            if is_name {
                anchors.push(text);
            }
            !is_name
        });
    }
}

/// Leaves of the copies only what stands nowhere else: what somebody wrote there.
pub(super) fn leave_what_is_new(book: &mut Book) {
    if !book.sheets.iter().any(|sheet| sheet.copy) {
        return;
    }
    let mut known: HashSet<String> = HashSet::new();
    let mut long = String::new();
    let cells = book.sheets.iter().filter(|sheet| !sheet.copy).flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
    for paragraph in cells.flat_map(|cell| &cell.paragraphs) {
        let line = fold_words(&paragraph.text());
        if line.len() > LONG {
            long.push_str(&line.replace(' ', ""));
        }
        if let Some((first, rest)) = line.split_once(' ') {
            // An entry's line begins with its date, a light's with its name.
            known.extend([first.to_owned(), rest.to_owned()]);
        }
        known.insert(line);
    }
    let is_known = |paragraph: &Paragraph| {
        let text = paragraph.text();
        let line = fold_words(&text);
        known.contains(&line)
            || text.split(',').all(|part| known.contains(&fold_words(part)))
            || line.len() > LONG && long.contains(&line.replace(' ', ""))
    };
    for sheet in book.sheets.iter_mut().filter(|sheet| sheet.copy) {
        let mut new = 0;
        // The first row are the headings.
        for (index, row) in sheet.rows.iter_mut().enumerate() {
            row.cells.retain_mut(|cell| {
                if index == 0 || cell.date.is_some() || cell.number.is_some() {
                    return false;
                }
                cell.paragraphs.retain(|paragraph| !is_known(paragraph));
                new += cell.paragraphs.len();
                !cell.paragraphs.is_empty()
            });
        }
        sheet.rows.retain(|row| !row.cells.is_empty());
        if new > 0 {
            let message = format!(
                "Bladet är en kopia av planens uppföljning, men {new} stycke(n) står bara där; de har lagts bland övrigt. För in dem i planens eget blad."
            );
            sheet.warn(WarningCode::DoubtfulRow, message, None);
        }
    }
    book.sheets.retain(|sheet| !sheet.copy || !sheet.rows.is_empty());
}

//! Spreadsheets: .xlsx, .xlsm, .xls, .xlsb and .ods → one part a sheet, one table a used range.
//!
//! What is read of each format:
//!
//! | | .xlsx, .xlsm | .ods | .xls | .xlsb |
//! |---|---|---|---|---|
//! | values, dates, merged cells, hidden sheets | yes | yes | yes | yes |
//! | fills | yes | yes | yes | no, a warning |
//! | looks of stretches of text, links | yes | yes | no | no |
//! | comments, hidden rows and columns | yes | yes | yes | no, a warning |
//! | rules that colour cells, drawn shapes | yes | yes | no, a warning | no, a warning |
//!
//! A line of a cell is a paragraph; a formula is its stored value; a day is shown as `YYYY-MM-DD`.

mod conditional;
mod drawing;
mod grid;
mod number;
mod package;
mod rules;
mod strings;
mod styles;
mod table;
mod text;
mod workbook;
mod worksheet;
mod xml;

use super::{ReadError, ReadOptions};
use crate::page::Document;
use package::Package;

/// Reads a spreadsheet of any of the formats.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes, options.limits)?;
        let (book, format) = read_package(&mut package)?;
        return Ok(table::document(book, format));
    }
    Err(ReadError::UnknownFormat(None))
}

fn read_package(package: &mut Package<'_>) -> Result<(grid::Book, &'static str), ReadError> {
    let main = package::relationships(package, "")?.into_iter().find(|part| part.kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |part| part.target);
    if package.has(&main) && main.to_ascii_lowercase().ends_with(".xml") {
        return Ok((workbook::read(package, &main)?, "xlsx"));
    }
    Err(ReadError::UnknownFormat(Some("en zip-fil".to_owned())))
}

fn too_many_cells(cap: usize) -> ReadError {
    ReadError::TooLarge {
        what: format!("bladen har fler än {cap} celler"),
        help: "Höj gränsen om filen är att lita på, eller ta bort blad som inte hör till planen.".to_owned(),
    }
}

fn too_many_sheets(cap: usize) -> ReadError {
    ReadError::TooLarge {
        what: format!("den har fler än {cap} blad"),
        help: "Ta bort blad som inte hör till planen.".to_owned(),
    }
}

//! Spreadsheets: .xlsx, .xlsm, .xls, .xlsb and .ods → one part a sheet, one table a used range.
//!
//! What is read of each format:
//!
//! | | .xlsx, .xlsm | .ods | .xls | .xlsb |
//! |---|---|---|---|---|
//! | values, dates, hidden sheets | yes | yes | yes | yes |
//! | merged cells | yes | yes | yes | no |
//! | fills | yes | yes | yes | no, a warning |
//! | looks of stretches of text | yes | yes | yes | no |
//! | links | yes | yes | no | no |
//! | comments, hidden rows and columns | yes | yes | yes | no, a warning |
//! | rules that colour cells, drawn shapes | yes | yes | yes, icon sets and groups a warning | no, a warning |
//!
//! A line of a cell is a paragraph; a formula is its stored value; a day is shown as `YYYY-MM-DD`.

mod biff;
mod budget;
mod conditional;
mod drawing;
mod formula;
mod grid;
mod number;
mod ods;
mod package;
mod rules;
mod shared;
mod sizes;
mod strings;
mod styles;
mod table;
mod text;
mod workbook;
mod worksheet;
mod written;
mod xls;
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
        let package = Package::open(bytes, options.limits)?;
        let (book, format) = read_package(bytes, &package)?;
        return Ok(table::document(book, format));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Ok(table::document(xls::read_xls(bytes, options.limits)?, "xls"));
    }
    Err(ReadError::UnknownFormat(None))
}

fn read_package(bytes: &[u8], package: &Package<'_>) -> Result<(grid::Book, &'static str), ReadError> {
    let mimetype = package.text("mimetype")?.unwrap_or_default();
    if mimetype.contains("opendocument.spreadsheet") {
        return Ok((ods::read(package)?, "ods"));
    }
    let main = package.relationships("")?.part("officeDocument").map(str::to_owned);
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if package.has(&main) && main.to_ascii_lowercase().ends_with(".xml") {
        return Ok((workbook::read(package, &main)?, "xlsx"));
    }
    if package.has(&main) {
        return Ok((xls::read_xlsb(bytes, package)?, "xlsb"));
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

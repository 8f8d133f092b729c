//! .xls and .xlsb: values by calamine; of .xls the looks from the records of the file.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb};

use super::biff;
use super::budget::{Budget, most_text, too_much_text};
use super::grid::{Area, Book, GridCell, GridRow, Sheet};
use super::number::Format;
use super::package::{Package, encrypted};
use super::styles::CellStyle;
use super::text::{paragraphs, plain};
use super::worksheet::iso_date;
use crate::model::WarningCode;
use crate::read::{Limits, ReadError};

/// How many blank cells there may be for each that may be filled: as many as fit in 1 GB.
const SPREAD: u64 = 6;

/// Reads an .xls file, or says what else its container holds.
pub(super) fn read_xls(bytes: &[u8], limits: Limits) -> Result<Book, ReadError> {
    let records = workbook_stream(bytes, limits)?.and_then(|stream| biff::read(&stream));
    if records.as_ref().is_some_and(|records| records.encrypted) {
        return Err(encrypted());
    }
    let spreads = || records.iter().flat_map(|records| &records.sheets).map(|sheet| spread(&sheet.cells));
    // Sheets are laid out in full, and one of them twice, so a stray cell far away costs what it spans.
    let laid_out = spreads().sum::<u64>().saturating_add(spreads().max().unwrap_or(0));
    if laid_out > (limits.cells as u64).saturating_mul(SPREAD) {
        return Err(ReadError::TooLarge {
            what: "bladens använda område är för stort, fast det mesta av det är tomt".to_owned(),
            help: "Något står långt bort från planen (Ctrl+End visar var): ta bort det, eller spara filen som .xlsx."
                .to_owned(),
        });
    }
    // They hold every text of their own.
    if records.as_ref().is_some_and(|records| records.text > most_text(limits)) {
        return Err(too_much_text(limits));
    }
    let old = records.is_none();
    let records = records.unwrap_or_default();
    let (sheets, from_1904) = guarded(|| {
        let mut file: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => encrypted(),
            error => damaged(Box::new(error)),
        })?;
        let from_1904 = file.has_1904_epoch();
        let mut sheets = Vec::new();
        for meta in file.sheets_metadata().to_vec() {
            let mut sheet = new_sheet(&meta);
            let mut cells = Vec::new();
            match file.worksheet_range(&meta.name) {
                Ok(range) => {
                    let (row, column) = range.start().unwrap_or_default();
                    cells = range
                        .used_cells()
                        .map(|(r, c, value)| (row + r as u32, column + c as u32, value.clone()))
                        .collect();
                    sheet.merges = file
                        .merge_cells_by_sheet_name(&meta.name)
                        .unwrap_or_default()
                        .iter()
                        .map(|area| Area {
                            first_row: area.start.0,
                            first_column: area.start.1,
                            last_row: area.end.0,
                            last_column: area.end.1,
                        })
                        .collect();
                }
                Err(error) if meta.typ == SheetType::WorkSheet => {
                    sheet.warn(WarningCode::UnreadablePart, format!("Bladet går inte att läsa: {error}."), None);
                }
                Err(_) => {}
            }
            sheets.push((sheet, cells));
        }
        Ok((sheets, from_1904))
    })?;
    let mut book = Book::default();
    let mut records = records;
    let mut by_sheet = std::mem::take(&mut records.sheets).into_iter();
    let mut left = limits.cells;
    for (mut sheet, values) in sheets {
        let mut own = by_sheet.next().unwrap_or_default();
        let looks = std::mem::take(&mut own.cells);
        left = left.checked_sub(values.len()).ok_or_else(|| super::too_many_cells(limits.cells))?;
        if old {
            let message = "Filen är från Excel 95 eller äldre: fyllningar, dolda rader och kommentarer läses inte.";
            sheet.warn(WarningCode::Unsupported, message, None);
        }
        if own.newer_rules {
            let message = "Villkorsstyrd formatering av nyare slag läses inte i .xls: en färg som den visar kan saknas. \
                           Spara filen som .xlsx.";
            sheet.warn(WarningCode::Unsupported, message, None);
        }
        let plain = CellStyle::default();
        let style_of =
            |index: Option<u16>| index.and_then(|index| records.styles.get(usize::from(index))).unwrap_or(&plain);
        let mut cells = Vec::with_capacity(values.len());
        // Both lists are in order: values, and cells of any kind with their styles.
        let mut looks = looks.into_iter().peekable();
        for (row, column, value) in values {
            while let Some((at_row, at_column, style)) = looks.next_if(|&(r, c, _)| (r, c) < (row, column)) {
                cells.push((
                    at_row,
                    GridCell { column: at_column, fill: style_of(Some(style)).fill, ..GridCell::default() },
                ));
            }
            let style = looks.next_if(|&(r, c, _)| (r, c) == (row, column)).map(|(.., style)| style);
            let style = style_of(style);
            let mut read = cell(row, column, &value, style, from_1904, &sheet);
            if let Ok(at) = own.rich.binary_search_by_key(&(row, column), |&(row, column, _)| (row, column)) {
                let spans = records.spans(own.rich[at].2, style.look);
                read.paragraphs = paragraphs(&spans, &sheet.place(Area::cell(row, column)));
            }
            cells.push((row, read));
        }
        for (row, column, style) in looks {
            cells.push((row, GridCell { column, fill: style_of(Some(style)).fill, ..GridCell::default() }));
        }
        rows(&mut sheet, cells);
        for row in &mut sheet.rows {
            row.hidden = own.hidden_rows.binary_search(&row.row).is_ok();
        }
        own.fill(&records, &mut sheet);
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// Reads an .xlsb file.
pub(super) fn read_xlsb(bytes: &[u8], package: &Package<'_>) -> Result<Book, ReadError> {
    package.ground().check_size()?;
    let limits = package.limits();
    guarded(|| {
        let mut file: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| damaged(Box::new(error)))?;
        let from_1904 = file.has_1904_epoch();
        let mut book = Book::default();
        let mut budget = Budget::new(limits);
        for meta in file.sheets_metadata().to_vec() {
            let mut sheet = new_sheet(&meta);
            let mut cells = Vec::new();
            if meta.typ == SheetType::WorkSheet {
                match file.worksheet_cells_reader(&meta.name) {
                    Ok(mut reader) => loop {
                        match reader.next_cell() {
                            Ok(Some(read)) => {
                                let (row, column) = read.get_position();
                                let value = owned(read.get_value());
                                let cell = cell(row, column, &value, &CellStyle::default(), from_1904, &sheet);
                                budget.take(&cell, 1)?;
                                cells.push((row, cell));
                            }
                            Ok(None) => break,
                            Err(error) => {
                                let message = format!("Bladet går inte att läsa till slutet: {error}.");
                                sheet.warn(WarningCode::UnreadablePart, message, None);
                                break;
                            }
                        }
                    },
                    Err(error) => {
                        sheet.warn(WarningCode::UnreadablePart, format!("Bladet går inte att läsa: {error}."), None);
                    }
                }
                let message = "Fyllningar, sammanslagna celler, dolda rader och kommentarer läses inte i .xlsb: \
                               en statuslampa kan saknas. Spara filen som .xlsx.";
                sheet.warn(WarningCode::Unsupported, message, None);
            }
            rows(&mut sheet, cells);
            book.sheets.push(sheet);
        }
        Ok(book)
    })
}

/// The stream of a workbook in a compound file; the container may hold something else.
fn workbook_stream(bytes: &[u8], limits: Limits) -> Result<Option<Vec<u8>>, ReadError> {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Ok(None) };
    if file.is_stream("/EncryptedPackage") {
        return Err(encrypted());
    }
    let old = |format, program, save_as| Err(ReadError::OldFormat { format, program, save_as });
    if file.is_stream("/WordDocument") {
        return old(".doc", "Word", ".docx");
    }
    if file.is_stream("/PowerPoint Document") {
        return old(".ppt", "PowerPoint", ".pptx");
    }
    for name in ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"] {
        if let Ok(stream) = file.open_stream(name) {
            let mut data = Vec::new();
            // A stream cut short gives what it has.
            let _ = stream.take(limits.unpacked_bytes).read_to_end(&mut data);
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// Runs calamine, which panics on some damaged files.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ReadError::damaged("arbetsboken går inte att tolka", None)))
}

fn damaged(source: Box<dyn std::error::Error + Send + Sync>) -> ReadError {
    ReadError::Damaged { what: "arbetsboken går inte att tolka".to_owned(), part: None, source: Some(source) }
}

fn new_sheet(meta: &calamine::Sheet) -> Sheet {
    let mut sheet =
        Sheet { name: meta.name.as_str().into(), hidden: meta.visible != SheetVisible::Visible, ..Sheet::default() };
    if meta.typ == SheetType::ChartSheet {
        sheet.warn(WarningCode::Unsupported, "Bladet är ett diagram och läses inte.", None);
    }
    sheet
}

fn spread(cells: &[(u32, u32, u16)]) -> u64 {
    let rows = cells.first().zip(cells.last()).map_or(0, |(first, last)| u64::from(last.0 - first.0) + 1);
    let columns = cells.iter().map(|&(_, column, _)| column);
    let (least, most) = (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0));
    rows * (u64::from(most - least) + 1)
}

fn owned(value: &DataRef<'_>) -> Data {
    match value {
        DataRef::Int(number) => Data::Int(*number),
        DataRef::Float(number) => Data::Float(*number),
        DataRef::String(text) => Data::String(text.clone()),
        DataRef::SharedString(text) => Data::String((*text).to_owned()),
        DataRef::Bool(flag) => Data::Bool(*flag),
        DataRef::DateTime(day) => Data::DateTime(*day),
        DataRef::DateTimeIso(day) => Data::DateTimeIso(day.clone()),
        DataRef::DurationIso(text) => Data::DurationIso(text.clone()),
        DataRef::Error(error) => Data::Error(error.clone()),
        DataRef::Empty => Data::Empty,
    }
}

fn cell(row: u32, column: u32, value: &Data, style: &CellStyle, from_1904: bool, sheet: &Sheet) -> GridCell {
    let mut cell = GridCell { column, fill: style.fill, ..GridCell::default() };
    let number = |number: f64, cell: &mut GridCell| {
        cell.number = Some(number);
        let (text, date) = style.format.show(number, from_1904);
        cell.date = date;
        text
    };
    let text = match value {
        Data::Int(value) => number(*value as f64, &mut cell),
        Data::Float(value) => number(*value, &mut cell),
        Data::DateTime(value) if style.format.is_date() => number(value.as_f64(), &mut cell),
        Data::DateTime(value) => {
            let (text, date) = day_format(*value).show(value.as_f64(), from_1904);
            cell.date = date;
            text
        }
        Data::DateTimeIso(value) => {
            let (text, date) = iso_date(value);
            cell.date = date;
            text
        }
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(flag) => if *flag { "SANT" } else { "FALSKT" }.to_owned(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    };
    cell.paragraphs = plain(&text, style.look, &sheet.place(Area::cell(row, column)));
    cell
}

/// The format of a day that is known as one, but not how it is shown.
fn day_format(day: ExcelDateTime) -> Format {
    Format::parse(if day.is_duration() { "[h]:mm" } else { "yyyy-mm-dd hh:mm" })
}

/// Cells in order of rows → the rows of a sheet; cells with nothing to keep are dropped.
fn rows(sheet: &mut Sheet, cells: Vec<(u32, GridCell)>) {
    for (row, cell) in cells {
        if cell.paragraphs.is_empty() && cell.fill.is_none() {
            continue;
        }
        match sheet.rows.last_mut() {
            Some(last) if last.row == row => last.cells.push(cell),
            _ => sheet.rows.push(GridRow { row, cells: vec![cell], ..GridRow::default() }),
        }
    }
}

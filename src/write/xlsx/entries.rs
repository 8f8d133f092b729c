//! The sheet with one row an entry, for filters and pivot tables. It is a copy of what the plan's sheet says.

use rust_xlsxwriter::{ExcelDateTime, ProtectionOptions, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::cell::{self, Line, Notes};
use super::look::{Looks, filled};
use super::plan::print_setup;
use crate::model::{Entry, EntryDate, Plan};
use crate::write::docx::embed::bookmark;
use crate::write::{WriteOptions, shown};

const COLUMNS: [(&str, f64); 8] = [
    ("Avsnitt", 24.0),
    ("Område", 28.0),
    ("Prioriterat område", 34.0),
    ("Datum", 12.0),
    ("År", 7.0),
    ("Uppföljning", 70.0),
    ("Statusljus", 16.0),
    ("Id", 30.0),
];

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &Plan,
    options: &WriteOptions,
    looks: &Looks,
) -> Result<(), XlsxError> {
    // What does not fit was noted when the plan's sheet was written.
    let notes = &mut Notes::default();
    sheet.set_name(super::ENTRIES_SHEET)?;
    let mut row = 1;
    for section in &plan.sections {
        // In the words of the plan's sheet, so that a reader knows the copy.
        let own = section.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let heading = || shown::columns(section).first().map(|(_, heading)| (*heading).to_owned()).unwrap_or_default();
        let name = cell::line(&own.map_or_else(heading, str::to_owned));
        for item in &section.items {
            let mut first = |blocks: &[crate::model::Block]| {
                // The pivot table wants one name, not the whole cell.
                let lines = cell::lines(blocks, notes).into_iter().take(1).collect::<Vec<Line>>();
                cell::chunks(lines, COLUMNS[1].1, false, notes).into_iter().next().unwrap_or_default()
            };
            let (area, priority) = (first(&item.area), first(&item.priority));
            let lights: Vec<&str> = item.status.lights.iter().map(|light| shown::light(light.light)).collect();
            let id = bookmark(item.id.as_str()).filter(|_| options.embed_model).unwrap_or_default();
            for entry in &item.follow_up {
                let lines = cell::lines(&entry.text, notes);
                let chunks = cell::chunks(lines, COLUMNS[5].1, true, notes);
                for index in 0..chunks.len().max(1) {
                    cell::put(sheet, row, 0, &name, &looks.text)?;
                    cell::put(sheet, row, 1, &area, &looks.text)?;
                    cell::put(sheet, row, 2, &priority, &looks.text)?;
                    date(sheet, row, entry, looks)?;
                    match chunks.get(index) {
                        Some(lines) => cell::put(sheet, row, 5, lines, &looks.text)?,
                        None => cell::put(sheet, row, 5, &[], &looks.text)?,
                    }
                    let look =
                        cell::fill(&item.status).map_or_else(|| looks.text.clone(), |light| filled(&looks.text, light));
                    cell::put(sheet, row, 6, &cell::line(&lights.join(", ")), &look)?;
                    cell::put(sheet, row, 7, &cell::line(&id), &looks.text)?;
                    let text = chunks.get(index).map_or(&[][..], Vec::as_slice);
                    let cells = [(name.as_slice(), 0), (&area, 1), (&priority, 2), (text, 5)];
                    sheet.set_row_height(row, cell::height(cells.map(|(lines, column)| (lines, COLUMNS[column].1))))?;
                    row += 1;
                }
            }
        }
    }
    for (column, (_, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    let columns: Vec<TableColumn> = COLUMNS
        .iter()
        .map(|(name, _)| TableColumn::new().set_header(*name).set_header_format(&looks.heading))
        .collect();
    let table = Table::new().set_name("Uppföljningar").set_style(TableStyle::None).set_columns(&columns);
    sheet.add_table(0, 0, row.max(2) - 1, 7, &table)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    print_setup(sheet);
    // What is changed here would be changed in the copy alone: filters work, typing says why it does not.
    sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        use_pivot_tables: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// The day as a date, and the year as a number.
fn date(sheet: &mut Worksheet, row: u32, entry: &Entry, looks: &Looks) -> Result<(), XlsxError> {
    let day = entry.date.and_then(EntryDate::day).filter(|day| day.year() >= 1900);
    match day {
        Some(day) => {
            let (year, month, day) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
            sheet.write_datetime_with_format(row, 3, ExcelDateTime::from_ymd(year, month, day)?, &looks.date)?;
        }
        None => {
            sheet.write_blank(row, 3, &looks.date)?;
        }
    }
    match entry.date {
        Some(date) => sheet.write_number_with_format(row, 4, f64::from(date.year()), &looks.number)?,
        None => sheet.write_blank(row, 4, &looks.number)?,
    };
    Ok(())
}

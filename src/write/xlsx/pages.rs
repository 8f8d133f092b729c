//! A sheet for each standing page, the year wheel, and one for what has no place of its own.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::cell::{self, Notes};
use super::look::Looks;
use super::plan::print_setup;
use crate::model::{Block, Calendar, Plan};
use crate::write::shown;

/// The width of a page's one column, in digits.
const WIDTH: f64 = 110.0;

/// Writes the sheets that the plan needs.
pub(super) fn write(workbook: &mut Workbook, plan: &Plan, looks: &Looks, notes: &mut Notes) -> Result<(), XlsxError> {
    for (name, blocks) in shown::pages(plan) {
        let sheet = page(workbook, name)?;
        cell::put(sheet, 0, 0, &cell::line(name), &looks.free_heading)?;
        text(sheet, 1, blocks, looks, notes)?;
    }
    if let Some(calendar) = &plan.calendar {
        write_calendar(page(workbook, "Årshjul")?, calendar, looks, notes)?;
    }
    if !plan.other.is_empty() {
        let sheet = page(workbook, "Övrigt")?;
        let mut row = 0;
        for part in &plan.other {
            if part.heading.as_deref().is_some_and(|heading| !heading.trim().is_empty()) {
                cell::put(sheet, row, 0, &cell::line(shown::other_heading(part)), &looks.free_heading)?;
                row += 1;
            }
            row = text(sheet, row, &part.blocks, looks, notes)? + 1;
        }
    }
    Ok(())
}

fn page<'w>(workbook: &'w mut Workbook, name: &str) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_column_width(0, WIDTH)?;
    print_setup(sheet);
    Ok(sheet)
}

/// Text from a row on, lists together in one cell as far as they fit; gives the row after it.
fn text(
    sheet: &mut Worksheet,
    mut row: u32,
    blocks: &[Block],
    looks: &Looks,
    notes: &mut Notes,
) -> Result<u32, XlsxError> {
    for lines in cell::chunks(cell::lines(blocks, notes), WIDTH, true, notes) {
        cell::put(sheet, row, 0, &lines, &looks.free)?;
        sheet.set_row_height(row, cell::height([(lines.as_slice(), WIDTH)]))?;
        row += 1;
    }
    Ok(row)
}

fn write_calendar(
    sheet: &mut Worksheet,
    calendar: &Calendar,
    looks: &Looks,
    notes: &mut Notes,
) -> Result<(), XlsxError> {
    let title = calendar.year.map_or_else(|| "Årshjul".to_owned(), |year| format!("Årshjul {year}"));
    cell::put(sheet, 0, 0, &cell::line(&title), &looks.free_heading)?;
    let mut row = 1;
    for event in &calendar.events {
        let quarter = event.quarter.map(|quarter| format!("Kvartal {quarter}: ")).unwrap_or_default();
        let when = event.when.as_deref().map(|when| format!("{when} ")).unwrap_or_default();
        let block = Block::paragraph(format!("{quarter}{when}{}", event.text));
        row = text(sheet, row, &[block], looks, notes)?;
    }
    text(sheet, row, &calendar.ongoing, looks, notes)?;
    Ok(())
}

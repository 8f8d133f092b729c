//! The sheet with the plan's table.
//!
//! Each section is an Excel table of its own, with filters, so that rows sort with everything that belongs to them; an
//! item that is higher than a row can be goes on in the next, with the same id and status.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::cell::{self, Line, Notes};
use super::look::{Looks, filled};
use crate::model::{Item, Plan, Section};
use crate::write::WriteOptions;
use crate::write::docx::embed::bookmark;
use crate::write::shown::{self, Column};

/// What a column of the sheet shows.
#[derive(Clone, PartialEq)]
enum Field {
    Model(Column),
    /// A column of the item's own, by its heading.
    Other(String),
}

/// A section's column.
struct Shown {
    field: Field,
    heading: String,
    width: f64,
    /// Where in the sheet it stands: the same field stands in the same column in every section.
    at: u16,
}

fn width(column: Column) -> f64 {
    match column {
        Column::Area => 26.0,
        Column::Priority => 32.0,
        Column::Activities => 38.0,
        Column::FollowUp => 62.0,
        Column::Status => 24.0,
    }
}

fn columns(section: &Section) -> Vec<Shown> {
    let shown = |field, heading: &str, width| Shown { field, heading: cell::allowed(heading), width, at: 0 };
    let mut all: Vec<Shown> = shown::columns(section)
        .into_iter()
        .map(|(column, heading)| shown(Field::Model(column), heading, width(column)))
        .collect();
    for part in section.items.iter().flat_map(|item| &item.other) {
        let heading = shown::other_heading(part);
        let field = Field::Other(heading.to_owned());
        if !all.iter().any(|known| known.field == field) {
            all.push(shown(field, heading, 28.0));
        }
    }
    all
}

/// Gives the columns of all sections their places; returns the width of each column of the sheet.
fn arrange(sections: &mut [Vec<Shown>]) -> Vec<f64> {
    const MODEL: [Column; 5] = [Column::Area, Column::Priority, Column::Activities, Column::FollowUp, Column::Status];
    let all = || sections.iter().flatten();
    let mut fields: Vec<(Field, f64)> = MODEL
        .into_iter()
        .map(|column| (Field::Model(column), width(column)))
        .filter(|(field, _)| all().any(|column| column.field == *field))
        .collect();
    for column in all() {
        if !fields.iter().any(|(field, _)| *field == column.field) {
            fields.push((column.field.clone(), column.width));
        }
    }
    for column in sections.iter_mut().flatten() {
        let at = fields.iter().position(|(field, _)| *field == column.field).unwrap_or(0);
        column.at = u16::try_from(at).unwrap_or(u16::MAX);
    }
    // A table's headings are given from left to right.
    for section in sections.iter_mut() {
        section.sort_by_key(|column| column.at);
    }
    fields.into_iter().map(|(_, width)| width).collect()
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &Plan,
    options: &WriteOptions,
    looks: &Looks,
    notes: &mut Notes,
) -> Result<(), XlsxError> {
    sheet.set_name(super::PLAN_SHEET)?;
    let mut sections: Vec<Vec<Shown>> = plan.sections.iter().map(columns).collect();
    let widths = arrange(&mut sections);
    for (column, width) in (0u16..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    let id_column = u16::try_from(widths.len()).unwrap_or(u16::MAX);
    sheet.set_column_hidden(id_column)?;
    print_setup(sheet);
    sheet.set_footer(format!("&L{}&RSida &P av &N", footer(shown::title(plan))));
    let mut writer = Writer { sheet, options, looks, notes, id_column, row: 0 };
    writer.front(plan)?;
    // One heading can be frozen: with several, each table shows its own while Excel scrolls through it.
    let one = plan.sections.len() == 1;
    let below_front = writer.row;
    for (index, (section, columns)) in plan.sections.iter().zip(&sections).enumerate() {
        writer.row += u32::from(index > 0);
        writer.section(section, columns)?;
        if one {
            let heading = below_front + u32::from(section.title.is_some());
            writer.sheet.set_freeze_panes(heading + 1, 0)?;
            writer.sheet.set_repeat_rows(heading, heading)?;
        }
    }
    Ok(())
}

/// Text for a footer, where `&` begins a code.
fn footer(text: &str) -> String {
    cell::allowed(text).replace('&', "&&").chars().take(120).collect()
}

/// Landscape A4, as wide as the page.
pub(super) fn print_setup(sheet: &mut Worksheet) {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
}

/// The sheet while it is written, from the top down.
struct Writer<'w> {
    sheet: &'w mut Worksheet,
    options: &'w WriteOptions,
    looks: &'w Looks,
    notes: &'w mut Notes,
    id_column: u16,
    row: u32,
}

impl Writer<'_> {
    /// What stands above the tables.
    fn front(&mut self, plan: &Plan) -> Result<(), XlsxError> {
        let updated = plan.updated.as_ref().map(|updated| updated.text.as_str());
        let lines = [
            (plan.title.as_deref(), &self.looks.title, 26.0),
            (plan.group.as_deref(), &self.looks.plain, 17.0),
            (plan.region.as_deref(), &self.looks.quiet, 14.0),
            (updated, &self.looks.quiet, 14.0),
        ];
        for (text, look, height) in lines {
            let text = cell::line(text.unwrap_or_default());
            if !text.is_empty() {
                cell::put(self.sheet, self.row, 0, &text, look)?;
                self.sheet.set_row_height(self.row, height)?;
                self.row += 1;
            }
        }
        self.row += u32::from(self.row > 0);
        Ok(())
    }

    fn section(&mut self, section: &Section, columns: &[Shown]) -> Result<(), XlsxError> {
        let title = cell::line(section.title.as_deref().unwrap_or_default());
        if !title.is_empty() {
            let last = (self.id_column - 1).max(2);
            self.sheet.merge_range(self.row, 0, self.row, last, "", &self.looks.section)?;
            cell::put(self.sheet, self.row, 0, &title, &self.looks.section)?;
            self.row += 1;
        }
        let heading = self.row;
        let names: Vec<(Vec<Line>, f64)> =
            columns.iter().map(|column| (cell::line(&column.heading), column.width)).collect();
        for (column, (name, _)) in columns.iter().zip(&names) {
            cell::put(self.sheet, heading, column.at, name, &self.looks.heading)?;
        }
        let names = names.iter().map(|(name, width)| (name.as_slice(), *width));
        self.sheet.set_row_height(heading, cell::height(names))?;
        self.row += 1;
        for item in &section.items {
            self.item(item, columns)?;
        }
        if self.row > heading + 1 {
            self.table(columns, heading)?;
        }
        Ok(())
    }

    /// An item, over as many rows as its cells need.
    fn item(&mut self, item: &Item, columns: &[Shown]) -> Result<(), XlsxError> {
        let id = bookmark(item.id.as_str()).filter(|_| self.options.embed_model);
        let cells: Vec<Vec<Vec<Line>>> = columns
            .iter()
            .map(|column| {
                let lines = self.lines(item, &column.field);
                // A row with words in the first columns is another item, and without an id in all but the follow-up.
                // A status stands whole, so that each row can repeat it.
                let shares = match column.field {
                    Field::Model(Column::FollowUp) => true,
                    Field::Model(Column::Area | Column::Priority | Column::Status) => false,
                    _ => id.is_some(),
                };
                cell::chunks(lines, column.width, shares, self.notes)
            })
            .collect();
        let rows = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        for index in 0..rows {
            let mut shown: Vec<(&[Line], f64)> = Vec::with_capacity(columns.len());
            for (column, chunks) in columns.iter().zip(&cells) {
                let is_status = column.field == Field::Model(Column::Status);
                let light = cell::fill(&item.status).filter(|_| is_status);
                let look: &Format =
                    &light.map_or_else(|| self.looks.text.clone(), |light| filled(&self.looks.text, light));
                // Whoever filters by status sees the whole item: each of its rows says it.
                let chunk = chunks.get(index).or_else(|| chunks.first().filter(|_| is_status));
                let lines = chunk.map_or(&[][..], Vec::as_slice);
                cell::put(self.sheet, self.row, column.at, lines, look)?;
                shown.push((lines, column.width));
            }
            if let Some(id) = &id {
                self.sheet.write_string(self.row, self.id_column, id)?;
            }
            self.sheet.set_row_height(self.row, cell::height(shown))?;
            self.row += 1;
        }
        Ok(())
    }

    fn lines(&mut self, item: &Item, field: &Field) -> Vec<Line> {
        match field {
            Field::Model(Column::Area) => cell::lines(&item.area, self.notes),
            Field::Model(Column::Priority) => cell::lines(&item.priority, self.notes),
            Field::Model(Column::Activities) => cell::lines(&item.activities, self.notes),
            Field::Model(Column::FollowUp) => cell::follow_up(&item.follow_up, self.notes),
            Field::Model(Column::Status) => cell::status(&item.status, self.notes),
            Field::Other(heading) => {
                let parts = item.other.iter().filter(|part| shown::other_heading(part) == heading);
                parts.flat_map(|part| cell::lines(&part.blocks, self.notes)).collect()
            }
        }
    }

    /// Makes the rows since the heading an Excel table, where their headings can be those of one.
    fn table(&mut self, columns: &[Shown], heading: u32) -> Result<(), XlsxError> {
        let mut names: Vec<String> =
            columns.iter().map(|column| column.heading.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        names.push("_hp_id".to_owned());
        let first = columns.iter().map(|column| column.at).min().unwrap_or(0);
        let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let usable = |(index, name): (usize, &String)| {
            !name.is_empty() && name.encode_utf16().count() <= 255 && !folded[..index].contains(&folded[index])
        };
        // Another section's columns may lie between, or between the last and the ids.
        let together = usize::from(self.id_column - first) + 1 == names.len();
        if !together || !names.iter().enumerate().all(usable) {
            return Ok(());
        }
        let columns: Vec<TableColumn> = names
            .iter()
            .map(|name| TableColumn::new().set_header(name.as_str()).set_header_format(&self.looks.heading))
            .collect();
        let table = Table::new().set_style(TableStyle::None).set_columns(&columns);
        self.sheet.add_table(heading, first, self.row - 1, self.id_column, &table)?;
        Ok(())
    }
}

//! Sheets of cells → parts of a page document.

use std::collections::BTreeMap;

use super::grid::{Area, Book, Float, GridCell, GridRow, MAX_COLUMN, Sheet, column_name};
use super::{rules, written};
use crate::model::WarningCode;
use crate::page::{Cell, Cut, Document, Inline, Mark, Node, Paragraph, Part, PartKind, Place, Row, Table};

/// The document that a workbook is.
pub(super) fn document(mut book: Book, format: &'static str) -> Document {
    book.sheets.iter_mut().for_each(written::take_names);
    written::leave_what_is_new(&mut book);
    book.sheets.iter_mut().for_each(Sheet::sort);
    rules::settle(&mut book);
    let mut document =
        Document { format, title: book.title, embedded: book.embedded, warnings: book.warnings, ..Document::default() };
    let mut beside = Vec::new();
    for mut sheet in book.sheets {
        rules::apply(&mut sheet);
        link(&mut sheet);
        hidden(&mut sheet);
        let loose = place_floats(&mut sheet);
        let mut nodes = Vec::new();
        nodes.extend(table(&mut sheet).map(Node::Table));
        nodes.extend(loose.into_iter().map(Node::Paragraph));
        let kind = PartKind::Sheet { name: sheet.name.to_string(), hidden: sheet.hidden };
        document.parts.push(Part { kind, nodes });
        let own = |nodes: Vec<Paragraph>| nodes.into_iter().map(Node::Paragraph).collect::<Vec<_>>();
        let around =
            [(PartKind::Header, sheet.header), (PartKind::Footer, sheet.footer), (PartKind::Hidden, sheet.covered)];
        for (kind, paragraphs) in around {
            if !paragraphs.is_empty() {
                beside.push(Part { kind, nodes: own(paragraphs) });
            }
        }
        for comment in sheet.comments {
            let kind = PartKind::Comment { author: comment.author, date: comment.date };
            beside.push(Part { kind, nodes: own(comment.paragraphs) });
        }
        let name = sheet.name;
        let place = |area: Option<Area>| {
            let cells = area.map(|area| area.name()).unwrap_or_default();
            Place::Sheet { sheet: name.clone(), cells: cells.into() }
        };
        document.warnings.extend(sheet.warnings.into_iter().map(|(warning, area)| (warning, place(area))));
    }
    document.parts.extend(beside);
    document
}

/// Says what is hidden; it is read all the same.
fn hidden(sheet: &mut Sheet) {
    let used = sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.has_content());
    let columns: Vec<u32> = used.map(|cell| cell.column).collect();
    if sheet.hidden && !columns.is_empty() {
        sheet.warn(WarningCode::HiddenPart, "Bladet är dolt i filen; det har lästs ändå.", None);
    }
    let mut ranges = sheet.hidden_columns.clone();
    ranges.retain(|&(first, last)| columns.iter().any(|column| (first..=last).contains(column)));
    for (first, last) in ranges {
        let names =
            if first == last { column_name(first) } else { format!("{}–{}", column_name(first), column_name(last)) };
        let message = format!("Kolumn {names} är dold i filen; den har lästs ändå.");
        let area = Area { first_row: 0, first_column: first, last_row: 0, last_column: last };
        sheet.warn(WarningCode::HiddenPart, message, Some(area));
    }
    // Neighbouring rows in one remark.
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in sheet.rows.iter().filter(|row| row.hidden && row.cells.iter().any(GridCell::has_content)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row.row => *last = row.row,
            _ => runs.push((row.row, row.row)),
        }
    }
    for (first, last) in runs {
        let message = if first == last {
            format!("Rad {} är dold i filen; den har lästs ändå.", first + 1)
        } else {
            format!("Raderna {}–{} är dolda i filen; de har lästs ändå.", first + 1, last + 1)
        };
        let area = Area { first_row: first, first_column: 0, last_row: last, last_column: 0 };
        sheet.warn(WarningCode::HiddenPart, message, Some(area));
    }
}

/// Gives the text of linked cells its address.
fn link(sheet: &mut Sheet) {
    for (area, target) in std::mem::take(&mut sheet.links) {
        for row in sheet.rows_of(area) {
            let row = &mut sheet.rows[row];
            let cells = row.cells_of(area.first_column, area.last_column);
            for inline in row.cells[cells].iter_mut().flat_map(|cell| &mut cell.paragraphs).flat_map(|p| &mut p.inlines)
            {
                if let Inline::Text(span) = inline {
                    span.link = Some(target.clone());
                }
            }
        }
    }
}

/// Puts what is drawn over the sheet into the cell under its centre; text boxes and pictures stand after the table.
fn place_floats(sheet: &mut Sheet) -> Vec<Paragraph> {
    let mut loose = std::mem::take(&mut sheet.loose);
    for float in std::mem::take(&mut sheet.floats) {
        let Float { row, column, area, mark, paragraphs } = float;
        let is_light = matches!(mark, Some(Mark::Ellipse { .. } | Mark::Shape { .. })) && paragraphs.is_empty();
        let owner = sheet.merges.iter().find(|merge| merge.holds(row, column));
        let (at_row, at_column) = owner.map_or((row, column), |merge| (merge.first_row, merge.first_column));
        // A sign over several cells with something in more than one of them belongs to none for certain.
        let rows = if is_light { mark_rows(sheet, area) } else { 0 };
        if is_light && rows <= 2 {
            let cell = sheet.cell_mut(at_row, at_column);
            let mark = mark.map(Inline::Mark).into_iter().collect::<Vec<_>>();
            match cell.paragraphs.first_mut() {
                Some(first) => {
                    first.inlines.splice(0..0, mark);
                }
                None => cell.paragraphs.push(Paragraph { inlines: mark, ..Paragraph::default() }),
            }
            continue;
        }
        if matches!(mark, Some(Mark::Picture { .. })) {
            let message = "En bild ligger på bladet; text i bilder läses inte.";
            sheet.warn(WarningCode::Picture, message, Some(Area::cell(row, column)));
        }
        let place = sheet.place(Area::cell(row, column));
        if let Some(mark) = mark {
            loose.push(Paragraph { inlines: vec![Inline::Mark(mark)], place, ..Paragraph::default() });
        }
        loose.extend(paragraphs);
    }
    loose
}

/// How many rows with content a drawing covers.
fn mark_rows(sheet: &Sheet, area: Area) -> usize {
    sheet.rows_of(area).filter(|&row| sheet.rows[row].cells.iter().any(GridCell::has_content)).count()
}

impl Sheet {
    fn cell_mut(&mut self, row: u32, column: u32) -> &mut GridCell {
        let row = match self.rows.binary_search_by_key(&row, |candidate| candidate.row) {
            Ok(index) => index,
            Err(index) => {
                self.rows.insert(index, GridRow { row, ..GridRow::default() });
                index
            }
        };
        let cells = &mut self.rows[row].cells;
        let cell = match cells.binary_search_by_key(&column, |cell| cell.column) {
            Ok(index) => index,
            Err(index) => {
                cells.insert(index, GridCell { column, ..GridCell::default() });
                index
            }
        };
        &mut cells[cell]
    }
}

/// The used range as one table; none where the sheet shows nothing.
fn table(sheet: &mut Sheet) -> Option<Table> {
    let shows = |row: &GridRow| row.cells.iter().any(GridCell::has_content);
    // Fills below the last text are decoration, as are those to the right of everything.
    let last_row = sheet.rows.iter().rposition(shows)?;
    sheet.rows.truncate(last_row + 1);
    let columns =
        || sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.has_content()).map(|cell| cell.column);
    let (first_column, mut last_column) = (columns().min()?, columns().max()?);
    // A column of lights alone has fills beside text and no text of its own.
    let lights =
        |row: &GridRow| row.cells.iter().find(|cell| cell.column == last_column + 1 && cell.fill.is_some()).is_some();
    if sheet.rows.iter().filter(|row| shows(row)).any(lights) {
        last_column += 1;
    }
    let mut numbers: Vec<u32> = Vec::new();
    for row in &sheet.rows {
        // One blank row stands for any number of them.
        let next = numbers.last().map_or(row.row, |last| last + 1);
        if row.row > next {
            numbers.push(next);
        }
        numbers.push(row.row);
    }
    let mut merges = std::mem::take(&mut sheet.merges);
    merges.sort_by_key(|area| (area.first_row, area.first_column));
    let mut merges = merges.into_iter().peekable();
    let mut open: BTreeMap<u32, Area> = BTreeMap::new();
    let mut rows = std::mem::take(&mut sheet.rows).into_iter().peekable();
    let mut covered: Option<(Area, usize)> = None;
    let mut table = Table { place: sheet.place(range(&numbers, first_column, last_column)), ..Table::default() };
    for &number in &numbers {
        let mut row = rows.next_if(|row| row.row == number).unwrap_or(GridRow { row: number, ..GridRow::default() });
        // A merged area whose first cell has nothing of its own covers its cells all the same.
        let mut masters: Vec<u32> = Vec::new();
        while let Some(area) = merges.next_if(|area| area.first_row <= number) {
            if area.last_row >= number && area.first_column <= last_column {
                open.insert(area.first_column, area);
                if area.first_row == number {
                    masters.push(area.first_column);
                }
            }
        }
        masters.retain(|&column| row.cells.binary_search_by_key(&column, |cell| cell.column).is_err());
        row.cells.extend(masters.into_iter().map(|column| GridCell { column, ..GridCell::default() }));
        row.cells.sort_by_key(|cell| cell.column);
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in row.cells {
            if cell.column < first_column || cell.column > last_column {
                continue;
            }
            let (mut colspan, mut rowspan) = (1, 1);
            if let Some(area) = merged(&mut open, number, cell.column) {
                if (area.first_row, area.first_column) != (number, cell.column) {
                    if cell.has_content() {
                        sheet.covered.extend(cell.paragraphs);
                        let count = covered.map_or(0, |(_, count)| count);
                        covered =
                            Some((covered.map_or(Area::cell(number, cell.column), |(first, _)| first), count + 1));
                    }
                    continue;
                }
                colspan = (area.last_column.min(last_column) - area.first_column + 1) as usize;
                rowspan =
                    numbers.partition_point(|&row| row <= area.last_row) - numbers.partition_point(|&row| row < number);
            }
            let nodes = cell.paragraphs.into_iter().map(Node::Paragraph).collect();
            let column = (cell.column - first_column) as usize;
            let rowspan = rowspan.max(1);
            cells.push(Cell { column, colspan, rowspan, nodes, fill: cell.fill, date: cell.date, ..Cell::default() });
        }
        let area = Area { first_row: number, first_column, last_row: number, last_column };
        let place = sheet.place(area);
        table.rows.push(Row {
            cells,
            anchors: row.anchors,
            hidden: row.hidden,
            cut: Cut::Whole,
            place,
            ..Row::default()
        });
    }
    if let Some((area, count)) = covered {
        let message =
            format!("{count} cell(er) ligger dolda under sammanslagna celler; deras text sparas bland resterna.");
        sheet.warn(WarningCode::HiddenText, message, Some(area));
    }
    Some(table)
}

/// The merged area that covers a cell. Those that ended above are dropped on the way.
fn merged(open: &mut BTreeMap<u32, Area>, row: u32, column: u32) -> Option<Area> {
    while let Some((&first, &area)) = open.range(..=column).next_back() {
        if area.last_row >= row {
            return area.holds(row, column).then_some(area);
        }
        open.remove(&first);
    }
    None
}

fn range(rows: &[u32], first_column: u32, last_column: u32) -> Area {
    let first_row = rows.first().copied().unwrap_or(0);
    let last_row = rows.last().copied().unwrap_or(0);
    Area { first_row, first_column, last_row, last_column: last_column.min(MAX_COLUMN) }
}

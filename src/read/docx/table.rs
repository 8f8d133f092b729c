//! Tables.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use crate::model::{Warning, WarningCode};
use crate::page::{Cell, Cut, Node, Place, Rgb, Row, Table};
use crate::read::ooxml::{Element, Ns};
use crate::read::{Changes, ReadError};

use super::block::{Scope, Walker};
use super::look::{is_on, shading, switch};
use super::run::is_set;

/// Word stops at 63 columns; a file that says more is wrong.
const MAX_SPAN: usize = 1024;

/// The rows of a table in the making.
struct Rows {
    rows: Vec<Row>,
    /// By column, for each merged cell that a lower row may go on with: its row and its number there.
    open: BTreeMap<usize, (usize, usize)>,
    /// The table's own number in the running text.
    number: Option<u32>,
    scope: Scope,
    /// The shading of all cells that have none of their own.
    fill: Option<Rgb>,
}

impl Walker<'_, '_> {
    pub(super) fn table(&mut self, element: Element<'_>, scope: &Scope) -> Result<Table, ReadError> {
        let properties = element.child(Ns::W, "tblPr");
        let value = |name| properties?.child(Ns::W, name)?.attribute(Ns::W, "val");
        let caption = value("tblCaption").or_else(|| value("tblDescription"));
        let number = matches!(scope, Scope::Body).then(|| {
            self.tables += 1;
            self.tables
        });
        let place = match number {
            Some(table) => Place::Row { table, row: 1 },
            None => self.place(scope),
        };
        let fill = self.fill(properties);
        let mut rows = Rows { rows: Vec::new(), open: BTreeMap::new(), number, scope: scope.clone(), fill };
        let anchors = take(&mut self.waiting_anchors);
        self.rows(element, &mut rows)?;
        if let Some(first) = rows.rows.first_mut() {
            first.anchors.splice(0..0, anchors);
        }
        if let Some(last) = rows.rows.last_mut() {
            last.anchors.append(&mut self.waiting_anchors);
        }
        Ok(Table { rows: rows.rows, caption: caption.map(crate::model::normalise), place })
    }

    /// Rows, also those in content controls, custom XML and the like.
    fn rows(&mut self, parent: Element<'_>, rows: &mut Rows) -> Result<(), ReadError> {
        for element in parent.children() {
            if self.reading.changes.leave_out(element) {
                self.reading.tally.deletions += 1;
                continue;
            }
            match (element.ns(), element.local()) {
                (Ns::W, "tr") => self.row(element, rows)?,
                (Ns::W, "tblPr" | "tblGrid" | "sdtPr" | "customXmlPr") => {}
                (Ns::W, "bookmarkStart") => self.bookmark(element),
                (Ns::W, "sdt") => {
                    self.control(element);
                    self.waiting_box = None;
                    self.rows(element, rows)?;
                }
                _ => self.rows(element, rows)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, element: Element<'_>, rows: &mut Rows) -> Result<(), ReadError> {
        let properties = element.child(Ns::W, "trPr");
        if properties.is_some_and(|properties| self.reading.changes.give(properties)) {
            self.reading.tally.insertions += 1;
        }
        let place = match rows.number {
            Some(table) => Place::Row { table, row: u32::try_from(rows.rows.len() + 1).unwrap_or(u32::MAX) },
            None => self.place(&rows.scope),
        };
        let row_fill = self.fill(element.child(Ns::W, "tblPrEx")).or(rows.fill);
        let hidden = switch(properties, "hidden");
        if hidden {
            let message = "En dold rad i en tabell lästes ändå. Ta bort den i Word om den inte hör till planen.";
            self.reading.warnings.push((Warning::new(WarningCode::HiddenPart, message), place.clone()));
        }
        let mut row = Row {
            heading: is_set(properties.and_then(|properties| properties.child(Ns::W, "tblHeader"))),
            hidden,
            // A row of Word's is one row on however many pages it is shown.
            cut: Cut::Whole,
            anchors: take(&mut self.waiting_anchors),
            place: place.clone(),
            ..Row::default()
        };
        let mut column = span(properties, "gridBefore", 0);
        self.cells(element, &Scope::Inside(place), row_fill, &mut column, &mut row, rows)?;
        row.anchors.append(&mut self.waiting_anchors);
        let mut known: BTreeSet<String> = row.anchors.iter().cloned().collect();
        for paragraph in row.cells.iter().flat_map(Cell::paragraphs) {
            let new = paragraph.anchors.iter().filter(|anchor| known.insert((*anchor).clone()));
            row.anchors.extend(new.cloned());
        }
        rows.rows.push(row);
        Ok(())
    }

    fn cells(
        &mut self,
        parent: Element<'_>,
        scope: &Scope,
        row_fill: Option<Rgb>,
        column: &mut usize,
        row: &mut Row,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        for element in parent.children() {
            match (element.ns(), element.local()) {
                (Ns::W, "tc") => self.cell(element, scope, row_fill, column, row, rows)?,
                (Ns::W, "trPr" | "tblPrEx" | "sdtPr" | "customXmlPr") => {}
                (Ns::W, "bookmarkStart") => self.bookmark(element),
                (Ns::W, "sdt") => {
                    self.control(element);
                    self.cells(element, scope, row_fill, column, row, rows)?;
                    self.waiting_box = None;
                }
                _ => self.cells(element, scope, row_fill, column, row, rows)?,
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        element: Element<'_>,
        scope: &Scope,
        row_fill: Option<Rgb>,
        column: &mut usize,
        row: &mut Row,
        rows: &mut Rows,
    ) -> Result<(), ReadError> {
        self.reading.cells += 1;
        let cap = self.reading.package.limits().cells;
        if self.reading.cells > cap {
            return Err(ReadError::TooLarge {
                what: format!("dokumentet har fler än {cap} tabellceller"),
                help: "Dela dokumentet i flera filer.".to_owned(),
            });
        }
        let current = element.child(Ns::W, "tcPr");
        let properties = self.reading.changes.properties(current, "tcPrChange", "tcPr");
        let (gone, new) = match self.reading.changes {
            Changes::Accepted => ("cellDel", "cellIns"),
            Changes::Rejected => ("cellIns", "cellDel"),
        };
        let colspan = span(properties, "gridSpan", 1).max(1);
        if current.is_some_and(|properties| properties.child(Ns::W, gone).is_some()) {
            self.reading.tally.deletions += 1;
            *column += colspan;
            return Ok(());
        }
        if current.is_some_and(|properties| properties.child(Ns::W, new).is_some()) {
            self.reading.tally.insertions += 1;
        }
        let flow = self.flow(element, scope)?;
        let shade = match flow.shadings.split_first() {
            Some((&Some(first), rest)) if rest.iter().all(|&other| other == Some(first)) => Some(first),
            _ => None,
        };
        let mut nodes = flow.nodes;
        let start = *column;
        *column += colspan;

        // Merged to the left, as old Word and some converters write it.
        if let Some(last) = row.cells.last_mut()
            && merge(properties, "hMerge") == Some(Merge::Continues)
        {
            last.colspan += colspan;
            append(&mut last.nodes, &mut nodes);
            return Ok(());
        }
        let vertical = merge(properties, "vMerge");
        if let (Some(Merge::Continues), Some(&(top, number))) = (vertical, rows.open.get(&start))
            && let Some(cell) = rows.rows.get_mut(top).and_then(|row| row.cells.get_mut(number))
        {
            cell.rowspan += 1;
            append(&mut cell.nodes, &mut nodes);
            return Ok(());
        }
        for covered in start..*column {
            rows.open.remove(&covered);
        }
        if vertical.is_some() {
            rows.open.insert(start, (rows.rows.len(), row.cells.len()));
        }
        let own = properties.and_then(|properties| properties.child(Ns::W, "shd"));
        let fill = if own.is_some() { self.fill(properties) } else { row_fill };
        let origin = Some(element.position());
        row.cells.push(Cell { column: start, colspan, rowspan: 1, nodes, fill: fill.or(shade), date: None, origin });
        Ok(())
    }

    /// The shading in properties, where it is not white.
    fn fill(&self, properties: Option<Element<'_>>) -> Option<Rgb> {
        let colour = shading(properties?.child(Ns::W, "shd")?)?;
        colour.resolve(&|| self.reading.theme().clone()).filter(|&colour| colour != Rgb::WHITE)
    }
}

/// What hides under a merged cell is empty, or text that would be lost: that goes to the end of the cell.
fn append(cell: &mut Vec<Node>, more: &mut Vec<Node>) {
    more.retain(
        |node| !matches!(node, Node::Paragraph(paragraph) if paragraph.is_blank() && paragraph.anchors.is_empty()),
    );
    cell.append(more);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    Begins,
    Continues,
}

fn merge(properties: Option<Element<'_>>, name: &str) -> Option<Merge> {
    let merge = properties?.child(Ns::W, name)?;
    match merge.attribute(Ns::W, "val") {
        Some("restart") => Some(Merge::Begins),
        _ => is_on(merge).then_some(Merge::Continues),
    }
}

fn span(properties: Option<Element<'_>>, name: &str, otherwise: usize) -> usize {
    let written = || properties?.child(Ns::W, name)?.attribute(Ns::W, "val")?.trim().parse().ok();
    written().unwrap_or(otherwise).min(MAX_SPAN)
}

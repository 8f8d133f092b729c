//! Tables, with what is needed to find the cell under something drawn over them.

use crate::page::{Cell, Cut, Node, Place, Rect, Rgb, Role, Row, Table};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, fill_in, points_of};

use super::Reading;
use super::measure::CellText;
use super::shapes::Context;

/// More columns than a person can see on a slide; a file that says more is wrong.
const MAX_COLUMNS: usize = 200;

/// A table and its geometry.
pub(super) struct GridTable<'t> {
    pub(super) table: Table,
    /// Where its columns begin, and where the last one ends.
    pub(super) edges: Vec<f32>,
    /// The least height of each row.
    pub(super) heights: Vec<f32>,
    /// The text of each cell, for measuring: row, cell in the row.
    pub(super) texts: Vec<Vec<CellText<'t>>>,
    /// Text in cells that merged ones cover.
    pub(super) hidden: Vec<Node>,
    pub(super) rect: Rect,
}

impl Reading<'_> {
    /// An `a:tbl`.
    pub(super) fn table<'t>(
        &mut self,
        element: Element<'t>,
        rect: Rect,
        scale: (f32, f32),
        caption: Option<String>,
        context: &Context<'_>,
    ) -> Result<GridTable<'t>, ReadError> {
        let grid = element.child(Ns::A, "tblGrid");
        let mut edges = vec![rect.x];
        for column in grid.into_iter().flat_map(Element::children).take(MAX_COLUMNS) {
            let last = edges.last().copied().unwrap_or(0.0);
            edges.push(last + points_of(column, "w") * scale.0);
        }
        let properties = element.child(Ns::A, "tblPr");
        let flag = |name| matches!(properties.and_then(|p| p.attribute(Ns::None, name)), Some("1" | "true" | "on"));
        let heading = flag("firstRow");
        let place = Place::Slide { slide: context.slide, row: None, rect: Some(rect) };
        let mut table = GridTable {
            table: Table { caption, place, ..Table::default() },
            edges,
            heights: Vec::new(),
            texts: Vec::new(),
            hidden: Vec::new(),
            rect,
        };
        // How many more rows the cell that begins in a column covers.
        let mut covered: Vec<usize> = Vec::new();
        let levels = context.base.inherited(None, context.defaults).levels;
        for (index, tr) in element.children().filter(|child| child.is(Ns::A, "tr")).enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let place = Place::Slide { slide: context.slide, row: Some(number), rect: None };
            let mut row = Row { heading: heading && index == 0, cut: Cut::Unknown, place, ..Row::default() };
            let mut texts = Vec::new();
            let mut column = 0;
            let mut across = 0_usize;
            for tc in tr.children().filter(|child| child.is(Ns::A, "tc")).take(MAX_COLUMNS) {
                self.cells += 1;
                if self.cells > self.package.limits().cells {
                    return Err(too_many_cells(self.package.limits().cells));
                }
                let number = |name| tc.attribute(Ns::None, name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                let set = |name| matches!(tc.attribute(Ns::None, name), Some("1" | "true" | "on"));
                let body = tc.children().find(|child| child.local() == "txBody");
                let nodes = self.cell_text(body, &row.place, context, &levels);
                covered.resize(covered.len().max(column + 1), 0);
                let merged_across = set("hMerge") && across > 0;
                let merged_down = set("vMerge") && covered[column] > 0;
                across = across.saturating_sub(1);
                if merged_across || merged_down {
                    if merged_down {
                        covered[column] -= 1;
                    }
                    table.hidden.extend(nodes.into_iter().filter(|node| match node {
                        Node::Paragraph(paragraph) => !paragraph.is_blank(),
                        Node::Table(_) => true,
                    }));
                    column += 1;
                    continue;
                }
                let colspan = number("gridSpan").clamp(1, MAX_COLUMNS);
                let rowspan = number("rowSpan").max(1);
                across = colspan - 1;
                covered.resize(covered.len().max(column + colspan), 0);
                covered[column..column + colspan].fill(rowspan - 1);
                texts.push(CellText { body, properties: tc.child(Ns::A, "tcPr"), column, colspan, rowspan });
                row.cells.push(Cell { column, colspan, rowspan, nodes, fill: fill(tc, context), ..Cell::default() });
                column += 1;
            }
            table.heights.push((points_of(tr, "h") * scale.1).max(0.0));
            table.table.rows.push(row);
            table.texts.push(texts);
        }
        clip(&mut table.table);
        Ok(table)
    }

    fn cell_text(
        &mut self,
        body: Option<Element<'_>>,
        place: &Place,
        context: &Context<'_>,
        levels: &super::text::Levels,
    ) -> Vec<Node> {
        let Some(body) = body else { return Vec::new() };
        let text = super::text::TextContext {
            levels,
            theme: &context.theme,
            relationships: context.relationships,
            place: place.clone(),
            role: Role::Body,
        };
        self.paragraphs(body, &text).into_iter().map(Node::Paragraph).collect()
    }
}

/// No cell reaches below the last row.
fn clip(table: &mut Table) {
    let rows = table.rows.len();
    for (index, row) in table.rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            cell.rowspan = cell.rowspan.min(rows - index);
        }
    }
}

fn fill(cell: Element<'_>, context: &Context<'_>) -> Option<Rgb> {
    let properties = cell.child(Ns::A, "tcPr")?;
    fill_in(properties, &context.theme, None, None)?.filter(|&fill| fill != Rgb::WHITE)
}

fn too_many_cells(cap: usize) -> ReadError {
    ReadError::TooLarge {
        what: format!("tabellerna har fler än {cap} celler"),
        help: "Ta bort sidor som inte hör till planen.".to_owned(),
    }
}

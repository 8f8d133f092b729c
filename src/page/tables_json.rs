use std::fmt::Write as _;

use super::{Document, Node, PartKind, Place, Table};

/// Every table as found, one JSON object a line: `{"page": n, "rows": [["…"]]}`, with null where a
/// merged cell covers. `page` is the page, slide or sheet, counted from 1; 1 where the format has none.
pub fn tables_json(document: &Document) -> String {
    let mut lines = String::new();
    let mut sheets = 0;
    for part in &document.parts {
        let page = match part.kind {
            PartKind::Page(number) | PartKind::Slide(number) => number,
            PartKind::Sheet { .. } => {
                sheets += 1;
                sheets
            }
            _ => 1,
        };
        collect(&part.nodes, page, &mut lines);
    }
    lines
}

fn collect(nodes: &[Node], page: u32, lines: &mut String) {
    for node in nodes {
        let Node::Table(table) = node else { continue };
        let own = match table.place {
            Place::Page { page, .. } => page,
            _ => page,
        };
        let object = serde_json::json!({ "page": own, "rows": rows(table) });
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{object}");
        // Nested tables follow the one that they stand in.
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            collect(&cell.nodes, own, lines);
        }
    }
}

/// The texts on the grid; null where a merged cell covers or no cell is.
fn rows(table: &Table) -> Vec<Vec<Option<String>>> {
    let width = table.width();
    table
        .rows
        .iter()
        .map(|row| {
            let mut texts = vec![None; width];
            for cell in &row.cells {
                texts[cell.column] = Some(cell.text());
            }
            texts
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Cell, Paragraph, Part, Row};

    fn cell(column: usize, colspan: usize, rowspan: usize, text: &str) -> Cell {
        Cell { column, colspan, rowspan, nodes: vec![Node::Paragraph(Paragraph::plain(text))], ..Cell::default() }
    }

    #[test]
    fn merged_cells_leave_nulls() {
        let rows = vec![
            Row { cells: vec![cell(0, 2, 1, "över två"), cell(2, 1, 2, "två rader")], ..Row::default() },
            Row { cells: vec![cell(0, 1, 1, "a"), cell(1, 1, 1, "b")], ..Row::default() },
        ];
        let table = Table { rows, ..Table::default() };
        let parts = vec![Part { kind: PartKind::Page(3), nodes: vec![Node::Table(table)] }];
        let document = Document { parts, ..Document::default() };
        let expected = "{\"page\":3,\"rows\":[[\"över två\",null,\"två rader\"],[\"a\",\"b\",null]]}\n";
        assert_eq!(tables_json(&document), expected);
    }
}

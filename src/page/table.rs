use jiff::civil::Date;

use super::{Node, Paragraph, Place, Rgb};

/// A table: rows of cells on a common grid of columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The rows, from top to bottom.
    pub rows: Vec<Row>,
    /// Its title or description, where the format has one.
    pub caption: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells that begin in this row, from left to right. A cell merged downwards from a row
    /// above is not repeated here; its `rowspan` there covers the place.
    pub cells: Vec<Cell>,
    /// The document marks the row as a heading (repeated on every page).
    pub heading: bool,
    /// The document hides the row.
    pub hidden: bool,
    /// Whether a page break cut the row off the last one of the table before.
    pub cut: Cut,
    /// Hidden names that stand with the row: bookmarks, tags.
    pub anchors: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// Whether a row at the top of a table goes on with the last row of the table before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// The reader cannot tell.
    #[default]
    Unknown,
    /// It is a row of its own.
    Whole,
    /// It goes on with the row before.
    Continued,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The grid column it begins in, from 0.
    pub column: usize,
    /// How many grid columns it covers, at least 1.
    pub colspan: usize,
    /// How many rows it covers, at least 1.
    pub rowspan: usize,
    /// What stands in it.
    pub nodes: Vec<Node>,
    /// Its shading, where it has one that is not white.
    pub fill: Option<Rgb>,
    /// The day it holds, where the format knows it as a date (a spreadsheet's date cell).
    pub date: Option<Date>,
    /// Where the cell begins in its part of the file, in the format's own terms: what changes the file in place
    /// finds it by this. Nothing where no file is changed in place.
    pub origin: Option<usize>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { column: 0, colspan: 1, rowspan: 1, nodes: Vec::new(), fill: None, date: None, origin: None }
    }
}

impl Cell {
    /// The paragraphs, those of nested tables too, in reading order.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        fn collect<'a>(nodes: &'a [Node], into: &mut Vec<&'a Paragraph>) {
            for node in nodes {
                match node {
                    Node::Paragraph(paragraph) => into.push(paragraph),
                    Node::Table(table) => {
                        for cell in table.rows.iter().flat_map(|row| &row.cells) {
                            collect(&cell.nodes, into);
                        }
                    }
                }
            }
        }
        let mut paragraphs = Vec::new();
        collect(&self.nodes, &mut paragraphs);
        paragraphs
    }

    /// The text, one line a paragraph.
    pub fn text(&self) -> String {
        let lines: Vec<String> =
            self.paragraphs().into_iter().map(Paragraph::text).filter(|line| !line.trim().is_empty()).collect();
        lines.join("\n")
    }
}

impl Table {
    /// How many grid columns the widest row reaches.
    pub fn width(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + cell.colspan).max().unwrap_or(0)
    }
}

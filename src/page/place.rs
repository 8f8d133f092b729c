use std::fmt;
use std::sync::Arc;

/// Where in a file something stands. All numbers count from 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Place {
    /// The whole file.
    #[default]
    Document,
    /// A paragraph of running text.
    Paragraph(u32),
    /// A row of a table of running text.
    Row {
        /// The table.
        table: u32,
        /// The row.
        row: u32,
    },
    /// A page, and where on it.
    Page {
        /// The page.
        page: u32,
        /// The box, in points from the page's upper left corner.
        rect: Option<Rect>,
    },
    /// A slide, and the row of its table.
    Slide {
        /// The slide.
        slide: u32,
        /// The row.
        row: Option<u32>,
        /// The box, in points from the slide's upper left corner.
        rect: Option<Rect>,
    },
    /// Cells of a sheet, in the sheet's own words ("A2:E2").
    Sheet {
        /// The sheet's name.
        sheet: Arc<str>,
        /// The cells.
        cells: Arc<str>,
    },
    /// A named part: "header", "footnote 2", "comment 4".
    Part(Arc<str>),
}

/// A box in points, from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("document"),
            Self::Paragraph(number) => write!(f, "paragraph {number}"),
            Self::Row { table, row } => write!(f, "table {table}, row {row}"),
            Self::Page { page, rect: None } => write!(f, "page {page}"),
            Self::Page { page, rect: Some(rect) } => {
                write!(f, "page {page}, box {:.0} {:.0} {:.0} {:.0}", rect.x, rect.y, rect.width, rect.height)
            }
            Self::Slide { slide, row: None, .. } => write!(f, "slide {slide}"),
            Self::Slide { slide, row: Some(row), .. } => write!(f, "slide {slide}, row {row}"),
            Self::Sheet { sheet, cells } => write!(f, "{sheet}!{cells}"),
            Self::Part(name) => f.write_str(name),
        }
    }
}

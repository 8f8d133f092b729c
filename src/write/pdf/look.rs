//! Measures and colours: the look of the standard plan. All lengths are in points.

use super::fonts::Weight;
use crate::write::shown::Column;

/// A page's measures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Where the text begins.
    pub(super) left: f32,
}

/// A4 on its side, for tables.
pub(super) const LANDSCAPE: Sheet = Sheet { width: 841.89, height: 595.28, left: 51.0 };
/// A4 upright, for letters.
pub(super) const PORTRAIT: Sheet = Sheet { width: 595.28, height: 841.89, left: 71.0 };

impl Sheet {
    pub(super) fn right(&self) -> f32 {
        self.width - self.left
    }

    /// The width of its text.
    pub(super) fn measure(&self) -> f32 {
        self.width - 2.0 * self.left
    }

    /// Where its text ends.
    pub(super) fn bottom(&self) -> f32 {
        self.height - 51.0
    }

    /// The height of its text.
    pub(super) fn room(&self) -> f32 {
        self.bottom() - TOP
    }

    /// The baseline of the running foot.
    pub(super) fn foot(&self) -> f32 {
        self.height - 27.0
    }
}

/// Where the text of every page begins.
pub(super) const TOP: f32 = 58.0;
/// The baseline of the running head.
pub(super) const HEAD: f32 = 37.0;

/// The distance of lines, and where on a line's height its baseline is, as shares of the size.
pub(super) const LEADING: f32 = 1.24;
pub(super) const BASELINE: f32 = 0.965;

/// Red, green, blue.
pub(super) type Colour = (u8, u8, u8);

pub(super) const BLACK: Colour = (0, 0, 0);
/// Headings: 12:1 on white, 10:1 on the heading rows.
pub(super) const DARK: Colour = (0x1f, 0x38, 0x64);
pub(super) const GREY: Colour = (0x59, 0x59, 0x59);
pub(super) const LINK: Colour = (0x0b, 0x57, 0xa4);
/// The ruling of tables.
pub(super) const LINE: Colour = (0xa6, 0xb4, 0xc8);
pub(super) const HEADING_FILL: Colour = (0xdc, 0xe6, 0xf2);

/// How a paragraph looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) colour: Colour,
    pub(super) before: f32,
    pub(super) after: f32,
    /// Between list points.
    pub(super) after_point: f32,
    /// How far each level of a list moves in.
    pub(super) indent: f32,
    /// With no hyphen in a line, its end may be this share of the width short.
    pub(super) ragged: f32,
}

const fn text(size: f32, after: f32, after_point: f32) -> Style {
    let indent = 1.2 * size;
    Style { size, weight: Weight::Regular, colour: BLACK, before: 0.0, after, after_point, indent, ragged: 0.2 }
}

const fn heading(size: f32, before: f32, after: f32) -> Style {
    // A heading's words stay whole where they can.
    Style { weight: Weight::Bold, colour: DARK, before, ragged: 1.0, ..text(size, after, after) }
}

pub(super) const NORMAL: Style = text(10.0, 5.5, 3.5);
pub(super) const TABLE_TEXT: Style = text(9.0, 3.8, 3.0);
pub(super) const TABLE_HEADING: Style = heading(9.0, 0.0, 3.0);
pub(super) const UPDATED: Style = Style { colour: GREY, ..text(10.0, 10.0, 10.0) };
pub(super) const TITLE: Style = heading(20.0, 0.0, 4.0);
pub(super) const RUNNING: Style = Style { colour: GREY, ..text(8.5, 0.0, 0.0) };

/// Headings by level, from 1.
pub(super) const fn heading_style(level: u8) -> Style {
    match level {
        1 => heading(13.0, 5.0, 8.0),
        2 => heading(12.0, 15.0, 6.0),
        _ => heading(10.5, 11.0, 4.0),
    }
}

/// Room inside a cell: above, at the sides, below.
pub(super) const PADDING: (f32, f32, f32) = (4.0, 5.0, 4.5);
/// The width of ruling lines.
pub(super) const RULE: f32 = 0.5;

/// A column's width as a share of the table's.
pub(super) fn share(column: Column) -> f32 {
    match column {
        Column::Area => 115.0,
        Column::Priority => 130.0,
        Column::Activities => 160.0,
        Column::FollowUp => 223.0,
        Column::Status => 112.0,
    }
}

/// The share of a column of a plan's own.
pub(super) const OWN: f32 = 100.0;

/// The share of a column that no row has text in.
pub(super) const EMPTY: f32 = 74.0;

/// A row shorter than this share of a page is never broken over pages.
pub(super) const WHOLE_ROW: f32 = 0.25;

/// The diameter of a status light.
pub(super) const LIGHT: f32 = 11.0;

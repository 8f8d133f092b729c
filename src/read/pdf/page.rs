//! The neutral page: what stands between the PDF interpreter and the layout step.

use crate::page::{Rect, Rgb};

/// A page as painted: coordinates in points from the upper left corner of the page as shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct PdfPage {
    /// From 1.
    pub(crate) number: u32,
    /// Width and height as shown.
    pub(crate) size: (f32, f32),
    /// The text.
    pub(crate) glyphs: Vec<Glyph>,
    /// Lines, boxes and ellipses.
    pub(crate) paths: Vec<Path>,
    /// Where pictures stand.
    pub(crate) images: Vec<Rect>,
    /// Links and where they stand.
    pub(crate) links: Vec<(Rect, String)>,
    /// The fonts that glyphs point to.
    pub(crate) fonts: Vec<Font>,
    /// Text that a reader of the page does not see.
    pub(crate) unseen: Vec<Glyph>,
    /// Signs that stand for no known character.
    pub(crate) unknown: usize,
    /// A cap was reached: something is missing.
    pub(crate) capped: bool,
}

/// What is known of a font.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Font {
    /// Its PostScript name, without the subset's prefix.
    pub(crate) name: String,
    /// Bold by name or weight.
    pub(crate) bold: bool,
    /// Italic by name or angle.
    pub(crate) italic: bool,
}

/// A painted character.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    /// What it says; more than one character for a ligature.
    pub(crate) text: Sign,
    /// Where its baseline begins.
    pub(crate) origin: (f32, f32),
    /// From there to the next character's origin.
    pub(crate) advance: (f32, f32),
    /// Font size in points as shown.
    pub(crate) size: f32,
    /// An index into the page's fonts.
    pub(crate) font: u16,
    /// Its colour.
    pub(crate) colour: Rgb,
    /// When it was painted, among the page's paths and images.
    pub(crate) order: u32,
    /// Painted by the render mode that paints nothing (a scanned page's text layer).
    pub(crate) invisible: bool,
}

/// The text of a glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// One character, the common case.
    Char(char),
    /// Several.
    Text(Box<str>),
}

/// Something drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    /// Its form.
    pub(crate) shape: Shape,
    /// Its colour, none for a pattern.
    pub(crate) colour: Option<Rgb>,
    /// When it was painted.
    pub(crate) order: u32,
}

/// The forms that layout asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A line along an axis, from the lesser to the greater end.
    Line {
        /// Where it begins.
        from: (f32, f32),
        /// Where it ends.
        to: (f32, f32),
        /// Its width.
        width: f32,
    },
    /// A filled rectangle.
    Box(Rect),
    /// A filled ellipse.
    Ellipse(Rect),
    /// Something else that is filled: text may stand on it.
    Other(Rect),
    /// A stroke that curves or slants: part of a diagram.
    Drawing(Rect),
}

impl Sign {
    /// Whether it shows nothing.
    pub(crate) fn is_space(&self) -> bool {
        match self {
            Self::Char(c) => c.is_whitespace() || *c == '\0',
            Self::Text(text) => text.chars().all(char::is_whitespace),
        }
    }
}

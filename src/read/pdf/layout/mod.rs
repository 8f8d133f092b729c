//! Layout: painted pages → paragraphs and tables in reading order. See docs/pdf-layout.md.

mod aligned;
mod broken;
mod cells;
mod columns;
mod debug;
mod diagrams;
mod flow;
mod geometry;
mod grid;
mod header;
mod headings;
mod hidden;
mod hyphens;
mod lines;
mod marks;
mod page_words;
mod paragraphs;
mod prose;
mod refine;
mod rows;
mod rules;
mod running;
mod signs;
mod slanted;
mod streams;
#[cfg(test)]
mod tests;
mod values;
mod watermarks;
mod words;

use geometry::Area;
use hyphens::Vocabulary;
use rules::Rule;
use words::Word;

use super::page::{PdfPage, Shape};
use crate::page::{Mark, Node, Paragraph, Rect, Rgb};

pub(super) use debug::Drawing;
pub(super) use grid::{Found, Grid};
pub(super) use headings::{Sizes, mark_headings};
pub(super) use running::Running;

/// A page made ready for layout: its words and lines, no longer its glyphs.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) size: (f32, f32),
    pub(super) words: Vec<Word>,
    pub(super) grids: Vec<Grid>,
    /// Where curves are drawn: what stands there is a diagram, no table.
    diagrams: Vec<Area>,
    /// The grids as lines alone draw them.
    drawn: Vec<Grid>,
    fills: Vec<(Area, Rgb)>,
    across: Vec<Rule>,
    down: Vec<Rule>,
    pub(super) lights: Vec<(Mark, Area)>,
    links: Vec<(Rect, String)>,
    pub(super) pictures: bool,
    /// Text that nobody sees, and how many signs it has.
    pub(super) hidden: (Vec<Paragraph>, usize),
    /// What is written large across the text.
    watermarks: Vec<Paragraph>,
    pub(super) unknown: usize,
    pub(super) capped: bool,
}

/// What came of a page, and what its edges say of the pages beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    pub(super) nodes: Vec<Node>,
    /// The grid of the table that the page begins with.
    pub(super) first: Option<Grid>,
    /// The grid of the table that the page ends with.
    pub(super) last: Option<Grid>,
}

impl Sheet {
    /// Finds words, lights and grids; frees the glyphs.
    pub(super) fn new(mut page: PdfPage) -> Self {
        turn_page(&mut page);
        hidden::drop_hidden(&mut page);
        let hidden = hidden::text(&mut page);
        let watermarks = watermarks::take(&mut page);
        let mut words = page_words::words(&page);
        words.extend(marks::dots(&page, &words));
        let rules = rules::rules(&page);
        let drawn = grid::grids(&rules, &words);
        let grids: Vec<Grid> = drawn.iter().cloned().filter_map(|grid| refine::refine(grid, &words)).collect();
        let grids = diagrams::without(grids, &page, &words);
        let lights = marks::lights(&page);
        let mut fills = Vec::new();
        for path in &page.paths {
            if let (Shape::Box(rect), Some(colour)) = (path.shape, path.colour) {
                let area = Area::from(rect);
                if area.size() < 0.9 * page.size.0 * page.size.1 {
                    fills.push((area, colour));
                }
            }
        }
        Self {
            number: page.number,
            size: page.size,
            words,
            grids,
            diagrams: diagrams::areas(&page),
            drawn,
            fills,
            across: rules.across,
            down: rules.down,
            lights,
            pictures: page.images.iter().any(|rect| rect.width * rect.height > 0.05 * page.size.0 * page.size.1),
            links: page.links,
            hidden,
            watermarks,
            unknown: page.unknown,
            capped: page.capped,
        }
    }

    /// All tables of the page; `before` is the one that the page before ended with.
    pub(super) fn tables(&self, running: &[bool], before: Option<&Grid>) -> Vec<Grid> {
        cells::tables(self, running, before)
    }

    /// Puts the page in order: `running` words are left out.
    pub(super) fn lay_out(self, grids: &[Grid], running: &[bool], vocabulary: &Vocabulary, sizes: &mut Sizes) -> Laid {
        cells::lay_out(self, grids, running, vocabulary, sizes)
    }
}

/// A page whose text runs upwards or downwards is read as if turned upright.
fn turn_page(page: &mut PdfPage) {
    let turn = words::main_turn(page);
    if turn == 0 {
        return;
    }
    let (width, height) = page.size;
    let shift = match turn {
        1 => (0.0, width),
        2 => (width, height),
        _ => (height, 0.0),
    };
    let point = |at: (f32, f32)| {
        let (x, y) = words::turned(at, turn);
        (x + shift.0, y + shift.1)
    };
    let rect = |old: Rect| -> Rect {
        let area = words::turned_area(old.into(), turn);
        Area { x0: area.x0 + shift.0, y0: area.y0 + shift.1, x1: area.x1 + shift.0, y1: area.y1 + shift.1 }.into()
    };
    for glyph in &mut page.glyphs {
        glyph.origin = point(glyph.origin);
        glyph.advance = words::turned(glyph.advance, turn);
    }
    for path in &mut page.paths {
        path.shape = match path.shape {
            Shape::Line { from, to, width } => {
                let (a, b) = (point(from), point(to));
                let forward = (a.0 + a.1) <= (b.0 + b.1);
                let (from, to) = if forward { (a, b) } else { (b, a) };
                Shape::Line { from, to, width }
            }
            Shape::Box(old) => Shape::Box(rect(old)),
            Shape::Ellipse(old) => Shape::Ellipse(rect(old)),
            Shape::Other(old) => Shape::Other(rect(old)),
            Shape::Drawing(old) => Shape::Drawing(rect(old)),
        };
    }
    page.images.iter_mut().for_each(|image| *image = rect(*image));
    page.links.iter_mut().for_each(|(area, _)| *area = rect(*area));
    if turn != 2 {
        page.size = (height, width);
    }
}

/// The words that a document holds unbroken.
pub(super) fn vocabulary(sheets: &[Sheet]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    let mut ends = (0, 0);
    for sheet in sheets {
        let mut joined = String::new();
        for word in &sheet.words {
            if !word.glued {
                vocabulary.add(&joined);
                joined.clear();
            }
            joined.push_str(&word.text);
        }
        vocabulary.add(&joined);
        let (spaced, all) = words::writes_spaces_at_line_ends(&sheet.words);
        ends = (ends.0 + spaced, ends.1 + all);
    }
    vocabulary.spaces_at_ends = ends.0 * 10 > ends.1 * 3;
    sheets.iter().for_each(|sheet| broken::learn_whole(&sheet.words, &mut vocabulary));
    if !vocabulary.spaces_at_ends {
        vocabulary.breaks_words = sheets.iter().any(|sheet| broken::certain_breaks(&sheet.words, &vocabulary) > 0);
    }
    vocabulary
}

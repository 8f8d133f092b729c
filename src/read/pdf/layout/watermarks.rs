//! Text written large across a page's text, as "UTKAST" is: a watermark. It belongs to no cell and no line.

use std::collections::BTreeMap;

use super::geometry::Area;
use super::hidden::paragraphs;
use super::words::{SLANTED, turn_of};
use crate::page::Paragraph;
use crate::read::pdf::page::{Glyph, PdfPage};

/// So many times the size of the page's text a watermark's letters are.
const LARGE: f32 = 2.5;
/// So many signs of the page's text stand inside a letter that is written across it.
const CROSSED: usize = 3;
/// A page with more large letters than this is a poster.
const MOST: usize = 400;

/// Takes the glyphs of watermarks off the page; what they say, a paragraph a line.
pub(crate) fn take(page: &mut PdfPage) -> Vec<Paragraph> {
    let Some(size) = usual_size(&page.glyphs) else { return Vec::new() };
    let large = |glyph: &Glyph| !glyph.text.is_space() && glyph.size > LARGE * size;
    if page.glyphs.iter().filter(|glyph| large(glyph)).count() > MOST {
        return Vec::new();
    }
    // Letters of one look are of one kind, also those that happen to stand in a gap.
    let mut looks: BTreeMap<Look, (usize, usize)> = BTreeMap::new();
    for glyph in page.glyphs.iter().filter(|glyph| large(glyph)) {
        let look = looks.entry(Look::of(glyph)).or_default();
        look.0 += usize::from(crosses(glyph, &page.glyphs, size));
        look.1 += 1;
    }
    looks.retain(|look, (crossing, all)| look.turn == SLANTED || *crossing * 3 >= *all);
    if looks.is_empty() {
        return Vec::new();
    }
    let (across, text) = std::mem::take(&mut page.glyphs)
        .into_iter()
        .partition(|glyph| glyph.size > LARGE * size && looks.contains_key(&Look::of(glyph)));
    page.glyphs = text;
    paragraphs(page, across)
}

/// What letters of one text have alike.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    font: u16,
    size: i32,
    turn: u8,
}

impl Look {
    fn of(glyph: &Glyph) -> Self {
        Self { font: glyph.font, size: glyph.size.round() as i32, turn: turn_of(glyph.advance) }
    }
}

/// The size that most of the upright text has.
fn usual_size(glyphs: &[Glyph]) -> Option<f32> {
    let upright = |glyph: &&Glyph| !glyph.text.is_space() && turn_of(glyph.advance) == 0;
    let mut sizes: Vec<f32> = glyphs.iter().filter(upright).map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    (!sizes.is_empty()).then(|| *sizes.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// Whether text of the usual size stands inside the letter.
fn crosses(letter: &Glyph, glyphs: &[Glyph], size: f32) -> bool {
    let (x, y) = letter.origin;
    let (along, up) = (letter.advance, (letter.advance.1, -letter.advance.0));
    let height = 0.7 * letter.size / along.0.hypot(along.1).max(0.1);
    let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, height), (1.0, height)]
        .map(|(a, b)| (x + a * along.0 + b * up.0, y + a * along.1 + b * up.1));
    let (xs, ys) = (corners.map(|corner| corner.0), corners.map(|corner| corner.1));
    let least = |values: [f32; 4]| values.into_iter().fold(f32::MAX, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::MIN, f32::max);
    let area = Area { x0: least(xs), y0: least(ys), x1: most(xs), y1: most(ys) };
    let inside = |glyph: &&Glyph| {
        glyph.size < 1.5 * size
            && !glyph.text.is_space()
            && area.holds((glyph.origin.0 + glyph.advance.0 / 2.0, glyph.origin.1 - 0.3 * glyph.size))
    };
    glyphs.iter().filter(inside).take(CROSSED).count() == CROSSED
}

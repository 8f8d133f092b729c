//! All words of a page, whichever way its text runs.

use super::geometry::Area;
use super::slanted;
use super::words::{Placed, Word, join, sort_into_lines, turn_of, turned, turned_area, unturned};
use crate::read::pdf::page::{Glyph, PdfPage};

/// The words of a page, in no certain order.
pub(crate) fn words(page: &PdfPage) -> Vec<Word> {
    let mut by_turn: [Vec<Placed<'_>>; 4] = Default::default();
    let mut slanted: Vec<&Glyph> = Vec::new();
    for glyph in &page.glyphs {
        let turn = turn_of(glyph.advance);
        let Some(placed) = by_turn.get_mut(usize::from(turn)) else {
            slanted.push(glyph);
            continue;
        };
        let (x, y) = turned(glyph.origin, turn);
        let length = glyph.advance.0.hypot(glyph.advance.1);
        placed.push(Placed { glyph, x, y, end: x + length });
    }
    let mut words = Vec::new();
    for (turn, mut placed) in by_turn.into_iter().enumerate() {
        sort_into_lines(&mut placed);
        let first = words.len();
        join(page, &placed, turn as u8, &mut words);
        for word in &mut words[first..] {
            word.area = turned_area(word.area, unturned(turn as u8));
        }
    }
    words.extend(slanted::lines(page, &slanted));
    for word in &mut words {
        let centre = word.area.centre();
        word.link = page
            .links
            .iter()
            .position(|&(rect, _)| Area::from(rect).grown(0.5).holds(centre))
            .and_then(|index| u16::try_from(index).ok());
    }
    words
}

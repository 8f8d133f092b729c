//! Text that no reader of the page sees: off the page, in the colour of what is behind it, unpainted.

use std::collections::HashMap;

use super::geometry::Area;
use super::lines::{self, Item};
use super::page_words;
use crate::page::{Paragraph, Place, Rgb};
use crate::read::pdf::page::{Glyph, PdfPage, Shape, Sign};

/// Takes hidden glyphs off the page, to those that were unseen from the start.
pub(crate) fn drop_hidden(page: &mut PdfPage) {
    let fills: Vec<(Area, Option<Rgb>, u32)> = page
        .paths
        .iter()
        .filter_map(|path| match path.shape {
            Shape::Box(rect) | Shape::Ellipse(rect) | Shape::Other(rect) => {
                Some((rect.into(), path.colour, path.order))
            }
            Shape::Line { .. } | Shape::Drawing(_) => None,
        })
        .collect();
    let colours: std::collections::BTreeSet<[u8; 3]> =
        fills.iter().filter_map(|fill| fill.1).chain([Rgb::WHITE]).map(|rgb| [rgb.r, rgb.g, rgb.b]).collect();
    // A scanned page's text layer is painted invisibly over the picture that shows it, or over the drawn outlines of
    // its letters: there no other text is.
    let scanned = page.images.iter().any(|rect| rect.width * rect.height > 0.3 * page.size.0 * page.size.1);
    let layer = scanned || !page.glyphs.iter().any(|glyph| !glyph.invisible && !glyph.text.is_space());
    let images: Vec<Area> = page.images.iter().map(|&rect| rect.into()).collect();
    let hidden = |glyph: &Glyph| {
        if glyph.text.is_space() {
            return false;
        }
        if glyph.invisible {
            return !layer;
        }
        if !colours.iter().any(|&[r, g, b]| near(Rgb::new(r, g, b), glyph.colour)) {
            return false;
        }
        let at = (
            glyph.origin.0 + glyph.advance.0 / 2.0 + glyph.advance.1 * 0.15,
            glyph.origin.1 + glyph.advance.1 / 2.0 - glyph.size * 0.2,
        );
        if images.iter().any(|area| area.holds(at)) {
            return false;
        }
        let behind = fills.iter().rev().find(|(area, _, order)| *order < glyph.order && area.grown(1.0).holds(at));
        match behind {
            None => near(Rgb::WHITE, glyph.colour),
            Some((_, Some(colour), _)) => near(*colour, glyph.colour),
            Some((_, None, _)) => false,
        }
    };
    let (unseen, seen): (Vec<Glyph>, Vec<Glyph>) = std::mem::take(&mut page.glyphs).into_iter().partition(hidden);
    page.unseen.extend(unseen);
    page.glyphs = seen;
}

/// The hidden text of a page, a paragraph a line, and how many signs it has.
pub(crate) fn text(page: &mut PdfPage) -> (Vec<Paragraph>, usize) {
    let mut unseen = std::mem::take(&mut page.unseen);
    // What is seen at the same place is painted twice, not hidden.
    let spot = |glyph: &Glyph, shift: f32| {
        let (x, y) = glyph.origin;
        ((x + shift).round() as i32, (y + shift).round() as i32)
    };
    let seen: HashMap<(i32, i32), &Sign> =
        page.glyphs.iter().flat_map(|glyph| [0.0, 0.5].map(|shift| (spot(glyph, shift), &glyph.text))).collect();
    unseen.retain(|glyph| ![0.0, 0.5].iter().any(|&shift| seen.get(&spot(glyph, shift)) == Some(&&glyph.text)));
    let count = unseen.iter().filter(|glyph| !glyph.text.is_space()).count();
    if count == 0 {
        return (Vec::new(), 0);
    }
    (paragraphs(page, unseen), count)
}

/// What glyphs that stand apart from the page's text say, a paragraph a line.
pub(crate) fn paragraphs(page: &mut PdfPage, glyphs: Vec<Glyph>) -> Vec<Paragraph> {
    let text = std::mem::replace(&mut page.glyphs, glyphs);
    let items = page_words::words(page).into_iter().map(Item::Word).collect();
    page.glyphs = text;
    let place = |area: Area| Place::Page { page: page.number, rect: Some(area.into()) };
    lines::lines(items)
        .into_iter()
        .map(|line| Paragraph { place: place(line.area), ..Paragraph::plain(line.text()) })
        .collect()
}

fn near(a: Rgb, b: Rgb) -> bool {
    a.r.abs_diff(b.r) <= 6 && a.g.abs_diff(b.g) <= 6 && a.b.abs_diff(b.b) <= 6
}

//! Text that no reader of the page sees: off the page, in the colour of what is behind it, unpainted.

use super::geometry::Area;
use crate::page::Rgb;
use crate::read::pdf::page::{Glyph, PdfPage, Shape};

/// Takes hidden glyphs off the page and counts them.
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
    // A scanned page's text layer is painted invisibly over the picture that shows it.
    let scanned = page.images.iter().any(|rect| rect.width * rect.height > 0.3 * page.size.0 * page.size.1);
    let images: Vec<Area> = page.images.iter().map(|&rect| rect.into()).collect();
    let hidden = |glyph: &Glyph| {
        if glyph.text.is_space() {
            return false;
        }
        if glyph.invisible {
            return !scanned;
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
    let before = page.glyphs.len();
    let mut glyphs = std::mem::take(&mut page.glyphs);
    glyphs.retain(|glyph| !hidden(glyph));
    page.hidden += before - glyphs.len();
    page.glyphs = glyphs;
}

fn near(a: Rgb, b: Rgb) -> bool {
    a.r.abs_diff(b.r) <= 6 && a.g.abs_diff(b.g) <= 6 && a.b.abs_diff(b.b) <= 6
}

//! Text that runs neither along nor across the page, as beside a diagram's axis or in a slanted heading: each line of
//! it is one piece, read along its own baseline.

use std::collections::BTreeMap;

use super::geometry::Area;
use super::words::{Placed, SLANTED, Word, join, sort_into_lines};
use crate::read::pdf::page::{Glyph, PdfPage};

/// The lines of slanted text, each as one word of the page, spaces and all.
pub(crate) fn lines(page: &PdfPage, glyphs: &[&Glyph]) -> Vec<Word> {
    let mut by_angle: BTreeMap<i32, Vec<&Glyph>> = BTreeMap::new();
    for &glyph in glyphs {
        let angle = glyph.advance.1.atan2(glyph.advance.0);
        by_angle.entry(angle.to_degrees().round() as i32).or_default().push(glyph);
    }
    let mut found = Vec::new();
    for glyphs in by_angle.values() {
        let (dx, dy) = glyphs.iter().fold((0.0, 0.0), |sum, glyph| (sum.0 + glyph.advance.0, sum.1 + glyph.advance.1));
        let length = f32::hypot(dx, dy).max(f32::MIN_POSITIVE);
        let (cos, sin) = (dx / length, dy / length);
        let mut placed: Vec<Placed<'_>> = glyphs
            .iter()
            .map(|&glyph| {
                let ((x, y), (ax, ay)) = (glyph.origin, glyph.advance);
                let along = x * cos + y * sin;
                Placed { glyph, x: along, y: y * cos - x * sin, end: along + ax.hypot(ay) }
            })
            .collect();
        sort_into_lines(&mut placed);
        let mut words = Vec::new();
        join(page, &placed, SLANTED, &mut words);
        let mut lines: Vec<Word> = Vec::new();
        for word in words {
            match lines.last_mut() {
                Some(line) if follows(line, &word) => {
                    if !word.glued {
                        line.text.push(' ');
                    }
                    line.text.push_str(&word.text);
                    line.area = line.area.union(word.area);
                }
                _ => lines.push(word),
            }
        }
        for mut line in lines {
            line.area = back(line.area, cos, sin);
            line.baseline = line.area.y1;
            line.glued = false;
            found.push(line);
        }
    }
    found
}

/// On the same baseline, a word's gap apart at most.
fn follows(line: &Word, word: &Word) -> bool {
    let size = word.size.max(line.size);
    (word.baseline - line.baseline).abs() <= 0.25 * size
        && (-0.6..1.0).contains(&((word.area.x0 - line.area.x1) / size.max(1.0)))
}

/// The box on the page around a box in the frame where the text runs to the right.
fn back(area: Area, cos: f32, sin: f32) -> Area {
    let corners = [(area.x0, area.y0), (area.x1, area.y0), (area.x0, area.y1), (area.x1, area.y1)]
        .map(|(x, y)| (x * cos - y * sin, x * sin + y * cos));
    Area::around(corners.map(|(x, y)| Area { x0: x, y0: y, x1: x, y1: y }))
}

//! Drawn signs: status lights and the dots that browsers draw as bullets.

use super::geometry::Area;
use super::signs::BULLET;
use super::words::Word;
use crate::page::{Mark, Rgb};
use crate::read::pdf::page::{PdfPage, Shape};

/// How large a status light is, in points.
const LIGHT: std::ops::RangeInclusive<f32> = 6.5..=32.0;
/// How large a drawn bullet is.
const DOT: std::ops::Range<f32> = 1.2..6.5;

/// The lights of a page, each once.
pub(crate) fn lights(page: &PdfPage) -> Vec<(Mark, Area)> {
    let mut lights: Vec<(Mark, Area)> = Vec::new();
    for path in &page.paths {
        let Shape::Ellipse(rect) = path.shape else { continue };
        let (small, large) = (rect.width.min(rect.height), rect.width.max(rect.height));
        if !LIGHT.contains(&small) || !LIGHT.contains(&large) || small < 0.5 * large {
            continue;
        }
        let area = Area::from(rect);
        // A shadow, a rim and the light itself lie on one another: the last painted is seen.
        lights.retain(|(_, other)| area.common(*other).size() < 0.5 * area.size().min(other.size()));
        lights.push((Mark::Ellipse { fill: path.colour, size: (rect.width, rect.height), alt: None }, area));
    }
    lights
}

/// The small dark dots to the left of a line, as bullet words.
pub(crate) fn dots(page: &PdfPage, words: &[Word]) -> Vec<Word> {
    let mut dots = Vec::new();
    for path in &page.paths {
        let Shape::Ellipse(rect) = path.shape else { continue };
        if !DOT.contains(&rect.width) || !DOT.contains(&rect.height) {
            continue;
        }
        let area = Area::from(rect);
        let middle = area.centre().1;
        let text = words
            .iter()
            .filter(|word| word.turn == 0 && word.area.y0 < middle && middle < word.area.y1)
            .filter(|word| (0.0..2.5).contains(&((word.area.x0 - area.x1) / word.size.max(1.0))))
            .min_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        if let Some(text) = text {
            dots.push(Word {
                text: BULLET.to_string(),
                area: Area { y0: text.area.y0, y1: text.area.y1, ..area },
                glued: false,
                first: 1.0,
                spaced: true,
                colour: Rgb::BLACK,
                link: None,
                ..text.clone()
            });
        }
    }
    dots
}

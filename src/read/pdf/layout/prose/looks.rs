//! How lines look, and the white between their words: what sets a heading off from the text below it.

use super::Scene;
use crate::page::Rgb;
use crate::read::pdf::layout::lines::Line;
use crate::read::pdf::layout::words::Word;

/// The shading that a word stands on.
pub(super) fn shade(scene: &Scene<'_>, word: &Word) -> Option<Rgb> {
    let centre = word.area.centre();
    let found = scene.fills.iter().rev().find(|(area, _)| area.holds(centre))?;
    (found.1.hsl().2 < 0.985).then_some(found.1)
}

/// What sets a heading row off from the text below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) shade: Option<Rgb>,
    pub(super) ink: Rgb,
}

/// How a line looks, by its first word; none for a line of signs alone.
pub(super) fn look(scene: &Scene<'_>, line: &Line) -> Option<Look> {
    let first = line.words().next()?;
    let bold = line.words().all(|word| word.bold || !word.text.chars().any(char::is_alphanumeric));
    Some(Look { bold, shade: shade(scene, first), ink: first.colour })
}

/// The stretches between words that no word of the lines covers.
pub(super) fn white(lines: &[Line], widest: f32) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> =
        lines.iter().flat_map(Line::words).map(|word| (word.area.x0, word.area.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps = Vec::new();
    let Some(&(_, mut end)) = spans.first() else { return gaps };
    for &(from, to) in &spans {
        if from - end >= widest {
            gaps.push((end, from));
        }
        end = end.max(to);
    }
    gaps
}

//! Glyphs → words: pieces of text of one look with no gap inside.

use unicode_normalization::UnicodeNormalization;

use super::geometry::Area;
use super::signs;
use crate::page::Rgb;
use crate::read::pdf::page::{Glyph, PdfPage, Sign};

/// A piece of text of one look.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) area: Area,
    pub(crate) baseline: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) colour: Rgb,
    pub(crate) link: Option<u16>,
    /// How wide its first letter is.
    pub(crate) first: f32,
    /// Follows the word before with no space between.
    pub(crate) glued: bool,
    /// A space sign follows it, also where a line ends.
    pub(crate) spaced: bool,
    /// Quarter turns clockwise against the page: 0 to 3; 4 for any other slant.
    pub(crate) turn: u8,
}

/// A glyph in the frame where its text runs to the right.
pub(super) struct Placed<'a> {
    pub(super) glyph: &'a Glyph,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) end: f32,
}

/// The turn of text that runs neither along nor across the page.
pub(crate) const SLANTED: u8 = 4;

/// Which way the text runs.
pub(crate) fn turn_of((x, y): (f32, f32)) -> u8 {
    let (ax, ay) = (x.abs(), y.abs());
    if ay <= ax * 0.09 {
        if x >= 0.0 { 0 } else { 2 }
    } else if ax <= ay * 0.09 {
        if y >= 0.0 { 1 } else { 3 }
    } else {
        SLANTED
    }
}

/// A point in the frame where text of this turn runs to the right.
pub(crate) fn turned((x, y): (f32, f32), turn: u8) -> (f32, f32) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

/// A box in that frame.
pub(crate) fn turned_area(area: Area, turn: u8) -> Area {
    let (a, b) = (turned((area.x0, area.y0), turn), turned((area.x1, area.y1), turn));
    Area { x0: a.0.min(b.0), y0: a.1.min(b.1), x1: a.0.max(b.0), y1: a.1.max(b.1) }
}

/// The way back.
pub(crate) fn unturned(turn: u8) -> u8 {
    match turn {
        1 => 3,
        3 => 1,
        other => other,
    }
}

/// The turn that most of the page's text has.
pub(crate) fn main_turn(page: &PdfPage) -> u8 {
    let mut counts = [0_usize; 5];
    for glyph in page.glyphs.iter().filter(|glyph| !glyph.text.is_space()) {
        counts[usize::from(turn_of(glyph.advance))] += 1;
    }
    let most = (1..4).max_by_key(|&turn| counts[turn]).unwrap_or(1);
    if counts[most] > counts[0] * 2 { most as u8 } else { 0 }
}

/// Sorts by baseline, then from left to right; baselines nearer than a fifth of the size are one.
pub(super) fn sort_into_lines(placed: &mut [Placed<'_>]) {
    placed.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut start = 0;
    while start < placed.len() {
        let (top, size) = (placed[start].y, placed[start].glyph.size);
        let mut end = start + 1;
        while end < placed.len() && placed[end].y - top <= 0.2 * size.min(placed[end].glyph.size).max(2.0) {
            end += 1;
        }
        placed[start..end].sort_by(|a, b| a.x.total_cmp(&b.x));
        start = end;
    }
}

/// From which gap on letters stand apart, in shares of their size. Text with its own space signs may be set wide, so
/// there a gap tells little, unless the line is known to be set tight; text without them has gaps for spaces.
fn space_from(spaced: bool, loose: Option<f32>) -> f32 {
    match (spaced, loose) {
        (true, Some(gap)) => (gap.max(0.0) + 0.18).min(0.3),
        (true, None) => 0.3,
        (false, _) => 0.14,
    }
}

/// A line of fewer gaps than this does not tell how wide it is set.
const GAPS: usize = 8;

/// For each glyph, how far apart letters of its line stand, in shares of their size: the middle of all gaps between
/// neighbours, where there are enough.
fn looseness(placed: &[Placed<'_>]) -> Vec<Option<f32>> {
    let mut result = Vec::with_capacity(placed.len());
    let mut start = 0;
    while start < placed.len() {
        let first = &placed[start];
        let level = |other: &Placed<'_>| (other.y - first.y).abs() <= 0.25 * first.glyph.size.max(2.0);
        let end = start + placed[start..].iter().position(|other| !level(other)).unwrap_or(placed.len() - start);
        let mut gaps: Vec<f32> = placed[start..end]
            .windows(2)
            .filter(|pair| !pair[0].glyph.text.is_space() && !pair[1].glyph.text.is_space())
            .map(|pair| (pair[1].x - pair[0].end) / pair[1].glyph.size.max(1.0))
            .filter(|gap| (-0.3..0.6).contains(gap))
            .collect();
        let middle = gaps.len() / 2;
        let gap = (gaps.len() >= GAPS).then(|| *gaps.select_nth_unstable_by(middle, f32::total_cmp).1);
        result.resize(result.len() + end - start, gap);
        start = end;
    }
    result
}

pub(super) fn join(page: &PdfPage, placed: &[Placed<'_>], turn: u8, words: &mut Vec<Word>) {
    let spaces = placed.iter().filter(|placed| placed.glyph.text.is_space()).count();
    let spaced = spaces * 25 > placed.len();
    let lines = looseness(placed);
    let mut last: Option<&Placed<'_>> = None;
    let mut space = true;
    let mut open = false;
    let first_word = words.len();
    for (current, loose) in placed.iter().zip(lines) {
        let glyph = current.glyph;
        if glyph.text.is_space() {
            space = true;
            if let (Some(before), Some(word)) = (last, words[first_word..].last_mut())
                && (current.y - before.y).abs() <= 0.25 * before.glyph.size
                && (-0.6..0.6).contains(&((current.x - before.end) / before.glyph.size.max(1.0)))
            {
                word.spaced = true;
            }
            continue;
        }
        let font = &page.fonts[usize::from(glyph.font).min(page.fonts.len() - 1)];
        let mut text = String::new();
        match &glyph.text {
            Sign::Char(c) => push(&mut text, signs::shown(*c, &font.name)),
            Sign::Text(several) => several.chars().for_each(|c| push(&mut text, c)),
        }
        if text.is_empty() {
            continue;
        }
        let mut glued = false;
        let mut same_word = false;
        if let Some(before) = last {
            let size = glyph.size.max(before.glyph.size);
            let gap = current.x - before.end;
            let level = (current.y - before.y).abs() <= 0.25 * glyph.size.min(before.glyph.size).max(2.0);
            // Painted twice, to look bold or by fill and stroke: by another operation, that is, than the first time.
            let again = before.glyph.order != glyph.order && before.glyph.text == glyph.text;
            if level && again && (current.x - before.x).abs() < 0.12 * size {
                continue;
            }
            // A space sign counts only when it takes room: some programs write one under the next word.
            let gap_after_space = space && gap > 0.05 * size;
            let joined = level && gap < space_from(spaced, loose) * size && gap > -0.6 * size && !gap_after_space;
            glued = joined;
            same_word = joined
                && open
                && before.glyph.font == glyph.font
                && before.glyph.colour == glyph.colour
                && (before.glyph.size - glyph.size).abs() < 0.1
                && !text.chars().any(is_lone)
                && !words.last().is_some_and(|word| word.text.chars().any(is_lone));
        }
        let area = Area {
            x0: current.x.min(current.end),
            x1: current.end.max(current.x + 0.01),
            y0: current.y - 0.78 * glyph.size,
            y1: current.y + 0.22 * glyph.size,
        };
        match words.last_mut() {
            Some(word) if same_word => {
                word.text.push_str(&text);
                word.area = word.area.union(area);
            }
            _ => words.push(Word {
                text,
                area,
                baseline: current.y,
                size: glyph.size,
                bold: font.bold,
                italic: font.italic,
                colour: glyph.colour,
                link: None,
                first: area.width(),
                glued,
                spaced: false,
                turn,
            }),
        }
        open = true;
        space = false;
        last = Some(current);
    }
    for word in &mut words[first_word..] {
        if !word.text.is_ascii() {
            if word.text.contains(runs_left) {
                word.text = in_reading_order(&word.text);
            }
            word.text = word.text.nfc().collect();
        }
    }
}

/// A letter of a script that runs from right to left: Hebrew, Arabic and their kin, in all their forms.
fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// A word whose letters were put in order from left to right, as it is read: from the right, but for its numbers.
fn in_reading_order(text: &str) -> String {
    let mut turned: Vec<char> = text.chars().rev().collect();
    let mut start = 0;
    while start < turned.len() {
        let number = |c: char| c.is_numeric() || c.is_ascii_alphabetic();
        let end = start + turned[start..].iter().position(|&c| !number(c)).unwrap_or(turned.len() - start);
        turned[start..end].reverse();
        start = end.max(start) + 1;
    }
    turned.into_iter().collect()
}

/// Whether the program that made the pages writes the space at which it wraps a line.
pub(crate) fn writes_spaces_at_line_ends(words: &[Word]) -> (usize, usize) {
    let mut ends = (0, 0);
    for pair in words.windows(2) {
        let (word, next) = (&pair[0], &pair[1]);
        if word.turn == 0 && next.turn == 0 && (next.baseline - word.baseline).abs() > 0.5 * word.size {
            ends.0 += usize::from(word.spaced);
            ends.1 += 1;
        }
    }
    ends
}

/// Signs that are words of their own.
fn is_lone(c: char) -> bool {
    matches!(c, signs::BULLET | '●' | '✓' | '✔') || signs::check_box(c).is_some()
}

/// Adds a character; ligatures as their letters.
fn push(text: &mut String, c: char) {
    match c {
        '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' => text.extend(c.to_string().nfkc()),
        '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
        _ => text.push(c),
    }
}

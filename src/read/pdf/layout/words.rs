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
    /// Follows the word before with no space between.
    pub(crate) glued: bool,
    /// A space sign follows it, also where a line ends.
    pub(crate) spaced: bool,
    /// Quarter turns clockwise against the page: 0 to 3; 4 for any other slant.
    pub(crate) turn: u8,
}

/// A glyph in the frame where its text runs to the right.
struct Placed<'a> {
    glyph: &'a Glyph,
    x: f32,
    y: f32,
    end: f32,
}

/// Which way the text runs.
fn turn_of((x, y): (f32, f32)) -> u8 {
    let (ax, ay) = (x.abs(), y.abs());
    if ay <= ax * 0.09 {
        if x >= 0.0 { 0 } else { 2 }
    } else if ax <= ay * 0.09 {
        if y >= 0.0 { 1 } else { 3 }
    } else {
        4
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

/// The words of a page, in no certain order.
pub(crate) fn words(page: &PdfPage) -> Vec<Word> {
    let mut by_turn: [Vec<Placed<'_>>; 5] = Default::default();
    for glyph in &page.glyphs {
        let turn = turn_of(glyph.advance);
        let (x, y) = turned(glyph.origin, turn);
        let length = glyph.advance.0.hypot(glyph.advance.1);
        by_turn[usize::from(turn)].push(Placed { glyph, x, y, end: x + length });
    }
    let mut words = Vec::new();
    for (turn, mut placed) in by_turn.into_iter().enumerate() {
        if turn < 4 {
            sort_into_lines(&mut placed);
        }
        let first = words.len();
        join(page, &placed, turn as u8, &mut words);
        for word in &mut words[first..] {
            word.area = turned_area(word.area, unturned(turn as u8));
        }
    }
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

/// Sorts by baseline, then from left to right; baselines nearer than a fifth of the size are one.
fn sort_into_lines(placed: &mut [Placed<'_>]) {
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

fn join(page: &PdfPage, placed: &[Placed<'_>], turn: u8, words: &mut Vec<Word>) {
    let spaces = placed.iter().filter(|placed| placed.glyph.text.is_space()).count();
    // Text with its own space signs may be set wide; text without them has gaps for spaces.
    let gap_share = if spaces * 25 > placed.len() { 0.3 } else { 0.14 };
    let mut last: Option<&Placed<'_>> = None;
    let mut space = true;
    let mut open = false;
    let first_word = words.len();
    for current in placed {
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
            if level && before.glyph.text == glyph.text && (current.x - before.x).abs() < 0.12 * size {
                continue; // painted twice, to look bold or by fill and stroke
            }
            // A space sign counts only when it takes room: some programs write one under the next word.
            let gap_after_space = space && gap > 0.05 * size;
            let joined = level && gap < gap_share * size && gap > -0.6 * size && !gap_after_space;
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
            word.text = word.text.nfc().collect();
        }
    }
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

//! What stands in a cell: lines of rich text, shared out over as many rows as Excel needs to show them.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::look;
use crate::model::{Block, BlockKind, Entry, Light, Status};
use crate::write::metrics::{self, Stretch};
use crate::write::shown;
use crate::write::template::xml::is_allowed;

/// The most that a cell is given, in UTF-16 units; Excel's own limit is 32,767.
const LONGEST_CELL: usize = 32_000;
/// A row can be no higher than 409 points: so many lines show whole.
const MOST_LINES: usize = 28;

/// The size of the sheets' text.
const SIZE: f64 = 10.0;
/// Columns are counted in digits of the ordinary text, 7 pixels each.
const DIGIT: f64 = 5.25;
/// What a cell keeps free at its sides.
const MARGIN: f64 = 5.0;

/// What did not fit as it was.
#[derive(Default)]
pub(super) struct Notes {
    /// Signs that XML cannot hold.
    pub(super) removed: usize,
    /// Paragraphs longer than a cell.
    pub(super) split: usize,
}

/// A stretch of a line.
#[derive(Clone)]
struct Piece {
    text: String,
    look: Look,
}

#[derive(Clone, Copy, PartialEq)]
enum Look {
    Text { bold: bool, italic: bool },
    Sign(Light),
}

/// A line of a cell.
#[derive(Clone, Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
}

impl Line {
    fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece { text: text.to_owned(), look: Look::Text { bold: false, italic: false } }] }
    }

    fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// How many lines it takes in a column of this width.
    fn rows(&self, width: f64) -> usize {
        let stretches: Vec<Stretch<'_>> = self
            .pieces
            .iter()
            .map(|piece| Stretch { text: &piece.text, bold: matches!(piece.look, Look::Text { bold: true, .. }) })
            .collect();
        metrics::lines(&stretches, SIZE, width * DIGIT - MARGIN)
    }

    fn units(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.encode_utf16().count()).sum()
    }
}

/// The text without what XML cannot hold.
pub(super) fn allowed(text: &str) -> String {
    text.chars().filter(|&c| is_allowed(c)).collect()
}

/// Paragraphs as lines; points begin with their sign, indented by their depth.
pub(super) fn lines(blocks: &[Block], notes: &mut Notes) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        let mut line = Line::default();
        if block.kind == BlockKind::Bullet {
            let sign = format!("{}• ", "   ".repeat(usize::from(block.level.min(8))));
            line = Line::plain(&sign);
        }
        for run in block.runs.iter().filter(|run| !run.text.is_empty()) {
            let look = Look::Text { bold: run.bold, italic: run.italic };
            let text = allowed(&run.text);
            notes.removed += run.text.chars().count() - text.chars().count();
            for (index, part) in text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(std::mem::take(&mut line));
                }
                if !part.is_empty() {
                    line.pieces.push(Piece { text: part.to_owned(), look });
                }
            }
        }
        lines.push(line);
    }
    lines.retain(|line| !line.text().trim().is_empty());
    lines
}

/// Entries one after another: the date begins the entry's first line, or stands alone before a list.
pub(super) fn follow_up(entries: &[Entry], notes: &mut Notes) -> Vec<Line> {
    let mut all = Vec::new();
    for entry in entries {
        let mut text = lines(&entry.text, notes);
        if let Some(date) = shown::date(entry) {
            let look = Look::Text { bold: true, italic: false };
            let date = Piece { text: allowed(&date), look };
            let first = entry.text.iter().find(|block| !block.is_blank());
            match text.first_mut().filter(|_| first.is_some_and(|block| block.kind == BlockKind::Paragraph)) {
                Some(first) => {
                    let blank = Piece { text: " ".to_owned(), look: Look::Text { bold: false, italic: false } };
                    first.pieces.splice(0..0, [date, blank]);
                }
                None => text.insert(0, Line { pieces: vec![date] }),
            }
        }
        all.append(&mut text);
    }
    all
}

/// The lights in words, with a coloured sign where there are several, then the text.
///
/// One light alone colours its cell instead: [`fill`].
pub(super) fn status(status: &Status, notes: &mut Notes) -> Vec<Line> {
    let several = status.lights.len() > 1;
    let mut all: Vec<Line> = status
        .lights
        .iter()
        .map(|light| {
            let words = Line::plain(&allowed(&shown::light_with_label(light)));
            let sign = match light.light {
                Light::Closed => "☒ ",
                _ if several => "● ",
                _ => return words,
            };
            let sign = Piece { text: sign.to_owned(), look: Look::Sign(light.light) };
            Line { pieces: std::iter::once(sign).chain(words.pieces).collect() }
        })
        .collect();
    all.extend(lines(&status.text, notes));
    all
}

/// The light that a status cell is filled with.
pub(super) fn fill(status: &Status) -> Option<Light> {
    match status.lights.as_slice() {
        [only] => Some(only.light),
        _ => None,
    }
}

/// The height of a row, in points, where these are its cells with their columns' widths.
pub(super) fn height<'l>(cells: impl IntoIterator<Item = (&'l [Line], f64)>) -> f64 {
    let rows = |(lines, width): (&[Line], f64)| lines.iter().map(|line| line.rows(width)).sum::<usize>();
    let most = cells.into_iter().map(rows).max().unwrap_or(1).max(1);
    (most as f64 * SIZE * metrics::LINE * 1.04 + 4.0).min(409.0)
}

/// Shares lines out over rows: as many as show in one of this width if it `shares` for looks, and never more than a cell
/// holds.
pub(super) fn chunks(lines: Vec<Line>, width: f64, shares: bool, notes: &mut Notes) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let (mut height, mut units) = (0, 0);
    for line in lines.into_iter().flat_map(|line| cut(line, notes)) {
        let own = line.units();
        let needs = line.rows(width);
        let fits = (height + needs <= MOST_LINES || !shares) && units + own < LONGEST_CELL;
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(line),
            None => {
                (height, units) = (0, 0);
                rows.push(vec![line]);
            }
        }
        height += needs;
        units += own + 1;
    }
    rows
}

/// A line longer than a cell, cut between words.
fn cut(line: Line, notes: &mut Notes) -> Vec<Line> {
    if line.units() < LONGEST_CELL {
        return vec![line];
    }
    notes.split += 1;
    let mut lines = vec![Line::default()];
    let mut units = 0;
    for piece in line.pieces {
        for word in piece.text.split_inclusive(' ') {
            // A word of no end is cut, too.
            let letters: Vec<char> = word.chars().collect();
            for part in letters.chunks(LONGEST_CELL / 4) {
                let part: String = part.iter().collect();
                let own = part.encode_utf16().count();
                if units + own >= LONGEST_CELL {
                    lines.push(Line::default());
                    units = 0;
                }
                units += own;
                if let Some(last) = lines.last_mut() {
                    match last.pieces.last_mut().filter(|last| last.look == piece.look) {
                        Some(last) => last.text.push_str(&part),
                        None => last.pieces.push(Piece { text: part, look: piece.look }),
                    }
                }
            }
        }
    }
    lines
}

/// Writes lines into a cell: as plain text where they have one look, and never as anything but text.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    lines: &[Line],
    look: &Format,
) -> Result<(), XlsxError> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, look: Look| match pieces.last_mut().filter(|last| last.look == look) {
        Some(last) => last.text.push_str(text),
        None => pieces.push(Piece { text: text.to_owned(), look }),
    };
    let mut before = Look::Text { bold: false, italic: false };
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            push("\n", before);
        }
        for piece in &line.pieces {
            push(&piece.text, piece.look);
            before = piece.look;
        }
    }
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    // With the sign before it, Excel takes it for text when it is edited, too.
    let look = if text.starts_with(['=', '+', '-', '@', '\'']) { &look.clone().set_quote_prefix() } else { look };
    let plain = pieces.iter().all(|piece| piece.look == Look::Text { bold: false, italic: false });
    if !plain {
        let formats: Vec<Format> = pieces
            .iter()
            .map(|piece| match piece.look {
                Look::Text { bold, italic } => look::run(bold, italic),
                Look::Sign(light) => look::sign(light),
            })
            .collect();
        // The library escapes plain text itself.
        pieces.iter_mut().for_each(|piece| piece.text = escape(&piece.text));
        let rich: Vec<(&Format, &str)> =
            formats.iter().zip(&pieces).map(|(format, piece)| (format, piece.text.as_str())).collect();
        match sheet.write_rich_string_with_format(row, column, &rich, look) {
            Ok(_) => return Ok(()),
            // The library counts the looks into the length: then the text goes without them.
            Err(XlsxError::MaxStringLengthExceeded) => {}
            Err(error) => return Err(error),
        }
    }
    sheet.write_string_with_format(row, column, text, look)?;
    Ok(())
}

/// Escapes what Excel would take for an escape: `_x0041_` is how it writes signs that XML cannot hold.
fn escape(text: &str) -> String {
    let is_code = |rest: &str| {
        let code = rest.as_bytes().get(2..7);
        rest.starts_with("_x") && code.is_some_and(|c| c[..4].iter().all(u8::is_ascii_hexdigit) && c[4] == b'_')
    };
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c == '_' && is_code(&text[at..]) {
            out.push_str("_x005F");
        }
        out.push(c);
    }
    out
}

/// One line of plain text.
pub(super) fn line(text: &str) -> Vec<Line> {
    let text: String = allowed(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { Vec::new() } else { vec![Line::plain(&text.chars().take(LONGEST_CELL).collect::<String>())] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_escape_is_text() {
        assert_eq!(escape("a_x0041_b _x00 _xzzzz_ å_x"), "a_x005F_x0041_b _x00 _xzzzz_ å_x");
    }

    #[test]
    fn long_text_is_shared_out_and_nothing_is_lost() {
        let mut notes = Notes::default();
        let long = "ord ".repeat(20_000);
        let blocks = [Block::paragraph("kort"), Block::paragraph(long.trim()), Block::paragraph("å".repeat(70_000))];
        let rows = chunks(lines(&blocks, &mut notes), 40.0, true, &mut notes);
        assert!(rows.iter().all(|row| row.iter().map(Line::units).sum::<usize>() + row.len() <= LONGEST_CELL + 1));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
        let shown: usize = rows.iter().flatten().map(|line| letters(&line.text())).sum();
        assert_eq!(shown, blocks.iter().map(|block| letters(&block.text())).sum::<usize>());
        assert_eq!(notes.split, 2);
    }
}

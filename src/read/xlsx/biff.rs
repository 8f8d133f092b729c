//! What calamine leaves out of .xls files, read from their records: looks, hidden rows, comments.
//!
//! Only BIFF8 (Excel 97 and later). The records are walked once, with bounds on everything.

use std::collections::BTreeMap;

use super::grid::{Comment, MAX_COLUMN, Sheet};
use super::number::{Format, built_in};
use super::shared::{Pieces, rich_strings};
use super::styles::{CellStyle, palette};
use super::text::{Look, plain, span};
use crate::page::{Place, Rgb, Span};

/// What the records of a workbook say beside its values.
#[derive(Default)]
pub(super) struct Workbook {
    pub(super) encrypted: bool,
    pub(super) from_1904: bool,
    pub(super) styles: Vec<CellStyle>,
    /// The looks of the fonts, in order.
    fonts: Vec<Look>,
    /// Strings with several looks.
    strings: BTreeMap<u32, Pieces>,
    pub(super) sheets: Vec<SheetRecords>,
}

/// What the records of a sheet say beside its values.
#[derive(Default)]
pub(super) struct SheetRecords {
    /// Row, column and style of each cell, in order.
    pub(super) cells: Vec<(u32, u32, u16)>,
    /// Row, column and string of the cells whose string has several looks, in order.
    pub(super) rich: Vec<(u32, u32, u32)>,
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    notes: Vec<Note>,
    /// Texts of drawn objects, by the object's number.
    texts: Vec<(u16, String)>,
    /// Drawn shapes without text.
    pub(super) shapes: usize,
    pub(super) rules: bool,
}

struct Note {
    row: u32,
    column: u32,
    object: u16,
    author: String,
}

/// The records of a stream: number and data.
struct Records<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let header = self.data.get(self.at..self.at + 4)?;
        let (id, length) = (u16(header, 0)?, usize::from(u16(header, 2)?));
        let data = self.data.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((id, data))
    }
}

fn u16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn u32(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// Reads a workbook's stream; none where it is older than BIFF8.
pub(super) fn read(stream: &[u8]) -> Option<Workbook> {
    let mut records = Records { data: stream, at: 0 };
    let (id, start) = records.next()?;
    if id != 0x0809 || u16(start, 0)? != 0x0600 {
        return None;
    }
    let mut workbook = Workbook::default();
    let mut palette = palette();
    let (mut fonts, mut formats, mut looks, mut offsets) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut table, mut in_table): (Vec<&[u8]>, bool) = (Vec::new(), false);
    for (id, data) in records {
        in_table = id == 0x00fc || in_table && id == 0x003c;
        if in_table {
            table.push(data);
        }
        match id {
            0x000a => break,
            0x002f => {
                workbook.encrypted = true;
                return Some(workbook);
            }
            0x0022 => workbook.from_1904 = u16(data, 0) == Some(1),
            0x0031 => fonts.push((u16(data, 2)?, u16(data, 4)?, u16(data, 6)?)),
            0x0092 => {
                for (index, colour) in data.get(2..)?.chunks_exact(4).enumerate() {
                    if let Some(slot) = palette.get_mut(index + 8) {
                        *slot = Rgb::new(colour[0], colour[1], colour[2]);
                    }
                }
            }
            0x041e => formats.push((u16(data, 0)?, string(data.get(2..)?, true).unwrap_or_default())),
            0x00e0 => looks.push((u16(data, 0)?, u16(data, 2)?, u32(data, 14)?, u16(data, 18)?)),
            0x0085 => offsets.push(u32(data, 0)?),
            _ => {}
        }
    }
    let colour = |index: u16| palette.get(usize::from(index)).copied();
    let look = |&(flags, ink, weight): &(u16, u16, u16)| Look {
        bold: weight >= 600,
        italic: flags & 2 != 0,
        colour: colour(ink).filter(|&ink| ink != Rgb::BLACK),
    };
    workbook.fonts = fonts.iter().map(look).collect();
    workbook.strings = rich_strings(&table);
    workbook.styles = looks
        .into_iter()
        .map(|(font, format, pattern, fill)| {
            let look = font_at(&workbook.fonts, font);
            // Pattern 1 is solid; 17 and 18 are the thin greys that cells seldom mean anything by.
            let fill = (pattern >> 26 != 0).then(|| colour(fill & 0x7f)).flatten();
            let code = formats.iter().find(|(id, _)| *id == format);
            CellStyle {
                look: look.unwrap_or_default(),
                fill: fill.filter(|&fill| fill != Rgb::WHITE),
                format: code.map_or_else(|| built_in(u32::from(format)), |(_, code)| Format::parse(code)),
            }
        })
        .collect();
    workbook.sheets = offsets.iter().map(|&offset| sheet(stream, offset as usize)).collect();
    for sheet in &mut workbook.sheets {
        sheet.rich.retain(|(.., string)| workbook.strings.contains_key(string));
        sheet.rich.sort_unstable();
    }
    Some(workbook)
}

/// The file has no font of number 4.
fn font_at(fonts: &[Look], font: u16) -> Option<Look> {
    fonts.get(usize::from(if font > 4 { font - 1 } else { font })).copied()
}

impl Workbook {
    /// The spans of a string with several looks, in a cell of that look.
    pub(super) fn spans(&self, string: u32, own: Look) -> Vec<Span> {
        let look = |font: Option<u16>| font.and_then(|font| font_at(&self.fonts, font)).unwrap_or(own);
        let pieces = self.strings.get(&string).map(Vec::as_slice).unwrap_or_default();
        pieces.iter().map(|(text, font)| span(text, look(*font))).collect()
    }
}

fn sheet(stream: &[u8], offset: usize) -> SheetRecords {
    let mut sheet = SheetRecords::default();
    // Charts stand inside as streams of their own.
    let (mut depth, mut object, mut pending) = (0, None, None);
    for (id, data) in (Records { data: stream, at: offset }) {
        match id {
            0x0809 => depth += 1,
            0x000a => {
                depth -= 1;
                if depth <= 0 {
                    break;
                }
            }
            _ if depth == 1 => {
                if id != 0x003c && id != 0x00ec {
                    pending = None;
                }
                sheet.record(id, data, &mut object, &mut pending);
            }
            _ => {}
        }
    }
    sheet.cells.sort_unstable();
    sheet
}

impl SheetRecords {
    fn record(&mut self, id: u16, data: &[u8], object: &mut Option<u16>, pending: &mut Option<usize>) -> Option<()> {
        match id {
            // A cell: blank, number, text, formula, truth or error.
            0x00fd => {
                let (row, column) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?));
                self.cells.push((row, column, u16(data, 4)?));
                self.rich.push((row, column, u32(data, 6)?));
            }
            0x0201 | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x027e | 0x0006 | 0x0406 => {
                self.cells.push((u32::from(u16(data, 0)?), u32::from(u16(data, 2)?), u16(data, 4)?));
            }
            // Several cells of a row: with numbers, and blank.
            0x00bd | 0x00be => {
                let (row, first) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?));
                let step = if id == 0x00bd { 6 } else { 2 };
                let body = data.get(4..data.len().saturating_sub(2))?;
                for (index, cell) in body.chunks_exact(step).enumerate() {
                    self.cells.push((row, first + index as u32, u16(cell, 0)?));
                }
            }
            0x0208 if u16(data, 12)? & 0x20 != 0 => self.hidden_rows.push(u32::from(u16(data, 0)?)),
            0x007d if u16(data, 8)? & 1 != 0 => {
                let (first, last) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?));
                self.hidden_columns.push((first, last.min(MAX_COLUMN)));
            }
            0x001c => {
                let author = string(data.get(8..)?, true).unwrap_or_default();
                let (row, column, object) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?), u16(data, 6)?);
                self.notes.push(Note { row, column, object, author });
            }
            0x005d => {
                let kind = u16(data, 4)?;
                *object = u16(data, 6);
                // Lines, rectangles, ovals, arcs, text boxes and other drawings.
                if matches!(kind, 1..=4 | 6 | 9 | 0x1e) {
                    self.shapes += 1;
                }
            }
            // The text of the object before stands in the next record.
            0x01b6 => *pending = Some(usize::from(u16(data, 10)?)),
            0x003c => {
                if let Some(length) = pending.take().filter(|&length| length > 0) {
                    let text = characters(data, length)?;
                    self.texts.push(((*object)?, text));
                }
            }
            0x01b0 | 0x0879 => self.rules = true,
            _ => {}
        }
        Some(())
    }

    /// Puts comments, texts and what is hidden into a sheet.
    pub(super) fn fill(self, sheet: &mut Sheet) {
        let place = |row: u32, column: u32| sheet.place(super::grid::Area::cell(row, column));
        let mut comments = Vec::new();
        for note in &self.notes {
            let text = self.texts.iter().find(|(object, _)| *object == note.object).map_or("", |(_, text)| text);
            let paragraphs = plain(text, Look::default(), &place(note.row, note.column));
            if !paragraphs.is_empty() {
                let author = Some(note.author.clone()).filter(|author| !author.is_empty());
                comments.push(Comment { row: note.row, column: note.column, author, date: None, paragraphs });
            }
        }
        for (object, text) in &self.texts {
            if self.notes.iter().all(|note| note.object != *object) {
                sheet.loose.extend(plain(text, Look::default(), &Place::Document));
            }
        }
        sheet.comments = comments;
        sheet.hidden_columns = self.hidden_columns;
    }
}

/// A string with its length before it; the length has two bytes or one.
fn string(data: &[u8], long: bool) -> Option<String> {
    let (length, rest) =
        if long { (usize::from(u16(data, 0)?), data.get(2..)?) } else { (usize::from(*data.first()?), data.get(1..)?) };
    characters(rest, length)
}

/// Characters after a byte that says how wide they are.
fn characters(data: &[u8], length: usize) -> Option<String> {
    let (&flags, data) = data.split_first()?;
    if flags & 1 == 0 {
        return Some(data.iter().take(length).map(|&byte| char::from(byte)).collect());
    }
    let units = data.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|character| character.unwrap_or('\u{fffd}')).collect())
}

//! What calamine leaves out of .xls files, read from their records: looks, hidden rows, comments, rules, drawn shapes.
//!
//! Only BIFF8 (Excel 97 and later). The records are walked once, with bounds on everything.

mod drawing;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Area, Comment, Float, MAX_COLUMN, Sheet};
use super::number::{Format, built_in};
use super::rules::Rule;
use super::shared::{Strings, strings};
use super::sizes::Sizes;
use super::styles::{CellStyle, palette};
use super::text::{Look, plain, span};
use crate::model::WarningCode;
use crate::page::{Place, Rgb, Span};

/// The width in points of one character of the ordinary font.
const CHARACTER: f64 = 5.25;

/// What the records of a workbook say beside its values.
#[derive(Default)]
pub(super) struct Workbook {
    pub(super) encrypted: bool,
    pub(super) from_1904: bool,
    pub(super) styles: Vec<CellStyle>,
    palette: Vec<Rgb>,
    /// How many characters the cells show of the shared strings.
    pub(super) text: u64,
    /// The looks of the fonts, in order.
    fonts: Vec<Look>,
    strings: Strings,
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
    /// Drawn objects, in order: number and kind.
    objects: Vec<(u16, u16)>,
    /// The drawing that they are shown by.
    drawing: Vec<u8>,
    sizes: Sizes,
    rules: Vec<Rule>,
    /// The areas of the rules that come next.
    areas: Vec<Area>,
    /// Rules that are announced and have not come: LibreOffice leaves out icon sets so.
    promised: usize,
    /// Rules of newer programs, which are not read.
    pub(super) newer_rules: bool,
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
    workbook.strings = strings(&table);
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
    workbook.sheets = offsets.iter().map(|&offset| sheet(stream, offset as usize, &palette)).collect();
    workbook.palette = palette;
    for sheet in &mut workbook.sheets {
        let lengths = sheet.rich.iter().filter_map(|&(.., string)| workbook.strings.lengths.get(string as usize));
        workbook.text += lengths.map(|&length| u64::from(length)).sum::<u64>();
        sheet.rich.retain(|(.., string)| workbook.strings.rich.contains_key(string));
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
        let pieces = self.strings.rich.get(&string).map(Vec::as_slice).unwrap_or_default();
        pieces.iter().map(|(text, font)| span(text, look(*font))).collect()
    }
}

fn sheet(stream: &[u8], offset: usize, palette: &[Rgb]) -> SheetRecords {
    let mut sheet = SheetRecords { sizes: Sizes::ordinary(12.75, 48.0), ..SheetRecords::default() };
    let mut in_drawing = false;
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
                in_drawing = id == 0x00ec || in_drawing && id == 0x003c;
                if in_drawing {
                    sheet.drawing.extend(data);
                } else {
                    sheet.record(id, data, &mut object, &mut pending, palette);
                }
            }
            _ => {}
        }
    }
    sheet.cells.sort_unstable();
    sheet.sizes.settle();
    sheet.newer_rules |= sheet.promised > 0;
    sheet
}

impl SheetRecords {
    fn record(
        &mut self,
        id: u16,
        data: &[u8],
        object: &mut Option<u16>,
        pending: &mut Option<usize>,
        palette: &[Rgb],
    ) -> Option<()> {
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
            0x0208 => {
                let (row, height, hidden) = (u32::from(u16(data, 0)?), u16(data, 6)?, u16(data, 12)? & 0x20 != 0);
                if hidden {
                    self.hidden_rows.push(row);
                }
                // In twentieths of a point; the highest bit says that it is the ordinary one.
                let height = if hidden { 0.0 } else { f64::from(height & 0x7fff) / 20.0 };
                self.sizes.rows.push((row, height));
            }
            0x0225 => self.sizes.row = f64::from(u16(data, 2)?) / 20.0,
            0x0055 => self.sizes.column = f64::from(u16(data, 0)?) * CHARACTER,
            0x007d => {
                let (first, last) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?).min(MAX_COLUMN));
                let hidden = u16(data, 8)? & 1 != 0;
                if hidden {
                    self.hidden_columns.push((first, last));
                }
                let width = if hidden { 0.0 } else { f64::from(u16(data, 4)?) / 256.0 * CHARACTER };
                self.sizes.columns.push((first, last, width));
            }
            0x001c => {
                let author = string(data.get(8..)?, true).unwrap_or_default();
                let (row, column, object) = (u32::from(u16(data, 0)?), u32::from(u16(data, 2)?), u16(data, 6)?);
                self.notes.push(Note { row, column, object, author });
            }
            0x005d => {
                *object = u16(data, 6);
                self.objects.push((u16(data, 6)?, u16(data, 4)?));
            }
            // The text of the object before stands in the next record.
            0x01b6 => *pending = Some(usize::from(u16(data, 10)?)),
            0x003c => {
                if let Some(length) = pending.take().filter(|&length| length > 0) {
                    let text = characters(data, length)?;
                    self.texts.push(((*object)?, text));
                }
            }
            0x01b0 => {
                self.areas = rules::areas(data).unwrap_or_default();
                self.promised += usize::from(u16(data, 0)?);
            }
            0x01b1 => {
                self.promised = self.promised.saturating_sub(1);
                let priority = i64::try_from(self.rules.len()).unwrap_or(i64::MAX);
                self.rules.extend(rules::rule(data, &self.areas, priority, palette));
            }
            0x0879 => self.newer_rules = true,
            _ => {}
        }
        Some(())
    }

    /// Puts comments, what is drawn, rules and what is hidden into a sheet.
    pub(super) fn fill(mut self, workbook: &Workbook, sheet: &mut Sheet) {
        let texts: BTreeMap<u16, &str> =
            self.texts.iter().rev().map(|(object, text)| (*object, text.as_str())).collect();
        let notes: BTreeSet<u16> = self.notes.iter().map(|note| note.object).collect();
        let place = |row: u32, column: u32| sheet.place(Area::cell(row, column));
        let mut comments = Vec::new();
        for note in &self.notes {
            let text = texts.get(&note.object).copied().unwrap_or_default();
            let paragraphs = plain(text, Look::default(), &place(note.row, note.column));
            if !paragraphs.is_empty() {
                let author = Some(note.author.clone()).filter(|author| !author.is_empty());
                comments.push(Comment { row: note.row, column: note.column, author, date: None, paragraphs });
            }
        }
        let shapes = drawing::shapes(&self.drawing, &workbook.palette);
        let shapes: Vec<&drawing::Drawn> = shapes.iter().filter(|shape| shape.is_object).collect();
        let known = shapes.len() == self.objects.len();
        let mut unplaced = 0;
        for (index, &(object, kind)) in
            self.objects.iter().enumerate().filter(|(_, (object, _))| !notes.contains(object))
        {
            let shape = shapes.get(index).filter(|_| known);
            let text = texts.get(&object).copied().unwrap_or_default();
            match shape.and_then(|shape| Some((shape, shape.under(&self.sizes)?))) {
                Some((shape, (area, row, column))) => {
                    let mark = shape.mark(&self.sizes);
                    let paragraphs = plain(text, Look::default(), &sheet.place(Area::cell(row, column)));
                    sheet.floats.push(Float { row, column, area, mark, paragraphs });
                }
                None => {
                    sheet.loose.extend(plain(text, Look::default(), &Place::Document));
                    // Lines, rectangles, ovals, arcs, text boxes and other drawings.
                    unplaced += usize::from(matches!(kind, 1..=4 | 6 | 9 | 0x1e));
                }
            }
        }
        if unplaced > 0 {
            let message =
                "Figurer som är grupperade läses inte i .xls: en statuslampa kan saknas. Spara filen som .xlsx.";
            sheet.warn(WarningCode::Unsupported, message, None);
        }
        sheet.comments = comments;
        sheet.rules = std::mem::take(&mut self.rules);
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

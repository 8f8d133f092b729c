//! A sheet of an .xlsx file: `xl/worksheets/sheet*.xml`, read as a stream because it may be large.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::budget::Budget;
use super::conditional;
use super::grid::{Area, GridCell, GridRow, MAX_COLUMN, MAX_ROW, Sheet, reference};
use super::sizes::Sizes;
use super::strings::Rich;
use super::styles::{CellStyle, Styles};
use super::text::{Look, paragraphs};
use super::xml::{Element, attribute, damaged, is_true, resolve, too_deep};
use crate::page::Paragraph;
use crate::read::ReadError;
use crate::read::ooxml::Relationships;

/// What the cells of every sheet refer to.
pub(super) struct Shared<'a> {
    pub(super) strings: &'a [Rich],
    pub(super) styles: &'a Styles,
    pub(super) from_1904: bool,
    pub(super) depth: usize,
}

/// The stretch of a sheet being read.
struct Walk<'a> {
    shared: &'a Shared<'a>,
    links: &'a Relationships,
    sheet: &'a mut Sheet,
    sizes: Sizes,
    budget: &'a mut Budget,
}

/// A points' width of one character of the ordinary font, and of what stands around a cell's text.
const CHARACTER: f64 = 5.25;

/// Reads a sheet's part into `sheet`; gives its sizes and the relationships of its drawings.
pub(super) fn read(
    xml: &str,
    part: &str,
    shared: &Shared<'_>,
    links: &Relationships,
    budget: &mut Budget,
    sheet: &mut Sheet,
) -> Result<Sizes, ReadError> {
    let sizes = Sizes::ordinary(15.0, 64.0 * 0.75);
    let mut walk = Walk { shared, links, sheet, sizes, budget };
    let mut reader = Reader::from_str(xml);
    let (mut cell, mut level): (Option<Open>, usize) = (None, 0);
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| damaged(error, part))?;
        match event {
            Event::Start(start) => {
                level += 1;
                if level > shared.depth {
                    return Err(too_deep(shared.depth, part));
                }
                match start.local_name().as_ref() {
                    "row" => walk.row(&start),
                    "c" => cell = Some(walk.open(&start)),
                    "v" => Open::set(&mut cell, |cell| cell.in_value = true),
                    // What is short is read as a tree of its own.
                    "is" | "conditionalFormatting" | "headerFooter" | "extLst" => {
                        reader.read_to_end(start.name()).map_err(|error| damaged(error, part))?;
                        level -= 1;
                        let whole = xml.get(before..reader.buffer_position() as usize).unwrap_or_default();
                        let tree = Element::parse(whole, part, shared.depth)?;
                        walk.tree(&tree, &mut cell);
                    }
                    _ => walk.setting(&start),
                }
            }
            Event::Empty(start) => match start.local_name().as_ref() {
                "row" => walk.row(&start),
                "c" => {
                    let open = walk.open(&start);
                    walk.close(&open)?;
                }
                _ => walk.setting(&start),
            },
            Event::End(end) => {
                level = level.saturating_sub(1);
                match end.local_name().as_ref() {
                    "v" => Open::set(&mut cell, |cell| cell.in_value = false),
                    "c" => {
                        if let Some(open) = cell.take() {
                            walk.close(&open)?;
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) => Open::push(&mut cell, &text.xml10_content()),
            Event::CData(text) => Open::push(&mut cell, &text.xml10_content()),
            Event::GeneralRef(reference) => Open::push(&mut cell, &resolve(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    walk.sizes.settle();
    Ok(walk.sizes)
}

/// A cell whose end has not come yet.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    style: usize,
    kind: String,
    value: String,
    inline: Option<Rich>,
    in_value: bool,
}

impl Open {
    fn set(cell: &mut Option<Self>, change: impl FnOnce(&mut Self)) {
        if let Some(cell) = cell {
            change(cell);
        }
    }

    fn push(cell: &mut Option<Self>, text: &str) {
        if let Some(cell) = cell.as_mut().filter(|cell| cell.in_value) {
            cell.value.push_str(text);
        }
    }
}

impl Walk<'_> {
    fn row(&mut self, start: &BytesStart<'_>) {
        let next = self.sheet.rows.last().map_or(0, |row| row.row + 1);
        let number = attribute(start, "r").and_then(|row| row.trim().parse::<u32>().ok());
        let row = number.and_then(|row| row.checked_sub(1)).unwrap_or(next).min(MAX_ROW);
        let hidden = attribute(start, "hidden").is_some_and(|hidden| is_true(&hidden));
        let height = attribute(start, "ht").and_then(|height| height.parse::<f64>().ok());
        if let Some(height) = if hidden { Some(0.0) } else { height } {
            self.sizes.rows.push((row, height));
        }
        self.sheet.rows.push(GridRow { row, hidden, ..GridRow::default() });
    }

    fn open(&self, start: &BytesStart<'_>) -> Open {
        let last = self.sheet.rows.last();
        let (mut row, mut column) = (
            last.map_or(0, |row| row.row),
            last.and_then(|row| row.cells.last()).map_or(0, |cell| cell.column + 1).min(MAX_COLUMN),
        );
        let mut open = Open::default();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => {
                    if let Some((Some(at_row), Some(at_column))) = reference(value) {
                        (row, column) = (at_row, at_column);
                    }
                }
                "s" => open.style = value.parse().unwrap_or(0),
                "t" => open.kind = value.to_owned(),
                _ => {}
            }
        }
        Open { row, column, ..open }
    }

    fn close(&mut self, open: &Open) -> Result<(), ReadError> {
        let plain = CellStyle::default();
        let style = self.shared.styles.cell(open.style).unwrap_or(&plain);
        let mut cell = GridCell { column: open.column, fill: style.fill, ..GridCell::default() };
        let place = self.sheet.place(Area::cell(open.row, open.column));
        let text = |text: &str, look: Look| paragraphs(&Rich::plain(text).spans(look), &place);
        cell.paragraphs = match open.kind.as_str() {
            "s" => match open.value.trim().parse().ok().and_then(|index: usize| self.shared.strings.get(index)) {
                Some(rich) => paragraphs(&rich.spans(style.look), &place),
                None => Vec::new(),
            },
            "inlineStr" => match &open.inline {
                Some(rich) => paragraphs(&rich.spans(style.look), &place),
                None => text(&open.value, style.look),
            },
            "str" | "e" => text(&open.value, style.look),
            "b" => text(if is_true(&open.value) { "SANT" } else { "FALSKT" }, style.look),
            // ISO 8601, in the strict form of the format.
            "d" => {
                let (shown, date) = iso_date(&open.value);
                cell.date = date;
                text(&shown, style.look)
            }
            _ => match open.value.trim().parse::<f64>() {
                Ok(number) => {
                    cell.number = Some(number);
                    let (shown, date) = style.format.show(number, self.shared.from_1904);
                    cell.date = date;
                    text(&shown, style.look)
                }
                Err(_) => text(&open.value, style.look),
            },
        };
        if cell.paragraphs.is_empty() && cell.fill.is_none() {
            return Ok(());
        }
        self.budget.take(&cell, 1)?;
        match self.sheet.rows.last_mut() {
            Some(last) if last.row == open.row => last.cells.push(cell),
            _ => self.sheet.rows.push(GridRow { row: open.row, cells: vec![cell], ..GridRow::default() }),
        }
        Ok(())
    }

    fn tree(&mut self, tree: &Element, cell: &mut Option<Open>) {
        match tree.name.as_str() {
            "is" => {
                if let Some(cell) = cell {
                    cell.inline = Some(Rich::parse(tree, &self.shared.styles.colours));
                }
            }
            "conditionalFormatting" => {
                self.sheet.rules.extend(conditional::rules(tree, self.shared.styles));
            }
            "extLst" => {
                for newer in tree.descendants("conditionalFormatting") {
                    self.sheet.rules.extend(conditional::rules(newer, self.shared.styles));
                }
            }
            "headerFooter" => {
                for child in tree.children() {
                    let lines = header_text(&child.text());
                    let into =
                        if child.name.ends_with("Header") { &mut self.sheet.header } else { &mut self.sheet.footer };
                    into.extend(lines.into_iter().map(Paragraph::plain));
                }
            }
            _ => {}
        }
    }

    fn setting(&mut self, start: &BytesStart<'_>) {
        let number = |name: &str| attribute(start, name).and_then(|value| value.trim().parse::<f64>().ok());
        match start.local_name().as_ref() {
            "col" => {
                let (Some(first), Some(last)) = (number("min"), number("max")) else { return };
                let clip = |column: f64| (column as u32).saturating_sub(1).min(MAX_COLUMN);
                let (first, last) = (clip(first), clip(last));
                let hidden = attribute(start, "hidden").is_some_and(|hidden| is_true(&hidden));
                if hidden {
                    self.sheet.hidden_columns.push((first, last));
                }
                if let Some(width) = if hidden { Some(0.0) } else { number("width") } {
                    self.sizes.columns.push((first, last, width * CHARACTER));
                }
            }
            "sheetFormatPr" => {
                self.sizes.row = number("defaultRowHeight").unwrap_or(self.sizes.row);
                self.sizes.column = number("defaultColWidth").map_or(self.sizes.column, |width| width * CHARACTER);
            }
            "mergeCell" => {
                self.sheet.merges.extend(attribute(start, "ref").and_then(|area| Area::parse(&area)));
            }
            "hyperlink" => {
                let Some(area) = attribute(start, "ref").and_then(|area| Area::parse(&area)) else { return };
                let id = attribute(start, "id");
                let target = id.and_then(|id| self.links.get(&id)).map(|link| link.target.clone());
                let location = attribute(start, "location");
                let link = match (target, location) {
                    (Some(target), Some(location)) => Some(format!("{target}#{location}")),
                    (Some(target), None) => Some(target),
                    (None, location) => location.map(|location| format!("#{location}")),
                };
                self.sheet.links.extend(link.map(|link| (area, link)));
            }
            _ => {}
        }
    }
}

/// An ISO date, perhaps with a time.
pub(super) fn iso_date(text: &str) -> (String, Option<jiff::civil::Date>) {
    let text = text.trim();
    let date = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let Some(date) = date else { return (text.to_owned(), None) };
    let time = text.get(11..16).filter(|time| *time != "00:00");
    (time.map_or_else(|| date.to_string(), |time| format!("{date} {time}")), Some(date))
}

/// The lines of a printed header: `&L`, `&C` and `&R` part it, other codes are looks and fields.
fn header_text(text: &str) -> Vec<String> {
    let (mut lines, mut line, mut characters) = (Vec::new(), String::new(), text.chars().peekable());
    while let Some(character) = characters.next() {
        match character {
            '\n' => lines.push(std::mem::take(&mut line)),
            '\r' => {}
            '&' => match characters.next() {
                Some('L' | 'C' | 'R') => lines.push(std::mem::take(&mut line)),
                Some('&') => line.push('&'),
                Some('"') => while characters.next().is_some_and(|c| c != '"') {},
                Some('K') => {
                    for _ in 0..6 {
                        characters.next();
                    }
                }
                Some(digit) if digit.is_ascii_digit() => while characters.next_if(char::is_ascii_digit).is_some() {},
                _ => {}
            },
            character => line.push(character),
        }
    }
    lines.push(line);
    lines.retain(|line| line.chars().any(char::is_alphanumeric));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_headers_without_their_codes() {
        assert_eq!(
            header_text("&L&\"Arial,Bold\"&12RPO && RAG&C&P av &N&R&K00FF00Utkast"),
            ["RPO & RAG", " av ", "Utkast"]
        );
    }

    #[test]
    fn iso_dates() {
        assert_eq!(iso_date("2024-06-14T13:30:00").0, "2024-06-14 13:30");
        assert_eq!(iso_date("2024-06-14").0, "2024-06-14");
        assert_eq!(iso_date("13:30").1, None);
    }
}

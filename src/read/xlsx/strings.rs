//! Strings of .xlsx files: plain, or runs of different looks.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::styles::Colours;
use super::text::Look;
use super::xml::{Element, damaged, resolve, too_deep};
use crate::page::Span;
use crate::read::ReadError;

/// A string as stored; a run without a look has the cell's own.
#[derive(Clone, Debug, Default)]
pub(super) struct Rich {
    runs: Vec<(String, Option<Look>)>,
}

impl Rich {
    /// A plain string.
    pub(super) fn plain(text: &str) -> Self {
        Self { runs: vec![(unescape(text), None)] }
    }

    /// An `si`, `is` or `text` element: text, runs, and readings of Japanese, which are left out.
    pub(super) fn parse(element: &Element, colours: &Colours) -> Self {
        let mut runs = Vec::new();
        for child in element.children() {
            match child.name.as_str() {
                "t" => runs.push((unescape(&child.text()), None)),
                "r" => {
                    let text: String = child.all("t").map(|text| unescape(&text.text())).collect();
                    runs.push((text, child.child("rPr").map(|look| colours.look(look))));
                }
                _ => {}
            }
        }
        Self { runs }
    }

    /// The runs, as they look in a cell.
    pub(super) fn spans(&self, cell: Look) -> Vec<Span> {
        self.runs.iter().map(|(text, look)| super::text::span(text, look.unwrap_or(cell))).collect()
    }
}

/// The shared strings, in order.
pub(super) fn shared(xml: &str, part: &str, depth: usize, colours: &Colours) -> Result<Vec<Rich>, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut strings = Vec::new();
    // Plain strings, by far the most, are read without a tree; one with runs is read again as one.
    let (mut text, mut in_text, mut rich, mut start, mut level) = (String::new(), false, false, 0, 0usize);
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event().map_err(|error| damaged(error, part))? {
            Event::Start(tag) => {
                level += 1;
                if level > depth {
                    return Err(too_deep(depth, part));
                }
                match tag.local_name().as_ref() {
                    "si" => (text, rich, start) = (String::new(), false, before),
                    "t" => in_text = true,
                    "r" | "rPh" => rich = true,
                    _ => {}
                }
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(Rich::default()),
            Event::End(tag) => {
                level = level.saturating_sub(1);
                match tag.local_name().as_ref() {
                    "t" => in_text = false,
                    "si" if rich => {
                        let whole = xml.get(start..reader.buffer_position() as usize).unwrap_or_default();
                        strings.push(Rich::parse(&Element::parse(whole, part, depth)?, colours));
                    }
                    "si" => strings.push(Rich::plain(&text)),
                    _ => {}
                }
            }
            Event::Text(piece) if in_text => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if in_text => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if in_text => text.push_str(&resolve(&reference)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Resolves `_x000D_`, the way spreadsheets write signs that XML cannot hold.
fn unescape(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                if !character.is_control() || matches!(character, '\n' | '\r' | '\t') {
                    out.push(character);
                }
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_xml_cannot_hold() {
        assert_eq!(unescape("a_x000D_b_x005F_x_xå"), "a\rb_x_xå");
        assert_eq!(unescape("_x00"), "_x00");
    }

    #[test]
    fn plain_and_rich_strings_in_order() {
        let xml = "<sst><si><t>a &amp; b</t></si><si/><si><r><rPr><b/></rPr><t>fet</t></r><r><t xml:space=\"preserve\"> ej</t></r>\
                   <rPh><t>uttal</t></rPh></si></sst>";
        let strings = shared(xml, "x", 20, &Colours::default()).unwrap();
        let spans: Vec<Vec<(String, bool)>> = strings
            .iter()
            .map(|rich| rich.spans(Look::default()).into_iter().map(|span| (span.text, span.bold)).collect())
            .collect();
        assert_eq!(spans[0], [("a & b".to_owned(), false)]);
        assert!(spans[1].is_empty());
        assert_eq!(spans[2], [("fet".to_owned(), true), (" ej".to_owned(), false)]);
    }
}

//! A part's elements with the places where they stand in its text, so that little is changed and the rest stays as it is.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// WordprocessingML in both editions of the standard.
pub(super) const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// The number of an element.
pub(super) type Id = usize;

/// The elements of a part in document order.
#[derive(Debug)]
pub(super) struct Spans<'s> {
    pub(super) text: &'s str,
    spans: Vec<Span<'s>>,
    /// What the part writes before the names of Word's own elements, with the colon.
    pub(super) w: String,
    /// How many elements have a prefix that nothing declares.
    pub(super) unbound: usize,
}

#[derive(Debug)]
struct Span<'s> {
    local: &'s str,
    word: bool,
    tag: Range<usize>,
    /// The end tag; empty where the element has none.
    close: Range<usize>,
    parent: Option<Id>,
    /// One past the last element in it.
    end: Id,
}

impl<'s> Spans<'s> {
    /// Parses a part.
    pub(super) fn parse(text: &'s str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let mut found = Self { text, spans: Vec::with_capacity(text.len() / 48), w: String::new(), unbound: 0 };
        let mut open: Vec<(Id, usize)> = Vec::new();
        let mut bindings: Vec<(&str, bool)> = Vec::new();
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let at = from..position(&reader);
            match event {
                Event::Start(start) => {
                    let scope = bindings.len();
                    let id = found.start(&start, at, open.last().map(|(id, _)| *id), &mut bindings)?;
                    open.push((id, scope));
                }
                Event::Empty(start) => {
                    let scope = bindings.len();
                    let id = found.start(&start, at, open.last().map(|(id, _)| *id), &mut bindings)?;
                    found.spans[id].close = found.spans[id].tag.end..found.spans[id].tag.end;
                    bindings.truncate(scope);
                }
                Event::End(_) => {
                    let (id, scope) = open.pop().ok_or("ett element stängs som inte är öppet")?;
                    found.spans[id].close = at;
                    found.spans[id].end = found.spans.len();
                    bindings.truncate(scope);
                }
                Event::Eof if open.is_empty() => return Ok(found),
                Event::Eof => return Err("texten slutar mitt i".to_owned()),
                _ => {}
            }
        }
    }

    fn start(
        &mut self,
        start: &BytesStart<'s>,
        at: Range<usize>,
        parent: Option<Id>,
        bindings: &mut Vec<(&'s str, bool)>,
    ) -> Result<Id, String> {
        for (key, value) in attributes(self.text, at.clone()) {
            let prefix = match &self.text[key.clone()] {
                "xmlns" => Some(""),
                key_text => key_text.strip_prefix("xmlns:").map(|prefix| {
                    let from = key.end - prefix.len();
                    &self.text[from..key.end]
                }),
            };
            if let Some(prefix) = prefix {
                let word = WORD.contains(&self.text[value].trim());
                bindings.push((prefix, word));
                if word && self.w.is_empty() && !prefix.is_empty() {
                    self.w = format!("{prefix}:");
                }
            }
        }
        let name_at = at.start + 1;
        let name = self.text.get(name_at..name_at + start.name().as_ref().len()).ok_or("ett namn hittas inte")?;
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let bound = bindings.iter().rev().find(|(known, _)| *known == prefix);
        self.unbound += usize::from(bound.is_none() && !matches!(prefix, "" | "xml"));
        let word = bound.is_some_and(|(_, word)| *word);
        let id = self.spans.len();
        self.spans.push(Span { local, word, tag: at.clone(), close: at.end..at.end, parent, end: id + 1 });
        Ok(id)
    }

    /// The element whose name, without prefix, stands at this place.
    pub(super) fn at(&self, position: usize) -> Option<Id> {
        let id = self.spans.partition_point(|span| span.tag.start <= position).checked_sub(1)?;
        let span = &self.spans[id];
        let local = span.local.as_ptr() as usize - self.text.as_ptr() as usize;
        (local == position).then_some(id)
    }

    pub(super) fn local(&self, id: Id) -> &'s str {
        self.spans[id].local
    }

    /// Whether it is Word's element of that name.
    pub(super) fn is(&self, id: Id, local: &str) -> bool {
        self.spans[id].word && self.spans[id].local == local
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.spans[id].parent
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.spans[id].end;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.spans[child].end;
                child
            })
        })
    }

    /// All elements in it, in document order.
    pub(super) fn descendants(&self, id: Id) -> Range<Id> {
        id + 1..self.spans[id].end
    }

    pub(super) fn child(&self, id: Id, local: &str) -> Option<Id> {
        self.children(id).find(|&child| self.is(child, local))
    }

    /// The start tag.
    pub(super) fn tag(&self, id: Id) -> Range<usize> {
        self.spans[id].tag.clone()
    }

    /// What stands between its tags.
    pub(super) fn inside(&self, id: Id) -> Range<usize> {
        self.spans[id].tag.end..self.spans[id].close.start
    }

    /// The whole element.
    pub(super) fn whole(&self, id: Id) -> Range<usize> {
        self.spans[id].tag.start..self.spans[id].close.end
    }

    /// Whether it has one tag only.
    pub(super) fn is_single(&self, id: Id) -> bool {
        self.spans[id].close.is_empty()
    }

    /// The whole element as it is written.
    pub(super) fn source(&self, id: Id) -> &'s str {
        &self.text[self.whole(id)]
    }

    /// An attribute's value as it is written, and where; its prefix does not count.
    pub(super) fn attribute(&self, id: Id, local: &str) -> Option<(Range<usize>, &'s str)> {
        let named = |key: &Range<usize>| {
            let key = &self.text[key.clone()];
            key.rsplit(':').next() == Some(local) && !key.starts_with("xmlns")
        };
        attributes(self.text, self.tag(id))
            .find(|(key, _)| named(key))
            .map(|(_, value)| (value.clone(), &self.text[value]))
    }

    pub(super) fn value(&self, id: Id, local: &str) -> Option<&'s str> {
        self.attribute(id, local).map(|(_, value)| value)
    }

    /// Whether the part is of the strict edition of the standard.
    pub(super) fn is_strict(&self) -> bool {
        self.spans.first().is_some_and(|root| self.text[root.tag.clone()].contains(WORD[1]))
    }

    /// The names of namespaces that an element and its owners declare below the part's root, as attributes: a copy of
    /// it needs them elsewhere.
    pub(super) fn declarations(&self, id: Id) -> String {
        let mut known: Vec<&str> = Vec::new();
        let mut out = String::new();
        let mut at = Some(id);
        while let Some(element) = at.filter(|&element| self.parent(element).is_some()) {
            for (key, value) in attributes(self.text, self.tag(element)) {
                let name = &self.text[key.clone()];
                if (name == "xmlns" || name.starts_with("xmlns:")) && !known.contains(&name) {
                    known.push(name);
                    out.push(' ');
                    out.push_str(&self.text[key.start..value.end + 1]);
                }
            }
            at = self.parent(element);
        }
        out
    }

    /// The nearest of its owners that is Word's element of that name.
    pub(super) fn owner(&self, id: Id, local: &str) -> Option<Id> {
        let mut at = self.parent(id);
        while let Some(owner) = at {
            if self.is(owner, local) {
                return Some(owner);
            }
            at = self.parent(owner);
        }
        None
    }

    pub(super) fn ids(&self) -> Range<Id> {
        0..self.spans.len()
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Where the names and values of a start tag's attributes stand.
fn attributes(text: &str, tag: Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
    let bytes = text.as_bytes();
    let mut at = tag.start + 1;
    while at < tag.end && !bytes[at].is_ascii_whitespace() {
        at += 1;
    }
    std::iter::from_fn(move || {
        while at < tag.end && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let key = at;
        while at < tag.end && bytes[at] != b'=' && !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let key = key..at;
        while at < tag.end && (bytes[at] == b'=' || bytes[at].is_ascii_whitespace()) {
            at += 1;
        }
        if at >= tag.end {
            return None;
        }
        let quote = *bytes.get(at).filter(|quote| matches!(quote, b'"' | b'\''))?;
        let value = at + 1;
        let end = bytes[value..tag.end].iter().position(|&byte| byte == quote)? + value;
        at = end + 1;
        Some((key, value..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_place() {
        let text = "<?xml version=\"1.0\"?><x:a xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'><x:tc x:val = \"1 > 0\"/><!-- <x:tc> --><y/></x:a>";
        let spans = Spans::parse(text).unwrap();
        let tc = spans.at(text.find("tc").unwrap()).unwrap();
        assert!(spans.is(tc, "tc") && spans.is_single(tc));
        assert_eq!(spans.value(tc, "val"), Some("1 > 0"));
        assert_eq!((spans.w.as_str(), spans.children(0).count()), ("x:", 2));
        assert_eq!(spans.source(tc), "<x:tc x:val = \"1 > 0\"/>");
        assert!(Spans::parse("<a><b></a>").is_err());
    }
}

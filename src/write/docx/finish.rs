//! What a rendered part still needs before Word can open it, and the proof that it is well-formed.
//!
//! - a cell, header, footer or text box that a loop emptied gets the paragraph it must have;
//! - a table or row that lost all its rows or cells goes, and two tables that met are kept apart;
//! - bookmarks and drawings that a loop repeated get numbers of their own, a repeated bookmark name goes;
//! - links get their relationships.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::write::WriteError;
use crate::write::template::package::Relationship;
use crate::write::template::xml::{is_allowed, resolve, unescape};

/// Before a link's target, until it has a relationship.
pub(super) const LINK_MARK: &str = "hp-link:";

const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// The names that what the writer draws needs on a part's root.
pub(super) const NAMESPACES: [(&str, &str); 8] = [
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
];

/// Numbers that run through all parts of a document.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    drawing: usize,
    bookmark: usize,
    bookmark_names: HashSet<String>,
}

/// An open element, as far as it matters.
struct Open {
    kind: Kind,
    /// Where its text starts in the output.
    start: usize,
    /// What the last child was.
    last: Option<Kind>,
    /// Whether it has a row (a table) or a cell (a row).
    filled: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Table,
    Row,
    Cell,
    /// Something else that must end in a paragraph.
    Story,
    Body,
    /// Wrappers and whatever has no text of its own.
    Other,
}

fn kind(name: &str) -> Kind {
    match name {
        "w:p" => Kind::Paragraph,
        "w:tbl" => Kind::Table,
        "w:tr" => Kind::Row,
        "w:tc" => Kind::Cell,
        "w:hdr" | "w:ftr" | "w:txbxContent" | "w:footnote" | "w:endnote" | "w:comment" => Kind::Story,
        "w:body" => Kind::Body,
        _ => Kind::Other,
    }
}

/// Finishes a part; the relationships are those of its links.
pub(super) fn finish(
    rendered: &str,
    part: &str,
    numbers: &mut Numbers,
) -> Result<(String, Vec<Relationship>), WriteError> {
    let malformed = |what: String| WriteError::Malformed { what, part: part.to_owned() };
    if !rendered.chars().all(is_allowed) {
        return Err(malformed("ett styrtecken som Word inte tillåter".to_owned()));
    }
    let mut finisher = Finisher {
        out: String::with_capacity(rendered.len() + rendered.len() / 8),
        open: Vec::new(),
        numbers,
        bookmarks: HashMap::new(),
        links: Vec::new(),
        rendered,
        rooted: false,
    };
    let mut reader = Reader::from_str(rendered);
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| malformed(error.to_string()))?;
        let raw = &rendered[from..reader.buffer_position() as usize];
        match event {
            Event::Start(start) => finisher.start(&start, raw, false).map_err(malformed)?,
            Event::Empty(start) => finisher.start(&start, raw, true).map_err(malformed)?,
            Event::End(_) => finisher.end(raw),
            Event::GeneralRef(entity) => {
                resolve(&entity).map_err(malformed)?;
                finisher.out.push_str(raw);
            }
            Event::Eof => break,
            _ => finisher.out.push_str(raw),
        }
    }
    if let Some(open) = finisher.open.last() {
        let tag: String = finisher.out[open.start..].chars().take(40).collect();
        return Err(malformed(format!("elementet {tag} stängs aldrig")));
    }
    Ok((finisher.out, finisher.links))
}

struct Finisher<'a> {
    out: String,
    open: Vec<Open>,
    numbers: &'a mut Numbers,
    /// The number a bookmark's start got, by the number it had; none where the bookmark goes.
    bookmarks: HashMap<String, Option<usize>>,
    links: Vec<Relationship>,
    rendered: &'a str,
    rooted: bool,
}

impl Finisher<'_> {
    fn start(&mut self, start: &BytesStart<'_>, raw: &str, empty: bool) -> Result<(), String> {
        let name = start.name();
        let name = name.as_ref();
        let kind = kind(name);
        let parent = self.open.last();
        let after_table = parent.is_some_and(|parent| parent.last == Some(Kind::Table));
        let in_body = parent.is_some_and(|parent| parent.kind == Kind::Body);
        let after_nothing = parent.is_some_and(|parent| parent.last.is_none());
        let ends_body = name == "w:sectPr" && in_body;
        if after_table && (kind == Kind::Table || ends_body) || after_nothing && ends_body {
            self.out.push_str("<w:p/>");
        }
        let from = self.out.len();
        match name {
            _ if !self.rooted => {
                self.rooted = true;
                self.root(start, empty)?;
            }
            "w:bookmarkStart" => self.bookmark_start(start, empty)?,
            "w:bookmarkEnd" => self.bookmark_end(start, empty)?,
            "wp:docPr" => {
                self.numbers.drawing += 1;
                let id = self.numbers.drawing.to_string();
                self.rewrite(start, empty, "id", &id)?;
            }
            "w:hyperlink" => match attribute(start, "r:id")?.as_deref().and_then(|id| id.strip_prefix(LINK_MARK)) {
                Some(target) => {
                    let id = self.link(&unescape(target));
                    self.rewrite(start, empty, "r:id", &id)?;
                }
                None => self.out.push_str(raw),
            },
            _ => self.out.push_str(raw),
        }
        if !empty {
            self.open.push(Open { kind, start: from, last: None, filled: false });
        } else if matches!(kind, Kind::Table | Kind::Row) {
            self.out.truncate(from);
        } else {
            if kind == Kind::Cell {
                self.out.truncate(from);
                self.out.push_str("<w:tc><w:p/></w:tc>");
            }
            self.child(kind);
        }
        Ok(())
    }

    fn end(&mut self, raw: &str) {
        let Some(open) = self.open.pop() else { return };
        match open.kind {
            Kind::Table | Kind::Row if !open.filled => {
                self.out.truncate(open.start);
                return;
            }
            Kind::Cell | Kind::Story if open.last != Some(Kind::Paragraph) => self.out.push_str("<w:p/>"),
            _ => {}
        }
        self.out.push_str(raw);
        self.child(open.kind);
    }

    /// Tells the parent of a child that stays.
    fn child(&mut self, kind: Kind) {
        let wrapped = |open: &Open| open.kind == Kind::Other;
        // A row in a content control fills the table around it, too.
        if matches!(kind, Kind::Row | Kind::Cell)
            && let Some(outer) = self.open.iter_mut().rev().find(|open| !wrapped(open))
        {
            outer.filled = true;
        }
        if let Some(parent) = self.open.last_mut()
            && (kind != Kind::Other || parent.last != Some(Kind::Table))
        {
            parent.last = Some(kind);
        }
    }

    fn root(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let mut attributes = attributes(start)?;
        let mut declare = |prefix: &str, uri: &str| {
            let name = format!("xmlns:{prefix}");
            if !attributes.iter().any(|(key, _)| *key == name) {
                attributes.push((name, uri.to_owned()));
            }
        };
        let mut word2010 = false;
        for (prefix, uri) in NAMESPACES {
            if self.rendered.contains(&format!("<{prefix}:")) || (prefix == "r" && self.rendered.contains(LINK_MARK)) {
                declare(prefix, uri);
                word2010 |= prefix == "w14";
            }
        }
        if word2010 {
            declare(NAMESPACES[1].0, NAMESPACES[1].1);
            match attributes.iter_mut().find(|(key, _)| key == "mc:Ignorable") {
                Some((_, ignored)) if ignored.split(' ').any(|prefix| prefix == "w14") => {}
                Some((_, ignored)) => ignored.push_str(" w14"),
                None => attributes.push(("mc:Ignorable".to_owned(), "w14".to_owned())),
            }
        }
        self.tag(start.name().as_ref(), &attributes, empty);
        Ok(())
    }

    fn bookmark_start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let old = attribute(start, "w:id")?.unwrap_or_default();
        let name = attribute(start, "w:name")?.unwrap_or_default();
        // Word tells no bookmarks apart by case.
        if !self.numbers.bookmark_names.insert(name.to_lowercase()) {
            self.bookmarks.insert(old, None);
            return Ok(());
        }
        let id = self.numbers.bookmark;
        self.numbers.bookmark += 1;
        self.bookmarks.insert(old, Some(id));
        self.rewrite(start, empty, "w:id", &id.to_string())
    }

    fn bookmark_end(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let old = attribute(start, "w:id")?.unwrap_or_default();
        match self.bookmarks.remove(&old) {
            Some(Some(id)) => self.rewrite(start, empty, "w:id", &id.to_string()),
            // The end of one that went, or that a condition cut off from its start.
            _ => Ok(()),
        }
    }

    /// The relationship of a link's target; the same target has one.
    fn link(&mut self, target: &str) -> String {
        if let Some(link) = self.links.iter().find(|link| link.target == target) {
            return link.id.clone();
        }
        let id = format!("rIdHpLink{}", self.links.len() + 1);
        self.links.push(Relationship { id: id.clone(), kind: HYPERLINK, target: target.to_owned(), external: true });
        id
    }

    /// The element with another value of one attribute.
    fn rewrite(&mut self, start: &BytesStart<'_>, empty: bool, name: &str, value: &str) -> Result<(), String> {
        let mut attributes = attributes(start)?;
        match attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => value.clone_into(old),
            None => attributes.push((name.to_owned(), value.to_owned())),
        }
        self.tag(start.name().as_ref(), &attributes, empty);
        Ok(())
    }

    fn tag(&mut self, name: &str, attributes: &[(String, String)], empty: bool) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push_str(&format!(" {key}=\"{}\"", value.replace('"', "&quot;")));
        }
        self.out.push_str(if empty { "/>" } else { ">" });
    }
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.map_err(|error| error.to_string())?;
            Ok((attribute.key.as_ref().to_owned(), attribute.value.into_owned()))
        })
        .collect()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    Ok(attributes(start)?.into_iter().find(|(key, _)| key == name).map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(xml: &str) -> String {
        finish(xml, "test", &mut Numbers::default()).unwrap().0
    }

    #[test]
    fn what_a_loop_emptied_stays_valid() {
        assert_eq!(
            finished("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>"),
            "<w:tbl><w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr></w:tbl>"
        );
        assert_eq!(
            finished("<w:body><w:p/><w:tbl><w:tblPr/></w:tbl><w:sectPr/></w:body>"),
            "<w:body><w:p/><w:sectPr/></w:body>"
        );
    }

    #[test]
    fn tables_that_meet_are_kept_apart() {
        let table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
        assert_eq!(
            finished(&format!("<w:body>{table}{table}<w:sectPr/></w:body>")),
            format!("<w:body>{table}<w:p/>{table}<w:p/><w:sectPr/></w:body>")
        );
    }

    #[test]
    fn repeated_bookmarks_get_numbers_of_their_own() {
        let pair = |name: &str| format!("<w:bookmarkStart w:id=\"0\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"0\"/>");
        assert_eq!(
            finished(&format!("<w:p>{}{}{}</w:p>", pair("a"), pair("b"), pair("A"))),
            "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"a\"/><w:bookmarkEnd w:id=\"0\"/>\
             <w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:bookmarkEnd w:id=\"1\"/></w:p>"
        );
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for wrong in ["<w:p>", "<w:p></w:r>", "<w:p>&nix;</w:p>", "<w:p>\u{1}</w:p>"] {
            assert!(finish(wrong, "test", &mut Numbers::default()).is_err(), "{wrong}");
        }
    }
}

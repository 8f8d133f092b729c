//! Parses XML parts into trees.
//!
//! `mc:AlternateContent` is resolved on the way: the first understood choice, else the fallback,
//! takes its place, so that nobody above can count both. Entities of a DTD are never expanded;
//! they stay as they are written.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::{Limits, ReadError};

use super::Ns;
use super::tree::{Attribute, Node, Tree};

/// More elements than any document that people write has; each costs about 60 bytes.
const MAX_ELEMENTS: usize = 10_000_000;
/// More namespace prefixes than any program declares; each element searches them.
const MAX_BINDINGS: usize = 512;
/// The walkers recurse once or twice a level, so that the cap an option may raise has a cap too.
const MAX_DEPTH: usize = 1024;

/// What to do with an element while parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Keep it and what is in it.
    Yes,
    /// Leave it out unread, up to the next end tag of its name: it must not be nested in itself.
    No,
}

/// An open element.
enum Open<'a> {
    /// In the tree.
    Kept { name: &'a str, id: u32, bindings: usize },
    /// Stands for its content (`mc:AlternateContent`; `taken` once a branch is chosen).
    Transparent { name: &'a str, bindings: usize, taken: bool },
}

impl<'a> Tree<'a> {
    /// Parses a whole part.
    pub(crate) fn parse(source: &'a str, part: &str, limits: &Limits) -> Result<Self, ReadError> {
        Self::parse_some(source, part, limits, |_, _, _| Keep::Yes)
    }

    /// Parses a part without the elements that `keep` leaves out; it is given an element's
    /// namespace, name and raw tag.
    pub(crate) fn parse_some(
        source: &'a str,
        part: &str,
        limits: &Limits,
        keep: impl Fn(Ns, &str, &str) -> Keep,
    ) -> Result<Self, ReadError> {
        Parser {
            source,
            part,
            tree: Self { source, elements: Vec::with_capacity(source.len() / 48), attributes: Vec::new() },
            open: Vec::with_capacity(32),
            bindings: vec![("xml", Ns::Xml)],
            max_depth: limits.xml_depth.min(MAX_DEPTH),
        }
        .run(keep)
    }
}

/// What became of a start tag.
enum Started {
    /// It is open.
    Open,
    /// Left out on the caller's wish.
    LeftOut,
    /// A branch of alternatives that is not taken.
    NotTaken,
}

struct Parser<'a, 'p> {
    source: &'a str,
    part: &'p str,
    tree: Tree<'a>,
    open: Vec<Open<'a>>,
    bindings: Vec<(&'a str, Ns)>,
    max_depth: usize,
}

impl<'a> Parser<'a, '_> {
    fn run(mut self, keep: impl Fn(Ns, &str, &str) -> Keep) -> Result<Tree<'a>, ReadError> {
        let mut rest = self.source;
        let mut reader = new_reader(rest);
        // How deep inside a branch that is not taken.
        let mut outside = 0_usize;
        loop {
            let event = reader.read_event().map_err(|error| self.broken(error))?;
            match event {
                Event::Eof if self.open.is_empty() && !self.tree.elements.is_empty() => return Ok(self.tree),
                Event::Eof => return Err(self.damaged("XML-koden slutar mitt i")),
                Event::Start(_) if outside > 0 => outside += 1,
                Event::End(_) if outside > 0 => outside -= 1,
                _ if outside > 0 => {}
                Event::Start(tag) => {
                    let name = self.borrowed(tag.name().into_inner())?;
                    match self.start(&tag, name, &keep)? {
                        Started::Open => {}
                        Started::NotTaken => outside = 1,
                        Started::LeftOut => {
                            let position = usize::try_from(reader.buffer_position()).unwrap_or(rest.len());
                            rest = self.after_end(rest.get(position..).unwrap_or(""), name)?;
                            reader = new_reader(rest);
                        }
                    }
                }
                Event::Empty(tag) => {
                    let name = self.borrowed(tag.name().into_inner())?;
                    if let Started::Open = self.start(&tag, name, &keep)? {
                        self.end(name)?;
                    }
                }
                Event::End(tag) => self.end(tag.name().into_inner())?,
                Event::Text(text) => self.text(text.into_inner()),
                Event::CData(text) => self.text(text.into_inner()),
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Cow::Owned(c.to_string()),
                        _ => match quick_xml::escape::resolve_predefined_entity(&reference) {
                            Some(text) => Cow::Borrowed(text),
                            None => Cow::Owned(format!("&{};", &*reference)),
                        },
                    };
                    self.text(text);
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn start(
        &mut self,
        tag: &BytesStart<'a>,
        name: &'a str,
        keep: &impl Fn(Ns, &str, &str) -> Keep,
    ) -> Result<Started, ReadError> {
        if self.open.len() >= self.max_depth {
            let what = format!("XML-koden i {} är nästlad djupare än {} nivåer", self.part, self.max_depth);
            return Err(hostile(what));
        }
        if self.tree.elements.len() >= MAX_ELEMENTS {
            return Err(hostile(format!("{} har fler än {MAX_ELEMENTS} XML-element", self.part)));
        }
        let bindings = self.bindings.len();
        let first_attribute = self.tree.attributes.len();
        self.attributes(tag)?;
        if self.bindings.len() > MAX_BINDINGS {
            return Err(hostile(format!("{} har fler än {MAX_BINDINGS} XML-namnrymder", self.part)));
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let ns = self.namespace(prefix);
        let branch = if ns == Ns::Mc { self.branch(local, first_attribute) } else { Branch::None };
        let started = match branch {
            Branch::NotTaken => Started::NotTaken,
            _ if keep(ns, local, tag) == Keep::No => Started::LeftOut,
            _ => Started::Open,
        };
        if !matches!(started, Started::Open) {
            self.tree.attributes.truncate(first_attribute);
            self.bindings.truncate(bindings);
        } else if branch == Branch::Transparent {
            self.tree.attributes.truncate(first_attribute);
            self.open.push(Open::Transparent { name, bindings, taken: false });
        } else {
            let id = index(self.tree.elements.len());
            self.tree.elements.push(Node {
                ns,
                local,
                end: id + 1,
                attributes: index(first_attribute),
                attribute_count: index(self.tree.attributes.len() - first_attribute),
                text: Cow::Borrowed(""),
            });
            self.open.push(Open::Kept { name, id, bindings });
        }
        Ok(started)
    }

    /// Takes in a tag's attributes and the prefixes it declares.
    fn attributes(&mut self, tag: &BytesStart<'a>) -> Result<(), ReadError> {
        let first = self.tree.attributes.len();
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(error))?;
            let key = self.borrowed(attribute.key.into_inner())?;
            let value = unescape(self.borrowed(&attribute.value)?);
            match key.strip_prefix("xmlns") {
                Some("") => self.bindings.push(("", Ns::of(value.trim()))),
                Some(prefix) if prefix.starts_with(':') => self.bindings.push((&prefix[1..], Ns::of(value.trim()))),
                // The whole name, until all prefixes of the tag are known.
                _ => self.tree.attributes.push(Attribute { ns: Ns::None, local: key, value }),
            }
        }
        for number in first..self.tree.attributes.len() {
            if let Some((prefix, local)) = self.tree.attributes[number].local.split_once(':') {
                let ns = self.namespace(prefix);
                let attribute = &mut self.tree.attributes[number];
                (attribute.ns, attribute.local) = (ns, local);
            }
        }
        Ok(())
    }

    /// What an element of markup compatibility comes to.
    fn branch(&mut self, local: &str, first_attribute: usize) -> Branch {
        let understood = match local {
            "AlternateContent" => return Branch::Transparent,
            "Fallback" => true,
            "Choice" => {
                let own = &self.tree.attributes[first_attribute..];
                let requires = own.iter().find(|attribute| attribute.local == "Requires");
                requires.is_some_and(|requires| {
                    requires.value.split_whitespace().all(|prefix| self.namespace(prefix).is_understood())
                })
            }
            _ => return Branch::None,
        };
        match self.open.last_mut() {
            Some(Open::Transparent { taken, .. }) if understood && !*taken => {
                *taken = true;
                Branch::Transparent
            }
            Some(Open::Transparent { .. }) => Branch::NotTaken,
            // Outside any alternatives it means nothing; what is in it is still shown.
            _ => Branch::Transparent,
        }
    }

    fn end(&mut self, end_name: &str) -> Result<(), ReadError> {
        let (name, bindings) = match self.open.pop() {
            Some(Open::Kept { name, id, bindings }) => {
                self.tree.elements[id as usize].end = index(self.tree.elements.len());
                (name, bindings)
            }
            Some(Open::Transparent { name, bindings, .. }) => (name, bindings),
            None => return Err(self.damaged("XML-koden stänger ett element som inte är öppet")),
        };
        self.bindings.truncate(bindings);
        if name == end_name {
            return Ok(());
        }
        Err(self.damaged("XML-koden stänger ett annat element än det som är öppet"))
    }

    fn text(&mut self, text: Cow<'a, str>) {
        let Some(Open::Kept { id, .. }) = self.open.last() else { return };
        let has_children = self.tree.elements.len() > *id as usize + 1;
        let node = &mut self.tree.elements[*id as usize];
        if node.text.is_empty() {
            if !(has_children && text.trim_ascii().is_empty()) {
                node.text = text;
            }
        } else if !(has_children && text.trim_ascii().is_empty()) {
            node.text.to_mut().push_str(&text);
        }
    }

    fn namespace(&self, prefix: &str) -> Ns {
        match self.bindings.iter().rev().find(|(known, _)| *known == prefix) {
            Some(&(_, ns)) => ns,
            None if prefix.is_empty() => Ns::None,
            None => Ns::Other,
        }
    }

    /// A piece of the source with the source's own lifetime, which quick-xml's tags do not give.
    fn borrowed(&self, piece: &str) -> Result<&'a str, ReadError> {
        let start = (piece.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        let found = self.source.get(start..start.saturating_add(piece.len()));
        found.ok_or_else(|| self.damaged("XML-koden kan inte tolkas"))
    }

    fn after_end(&self, rest: &'a str, name: &str) -> Result<&'a str, ReadError> {
        let end = format!("</{name}");
        let start = rest.find(&end).ok_or_else(|| self.damaged("XML-koden slutar mitt i"))?;
        let rest = &rest[start + end.len()..];
        rest.find('>').map(|close| &rest[close + 1..]).ok_or_else(|| self.damaged("XML-koden slutar mitt i"))
    }

    fn damaged(&self, what: impl Into<String>) -> ReadError {
        ReadError::damaged(what, Some(self.part))
    }

    fn broken(&self, error: impl std::error::Error + Send + Sync + 'static) -> ReadError {
        ReadError::Damaged {
            what: "XML-koden är trasig".to_owned(),
            part: Some(self.part.to_owned()),
            source: Some(Box::new(error)),
        }
    }
}

/// What an element of markup compatibility comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Branch {
    /// An ordinary element.
    None,
    /// Its content takes its place.
    Transparent,
    /// It is not shown.
    NotTaken,
}

/// The parser checks end tags itself, since it may start anew after what it leaves out.
fn new_reader(source: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// `MAX_ELEMENTS` keeps all numbers far below the limit.
fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn unescape(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

fn hostile(what: String) -> ReadError {
    let help = "Ett vanligt dokument är aldrig sådant: filen är skadad eller gjord för att störa. \
                Öppna den i sitt eget program och spara en ny kopia.";
    ReadError::TooLarge { what, help: help.to_owned() }
}

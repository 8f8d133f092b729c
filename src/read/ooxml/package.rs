//! The container: a zip of parts that point at each other through relationships.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::{Limits, ReadError};

use super::{Element, Ns, Tree};

/// Text packs to a tenth or so; what unpacks to more than this many times its size, and is large, is a bomb.
const MAX_RATIO: u64 = 300;
/// Below this size no ratio is suspicious.
const SMALL: u64 = 32 << 20;

/// An Office file.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    /// How many bytes may still be unpacked.
    budget: Cell<u64>,
}

/// The relationships of one part.
#[derive(Debug, Default)]
pub(crate) struct Relationships {
    all: Vec<Relationship>,
    by_id: BTreeMap<String, usize>,
}

/// One part's pointer to another part or out of the file.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// The last word of its type, which strict and transitional files share ("styles").
    pub(crate) kind: String,
    /// The part's full name, or the address outside the file.
    pub(crate) target: String,
    /// Out of the file.
    pub(crate) external: bool,
}

impl Relationships {
    /// The one with this id.
    pub(crate) fn get(&self, id: &str) -> Option<&Relationship> {
        self.by_id.get(id).map(|&number| &self.all[number])
    }

    /// Those of one kind inside the file, in the file's order.
    pub(crate) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Relationship> {
        self.all.iter().filter(move |relationship| relationship.kind == kind && !relationship.external)
    }

    /// The part of one kind.
    pub(crate) fn part(&self, kind: &str) -> Option<&str> {
        self.of_kind(kind).next().map(|relationship| relationship.target.as_str())
    }
}

impl<'a> Package<'a> {
    /// Opens the container.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| container_error(error, bytes))?;
        Ok(Self { archive, limits: *limits, budget: Cell::new(limits.unpacked_bytes) })
    }

    /// The caps it was opened with.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether there is a part of that name.
    pub(crate) fn has(&self, part: &str) -> bool {
        self.index_of(part).is_some()
    }

    /// The main part and its content type ("application/…wordprocessingml.document.main+xml").
    pub(crate) fn main_part(&self) -> Result<Option<(String, String)>, ReadError> {
        let from_root = self.relationships("")?.part("officeDocument").map(str::to_owned);
        let types = self.content_types()?;
        let known = ["word/document.xml", "ppt/presentation.xml", "xl/workbook.xml", "xl/workbook.bin"];
        let main = from_root
            .filter(|part| self.has(part))
            .or_else(|| {
                types.overrides.iter().find(|(_, kind)| kind.contains(".main+xml")).map(|(part, _)| part.clone())
            })
            .or_else(|| known.iter().find(|part| self.has(part)).map(|part| (*part).to_owned()));
        Ok(main.map(|part| {
            let kind = types.of(&part).to_owned();
            (part, kind)
        }))
    }

    /// What a part points at; nothing where it has no relationships.
    pub(crate) fn relationships(&self, part: &str) -> Result<Relationships, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        if !self.has(&rels) {
            return Ok(Relationships::default());
        }
        let source = self.text(&rels)?;
        let tree = Tree::parse(&source, &rels, &self.limits)?;
        let mut relationships = Relationships::default();
        for element in tree.root().into_iter().flat_map(Element::children) {
            let Some(target) = element.attribute(Ns::None, "Target") else { continue };
            let external = element.attribute(Ns::None, "TargetMode").is_some_and(|mode| mode == "External");
            let kind = element.attribute(Ns::None, "Type").unwrap_or_default();
            let id = element.attribute(Ns::None, "Id").unwrap_or_default().to_owned();
            relationships.by_id.insert(id, relationships.all.len());
            relationships.all.push(Relationship {
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if external { target.to_owned() } else { resolve(folder, target) },
                external,
            });
        }
        Ok(relationships)
    }

    /// A part's text.
    pub(crate) fn text(&self, part: &str) -> Result<String, ReadError> {
        decode(self.bytes(part)?, part)
    }

    /// A part's bytes, within what is left of the budget.
    pub(crate) fn bytes(&self, part: &str) -> Result<Vec<u8>, ReadError> {
        let index = self.index_of(part).ok_or_else(|| ReadError::damaged("delen saknas", Some(part)))?;
        // A clone of the archive is a cursor and a counted pointer.
        let mut archive = self.archive.clone();
        let entry = archive.by_index(index).map_err(|error| part_error(error, part))?;
        let (packed, declared) = (entry.compressed_size(), entry.size());
        let budget = self.budget.get();
        // Who raises the cap says that the file is to be trusted.
        let trusted = self.limits.unpacked_bytes > Limits::default().unpacked_bytes;
        let cap = if trusted { budget } else { budget.min(SMALL.max(packed.saturating_mul(MAX_RATIO))) };
        if declared > cap {
            return Err(self.too_large(part));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        // The sizes a zip declares may lie: only what comes out counts.
        let read = entry.take(cap + 1).read_to_end(&mut bytes).map_err(|error| damaged(error, part))?;
        let read = read as u64;
        if read > cap {
            return Err(self.too_large(part));
        }
        self.budget.set(budget - read);
        Ok(bytes)
    }

    /// Unpacks every part once and throws it away: for a reader that knows no cap.
    pub(crate) fn check_size(&self) -> Result<(), ReadError> {
        let mut archive = self.archive.clone();
        let mut left = self.budget.get();
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index(index) else { continue };
            let size = std::io::copy(&mut entry.take(left.saturating_add(1)), &mut std::io::sink()).unwrap_or(0);
            left = left.checked_sub(size).ok_or_else(|| self.too_large("filen"))?;
        }
        Ok(())
    }

    fn too_large(&self, part: &str) -> ReadError {
        ReadError::TooLarge {
            what: format!(
                "{part} packas upp till orimligt mycket (filens delar får tillsammans vara högst {} MB)",
                self.limits.unpacked_bytes >> 20
            ),
            help:
                "Filen kan vara en så kallad zip-bomb. Är den äkta: höj gränsen med --max-size, eller öppna den i sitt \
                   eget program, ta bort det som inte behövs och spara en ny kopia."
                    .to_owned(),
        }
    }

    /// Part names are equal in any case; some producers write backslashes.
    fn index_of(&self, part: &str) -> Option<usize> {
        self.archive.index_for_name(part).or_else(|| {
            let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b) || (a == b'\\' && b == b'/');
            let mut names = self.archive.file_names_raw();
            names.position(|name| name.len() == part.len() && name.iter().copied().zip(part.bytes()).all(same))
        })
    }

    fn content_types(&self) -> Result<ContentTypes, ReadError> {
        const PART: &str = "[Content_Types].xml";
        let mut types = ContentTypes::default();
        if !self.has(PART) {
            return Ok(types);
        }
        let source = self.text(PART)?;
        let tree = Tree::parse(&source, PART, &self.limits)?;
        for element in tree.root().into_iter().flat_map(Element::children) {
            let Some(kind) = element.attribute(Ns::None, "ContentType") else { continue };
            if let Some(name) = element.attribute(Ns::None, "PartName") {
                types.overrides.push((name.trim_start_matches('/').to_owned(), kind.to_owned()));
            } else if let Some(ending) = element.attribute(Ns::None, "Extension") {
                types.defaults.push((ending.to_owned(), kind.to_owned()));
            }
        }
        Ok(types)
    }
}

#[derive(Default)]
struct ContentTypes {
    overrides: Vec<(String, String)>,
    defaults: Vec<(String, String)>,
}

impl ContentTypes {
    fn of(&self, part: &str) -> &str {
        let ending = part.rsplit('.').next().unwrap_or_default();
        let own = self.overrides.iter().find(|(name, _)| name.eq_ignore_ascii_case(part));
        let found = own.or_else(|| self.defaults.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)));
        found.map_or("", |(_, kind)| kind)
    }
}

/// The full name of a part that another part in `folder` points at.
fn resolve(folder: &str, target: &str) -> String {
    let target = percent_decoded(target.split('#').next().unwrap_or_default()).replace('\\', "/");
    let start = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = start.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

/// XML is UTF-8, or UTF-16 with a byte order mark; some old tools write Latin-1 and say so.
fn decode(bytes: Vec<u8>, part: &str) -> Result<String, ReadError> {
    let utf16 = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return Ok(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Ok(utf16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            return String::from_utf8(rest.to_vec()).map_err(|error| damaged(error, part));
        }
        _ => {}
    }
    String::from_utf8(bytes).or_else(|error| {
        let head = String::from_utf8_lossy(&error.as_bytes()[..error.as_bytes().len().min(100)]).to_ascii_lowercase();
        if head.contains("iso-8859-1") || head.contains("windows-1252") {
            return Ok(error.as_bytes().iter().map(|&byte| char::from(byte)).collect());
        }
        Err(damaged(error, part))
    })
}

fn damaged(error: impl std::error::Error + Send + Sync + 'static, part: &str) -> ReadError {
    ReadError::Damaged {
        what: "delen kan inte packas upp".to_owned(),
        part: Some(part.to_owned()),
        source: Some(Box::new(error)),
    }
}

fn part_error(error: ZipError, part: &str) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted {
            help: "Packa upp filen med lösenordet, eller öppna den i sitt eget program och spara den utan lösenord."
                .to_owned(),
        },
        error => damaged(error, part),
    }
}

fn container_error(error: ZipError, bytes: &[u8]) -> ReadError {
    let what = if bytes.starts_with(b"PK\x03\x04") {
        "den är avhuggen eller trasig; förteckningen över delarna, som ligger sist i filen, kan inte läsas"
    } else {
        "den är ingen zip-fil"
    };
    ReadError::Damaged { what: what.to_owned(), part: None, source: Some(Box::new(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("word", "../../../x.xml"), "x.xml");
        assert_eq!(resolve("", "my%20doc.xml"), "my doc.xml");
        assert_eq!(resolve("word", "100%25%zz.xml"), "word/100%%zz.xml");
    }

    #[test]
    fn text_in_every_encoding() {
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for bytes in [
            "<å/>".as_bytes().to_vec(),
            [b"\xef\xbb\xbf".as_slice(), "<å/>".as_bytes()].concat(),
            wide("\u{feff}<å/>", u16::to_le_bytes),
            wide("\u{feff}<å/>", u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes, "x").unwrap(), "<å/>");
        }
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><\xe5/>".to_vec();
        assert!(decode(latin, "x").unwrap().ends_with("<å/>"));
        assert!(decode(b"<\xe5/>".to_vec(), "x").is_err());
    }
}

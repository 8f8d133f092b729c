//! The zip container of .xlsx, .xlsb and .ods: parts by name, with a cap on what they unpack to.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::Element;
use crate::read::{Limits, ReadError};

/// An opened container.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    unpacked: u64,
}

impl<'a> Package<'a> {
    /// Opens a container.
    pub(super) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Damaged {
            what: "behållaren (zip) går inte att öppna".to_owned(),
            part: None,
            source: Some(Box::new(error)),
        })?;
        Ok(Self { zip, limits, unpacked: 0 })
    }

    /// Whether a part is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part's bytes; none where the container lacks it. Names are compared as they are, then by lower case.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let damaged = |error: Box<dyn std::error::Error + Send + Sync>| ReadError::Damaged {
            what: "en del går inte att packa upp".to_owned(),
            part: Some(name.to_owned()),
            source: Some(error),
        };
        let index = match self.zip.index_for_name(name) {
            Some(index) => index,
            None => {
                let same = |other: &str| other.replace('\\', "/").eq_ignore_ascii_case(name);
                match self.zip.file_names().position(|other| other.is_ok_and(|other| same(&other))) {
                    Some(index) => index,
                    None => return Ok(None),
                }
            }
        };
        let file = match self.zip.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(encrypted()),
            Err(error) => return Err(damaged(Box::new(error))),
        };
        let left = self.limits.unpacked_bytes.saturating_sub(self.unpacked);
        let mut bytes = Vec::new();
        file.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| damaged(Box::new(error)))?;
        if bytes.len() as u64 > left {
            return Err(too_large(self.limits.unpacked_bytes));
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// A part's text, from UTF-8 or UTF-16.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        Ok(self.bytes(name)?.map(decode))
    }

    /// A part's tree.
    pub(super) fn tree(&mut self, name: &str) -> Result<Option<Element>, ReadError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        Element::parse(&text, name, self.limits.xml_depth).map(Some)
    }

    /// The caps.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Unpacks every part once and throws it away: for a reader that knows no cap.
    pub(super) fn check_size(&mut self) -> Result<(), ReadError> {
        for index in 0..self.zip.len() {
            let Ok(file) = self.zip.by_index(index) else { continue };
            let left = self.limits.unpacked_bytes.saturating_sub(self.unpacked);
            let size = std::io::copy(&mut file.take(left.saturating_add(1)), &mut std::io::sink()).unwrap_or(0);
            if size > left {
                return Err(too_large(self.limits.unpacked_bytes));
            }
            self.unpacked += size;
        }
        Ok(())
    }
}

fn decode(bytes: Vec<u8>) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|character| character.unwrap_or('\u{fffd}')).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relationship {
    /// Its name in the part that has it.
    pub(super) id: String,
    /// The last word of its type ("worksheet", "comments").
    pub(super) kind: String,
    /// The part, from the container's root; an address outside as written.
    pub(super) target: String,
}

/// The relationships of a part, in order; none where it has none.
pub(super) fn relationships(package: &mut Package<'_>, part: &str) -> Result<Vec<Relationship>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(tree) = package.tree(&name)? else { return Ok(Vec::new()) };
    let read = |element: &Element| {
        let kind = element.attribute("Type")?.rsplit('/').next()?.to_owned();
        let target = element.attribute("Target")?;
        let external = element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
        let target = if external { target.to_owned() } else { resolve(folder, target) };
        Some(Relationship { id: element.attribute("Id")?.to_owned(), kind, target })
    };
    Ok(tree.all("Relationship").filter_map(read).collect())
}

fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target.as_str()),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The answer to a container that is locked.
pub(super) fn encrypted() -> ReadError {
    ReadError::Encrypted {
        help: "Öppna filen i sitt eget program, ta bort lösenordet och spara en kopia utan skydd.".to_owned(),
    }
}

/// The answer to a container that unpacks to too much.
pub(super) fn too_large(cap: u64) -> ReadError {
    ReadError::TooLarge {
        what: format!("den packas upp till mer än {} MB", cap >> 20),
        help: "Höj gränsen om filen är att lita på, eller ta bort blad och bilder som inte behövs.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_or_the_root() {
        assert_eq!(resolve("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "../../../x.xml"), "x.xml");
    }

    #[test]
    fn text_in_either_encoding() {
        assert_eq!(decode("å".as_bytes().to_vec()), "å");
        assert_eq!(decode(vec![0xff, 0xfe, 0xe5, 0]), "å");
        assert_eq!(decode(vec![0xfe, 0xff, 0, 0xe5]), "å");
    }
}

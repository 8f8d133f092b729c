//! Tells a file's format by what is in it, never by its name.

use super::ooxml::Package;
use super::{Limits, ReadError};

/// The formats that are told apart and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Word: .docx, .docm, .dotx.
    Docx,
    /// PowerPoint: .pptx, .pptm, .potx.
    Pptx,
    /// Excel: .xlsx, .xlsm.
    Xlsx,
    /// Excel's binary form in a zip.
    Xlsb,
    /// The Excel of before 2007.
    Xls,
    /// OpenDocument's spreadsheet.
    Ods,
    /// PDF.
    Pdf,
    /// The model's own form.
    Json,
}

impl Format {
    /// The name that stands in the model.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }
}

/// The format of a file's bytes, or why it cannot be read.
pub fn sniff(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    let head = &bytes[..bytes.len().min(1024)];
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if head.starts_with(b"PK") {
        return zip(bytes, limits);
    }
    if head.starts_with(&cfb::SIGNATURE) {
        return compound(bytes);
    }
    // The standard lets some bytes stand before the head line.
    if head.windows(5).any(|five| five == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if text.starts_with(b"{") && !text.starts_with(b"{\\rtf") {
        return Ok(Format::Json);
    }
    Err(ReadError::UnknownFormat(foreign(head, text).map(str::to_owned)))
}

/// What a file of no format that is read may be.
fn foreign(head: &[u8], text: &[u8]) -> Option<&'static str> {
    const BY_HEAD: &[(&[u8], &str)] = &[
        (b"{\\rtf", "ett RTF-dokument (.rtf); spara om det som .docx"),
        (b"\x89PNG", "en bild (.png)"),
        (b"\xff\xd8\xff", "en bild (.jpg)"),
        (b"GIF8", "en bild (.gif)"),
        (b"BM", "en bild (.bmp)"),
        (b"II*\0", "en bild (.tif)"),
        (b"MM\0*", "en bild (.tif)"),
        (b"7z\xbc\xaf", "ett arkiv (.7z); packa upp det först"),
        (b"Rar!", "ett arkiv (.rar); packa upp det först"),
        (b"\x1f\x8b", "ett arkiv (.gz); packa upp det först"),
        (b"%!PS", "ett PostScript-dokument"),
    ];
    if let Some((_, what)) = BY_HEAD.iter().find(|(start, _)| head.starts_with(start) || text.starts_with(start)) {
        return Some(what);
    }
    match head.get(4..12) {
        Some(b"ftypheic" | b"ftypheix" | b"ftypmif1") => return Some("en bild (.heic)"),
        _ if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => return Some("en bild (.webp)"),
        _ => {}
    }
    let lower = text.to_ascii_lowercase();
    let has = |piece: &[u8]| lower.windows(piece.len()).any(|window| window == piece);
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") || has(b"<html") {
        return Some("en webbsida (.html)");
    }
    if lower.starts_with(b"<?xml") || lower.starts_with(b"<") {
        let office = has(b"office/2006/xmlpackage") || has(b"wordml");
        return Some(if office { "Word-XML (.xml); spara om det som .docx" } else { "en XML-fil" });
    }
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    (wide || (whole && !head.contains(&0))).then_some("ren text")
}

fn zip(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    let package = Package::open(bytes, limits)?;
    if package.has("mimetype") {
        return open_document(package.text("mimetype")?.trim());
    }
    let Some((part, kind)) = package.main_part()? else {
        return Err(ReadError::UnknownFormat(Some("ett zip-arkiv; packa upp det först".to_owned())));
    };
    // Some producers leave the content type out; the folder's name says the same.
    let is = |word: &str, folder: &str| kind.contains(word) || (!kind.contains("main") && part.starts_with(folder));
    if kind.contains("ms-excel.sheet.binary") || part.ends_with("workbook.bin") {
        Ok(Format::Xlsb)
    } else if is("word", "word/") {
        Ok(Format::Docx)
    } else if is("presentation", "ppt/") || kind.contains("powerpoint") {
        Ok(Format::Pptx)
    } else if is("spreadsheet", "xl/") || kind.contains("excel") {
        Ok(Format::Xlsx)
    } else {
        Err(ReadError::UnknownFormat(Some("en Office-fil av annat slag".to_owned())))
    }
}

fn open_document(kind: &str) -> Result<Format, ReadError> {
    let what = match kind.strip_prefix("application/vnd.oasis.opendocument.") {
        Some(kind) if kind.starts_with("spreadsheet") => return Ok(Format::Ods),
        Some(kind) if kind.starts_with("text") => "ett OpenDocument-dokument (.odt); spara om det som .docx",
        Some(kind) if kind.starts_with("presentation") => "en OpenDocument-presentation (.odp); spara om den som .pptx",
        _ => "ett zip-arkiv av annat slag",
    };
    Err(ReadError::UnknownFormat(Some(what.to_owned())))
}

/// The container of old Office files, and of new ones that are encrypted.
fn compound(bytes: &[u8]) -> Result<Format, ReadError> {
    let names = cfb::root_entries(bytes)
        .ok_or_else(|| ReadError::damaged("den är avhuggen eller trasig; förteckningen över delarna saknas", None))?;
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let old = |format, program, save_as| Err(ReadError::OldFormat { format, program, save_as });
    if has("EncryptedPackage") {
        let help = "Öppna den i sitt eget program med lösenordet, ta bort lösenordet (Arkiv > Info > Skydda > Kryptera \
                    med lösenord, töm fältet) och spara den på nytt.";
        return Err(ReadError::Encrypted { help: help.to_owned() });
    }
    if has("WordDocument") {
        return old(".doc", "Word", "Word-dokument (.docx)");
    }
    if has("PowerPoint Document") {
        return old(".ppt", "PowerPoint", "PowerPoint-presentation (.pptx)");
    }
    if has("Workbook") || has("Book") {
        return Ok(Format::Xls);
    }
    let what = if has("__properties_version1.0") { "ett e-postmeddelande (.msg)" } else { "en äldre Office-fil" };
    Err(ReadError::UnknownFormat(Some(what.to_owned())))
}

/// As much of the Compound File Binary format as it takes to list what stands at its top.
mod cfb {
    /// How every such file begins.
    pub(super) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    const NONE: u32 = 0xffff_fff0;
    const ENTRY: usize = 128;

    fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    struct File<'b> {
        bytes: &'b [u8],
        sector: usize,
        /// The sectors of the table that chains all sectors.
        table: Vec<u32>,
    }

    impl<'b> File<'b> {
        fn open(bytes: &'b [u8]) -> Option<Self> {
            let shift = *bytes.get(0x1e)?;
            if !matches!(shift, 9 | 12) {
                return None;
            }
            let mut file = File { bytes, sector: 1 << shift, table: Vec::new() };
            file.table = (0..109).map_while(|n| u32_at(bytes, 0x4c + 4 * n)).filter(|&s| s < NONE).collect();
            // The rest of the table's sectors stand in a chain of their own.
            let mut next = u32_at(bytes, 0x44)?;
            for _ in 0..bytes.len() / file.sector {
                if next >= NONE {
                    break;
                }
                let start = file.start(next)?;
                let last = file.sector - 4;
                let more = (0..last / 4).map_while(|n| u32_at(bytes, start + 4 * n)).filter(|&s| s < NONE);
                let more: Vec<u32> = more.collect();
                file.table.extend(more);
                next = u32_at(bytes, start + last)?;
            }
            Some(file)
        }

        fn start(&self, sector: u32) -> Option<usize> {
            (sector as usize).checked_add(1)?.checked_mul(self.sector)
        }

        fn after(&self, sector: u32) -> Option<u32> {
            let per_sector = self.sector / 4;
            let table = *self.table.get(sector as usize / per_sector)?;
            u32_at(self.bytes, self.start(table)? + 4 * (sector as usize % per_sector))
        }

        /// The directory: all entries, in chained sectors.
        fn directory(&self) -> Option<Vec<&'b [u8]>> {
            let mut entries = Vec::new();
            let mut next = u32_at(self.bytes, 0x30)?;
            // A chain that bites its tail ends at the number of sectors there are.
            for _ in 0..=self.bytes.len() / self.sector {
                if next >= NONE {
                    break;
                }
                let start = self.start(next)?;
                let sector = self.bytes.get(start..start.checked_add(self.sector)?)?;
                entries.extend(sector.chunks_exact(ENTRY));
                next = self.after(next)?;
            }
            Some(entries)
        }
    }

    fn name(entry: &[u8]) -> String {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]])).clamp(2, 64) - 2;
        let units = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    /// The names of what stands at the top of the file, not of what is embedded in it.
    pub(super) fn root_entries(bytes: &[u8]) -> Option<Vec<String>> {
        let entries = File::open(bytes)?.directory()?;
        let mut names = Vec::new();
        let mut seen = vec![false; entries.len()];
        let mut open = vec![u32_at(entries.first()?, 0x4c)?];
        while let Some(number) = open.pop() {
            let number = number as usize;
            let Some(entry) = entries.get(number).filter(|_| !std::mem::replace(&mut seen[number], true)) else {
                continue;
            };
            names.push(name(entry));
            open.extend([u32_at(entry, 0x44)?, u32_at(entry, 0x48)?]);
        }
        Some(names)
    }
}

//! Bytes → [`Document`]: one folder a format, told by content and not by ending.

pub mod docx;
mod error;
mod ooxml;
mod options;
pub mod pdf;
pub mod pptx;
mod sniff;
pub mod xlsx;

pub use error::ReadError;
pub use options::{Changes, Limits, ReadOptions};
pub use sniff::{Format, sniff};

use crate::page::Document;

type Reader = fn(&[u8], &ReadOptions) -> Result<Document, ReadError>;

/// The readers, one line a format.
const READERS: &[(Format, Reader)] = &[
    (Format::Docx, docx::read),
    (Format::Pptx, pptx::read),
    (Format::Xlsx, xlsx::read),
    (Format::Xlsb, xlsx::read),
    (Format::Xls, xlsx::read),
    (Format::Ods, xlsx::read),
    (Format::Pdf, pdf::read),
];

/// Reads a file of any supported format, told by its content.
///
/// The model's own form ([`Format::Json`]) is no document with pages: its caller parses it.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let format = sniff(bytes, &options.limits)?;
    match READERS.iter().find(|(known, _)| *known == format) {
        Some((_, reader)) => reader(bytes, options),
        None => Err(ReadError::UnknownFormat(Some(format!(".{}, som inte kan läsas här", format.name())))),
    }
}

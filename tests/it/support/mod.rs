//! What the tests share.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test uses a part of it"
)]

pub mod docx;
pub mod drift;
pub mod entries;
pub mod gold;
pub mod gold_plan;
pub mod merging;
pub mod pairs;
pub mod plans;
pub mod pptx;
pub mod random;
pub mod rich_plans;
pub mod settled_plans;
pub mod ugly;
pub mod visible;
pub mod xlsx;

use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::model::{Document, SourceFile};
use handlingsplan::read::{ReadOptions, read};

/// The bytes of a file below `fixtures/`.
pub fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Reads and interprets bytes that must hold one document.
pub fn convert(bytes: &[u8], name: &str) -> Document {
    let document = read(bytes, &ReadOptions::default()).unwrap();
    let file = SourceFile { file: name.to_owned(), format: document.format.to_owned(), sha256: String::new() };
    let mut documents = interpret(&document, &file, &Vocabulary::standard().unwrap());
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// Replaces a text on the pages of an Office file, and leaves the hidden model as it is.
pub fn change_visible(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = 0;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if !name.starts_with("customXml") && text.contains(from) {
            changed += 1;
            text = text.replace(from, to);
        }
        out.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    assert!(changed > 0, "”{from}” is not there");
    out.finish().unwrap().into_inner()
}

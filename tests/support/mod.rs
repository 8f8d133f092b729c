//! What the tests share.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test uses a part of it"
)]

pub mod gold;
pub mod pptx;
pub mod ugly;
pub mod visible;

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

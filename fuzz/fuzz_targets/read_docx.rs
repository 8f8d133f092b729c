//! Any bytes as a Word file: `cargo +nightly fuzz run read_docx`.
//!
//! Bytes that are no zip are also taken as the main part of one, so that the fuzzer
//! reaches the walker without having to find out how to pack and sum up.

#![no_main]

use std::io::{Cursor, Write};

use handlingsplan::read::{Limits, ReadOptions, docx, read};
use libfuzzer_sys::fuzz_target;

fn packed(document: &[u8]) -> Option<Vec<u8>> {
    let rels = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="d.xml"/></Relationships>"#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [("_rels/.rels", rels.as_slice()), ("d.xml", document)] {
        zip.start_file(name, stored).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked_bytes: 16 << 20, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let _ = read(bytes, &options);
    if let Some(file) = packed(bytes) {
        let _ = docx::read(&file, &options);
    }
});

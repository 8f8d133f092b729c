//! Any bytes as a PowerPoint file: `cargo +nightly fuzz run read_pptx`.
//!
//! Bytes are also taken as the slide of a file, so that the fuzzer reaches the walker without having to
//! find out how to pack and sum up.

#![no_main]

use std::io::{Cursor, Write};

use handlingsplan::read::{Limits, ReadOptions, pptx};
use libfuzzer_sys::fuzz_target;

fn packed(slide: &[u8]) -> Option<Vec<u8>> {
    let rels = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let parts = [
        ("_rels/.rels", rels("officeDocument", "ppt/presentation.xml").into_bytes()),
        ("ppt/presentation.xml", b"<presentation/>".to_vec()),
        ("ppt/_rels/presentation.xml.rels", rels("slide", "s.xml").into_bytes()),
        ("ppt/s.xml", slide.to_vec()),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name, stored).ok()?;
        zip.write_all(&bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked_bytes: 16 << 20, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let _ = pptx::read(bytes, &options);
    if let Some(file) = packed(bytes) {
        let _ = pptx::read(&file, &options);
    }
});

//! Any bytes as a spreadsheet: `cargo +nightly fuzz run read_xlsx`.
//!
//! Bytes are also taken as the sheet of a file, so that the fuzzer reaches the walker without having to
//! find out how to pack and sum up.

#![no_main]

use std::io::{Cursor, Write};

use handlingsplan::read::{Limits, ReadOptions, xlsx};
use libfuzzer_sys::fuzz_target;

fn packed(sheet: &[u8]) -> Option<Vec<u8>> {
    let rels = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let book = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="a"/></sheets></workbook>"#;
    let parts = [
        ("_rels/.rels", rels("officeDocument", "xl/workbook.xml").into_bytes()),
        ("xl/workbook.xml", book.as_bytes().to_vec()),
        ("xl/_rels/workbook.xml.rels", rels("worksheet", "s.xml").into_bytes()),
        ("xl/s.xml", sheet.to_vec()),
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
    let _ = xlsx::read(bytes, &options);
    if let Some(file) = packed(bytes) {
        let _ = xlsx::read(&file, &options);
    }
});

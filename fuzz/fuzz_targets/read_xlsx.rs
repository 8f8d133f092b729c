//! Any bytes as a spreadsheet: `cargo +nightly fuzz run read_xlsx`.
//!
//! Bytes are also taken as the sheet of a file, so that the fuzzer reaches the walker without having to
//! find out how to pack and sum up.

#![no_main]

mod common;

use common::relationship;
use handlingsplan::read::xlsx;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::watch(), |bytes: &[u8]| {
    let options = common::options();
    common::models(xlsx::read(bytes, &options));
    let book = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" r:id="a"/></sheets></workbook>"#;
    let (top, inner) = (relationship("officeDocument", "xl/workbook.xml"), relationship("worksheet", "s.xml"));
    let parts: &[(&str, &[u8])] = &[
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/s.xml", bytes),
    ];
    if let Some(file) = common::zip(parts) {
        common::models(xlsx::read(&file, &options));
    }
});

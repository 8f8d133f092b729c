//! Any bytes as a Word file: `cargo +nightly fuzz run read_docx`.
//!
//! Bytes that are no zip are also taken as the main part of one, so that the fuzzer
//! reaches the walker without having to find out how to pack and sum up.

#![no_main]

mod common;

use handlingsplan::read::{docx, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = common::options();
    common::models(read(bytes, &options));
    let rels = common::relationship("officeDocument", "d.xml");
    if let Some(file) = common::zip(&[("_rels/.rels", rels.as_bytes()), ("d.xml", bytes)]) {
        common::models(docx::read(&file, &options));
    }
});

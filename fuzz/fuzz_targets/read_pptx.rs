//! Any bytes as a PowerPoint file: `cargo +nightly fuzz run read_pptx`.
//!
//! Bytes are also taken as the slide of a file, so that the fuzzer reaches the walker without having to
//! find out how to pack and sum up.

#![no_main]

mod common;

use common::relationship;
use handlingsplan::read::pptx;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = common::options();
    common::models(pptx::read(bytes, &options));
    let (top, inner) = (relationship("officeDocument", "ppt/presentation.xml"), relationship("slide", "s.xml"));
    let parts: &[(&str, &[u8])] = &[
        ("_rels/.rels", top.as_bytes()),
        ("ppt/presentation.xml", b"<presentation/>"),
        ("ppt/_rels/presentation.xml.rels", inner.as_bytes()),
        ("ppt/s.xml", bytes),
    ];
    if let Some(file) = common::zip(parts) {
        common::models(pptx::read(&file, &options));
    }
});

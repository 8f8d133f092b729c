//! Any bytes as the program's own JSON: `cargo +nightly fuzz run model`. What is read can be written in every format.
#![no_main]

mod common;

use handlingsplan::model::Document;
use handlingsplan::write::{Format, WriteOptions, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = serde_json::from_slice::<Document>(bytes) else { return };
    let options = WriteOptions::default();
    for ending in ["json", "md", "html", "csv", "docx", "pptx", "xlsx"] {
        if let Some(format) = Format::from_ending(ending) {
            let _ = render(&document, format, &options);
        }
    }
});

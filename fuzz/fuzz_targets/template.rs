//! Any bytes as a Word template: `cargo +nightly fuzz run template`. What is filled in must be XML that reads back.
//!
//! Bytes are taken as the main part of a file, so that the fuzzer reaches the tags without having to find out how to
//! pack and sum up.

#![no_main]

mod common;

use std::sync::LazyLock;

use handlingsplan::model::Document;
use handlingsplan::read;
use handlingsplan::write::{WriteOptions, docx};
use libfuzzer_sys::fuzz_target;


static PLAN: LazyLock<Option<handlingsplan::model::Plan>> = LazyLock::new(|| {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/plans/rpo-md-2024.docx")).ok()?;
    let document = read::read(&bytes, &common::options()).ok()?;
    common::interpreted(&document).into_iter().find_map(|model| match model {
        Document::ActionPlan(plan) => Some(plan),
        Document::SupportingDocument(_) => None,
    })
});

fuzz_target!(|bytes: &[u8]| {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let rels = common::relationship("officeDocument", "d.xml");
    let parts: &[(&str, &[u8])] =
        &[("[Content_Types].xml", types.as_bytes()), ("_rels/.rels", rels.as_bytes()), ("d.xml", bytes)];
    let (Some(template), Some(plan)) = (common::zip(parts), &*PLAN) else { return };
    let options = WriteOptions { embed_model: false, ..WriteOptions::default() };
    let _ = docx::check_template(&template);
    if let Ok(written) = docx::write(plan, &template, &options) {
        // What stands in the template's own words may be XML that no Word file has; it is still XML.
        if let Err(error) = read::docx::read(&written.value, &common::options()) {
            assert!(!error.to_string().contains("XML"), "{error}");
        }
    }
});

//! Any bytes as a PDF: `cargo +nightly fuzz run read_pdf`, after `fuzz/seeds.py` for a corpus to begin with.
//!
//! Bytes that are no PDF are taken as the content of a page of one, so that the fuzzer reaches the layout step
//! without having to find out how to write a file. A panic of a dependency is contained by the reader and no
//! finding; one of the reader's own is.

#![no_main]

mod common;

use handlingsplan::read::pdf;
use libfuzzer_sys::fuzz_target;

/// A file of one page with this content, in fonts that need not be embedded.
fn packed(content: &[u8]) -> Vec<u8> {
    let fonts: String = (0..10).map(|n| format!("/F{n} << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> ")).collect();
    let head = format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R\n\
         /Resources << /Font << {fonts}>> >> >> endobj\n\
         4 0 obj << /Length {} >> stream\n",
        content.len()
    );
    [head.as_bytes(), content, b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"].concat()
}

fuzz_target!(init: common::watch(), |bytes: &[u8]| {
    let options = common::options();
    if bytes.starts_with(b"%PDF") {
        common::models(pdf::read(bytes, &options));
    } else {
        common::models(pdf::read(&packed(bytes), &options));
    }
});

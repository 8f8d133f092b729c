//! Builds the standard Word template, `templates/plan.docx`: `cargo run --example build_template [FILE]`.
//!
//! The template is a real Word document with visible tags. It is built here, so that it can be reviewed as code, and
//! committed, so that building the program needs nothing more. A test checks that the two are the same.

use std::path::PathBuf;

mod package;
mod plan;
mod repair;

fn main() -> std::io::Result<()> {
    let standard = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/plan.docx"));
    let path = std::env::args_os().nth(1).map_or_else(standard, PathBuf::from);
    std::fs::write(path, package::build()?)
}

//! Plans written as Word documents.

#[path = "support/plans.rs"]
mod plans;

use std::io::{Cursor, Read};

use handlingsplan::model::*;
use handlingsplan::write::docx::{MODEL_NAMESPACE, STANDARD_TEMPLATE, write};
use handlingsplan::write::{WriteError, WriteOptions};
use zip::ZipArchive;

fn written(plan: &Plan) -> Vec<u8> {
    write(plan, STANDARD_TEMPLATE, &WriteOptions::default()).unwrap().value
}

fn part(docx: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(docx)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Left in the build folder for `tests/conformance/audit_docx.py`, which asks a validator and other programs.
#[test]
fn samples_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx-samples");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("template.docx"), STANDARD_TEMPLATE).unwrap();
    for (name, plan) in plans::samples() {
        std::fs::write(folder.join(format!("{name}.docx")), written(&plan)).unwrap();
    }
}

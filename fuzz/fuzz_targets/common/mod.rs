//! What the targets share: packing, options, and the way from a file to its models.
#![allow(dead_code, reason = "each target uses a part of it")]

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::model::{Document, SourceFile};
use handlingsplan::read::{Limits, ReadError, ReadOptions};

/// Aborts at panics of this project's code only: those of a dependency that a reader contains are no finding, and
/// one that it lets through still ends the run.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        let contained = info.location().is_some_and(|place| place.file().contains("registry"));
        if !contained {
            eprintln!("{info}");
            std::process::abort();
        }
    }));
}

/// A zip of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, stored).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// A part of relationships with one in it.
pub fn relationship(kind: &str, target: &str) -> String {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/{kind}" Target="{target}"/></Relationships>"#
    )
}

/// Caps that keep a run of the fuzzer short.
pub fn options() -> ReadOptions {
    let limits = Limits { unpacked_bytes: 16 << 20, pages: 20, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::default() }
}

/// The models of what was read, as `convert` makes them.
pub fn interpreted(document: &handlingsplan::page::Document) -> Vec<Document> {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::standard().expect("it is shipped"));
    let file = SourceFile { file: "f".to_owned(), format: document.format.to_owned(), sha256: String::new() };
    interpret(document, &file, &VOCABULARY)
}

/// Interprets what was read and checks that the models have a JSON form that reads back.
pub fn models(read: Result<handlingsplan::page::Document, ReadError>) {
    let Ok(document) = read else { return };
    for model in interpreted(&document) {
        let json = serde_json::to_vec(&model).expect("a model has a JSON form");
        let back: Document = serde_json::from_slice(&json).expect("it reads back");
        assert_eq!(model, back);
    }
}

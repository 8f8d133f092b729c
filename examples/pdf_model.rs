//! Prints the model of a PDF as JSON, for measurements.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::model::SourceFile;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let document = handlingsplan::read::pdf::read(&bytes, &handlingsplan::read::ReadOptions::default()).unwrap();
    let file = SourceFile { file: "x.pdf".into(), format: "pdf".into(), sha256: String::new() };
    let models = interpret(&document, &file, &Vocabulary::standard().unwrap());
    println!("{}", serde_json::to_string_pretty(&models[0]).unwrap());
}

//! Prints the tables of PDFs as found, one JSON object a line, for measurements.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        match handlingsplan::read::pdf::read(&bytes, &handlingsplan::read::ReadOptions::default()) {
            Ok(document) => print!("{}", handlingsplan::page::tables_json(&document)),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
}

//! Prints all text that the PDF reader yields, tables row by row, for measurements; warnings go to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line")]

use std::process::ExitCode;

use handlingsplan::page::Node;
use handlingsplan::read::{ReadOptions, pdf};

fn print(nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => println!("{}", paragraph.text()),
            Node::Table(table) => table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| print(&cell.nodes)),
        }
    }
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else { return ExitCode::from(2) };
    let document = std::fs::read(&path)
        .map_err(|error| error.to_string())
        .and_then(|bytes| pdf::read(&bytes, &ReadOptions::default()).map_err(|error| error.to_string()));
    match document {
        Ok(document) => {
            document.parts.iter().for_each(|part| print(&part.nodes));
            document.warnings.iter().for_each(|(warning, _)| eprintln!("{}", warning.message));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

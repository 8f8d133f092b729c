//! Reads files and tells how it went: `survey FILE…`, one line a file (outcome, milliseconds, name).
//! `survey --text FILE` prints what was read, for comparing with another reader.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(clippy::print_stdout, reason = "a program of the command line")]

use std::time::Instant;

use handlingsplan::page::{Inline, Mark, Node};
use handlingsplan::read::{ReadOptions, read};

fn print(nodes: &[Node], depth: usize) {
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => {
                let mut text = String::new();
                for inline in &paragraph.inlines {
                    match inline {
                        Inline::Text(span) => text.push_str(&span.text),
                        Inline::Break => text.push('⏎'),
                        Inline::Mark(Mark::CheckBox { checked }) => text.push(if *checked { '☒' } else { '☐' }),
                        Inline::Mark(mark) => text.push_str(&format!("⟨{mark:?}⟩")),
                    }
                }
                let list = paragraph.list.map_or(String::new(), |list| format!("[{}] ", list.level));
                println!("{:depth$}{:?} {list}{text}", "", paragraph.role);
            }
            Node::Table(table) => {
                for row in &table.rows {
                    println!("{:depth$}row {}{}", "", row.place, if row.heading { " (heading)" } else { "" });
                    for cell in &row.cells {
                        println!(
                            "{:depth$} cell {}+{}x{} {:?}",
                            "", cell.column, cell.colspan, cell.rowspan, cell.fill
                        );
                        print(&cell.nodes, depth + 2);
                    }
                }
            }
        }
    }
}

fn main() -> std::io::Result<()> {
    let mut text = false;
    for file in std::env::args().skip(1) {
        if file == "--text" {
            text = true;
            continue;
        }
        let bytes = std::fs::read(&file)?;
        let start = Instant::now();
        let result = std::panic::catch_unwind(|| read(&bytes, &ReadOptions::default()));
        let time = start.elapsed().as_secs_f64() * 1000.0;
        match result {
            Err(_) => println!("PANIC\t{time:.2}\t{file}"),
            Ok(Err(error)) => println!("refused\t{time:.2}\t{file}\t{error}"),
            Ok(Ok(document)) if text => {
                for part in &document.parts {
                    println!("== {:?}", part.kind);
                    print(&part.nodes, 0);
                }
                for (warning, place) in &document.warnings {
                    println!("! {place}: {:?} {}", warning.code, warning.message);
                }
            }
            Ok(Ok(document)) => println!("ok\t{time:.2}\t{file}\t{} warnings", document.warnings.len()),
        }
    }
    Ok(())
}

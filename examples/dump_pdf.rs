//! Prints what the PDF reader yields, for people who work on it.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use handlingsplan::page::{Inline, Node, Paragraph};

fn show(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    if let Some(list) = paragraph.list {
        text.push_str(&format!("*{} ", list.level));
    }
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text(span) => text.push_str(&span.text),
            Inline::Break => text.push('⏎'),
            Inline::Mark(mark) => text.push_str(&format!("<{mark:?}>")),
        }
    }
    text
}

fn nodes(nodes: &[Node], indent: usize) {
    let pad = " ".repeat(indent);
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => println!("{pad}P {:?} {}", paragraph.role, show(paragraph)),
            Node::Table(table) => {
                println!("{pad}TABLE {}", table.place);
                for row in &table.rows {
                    println!("{pad} ROW heading={} cut={:?}", row.heading, row.cut);
                    for cell in &row.cells {
                        println!(
                            "{pad}  CELL {}+{} rows {} fill {:?}",
                            cell.column, cell.colspan, cell.rowspan, cell.fill
                        );
                        self::nodes(&cell.nodes, indent + 4);
                    }
                }
            }
        }
    }
}

fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    match handlingsplan::read::pdf::read(&bytes, &handlingsplan::read::ReadOptions::default()) {
        Ok(document) => {
            println!("title {:?}", document.title);
            for (warning, place) in &document.warnings {
                println!("WARNING {:?} {} at {place}", warning.code, warning.message);
            }
            for part in &document.parts {
                println!("== {:?}", part.kind);
                nodes(&part.nodes, 1);
            }
        }
        Err(error) => println!("ERROR {error}"),
    }
}

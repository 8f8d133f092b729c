//! Spreadsheets as read: one test a feature, on files that the test makes.

use handlingsplan::page::{Document, Node, PartKind, Table};
use handlingsplan::read::{ReadOptions, xlsx};

fn read(bytes: &[u8]) -> Document {
    xlsx::read(bytes, &ReadOptions::default()).unwrap()
}

fn tables(document: &Document) -> Vec<&Table> {
    document
        .parts
        .iter()
        .flat_map(|part| &part.nodes)
        .filter_map(|node| match node {
            Node::Table(table) => Some(table),
            Node::Paragraph(_) => None,
        })
        .collect()
}

#[test]
fn the_plan_of_2024() {
    let document = read(&std::fs::read("fixtures/plans/rpo-md-2024.xlsx").unwrap());
    let names: Vec<&PartKind> = document.parts.iter().map(|part| &part.kind).collect();
    assert_eq!(names, [&PartKind::Sheet { name: "Handlingsplan".into(), hidden: false }]);
    println!(
        "{:#?}",
        tables(&document)[0]
            .rows
            .iter()
            .map(|r| (
                r.place.to_string(),
                r.cells.iter().map(|c| (c.column, c.colspan, c.fill, c.text())).collect::<Vec<_>>()
            ))
            .collect::<Vec<_>>()
    );
    panic!();
}

//! The PDF reader on the shipped plans and on what is no PDF.
#![allow(missing_docs, clippy::unwrap_used)]

use crate::support;

use handlingsplan::page::{Cut, Node, PartKind};
use handlingsplan::read::{ReadError, ReadOptions, pdf};
use support::fixture;

#[test]
fn a_row_cut_by_a_page_break_goes_on_after_the_repeated_heading() {
    let document = pdf::read(&fixture("plans/rpo-md-2025.docx.pdf"), &ReadOptions::default()).unwrap();
    let cuts: Vec<(u32, Cut)> = document
        .parts
        .iter()
        .filter_map(|part| match (&part.kind, part.nodes.first()) {
            (&PartKind::Page(page), Some(Node::Table(table))) if page > 1 => {
                Some((page, table.rows.iter().find(|row| !row.heading).unwrap().cut))
            }
            _ => None,
        })
        .collect();
    let of = |page: u32| cuts.iter().find(|cut| cut.0 == page).unwrap().1;
    assert_eq!([of(2), of(3), of(5)], [Cut::Continued; 3]);
}

#[test]
fn slides_with_room_left_cut_no_row() {
    let document = pdf::read(&fixture("plans/rpo-md-2025.pptx.pdf"), &ReadOptions::default()).unwrap();
    let rows = document.parts.iter().flat_map(|part| &part.nodes).filter_map(|node| match node {
        Node::Table(table) => Some(&table.rows),
        Node::Paragraph(_) => None,
    });
    assert!(rows.flatten().all(|row| row.cut != Cut::Continued));
}

#[test]
fn what_is_no_pdf_is_an_error() {
    for bytes in [b"".as_slice(), b"%PDF-1.7", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"] {
        let error = pdf::read(bytes, &ReadOptions::default()).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. } | ReadError::NoText { .. }), "{error}");
    }
}

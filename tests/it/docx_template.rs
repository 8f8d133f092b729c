//! The standard template is what its program builds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::io::{Cursor, Read};

use handlingsplan::write::docx::STANDARD_TEMPLATE;

#[path = "../../examples/build_template/package.rs"]
mod package;
#[path = "../../examples/build_template/plan.rs"]
mod plan;
#[path = "../../examples/build_template/repair.rs"]
mod repair;

/// Part by part, so that a failure tells where; the packed bytes may change with the packer.
#[test]
fn the_committed_template_is_the_built_one() {
    let mut zip = zip::ZipArchive::new(Cursor::new(STANDARD_TEMPLATE)).unwrap();
    let built = package::parts().unwrap();
    assert_eq!(zip.len(), built.len());
    for (name, expected) in built {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        assert!(text == expected, "{name} differs: run `cargo run --example build_template` and commit the result");
    }
}

#[test]
fn building_it_twice_gives_the_same_bytes() {
    assert!(package::build().unwrap() == package::build().unwrap());
}

#[test]
fn the_tables_are_accessible() {
    let document = package::parts().unwrap().into_iter().find(|(name, _)| *name == "word/document.xml").unwrap().1;
    for needed in ["<w:tblHeader/>", "<w:tblCaption ", "<w:tblDescription ", "<w:tblLayout w:type=\"fixed\"/>"] {
        assert_eq!(document.matches(needed).count(), plan::TABLES.len(), "{needed}");
    }
    // Heading rows stay whole; all other rows may break.
    assert_eq!(document.matches("<w:cantSplit").count(), plan::TABLES.len());
}

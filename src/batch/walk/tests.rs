use std::io::Write;

use super::*;

fn names(found: &Found) -> Vec<&str> {
    found.sources.iter().map(|source| source.name.as_str()).collect()
}

fn touch(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, b"x").unwrap();
}

fn zip_of(path: &Path, members: &[(&str, &[u8])]) {
    let mut writer = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn system_files_and_the_output_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["b/plan å.docx", "a.pdf", "b/~$plan.docx", ".dold", "Thumbs.db", "ut/report.json", "b/x.tmp"] {
        touch(&at(name));
    }
    let found = walk(&[folder.path().to_owned()], &at("ut")).unwrap();
    assert_eq!(names(&found), ["a.pdf", "b/plan å.docx"]);
}

#[test]
fn archives_are_looked_into_and_documents_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    zip_of(&at("2019.zip"), &[("RPO/plan.docx", b"1"), ("../ut.docx", b"2"), ("__MACOSX/plan.docx", b"3")]);
    zip_of(&at("namnlös"), &[("[Content_Types].xml", b"1")]);
    fs::write(at("trasig.zip"), b"PK\x03\x04...").unwrap();
    let found = walk(&[folder.path().to_owned()], &at("ut")).unwrap();
    assert_eq!(names(&found), ["2019.zip/../ut.docx", "2019.zip/RPO/plan.docx", "namnlös"]);
    assert_eq!(found.unreadable, [("trasig.zip".to_owned(), Why::Failed("zip-arkivet är skadat"))]);
    let bytes = Loader::default().load(&found.sources[1].location, 10).unwrap();
    assert_eq!(bytes, b"1");
    assert!(matches!(Loader::default().load(&found.sources[1].location, 0), Err(LoadError::TooLarge(0))));
}

#[test]
fn several_inputs_keep_apart() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["x/arkiv/a.pdf", "y/arkiv/a.pdf", "a.pdf"] {
        touch(&folder.path().join(name));
    }
    let inputs = ["x/arkiv", "y/arkiv", "a.pdf"].map(|name| folder.path().join(name));
    let found = walk(&inputs, &folder.path().join("ut")).unwrap();
    assert_eq!(names(&found), ["a.pdf", "arkiv-2/a.pdf", "arkiv/a.pdf"]);
    assert!(found.sources[0].named && !found.sources[1].named);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    touch(&outside.path().join("hemlig.docx"));
    std::os::unix::fs::symlink(outside.path(), folder.path().join("länk")).unwrap();
    let found = walk(&[folder.path().to_owned()], &folder.path().join("ut")).unwrap();
    assert!(found.sources.is_empty());
    assert_eq!(found.unreadable, [("länk".to_owned(), Why::Link)]);
}

#[test]
fn the_output_may_not_be_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let error = walk(&[folder.path().to_owned()], folder.path()).unwrap_err();
    assert!(matches!(error, BatchError::OverInput { .. }));
}

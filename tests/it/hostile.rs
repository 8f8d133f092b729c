//! Files that want to harm: entities, references out of the file, formulas, names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::support;

/// A file of each kind that is a zip of XML.
const PACKED: [&str; 4] = [
    "plans/rpo-md-2024.docx",
    "plans/rpo-md-2024.pptx",
    "plans/rpo-md-2024.xlsx",
    "xlsx/saved-by-libreoffice-2024.ods",
];

fn ending(name: &str) -> &str {
    name.rsplit_once('.').unwrap().1
}

/// The file with every XML part as `change` makes it.
fn with_parts(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if name.ends_with(".xml") || name.ends_with(".rels") => change(&name, text).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(other) => other.into_bytes(),
        };
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What `convert` says of these bytes: exit status, what it prints, what it says.
fn convert(bytes: &[u8], ending: &str) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("plan.{ending}"));
    fs::write(&path, bytes).unwrap();
    let done = Command::cargo_bin("handlingsplan").unwrap().arg("convert").arg(&path).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

fn batch(inputs: &[&Path], output: &Path, more: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("handlingsplan").unwrap().arg("batch").args(inputs).arg("-o").arg(output).args(more).assert()
}

#[test]
fn no_entity_is_expanded_in_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("hemlig.txt");
    fs::write(&secret, "Hemligheten").unwrap();
    let declared = format!(
        "<!DOCTYPE x [<!ENTITY secret SYSTEM \"file://{}\"><!ENTITY ha \"Skrattsalva\"><!ENTITY b \"&ha;&ha;&ha;\">]>",
        secret.display()
    );
    for name in PACKED {
        // The entities stand where text stands: before the end of each text element.
        let changed = with_parts(&support::fixture(name), |_, text| {
            let text = ["</w:t>", "</a:t>", "</t>", "</text:p>"]
                .iter()
                .fold(text, |text, end| text.replace(end, &format!("&secret;&b;{end}")));
            match text.find("?>") {
                Some(at) if text.starts_with("<?xml") => format!("{}?>{declared}{}", &text[..at], &text[at + 2..]),
                _ => format!("{declared}{text}"),
            }
        });
        let (code, printed, said) = convert(&changed, ending(name));
        for word in ["Hemligheten", "Skrattsalva"] {
            assert!(!printed.contains(word) && !said.contains(word), "{name}: {word}");
        }
        // Read with the entities as they stand, or refused with one message.
        match code {
            Some(0) => assert!(printed.contains("&secret;"), "{name}: what stands in the file has gone"),
            Some(1) => assert!(said.contains("Kontrollera") || said.contains("skadad"), "{name}: {said}"),
            other => panic!("{name}: {other:?} {said}"),
        }
    }
}

#[test]
fn nothing_outside_a_file_is_fetched() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    for name in PACKED {
        let changed = with_parts(&support::fixture(name), |part, text| {
            if !part.ends_with(".rels") {
                return text;
            }
            // What programs that fetch would fetch: a template, a picture, another document.
            let more: String = ["attachedTemplate", "image", "aFChunk", "externalLink", "subDocument", "oleObject"]
                .iter()
                .enumerate()
                .map(|(number, kind)| {
                    format!(
                        "<Relationship Id=\"rIdOut{number}\" TargetMode=\"External\" Target=\"{address}/{kind}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\"/>"
                    )
                })
                .collect();
            text.replace("</Relationships>", &format!("{more}</Relationships>"))
        });
        let (code, printed, said) = convert(&changed, ending(name));
        let whole = convert(&support::fixture(name), ending(name));
        assert_eq!((code, said), (whole.0, whole.2), "{name}");
        let items = |printed: &str| {
            let plan: Value = serde_json::from_str(printed).unwrap();
            plan["sections"][0]["items"].as_array().unwrap().len()
        };
        assert_eq!(items(&printed), items(&whole.1), "{name}");
    }
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_formula_is_text_in_every_sheet_that_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (_, model, _) = convert(&support::fixture("plans/rpo-md-2023.docx"), "docx");
    let mut plan: Value = serde_json::from_str(&model).unwrap();
    let evil = "=cmd|' /C calc'!A0";
    let item = &mut plan["sections"][0]["items"][0];
    item["area"][0]["runs"][0]["text"] = evil.into();
    item["follow_up"][0]["text"][0]["runs"][0]["text"] = evil.into();
    let path = folder.path().join("plan.json");
    fs::write(&path, serde_json::to_vec(&plan).unwrap()).unwrap();
    let program = || Command::cargo_bin("handlingsplan").unwrap();
    let (sheet, form) = (folder.path().join("plan.xlsx"), folder.path().join("formulär.xlsx"));
    program().arg("convert").arg(&path).arg("-o").arg(&sheet).assert().success();
    program().args(["sheet", "--meeting", "2024-01-31"]).arg(&path).arg("-o").arg(&form).assert().success();
    for written in [sheet, form] {
        with_parts(&fs::read(&written).unwrap(), |part, text| {
            if part.starts_with("xl/worksheets/") {
                assert!(!text.contains("cmd|"), "{part}: text stands among the shared strings");
                assert!(!text.contains("<f>cmd") && !text.contains("<f>=cmd"), "{part}");
            }
            text
        });
        let strings = {
            let mut zip = zip::ZipArchive::new(fs::File::open(&written).unwrap()).unwrap();
            let mut text = String::new();
            zip.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert!(strings.contains("=cmd|"), "{}: the words are there, as text", written.display());
    }
}

/// A plan in a zip archive, under these names.
fn archive(folder: &Path, names: &[&str]) -> PathBuf {
    let path = folder.join("arkiv.zip");
    let plan = support::fixture("plans/rpo-md-2023.docx");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for name in names {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&plan).unwrap();
    }
    zip.finish().unwrap();
    path
}

#[test]
fn names_with_control_characters_reach_no_terminal_and_no_disk() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    let names = ["plan\u{1b}[2J.docx", "rad\nbrott.docx", "a\u{202e}xcod.docx", "CON.docx", "x:y*?.docx"];
    let path = archive(folder.path(), &names);
    let bad = folder.path().join("trasig.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&bad).unwrap());
    zip.start_file("skadad\u{1b}[2J\u{202e}.docx", SimpleFileOptions::default()).unwrap();
    zip.write_all(b"PK").unwrap();
    zip.finish().unwrap();
    let done = batch(&[&path, &bad], &output, &["--to", "json"]).code(3);
    let said = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(said.contains("Misslyckades: trasig.zip/skadad"), "{said:?}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
    let written: Vec<String> = fs::read_dir(output.join("arkiv.zip"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(written.len(), names.len());
    for name in &written {
        assert!(!name.contains(|c: char| c.is_control() || "\u{202e}:*?\\".contains(c)), "{name:?}");
        assert!(!name.to_lowercase().starts_with("con."), "{name}");
    }
}

#[test]
fn a_path_of_thousands_of_characters_is_converted() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    let long = format!("{}plan.docx", "en mycket djup mapp å ä ö/".repeat(160));
    assert!(long.chars().count() > 4_000);
    let path = archive(folder.path(), &[&long, "plan.docx"]);
    batch(&[&path], &output, &["--to", "json,docx"]).success();
    assert!(output.join("arkiv.zip/plan.docx.json").is_file());
    let report: Value = serde_json::from_slice(&fs::read(output.join("report.json")).unwrap()).unwrap();
    let found = report["files"][0]["documents"][0]["outputs"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    for one in found {
        assert!(output.join(one["path"].as_str().unwrap()).is_file(), "{one}");
    }
    // On the disk itself, where the system lets one make it.
    let mut deep = folder.path().join("in");
    while deep.as_os_str().len() < 3_700 && fs::create_dir_all(&deep).is_ok() {
        deep.push("djup mapp å ä ö ".repeat(8).trim_end());
    }
    deep.pop();
    fs::copy(support_path("plans/rpo-md-2023.docx"), deep.join("plan.docx")).unwrap();
    let output = folder.path().join("ut 2");
    batch(&[&folder.path().join("in")], &output, &[]).success();
}

fn support_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

#[test]
fn an_output_that_cannot_be_written_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("en fil");
    fs::write(&taken, "x").unwrap();
    let plan = support_path("plans/rpo-md-2023.docx");
    let done = batch(&[&plan], &taken, &[]).code(1);
    let said = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(said.contains("en fil kan inte skrivas") && said.contains("Kontrollera"), "{said}");
    assert_eq!(fs::read(&taken).unwrap(), b"x");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_of() {
    let plan = support_path("plans/rpo-md-2023.docx");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let done = std::process::Command::new(assert_cmd::cargo::cargo_bin!("handlingsplan"))
        .arg("convert")
        .arg(&plan)
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("skrivas"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_is_replaced_and_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("ut");
    let victim = folder.path().join("offer.json");
    fs::write(&victim, "orörd").unwrap();
    fs::create_dir_all(&output).unwrap();
    std::os::unix::fs::symlink(&victim, output.join("rpo-md-2023.docx.json")).unwrap();
    batch(&[&support_path("plans/rpo-md-2023.docx")], &output, &[]).success();
    assert_eq!(fs::read(&victim).unwrap(), "orörd".as_bytes());
    assert!(output.join("rpo-md-2023.docx.json").symlink_metadata().unwrap().is_file());
}

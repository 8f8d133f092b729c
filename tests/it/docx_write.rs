//! Plans written as Word documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::rich_plans;

use std::collections::HashSet;
use std::io::{Cursor, Read};

use handlingsplan::model::*;
use handlingsplan::write::docx::{BOOKMARK_PREFIX, MODEL_NAMESPACE, STANDARD_TEMPLATE, write};
use handlingsplan::write::{WriteError, WriteOptions};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use support::visible::{blocks, letters};
use zip::ZipArchive;

fn written(plan: &Plan) -> Vec<u8> {
    write(plan, STANDARD_TEMPLATE, &WriteOptions::default()).unwrap().value
}

fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn part(docx: &[u8], name: &str) -> String {
    parts(docx).into_iter().find(|(found, _)| found == name).unwrap().1
}

/// The text of a part's elements of this name, and a check that the whole part is well-formed.
fn text_of(xml: &str, element: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => inside = start.name().as_ref() == element,
            Event::End(end) => inside &= end.name().as_ref() != element,
            Event::Text(piece) if inside => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) if inside => match entity.resolve_char_ref().unwrap() {
                Some(c) => text.push(c),
                None => text.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap()),
            },
            Event::Eof => return text,
            _ => {}
        }
    }
}

/// The values of an attribute on all elements of a name.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut values = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == element => {
                values.extend(e.try_get_attribute(attribute).unwrap().map(|found| found.value.into_owned()));
            }
            Event::Eof => return values,
            _ => {}
        }
    }
}

fn embedded(docx: &[u8]) -> Document {
    serde_json::from_str(&text_of(&part(docx, "customXml/item1.xml"), "model")).unwrap()
}

/// What must hold for every plan.
fn check(plan: &Plan) {
    let docx = written(plan);
    assert_eq!(docx, written(plan), "the same plan gives the same bytes");
    for (name, text) in parts(&docx) {
        text_of(&text, "");
        assert!(!text.contains("{{ _"), "{name} has code of the template left");
    }
    let document = part(&docx, "word/document.xml");
    let shown = letters(&text_of(&document, "w:t"));
    for block in blocks(plan) {
        let text = letters(&block.text());
        assert!(shown.contains(&text), "”{text}” is not shown");
    }
    for (element, attribute) in [("w:bookmarkStart", "w:name"), ("w:bookmarkStart", "w:id"), ("wp:docPr", "id")] {
        let all = values(&document, element, attribute);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "{element} {attribute} is unique");
    }
    let lights = plan.items().flat_map(|item| &item.status.lights);
    let drawn = lights.filter(|light| light.light != Light::Closed).count();
    assert_eq!(values(&document, "wp:docPr", "descr").len(), drawn);
    assert_eq!(embedded(&docx), Document::ActionPlan(plan.clone()));
}

/// Left in the build folder for `tests/conformance/audit_office.py`, which asks a validator and other programs.
#[test]
fn samples_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx-samples");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("template.docx"), STANDARD_TEMPLATE).unwrap();
    for (name, plan) in plans::samples() {
        check(&plan);
        std::fs::write(folder.join(format!("{name}.docx")), written(&plan)).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_plan_is_written_whole(plan in rich_plans::plan()) {
        check(&plan);
    }
}

/// Letters keep their head, headings, text and signatures.
#[test]
fn a_letter_in_word_says_the_same() {
    for name in ["skrivelse-2019", "forstudie-2020"] {
        let before = support::convert(&support::fixture(&format!("supporting/{name}.docx")), name);
        let options = WriteOptions::default();
        let docx = handlingsplan::write::render(&before, handlingsplan::write::Format::Docx, &options).unwrap().value;
        for (_, text) in parts(&docx) {
            text_of(&text, "");
        }
        let Document::SupportingDocument(before) = before else { panic!() };
        let Document::SupportingDocument(again) = support::convert(&docx, name) else { panic!() };
        let said = |document: &SupportingDocument| {
            let SupportingDocument { title, date, from, to, sections, signatures, .. } = document.clone();
            (title, date, from, to, sections, signatures)
        };
        assert_eq!(said(&again), said(&before), "{name}");
    }
}

#[test]
fn every_item_has_its_hidden_name() {
    let plan = plans::gold("rpo-md-2024");
    let document = part(&written(&plan), "word/document.xml");
    let names: Vec<_> =
        plan.items().map(|item| format!("{BOOKMARK_PREFIX}{}", item.id.as_str().replace('-', "_"))).collect();
    assert_eq!(values(&document, "w:bookmarkStart", "w:name"), names);
    assert!(names.iter().all(|name| name.len() <= 40));
}

#[test]
fn entries_start_with_their_date() {
    let document = part(&written(&plans::odd()), "word/document.xml");
    let paragraphs: Vec<String> = document.split("</w:p>").map(text_of_fragment).collect();
    for expected in
        ["231013 Beslut", "240205", "240417", "2022 240614 text som själv", "2024-06-14 styrtecken och slut"]
    {
        assert!(paragraphs.iter().any(|paragraph| paragraph.starts_with(expected)), "{expected}: {paragraphs:#?}");
    }
}

/// The text of a piece of a document that is cut out of it.
fn text_of_fragment(xml: &str) -> String {
    let texts = xml.split("<w:t xml:space=\"preserve\">").skip(1);
    texts.map(|text| text.split("</w:t>").next().unwrap()).collect()
}

#[test]
fn lights_have_words_and_colours() {
    let document = part(&written(&plans::odd()), "word/document.xml");
    assert_eq!(values(&document, "wp:docPr", "descr"), ["Grön", "Gul", "Röd"]);
    assert_eq!(values(&document, "v:oval", "alt"), ["Grön", "Gul", "Röd"]);
    assert_eq!(values(&document, "w:alias", "w:val"), ["Avslutad"]);
    assert!(text_of(&document, "w:t").contains('☒'));
}

#[test]
fn what_is_not_shown_is_told() {
    let warnings = write(&plans::odd(), STANDARD_TEMPLATE, &WriteOptions::default()).unwrap().warnings;
    assert!(warnings.iter().all(|warning| warning.code == WarningCode::NotCarried));
    let messages: Vec<_> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(messages.iter().any(|message| message.starts_with("3 osynliga styrtecken")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("http://a b]/[")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("1 oplacerade anteckningar")), "{messages:?}");
    let quiet = write(&plans::gold("rpo-md-2024"), STANDARD_TEMPLATE, &WriteOptions::default()).unwrap();
    assert!(quiet.warnings.is_empty());
}

#[test]
fn the_model_can_be_left_out() {
    let docx = write(&plans::odd(), STANDARD_TEMPLATE, &WriteOptions { embed_model: false, ..WriteOptions::default() })
        .unwrap()
        .value;
    assert!(parts(&docx).iter().all(|(name, text)| !name.starts_with("customXml") && !text.contains(MODEL_NAMESPACE)));
}

#[test]
fn a_written_plan_used_as_template_keeps_one_model() {
    let first = written(&plans::gold("rpo-md-2023"));
    let plan = plans::gold("rpo-md-2024");
    let docx = write(&plan, &first, &WriteOptions::default()).unwrap().value;
    let models =
        parts(&docx).iter().filter(|(name, _)| name.starts_with("customXml/item") && !name.contains("Props")).count();
    assert_eq!(models, 1);
    assert_eq!(embedded(&docx), Document::ActionPlan(plan));
}

/// The standard template with one text of its document replaced.
fn template_with(from: &str, to: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts(STANDARD_TEMPLATE) {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if name == "word/document.xml" {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        } else {
            text
        };
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn failure(from: &str, to: &str) -> WriteError {
    write(&plans::gold("rpo-md-2024"), &template_with(from, to), &WriteOptions::default()).unwrap_err()
}

#[test]
fn a_wrong_tag_is_named_with_its_place() {
    let cases = [
        ("{{ item.activities }}", "{{ item.activites }}", "{{ item.activites }}", "tabell 1, rad 3, kolumn 3"),
        ("{{ group }}", "{{ grupp }}", "{{ grupp }}", "stycke 2"),
        ("{{ title }}", "{{ title", "{{ title", "stycke 5"),
        ("{{ title }}", "{{ title | }}", "{{ title | }}", "stycke 5"),
        ("{{ title }}", "{{ title|versaler }}", "{{ title|versaler }}", "stycke 5"),
        ("{% if title %}", "{% if titel %}", "{% if titel %}", "stycke 4"),
        ("{{ title }}", "{{ sections }}", "{{ sections }}", "stycke 5"),
    ];
    for (from, to, tag, place) in cases {
        let WriteError::Tag { tag: found, place: at, what, help } = failure(from, to) else { panic!("{to}") };
        assert_eq!((found.as_str(), at.as_str()), (tag, place), "{what} {help}");
    }
    let WriteError::Tag { help, .. } = failure("{{ item.activities }}", "{{ item.activites }}") else { panic!() };
    assert_eq!(help, "Menade du ”activities” i stället för ”activites”?");
}

#[test]
fn a_loop_without_end_is_an_error() {
    assert!(matches!(failure("{% endif %}", ""), WriteError::Tag { .. }));
}

#[test]
fn what_is_no_template_is_refused() {
    let plan = plans::gold("rpo-md-2024");
    let sheet = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plans/rpo-md-2024.xlsx")).unwrap();
    for wrong in [&b""[..], b"hej", &STANDARD_TEMPLATE[..3000], &sheet] {
        let error = write(&plan, wrong, &WriteOptions::default()).unwrap_err();
        assert!(matches!(error, WriteError::BadTemplate { .. }), "{error}");
    }
}

#[test]
fn tags_work_in_other_places_and_forms() {
    // In running text, with printed quotes, a filter and a condition inside the paragraph.
    let tags = "Plan: {{ title|upper }}{% if year %}, år {{ year }}{% endif %} ({{ kommentar or “ingen” }})";
    let template = template_with("{{ title }}", &tags.replace("kommentar", "updated.date"));
    let docx = write(&plans::gold("rpo-md-2024"), &template, &WriteOptions::default()).unwrap().value;
    let text = text_of(&part(&docx, "word/document.xml"), "w:t");
    assert!(text.contains("Plan: ÖVERSIKTLIG HANDLINGSPLAN 2024, år 2024 (2024-06-14)"), "{text}");
    // Rich text inside a paragraph, and a loop over blocks.
    let template =
        template_with("{{ title }}", "Löpande: {% for item in sections[0]['items'] %}{{ item.area }}; {% endfor %}");
    let docx = write(&plans::odd(), &template, &WriteOptions::default()).unwrap().value;
    assert!(text_of(&part(&docx, "word/document.xml"), "w:t").contains("citat\" 'apostrof'; Tomt; "));
}

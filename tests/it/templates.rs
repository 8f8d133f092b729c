//! Templates that people edit, and what is said about those that went wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::io::{Cursor, Read, Write};

use handlingsplan::model::{Document, Plan, WarningCode};
use handlingsplan::write::WriteOptions;
use handlingsplan::write::docx::{STANDARD_TEMPLATE, check_template, write};
use support::gold::plan;
use support::{convert, fixture};
use zip::{ZipArchive, ZipWriter};

/// A Word file with its main part changed.
fn changed(docx: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn wrong(from: &str, to: &str) -> Vec<String> {
    let template = changed(STANDARD_TEMPLATE, |xml| {
        assert!(xml.contains(from), "{from}");
        xml.replacen(from, to, 1)
    });
    let found = check_template(&template).unwrap();
    let help = |problem: &dyn miette::Diagnostic| problem.help().map(|help| help.to_string()).unwrap_or_default();
    found.problems.iter().map(|problem| format!("{problem} | {}", help(problem))).collect()
}

fn read_back(plan_before: &Plan, template: &[u8], options: &WriteOptions) -> Plan {
    let docx = write(plan_before, template, options).unwrap().value;
    plan(convert(&docx, "plan.docx"))
}

#[test]
fn the_standard_template_has_nothing_wrong() {
    let found = check_template(STANDARD_TEMPLATE).unwrap();
    assert!(found.problems.is_empty() && found.never_shown.is_empty(), "{found:?}");
}

/// Exported, then in LibreOffice: another font, status before follow-up, a logo, a heading reworded.
#[test]
fn a_template_edited_in_libreoffice_gives_the_same_plan() {
    let template = fixture("templates/edited-in-libreoffice.docx");
    let found = check_template(&template).unwrap();
    assert!(found.problems.is_empty() && found.never_shown.is_empty(), "{found:?}");
    for year in [2023, 2024, 2025] {
        let before = plan(convert(&fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx"));
        let again = read_back(&before, &template, &WriteOptions { embed_model: false, ..WriteOptions::default() });
        let seen = |plan: &Plan| {
            let items = plan.items().map(|item| {
                (
                    item.area.clone(),
                    item.priority.clone(),
                    item.activities.clone(),
                    item.follow_up.clone(),
                    item.status.clone(),
                )
            });
            (items.collect::<Vec<_>>(), plan.results.clone(), plan.challenges.clone(), plan.updated.clone())
        };
        assert_eq!(seen(&again), seen(&before), "{year}");
    }
}

#[test]
fn a_wrong_name_is_told_with_its_place_and_the_nearest_right_one() {
    let found = wrong("{{ item.activities }}", "{{ item.activites }}");
    assert_eq!(found.len(), 1, "{found:?}");
    for part in
        ["{{ item.activites }}", "tabell 1, rad 3, kolumn 3", "Menade du ”activities” i stället för ”activites”?"]
    {
        assert!(found[0].contains(part), "{part}: {found:?}");
    }
    let found = wrong("{{ group }}", "{{ groupp.name }}");
    assert!(found[0].contains("Menade du ”group”"), "{found:?}");
    let found = wrong("{{ item.status }}", "{{ item.status.ljus }}");
    assert!(found[0].contains("har inga delar"), "{found:?}");
    let found = wrong("{{ item.follow_up }}", "{{ item.entries.text }}");
    assert!(found[0].contains("är en lista"), "{found:?}");
}

#[test]
fn loops_that_do_not_end_and_ends_that_do_not_begin_are_told_all_at_once() {
    let template = changed(STANDARD_TEMPLATE, |xml| {
        xml.replacen("{% endfor %}", "{% endif %}", 1).replacen("{% if group %}", "", 1).replacen(
            "{{ title }}",
            "{{ titel",
            1,
        )
    });
    let found = check_template(&template).unwrap();
    assert!(!found.problems.is_empty());
    let found = wrong("{% endfor %}", "");
    assert!(found.iter().any(|problem| problem.contains("{% for item in section.items %}")), "{found:?}");
    let found = wrong("{% if group %}", "{% iff group %}");
    assert!(found[0].contains("Menade du ”if”"), "{found:?}");
    assert!(found.len() > 1, "the end is told, too: {found:?}");
}

#[test]
fn what_a_template_never_shows_is_told() {
    let template =
        changed(STANDARD_TEMPLATE, |xml| xml.replace("{{ item.follow_up }}", "").replace("{{ results }}", ""));
    let found = check_template(&template).unwrap();
    assert!(found.problems.is_empty(), "{found:?}");
    assert_eq!(found.never_shown, ["uppföljningen", "sidan Resultat"]);
}

#[test]
fn new_entries_are_marked_and_read_back_the_same() {
    let before = plan(convert(&fixture("plans/rpo-md-2024.docx"), "plan.docx"));
    let from = before.updated.as_ref().unwrap().date;
    let plain = WriteOptions { embed_model: false, ..WriteOptions::default() };
    let marked = WriteOptions { mark_new: from, ..plain.clone() };
    let docx = write(&before, STANDARD_TEMPLATE, &marked).unwrap().value;
    let bars = std::cell::Cell::new(0);
    changed(&docx, |xml| {
        bars.set(xml.matches("<w:pBdr><w:left ").count());
        xml
    });
    let new =
        before.items().flat_map(|item| &item.follow_up).filter(|entry| entry.date.and_then(|date| date.day()) >= from);
    assert!(bars.get() >= new.count() && bars.get() > 0);
    let (a, b) = (read_back(&before, STANDARD_TEMPLATE, &marked), read_back(&before, STANDARD_TEMPLATE, &plain));
    assert_eq!(a.sections, b.sections);
}

#[test]
fn what_was_changed_by_hand_is_told_and_stands() {
    let before = plan(convert(&fixture("plans/rpo-md-2024.docx"), "plan.docx"));
    let docx = write(&before, STANDARD_TEMPLATE, &WriteOptions::default()).unwrap().value;
    let told = |docx: &[u8]| {
        let plan = plan(convert(docx, "plan.docx"));
        let warnings = plan.reading.warnings.iter().filter(|warning| warning.code == WarningCode::HiddenModel);
        (warnings.map(|warning| warning.message.clone()).collect::<Vec<_>>(), plan)
    };
    assert_eq!(told(&docx).0, Vec::<String>::new());
    let word = before.items().next().unwrap().follow_up[0].text[0].text();
    let word = word.split_whitespace().find(|word| word.len() > 5).unwrap().to_owned();
    let edited =
        changed(&docx, |xml| xml.replacen(&format!(" {word}"), " Handskrivet", 1).replacen(&word, "Handskrivet", 1));
    let (messages, plan) = told(&edited);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("ändrats för hand"), "{messages:?}");
    assert!(serde_json::to_string(&Document::ActionPlan(plan)).unwrap().contains("Handskrivet"));
}

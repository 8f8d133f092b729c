//! PowerPoint templates that people edit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::change_visible;
use crate::support::gold::plan;
use crate::support::plans;

use handlingsplan::model::{Document, Plan, blocks_text};
use handlingsplan::write::pptx::{check_template, standard_template};
use handlingsplan::write::{Format, WriteError, WriteOptions, render};

fn on(template: &[u8], plan: &Plan, embed_model: bool) -> Vec<u8> {
    let options = WriteOptions { template: Some(template.to_vec()), embed_model, ..WriteOptions::default() };
    render(&Document::ActionPlan(plan.clone()), Format::Pptx, &options).unwrap().value
}

fn seen(plan: &Plan) -> Vec<impl PartialEq + std::fmt::Debug> {
    let items = plan.items().map(|item| {
        let entries: Vec<_> = item.follow_up.iter().map(|entry| (entry.date, blocks_text(&entry.text))).collect();
        let cells = [&item.area, &item.priority, &item.activities, &item.status.text].map(|cell| blocks_text(cell));
        (cells, entries, item.status.lights.clone())
    });
    items.collect()
}

fn year(year: i16) -> Plan {
    plan(support::convert(&support::fixture(&format!("plans/rpo-md-{year}.docx")), "plan.docx"))
}

/// The slides by themselves say the same, and with the hidden model everything is the same.
fn assert_kept(template: &[u8]) {
    let found = check_template(template).unwrap();
    assert!(found.problems.is_empty() && found.never_shown.is_empty(), "{found:?}");
    for before in [2023, 2024, 2025].map(year) {
        let again = plan(support::convert(&on(template, &before, false), "plan.pptx"));
        assert_eq!(seen(&again), seen(&before));
        assert_eq!(blocks_text(&again.results), blocks_text(&before.results));
        assert_eq!(again.updated, before.updated);
        let whole = plan(support::convert(&on(template, &before, true), "plan.pptx"));
        assert_eq!(whole.sections.len(), before.sections.len());
        assert_eq!(seen(&whole), seen(&before));
    }
}

#[test]
fn a_plan_on_the_exported_template_says_the_same() {
    assert_kept(&standard_template().unwrap());
}

/// Exported, then another font and a heading reworded, saved by LibreOffice Impress.
#[test]
fn a_template_edited_in_libreoffice_gives_the_same_plan() {
    let template = support::fixture("templates/edited-in-libreoffice.pptx");
    assert_kept(&template);
    let again = plan(support::convert(&on(&template, &year(2024), true), "plan.pptx"));
    assert_eq!(again.sections[0].columns.activities.as_deref(), Some("Aktiviteter och åtgärder"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let (template, plan) = (standard_template().unwrap(), plans::odd());
    assert!(on(&template, &plan, true) == on(&template, &plan, true));
}

#[test]
fn rows_are_shared_out_over_slides() {
    let plan = plans::long(60);
    let pptx = on(&standard_template().unwrap(), &plan, false);
    let Document::ActionPlan(again) = support::convert(&pptx, "plan.pptx") else { panic!() };
    assert_eq!(again.items().count(), 60);
    let count = |pptx: &[u8]| {
        let zip = zip::ZipArchive::new(std::io::Cursor::new(pptx)).unwrap();
        zip.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("ppt/slides/s"))).count()
    };
    let document = Document::ActionPlan(plan);
    let standard = render(&document, Format::Pptx, &WriteOptions::default()).unwrap().value;
    // As many, or a few more: its font is not known.
    assert!((count(&standard)..=count(&standard) * 3 / 2).contains(&count(&pptx)) && count(&pptx) > 8);
}

#[test]
fn wrong_tags_are_told_with_their_slide() {
    let wrong = |from: &str, to: &str| {
        let template = change_visible(&standard_template().unwrap(), from, to);
        let found = check_template(&template).unwrap();
        let problem = found.problems.into_iter().next().expect("a problem");
        let WriteError::Tag { place, help, .. } = problem else { panic!("{problem}") };
        (place, help)
    };
    let (place, help) = wrong("{{ item.activities }}", "{{ item.aktivities }}");
    assert_eq!(place, "bild 2, tabell 1, rad 3, kolumn 3");
    assert!(help.contains("Menade du ”activities”"), "{help}");
    let (place, _) = wrong("{% for page in pages %}", "{% for page in sidor %}");
    assert_eq!(place, "bild 4, rutan med taggar");
    assert_eq!(wrong("{% endfor %}", "").0, "bild 2, tabell 1, rad 2");
}

#[test]
fn a_template_of_another_kind_is_refused() {
    let word = handlingsplan::write::docx::STANDARD_TEMPLATE;
    assert!(matches!(check_template(word), Err(WriteError::BadTemplate { .. })));
    assert_eq!(Format::of_template(word), Some(Format::Docx));
    assert_eq!(Format::of_template(&standard_template().unwrap()), Some(Format::Pptx));
    assert_eq!(Format::of_template(b"hej"), None);
}

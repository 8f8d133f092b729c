//! The shipped plans against their gold answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use support::gold::{Gold, plan};
use support::{convert, fixture};

fn check(file: &str, gold: &str) {
    let plan = plan(convert(&fixture(&format!("plans/{file}")), file));
    pretty_eq(&Gold::of(&plan), &Gold::load(gold));
    assert_eq!(plan.reading.coverage, 1.0, "{:?}", plan.reading);
    assert_eq!(plan.region.as_deref(), Some("Sydöstra sjukvårdsregionen"));
}

fn pretty_eq(got: &Gold, want: &Gold) {
    let json = |gold: &Gold| serde_json::to_string_pretty(gold).unwrap();
    let (got, want) = (json(got), json(want));
    let first = got.lines().zip(want.lines()).find(|(a, b)| a != b);
    assert_eq!(got, want, "first difference: {first:#?}");
}

#[test]
fn the_plans_printed_to_pdf() {
    for year in [2023, 2024, 2025] {
        for form in ["docx", "pptx"] {
            let name = format!("rpo-md-{year}.{form}.pdf");
            let plan = plan(convert(&fixture(&format!("plans/{name}")), &name));
            // A space after a hyphen cannot be told from a line's end.
            let fold = |gold: &Gold| {
                serde_json::to_string_pretty(gold).unwrap().replace("- ", "-").replace("– ", "–").replace("/ ", "/")
            };
            let mut want = Gold::load(&format!("rpo-md-{year}"));
            let mut got = Gold::of(&plan);
            // The pages Resultat and Utmaningar are compared as text: their paragraphs are the layout's.
            for gold in [&mut want, &mut got] {
                gold.results = vec![gold.results.join(" ")];
                gold.challenges = vec![gold.challenges.join(" ")];
            }
            assert_eq!(fold(&got), fold(&want), "{name}");
            assert_eq!(plan.reading.coverage, 1.0, "{name}");
        }
    }
}

#[test]
fn the_word_plans() {
    for year in [2023, 2024, 2025] {
        check(&format!("rpo-md-{year}.docx"), &format!("rpo-md-{year}"));
    }
}

#[test]
fn the_powerpoint_plans() {
    for year in [2023, 2024, 2025] {
        check(&format!("rpo-md-{year}.pptx"), &format!("rpo-md-{year}"));
    }
}

#[test]
fn sheets_that_are_years_give_a_plan_each() {
    use handlingsplan::interpret::{Vocabulary, interpret};
    use handlingsplan::model::SourceFile;
    use handlingsplan::page::PartKind;
    let read = |year: i32| {
        let bytes = fixture(&format!("plans/rpo-md-{year}.xlsx"));
        handlingsplan::read::read(&bytes, &handlingsplan::read::ReadOptions::default()).unwrap()
    };
    let (mut document, other) = (read(2023), read(2024));
    let sheet = |mut part: handlingsplan::page::Part, year: i32| {
        part.kind = PartKind::Sheet { name: format!("Plan {year}"), hidden: false };
        part
    };
    document.parts = vec![sheet(document.parts.swap_remove(0), 2023), sheet(other.parts[0].clone(), 2024)];
    let file = SourceFile { file: "år.xlsx".into(), format: "xlsx".into(), sha256: String::new() };
    let plans = interpret(&document, &file, &Vocabulary::standard().unwrap());
    let items: Vec<usize> = plans.into_iter().map(|document| plan(document).items().count()).collect();
    assert_eq!(items, [9, 8]);
}

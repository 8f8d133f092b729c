//! The shipped plans against their gold answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

mod support;

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

//! The gold plans in every ugly form of a Word document: the answer is always the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use proptest::prelude::*;
use support::convert;
use support::gold::{Gold, plan};
use support::ugly::{LightForm, Ugly};

const LIGHTS: [LightForm; 7] = [
    LightForm::Ellipse,
    LightForm::Vml,
    LightForm::Shading,
    LightForm::Sign,
    LightForm::Word,
    LightForm::Wingdings,
    LightForm::Emoji,
];

fn check(ugly: Ugly, year: i32) {
    let mut gold = Gold::load(&format!("rpo-md-{year}"));
    // Every light there is, whatever the plan has.
    for (item, light) in gold.items.iter_mut().zip([
        handlingsplan::model::Light::Closed,
        handlingsplan::model::Light::Red,
        handlingsplan::model::Light::Yellow,
        handlingsplan::model::Light::Green,
    ]) {
        item.lights = vec![light];
    }
    let plan = plan(convert(&ugly.docx(&gold), "plan.docx"));
    let (got, want) = (serde_json::to_string_pretty(&Gold::of(&plan)), serde_json::to_string_pretty(&gold));
    let (got, want) = (got.unwrap(), want.unwrap());
    let first = got.lines().zip(want.lines()).find(|(a, b)| a != b);
    assert!(got == want, "{ugly:?} {year}: {first:#?}");
    assert_eq!(plan.reading.coverage, 1.0, "{:?}", plan.reading.warnings);
}

#[test]
fn every_form_of_a_light() {
    for light in LIGHTS {
        for year in [2023, 2024, 2025] {
            check(Ugly::plain(light), year);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_mixture_of_ugliness(
        light in prop::sample::select(LIGHTS.to_vec()),
        flags in any::<[bool; 8]>(),
        year in 2023..=2025,
    ) {
        let [split_runs, tracked, controls, decomposed, run_together, strict, bare_heading, wide_grid] = flags;
        let ugly = Ugly { light, split_runs, tracked, controls, decomposed, run_together, strict, bare_heading, wide_grid };
        check(ugly, year);
    }
}

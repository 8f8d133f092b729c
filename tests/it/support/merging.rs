//! Plans for tests, made from the gold answers.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    clippy::missing_panics_doc
)]

use std::path::PathBuf;

use handlingsplan::model::{Light, Plan, Source, blocks_text};
use serde_json::{Value, json};

/// The path of a fixture.
pub fn fixture(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// A gold answer as it stands.
pub fn gold(name: &str) -> Value {
    let text = std::fs::read_to_string(fixture(&format!("gold/{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A plan of a gold answer, as if it had been read from a file.
pub fn gold_plan(name: &str) -> Plan {
    let mut plan = super::gold_plan::gold(name);
    for item in plan.items_mut() {
        item.source = Some(Source { file: format!("{name}.docx"), place: "table 1".to_owned() });
    }
    plan
}

/// The items of a plan in the form of a gold answer.
pub fn as_gold(plan: &Plan) -> Value {
    let items = plan.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section.kind, item)));
    let items: Vec<Value> = items
        .map(|(kind, item)| {
            let entries: Vec<Value> = item
                .follow_up
                .iter()
                .map(|entry| json!({ "date": entry.date, "text": blocks_text(&entry.text) }))
                .collect();
            let lights: Vec<Light> = item.status.lights.iter().map(|light| light.light).collect();
            json!({
                "section": kind, "area": blocks_text(&item.area), "priority": blocks_text(&item.priority),
                "activities": blocks_text(&item.activities), "follow_up": entries,
                "status_text": blocks_text(&item.status.text), "lights": lights,
            })
        })
        .collect();
    json!({ "updated": plan.updated.as_ref().map(|updated| updated.date), "items": items })
}

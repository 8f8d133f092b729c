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

use handlingsplan::model::{
    Block, Entry, EntryDate, Item, ItemId, Light, Plan, SCHEMA_VERSION, Section, SectionColumns, SectionKind, Source,
    Status, StatusLight, Updated, assign_ids, blocks_text,
};
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

/// A plan of a gold answer: its cells are plain text, its ids are made of its wording.
pub fn gold_plan(name: &str) -> Plan {
    let gold = gold(name);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let blocks = |value: &Value| {
        let text = text(value);
        if text.is_empty() { Vec::new() } else { vec![Block::paragraph(text)] }
    };
    let lines = |value: &Value| match value {
        Value::Array(lines) => lines.iter().map(|line| Block::paragraph(line.as_str().unwrap())).collect(),
        other => blocks(other),
    };
    let mut sections: Vec<Section> = Vec::new();
    for value in gold["items"].as_array().unwrap() {
        let kind: SectionKind = serde_json::from_value(value["section"].clone()).unwrap();
        let entries = value["follow_up"].as_array().unwrap().iter().map(|entry| Entry {
            date: entry["date"].as_str().map(|date| date.parse::<EntryDate>().unwrap()),
            ..Entry::undated(blocks(&entry["text"]))
        });
        let lights = value["lights"]
            .as_array()
            .unwrap()
            .iter()
            .map(|light| StatusLight { light: serde_json::from_value::<Light>(light.clone()).unwrap(), label: None });
        let item = Item {
            id: ItemId::new(""),
            area: blocks(&value["area"]),
            priority: blocks(&value["priority"]),
            activities: blocks(&value["activities"]),
            promises: Vec::new(),
            follow_up: entries.collect(),
            status: Status { lights: lights.collect(), text: blocks(&value["status_text"]) },
            status_history: Vec::new(),
            wording_history: Vec::new(),
            last_seen: None,
            other: Vec::new(),
            source: Some(Source { file: format!("{name}.docx"), place: "table 1".to_owned() }),
        };
        match sections.last_mut() {
            Some(section) if section.kind == kind => section.items.push(item),
            _ => sections.push(Section { kind, title: None, columns: SectionColumns::default(), items: vec![item] }),
        }
    }
    let mut plan = Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        group: gold["group"].as_str().map(str::to_owned),
        title: gold["title"].as_str().map(str::to_owned),
        year: gold["year"].as_i64().map(|year| i16::try_from(year).unwrap()),
        updated: gold["updated"].as_str().map(|date| Updated {
            date: Some(date.parse().unwrap()),
            text: format!("Uppdaterad efter mötet {}", date.replace('-', "")),
        }),
        results: lines(&gold["results"]),
        challenges: lines(&gold["challenges"]),
        sections,
        ..Plan::default()
    };
    assign_ids(plan.items_mut(), |_| true);
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

//! The gold answers as plans.
#![allow(dead_code, missing_docs, clippy::unwrap_used, reason = "each user uses a part of it")]

use handlingsplan::model::*;
use serde_json::Value;

/// A plan with the contents of `fixtures/gold/NAME.json`, whose cells are plain text.
pub(crate) fn gold(name: &str) -> Plan {
    let path = format!("{}/fixtures/gold/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let gold: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let blocks = |value: &Value| text(value).map(Block::paragraph).into_iter().collect::<Vec<_>>();
    let all = |value: &Value| value.as_array().into_iter().flatten().flat_map(blocks).collect::<Vec<_>>();
    let mut plan = Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        region: Some("Sydöstra sjukvårdsregionen".to_owned()),
        group: text(&gold["group"]),
        title: text(&gold["title"]),
        year: gold["year"].as_i64().map(|year| year as i16),
        updated: text(&gold["updated"]).map(|date| Updated {
            date: date.parse().ok(),
            text: format!("Uppdaterad efter mötet {}", date.replace('-', "")),
        }),
        results: all(&gold["results"]),
        challenges: all(&gold["challenges"]),
        ..Plan::default()
    };
    for item in gold["items"].as_array().unwrap() {
        let kind: SectionKind = serde_json::from_value(item["section"].clone()).unwrap();
        let new = Item {
            area: blocks(&item["area"]),
            priority: blocks(&item["priority"]),
            activities: blocks(&item["activities"]),
            follow_up: item["follow_up"].as_array().unwrap().iter().map(entry).collect(),
            status: Status {
                lights: item["lights"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|light| StatusLight { light: serde_json::from_value(light.clone()).unwrap(), label: None })
                    .collect(),
                text: blocks(&item["status_text"]),
                ..Status::default()
            },
            ..Item::default()
        };
        match plan.sections.last_mut() {
            Some(section) if section.kind == kind => section.items.push(new),
            _ => plan.sections.push(section(kind, vec![new])),
        }
    }
    assign_ids(plan.items_mut(), |_| true);
    plan
}

fn entry(value: &Value) -> Entry {
    Entry {
        date: value["date"].as_str().map(|date| date.parse().unwrap()),
        written: None,
        text: vec![Block::paragraph(value["text"].as_str().unwrap())],
        earlier: Vec::new(),
    }
}

/// A section with the usual headings.
pub(crate) fn section(kind: SectionKind, items: Vec<Item>) -> Section {
    let area = match kind {
        SectionKind::National => Some("Nationellt insatsområde"),
        SectionKind::Assignment => Some("Uppdrag från RSL/KR till RPO MD"),
        SectionKind::Priority => None,
    };
    Section {
        kind,
        title: None,
        columns: SectionColumns {
            area: area.map(str::to_owned),
            priority: Some("Prioriterat område och patientlöften".to_owned()),
            activities: Some("Aktiviteter".to_owned()),
            follow_up: Some("Uppföljning".to_owned()),
            status: Some("Status".to_owned()),
        },
        items,
    }
}

/// An item with this text in its cells and nothing else.
pub(crate) fn item(area: &str, priority: &str) -> Item {
    Item {
        id: ItemId::from_wording(area, priority, "", 0),
        area: if area.is_empty() { Vec::new() } else { vec![Block::paragraph(area)] },
        priority: vec![Block::paragraph(priority)],
        ..Item::default()
    }
}

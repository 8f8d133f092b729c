//! The gold answers, and a plan in the same flat form: text cells, entries, lights.

use handlingsplan::model::{Block, Document, Light, Plan, SectionKind};
use serde::{Deserialize, Serialize};

/// A plan as the gold answers write it. White space is folded.
#[derive(Debug, PartialEq, Deserialize, Serialize)]
pub struct Gold {
    pub group: Option<String>,
    pub title: Option<String>,
    pub year: Option<i16>,
    pub updated: Option<String>,
    /// The kinds of the sections of the items, repeated ones once.
    pub sections: Vec<SectionKind>,
    pub items: Vec<GoldItem>,
    pub results: Vec<String>,
    pub challenges: Vec<String>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
pub struct GoldItem {
    pub section: SectionKind,
    pub area: String,
    pub priority: String,
    pub activities: String,
    pub follow_up: Vec<GoldEntry>,
    pub status_text: String,
    pub lights: Vec<Light>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
pub struct GoldEntry {
    pub date: Option<String>,
    pub text: String,
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn text(blocks: &[Block]) -> String {
    fold(&blocks.iter().map(Block::text).collect::<Vec<_>>().join(" "))
}

impl Gold {
    /// The answer of a name in `fixtures/gold`, with repeated section kinds once.
    pub fn load(name: &str) -> Self {
        let path = format!("{}/fixtures/gold/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let mut gold: Self = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        gold.sections.dedup();
        for text in gold.results.iter_mut().chain(&mut gold.challenges) {
            *text = fold(text);
        }
        gold
    }

    /// A plan in the form of the gold answers.
    pub fn of(plan: &Plan) -> Self {
        let mut sections: Vec<SectionKind> =
            plan.sections.iter().filter(|section| !section.items.is_empty()).map(|section| section.kind).collect();
        sections.dedup();
        let items = plan.sections.iter().flat_map(|section| section.items.iter().map(|item| (section.kind, item)));
        Self {
            group: plan.group.clone(),
            title: plan.title.clone(),
            year: plan.year,
            updated: plan.updated.as_ref().and_then(|updated| updated.date).map(|date| date.to_string()),
            sections,
            items: items
                .map(|(section, item)| {
                    let labels = item.status.lights.iter().filter_map(|light| light.label.clone());
                    let mut status: Vec<String> = labels.collect();
                    status.push(text(&item.status.text));
                    GoldItem {
                        section,
                        area: text(&item.area),
                        priority: text(&item.priority),
                        activities: text(&item.activities),
                        follow_up: item
                            .follow_up
                            .iter()
                            .map(|entry| GoldEntry {
                                date: entry.date.map(|date| date.to_string()),
                                text: text(&entry.text),
                            })
                            .collect(),
                        status_text: fold(&status.join(" ")),
                        lights: item.status.lights.iter().map(|light| light.light).collect(),
                    }
                })
                .collect(),
            results: plan.results.iter().map(|block| fold(&block.text())).collect(),
            challenges: plan.challenges.iter().map(|block| fold(&block.text())).collect(),
        }
    }
}

/// The plan of a document that must be one.
pub fn plan(document: Document) -> Plan {
    match document {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(other) => panic!("no plan: {:?}", other.title),
    }
}

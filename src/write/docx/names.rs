//! The names that a template's tags may use, with what they stand for; `docs/templates.md` describes them.

use crate::model::{
    Block, Entry, EntryDate, Item, ItemId, Light, OtherPart, Plan, Section, SectionColumns, SectionKind, Status,
    StatusLight, Updated,
};
use crate::write::template::check::Type::{self, List, Record, Value};

/// All names.
pub(in crate::write) const ROOT: Type = Record(&[
    ("region", Value),
    ("group", Value),
    ("title", Value),
    ("document_title", Value),
    ("year", Value),
    ("updated", Record(&[("text", Value), ("date", Value)])),
    ("instructions", Value),
    ("promises", Value),
    ("results", Value),
    ("challenges", Value),
    ("other", List(&PART)),
    ("pages", List(&PART)),
    ("sections", List(&SECTION)),
]);

const PART: Type = Record(&[("heading", Value), ("blocks", Value)]);

const SECTION: Type = Record(&[
    ("kind", Value),
    ("number", Value),
    ("title", Value),
    ("has_area", Value),
    ("has_other", Value),
    ("own_columns", List(&Value)),
    (
        "columns",
        Record(&[("area", Value), ("priority", Value), ("activities", Value), ("follow_up", Value), ("status", Value)]),
    ),
    ("items", List(&ITEM)),
]);

const ITEM: Type = Record(&[
    ("id", Value),
    ("title", Value),
    ("area", Value),
    ("priority", Value),
    ("activities", Value),
    ("follow_up", Value),
    ("entries", List(&ENTRY)),
    ("status", Value),
    ("lights", Value),
    ("status_text", Value),
    ("last_seen", Value),
    ("own_columns", List(&Value)),
    ("other", List(&PART)),
]);

const ENTRY: Type = Record(&[("date", Value), ("written", Value), ("text", Value), ("follow_up", Value)]);

/// What a plan loses on the page when a template never shows it: names of which one is enough, and what it is called.
pub(super) const WANTED: [(&[&str], &str); 10] = [
    (&["group", "title", "document_title"], "planens grupp eller titel"),
    (&["updated.text", "updated.date"], "raden om när planen uppdaterades"),
    (&["sections.items.area"], "området"),
    (&["sections.items.priority"], "det prioriterade området"),
    (&["sections.items.activities"], "aktiviteterna"),
    (&["sections.items.follow_up", "sections.items.entries.text", "sections.items.entries.follow_up"], "uppföljningen"),
    (&["sections.items.status", "sections.items.lights"], "statusljusen"),
    (&["sections.items.status", "sections.items.status_text"], "statusens ord"),
    (&["sections.items.own_columns", "sections.items.other.blocks"], "punkternas egna kolumner"),
    (&["results", "pages.blocks"], "sidan Resultat"),
];

/// A plan that has something for every name: what a template makes of it shows whether it holds together.
pub(super) fn sample() -> Plan {
    let text = |text: &str| vec![Block::paragraph(text), Block::bullet(0, "Punkt")];
    let entry = |date: &str| Entry { date: date.parse::<EntryDate>().ok(), ..Entry::undated(text("Anteckning")) };
    let item = |number: usize, light| Item {
        id: ItemId::new(format!("punkt-{number}")),
        area: text("Område"),
        priority: text("Prioriterat område"),
        activities: text("Aktiviteter"),
        promises: Vec::new(),
        follow_up: vec![entry("2024-01-01"), entry("2024-02-01")],
        status: Status {
            lights: vec![StatusLight { light, label: Some("(Del)".to_owned()) }],
            text: text("Status"),
            ..Status::default()
        },
        status_history: Vec::new(),
        wording_history: Vec::new(),
        last_seen: Some("plan.docx".to_owned()),
        other: vec![OtherPart { heading: Some("Ansvarig".to_owned()), blocks: text("Namn") }],
        source: None,
    };
    let columns = SectionColumns { area: Some("Område".to_owned()), ..SectionColumns::default() };
    let section = |kind| Section {
        kind,
        title: Some("Avsnitt".to_owned()),
        columns: columns.clone(),
        items: vec![item(1, Light::Green), item(2, Light::Closed)],
    };
    Plan {
        region: Some("Region".to_owned()),
        group: Some("Grupp".to_owned()),
        title: Some("Titel".to_owned()),
        year: Some(2024),
        updated: Some(Updated { date: None, text: "Uppdaterad".to_owned() }),
        instructions: text("Instruktioner"),
        promises: text("Patientlöften"),
        sections: vec![section(SectionKind::National), section(SectionKind::Priority)],
        results: text("Resultat"),
        challenges: text("Utmaningar"),
        other: vec![OtherPart { heading: Some("Övrigt".to_owned()), blocks: text("Text") }],
        ..Plan::default()
    }
}

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Block, Calendar, Item, ItemId, Reading};

/// The version of the JSON form.
pub const SCHEMA_VERSION: &str = "1";

/// What a file holds: a plan, or a document that goes with plans.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "one lives at a time; a box would only add noise")]
pub enum Document {
    /// An *översiktlig handlingsplan*.
    ActionPlan(Plan),
    /// A letter, an assignment, minutes: no action-plan table.
    SupportingDocument(SupportingDocument),
}

impl Document {
    /// How the reading went.
    pub fn reading(&self) -> &Reading {
        match self {
            Self::ActionPlan(plan) => &plan.reading,
            Self::SupportingDocument(document) => &document.reading,
        }
    }

    /// How the reading went, to add to.
    pub fn reading_mut(&mut self) -> &mut Reading {
        match self {
            Self::ActionPlan(plan) => &mut plan.reading,
            Self::SupportingDocument(document) => &mut document.reading,
        }
    }
}

/// What a document calls itself.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    ActionPlan,
    SupportingDocument,
}

impl Kind {
    fn read<'de, D: Deserializer<'de>>(self, rest: D) -> Result<Document, D::Error> {
        match self {
            Self::ActionPlan => Plan::deserialize(rest).map(Document::ActionPlan),
            Self::SupportingDocument => SupportingDocument::deserialize(rest).map(Document::SupportingDocument),
        }
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(DocumentVisitor)
    }
}

/// Reads on into the right type where the kind comes first, as this program writes it: what serde derives would hold
/// the whole document a second time.
struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object with a kind")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut before = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key != "kind" {
                before.insert(key, map.next_value()?);
                continue;
            }
            let kind: Kind = map.next_value()?;
            if before.is_empty() {
                return kind.read(MapAccessDeserializer::new(map));
            }
            while let Some((key, value)) = map.next_entry()? {
                before.insert(key, value);
            }
            return kind.read(serde_json::Value::Object(before)).map_err(de::Error::custom);
        }
        Err(de::Error::missing_field("kind"))
    }
}

/// An action plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The version of this form: "1".
    pub schema_version: String,
    /// The health-care region the document names.
    pub region: Option<String>,
    /// The programme area (RPO) or collaboration group (RSG) that owns the plan.
    pub group: Option<String>,
    /// The plan's title.
    pub title: Option<String>,
    /// The year the plan is for.
    pub year: Option<i16>,
    /// When the plan was last updated, as its own line says.
    pub updated: Option<Updated>,
    /// The template's page of instructions.
    #[serde(default)]
    pub instructions: Vec<Block>,
    /// The template's page of promises to patients.
    #[serde(default)]
    pub promises: Vec<Block>,
    /// The tables.
    pub sections: Vec<Section>,
    /// The page "Resultat".
    #[serde(default)]
    pub results: Vec<Block>,
    /// The page "Utmaningar".
    #[serde(default)]
    pub challenges: Vec<Block>,
    /// The year wheel.
    #[serde(default)]
    pub calendar: Option<Calendar>,
    /// What stands under headings that the model has no field for, comments, notes pages.
    #[serde(default)]
    pub other: Vec<OtherPart>,
    /// Notes from meetings that no item took.
    #[serde(default)]
    pub unplaced: Vec<Unplaced>,
    /// How the reading went.
    #[serde(default)]
    pub reading: Reading,
}

impl Plan {
    /// All items, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// All items, in order, to change.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.sections.iter_mut().flat_map(|section| &mut section.items)
    }
}

/// The line that says when the plan was updated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Updated {
    /// The day it names.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// The whole line.
    pub text: String,
}

/// What a section's items are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// National areas (Nationellt insatsområde).
    National,
    /// Assignments from the region's management (Uppdrag från RSL/KR).
    Assignment,
    /// The group's own priorities: a table with no first column of either kind.
    Priority,
}

/// A table, with its continuations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// From the first column's heading.
    pub kind: SectionKind,
    /// The heading right above the table, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The headings, as written.
    pub columns: SectionColumns,
    /// The rows.
    pub items: Vec<Item>,
}

/// A table's headings, as written; none where the table lacks the column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SectionColumns {
    /// National area or assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Prioritised area and promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<String>,
    /// Activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<String>,
    /// Follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<String>,
    /// Status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Text under a heading that the model has no field for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct OtherPart {
    /// The heading.
    pub heading: Option<String>,
    /// The text under it.
    pub blocks: Vec<Block>,
}

/// A note that no item took: a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Unplaced {
    /// The meeting.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// What the note calls its item.
    pub heading: String,
    /// The note.
    pub text: Vec<Block>,
    /// The status the note gives, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why nothing took it.
    pub reason: String,
    /// The items it may be about, likeliest first.
    pub candidates: Vec<ItemId>,
}

/// What a document that is no plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// From somebody to somebody.
    Letter,
    /// An assignment description (background, aim, time plan, decision points).
    Assignment,
    /// Anything else.
    Other,
}

/// A letter, an assignment or minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SupportingDocument {
    /// The version of this form: "1".
    pub schema_version: String,
    /// What it is.
    pub document_type: DocumentType,
    /// Its title.
    pub title: Option<String>,
    /// Its day.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// Who sends it.
    pub from: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// The text.
    pub sections: Vec<SupportingSection>,
    /// Who signed, one a line.
    pub signatures: Vec<String>,
    /// How the reading went.
    #[serde(default)]
    pub reading: Reading,
}

/// A part of a supporting document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupportingSection {
    /// Its heading; none before the first.
    pub heading: Option<String>,
    /// The heading's level, from 1; 0 with no heading.
    #[serde(default)]
    pub level: u8,
    /// The text.
    pub blocks: Vec<Block>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_may_stand_anywhere() {
        let plan = Document::ActionPlan(Plan { title: Some("Plan".to_owned()), year: Some(2024), ..Plan::default() });
        let first = serde_json::to_string(&plan).unwrap();
        assert!(first.starts_with(r#"{"kind":"action_plan","#));
        let rest = first.replacen(r#""kind":"action_plan","#, "", 1);
        let last = format!(r#"{},"kind":"action_plan"}}"#, rest.strip_suffix('}').unwrap());
        for text in [first, last] {
            assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), plan, "{text}");
        }
        for wrong in ["{}", r#"{"title":"x"}"#, r#"{"kind":"letter"}"#, r#"{"year":1,"kind":"action_plan"}"#, "[]"] {
            assert!(serde_json::from_str::<Document>(wrong).is_err(), "{wrong}");
        }
    }
}

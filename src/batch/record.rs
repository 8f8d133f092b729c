//! What is known of each file and each group after a run: the lines of the journal and of `report.json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::model::Light;
use crate::model::{DocumentType, EntryDate, ItemId, Leftover, Warning};

/// One file of the archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileRecord {
    /// Its path in the archive, with `/`.
    pub file: String,
    /// The SHA-256 of its bytes; none where it could not be read.
    pub sha256: Option<String>,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// What became of it.
    pub status: Status,
    /// Why it failed or was left out.
    pub failure: Option<Failure>,
    /// What was found in it.
    pub documents: Vec<DocumentRecord>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All outputs are written.
    Converted,
    /// It could not be read or written.
    Failed,
    /// It is of no format that the program reads, and nobody named it on its own.
    LeftOut,
}

/// Why a file failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// It may go better another time: the time ran out, a disk was away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passing: bool,
}

/// One plan or supporting document of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// The kind of a supporting document; none for a plan.
    pub document_type: Option<DocumentType>,
    /// The group that owns the plan.
    pub group: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The plan's year.
    pub year: Option<i16>,
    /// The day of the last update, or of the letter.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// The newest dated entry's day or year.
    pub newest_entry: Option<EntryDate>,
    /// Items.
    pub items: usize,
    /// Dated entries.
    pub entries: usize,
    /// The share of the document's letters and digits that stand in a field.
    pub coverage: f64,
    /// What stands in no field.
    pub leftovers: Vec<Leftover>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
    /// The outputs, relative to the output folder.
    pub outputs: Vec<Output>,
    /// Formats that cannot hold this document, each with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_written: Vec<String>,
    /// The model's file, relative to the output folder.
    pub model: String,
}

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// Its path, relative to the output folder, with `/`.
    pub path: String,
    /// How large it is, in bytes.
    pub bytes: u64,
}

/// All plans of one group, merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupRecord {
    /// The group's name.
    pub group: String,
    /// The versions, oldest first.
    pub versions: Vec<Version>,
    /// The merged history's file, relative to the output folder.
    pub history: Option<String>,
    /// Why there is no history, or an incomplete one.
    pub failure: Option<String>,
    /// Its items.
    pub items: Vec<ItemRecord>,
    /// Disagreements between versions, in words.
    pub conflicts: Vec<String>,
    /// Pairs of items that may be one, in words.
    pub doubtful: Vec<String>,
}

impl GroupRecord {
    /// A group of which nothing is known yet.
    pub(super) fn new(group: String) -> Self {
        Self {
            group,
            versions: Vec::new(),
            history: None,
            failure: None,
            items: Vec::new(),
            conflicts: Vec::new(),
            doubtful: Vec::new(),
        }
    }
}

/// One version of a group's plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The file that holds it.
    pub file: String,
    /// The plan's year.
    pub year: Option<i16>,
    /// The day of the last update.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
}

/// One item of a group's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemRecord {
    /// Its id.
    pub id: ItemId,
    /// Its name in words, cut short.
    pub name: String,
    /// Statuses, oldest first; the last one stands.
    pub statuses: Vec<ItemStatus>,
    /// Dated entries.
    pub entries: usize,
    /// The newest dated entry's day or year.
    pub last_entry: Option<EntryDate>,
    /// No entry for more than a year before the group's newest day, and not closed.
    pub quiet: bool,
    /// The newest version that has it, where that is not the newest of all.
    pub last_seen: Option<String>,
}

/// A status of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemStatus {
    /// The day from which it is known.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// Its lights; none where it is words alone.
    pub lights: Vec<Light>,
    /// Its words.
    pub text: String,
}

/// A supporting document that speaks of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// The supporting document's file.
    pub file: String,
    /// The group.
    pub group: String,
    /// The item.
    pub item: ItemId,
    /// The item's name.
    pub name: String,
    /// How alike the texts are, 0 to 1.
    pub likeness: f32,
}

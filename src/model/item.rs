use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Block, EntryDate, ItemId, OtherPart, SectionKind, Source, Status, StatusChange};

/// One of the region's seven promises to patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// Care that is easy to reach for contact, assessment and visits.
    Accessible,
    /// Diagnostics, treatment and follow-up by the best knowledge in every meeting.
    BestKnowledge,
    /// To be involved and well informed.
    Involved,
    /// Equal care.
    Equal,
    /// Health promotion and screening.
    Prevention,
    /// Safe care.
    Safe,
    /// Cost-effective care.
    CostEffective,
}

/// One dated note in the follow-up cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// When; none for text that stands before any date.
    pub date: Option<EntryDate>,
    /// The date as written in the source, without the colon after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// What was noted.
    pub text: Vec<Block>,
    /// Older wordings of the same note, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Vec<Block>>,
}

impl Entry {
    /// Text with no date.
    pub fn undated(text: Vec<Block>) -> Self {
        Self { date: None, written: None, text, earlier: Vec::new() }
    }

    /// The date as a plan shows it: as written, else `YYMMDD`, or the year alone.
    pub fn shown_date(&self) -> Option<String> {
        self.written.clone().or_else(|| match self.date? {
            EntryDate::Day(day) => Some(day.strftime("%y%m%d").to_string()),
            EntryDate::Year(year) => Some(format!("{year:04}")),
        })
    }
}

/// How an item was worded in an earlier version.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Wording {
    /// The file it was read from.
    pub source: Option<String>,
    /// The kind of section the item stood in.
    pub section: SectionKind,
    /// The first column then.
    pub area: Vec<Block>,
    /// The priority column then.
    pub priority: Vec<Block>,
    /// The activities column then.
    pub activities: Vec<Block>,
}

/// One row of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Stable from version to version.
    pub id: ItemId,
    /// National area or assignment; empty in a four-column table.
    pub area: Vec<Block>,
    /// Prioritised area and promises to patients.
    pub priority: Vec<Block>,
    /// How the work is done.
    pub activities: Vec<Block>,
    /// Which of the seven promises the text names.
    #[serde(default)]
    pub promises: Vec<Promise>,
    /// The dated notes, in the order they are written.
    pub follow_up: Vec<Entry>,
    /// What the status cell says now.
    #[serde(default)]
    pub status: Status,
    /// Earlier statuses, newest first.
    #[serde(default)]
    pub status_history: Vec<StatusChange>,
    /// Earlier wordings, newest first.
    #[serde(default)]
    pub wording_history: Vec<Wording>,
    /// After a merge: the newest source that has the item, where that is not the newest of all.
    #[serde(default)]
    pub last_seen: Option<String>,
    /// Cells of columns that the model has no field for, under their headings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other: Vec<OtherPart>,
    /// Where the item was read.
    #[serde(default)]
    pub source: Option<Source>,
}

/// How long a name in words may be, in characters.
const NAME_LEN: usize = 60;

impl Item {
    /// The item in words: the first line of its area, priority and activities that says something, cut short.
    pub fn name(&self) -> String {
        let mut blocks = [&self.area, &self.priority, &self.activities].into_iter().flatten();
        let text = blocks.find(|block| !block.is_blank()).map(Block::text).unwrap_or_default();
        let text = text.trim();
        let mut short: String = text.chars().take(NAME_LEN).collect();
        if short.len() < text.len() {
            short.truncate(short.rfind(' ').unwrap_or(short.len()));
            short.push('…');
        }
        short
    }
}

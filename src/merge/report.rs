//! What a merge did and what a person must look at.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Block, EntryDate, ItemId, Plan, Warning, WarningCode};

use super::matching::How;

/// What a merge did and what a person must look at: the JSON of `--report`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MergeReport {
    /// The meeting whose notes were merged.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub meeting: Option<Date>,
    /// What was merged into the plan.
    pub source: String,
    /// Notes that an item took.
    pub applied: Vec<Applied>,
    /// Notes that no item took.
    pub unplaced: Vec<UnplacedNote>,
    /// Two texts or statuses for the same date; both are kept.
    pub conflicts: Vec<Conflict>,
    /// Pairs of items that may be the same; both are kept.
    pub doubtful: Vec<Doubtful>,
    /// Items of two versions that are one.
    pub pairs: Vec<Pair>,
    /// Items that the newer version lacks; they are kept.
    pub kept: Vec<ItemId>,
    /// The versions that were merged, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Lines of the file of decisions that name no item of these versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused_decisions: Vec<String>,
    /// Headings of earlier notes that were unplaced and have been placed now.
    pub resolved: Vec<String>,
    /// Headings with nothing under them.
    pub empty: Vec<String>,
}

/// A note that an item took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Applied {
    /// The note's heading.
    pub heading: String,
    /// Its line in the notes.
    pub line: usize,
    /// The item.
    pub item: ItemId,
    /// The item in words.
    pub name: String,
    /// What told which item.
    pub how: How,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// What became of the text.
    pub entry: EntryOutcome,
    /// What became of the status.
    pub status: StatusOutcome,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryOutcome {
    /// There was no text.
    None,
    /// A new entry.
    Added,
    /// The plan had it already.
    Unchanged,
    /// It replaced a shorter wording of the same text, which is kept with the entry.
    Replaced,
    /// The plan has a longer wording; this one is kept with the entry.
    KeptAsEarlier,
}

/// What became of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusOutcome {
    /// The note gave none.
    None,
    /// It stands now.
    Set,
    /// It stood already.
    Unchanged,
    /// It is older than the one that stands, and is in the history.
    History,
}

/// A note that no item took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnplacedNote {
    /// The note's heading.
    pub heading: String,
    /// Its line in the notes.
    pub line: usize,
    /// Why, in Swedish.
    pub reason: String,
    /// The items it may be about, likeliest first.
    pub candidates: Vec<ItemId>,
}

/// What a conflict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Two entries of the same date.
    Entry,
    /// Two statuses from the same meeting.
    Status,
    /// Two wordings that two people made of the same one.
    Wording,
}

/// Two texts or statuses for the same date; both are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// What it is about.
    pub kind: ConflictKind,
    /// The item.
    pub item: ItemId,
    /// The item in words.
    pub name: String,
    /// The date of both.
    pub date: Option<EntryDate>,
    /// What the plan had.
    pub old: Vec<Block>,
    /// What was merged.
    pub new: Vec<Block>,
}

/// Two items that may be the same; both are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doubtful {
    /// The item of the older version.
    pub older: ItemId,
    /// In words.
    pub older_name: String,
    /// Where it was read.
    pub older_source: Option<String>,
    /// The item of the newer version.
    pub newer: ItemId,
    /// In words.
    pub newer_name: String,
    /// Where it was read.
    pub newer_source: Option<String>,
    /// How sure, 0 to 1.
    pub likeness: f32,
    /// What may have happened.
    pub kind: DoubtfulKind,
}

/// What two items that may be one may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoubtfulKind {
    /// The same item.
    Same,
    /// A part of an item that was split: the older one is taken already.
    Split,
    /// An item that went up into another: the newer one is taken already.
    Joined,
}

/// Two items that are one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// The id in the older version, which stands.
    pub older: ItemId,
    /// The id in the newer version.
    pub newer: ItemId,
    /// What told.
    pub how: How,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

impl MergeReport {
    /// Whether something is left for a person to decide (exit status 3).
    pub fn needs_person(&self) -> bool {
        !(self.unplaced.is_empty() && self.conflicts.is_empty() && self.doubtful.is_empty())
    }

    /// Adds the report of a further step.
    pub(super) fn add(&mut self, step: Self) {
        self.source = step.source;
        self.applied.extend(step.applied);
        self.unplaced.extend(step.unplaced);
        self.conflicts.extend(step.conflicts);
        self.doubtful.extend(step.doubtful);
        self.pairs.extend(step.pairs);
        self.resolved.extend(step.resolved);
        self.empty.extend(step.empty);
    }

    /// Closes the report of several steps: what a later step settled is no question any more.
    pub(super) fn close(&mut self, merged: &Plan) {
        let stands: HashMap<&ItemId, &ItemId> = self.pairs.iter().map(|pair| (&pair.newer, &pair.older)).collect();
        let final_id = |id: &ItemId| {
            let mut id = id.clone();
            // An item was renamed at most once a step.
            for _ in 0..self.versions.len() {
                match stands.get(&id) {
                    Some(&older) if *older != id => id = older.clone(),
                    _ => break,
                }
            }
            id
        };
        let mut asked = HashSet::new();
        let open: Vec<bool> = self
            .doubtful
            .iter()
            .map(|pair| {
                let (older, newer) = (final_id(&pair.older), final_id(&pair.newer));
                older != newer && asked.insert((older, newer))
            })
            .collect();
        let mut open = open.into_iter();
        self.doubtful.retain(|_| open.next().unwrap_or(true));
        self.kept = merged.items().filter(|item| item.last_seen.is_some()).map(|item| item.id.clone()).collect();
    }

    /// The report as warnings, in Swedish.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |code, message: String| warnings.push(Warning::new(code, message));
        for note in &self.unplaced {
            let candidates = match note.candidates.as_slice() {
                [] => String::new(),
                ids => format!(" Närmast: {}.", list(ids)),
            };
            let called = if note.heading.is_empty() { String::new() } else { format!("”{}” ", note.heading) };
            let message = format!(
                "Rad {}: anteckningen {called}placerades inte: {}.{candidates} \
                 Skriv punktens id som rubrik och kör igen.",
                note.line, note.reason
            );
            warn(WarningCode::NoteUnplaced, message);
        }
        for conflict in &self.conflicts {
            let date = conflict.date.map(|date| format!(" för {date}")).unwrap_or_default();
            let what = match conflict.kind {
                ConflictKind::Entry => "två olika texter",
                ConflictKind::Status => "två olika statusar",
                ConflictKind::Wording => "två olika lydelser, ändrade var för sig från samma",
            };
            let message = format!("”{}” har {what}{date}. Båda finns kvar; välj vilken som gäller.", conflict.name);
            warn(WarningCode::Conflict, message);
        }
        for pair in &self.doubtful {
            let message = format!(
                "”{}” ({}) och ”{}” ({}) kan vara samma punkt. Båda finns kvar.",
                pair.older_name, pair.older, pair.newer_name, pair.newer
            );
            warn(WarningCode::DoubtfulPair, message);
        }
        for note in self.applied.iter().filter(|note| note.status == StatusOutcome::History) {
            let message = format!(
                "Rad {}: statusen för ”{}” är äldre än planens senaste uppdatering och lades i historiken.",
                note.line, note.name
            );
            warn(WarningCode::NoteOlder, message);
        }
        for heading in &self.empty {
            warn(WarningCode::NoteEmpty, format!("Rubriken ”{heading}” har ingen text och ändrar inget."));
        }
        warnings
    }
}

fn list(ids: &[ItemId]) -> String {
    ids.iter().map(ItemId::as_str).collect::<Vec<_>>().join(", ")
}

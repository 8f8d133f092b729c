use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Source;

/// A result with what could not be done on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What a person may need to know.
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    /// A result with nothing to remark on.
    pub fn clean(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }
}

/// How much a warning matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// Look at it.
    Warning,
    /// Something may be missing or wrong.
    Error,
}

/// What kind of thing a warning is about; the message says the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// Tracked insertions were kept and deletions left out.
    TrackedChanges,
    /// Text that the document hides was left out.
    HiddenText,
    /// A hidden row, column, sheet or slide was read.
    HiddenPart,
    /// A part of the file could not be read.
    UnreadablePart,
    /// The file is damaged and was read as far as possible.
    Damaged,
    /// A picture may hold text that is not read.
    Picture,
    /// A page holds a picture and no text.
    ScannedPage,
    /// Something of the format that is not read.
    Unsupported,
    /// A shape or fill has a colour that is none of the lights'.
    UnknownLight,
    /// A light that stands in no cell.
    LightOutsideTable,
    /// A date that is no entry date may be one, or the other way round.
    DoubtfulDate,
    /// Entries that are not in order of time.
    EntriesOutOfOrder,
    /// An entry dated after the plan's last update or the meetings around it.
    EntryInFuture,
    /// A written date that is no day of the calendar.
    ImpossibleDate,
    /// A heading that is no known column.
    UnknownColumn,
    /// A column known by likeness rather than by its words.
    DoubtfulColumn,
    /// A table whose heading row was not found.
    TableWithoutHeading,
    /// A row with text whose item is not certain.
    DoubtfulRow,
    /// The group, title or year is not certain or not there.
    DoubtfulTitle,
    /// Text that no field took; it is in the leftovers.
    Leftovers,
    /// Text that was read stands neither in a field nor in the leftovers: a fault in the program.
    TextUnaccounted,
    /// A note that no item took.
    NoteUnplaced,
    /// A heading of the notes with nothing under it.
    NoteEmpty,
    /// A note from before the plan's last update: its status does not stand.
    NoteOlder,
    /// Two items of two versions that may be the same: a person decides.
    DoubtfulPair,
    /// A person's decision about a pair of items that the versions lack.
    UnusedDecision,
    /// Text in another encoding than UTF-8.
    TextEncoding,
    /// Two texts for the same date, both kept.
    Conflict,
    /// Something the output format cannot carry.
    NotCarried,
    /// The hidden model of a written file could not be used.
    HiddenModel,
}

impl WarningCode {
    /// How much a warning of this kind matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::TrackedChanges
            | Self::HiddenPart
            | Self::Picture
            | Self::UnknownColumn
            | Self::DoubtfulColumn
            | Self::NoteEmpty
            | Self::TextEncoding => Severity::Info,
            Self::UnreadablePart
            | Self::Damaged
            | Self::ScannedPage
            | Self::TextUnaccounted
            | Self::NoteUnplaced
            | Self::Conflict => Severity::Error,
            _ => Severity::Warning,
        }
    }
}

/// Something a person may need to know about a reading, a merge or a writing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What kind of thing.
    pub code: WarningCode,
    /// How much it matters.
    pub severity: Severity,
    /// What was found and what to do, in Swedish.
    pub message: String,
    /// Where.
    pub source: Option<Source>,
}

impl Warning {
    /// A warning with its kind's own severity and no place.
    pub fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), message: message.into(), source: None }
    }

    /// The same with a place.
    #[must_use]
    pub fn at(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }
}

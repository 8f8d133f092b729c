//! What a careful secretary would remark on in a plan.
//!
//! Each rule is a line of [`RULES`] and a function in the file of its group; the Swedish words that rules go
//! by are data in `templates/check.toml`. A rule says nothing where it cannot know: a remark that is wrong
//! costs more trust than one that is missing.

mod context;
mod entries;
mod plan;
mod promises;
mod status;
mod time;
mod times;
mod twins;
mod wording;
mod words;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{ItemId, Plan, Severity, Source};

use context::Context;

/// What the check goes by beside the plan itself.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The day it is.
    pub today: Today,
    /// The group's meetings, where they are known: entries of other days are remarked on.
    pub meetings: Vec<Date>,
}

/// The day it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Today {
    /// Nobody says: the plan's own last day stands for it.
    #[default]
    Unknown,
    /// By the clock. A plan of an earlier year is judged as of the January after its year.
    Clock(Date),
    /// As somebody said: holds as it is.
    Given(Date),
}

/// A kind of remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// The status cell is empty.
    MissingStatus,
    /// A red light with no words about why.
    RedUnexplained,
    /// A closed item with newer entries.
    ClosedWithNews,
    /// No entry since the last meeting.
    NothingSinceMeeting,
    /// No entry in the whole plan has a date.
    NoDatedEntries,
    /// Entries that run against the order of time.
    EntriesOutOfOrder,
    /// An entry of a day that has not come.
    EntryInFuture,
    /// An entry after the day that the plan says it was updated.
    EntryAfterUpdate,
    /// An entry on no known meeting day.
    NoMeetingDay,
    /// A date that is no day of the calendar.
    ImpossibleDate,
    /// A stated time that has passed, in an item that is open.
    TimePassed,
    /// A promise that is none of the seven.
    UnknownPromise,
    /// An item that names no promise, in a plan whose items do.
    MissingPromise,
    /// Two items that look like one.
    SimilarItems,
    /// A cell with nothing in it.
    EmptyCell,
    /// A year in an item's name that is not the plan's.
    YearInName,
    /// The plan's year against its entries and its line of update.
    YearMismatch,
    /// The plan does not say its year, title, group or day of update.
    FrontIncomplete,
    /// A note that no item took.
    UnplacedNote,
    /// Text that no field took.
    Leftovers,
    /// What the reading was not sure of.
    DoubtfulReading,
}

impl Code {
    /// The code as JSON writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingStatus => "missing_status",
            Self::RedUnexplained => "red_unexplained",
            Self::ClosedWithNews => "closed_with_news",
            Self::NothingSinceMeeting => "nothing_since_meeting",
            Self::NoDatedEntries => "no_dated_entries",
            Self::EntriesOutOfOrder => "entries_out_of_order",
            Self::EntryInFuture => "entry_in_future",
            Self::EntryAfterUpdate => "entry_after_update",
            Self::NoMeetingDay => "no_meeting_day",
            Self::ImpossibleDate => "impossible_date",
            Self::TimePassed => "time_passed",
            Self::UnknownPromise => "unknown_promise",
            Self::MissingPromise => "missing_promise",
            Self::SimilarItems => "similar_items",
            Self::EmptyCell => "empty_cell",
            Self::YearInName => "year_in_name",
            Self::YearMismatch => "year_mismatch",
            Self::FrontIncomplete => "front_incomplete",
            Self::UnplacedNote => "unplaced_note",
            Self::Leftovers => "leftovers",
            Self::DoubtfulReading => "doubtful_reading",
        }
    }
}

/// One rule: what it looks for and what looks for it.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The kind of its remarks.
    pub code: Code,
    /// How much they matter.
    pub severity: Severity,
    /// What it looks for, in Swedish, for people.
    pub title: &'static str,
    /// What to do about it.
    pub hint: &'static str,
    run: fn(&Context<'_>, &mut Found<'_>),
}

/// All rules, in the order in which their remarks on one item are told.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::MissingStatus,
        severity: Severity::Warning,
        title: "Status saknas",
        hint: "Sätt grön, gul eller röd, eller kryssa för att punkten är avslutad.",
        run: status::missing,
    },
    Rule {
        code: Code::RedUnexplained,
        severity: Severity::Warning,
        title: "Röd status utan förklaring",
        hint: "Skriv i statusen vad hindret är, och vem som gör vad åt det.",
        run: status::red_unexplained,
    },
    Rule {
        code: Code::ClosedWithNews,
        severity: Severity::Warning,
        title: "Avslutad punkt med nyare anteckningar",
        hint: "Öppna punkten igen, eller flytta anteckningen till den punkt den gäller.",
        run: status::closed_with_news,
    },
    Rule {
        code: Code::NothingSinceMeeting,
        severity: Severity::Info,
        title: "Inget nytt sedan senaste mötet",
        hint: "Skriv vad mötet sade om punkten, om så bara att inget är nytt.",
        run: entries::nothing_since_meeting,
    },
    Rule {
        code: Code::NoDatedEntries,
        severity: Severity::Info,
        title: "Ingen uppföljning har datum",
        hint: "Börja varje anteckning med mötets datum (ÅÅMMDD).",
        run: entries::no_dated_entries,
    },
    Rule {
        code: Code::EntriesOutOfOrder,
        severity: Severity::Warning,
        title: "Anteckningar i oordning",
        hint: "Rätta datumet, eller flytta anteckningen till sin plats i tiden.",
        run: entries::out_of_order,
    },
    Rule {
        code: Code::EntryInFuture,
        severity: Severity::Error,
        title: "Anteckning med ett datum som inte har varit",
        hint: "Rätta datumet. Är det en planerad händelse hör den till aktiviteterna.",
        run: entries::in_future,
    },
    Rule {
        code: Code::EntryAfterUpdate,
        severity: Severity::Info,
        title: "Anteckningar efter planens uppdateringsdatum",
        hint: "Ändra raden som säger när planen uppdaterades, eller rätta anteckningens datum.",
        run: entries::after_update,
    },
    Rule {
        code: Code::NoMeetingDay,
        severity: Severity::Info,
        title: "Anteckning på en dag som inte är en mötesdag",
        hint: "Kontrollera datumet mot mötets.",
        run: entries::no_meeting_day,
    },
    Rule {
        code: Code::ImpossibleDate,
        severity: Severity::Error,
        title: "Datum som inte finns",
        hint: "Rätta datumet.",
        run: entries::impossible_date,
    },
    Rule {
        code: Code::TimePassed,
        severity: Severity::Warning,
        title: "Utlovad tid som har gått",
        hint: "Skriv vad som blev gjort och sätt en ny tid, eller avsluta punkten.",
        run: times::passed,
    },
    Rule {
        code: Code::UnknownPromise,
        severity: Severity::Warning,
        title: "Löfte som inte är något av de sju",
        hint: "Skriv löftet som det står på planens sida Patientlöften.",
        run: promises::unknown,
    },
    Rule {
        code: Code::MissingPromise,
        severity: Severity::Info,
        title: "Punkt utan patientlöfte",
        hint: "Skriv vilket av de sju löftena som punkten bidrar till.",
        run: promises::missing,
    },
    Rule {
        code: Code::SimilarItems,
        severity: Severity::Warning,
        title: "Två punkter som liknar varandra",
        hint: "Är det samma sak: behåll den ena och för över anteckningarna.",
        run: twins::similar,
    },
    Rule {
        code: Code::EmptyCell,
        severity: Severity::Warning,
        title: "Tom cell",
        hint: "Fyll i cellen.",
        run: wording::empty_cells,
    },
    Rule {
        code: Code::YearInName,
        severity: Severity::Info,
        title: "Årtal i punktens namn som inte passar planens år",
        hint: "Ta bort eller ändra årtalet, om det inte hör till ett namn.",
        run: wording::year_in_name,
    },
    Rule {
        code: Code::YearMismatch,
        severity: Severity::Warning,
        title: "Planens år passar inte dess datum",
        hint: "Kontrollera rubrikens årtal och raden som säger när planen uppdaterades.",
        run: plan::year_mismatch,
    },
    Rule {
        code: Code::FrontIncomplete,
        severity: Severity::Info,
        title: "Planens början saknar något",
        hint: "Skriv det på planens första sida.",
        run: plan::front_incomplete,
    },
    Rule {
        code: Code::UnplacedNote,
        severity: Severity::Error,
        title: "Anteckning som inte hör till någon punkt",
        hint: "För in den under rätt punkt och ta bort den ur listan över oplacerade anteckningar.",
        run: plan::unplaced,
    },
    Rule {
        code: Code::Leftovers,
        severity: Severity::Warning,
        title: "Text som inget fält tog",
        hint: "Se efter i dokumentet vad texten hör till.",
        run: plan::leftovers,
    },
    Rule {
        code: Code::DoubtfulReading,
        severity: Severity::Warning,
        title: "Osäker läsning",
        hint: "Se efter på platsen i dokumentet.",
        run: plan::doubtful_reading,
    },
];

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, in Swedish.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The item it is about; none for the plan as a whole.
    pub item: Option<ItemRef>,
    /// The column it is about, by the model's name: area, priority, activities, follow_up, status.
    pub column: Option<Column>,
    /// Where it was read.
    pub source: Option<Source>,
}

/// What `check` writes as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckReport {
    /// The plans of the file, in its order.
    pub plans: Vec<Checked>,
}

/// A plan that was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// The file it stands in, as the caller names it.
    pub file: String,
    /// The plan's title.
    pub title: Option<String>,
    /// The plan's year.
    pub year: Option<i16>,
    /// The remarks, in the plan's order.
    pub remarks: Vec<Remark>,
}

impl Checked {
    /// Looks a plan through.
    pub fn new(file: impl Into<String>, plan: &Plan, options: &CheckOptions) -> Self {
        Self { file: file.into(), title: plan.title.clone(), year: plan.year, remarks: check(plan, options) }
    }
}

/// An item as a remark names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemRef {
    /// Its id.
    pub id: ItemId,
    /// Its name in words.
    pub name: String,
}

/// A column of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// National area or assignment.
    Area,
    /// Prioritised area and promises.
    Priority,
    /// Activities.
    Activities,
    /// Follow-up.
    FollowUp,
    /// Status.
    Status,
}

/// Remarks of one rule as they are found.
struct Found<'a> {
    rule: &'a Rule,
    remarks: Vec<(usize, Remark)>,
}

impl Found<'_> {
    /// A remark on an item, by its number in the plan.
    fn item(&mut self, context: &Context<'_>, number: usize, column: Option<Column>, message: String) {
        let item = context.items[number].item;
        let name = item.name();
        let remark = Remark {
            code: self.rule.code,
            severity: self.rule.severity,
            message,
            hint: self.rule.hint.to_owned(),
            item: Some(ItemRef { id: item.id.clone(), name }),
            column,
            source: item.source.clone(),
        };
        self.remarks.push((number, remark));
    }

    /// A remark on the plan as a whole; they are told before those on items.
    fn plan(&mut self, message: String) -> &mut Remark {
        let (code, severity, hint) = (self.rule.code, self.rule.severity, self.rule.hint.to_owned());
        let number = self.remarks.len();
        self.remarks.push((0, Remark { code, severity, message, hint, item: None, column: None, source: None }));
        &mut self.remarks[number].1
    }
}

/// Looks the plan through: remarks on the plan as a whole first, then item by item.
pub fn check(plan: &Plan, options: &CheckOptions) -> Vec<Remark> {
    let context = Context::new(plan, options);
    let mut all = Vec::new();
    for rule in RULES {
        let mut found = Found { rule, remarks: Vec::new() };
        (rule.run)(&context, &mut found);
        all.extend(found.remarks);
    }
    // Stable: the order of the rules holds within an item.
    all.sort_by_key(|(number, remark)| (remark.item.is_some(), *number));
    all.into_iter().map(|(_, remark)| remark).collect()
}

#[cfg(test)]
mod tests;

//! Plan → what its pages say, in order, with no thought of where on the page it stands.

use jiff::civil::Date;

use super::look;
use crate::model::{
    Block, BlockKind, Calendar, CalendarEvent, Entry, EntryDate, Item, Light, OtherPart, Plan, Run, Section, Status,
    SupportingDocument,
};
use crate::write::shown::{self, Column};

/// A part of the document.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// The group that owns the plan, over its title.
    Group(String),
    /// The largest heading.
    Title(String),
    /// A heading and its level, from 1.
    Heading(u8, String),
    /// A line under the title.
    Small(String),
    Text(Vec<Line>),
    Table(Table),
}

/// A section's table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Widths as shares, and headings.
    pub(super) columns: Vec<(f32, String)>,
    /// Columns with no text in any row may be narrow.
    pub(super) may_shrink: bool,
    /// What a screen reader says before it reads the table.
    pub(super) summary: String,
    /// What the outline calls it, where no heading stands over it.
    pub(super) bookmark: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// An item.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cells: Vec<Vec<Line>>,
}

/// One paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// For a list point its depth.
    pub(super) bullet: Option<u8>,
    /// Belongs to an entry that is to be marked as new.
    pub(super) new: bool,
    pub(super) pieces: Vec<Piece>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text {
        text: String,
        bold: bool,
        italic: bool,
        link: Option<String>,
    },
    /// The date that an entry starts with.
    Date(String),
    Light(Light),
}

/// The plan in the order of the standard document; entries from a day on are marked as new, if one is given.
pub(super) fn plan(plan: &Plan, mark_new: Option<Date>) -> Vec<Part> {
    let mut parts = Vec::new();
    let title = shown::title(plan).to_owned();
    match named(plan.group.as_deref()).filter(|group| *group != title) {
        Some(group) => parts.extend([Part::Group(group.to_owned()), Part::Heading(1, title)]),
        None => parts.push(Part::Title(title)),
    }
    parts.extend(plan.updated.as_ref().map(|updated| Part::Small(updated.text.clone())));
    if let Some(from) = mark_new
        && plan.items().flat_map(|item| &item.follow_up).any(|entry| is_new(entry, mark_new))
    {
        parts.push(Part::Small(format!("Ett streck i kanten visar vad som är nytt sedan {from}.")));
    }
    for section in &plan.sections {
        parts.extend(named(section.title.as_deref()).map(|title| Part::Heading(2, title.to_owned())));
        parts.push(Part::Table(table(section, &plan.other, mark_new)));
    }
    for (heading, blocks) in shown::pages(plan) {
        parts.push(Part::Heading(2, heading.to_owned()));
        parts.push(Part::Text(lines(blocks)));
    }
    parts.extend(plan.calendar.iter().flat_map(calendar));
    for part in &plan.other {
        parts.push(Part::Heading(2, shown::other_heading(part).to_owned()));
        parts.push(Part::Text(lines(&part.blocks)));
    }
    parts
}

/// A text that says something.
fn named(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A letter, an assignment, minutes.
pub(super) fn supporting(document: &SupportingDocument) -> Vec<Part> {
    let mut parts = vec![Part::Title(shown::supporting_title(document).to_owned())];
    let date = document.date.map(|date| date.to_string());
    let head = [("Datum", &date), ("Från", &document.from), ("Till", &document.to)];
    let head = head.into_iter().filter_map(|(label, text)| {
        let label = Piece::Text { text: format!("{label}: "), bold: true, italic: false, link: None };
        text.as_ref().map(|text| Line { bullet: None, new: false, pieces: vec![label, plain(text.clone())] })
    });
    parts.push(Part::Text(head.collect()));
    for section in &document.sections {
        let level = section.level.saturating_add(1).max(2);
        parts.extend(named(section.heading.as_deref()).map(|heading| Part::Heading(level, heading.to_owned())));
        parts.push(Part::Text(lines(&section.blocks)));
    }
    if !document.signatures.is_empty() {
        let names =
            document.signatures.iter().map(|name| Line { bullet: None, new: false, pieces: vec![plain(name.clone())] });
        parts.push(Part::Text(names.collect()));
    }
    parts
}

fn table(section: &Section, other: &[OtherPart], mark_new: Option<Date>) -> Table {
    let columns: Vec<(Column, String)> =
        shown::columns(section).into_iter().map(|(column, heading)| (column, heading.to_owned())).collect();
    let own = shown::own_columns(section, other);
    let headings: Vec<&str> = columns.iter().map(|(_, heading)| heading.as_str()).chain(own.iter().copied()).collect();
    let own_cells = |item: &Item| -> Vec<Vec<Line>> {
        own.iter().map(|heading| lines(shown::own_cell(item, heading, other))).collect()
    };
    let row = |item: &Item| Row {
        id: item.id.as_str().to_owned(),
        title: shown::item_title(item),
        cells: columns.iter().map(|(column, _)| cell(item, *column, mark_new)).chain(own_cells(item)).collect(),
    };
    Table {
        summary: format!("Handlingsplan, en rad för varje punkt. Kolumner: {}.", headings.join(", ")),
        bookmark: named(section.title.as_deref()).is_none().then(|| shown::section_title(section).to_owned()),
        rows: section.items.iter().map(row).collect(),
        columns: columns
            .iter()
            .map(|(column, heading)| (look::share(*column), heading.clone()))
            .chain(own.iter().map(|heading| (look::OWN, (*heading).to_owned())))
            .collect(),
        may_shrink: true,
    }
}

/// The quarters' months.
const QUARTERS: [&str; 4] =
    ["Kvartal 1: januari–mars", "Kvartal 2: april–juni", "Kvartal 3: juli–september", "Kvartal 4: oktober–december"];

/// The year wheel: a column for each quarter, then what belongs to none.
fn calendar(calendar: &Calendar) -> Vec<Part> {
    let heading = calendar.year.map_or_else(|| "Årshjul".to_owned(), |year| format!("Årshjul {year}"));
    let of = |quarter: Option<u8>| calendar.events.iter().filter(move |event| event.quarter == quarter).map(event);
    let cells: Vec<Vec<Line>> = (1..=4).map(|quarter| of(Some(quarter)).collect()).collect();
    let mut parts = vec![Part::Heading(2, heading.clone())];
    if cells.iter().any(|cell| !cell.is_empty()) {
        parts.push(Part::Table(Table {
            columns: QUARTERS.map(|quarter| (1.0, quarter.to_owned())).to_vec(),
            may_shrink: false,
            summary: format!("{heading}: vad som händer i varje kvartal."),
            bookmark: None,
            rows: vec![Row { id: String::new(), title: String::new(), cells }],
        }));
    }
    let known = |event: &&CalendarEvent| event.quarter.is_some_and(|quarter| (1..=4).contains(&quarter));
    let others: Vec<Line> = calendar.events.iter().filter(|event| !known(event)).map(event).collect();
    for (label, mut text) in [("Under året:", others), ("Löpande:", lines(&calendar.ongoing))] {
        if !text.is_empty() {
            let label = Piece::Text { text: label.to_owned(), bold: true, italic: false, link: None };
            text.insert(0, Line { bullet: None, new: false, pieces: vec![label] });
            parts.push(Part::Text(text));
        }
    }
    parts
}

fn event(event: &CalendarEvent) -> Line {
    let when = event.when.as_deref().map(str::trim).filter(|when| !when.is_empty());
    let mut pieces: Vec<Piece> = when.map(|when| Piece::Date(when.to_owned())).into_iter().collect();
    if !pieces.is_empty() {
        pieces.push(plain(" ".to_owned()));
    }
    pieces.push(plain(event.text.clone()));
    Line { bullet: Some(0), new: false, pieces }
}

fn cell(item: &Item, column: Column, mark_new: Option<Date>) -> Vec<Line> {
    match column {
        Column::Area => lines(&item.area),
        Column::Priority => lines(&item.priority),
        Column::Activities => lines(&item.activities),
        Column::FollowUp => follow_up(&item.follow_up, mark_new),
        Column::Status => status(&item.status),
    }
}

fn lines<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> Vec<Line> {
    blocks
        .into_iter()
        .map(|block| {
            let runs = block.runs.iter().filter(|run| !run.text.is_empty());
            let piece = |run: &Run| Piece::Text {
                text: run.text.clone(),
                bold: run.bold,
                italic: run.italic,
                link: run.link.clone(),
            };
            Line {
                bullet: (block.kind == BlockKind::Bullet).then_some(block.level),
                new: false,
                pieces: runs.map(piece).collect(),
            }
        })
        .collect()
}

fn plain(text: String) -> Piece {
    Piece::Text { text, bold: false, italic: false, link: None }
}

fn is_new(entry: &Entry, from: Option<Date>) -> bool {
    from.zip(entry.date.and_then(EntryDate::day)).is_some_and(|(from, day)| day >= from)
}

/// Entries one after another: the date starts the entry's first paragraph, or stands alone before a list.
fn follow_up(entries: &[Entry], mark_new: Option<Date>) -> Vec<Line> {
    let mut all = Vec::new();
    for entry in entries {
        let mut text = lines(&entry.text);
        if let Some(date) = shown::date(entry) {
            let date = Piece::Date(date);
            match text.first_mut() {
                Some(first) if first.bullet.is_none() => {
                    let space = (!first.pieces.is_empty()).then(|| plain(" ".to_owned()));
                    first.pieces.splice(0..0, std::iter::once(date).chain(space));
                }
                _ => text.insert(0, Line { bullet: None, new: false, pieces: vec![date] }),
            }
        }
        let new = is_new(entry, mark_new);
        text.iter_mut().for_each(|line| line.new = new);
        all.append(&mut text);
    }
    all
}

fn status(status: &Status) -> Vec<Line> {
    let mut all: Vec<Line> = status
        .lights
        .iter()
        .map(|light| {
            let label = light.label.as_deref().filter(|label| !label.is_empty());
            let label = label.map(|label| plain(format!(" {label}")));
            Line { bullet: None, new: false, pieces: std::iter::once(Piece::Light(light.light)).chain(label).collect() }
        })
        .collect();
    all.extend(lines(&status.text));
    all
}

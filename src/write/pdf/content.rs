//! Plan → what its pages say, in order, with no thought of where on the page it stands.

use crate::model::{Block, BlockKind, Entry, Item, Light, OtherPart, Plan, Run, Section, Status, SupportingDocument};
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
    pub(super) columns: Vec<(Column, String)>,
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

/// The plan in the order of the standard document.
pub(super) fn plan(plan: &Plan) -> Vec<Part> {
    let mut parts = Vec::new();
    let title = shown::title(plan).to_owned();
    match named(plan.group.as_deref()).filter(|group| *group != title) {
        Some(group) => parts.extend([Part::Group(group.to_owned()), Part::Heading(1, title)]),
        None => parts.push(Part::Title(title)),
    }
    parts.extend(plan.updated.as_ref().map(|updated| Part::Small(updated.text.clone())));
    for section in &plan.sections {
        parts.extend(named(section.title.as_deref()).map(|title| Part::Heading(2, title.to_owned())));
        parts.push(Part::Table(table(section)));
        for item in &section.items {
            for part in item.other.iter().filter(|part| !stands_in(&plan.other, item, part)) {
                let heading = format!("{} – {}", shown::other_heading(part), shown::item_title(item));
                parts.push(Part::Heading(3, heading));
                parts.push(Part::Text(lines(&part.blocks)));
            }
        }
    }
    for (heading, blocks) in shown::pages(plan) {
        parts.push(Part::Heading(2, heading.to_owned()));
        parts.push(Part::Text(lines(blocks)));
    }
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
        text.as_ref().map(|text| Line { bullet: None, pieces: vec![label, plain(text.clone())] })
    });
    parts.push(Part::Text(head.collect()));
    for section in &document.sections {
        let level = section.level.saturating_add(1).max(2);
        parts.extend(named(section.heading.as_deref()).map(|heading| Part::Heading(level, heading.to_owned())));
        parts.push(Part::Text(lines(&section.blocks)));
    }
    if !document.signatures.is_empty() {
        let names = document.signatures.iter().map(|name| Line { bullet: None, pieces: vec![plain(name.clone())] });
        parts.push(Part::Text(names.collect()));
    }
    parts
}

fn table(section: &Section) -> Table {
    let columns: Vec<(Column, String)> =
        shown::columns(section).into_iter().map(|(column, heading)| (column, heading.to_owned())).collect();
    let headings: Vec<&str> = columns.iter().map(|(_, heading)| heading.as_str()).collect();
    let row = |item: &Item| Row {
        id: item.id.as_str().to_owned(),
        title: shown::item_title(item),
        cells: columns.iter().map(|(column, _)| cell(item, *column)).collect(),
    };
    Table {
        summary: format!("Handlingsplan, en rad för varje punkt. Kolumner: {}.", headings.join(", ")),
        bookmark: named(section.title.as_deref()).is_none().then(|| shown::section_title(section).to_owned()),
        rows: section.items.iter().map(row).collect(),
        columns,
    }
}

fn cell(item: &Item, column: Column) -> Vec<Line> {
    match column {
        Column::Area => lines(&item.area),
        Column::Priority => lines(&item.priority),
        Column::Activities => lines(&item.activities),
        Column::FollowUp => follow_up(&item.follow_up),
        Column::Status => status(&item.status),
    }
}

/// Whether an earlier writing put the cell among the plan's other parts: it would be shown twice.
fn stands_in(shown: &[OtherPart], item: &Item, part: &OtherPart) -> bool {
    let title = shown::item_title(item);
    let title = title.trim_end_matches('…');
    let names =
        |heading: &String| heading.contains(title) && part.heading.as_ref().is_none_or(|own| heading.contains(own));
    shown.iter().any(|shown| shown.blocks == part.blocks && shown.heading.as_ref().is_some_and(names))
}

fn lines(blocks: &[Block]) -> Vec<Line> {
    blocks
        .iter()
        .map(|block| {
            let runs = block.runs.iter().filter(|run| !run.text.is_empty());
            let piece = |run: &Run| Piece::Text {
                text: run.text.clone(),
                bold: run.bold,
                italic: run.italic,
                link: run.link.clone(),
            };
            Line { bullet: (block.kind == BlockKind::Bullet).then_some(block.level), pieces: runs.map(piece).collect() }
        })
        .collect()
}

fn plain(text: String) -> Piece {
    Piece::Text { text, bold: false, italic: false, link: None }
}

/// Entries one after another: the date starts the entry's first paragraph, or stands alone before a list.
fn follow_up(entries: &[Entry]) -> Vec<Line> {
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
                _ => text.insert(0, Line { bullet: None, pieces: vec![date] }),
            }
        }
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
            Line { bullet: None, pieces: std::iter::once(Piece::Light(light.light)).chain(label).collect() }
        })
        .collect();
    all.extend(lines(&status.text));
    all
}

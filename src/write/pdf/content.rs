//! Plan → what its pages say, in order, with no thought of where on the page it stands.

use crate::model::{Block, BlockKind, Entry, Item, Light, OtherPart, Plan, Section, SectionKind, Status};

/// A part of the document.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// The group that owns the plan.
    Group(String),
    /// A heading and its level, from 1.
    Heading(u8, String),
    /// The line that says when the plan was updated.
    Updated(String),
    Text(Vec<Line>),
    Table(Table),
}

/// A section's table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) headings: Vec<String>,
    /// What a screen reader says before it reads the table.
    pub(super) summary: String,
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

/// What the document is called.
pub(super) fn title(plan: &Plan) -> &str {
    plan.title.as_deref().or(plan.group.as_deref()).unwrap_or("Handlingsplan")
}

/// The plan in the order of the standard document.
pub(super) fn parts(plan: &Plan) -> Vec<Part> {
    let mut parts = Vec::new();
    parts.extend(plan.group.clone().map(Part::Group));
    if plan.title.is_some() || plan.group.is_none() {
        parts.push(Part::Heading(1, title(plan).to_owned()));
    }
    parts.extend(plan.updated.as_ref().map(|updated| Part::Updated(updated.text.clone())));
    for section in &plan.sections {
        parts.extend(section.title.clone().map(|title| Part::Heading(2, title)));
        parts.push(Part::Table(table(section)));
        for item in &section.items {
            for part in item.other.iter().filter(|part| !stands_in(&plan.other, item, part)) {
                let heading = part.heading.as_deref().unwrap_or("Övrigt");
                parts.push(Part::Heading(3, format!("{heading} – {}", item_title(item))));
                parts.push(Part::Text(lines(&part.blocks)));
            }
        }
    }
    let pages = [
        ("Resultat", &plan.results),
        ("Utmaningar", &plan.challenges),
        ("Patientlöften", &plan.promises),
        ("Instruktioner", &plan.instructions),
    ];
    for (heading, blocks) in pages.into_iter().filter(|(_, blocks)| !blocks.is_empty()) {
        parts.push(Part::Heading(2, heading.to_owned()));
        parts.push(Part::Text(lines(blocks)));
    }
    for part in &plan.other {
        parts.push(Part::Heading(2, part.heading.clone().unwrap_or_else(|| "Övrigt".to_owned())));
        parts.push(Part::Text(lines(&part.blocks)));
    }
    parts
}

fn table(section: &Section) -> Table {
    let columns = &section.columns;
    // A column with text is shown even where its heading is not known.
    let has_area = columns.area.is_some() || section.items.iter().any(|item| !item.area.is_empty());
    let area = if section.kind == SectionKind::Assignment { "Uppdrag" } else { "Nationellt insatsområde" };
    let mut headings: Vec<String> = [
        (&columns.area, area),
        (&columns.priority, "Prioriterat område"),
        (&columns.activities, "Aktiviteter"),
        (&columns.follow_up, "Uppföljning"),
        (&columns.status, "Status"),
    ]
    .into_iter()
    .map(|(written, standard)| written.clone().unwrap_or_else(|| standard.to_owned()))
    .collect();
    if !has_area {
        headings.remove(0);
    }
    let summary = format!("Handlingsplan, en rad för varje punkt. Kolumner: {}.", headings.join(", "));
    let row = |item: &Item| {
        let mut cells = vec![
            lines(&item.area),
            lines(&item.priority),
            lines(&item.activities),
            follow_up(&item.follow_up),
            status(&item.status),
        ];
        if !has_area {
            cells.remove(0);
        }
        Row { id: item.id.as_str().to_owned(), title: item_title(item), cells }
    };
    Table { headings, summary, rows: section.items.iter().map(row).collect() }
}

/// What an item is called: its first line.
fn item_title(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    cells.into_iter().flatten().find(|block| !block.is_blank()).map(Block::text).unwrap_or_default()
}

/// Whether an earlier writing put the cell among the plan's other parts: it would be shown twice.
fn stands_in(shown: &[OtherPart], item: &Item, part: &OtherPart) -> bool {
    let title = item_title(item);
    let names = |heading: &String| {
        heading.contains(&title) && part.heading.as_ref().is_none_or(|own| heading.contains(own))
    };
    shown.iter().any(|shown| shown.blocks == part.blocks && shown.heading.as_ref().is_some_and(names))
}

fn lines(blocks: &[Block]) -> Vec<Line> {
    blocks
        .iter()
        .map(|block| {
            let runs = block.runs.iter().filter(|run| !run.text.is_empty());
            let piece = |run: &crate::model::Run| Piece::Text {
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
        let shown = entry.shown_date().filter(|date| !date.trim().is_empty());
        if let Some(date) = shown.or_else(|| entry.date.map(|date| date.to_string())) {
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

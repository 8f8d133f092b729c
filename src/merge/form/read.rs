//! A filled-in form → notes.
//!
//! A form is known by its headings ("Ny uppföljning", "Ny status" beside an id or a name), so that it is never
//! taken for a version of the plan. Rows may have been sorted, filtered, added or emptied; columns may stand in
//! another order. What somebody wrote outside the form's columns is kept as a note that no item takes.

use jiff::civil::Date;

use crate::interpret::blocks::{Breaks, blocks};
use crate::merge::notes::date::{Start, date_at_start};
use crate::merge::notes::{Note, NoteStatus, Notes, lines, status};
use crate::model::{Block, Item, Plan, Warned, Warning, WarningCode, blocks_text, fold_words};
use crate::page::{Cell, Document, Node, Paragraph, Part, PartKind, Place, Row, Table};

use super::WORDS;

/// Which grid column holds what.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    id: Option<usize>,
    area: Option<usize>,
    last: Option<usize>,
    new: Option<usize>,
    status: Option<usize>,
}

/// Reads a filled-in form; none where the document is no form. The plan tells what the form showed and what
/// somebody added to it.
pub fn read(document: &Document, plan: &Plan) -> Option<Warned<Notes>> {
    let mut reader = Reader { plan, notes: Vec::new(), warnings: Vec::new(), day: None, forms: 0 };
    for part in &document.parts {
        reader.part(part);
    }
    if reader.forms == 0 {
        return None;
    }
    let by_name = || document.parts.iter().find_map(named_day);
    let meeting = match &reader.day {
        Some(Ok(day)) => Some(*day),
        // A day that somebody changed to something else is not what it was before.
        Some(Err(written)) => {
            let message = format!("”{written}” är inget datum för mötet. Ange --meeting ÅÅÅÅ-MM-DD.");
            reader.warnings.push(Warning::new(WarningCode::DoubtfulDate, message));
            None
        }
        None => by_name(),
    };
    let mut notes = reader.notes;
    if let Some(day) = meeting {
        notes.iter_mut().for_each(|note| lines::strip_own_date(&mut note.text, day));
    }
    notes.retain(|note| !note.is_empty());
    Some(Warned { value: Notes { meeting, notes }, warnings: reader.warnings })
}

struct Reader<'a> {
    plan: &'a Plan,
    notes: Vec<Note>,
    warnings: Vec<Warning>,
    /// The meeting's day, or what stands in its place.
    day: Option<Result<Date, String>>,
    forms: usize,
}

impl Reader<'_> {
    fn part(&mut self, part: &Part) {
        let name = match &part.kind {
            PartKind::Sheet { name, .. } => name.clone(),
            PartKind::Comment { .. } => "Kommentar".to_owned(),
            // A running header repeats the day; a footer holds page numbers.
            PartKind::Header | PartKind::Footer => return,
            _ => String::new(),
        };
        for node in &part.nodes {
            match node {
                Node::Paragraph(paragraph) => self.beside(&name, std::slice::from_ref(paragraph), &paragraph.place),
                Node::Table(table) => self.table(&name, table),
            }
        }
    }

    fn table(&mut self, name: &str, table: &Table) {
        let mut columns: Option<Columns> = None;
        for row in &table.rows {
            if let Some(found) = headings(row) {
                self.forms += usize::from(columns.is_none());
                columns = Some(found);
            } else if let Some(columns) = columns {
                self.row(row, columns);
            } else if !self.day_of(row) {
                for cell in &row.cells {
                    let paragraphs: Vec<Paragraph> = cell.paragraphs().into_iter().cloned().collect();
                    self.beside(name, &paragraphs, &row.place);
                }
            }
        }
    }

    fn row(&mut self, row: &Row, columns: Columns) {
        let at = |column: Option<usize>| row.cells.iter().find(|cell| Some(cell.column) == column);
        let text = |column| at(column).map(|cell| cell.text().replace('\n', " ").trim().to_owned()).unwrap_or_default();
        let (id, area, line) = (text(columns.id), text(columns.area), number(&row.place));
        let mut note = Note {
            heading: match (area.is_empty(), id.is_empty()) {
                (false, _) => area,
                (true, false) => id.clone(),
                (true, true) => format!("(rad {line})"),
            },
            id: Some(id).filter(|id| !id.is_empty()),
            line,
            ..Note::default()
        };
        let mut written: Vec<Block> = at(columns.new).map(cell_blocks).unwrap_or_default();
        note.status = at(columns.status).and_then(new_status);
        if note.status.is_none() {
            note.status = status_line(&mut written);
        }
        note.text = written;
        let heading = note.heading.clone();
        self.notes.push(note);
        // What stands in cells that are not the meeting's is somebody's, too.
        if let Some(added) = at(columns.last).map(|cell| self.added(cell)).filter(|added| !added.is_empty()) {
            self.stray(&heading, line, added, "texten skrevs i kolumnen Senaste uppföljning");
        }
        let own = [columns.id, columns.area, columns.last, columns.new, columns.status];
        for cell in row.cells.iter().filter(|cell| !own.contains(&Some(cell.column))) {
            self.stray(&heading, line, cell_blocks(cell), "texten står utanför formulärets kolumner");
        }
    }

    /// The lines of the column "Senaste uppföljning" that stand nowhere in the plan.
    fn added(&self, cell: &Cell) -> Vec<Block> {
        let said = |item: &Item| -> String {
            let entries = item.follow_up.iter().flat_map(|entry| {
                let date = entry.shown_date().unwrap_or_default();
                std::iter::once(format!("{date} {}", blocks_text(&entry.text)))
                    .chain(entry.earlier.iter().map(|text| blocks_text(text)))
            });
            let all: Vec<String> = entries.map(|text| fold_words(&text)).collect();
            all.join(" ")
        };
        let known: String = self.plan.items().map(said).collect::<Vec<_>>().join(" ");
        let now = fold_words(&WORDS.status_now);
        let mut lines = cell_blocks(cell);
        // The status that stood when the form was made ends the cell; it may have many lines.
        if let Some(at) = lines.iter().position(|line| fold_words(&line.text()).starts_with(&now)) {
            lines.truncate(at);
        }
        lines.retain(|line| {
            let line = fold_words(line.text().trim_end_matches('…'));
            !line.is_empty() && !known.contains(&line)
        });
        lines
    }

    /// Text that belongs to no row.
    fn beside(&mut self, name: &str, paragraphs: &[Paragraph], place: &Place) {
        let mut found = blocks(paragraphs, Breaks::NewBlock);
        found.retain(|block| {
            let text = block.text();
            !self.takes_day(&text) && !is_printed(&text)
        });
        let heading = if name.is_empty() { "Formuläret" } else { name };
        self.stray(heading, number(place), found, "texten står utanför formulärets rader");
    }

    fn stray(&mut self, heading: &str, line: usize, text: Vec<Block>, reason: &str) {
        if text.is_empty() {
            return;
        }
        // Lines beside each other are one remark.
        if let Some(last) = self.notes.last_mut()
            && last.stray.as_deref() == Some(reason)
            && last.heading == heading
        {
            last.text.extend(text);
            return;
        }
        let (heading, stray) = (heading.to_owned(), Some(reason.to_owned()));
        self.notes.push(Note { heading, line, text, stray, ..Note::default() });
    }

    /// Whether a row says the meeting's day: a label and a date beside it.
    fn day_of(&mut self, row: &Row) -> bool {
        let [label, day] = row.cells.as_slice() else { return false };
        if !WORDS.read.meeting.contains(&fold_words(&label.text())) || self.day.is_some() {
            return false;
        }
        let text = day.text();
        self.day = match day.date {
            Some(day) => Some(Ok(day)),
            None if text.trim().is_empty() => None,
            None => Some(day_in(&text)),
        };
        true
    }

    /// Whether a line says the meeting's day: "Mötets datum: 2024-09-18".
    fn takes_day(&mut self, line: &str) -> bool {
        let Some((label, day)) = line.split_once(':') else { return false };
        if !WORDS.read.meeting.contains(&fold_words(label)) || self.day.is_some() {
            return false;
        }
        self.day = (!day.trim().is_empty()).then(|| day_in(day));
        true
    }
}

fn day_in(text: &str) -> Result<Date, String> {
    match date_at_start(text) {
        Start::Day(day, rest) if rest.trim_matches([' ', '.', '\u{a0}']).is_empty() || rest.starts_with([' ', 'T']) => {
            Ok(day)
        }
        _ => Err(text.trim().to_owned()),
    }
}

/// Whether a line is one that the form was printed with.
fn is_printed(line: &str) -> bool {
    let line = fold_words(line);
    let printed = WORDS.instructions.iter().chain(&WORDS.excel).chain([&WORDS.meeting, &WORDS.guide]);
    // The plan's name follows the title.
    line.is_empty()
        || line.starts_with(&fold_words(&WORDS.title))
        || printed.into_iter().any(|text| line == fold_words(text))
}

/// The day in a sheet's name.
fn named_day(part: &Part) -> Option<Date> {
    let PartKind::Sheet { name, .. } = &part.kind else { return None };
    name.split_whitespace().find_map(|word| match date_at_start(word) {
        Start::Day(day, "") => Some(day),
        _ => None,
    })
}

/// The columns that a heading row names: a cell for what is new, and one that tells the item.
fn headings(row: &Row) -> Option<Columns> {
    let mut columns = Columns::default();
    for cell in &row.cells {
        let text = fold_words(&cell.text());
        let read = &WORDS.read;
        let known = [
            (&read.id, &mut columns.id),
            (&read.area, &mut columns.area),
            (&read.last, &mut columns.last),
            (&read.new, &mut columns.new),
            (&read.status, &mut columns.status),
        ];
        for (words, column) in known {
            if column.is_none() && words.contains(&text) {
                *column = Some(cell.column);
            }
        }
    }
    ((columns.new.is_some() || columns.status.is_some()) && (columns.id.is_some() || columns.area.is_some()))
        .then_some(columns)
}

fn cell_blocks(cell: &Cell) -> Vec<Block> {
    let mut found = blocks(cell.paragraphs(), Breaks::NewBlock);
    // A lone dash says that there is nothing to say.
    found.retain(|block| !matches!(block.text().trim(), "-" | "–" | "—"));
    found
}

/// The status that a cell gives; none where it says that nothing changed.
fn new_status(cell: &Cell) -> Option<NoteStatus> {
    let texts: Vec<String> = cell_blocks(cell).iter().map(Block::text).collect();
    let written = texts.join(" ");
    let folded = fold_words(&written);
    let unchanged = WORDS.read.unchanged.contains(&folded) || written.trim().is_empty();
    (!unchanged).then(|| status::status(written.trim()))
}

/// A line "Status: gul" among the meeting's words, where the status has no cell or an empty one.
fn status_line(written: &mut Vec<Block>) -> Option<NoteStatus> {
    let (at, found) = written.iter().enumerate().find_map(|(at, block)| {
        let text = block.text();
        let found = status::status(lines::status_line(&text)?);
        (!found.lights.is_empty()).then_some((at, found))
    })?;
    written.remove(at);
    Some(found)
}

/// The row's number, for messages.
fn number(place: &Place) -> usize {
    match place {
        Place::Row { row, .. } => usize::try_from(*row).unwrap_or(0),
        Place::Paragraph(number) => usize::try_from(*number).unwrap_or(0),
        Place::Sheet { cells, .. } => {
            let digits: String =
                cells.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(0)
        }
        _ => 0,
    }
}

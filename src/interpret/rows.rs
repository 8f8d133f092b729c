//! The rows of a table under known headings → items in the making.
//!
//! A row opens an item when text begins in one of its key columns (area, priority, activities).
//! A row with only follow-up or status goes on with the item above: a cell merged downwards, a
//! sheet with one row an entry, a row that a page break cut.

use jiff::civil::Date;

use crate::model::{
    Block, Light, OtherPart, SectionKind, Status, StatusChange, Warning, WarningCode, blocks_text, words,
};
use crate::page::{Cell, Cut, Place, Rgb, Row};

use super::blocks::{Breaks, blocks, join_cut};
use super::columns::Columns;
use super::hidden;
use super::status;
use super::vocabulary::{Field, Vocabulary};

/// A cell with more letters than this may be full, so that its text goes on in the next row.
const FULL: usize = 20_000;

/// A row, or the rows that are one item, before its follow-up is split.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) area: Vec<Block>,
    pub(super) priority: Vec<Block>,
    pub(super) activities: Vec<Block>,
    /// The follow-up, in the pieces that rows of their own made.
    pub(super) follow_up: Vec<FollowUp>,
    pub(super) status: Status,
    /// The day of the row whose status stands, where rows have days of their own.
    status_on: Option<Date>,
    /// The statuses of other days.
    pub(super) status_history: Vec<StatusChange>,
    pub(super) other: Vec<OtherPart>,
    pub(super) anchors: Vec<String>,
    /// It says itself that it goes on with the item before ("(forts.)").
    goes_on: bool,
    /// Where its cells begin in the file.
    pub(super) cells: Vec<(Field, usize)>,
    pub(super) place: Place,
}

/// A piece of follow-up, dated where the row has a date cell.
#[derive(Debug)]
pub(super) struct FollowUp {
    /// The date of the row's date column, and how it is written.
    pub(super) date: Option<(Date, String)>,
    pub(super) blocks: Vec<Block>,
}

/// What the rows of a table gave beside items.
#[derive(Default)]
pub(super) struct RowNotes {
    pub(super) warnings: Vec<(Warning, Place)>,
    /// Text that a light or a date stands for.
    pub(super) accounted: Vec<String>,
}

/// Reads the rows, adding to the items that the section has so far.
///
/// `at_page_top` says that the table's first row may be the rest of the last item.
pub(super) fn read(
    rows: &[Row],
    columns: &Columns,
    at_page_top: bool,
    vocabulary: &Vocabulary,
    items: &mut Vec<Draft>,
) -> RowNotes {
    let mut notes = RowNotes::default();
    let mut spanning = Spanning::default();
    let mut first = true;
    let painted = painted(rows, columns);
    if painted.is_some()
        && let Some(row) = rows.first()
    {
        let message = "Alla statusceller har samma färg som sin rubrik; den lästes som tabellens utseende, inte som ljus. \
                       Är den ett ljus, ange det för hand.";
        notes.warnings.push((Warning::new(WarningCode::UnknownLight, message), row.place.clone()));
    }
    let dated = columns.columns.iter().any(|column| column.field == Some(Field::Date));
    for row in rows {
        let from_above = spanning.cells();
        spanning.step(row);
        if row.cells.iter().all(|cell| cell.nodes.is_empty() && cell.fill.is_none()) && row.cells.len() <= 1 {
            continue;
        }
        let fresh = draft(row, columns, painted, vocabulary, &mut notes);
        if fresh.is_blank() {
            continue;
        }
        let mut fresh = fresh;
        if dated && items.last().is_some_and(|last| fresh.names_again(last)) {
            fresh.take_keys(&mut notes);
        }
        let opens = [&fresh.area, &fresh.priority, &fresh.activities].iter().any(|cell| !cell.is_empty());
        let cut = fresh.goes_on
            || first
                && at_page_top
                && (goes_on(row, &fresh)
                    || items.last().is_some_and(|last| fresh.repeats(last, row, vocabulary, &mut notes)));
        first = false;
        // A row that names its item: the item was too high for one row.
        if let Some(index) = fresh.position_of_rest(items) {
            notes.note_repeated(&items[index], &fresh);
            items[index].append_rest(fresh);
            continue;
        }
        match items.last_mut() {
            Some(last) if cut => last.append(fresh, true),
            Some(last) if !opens => {
                notes.note_repeated(last, &fresh);
                last.append(fresh, false);
            }
            _ => {
                if !opens {
                    notes.warnings.push((
                        Warning::new(
                            WarningCode::DoubtfulRow,
                            "Raden har uppföljning eller status men inget område; den blev en egen punkt.",
                        ),
                        row.place.clone(),
                    ));
                }
                fresh.fill_from(&from_above, columns);
                items.push(fresh);
            }
        }
    }
    notes
}

impl RowNotes {
    /// A status that is said again on the next row of its item is kept once; its words stand for both.
    fn note_repeated(&mut self, last: &Draft, fresh: &Draft) {
        if fresh.status == last.status {
            self.accounted.extend(fresh.status.lights.iter().filter_map(|light| light.label.clone()));
            self.accounted.extend(fresh.status.text.iter().map(Block::text));
        }
    }
}

/// Whether the first row of a page goes on with the last one of the page before.
fn goes_on(row: &Row, fresh: &Draft) -> bool {
    match row.cut {
        _ if fresh.goes_on => true,
        Cut::Continued => true,
        Cut::Whole => false,
        Cut::Unknown => fresh.area.is_empty() && fresh.priority.is_empty(),
    }
}

/// The fill that the status column has from its heading to its last row: the table's look, not a light.
fn painted(rows: &[Row], columns: &Columns) -> Option<Rgb> {
    let fill = columns.status_fill?;
    let status = |cell: &&Cell| columns.at(cell.column).is_some_and(|column| column.field == Some(Field::Status));
    let mut cells = rows.iter().flat_map(|row| &row.cells).filter(status).peekable();
    (cells.peek().is_some() && cells.all(|cell| cell.fill == Some(fill)) && status::nearest(fill).is_some())
        .then_some(fill)
}

fn draft(row: &Row, columns: &Columns, painted: Option<Rgb>, vocabulary: &Vocabulary, notes: &mut RowNotes) -> Draft {
    let mut draft = Draft { anchors: row.anchors.clone(), ..Draft::new(row.place.clone()) };
    let shared = shared_fill(row).or(painted);
    let mut date = None;
    let mut follow_up = Vec::new();
    for cell in &row.cells {
        let column = columns.at(cell.column);
        draft.cells.extend(column.and_then(|column| column.field).zip(cell.origin));
        match column.and_then(|column| column.field) {
            Some(field @ (Field::Area | Field::Priority | Field::Activities)) => {
                let mut blocks = cell_blocks(cell);
                if let Some(mark) = take_mark(&mut blocks, vocabulary) {
                    notes.accounted.push(mark);
                    draft.goes_on = true;
                }
                match field {
                    Field::Area => draft.area.extend(blocks),
                    Field::Priority => draft.priority.extend(blocks),
                    _ => draft.activities.extend(blocks),
                }
            }
            Some(Field::FollowUp) => follow_up.extend(blocks(cell.paragraphs(), Breaks::Newline)),
            Some(Field::Status) => {
                let read = status::read(cell, shared, vocabulary);
                notes.accounted.extend(read.words);
                notes.warnings.extend(read.warnings.into_iter().map(|warning| (warning, row.place.clone())));
                merge_status(&mut draft.status, read.status);
            }
            Some(Field::Date) => match cell.date {
                Some(day) => {
                    notes.accounted.push(cell.text());
                    date = Some((day, cell.text()));
                }
                // A typed date: the splitter knows how dates are written.
                None => follow_up.splice(0..0, blocks(cell.paragraphs(), Breaks::Newline)).for_each(drop),
            },
            None => {
                let blocks = cell_blocks(cell);
                if !blocks.is_empty() {
                    let heading = column.map(|column| column.heading.clone()).filter(|heading| !heading.is_empty());
                    draft.other.push(OtherPart { heading, blocks });
                }
            }
        }
    }
    if !draft.status.is_empty() {
        draft.status_on = date.as_ref().map(|(day, _)| *day);
    }
    if date.is_some() || !follow_up.is_empty() {
        draft.follow_up.push(FollowUp { date, blocks: follow_up });
    }
    draft
}

/// Takes the mark off a cell that goes on from the page before: "(forts.)" alone in its first line.
fn take_mark(blocks: &mut Vec<Block>, vocabulary: &Vocabulary) -> Option<String> {
    let text = blocks.first()?.text();
    let continued = &vocabulary.words.pages.continued;
    let mut any = false;
    let only_marks = words(&text).all(|word| {
        any = true;
        continued.contains(&word)
    });
    if !(any && only_marks) {
        return None;
    }
    blocks.remove(0);
    Some(text)
}

fn cell_blocks(cell: &Cell) -> Vec<Block> {
    blocks(cell.paragraphs(), Breaks::NewBlock)
}

/// The fill that every cell of a row shares: zebra stripes, not a status.
fn shared_fill(row: &Row) -> Option<Rgb> {
    let fill = row.cells.first()?.fill?;
    (row.cells.len() > 1 && row.cells.iter().all(|cell| cell.fill == Some(fill))).then_some(fill)
}

fn merge_status(status: &mut Status, more: Status) {
    // A light that is shown on each row of an item is one.
    let shown = |status: &Status| status.lights.iter().map(|light| light.light).collect::<Vec<_>>();
    if shown(status) != shown(&more) {
        status.lights.extend(more.lights);
    }
    status.text.extend(more.text);
}

impl Draft {
    pub(super) fn new(place: Place) -> Self {
        Self {
            area: Vec::new(),
            priority: Vec::new(),
            activities: Vec::new(),
            follow_up: Vec::new(),
            status: Status::default(),
            status_on: None,
            status_history: Vec::new(),
            other: Vec::new(),
            anchors: Vec::new(),
            goes_on: false,
            cells: Vec::new(),
            place,
        }
    }

    fn is_blank(&self) -> bool {
        self.area.is_empty()
            && self.priority.is_empty()
            && self.activities.is_empty()
            && self.follow_up.is_empty()
            && self.status.is_empty()
            && self.other.is_empty()
    }

    /// Whether the first row of a page says anew which item it goes on with: the same area and priority, and no
    /// activities of its own unless it says that it goes on. What it repeats is taken out of it.
    fn repeats(&mut self, last: &Self, row: &Row, vocabulary: &Vocabulary, notes: &mut RowNotes) -> bool {
        let continued = &vocabulary.words.pages.continued;
        let own = |blocks: &[Block]| words(&blocks_text(blocks)).filter(|word| !continued.contains(word)).collect();
        let same = |a: &[Block], b: &[Block]| {
            let (a, b): (Vec<String>, Vec<String>) = (own(a), own(b));
            a.is_empty() || a == b
        };
        let says = |blocks: &[Block]| words(&blocks_text(blocks)).last().is_some_and(|word| continued.contains(&word));
        let keys = [&self.area, &self.priority];
        if row.cut != Cut::Unknown
            || keys.iter().all(|key| key.is_empty())
            || !same(&self.area, &last.area)
            || !same(&self.priority, &last.priority)
        {
            return false;
        }
        let again = same(&self.activities, &last.activities);
        if !again && !keys.iter().any(|key| says(key)) {
            return false;
        }
        let activities = if again { Vec::new() } else { std::mem::take(&mut self.activities) };
        self.take_keys(notes);
        self.activities = activities;
        true
    }

    /// Whether a row of a table with a row an entry says anew what the row before said: whose entry it is.
    fn names_again(&self, last: &Self) -> bool {
        let same = |own: &[Block], before: &[Block]| own.iter().map(Block::text).eq(before.iter().map(Block::text));
        !(self.area.is_empty() && self.priority.is_empty())
            && same(&self.area, &last.area)
            && same(&self.priority, &last.priority)
            && same(&self.activities, &last.activities)
    }

    /// Takes out what the row says anew.
    fn take_keys(&mut self, notes: &mut RowNotes) {
        let keys = [&mut self.area, &mut self.priority, &mut self.activities];
        notes.accounted.extend(keys.into_iter().map(|key| blocks_text(&std::mem::take(key))));
    }

    /// Adds a row that goes on with this item; `cut` when a page break made it one.
    fn append(&mut self, more: Self, cut: bool) {
        for (head, tail) in
            [(&mut self.area, more.area), (&mut self.priority, more.priority), (&mut self.activities, more.activities)]
        {
            join_cut(head, tail);
        }
        for piece in more.follow_up {
            match self.follow_up.last_mut() {
                Some(last) if cut && piece.date.is_none() => join_cut(&mut last.blocks, piece.blocks),
                _ => self.follow_up.push(piece),
            }
        }
        // A long table repeats the status on every row of an item: once is enough.
        let repeated = !cut && more.status == self.status;
        let days = self.status_on.zip(more.status_on).filter(|(before, after)| !cut && before != after);
        if let Some((before, after)) = days.filter(|_| !repeated) {
            // Each row tells the status of its day: the newest stands.
            let (day, old) = if after > before {
                (before, std::mem::replace(&mut self.status, more.status))
            } else {
                (after, more.status)
            };
            self.status_on = Some(before.max(after));
            let at = self.status_history.partition_point(|change| change.date > Some(day));
            self.status_history.insert(at, StatusChange { date: Some(day), lights: old.lights, text: old.text });
        } else if !repeated {
            self.status_on = self.status_on.or(more.status_on);
            // The light of a merged cell is drawn once for each page it stands on.
            let lights: Vec<Light> = self.status.lights.iter().map(|light| light.light).collect();
            let drawn_again = cut && more.status.lights.iter().map(|light| light.light).eq(lights.iter().copied());
            if !drawn_again {
                self.status.lights.extend(more.status.lights);
            }
            join_cut(&mut self.status.text, more.status.text);
        }
        for part in more.other {
            match self.other.iter_mut().find(|own| own.heading == part.heading) {
                Some(own) if cut => join_cut(&mut own.blocks, part.blocks),
                Some(own) => own.blocks.extend(part.blocks),
                None => self.other.push(part),
            }
        }
        self.anchors.extend(more.anchors);
        self.cells.extend(more.cells);
    }

    /// Which item this row says it goes on with: it carries the same hidden id, and no words that would name another.
    fn position_of_rest(&self, items: &[Self]) -> Option<usize> {
        let own = hidden::written_id(&self.anchors)?;
        let index = items.iter().rposition(|item| hidden::written_id(&item.anchors) == Some(own))?;
        let goes_on =
            |own: &[Block], before: &[Block]| own.is_empty() || crate::model::blocks_text(before).len() > FULL;
        let before = &items[index];
        (goes_on(&self.area, &before.area) && goes_on(&self.priority, &before.priority)).then_some(index)
    }

    fn append_rest(&mut self, more: Self) {
        self.area.extend(more.area);
        self.priority.extend(more.priority);
        self.activities.extend(more.activities);
        // The splitter sees the cell whole.
        for piece in more.follow_up {
            match self.follow_up.last_mut().filter(|_| piece.date.is_none()) {
                Some(last) => last.blocks.extend(piece.blocks),
                None => self.follow_up.push(piece),
            }
        }
        if more.status != self.status {
            merge_status(&mut self.status, more.status);
        }
        for part in more.other {
            match self.other.iter_mut().find(|own| own.heading == part.heading) {
                Some(own) => own.blocks.extend(part.blocks),
                None => self.other.push(part),
            }
        }
        self.cells.extend(more.cells);
    }

    /// Gives the item the text of cells merged down from rows above, as the eye sees it.
    fn fill_from(&mut self, above: &[&Cell], columns: &Columns) {
        for cell in above {
            let slot = match columns.at(cell.column).and_then(|column| column.field) {
                Some(Field::Area) => &mut self.area,
                Some(Field::Priority) => &mut self.priority,
                Some(Field::Activities) => &mut self.activities,
                _ => continue,
            };
            if slot.is_empty() {
                *slot = cell_blocks(cell);
            }
        }
    }
}

/// The cells of rows above that reach down into the present one.
#[derive(Default)]
struct Spanning<'a> {
    open: Vec<(&'a Cell, usize)>,
}

impl<'a> Spanning<'a> {
    fn step(&mut self, row: &'a Row) {
        for (_, left) in &mut self.open {
            *left -= 1;
        }
        self.open.retain(|(_, left)| *left > 0);
        self.open.extend(row.cells.iter().filter(|cell| cell.rowspan > 1).map(|cell| (cell, cell.rowspan - 1)));
        self.open.sort_by_key(|(cell, _)| cell.column);
    }

    fn cells(&self) -> Vec<&'a Cell> {
        self.open.iter().map(|(cell, _)| *cell).collect()
    }
}

/// The item of a form with labels beside or above the text.
pub(super) fn from_form(
    fields: Vec<(Field, &Cell)>,
    other: Vec<OtherPart>,
    place: &Place,
    vocabulary: &Vocabulary,
) -> (Draft, RowNotes) {
    let mut notes = RowNotes::default();
    let mut draft = Draft::new(place.clone());
    for (field, cell) in fields {
        draft.cells.extend(cell.origin.map(|origin| (field, origin)));
        match field {
            Field::Area => draft.area.extend(cell_blocks(cell)),
            Field::Priority => draft.priority.extend(cell_blocks(cell)),
            Field::Activities => draft.activities.extend(cell_blocks(cell)),
            Field::FollowUp | Field::Date => {
                draft.follow_up.push(FollowUp { date: None, blocks: blocks(cell.paragraphs(), Breaks::Newline) });
            }
            Field::Status => {
                let read = status::read(cell, None, vocabulary);
                notes.accounted.extend(read.words);
                notes.warnings.extend(read.warnings.into_iter().map(|warning| (warning, place.clone())));
                merge_status(&mut draft.status, read.status);
            }
        }
    }
    draft.other = other;
    (draft, notes)
}

/// The kind of section a form's item belongs to.
pub(super) fn form_kind(kinds: &[Option<SectionKind>]) -> SectionKind {
    kinds.iter().flatten().next().copied().unwrap_or(SectionKind::Priority)
}

//! Walks the parts of a document in reading order and sorts what stands there: front matter,
//! tables, standing pages, and the rest.

use crate::model::{Block, OtherPart, Updated, Warning, WarningCode, fold_words, letters_and_digits, words};
use crate::page::{Document, Inline, Mark, Node, Paragraph, Part, PartKind, Place, Role, Row, Table};

use super::blocks::{Breaks, blocks};
use super::calendar;
use super::columns::{self, Columns};
use super::front;
use super::rows::{self, Draft};
use super::standing::{self, Page};
use super::status;
use super::vocabulary::{Field, Vocabulary};

/// A section in the making.
pub(super) struct SectionDraft {
    /// The heading right above the table.
    pub(super) title: Option<String>,
    pub(super) columns: Columns,
    pub(super) items: Vec<Draft>,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) front: Vec<String>,
    pub(super) beside: Vec<String>,
    pub(super) region: Option<String>,
    pub(super) updated: Option<Updated>,
    pub(super) sections: Vec<SectionDraft>,
    pub(super) instructions: Vec<Block>,
    pub(super) promises: Vec<Block>,
    pub(super) results: Vec<Block>,
    pub(super) challenges: Vec<Block>,
    pub(super) calendar: Option<calendar::Draft>,
    pub(super) other: Vec<OtherPart>,
    /// Text that some field stands for: headings, repeated lines, page numbers.
    pub(super) accounted: Vec<String>,
    /// Text that the file hides, word for word.
    pub(super) leftovers: Vec<(String, Place)>,
    pub(super) warnings: Vec<(Warning, Place)>,
}

/// Where a paragraph goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The front matter, before the first table or standing page.
    Front,
    /// A standing page.
    Page(Page),
    /// The last of `other`.
    Other,
    /// A new one in `other`, with no heading.
    Loose,
}

struct Walker<'v> {
    vocabulary: &'v Vocabulary,
    walk: Walk,
    target: Target,
    /// The columns of the table that a table without headings may go on with.
    open: Option<Columns>,
    /// The section's title, repeated at the top of this page.
    repeated: Option<String>,
    /// A part has begun, and nothing of it is read yet.
    part_top: bool,
    /// Slides and sheets: each part stands alone.
    stands_alone: bool,
}

/// Whether a document holds a plan: a table with a plan's headings, or a form.
pub(super) fn holds_plan(document: &Document, vocabulary: &Vocabulary) -> bool {
    document.parts.iter().any(|part| part_holds_plan(part, vocabulary))
}

/// Whether a part of a document holds a plan's table or form.
pub(super) fn part_holds_plan(part: &Part, vocabulary: &Vocabulary) -> bool {
    part.nodes.iter().any(|node| match node {
        Node::Table(table) => has_headings(table, vocabulary) || form(table, vocabulary).is_some(),
        Node::Paragraph(_) => false,
    })
}

fn has_headings(table: &Table, vocabulary: &Vocabulary) -> bool {
    table.rows.iter().any(|row| columns::heading_row(table, row, vocabulary).is_some())
}

/// Walks a document that holds a plan.
pub(super) fn walk(document: &Document, vocabulary: &Vocabulary) -> Walk {
    let mut walker = Walker {
        vocabulary,
        walk: Walk::default(),
        target: Target::Front,
        open: None,
        repeated: None,
        part_top: true,
        stands_alone: false,
    };
    for part in &document.parts {
        walker.part(part);
    }
    walker.walk
}

impl Walker<'_> {
    fn part(&mut self, part: &Part) {
        self.part_top = true;
        self.stands_alone = false;
        match &part.kind {
            PartKind::Body | PartKind::Page(_) => {}
            PartKind::Slide(_) => self.stand_alone(),
            PartKind::Sheet { name, .. } => {
                self.stand_alone();
                self.open = None;
                if let Some(page) = standing::page(name, true, None, self.vocabulary) {
                    self.target = Target::Page(page);
                }
            }
            PartKind::Hidden => return self.hidden(part),
            kind => return self.beside(kind, part),
        }
        let number = match part.kind {
            PartKind::Page(number) | PartKind::Slide(number) => Some(number),
            _ => None,
        };
        for node in &part.nodes {
            match node {
                Node::Paragraph(paragraph) => self.paragraph(paragraph, number),
                Node::Table(table) => self.table(table),
            }
        }
    }

    /// A slide or a sheet does not go on with the text of the one before.
    fn stand_alone(&mut self) {
        self.stands_alone = true;
        if self.target != Target::Front {
            self.target = Target::Loose;
        }
    }

    /// Text that nobody sees is kept, but in no field.
    fn hidden(&mut self, part: &Part) {
        let hidden = super::blocks::paragraphs(&part.nodes).into_iter();
        let hidden = hidden.map(|paragraph| (paragraph.text(), paragraph.place.clone()));
        self.walk.leftovers.extend(hidden.filter(|(text, _)| letters_and_digits(text) > 0));
    }

    /// Running headers, footers, notes and comments.
    fn beside(&mut self, kind: &PartKind, part: &Part) {
        let words = &self.vocabulary.words.beside;
        let heading = match kind {
            PartKind::Header => words.header.clone(),
            PartKind::Footer => words.footer.clone(),
            PartKind::Footnote => words.footnote.clone(),
            PartKind::Notes => words.notes.clone(),
            PartKind::Comment { author, date } => {
                let author = author.as_deref().map(|author| format!(" av {author}")).unwrap_or_default();
                let date = date.as_deref().map(|date| format!(" {date}")).unwrap_or_default();
                format!("{}{author}{date}", words.comment)
            }
            _ => return,
        };
        let running = matches!(kind, PartKind::Header | PartKind::Footer);
        let mut kept = Vec::new();
        for paragraph in super::blocks::paragraphs(&part.nodes) {
            let text = paragraph.text();
            if running && (self.is_furniture(&text) || self.repeats(&text) || self.takes_region(&text)) {
                self.walk.accounted.push(text);
            } else if running && self.walk.updated.is_none() && front::updated(&text, self.vocabulary).is_some() {
                self.walk.updated = front::updated(&text, self.vocabulary);
            } else {
                if running {
                    self.walk.beside.push(text);
                }
                kept.extend(blocks([paragraph], Breaks::NewBlock));
            }
        }
        let part = OtherPart { heading: Some(heading), blocks: kept };
        if !part.blocks.is_empty() {
            if running && self.walk.other.contains(&part) {
                self.walk.accounted.extend(part.blocks.iter().map(Block::text));
            } else {
                self.walk.other.push(part);
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, number: Option<u32>) {
        let text = paragraph.text();
        if letters_and_digits(&text) == 0 {
            self.loose_lights(paragraph);
            return;
        }
        let top = std::mem::take(&mut self.part_top);
        if self.is_page_number(&text, number) || self.takes_region(&text) {
            self.walk.accounted.push(text);
            self.part_top = top;
            return;
        }
        let marked = paragraph.role != Role::Body;
        let line = text.trim();
        let short = line.chars().count() <= front::LONGEST_LINE && paragraph.list.is_none();
        if short && self.heading(paragraph, line, marked, top) {
            return;
        }
        self.loose_lights(paragraph);
        self.open = None;
        let found = blocks([paragraph], Breaks::NewBlock);
        match self.target {
            Target::Front if short => self.walk.front.extend(found.iter().map(Block::text)),
            Target::Front | Target::Loose => {
                self.walk.other.push(OtherPart { heading: None, blocks: found });
                // What follows a loose paragraph stands with it; in the front, titles may still come.
                if self.target == Target::Loose {
                    self.target = Target::Other;
                }
            }
            Target::Page(page) => self.add_to_page(page, found, &paragraph.place),
            Target::Other => match self.walk.other.last_mut() {
                Some(last) => last.blocks.extend(found),
                None => self.walk.other.push(OtherPart { heading: None, blocks: found }),
            },
        }
    }

    /// Takes a short line that is a heading of some kind or front matter; says whether it did.
    fn heading(&mut self, paragraph: &Paragraph, line: &str, marked: bool, top: bool) -> bool {
        let group = self.walk.front.iter().find_map(|line| front::group(line, self.vocabulary));
        if let Some(page) = standing::page(line, marked, group.as_deref(), self.vocabulary) {
            self.walk.accounted.push(line.to_owned());
            // A table under it goes on with no section.
            self.open = None;
            self.target = Target::Page(page);
            if page == Page::Calendar {
                let year = front::year(line);
                self.walk.calendar.get_or_insert_default().year = year;
            }
            return true;
        }
        if self.walk.updated.is_none()
            && let Some(updated) = front::updated(line, self.vocabulary)
            // On a standing page, "Uppdatering av planen" is a result; with a date it is the line.
            && (updated.date.is_some() || self.target == Target::Front)
        {
            self.walk.updated = Some(updated);
            return true;
        }
        if self.repeats(line) {
            self.walk.accounted.push(line.to_owned());
            self.part_top = top;
            return true;
        }
        if top && self.repeats_section(line) {
            self.walk.accounted.push(line.to_owned());
            self.repeated = self.walk.sections.last().and_then(|section| section.title.clone());
            self.part_top = top;
            return true;
        }
        self.open = None;
        let title = front::is_title(line, self.vocabulary) && (marked || top || front::year(line).is_some());
        if title && self.target != Target::Front && self.walk.sections.is_empty() {
            self.target = Target::Front;
        }
        // A lower heading in the front that names neither plan, group nor year is a section's.
        let slide_title = marked && top && self.stands_alone;
        let of_section = (matches!(paragraph.role, Role::Heading(2..)) || slide_title)
            && !self.walk.front.is_empty()
            && !title
            && front::group(line, self.vocabulary).is_none()
            && front::year(line).is_none();
        if self.target == Target::Front && !of_section {
            return false;
        }
        if self.target == Target::Page(Page::Calendar) && calendar::is_heading(line, self.vocabulary) {
            self.add_to_page(Page::Calendar, blocks([paragraph], Breaks::NewBlock), &paragraph.place);
            return true;
        }
        let opens = marked || (top && self.stands_alone && self.target == Target::Loose);
        if opens {
            let heading = blocks([paragraph], Breaks::NewBlock).iter().map(Block::text).collect::<Vec<_>>().join(" ");
            self.walk.other.push(OtherPart { heading: Some(heading), blocks: Vec::new() });
            self.target = Target::Other;
        }
        opens
    }

    /// Whether a line has stood in the front matter already: a running title.
    fn repeats(&self, line: &str) -> bool {
        let folded = self.without_mark(line);
        self.walk.front.iter().any(|known| fold_words(known) == folded)
            || self.walk.updated.as_ref().is_some_and(|updated| fold_words(&updated.text) == folded)
    }

    /// A line's words without what says that it goes on ("… forts. 2").
    fn without_mark(&self, line: &str) -> String {
        let mut all: Vec<String> = words(line).collect();
        let continued = &self.vocabulary.words.pages.continued;
        let number = |word: &String| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
        let marked = all.iter().rposition(|word| continued.contains(word));
        if let Some(at) = marked.filter(|&at| at > 0 && all[at + 1..].iter().all(number)) {
            all.truncate(at);
        }
        all.join(" ")
    }

    /// Whether a line at the top of a page is the title of the section that goes on there.
    fn repeats_section(&self, line: &str) -> bool {
        let continued = &self.vocabulary.words.pages.continued;
        let own = |text: &str| words(text).filter(|word| !continued.contains(word)).collect::<Vec<_>>();
        let title = self.walk.sections.last().and_then(|section| section.title.as_deref());
        title.is_some_and(|title| own(title) == own(&self.without_mark(line)))
    }

    fn takes_region(&mut self, text: &str) -> bool {
        let region = &self.vocabulary.words.region;
        let folded = fold_words(text);
        let named = folded == fold_words(&region.name) || region.also.iter().any(|also| folded == fold_words(also));
        if named {
            self.walk.region = Some(region.name.clone());
        }
        named
    }

    /// A page's own number, alone.
    fn is_page_number(&self, text: &str, number: Option<u32>) -> bool {
        number.is_some_and(|number| text.trim() == number.to_string())
    }

    /// "Sida 2 av 7", "2 (7)", "2/7", "2".
    fn is_furniture(&self, text: &str) -> bool {
        let furniture = &self.vocabulary.words.furniture;
        let mut numbers = 0;
        words(text).all(|word| {
            let number = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
            numbers += usize::from(number);
            number || furniture.page.contains(&word) || furniture.of.contains(&word)
        }) && numbers <= 2
    }

    /// Adds a paragraph to a standing page.
    fn add_to_page(&mut self, page: Page, found: Vec<Block>, place: &Place) {
        let blocks = match page {
            Page::Instructions => &mut self.walk.instructions,
            Page::Promises => &mut self.walk.promises,
            Page::Results => &mut self.walk.results,
            Page::Challenges => &mut self.walk.challenges,
            Page::Calendar => {
                let draft = self.walk.calendar.get_or_insert_default();
                draft.lines.extend(found.into_iter().map(|block| (block, place.clone())));
                return;
            }
        };
        blocks.extend(found);
    }

    /// Lights that are drawn outside every table: their place cannot be known.
    fn loose_lights(&mut self, paragraph: &Paragraph) {
        for inline in &paragraph.inlines {
            if let Inline::Mark(Mark::Ellipse { fill: Some(fill), .. }) = inline
                && status::nearest(*fill).is_some()
            {
                let message = "Ett statusljus är ritat utanför tabellen, så det går inte att veta vilken punkt det hör till. Ange det för hand.";
                self.walk
                    .warnings
                    .push((Warning::new(WarningCode::LightOutsideTable, message), paragraph.place.clone()));
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let top = std::mem::take(&mut self.part_top);
        let headings: Vec<Option<Columns>> =
            table.rows.iter().map(|row| columns::heading_row(table, row, self.vocabulary)).collect();
        if headings.iter().any(Option::is_some) {
            return self.plan_table(table, headings, top);
        }
        if let Some(form) = form(table, self.vocabulary) {
            return self.form(form, table);
        }
        let goes_on = self.open.take().filter(|open| {
            table.width() == open.columns.last().map_or(0, |column| column.end)
                && table.rows.iter().any(|row| row.cells.len() > 1)
        });
        match goes_on {
            Some(columns) => {
                self.rows(&table.rows, &columns, true);
                self.open = Some(columns);
            }
            None => self.other_table(table),
        }
    }

    /// A table with one heading row or more; what stands above the first is running text.
    fn plan_table(&mut self, table: &Table, headings: Vec<Option<Columns>>, top: bool) {
        // The last table's rows may go on above a heading row only on a new page.
        let width = table.width();
        let reaches = |open: &Columns| open.columns.last().map_or(0, |column| column.end) == width;
        let mut current: Option<Columns> = self.open.take().filter(|open| top && reaches(open));
        let mut start = 0;
        let mut fresh = top;
        for (index, heading) in headings.into_iter().enumerate() {
            let Some(columns) = heading else { continue };
            let mut above = &table.rows[start..index];
            let own_title = self.title_row(above);
            if own_title.is_some() {
                above = &above[..above.len() - 1];
            }
            self.stretch(above, current.as_ref(), fresh);
            start = index + 1;
            fresh = index == 0 || fresh && current.is_none();
            self.walk.accounted.extend(columns.columns.iter().map(|column| column.heading.clone()));
            for heading in &columns.doubtful {
                self.walk.warnings.push((
                    Warning::new(WarningCode::DoubtfulColumn, format!("Rubriken ”{heading}” kändes igen på likhet.")),
                    table.rows[index].place.clone(),
                ));
            }
            for column in columns.columns.iter().filter(|column| column.field.is_none() && !column.heading.is_empty()) {
                self.walk.warnings.push((
                    Warning::new(
                        WarningCode::UnknownColumn,
                        format!(
                            "Kolumnen ”{}” har inget eget fält; dess text sparas under sin rubrik.",
                            column.heading
                        ),
                    ),
                    table.rows[index].place.clone(),
                ));
            }
            // A repeated heading goes on with the same section, unless the table has a title of its own.
            let title = own_title.or_else(|| self.title_above());
            let goes_on =
                title.is_none() && self.walk.sections.last().is_some_and(|last| last.columns.same_headings(&columns));
            // Another table under the same title is a section of its own.
            let repeated = self.repeated.take();
            if !goes_on {
                let title = title.or(repeated);
                self.walk.sections.push(SectionDraft { title, columns: columns.clone(), items: Vec::new() });
                fresh = false;
            }
            self.target = Target::Loose;
            current = Some(columns);
        }
        self.stretch(&table.rows[start..], current.as_ref(), fresh);
        self.target = Target::Loose;
        self.open = current;
    }

    /// The heading that stands right above a table: the last of `other`, with nothing under it yet.
    fn title_above(&mut self) -> Option<String> {
        let empty = |part: &OtherPart| part.heading.is_some() && part.blocks.is_empty();
        if self.target != Target::Other || !self.walk.other.last().is_some_and(empty) {
            return None;
        }
        self.walk.other.pop()?.heading
    }

    /// Rows between heading rows; rows that are one line of text across are running text.
    fn stretch(&mut self, rows: &[Row], columns: Option<&Columns>, page_top: bool) {
        let Some(columns) = columns else {
            rows.iter().for_each(|row| self.row_as_text(row));
            return;
        };
        let mut start = 0;
        let mut page_top = page_top;
        let mut index = 0;
        while index < rows.len() {
            if self.is_line_across(&rows[index], columns) {
                self.rows(&rows[start..index], columns, page_top);
                page_top = false;
                let pages = matches!(self.target, Target::Page(_));
                self.row_as_text(&rows[index]);
                start = index + 1;
                // Under a standing page's name, the rows to the next heading are its text.
                if !pages && matches!(self.target, Target::Page(_)) {
                    rows[start..].iter().for_each(|row| self.row_as_text(row));
                    return;
                }
            }
            index += 1;
        }
        self.rows(&rows[start..], columns, page_top);
    }

    /// One text across the whole table, or the name of a standing page alone in its row.
    fn is_line_across(&self, row: &Row, columns: &Columns) -> bool {
        let mut filled = row.cells.iter().filter(|cell| !cell.text().trim().is_empty());
        let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
        let width = columns.columns.last().map_or(0, |column| column.end);
        cell.colspan >= 3 && cell.colspan + 1 >= width
            || cell.column == 0
                && cell.rowspan == 1
                && standing::page(&cell.text(), false, None, self.vocabulary).is_some()
    }

    /// The table's own title in a row across, right above its heading and below other rows: a short text that is no
    /// front matter.
    fn title_row(&self, rows: &[Row]) -> Option<String> {
        let (row, above) = rows.split_last()?;
        let mut filled = row.cells.iter().filter(|cell| !cell.text().trim().is_empty());
        let (Some(cell), None) = (filled.next(), filled.next()) else { return None };
        let [only] = cell.paragraphs()[..] else { return None };
        let text = only.text().trim().to_owned();
        let fits = cell.colspan >= 3 && only.list.is_none() && text.chars().count() <= front::LONGEST_LINE;
        let below = above.iter().flat_map(|row| &row.cells).any(|cell| !cell.text().trim().is_empty())
            || !self.walk.front.is_empty()
            || !self.walk.sections.is_empty();
        let front = front::is_title(&text, self.vocabulary)
            || front::group(&text, self.vocabulary).is_some()
            || front::year(&text).is_some()
            || front::updated(&text, self.vocabulary).is_some()
            || self.repeats(&text);
        let page = standing::page(&text, false, None, self.vocabulary).is_some();
        (fits && below && !front && !page).then_some(text)
    }

    fn row_as_text(&mut self, row: &Row) {
        for cell in &row.cells {
            for paragraph in cell.paragraphs() {
                self.paragraph(paragraph, None);
            }
        }
    }

    fn rows(&mut self, rows: &[Row], columns: &Columns, page_top: bool) {
        let Some(section) = self.walk.sections.last_mut() else { return };
        let notes = rows::read(rows, columns, page_top, self.vocabulary, &mut section.items);
        self.walk.accounted.extend(notes.accounted);
        self.walk.warnings.extend(notes.warnings);
    }

    /// An item as a form: labels beside or above the text.
    fn form(&mut self, form: Form<'_>, table: &Table) {
        self.walk.accounted.extend(form.labels.iter().map(|label| label.text.clone()));
        let kinds: Vec<_> = form.labels.iter().map(|label| label.section).collect();
        let (draft, notes) = rows::from_form(form.fields, form.other, &table.place, self.vocabulary);
        self.walk.accounted.extend(notes.accounted);
        self.walk.warnings.extend(notes.warnings);
        let mut columns = Columns {
            kind: rows::form_kind(&kinds),
            headings: crate::model::SectionColumns::default(),
            columns: Vec::new(),
            doubtful: Vec::new(),
            status_fill: None,
        };
        for label in form.labels {
            columns::note_heading(&mut columns.headings, label.field, label.text);
        }
        let title = self.title_above();
        match self.walk.sections.last_mut().filter(|last| title.is_none() && last.columns.same_headings(&columns)) {
            Some(last) => last.items.push(draft),
            None => self.walk.sections.push(SectionDraft { title, columns, items: vec![draft] }),
        }
        self.target = Target::Loose;
        self.open = None;
    }

    /// A table that is no plan's: each cell's text goes where the running text goes.
    fn other_table(&mut self, table: &Table) {
        if self.target == Target::Page(Page::Calendar) {
            let lines = calendar::lines_of(table, self.vocabulary);
            self.walk.calendar.get_or_insert_default().lines.extend(lines);
            return;
        }
        table.rows.iter().for_each(|row| self.row_as_text(row));
    }
}

struct Label {
    field: Field,
    section: Option<crate::model::SectionKind>,
    text: String,
}

struct Form<'a> {
    labels: Vec<Label>,
    fields: Vec<(Field, &'a crate::page::Cell)>,
    other: Vec<OtherPart>,
}

/// A table of labels with the text beside or below: at least three of them labels of different fields.
fn form<'a>(table: &'a Table, vocabulary: &Vocabulary) -> Option<Form<'a>> {
    let mut form = Form { labels: Vec::new(), fields: Vec::new(), other: Vec::new() };
    let mut rows = table.rows.iter();
    while let Some(row) = rows.next() {
        match row.cells.as_slice() {
            [] => {}
            [alone] => {
                let text = alone.text();
                match columns::label(&text, vocabulary) {
                    // The label above: the next row is the text.
                    Some((field, section)) => {
                        let Some([below]) = rows.next().map(|row| row.cells.as_slice()) else { return None };
                        form.labels.push(Label { field, section, text });
                        form.fields.push((field, below));
                    }
                    None if text.trim().is_empty() => {}
                    None => form
                        .other
                        .push(OtherPart { heading: None, blocks: blocks(alone.paragraphs(), Breaks::NewBlock) }),
                }
            }
            [label, text] => {
                let heading = label.text();
                match columns::label(&heading, vocabulary) {
                    Some((field, section)) => {
                        form.labels.push(Label { field, section, text: heading });
                        form.fields.push((field, text));
                    }
                    None => {
                        let heading = Some(heading).filter(|heading| !heading.trim().is_empty());
                        let blocks = blocks(text.paragraphs(), Breaks::NewBlock);
                        if heading.is_some() || !blocks.is_empty() {
                            form.other.push(OtherPart { heading, blocks });
                        }
                    }
                }
            }
            _ => return None,
        }
    }
    let mut fields: Vec<Field> = form.labels.iter().map(|label| label.field).collect();
    fields.sort_unstable();
    fields.dedup();
    (fields.len() >= 3 && fields.contains(&Field::Activities)).then_some(form)
}

//! The plan as a template sees it. The names are described in `docs/templates.md`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use minijinja::Value;

use super::link;
use super::rich::{Line, Piece, Rich};
use crate::model::{
    Block, BlockKind, Entry, EntryDate, Item, OtherPart, Plan, Section, SectionKind, Source, Status, StatusLight,
    Updated, Warning, WarningCode,
};
use crate::write::shown;
use crate::write::template::xml::is_allowed;

/// Every name that a tag may use.
pub(in crate::write) const NAMES: [&str; 41] = [
    "region",
    "group",
    "title",
    "year",
    "updated",
    "instructions",
    "promises",
    "sections",
    "results",
    "challenges",
    "other",
    "document_title",
    "section",
    "kind",
    "columns",
    "items",
    "number",
    "has_area",
    "item",
    "id",
    "area",
    "priority",
    "activities",
    "follow_up",
    "entries",
    "entry",
    "date",
    "written",
    "text",
    "status",
    "lights",
    "status_text",
    "last_seen",
    "part",
    "heading",
    "blocks",
    "block",
    "has_other",
    "own_columns",
    "pages",
    "page",
];

/// The values, with what the visible document cannot show of them.
pub(in crate::write) fn context(plan: &Plan, mark_new: Option<Date>) -> (Value, Vec<Warning>) {
    let mut maker = Maker { shown: &plan.other, mark_new, ..Maker::default() };
    let title = plan.title.as_deref().or(plan.group.as_deref()).unwrap_or("Handlingsplan");
    let value = map([
        ("region", maker.optional(plan.region.as_deref())),
        ("group", maker.optional(plan.group.as_deref())),
        ("title", maker.optional(plan.title.as_deref())),
        ("document_title", maker.text(title)),
        ("year", Value::from(plan.year)),
        ("updated", plan.updated.as_ref().map_or(Value::from(()), |updated| maker.updated(updated))),
        ("instructions", maker.blocks(&plan.instructions)),
        ("promises", maker.blocks(&plan.promises)),
        ("results", maker.blocks(&plan.results)),
        ("challenges", maker.blocks(&plan.challenges)),
        ("other", maker.parts(&plan.other)),
        ("pages", maker.pages(plan)),
        ("sections", plan.sections.iter().enumerate().map(|(index, section)| maker.section(index, section)).collect()),
    ]);
    (value, maker.warnings())
}

pub(super) fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::from_object(BTreeMap::from(fields))
}

/// Makes values, and counts what does not fit in XML on the way.
#[derive(Default)]
pub(super) struct Maker<'p> {
    /// The plan's other parts, which stand at the end of the document.
    shown: &'p [OtherPart],
    /// Entries from this day on are marked as new.
    mark_new: Option<Date>,
    removed: usize,
    links: Vec<String>,
    /// Where the first sign that does not fit stands.
    place: Option<Source>,
    at: Option<Source>,
}

impl Maker<'_> {
    pub(super) fn warnings(self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.removed > 0 {
            let message = format!(
                "{} osynliga styrtecken har tagits bort ur den synliga texten: Word kan inte visa dem. Inget annat är ändrat.",
                self.removed
            );
            let mut warning = Warning::new(WarningCode::NotCarried, message);
            warning.source = self.place;
            warnings.push(warning);
        }
        for link in self.links {
            let message = format!("länken ”{link}” är ingen giltig adress; dess text står kvar utan länk.");
            warnings.push(Warning::new(WarningCode::NotCarried, message));
        }
        warnings
    }

    /// The text without what XML cannot hold.
    fn clean(&mut self, text: &str) -> String {
        if text.chars().all(is_allowed) {
            return text.to_owned();
        }
        let clean: String = text.chars().filter(|&c| is_allowed(c)).collect();
        self.removed += text.chars().count() - clean.chars().count();
        if self.place.is_none() {
            self.place.clone_from(&self.at);
        }
        clean
    }

    pub(super) fn text(&mut self, text: &str) -> Value {
        Value::from(self.clean(text))
    }

    pub(super) fn optional(&mut self, text: Option<&str>) -> Value {
        match text {
            Some(text) => self.text(text),
            None => Value::from(()),
        }
    }

    fn updated(&mut self, updated: &Updated) -> Value {
        map([("text", self.text(&updated.text)), ("date", Value::from(updated.date.map(|date| date.to_string())))])
    }

    fn section(&mut self, index: usize, section: &Section) -> Value {
        let kind = match section.kind {
            SectionKind::National => "national",
            SectionKind::Assignment => "assignment",
            SectionKind::Priority => "priority",
        };
        let columns = &section.columns;
        // A column with text is shown even where its heading is not known.
        let own = shown::own_columns(section, self.shown);
        let has_area = columns.area.is_some() || section.items.iter().any(|item| !item.area.is_empty());
        map([
            ("kind", Value::from(kind)),
            ("title", self.optional(section.title.as_deref())),
            ("number", Value::from(index + 1)),
            ("has_area", Value::from(has_area)),
            ("has_other", Value::from(section.items.iter().any(|item| !self.unshown(item).is_empty()))),
            (
                "columns",
                map([
                    ("area", self.optional(columns.area.as_deref())),
                    ("priority", self.optional(columns.priority.as_deref())),
                    ("activities", self.optional(columns.activities.as_deref())),
                    ("follow_up", self.optional(columns.follow_up.as_deref())),
                    ("status", self.optional(columns.status.as_deref())),
                ]),
            ),
            ("own_columns", own.iter().map(|heading| self.text(heading)).collect()),
            ("items", section.items.iter().map(|item| self.item(item, &own)).collect()),
        ])
    }

    fn item(&mut self, item: &Item, own_columns: &[&str]) -> Value {
        self.at.clone_from(&item.source);
        let title = title(item);
        let other = self.unshown(item);
        // The same text a second time, for templates that lay the entries out themselves: counted once.
        let removed = self.removed;
        let entries: Vec<Value> = item.follow_up.iter().map(|entry| self.entry(entry)).collect();
        let shown = self.shown;
        let own_cells = own_columns
            .iter()
            .map(|heading| self.blocks(shown::own_cell(item, heading, shown).cloned().collect::<Vec<_>>().as_slice()))
            .collect();
        self.removed = removed;
        let value = map([
            ("id", Value::from(item.id.as_str())),
            ("title", Value::from(title.chars().filter(|&c| is_allowed(c)).collect::<String>())),
            ("area", self.blocks(&item.area)),
            ("priority", self.blocks(&item.priority)),
            ("activities", self.blocks(&item.activities)),
            ("follow_up", self.follow_up(&item.follow_up)),
            ("entries", Value::from(entries)),
            ("status", self.status(&item.status)),
            ("lights", self.lights(&item.status.lights)),
            ("status_text", self.blocks(&item.status.text)),
            ("last_seen", self.optional(item.last_seen.as_deref())),
            ("own_columns", own_cells),
            ("other", self.parts(&other)),
        ]);
        self.at = None;
        value
    }

    /// The cells in columns of their own, but for those that the plan's other parts show.
    fn unshown(&self, item: &Item) -> Vec<OtherPart> {
        item.other.iter().filter(|part| !shown::stands_in(self.shown, item, part)).cloned().collect()
    }

    fn entry(&mut self, entry: &Entry) -> Value {
        map([
            ("date", Value::from(entry.date.map(|date| date.to_string()))),
            ("written", Value::from(written(entry))),
            ("text", self.blocks(&entry.text)),
            ("follow_up", self.follow_up(std::slice::from_ref(entry))),
        ])
    }

    fn parts(&mut self, parts: &[OtherPart]) -> Value {
        parts
            .iter()
            .map(|part| {
                map([("heading", self.optional(part.heading.as_deref())), ("blocks", self.blocks(&part.blocks))])
            })
            .collect()
    }

    /// Every page of the plan beside its tables, each with its heading.
    fn pages(&mut self, plan: &Plan) -> Value {
        // What stands there is counted where it has a name of its own.
        let removed = self.removed;
        let mut parts: Vec<OtherPart> = shown::pages(plan)
            .into_iter()
            .map(|(heading, blocks)| OtherPart { heading: Some(heading.to_owned()), blocks: blocks.to_vec() })
            .collect();
        if let Some(calendar) = &plan.calendar {
            let (heading, blocks) = shown::year_wheel(calendar);
            parts.push(OtherPart { heading: Some(heading), blocks });
        }
        let other = plan.other.iter().map(|part| OtherPart {
            heading: Some(shown::other_heading(part).to_owned()),
            blocks: part.blocks.clone(),
        });
        parts.extend(other);
        let value = self.parts(&parts);
        self.removed = removed;
        value
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Value {
        Value::from_object(Rich { lines: self.lines(blocks) })
    }

    fn lines(&mut self, blocks: &[Block]) -> Vec<Line> {
        blocks.iter().map(|block| self.line(block)).collect()
    }

    fn line(&mut self, block: &Block) -> Line {
        let pieces = block.runs.iter().filter(|run| !run.text.is_empty()).map(|run| {
            if let Some(link) = run.link.as_ref().filter(|link| link::target(link).is_none())
                && !self.links.contains(link)
            {
                self.links.push(link.clone());
            }
            Piece::Text { text: self.clean(&run.text), bold: run.bold, italic: run.italic, link: run.link.clone() }
        });
        let pieces = pieces.collect();
        Line { bullet: (block.kind == BlockKind::Bullet).then_some(block.level), pieces, new: false }
    }

    /// Entries one after another: the date starts the entry's first paragraph, or stands alone before a list.
    fn follow_up(&mut self, entries: &[Entry]) -> Value {
        let mut lines = Vec::new();
        for entry in entries {
            let mut text = self.lines(&entry.text);
            if let Some(date) = written(entry) {
                let date = Piece::Date(self.clean(&date));
                match text.first_mut() {
                    Some(first) if first.bullet.is_none() => {
                        let space = (!first.pieces.is_empty()).then(|| Piece::Text {
                            text: " ".to_owned(),
                            bold: false,
                            italic: false,
                            link: None,
                        });
                        first.pieces.splice(0..0, std::iter::once(date).chain(space));
                    }
                    _ => text.insert(0, Line { bullet: None, pieces: vec![date], new: false }),
                }
            }
            if self.mark_new.zip(entry.date.and_then(EntryDate::day)).is_some_and(|(from, day)| day >= from) {
                text.iter_mut().for_each(|line| line.new = true);
            }
            lines.append(&mut text);
        }
        Value::from_object(Rich { lines })
    }

    fn status(&mut self, status: &Status) -> Value {
        let mut lines = self.light_lines(&status.lights);
        lines.extend(self.lines(&status.text));
        Value::from_object(Rich { lines })
    }

    fn lights(&mut self, lights: &[StatusLight]) -> Value {
        Value::from_object(Rich { lines: self.light_lines(lights) })
    }

    fn light_lines(&mut self, lights: &[StatusLight]) -> Vec<Line> {
        let mut line = |light: &StatusLight| {
            let mut pieces = vec![Piece::Light(light.light)];
            if let Some(label) = light.label.as_deref().filter(|label| !label.is_empty()) {
                // The light's name stands between; words in brackets need no colon after it.
                let between = if label.starts_with('(') { " " } else { ": " };
                let text = format!("{between}{}", self.clean(label));
                pieces.push(Piece::Text { text, bold: false, italic: false, link: None });
            }
            Line { bullet: None, pieces, new: false }
        };
        lights.iter().map(&mut line).collect()
    }
}

/// What an item is called: its first line.
fn title(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    cells.into_iter().flatten().find(|block| !block.is_blank()).map(Block::text).unwrap_or_default()
}

/// An entry's date as the plan shows it.
fn written(entry: &Entry) -> Option<String> {
    let shown = entry.shown_date().filter(|date| !date.trim().is_empty());
    shown.or_else(|| entry.date.map(|date| date.to_string()))
}

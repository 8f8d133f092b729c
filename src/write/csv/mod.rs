//! One row an entry, for spreadsheets and statistics.
//!
//! Semicolons and a byte order mark, as Excel in Swedish opens a file by double click. A cell that a spreadsheet
//! would take for a formula gets an apostrophe before it (OWASP, "CSV injection").

use std::io::Write;

use csv::WriterBuilder;

use crate::model::{Block, BlockKind, Document, Item, Light, Plan, SectionKind, Warned};

use super::formats::plan_only;
use super::{Format, WriteError, WriteOptions};

/// The headings, in Swedish: people read them.
const HEADINGS: [&str; 14] = [
    "Grupp",
    "År",
    "Avsnitt",
    "Id",
    "Nationellt insatsområde",
    "Prioriterat område",
    "Aktiviteter",
    "Datum",
    "Som skrivet",
    "Uppföljning",
    "Status",
    "Statustext",
    "Fil",
    "Plats",
];

/// Writes a plan: one row an entry; an item without entries is one row with none.
pub(super) fn render(document: &Document, _: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut table = Table::new(Vec::new())?;
    table.add(plan_only(document, Format::Csv)?)?;
    Ok(Warned::clean(table.finish()?))
}

/// Rows of any number of plans.
pub struct Table<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Table<W> {
    /// A table of the headings alone.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(mut to: W) -> Result<Self, WriteError> {
        to.write_all(b"\xef\xbb\xbf").map_err(packed)?;
        let writer = WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(to);
        let mut table = Self { writer };
        table.row(&HEADINGS.map(str::to_owned))?;
        Ok(table)
    }

    /// Adds a plan's entries.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn add(&mut self, plan: &Plan) -> Result<(), WriteError> {
        for section in &plan.sections {
            for item in &section.items {
                self.item(plan, section.kind, item)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, plan: &Plan, section: SectionKind, item: &Item) -> Result<(), WriteError> {
        let labels: Vec<String> =
            item.status.lights.iter().map(|light| light_words(light.light, light.label.as_deref())).collect();
        let (file, place) = item.source.as_ref().map(|s| (s.file.clone(), s.place.clone())).unwrap_or_default();
        let row = |date: String, written: String, text: String| {
            [
                plan.group.clone().unwrap_or_default(),
                plan.year.map(|year| year.to_string()).unwrap_or_default(),
                section_words(section).to_owned(),
                item.id.to_string(),
                text_of(&item.area),
                text_of(&item.priority),
                text_of(&item.activities),
                date,
                written,
                text,
                labels.join(", "),
                text_of(&item.status.text),
                file.clone(),
                place.clone(),
            ]
        };
        if item.follow_up.is_empty() {
            self.row(&row(String::new(), String::new(), String::new()))?;
        }
        for entry in &item.follow_up {
            let date = entry.date.map(|date| date.to_string()).unwrap_or_default();
            self.row(&row(date, entry.written.clone().unwrap_or_default(), text_of(&entry.text)))?;
        }
        Ok(())
    }

    fn row(&mut self, cells: &[String; HEADINGS.len()]) -> Result<(), WriteError> {
        self.writer.write_record(cells.iter().map(|cell| harmless(cell))).map_err(packed)
    }

    /// Ends the table and gives back what it was written to.
    ///
    /// # Errors
    /// The last of it cannot be written.
    pub fn finish(self) -> Result<W, WriteError> {
        self.writer.into_inner().map_err(|error| packed(error.into_error()))
    }
}

fn packed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> WriteError {
    WriteError::Pack(error.into())
}

/// Text that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Blocks as lines; bullets keep a sign.
fn text_of(blocks: &[Block]) -> String {
    let line = |block: &Block| match block.kind {
        BlockKind::Paragraph => block.text(),
        BlockKind::Bullet => format!("{}• {}", "  ".repeat(usize::from(block.level)), block.text()),
    };
    blocks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn light_words(light: Light, label: Option<&str>) -> String {
    let word = match light {
        Light::Green => "grön",
        Light::Yellow => "gul",
        Light::Red => "röd",
        Light::Closed => "avslutad",
    };
    label.map_or_else(|| word.to_owned(), |label| format!("{word} {label}"))
}

fn section_words(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::National => "nationellt",
        SectionKind::Assignment => "uppdrag",
        SectionKind::Priority => "prioriterat",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Section, SectionColumns};

    fn plan(texts: &[&str]) -> Plan {
        let follow_up = texts.iter().map(|text| Entry::undated(vec![Block::paragraph(*text)])).collect();
        let item = Item {
            id: crate::model::ItemId::new("a-123456"),
            area: vec![Block::paragraph("=cmd|' /C calc'!A0"), Block::bullet(1, "punkt")],
            follow_up,
            ..Item::default()
        };
        let section =
            Section { kind: SectionKind::National, title: None, columns: SectionColumns::default(), items: vec![item] };
        Plan { sections: vec![section], ..Plan::default() }
    }

    fn rows(plan: &Plan) -> Vec<Vec<String>> {
        let written = render(&Document::ActionPlan(plan.clone()), &WriteOptions::default()).unwrap().value;
        let text = written.strip_prefix(b"\xef\xbb\xbf").unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn one_row_an_entry() {
        let rows = rows(&plan(&["ett; \"två\"", "tre\nfyra"]));
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0][9], "ett; \"två\"");
        assert_eq!(rows[1][9], "tre\nfyra");
        assert_eq!(rows[0][3], "a-123456");
    }

    #[test]
    fn an_item_without_entries_has_a_row() {
        assert_eq!(rows(&plan(&[])).len(), 1);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let rows = rows(&plan(&["+46 13", "@x", "-1", "• punkt"]));
        assert_eq!(rows[0][4], "'=cmd|' /C calc'!A0\n  • punkt");
        let texts: Vec<&str> = rows.iter().map(|row| row[9].as_str()).collect();
        assert_eq!(texts, ["'+46 13", "'@x", "'-1", "• punkt"]);
    }
}

//! A row for a new item, made like its neighbour's.

use super::editor::NewParagraph;
use super::lights::LightEdit;
use super::look::Look;
use super::spans::Id;
use super::story::Story;
use super::{Keeper, lines, places};
use crate::interpret::Field;
use crate::model::{Block, Item};
use crate::write::docx::embed;

impl Keeper<'_, '_> {
    /// Puts a row in after the last row of an item, or before its first; nothing where no row can be made like it.
    pub(super) fn new_row(&mut self, item: &Item, neighbour: usize, before: bool) -> Option<()> {
        let spans = self.editor.spans;
        let cells = self.layout.items.get(neighbour)?.clone();
        let origin = if before { cells.cells.first() } else { cells.cells.last() }?.1;
        let row = spans.owner(spans.at(origin)?, "tr")?;
        let mut content = String::new();
        for child in spans.children(row) {
            match spans.local(child) {
                "tc" => {
                    let field =
                        cells.cells.iter().find(|(_, at)| spans.at(*at) == Some(child)).map(|(field, _)| *field);
                    content.push_str(&self.new_cell(child, field, item, neighbour, content.is_empty())?);
                }
                "trPr" | "tblPrEx" | "bookmarkStart" | "bookmarkEnd" => {}
                _ => return None,
            }
        }
        let w = spans.w.clone();
        let kept = |id: &Id| !matches!(spans.local(*id), "ins" | "del" | "trPrChange" | "tblHeader");
        let properties = spans.child(row, "trPr").into_iter().flat_map(|properties| spans.children(properties));
        let mut properties: String = properties.filter(kept).map(|id| spans.source(id)).collect();
        properties.push_str(&self.editor.marks.mark(&w, "ins"));
        if !properties.is_empty() {
            properties = format!("<{w}trPr>{properties}</{w}trPr>");
        }
        let exceptions = spans.child(row, "tblPrEx").map_or("", |id| spans.source(id));
        let whole = spans.whole(row);
        let at = if before { whole.start } else { whole.end };
        let declared = spans.declarations(row);
        self.editor.replace(at..at, format!("<{w}tr{declared}>{exceptions}{properties}{content}</{w}tr>"));
        Some(())
    }

    fn new_cell(
        &mut self,
        cell: Id,
        field: Option<Field>,
        item: &Item,
        neighbour: usize,
        first: bool,
    ) -> Option<String> {
        let spans = self.editor.spans;
        let w = spans.w.clone();
        let story = Story::of_cells(spans, [cell]);
        let old = self.before[neighbour];
        let own = |keeper: &Self, blocks: &[Block]| {
            let lines = lines::of_blocks(blocks);
            let look = places(&story.letters(), &lines).map(|places| Look::of(&keeper.editor, &story, &lines, &places));
            super::known(look.unwrap_or_default(), &keeper.editor, &story)
        };
        let text = |look: Look, blocks: &[Block]| look.paragraphs(&w, &lines::of_blocks(blocks), false);
        let mut paragraphs = match field {
            Some(Field::Area) => text(own(self, &old.area), &item.area),
            Some(Field::Priority) => text(own(self, &old.priority), &item.priority),
            Some(Field::Activities) => text(own(self, &old.activities), &item.activities),
            Some(Field::FollowUp) => {
                let look = self.look(neighbour).with_list(self.list.as_deref());
                look.paragraphs(&w, &lines::of_entries(&item.follow_up), false)
            }
            Some(Field::Status) => {
                let palette = self.palette();
                let look = own(self, &old.status.text);
                let edit = LightEdit {
                    story: &Story::default(),
                    signs: &[],
                    matched: &[],
                    palette: &palette,
                    layout: self.layout,
                    look: &look,
                };
                let bare = look.paragraphs(&w, &lines::of_blocks(&[Block::default()]), false).pop().unwrap_or_default();
                let mut paragraphs: Vec<NewParagraph> = Vec::new();
                for light in &item.status.lights {
                    let runs = edit.light_runs(&mut self.editor, light.light, light.label.as_deref());
                    paragraphs.push(NewParagraph { runs, ..bare.clone() });
                }
                paragraphs.extend(text(look, &item.status.text));
                paragraphs
            }
            Some(Field::Date) | None => Vec::new(),
        };
        if paragraphs.is_empty() {
            let look = Look::of_empty(&self.editor, &story);
            paragraphs = look.paragraphs(&w, &lines::of_blocks(&[Block::default()]), false);
            paragraphs.truncate(1);
            if paragraphs.is_empty() {
                paragraphs.push(NewParagraph::default());
            }
        }
        let anchor = embed::bookmark(item.id.as_str()).filter(|_| first).map(|name| {
            let number = self.editor.marks.number();
            format!("<{w}bookmarkStart {w}id=\"{number}\" {w}name=\"{name}\"/><{w}bookmarkEnd {w}id=\"{number}\"/>")
        });
        let mut out = String::new();
        for child in spans.child(cell, "tcPr").into_iter().flat_map(|properties| spans.children(properties)) {
            match spans.local(child) {
                // A cell that reaches over several rows: the new one would stand inside it.
                "vMerge" => return None,
                "tcPrChange" | "cellIns" | "cellDel" => {}
                "shd" if field == Some(Field::Status) => {}
                _ => out.push_str(spans.source(child)),
            }
        }
        out = format!("<{w}tc><{w}tcPr>{out}</{w}tcPr>");
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let xml = self.editor.new_paragraph(paragraph, true);
            match anchor.as_ref().filter(|_| number == 0) {
                // Behind the properties, before the text.
                Some(anchor) => {
                    let end = format!("</{w}pPr>");
                    let at = xml.find(&end).map_or(format!("<{w}p>").len(), |at| at + end.len());
                    out.push_str(&xml[..at]);
                    out.push_str(anchor);
                    out.push_str(&xml[at..]);
                }
                None => out.push_str(&xml),
            }
        }
        out.push_str(&format!("</{w}tc>"));
        Some(out)
    }
}

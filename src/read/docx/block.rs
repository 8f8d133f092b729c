//! Paragraphs and what holds paragraphs.

use crate::page::{Inline, List, Node, Paragraph, Place, Role};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Line, Ns, Relationships, split_points};

use super::fields::{Field, endless};
use super::look::shading;
use super::run::Base;
use super::styles::{NumberingUse, outline_level};
use super::{Reading, run::check_box_state};

/// Goes through one part of a document.
pub(super) struct Walker<'w, 'p> {
    pub(super) reading: &'w mut Reading<'p>,
    pub(super) relationships: &'w Relationships,
    /// The beginnings of fields that never end.
    pub(super) endless: Vec<u32>,
    /// The fields that are open, the outermost first. They may span paragraphs.
    pub(super) fields: Vec<Field>,
    /// Names that stand between paragraphs and wait for the next one.
    pub(super) waiting_anchors: Vec<String>,
    /// The state of a check box whose sign comes next.
    pub(super) waiting_box: Option<bool>,
    paragraphs: u32,
    pub(super) tables: u32,
}

/// Where the blocks that are being read stand.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    /// In the running text: paragraphs and tables are counted.
    Body,
    /// In a row, a note …: all has that place.
    Inside(Place),
}

/// Blocks in the making.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) nodes: Vec<Node>,
    /// What stands before a paragraph mark that was deleted: it goes on in the next paragraph.
    carried: Line,
    /// How many paragraphs have a shading of the same colour, and how many there are.
    pub(super) shadings: Vec<Option<crate::page::Rgb>>,
}

impl<'w, 'p> Walker<'w, 'p> {
    /// A walker for a part whose outermost element is `root`.
    pub(super) fn new(reading: &'w mut Reading<'p>, relationships: &'w Relationships, root: Element<'_>) -> Self {
        let endless = endless(root, reading.changes);
        Self {
            reading,
            relationships,
            endless,
            fields: Vec::new(),
            waiting_anchors: Vec::new(),
            waiting_box: None,
            paragraphs: 0,
            tables: 0,
        }
    }

    /// All blocks in an element, as a text of their own.
    pub(super) fn story(&mut self, parent: Element<'_>, scope: &Scope) -> Result<Vec<Node>, ReadError> {
        Ok(self.flow(parent, scope)?.nodes)
    }

    /// The same, with what a cell asks about its paragraphs.
    pub(super) fn flow(&mut self, parent: Element<'_>, scope: &Scope) -> Result<Flow, ReadError> {
        let mut flow = Flow::default();
        self.blocks(parent, scope, &mut flow)?;
        let carried = std::mem::take(&mut flow.carried);
        if !carried.is_empty() {
            self.close(carried, Paragraph::default(), scope, &mut flow);
        }
        // A name after the last paragraph belongs to it.
        if let Some(Node::Paragraph(last)) = flow.nodes.last_mut() {
            last.anchors.append(&mut self.waiting_anchors);
        }
        Ok(flow)
    }

    fn blocks(&mut self, parent: Element<'_>, scope: &Scope, flow: &mut Flow) -> Result<(), ReadError> {
        for element in parent.children() {
            if self.reading.changes.leave_out(element) {
                self.reading.tally.deletions += 1;
                continue;
            }
            match (element.ns(), element.local()) {
                (Ns::W, "p") => self.paragraph(element, scope, flow)?,
                (Ns::W, "tbl") => {
                    let table = self.table(element, scope)?;
                    flow.nodes.push(Node::Table(table));
                }
                (Ns::W, "sdt") => {
                    self.control(element);
                    if let Some(content) = element.child(Ns::W, "sdtContent") {
                        self.blocks(content, scope, flow)?;
                    }
                    self.waiting_box = None;
                }
                (Ns::W, "bookmarkStart") => self.bookmark(element),
                (Ns::W, "altChunk" | "subDoc") => {
                    let what = "Dokumentet länkar in ett annat dokument, som inte läses. Öppna det i Word och spara \
                                en ny kopia, så följer texten med.";
                    self.reading.unsupported(what, &self.place(scope));
                }
                (Ns::W, "sectPr" | "sdtPr" | "pPr" | "tblPr" | "customXmlPr" | "smartTagPr") => {}
                // Formulas and runs that stand between paragraphs are shown as paragraphs of their own.
                (Ns::W, "r" | "hyperlink" | "fldSimple") | (Ns::M, "oMath" | "oMathPara") => {
                    let mut line = Line::default();
                    let base = Base::default();
                    self.inline(element, &base, scope, &mut line)?;
                    self.close(line, Paragraph::default(), scope, flow);
                }
                (Ns::W, "ins" | "moveTo") => {
                    self.reading.tally.insertions += 1;
                    self.blocks(element, scope, flow)?;
                }
                _ => self.blocks(element, scope, flow)?,
            }
        }
        Ok(())
    }

    /// Takes note of what a content control says of itself.
    pub(super) fn control(&mut self, control: Element<'_>) {
        let Some(properties) = control.child(Ns::W, "sdtPr") else { return };
        if let Some(tag) = properties.child(Ns::W, "tag").and_then(|tag| tag.attribute(Ns::W, "val"))
            && !tag.is_empty()
        {
            self.waiting_anchors.push(tag.to_owned());
        }
        self.waiting_box = check_box_state(properties);
    }

    pub(super) fn bookmark(&mut self, bookmark: Element<'_>) {
        if let Some(name) = bookmark.attribute(Ns::W, "name")
            && name != "_GoBack"
        {
            self.waiting_anchors.push(name.to_owned());
        }
    }

    /// Where a paragraph that is being read stands.
    pub(super) fn place(&self, scope: &Scope) -> Place {
        match scope {
            Scope::Body => Place::Paragraph(self.paragraphs + 1),
            Scope::Inside(place) => place.clone(),
        }
    }

    fn paragraph(&mut self, element: Element<'_>, scope: &Scope, flow: &mut Flow) -> Result<(), ReadError> {
        let changes = self.reading.changes;
        let current = element.child(Ns::W, "pPr");
        let properties = changes.properties(current, "pPrChange", "pPr");
        let value = |name| properties?.child(Ns::W, name)?.attribute(Ns::W, "val");
        let style = self.reading.paragraph_style(value("pStyle"));
        let shade = properties.and_then(|properties| properties.child(Ns::W, "shd")).and_then(shading);
        let shade = shade.and_then(|shade| shade.resolve(&|| self.reading.theme().clone()));
        let shade = shade.filter(|&colour| colour != crate::page::Rgb::WHITE);

        let mut line = std::mem::take(&mut flow.carried);
        line.shading = shade;
        let base = Base { style: Some(style.clone()), ..Base::default() };
        self.inlines(element, &base, scope, &mut line)?;

        let mark = current.and_then(|properties| properties.child(Ns::W, "rPr"));
        if mark.is_some_and(|mark| changes.give(mark)) {
            self.reading.tally.insertions += 1;
        }
        if mark.is_some_and(|mark| changes.take(mark)) {
            self.reading.tally.deletions += 1;
            flow.carried = line;
            return Ok(());
        }
        let role = match (style.role, properties.and_then(outline_level)) {
            (Role::Body, Some(level @ 0..=8)) => Role::Heading(level + 1),
            (role, _) => role,
        };
        let list = if role == Role::Body { self.list(properties, &style) } else { None };
        let paragraph = Paragraph { role, list, style: style.name.clone(), ..Paragraph::default() };
        self.close(line, paragraph, scope, flow);
        Ok(())
    }

    /// Where in which list a paragraph stands: its own numbering first, then its style's.
    fn list(&mut self, properties: Option<Element<'_>>, style: &super::ParagraphStyle) -> Option<List> {
        let own = properties.and_then(NumberingUse::read);
        let by_style = style.numbering.as_ref();
        let id = own.as_ref().and_then(|own| own.list.clone()).or_else(|| by_style?.list.clone());
        let Some(id) = id else { return style.list };
        if id == "0" {
            return None;
        }
        let own_level = own.as_ref().and_then(|own| own.level);
        let level = own_level.or_else(|| by_style?.level);
        let chain = if own.is_some_and(|own| own.list.is_some()) { &[] } else { style.chain.as_slice() };
        let found = self.reading.numbering().list(&id, level, chain);
        match (found, style.list) {
            // "List Bullet 2" has a list of its own with one level: its name says how deep it looks.
            (Some(found), Some(named)) if found.level == 0 && own_level.is_none() => {
                Some(List { level: named.level, ordered: found.ordered })
            }
            (None, Some(named)) => Some(named),
            (found, _) => found,
        }
    }

    /// Finishes a paragraph. Lines of it that begin with a typed list sign become list points.
    fn close(&mut self, mut line: Line, mut paragraph: Paragraph, scope: &Scope, flow: &mut Flow) {
        let place = self.place(scope);
        if matches!(scope, Scope::Body) {
            self.paragraphs += 1;
        }
        paragraph.place = place;
        paragraph.anchors = std::mem::take(&mut line.anchors);
        flow.shadings.push(line.shading);
        if let Some(shade) = line.shading {
            for inline in &mut line.inlines {
                if let Inline::Text(span) = inline {
                    span.highlight.get_or_insert(shade);
                }
            }
        }
        let inlines = Line::finish(line.inlines);
        flow.nodes.extend(split_points(paragraph, inlines).into_iter().map(Node::Paragraph));
        flow.nodes.append(&mut line.beside);
    }
}

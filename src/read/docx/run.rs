//! What stands in a paragraph: runs and what holds runs.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::page::Mark;
use crate::read::ooxml::{Element, Glyph, Line, Look, Ns, SymbolFont, unknown_sign};
use crate::read::{Changes, ReadError};

use super::block::{Scope, Walker};
use super::fields::{Field, Form, implied_text, link, link_to, symbol};
use super::look::{RunProperties, is_on};
use super::styles::ParagraphStyle;

/// What runs take from what they stand in.
#[derive(Clone, Default)]
pub(super) struct Base {
    pub(super) style: Option<Rc<ParagraphStyle>>,
    /// Where a hyperlink around them leads.
    pub(super) link: Option<Rc<str>>,
}

/// The state of a content control that is a check box.
pub(super) fn check_box_state(properties: Element<'_>) -> Option<bool> {
    let check_box = properties.children().find(|child| child.local() == "checkbox")?;
    let checked = check_box.children().find(|child| child.local() == "checked");
    let on = |checked: Element<'_>| !matches!(checked.attribute(Ns::W14, "val"), Some("0" | "false" | "off"));
    Some(checked.is_some_and(on))
}

/// How xml:space is said; it holds for what is inside too, but Word writes it where it matters.
fn keeps_space(text: Element<'_>) -> bool {
    text.attribute(Ns::Xml, "space") == Some("preserve")
}

impl Walker<'_, '_> {
    /// What stands in an element that holds runs.
    pub(super) fn inlines(
        &mut self,
        parent: Element<'_>,
        base: &Base,
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        line.anchors.append(&mut self.waiting_anchors);
        for element in parent.children() {
            self.inline(element, base, scope, line)?;
            line.anchors.append(&mut self.waiting_anchors);
        }
        Ok(())
    }

    /// One of the elements that a paragraph holds.
    pub(super) fn inline(
        &mut self,
        element: Element<'_>,
        base: &Base,
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        match (element.ns(), element.local()) {
            (Ns::W | Ns::M, "r") => self.run(element, base, scope, line),
            (Ns::W, "hyperlink") => {
                let id = element.attribute(Ns::R, "id");
                let target = id.and_then(|id| self.relationships.get(id)).filter(|target| target.external);
                let place = element.attribute(Ns::W, "anchor").or_else(|| element.attribute(Ns::W, "docLocation"));
                let to = link_to(target.map_or("", |target| &target.target), place.unwrap_or_default());
                let base = Base { link: to.or_else(|| base.link.clone()), ..base.clone() };
                self.inlines(element, &base, scope, line)
            }
            (Ns::W, "fldSimple") => {
                let instruction = element.attribute(Ns::W, "instr").unwrap_or_default();
                let base = Base { link: link(instruction).or_else(|| base.link.clone()), ..base.clone() };
                self.inlines(element, &base, scope, line)
            }
            _ if self.reading.changes.leave_out(element) => {
                self.reading.tally.deletions += 1;
                Ok(())
            }
            (Ns::W, "ins" | "moveTo" | "del" | "moveFrom") => {
                self.reading.tally.insertions += 1;
                self.inlines(element, base, scope, line)
            }
            (Ns::W, "sdt") => {
                self.control(element);
                if let Some(content) = element.child(Ns::W, "sdtContent") {
                    self.inlines(content, base, scope, line)?;
                }
                if let Some(checked) = self.waiting_box.take()
                    && self.is_shown()
                {
                    line.mark(Mark::CheckBox { checked });
                }
                Ok(())
            }
            (Ns::W, "bookmarkStart") => {
                self.bookmark(element);
                Ok(())
            }
            (Ns::W, "pPr" | "rPr" | "sdtPr" | "smartTagPr" | "customXmlPr" | "fldData") => Ok(()),
            (Ns::M, "oMathParaPr" | "ctrlPr") => Ok(()),
            _ => self.inlines(element, base, scope, line),
        }
    }

    /// Whether text that stands here is shown: not where a field's instruction stands.
    fn is_shown(&self) -> bool {
        self.fields.last().is_none_or(|field| field.outside_shown && field.in_result)
    }

    fn run(&mut self, run: Element<'_>, base: &Base, scope: &Scope, line: &mut Line) -> Result<(), ReadError> {
        let properties = self.reading.changes.properties(run.child(Ns::W, "rPr"), "rPrChange", "rPr");
        let own = properties.map(RunProperties::read).unwrap_or_default();
        let style = properties.and_then(|p| p.child(Ns::W, "rStyle")).and_then(|style| style.attribute(Ns::W, "val"));
        let character = style.map(|style| self.reading.styles.character(style)).unwrap_or_default();
        let paragraph = base.style.as_ref().map(|style| style.run).unwrap_or_default();
        let reading = &*self.reading;
        let look = RunProperties::look(own, character, paragraph, reading.styles.defaults, || reading.theme().clone());
        self.run_content(run, look, base, scope, line)
    }

    fn run_content(
        &mut self,
        run: Element<'_>,
        look: Look,
        base: &Base,
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        for element in run.children() {
            if element.ns() == Ns::W {
                match element.local() {
                    "fldChar" => {
                        self.field_char(element, look, base, scope, line);
                        continue;
                    }
                    "delText" | "delInstrText" if self.reading.changes == Changes::Accepted => continue,
                    "instrText" | "delInstrText" => {
                        if let Some(field) = self.fields.last_mut() {
                            field.instruction.push_str(element.text());
                        }
                        continue;
                    }
                    "rPr" | "softHyphen" => continue,
                    _ => {}
                }
            }
            if !self.is_shown() {
                continue;
            }
            if look.hidden {
                let place = self.place(scope);
                let text = element.text();
                self.reading.tally.hide(text, &place);
                for inner in element.descendants().filter(|inner| inner.is(Ns::W, "t")) {
                    self.reading.tally.hide(inner.text(), &place);
                }
                continue;
            }
            let link = self.link(base);
            match (element.ns(), element.local()) {
                (Ns::W | Ns::M, "t") | (Ns::W, "delText") => {
                    let text = element.text();
                    let text = if keeps_space(element) { text } else { text.trim_ascii() };
                    self.run_text(text, look, link.as_deref(), line, scope);
                }
                (Ns::W, "tab" | "ptab") => line.space(look, link.as_deref()),
                (Ns::W, "br" | "cr") => line.line_break(),
                // An ordinary hyphen, so that a word is the same word however it was typed.
                (Ns::W, "noBreakHyphen") => line.text("-", look, link.as_deref()),
                (Ns::W, "sym") => {
                    let code = element.attribute(Ns::W, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let font = element.attribute(Ns::W, "font").unwrap_or_default();
                    self.symbol(code.unwrap_or(0), font, look, link.as_deref(), line, scope);
                }
                (Ns::W, "drawing") => self.drawing(element, scope, line)?,
                (Ns::W, "pict" | "object") => self.vml(element, scope, line)?,
                (Ns::W, "footnoteReference") => note(&mut self.reading.footnotes, element),
                (Ns::W, "endnoteReference") => note(&mut self.reading.endnotes, element),
                (Ns::W, "r") => self.run(element, base, scope, line)?,
                // What is written above a base text, what is chosen among alternatives: their runs.
                _ => self.inlines(element, base, scope, line)?,
            }
        }
        Ok(())
    }

    /// The link of the field that the text stands in, else of the hyperlink around it.
    fn link(&self, base: &Base) -> Option<Rc<str>> {
        self.fields.last().and_then(|field| field.link.clone()).or_else(|| base.link.clone())
    }

    /// Text of a run: letters, or pictures where the font is a symbol font.
    fn run_text(&mut self, text: &str, look: Look, link: Option<&str>, line: &mut Line, scope: &Scope) {
        let mut text = text;
        if let Some(checked) = self.waiting_box
            && let Some(sign) = text.chars().next()
        {
            self.waiting_box = None;
            line.mark(Mark::CheckBox { checked });
            if !sign.is_alphanumeric() {
                text = &text[sign.len_utf8()..];
            }
        }
        for code in line.run_text(text, look, link) {
            let font = if look.font.is_some() { "symbolteckensnittet" } else { "ett okänt teckensnitt" };
            self.unknown_glyph(code, font, scope);
        }
    }

    fn unknown_glyph(&mut self, code: u32, font: &str, scope: &Scope) {
        let message = unknown_sign(code, font);
        self.reading.unsupported(&message, &self.place(scope));
    }

    /// A sign that is given by its code in a font.
    fn symbol(&mut self, code: u32, font: &str, look: Look, link: Option<&str>, line: &mut Line, scope: &Scope) {
        let glyph = match SymbolFont::of(font) {
            Some(font) => font.glyph(code),
            None if (0xe000..=0xf8ff).contains(&code) => Glyph::Unknown,
            None => char::from_u32(code).filter(|c| !c.is_control()).map_or(Glyph::Unknown, Glyph::Char),
        };
        if let Some(checked) = self.waiting_box.take() {
            line.mark(Mark::CheckBox { checked });
            return;
        }
        if glyph == Glyph::Unknown {
            self.unknown_glyph(code, font, scope);
        }
        line.glyph(glyph, look, link);
    }

    fn field_char(&mut self, element: Element<'_>, look: Look, base: &Base, scope: &Scope, line: &mut Line) {
        match element.attribute(Ns::W, "fldCharType") {
            Some("begin") if self.endless.binary_search(&element.id()).is_err() => {
                let link = self.fields.last().and_then(|field| field.link.clone());
                let outside_shown = self.is_shown();
                self.fields.push(Field { form: Form::read(element), outside_shown, link, ..Field::default() });
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                    field.link = link(&field.instruction).or_else(|| field.link.take());
                }
            }
            Some("end") => {
                let Some(field) = self.fields.pop() else { return };
                if self.is_shown() && !look.hidden {
                    self.field_end(&field, look, base, scope, line);
                }
            }
            _ => {}
        }
    }

    /// What a field shows that has no result of its own.
    fn field_end(&mut self, field: &Field, look: Look, base: &Base, scope: &Scope, line: &mut Line) {
        let link = self.link(base);
        match &field.form {
            Some(Form::CheckBox(checked)) => line.mark(Mark::CheckBox { checked: *checked }),
            _ if field.in_result => {}
            Some(Form::Choice(text)) => line.text(text, look, link.as_deref()),
            None => {
                if let Some((code, font)) = symbol(&field.instruction) {
                    self.symbol(code, &font, look, link.as_deref(), line, scope);
                } else if let Some(text) = implied_text(&field.instruction) {
                    line.text(text, look, link.as_deref());
                }
            }
        }
    }
}

fn note(notes: &mut BTreeMap<String, usize>, reference: Element<'_>) {
    let number = notes.len() + 1;
    if let Some(id) = reference.attribute(Ns::W, "id") {
        notes.entry(id.to_owned()).or_insert(number);
    }
}

/// Whether a drawing's or a row's switch is on where it may be missing.
pub(super) fn is_set(element: Option<Element<'_>>) -> bool {
    element.is_some_and(is_on)
}

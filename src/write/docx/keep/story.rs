//! What stands in some cells, sign by sign, each with its place in the part's text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::spans::{Id, Spans};

/// The paragraphs of one cell or of several that belong together, as a reader of the page sees them.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The cells, in order.
    pub(super) cells: Vec<Id>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) tokens: Vec<Token>,
}

#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) node: Id,
    pub(super) tokens: Range<usize>,
}

/// A sign, or a thing that stands among signs.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The element that it is or stands in.
    pub(super) node: Id,
    /// The run around it; the control itself for a box.
    pub(super) run: Id,
    pub(super) at: Range<usize>,
    pub(super) paragraph: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Char(char),
    Break,
    Tab,
    /// A drawing, a picture, a sign of a symbol font.
    Object,
    /// A check box as a content control.
    Box,
    /// A check box as a form field.
    FormBox,
}

/// Where a field is that the walk is in.
struct Field {
    in_result: bool,
}

struct Walk<'a, 's> {
    spans: &'a Spans<'s>,
    story: Story,
    fields: Vec<Field>,
    /// The sign of a box that has been counted is still to come.
    skip_sign: bool,
}

impl Story {
    /// The story of cells.
    pub(super) fn of_cells(spans: &Spans<'_>, cells: impl IntoIterator<Item = Id>) -> Self {
        let mut walk = Walk { spans, story: Self::default(), fields: Vec::new(), skip_sign: false };
        for cell in cells {
            walk.story.cells.push(cell);
            walk.blocks(cell);
        }
        walk.story
    }

    /// The story of one paragraph.
    pub(super) fn of_paragraph(spans: &Spans<'_>, paragraph: Id) -> Self {
        let mut walk = Walk { spans, story: Self::default(), fields: Vec::new(), skip_sign: false };
        walk.story.cells.push(paragraph);
        walk.paragraph(paragraph);
        walk.story
    }

    /// The text of tokens, a newline for each break.
    pub(super) fn text(&self, tokens: Range<usize>) -> String {
        self.tokens[tokens]
            .iter()
            .filter_map(|token| match token.kind {
                Kind::Char(c) => Some(c),
                Kind::Break => Some('\n'),
                Kind::Tab => Some('\t'),
                _ => None,
            })
            .collect()
    }

    /// The lines: paragraphs, cut at their breaks.
    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        for paragraph in &self.paragraphs {
            let mut from = paragraph.tokens.start;
            for at in paragraph.tokens.clone() {
                if self.tokens[at].kind == Kind::Break {
                    lines.push(from..at);
                    from = at + 1;
                }
            }
            lines.push(from..paragraph.tokens.end);
        }
        lines
    }

    /// The letters and digits, each with its token.
    pub(super) fn letters(&self) -> Vec<(char, usize)> {
        let mut letters = Vec::new();
        for (number, token) in self.tokens.iter().enumerate() {
            if let Kind::Char(c) = token.kind {
                letters.extend(fold(c).map(|c| (c, number)));
            }
        }
        letters
    }

    pub(super) fn is_blank(&self, tokens: Range<usize>) -> bool {
        self.tokens[tokens].iter().all(|token| match token.kind {
            Kind::Char(c) => c.is_whitespace(),
            Kind::Break | Kind::Tab => true,
            _ => false,
        })
    }
}

/// A sign's letters and digits, without their accents: the same for composed and decomposed text.
fn fold(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfd().filter(|c| c.is_alphanumeric())
}

/// The same of a whole text.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfd().filter(|c| c.is_alphanumeric())
}

impl Walk<'_, '_> {
    fn blocks(&mut self, owner: Id) {
        for child in self.spans.children(owner) {
            if self.is_deleted(child) {
                continue;
            }
            match self.spans.local(child) {
                "p" if self.spans.is(child, "p") => self.paragraph(child),
                "tcPr" | "sdtPr" | "tblPr" | "trPr" | "tblGrid" | "customXmlPr" | "smartTagPr" | "tblPrEx" => {}
                "AlternateContent" => self.alternatives(child, Self::blocks),
                _ => self.blocks(child),
            }
        }
    }

    fn is_deleted(&self, element: Id) -> bool {
        if self.spans.is(element, "del") || self.spans.is(element, "moveFrom") {
            return true;
        }
        let properties = if self.spans.is(element, "tr") { self.spans.child(element, "trPr") } else { None };
        properties.is_some_and(|properties| self.spans.child(properties, "del").is_some())
    }

    /// What a program of today chooses among alternatives.
    fn alternatives(&mut self, element: Id, walk: impl FnOnce(&mut Self, Id)) {
        let choice =
            self.spans.children(element).find(|&child| matches!(self.spans.local(child), "Choice" | "Fallback"));
        if let Some(choice) = choice {
            walk(self, choice);
        }
    }

    fn paragraph(&mut self, node: Id) {
        let from = self.story.tokens.len();
        self.story.paragraphs.push(Paragraph { node, tokens: from..from });
        self.inlines(node);
        let end = self.story.tokens.len();
        if let Some(last) = self.story.paragraphs.iter_mut().rev().find(|paragraph| paragraph.node == node) {
            last.tokens = from..end;
        }
    }

    fn inlines(&mut self, owner: Id) {
        for child in self.spans.children(owner) {
            if self.is_deleted(child) {
                continue;
            }
            match self.spans.local(child) {
                "r" => self.run(child),
                "pPr" | "rPr" | "sdtPr" | "smartTagPr" | "customXmlPr" | "fldData" | "oMathParaPr" | "ctrlPr" => {}
                "sdt" if self.check_box(child).is_some() => {
                    self.push(Kind::Box, child, child);
                    self.skip_sign = true;
                    self.inlines(child);
                    self.skip_sign = false;
                }
                "AlternateContent" => self.alternatives(child, Self::inlines),
                _ => self.inlines(child),
            }
        }
    }

    fn check_box(&self, control: Id) -> Option<Id> {
        let properties = self.spans.child(control, "sdtPr")?;
        self.spans.children(properties).find(|&child| self.spans.local(child) == "checkbox")
    }

    fn push(&mut self, kind: Kind, node: Id, run: Id) {
        let at = self.spans.whole(node);
        self.push_at(kind, node, run, at);
    }

    fn push_at(&mut self, kind: Kind, node: Id, run: Id, at: Range<usize>) {
        let paragraph = self.story.paragraphs.len().saturating_sub(1);
        self.story.tokens.push(Token { kind, node, run, at, paragraph });
    }

    fn run(&mut self, run: Id) {
        let hidden = self.spans.child(run, "rPr").is_some_and(|look| {
            self.spans
                .child(look, "vanish")
                .is_some_and(|vanish| !matches!(self.spans.value(vanish, "val"), Some("0" | "false" | "off")))
        });
        self.content(run, run, hidden);
    }

    /// What stands in a run, or in an alternative inside it.
    fn content(&mut self, owner: Id, run: Id, hidden: bool) {
        for child in self.spans.children(owner) {
            let name = self.spans.local(child);
            match name {
                "fldChar" => {
                    match self.spans.value(child, "fldCharType") {
                        Some("begin") => {
                            self.fields.push(Field { in_result: false });
                            let data = self.spans.descendants(child);
                            if data.clone().any(|inner| self.spans.is(inner, "checkBox")) {
                                self.push(Kind::FormBox, child, run);
                            }
                        }
                        Some("separate") => {
                            if let Some(field) = self.fields.last_mut() {
                                field.in_result = true;
                            }
                        }
                        Some("end") => drop(self.fields.pop()),
                        _ => {}
                    }
                    continue;
                }
                "rPr" | "delText" | "instrText" | "delInstrText" | "softHyphen" => continue,
                _ => {}
            }
            if hidden || self.fields.iter().any(|field| !field.in_result) {
                continue;
            }
            match name {
                "t" => self.letters(child, run),
                "tab" | "ptab" => self.push(Kind::Tab, child, run),
                "br" | "cr" => self.push(Kind::Break, child, run),
                "noBreakHyphen" => self.push(Kind::Char('-'), child, run),
                "sym" if std::mem::take(&mut self.skip_sign) => {}
                "sym" | "drawing" | "pict" | "object" => self.push(Kind::Object, child, run),
                "AlternateContent" => {
                    let draws = |inner| matches!(self.spans.local(inner), "drawing" | "pict" | "object");
                    if self.spans.descendants(child).any(draws) {
                        self.push(Kind::Object, child, run);
                    } else {
                        self.alternatives(child, |walk, choice| walk.content(choice, run, hidden));
                    }
                }
                "ruby" | "r" => self.inlines(child),
                _ => {}
            }
        }
    }

    /// The signs of a text element.
    fn letters(&mut self, node: Id, run: Id) {
        let inside = self.spans.inside(node);
        let text = &self.spans.text[inside.clone()];
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            let (sign, length) = match c {
                '&' => {
                    let length = rest.find(';').map_or(1, |end| end + 1);
                    let value = quick_xml::escape::unescape(&rest[..length]).ok();
                    (value.and_then(|value| value.chars().next()), length)
                }
                '<' => match rest.strip_prefix("<![CDATA[") {
                    Some(_) => (None, "<![CDATA[".len()),
                    None => (None, rest.find('>').map_or(rest.len(), |end| end + 1)),
                },
                ']' if rest.starts_with("]]>") => (None, 3),
                c => (Some(c), c.len_utf8()),
            };
            if let Some(sign) = sign {
                let is_box = std::mem::take(&mut self.skip_sign) && !sign.is_alphanumeric();
                if !is_box {
                    self.push_at(Kind::Char(sign), node, run, inside.start + at..inside.start + at + length);
                }
            }
            at += length;
        }
    }
}

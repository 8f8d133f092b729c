//! A paragraph in the making.

use crate::model::normalise;
use crate::page::{Inline, Mark, Node, Rgb, Span};

use super::symbols::{Glyph, PLACEHOLDER, SymbolFont};

/// What a run looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Look {
    /// Bold.
    pub(crate) bold: bool,
    /// Italic.
    pub(crate) italic: bool,
    /// Not shown.
    pub(crate) hidden: bool,
    /// The colour, where it is not the ordinary one.
    pub(crate) colour: Option<Rgb>,
    /// The colour behind it.
    pub(crate) highlight: Option<Rgb>,
    /// The symbol font, where it is set in one.
    pub(crate) font: Option<SymbolFont>,
}

/// What has been gathered of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Its text and marks.
    pub(crate) inlines: Vec<Inline>,
    /// Hidden names in it.
    pub(crate) anchors: Vec<String>,
    /// What stands beside it: text boxes that are anchored in it.
    pub(crate) beside: Vec<Node>,
    /// The paragraph's own shading.
    pub(crate) shading: Option<Rgb>,
}

impl Line {
    /// Adds text; whatever is white in the file is a space.
    pub(crate) fn text(&mut self, text: &str, look: Look, link: Option<&str>) {
        let mut rest = text;
        // A combining sign belongs to the letter before it, whatever run it stands in.
        if let Some(Inline::Text(last)) = self.inlines.last_mut() {
            while let Some(c) = rest.chars().next().filter(|c| matches!(c, '\u{300}'..='\u{36f}')) {
                last.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        if rest.is_empty() {
            return;
        }
        let span = Span {
            text: String::new(),
            bold: look.bold,
            italic: look.italic,
            link: link.map(str::to_owned),
            colour: look.colour,
            highlight: look.highlight,
        };
        let span = match self.inlines.last() {
            Some(Inline::Text(last)) if same_look(last, &span) => self.inlines.len() - 1,
            _ => {
                self.inlines.push(Inline::Text(span));
                self.inlines.len() - 1
            }
        };
        let Some(Inline::Text(span)) = self.inlines.get_mut(span) else { return };
        if rest.bytes().all(|byte| byte >= b' ') {
            span.text.push_str(rest);
        } else {
            let white = |c: char| if matches!(c, '\t' | '\n' | '\r') { Some(' ') } else { (c >= ' ').then_some(c) };
            span.text.extend(rest.chars().filter_map(white));
        }
    }

    /// Adds a run's text: letters, or pictures where its font is a symbol font. Gives the codes of the
    /// pictures that no character is known for.
    pub(crate) fn run_text(&mut self, text: &str, look: Look, link: Option<&str>) -> Vec<u32> {
        let mut unknown = Vec::new();
        let mut letters = text.chars();
        let alone = letters.next().filter(|&c| (c as u32) < 0x100 && letters.next().is_none());
        let coded = |c: char| matches!(c, '\u{f000}'..='\u{f0ff}');
        match (look.font, alone) {
            // A single letter in a symbol font is a picture; words that somebody set in one are still words.
            (Some(font), Some(letter)) => self.glyph(font.glyph(u32::from(letter)), look, link),
            (font, _) if text.contains(coded) => {
                for c in text.chars() {
                    let glyph = match font {
                        _ if !coded(c) => Glyph::Char(c),
                        Some(font) => font.glyph(u32::from(c)),
                        // The bullet of lists is the one code that is the same wherever it is met.
                        None if c == '\u{f0b7}' => Glyph::Char('•'),
                        None => Glyph::Unknown,
                    };
                    if glyph == Glyph::Unknown {
                        unknown.push(u32::from(c));
                    }
                    self.glyph(glyph, look, link);
                }
            }
            _ => self.text(text, look, link),
        }
        unknown
    }

    /// Adds what a symbol font shows for a code.
    pub(crate) fn glyph(&mut self, glyph: Glyph, look: Look, link: Option<&str>) {
        match glyph {
            Glyph::Char(c) => self.text(c.encode_utf8(&mut [0; 4]), look, link),
            Glyph::CheckBox(checked) => self.mark(Mark::CheckBox { checked }),
            Glyph::Unknown => self.text(PLACEHOLDER.encode_utf8(&mut [0; 4]), look, link),
        }
    }

    /// Adds the space that a tab comes to, unless there is one.
    pub(crate) fn space(&mut self, look: Look, link: Option<&str>) {
        if !matches!(self.inlines.last(), Some(Inline::Text(last)) if last.text.ends_with(' ')) {
            self.text(" ", look, link);
        }
    }

    /// Adds a new line.
    pub(crate) fn line_break(&mut self) {
        self.inlines.push(Inline::Break);
    }

    /// Adds a sign that is no text.
    pub(crate) fn mark(&mut self, mark: Mark) {
        self.inlines.push(Inline::Mark(mark));
    }

    /// Whether nothing has been gathered.
    pub(crate) fn is_empty(&self) -> bool {
        self.inlines.is_empty() && self.beside.is_empty() && self.anchors.is_empty()
    }

    /// The finished inlines: composed text, no empty spans.
    pub(crate) fn finish(inlines: Vec<Inline>) -> Vec<Inline> {
        let finished = inlines.into_iter().map(|inline| match inline {
            Inline::Text(mut span) if !span.text.is_ascii() => {
                span.text = normalise(&span.text);
                Inline::Text(span)
            }
            inline => inline,
        });
        finished.filter(|inline| !matches!(inline, Inline::Text(span) if span.text.is_empty())).collect()
    }
}

fn same_look(a: &Span, b: &Span) -> bool {
    a.bold == b.bold && a.italic == b.italic && a.link == b.link && a.colour == b.colour && a.highlight == b.highlight
}

/// The message about a sign that no character is known for.
pub(crate) fn unknown_sign(code: u32, font: &str) -> String {
    format!("Ett tecken i {font} (kod {code:X}) har ingen känd motsvarighet och visas som {PLACEHOLDER}.")
}

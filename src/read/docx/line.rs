//! A paragraph in the making.

use crate::model::normalise;
use crate::page::{Inline, Mark, Node, Rgb, Span};

use super::look::Look;

/// What has been gathered of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) inlines: Vec<Inline>,
    pub(super) anchors: Vec<String>,
    /// What stands beside it: text boxes that are anchored in it.
    pub(super) beside: Vec<Node>,
    /// The paragraph's own shading.
    pub(super) shading: Option<Rgb>,
}

impl Line {
    /// Adds text; whatever is white in the file is a space.
    pub(super) fn text(&mut self, text: &str, look: Look, link: Option<&str>) {
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

    /// Adds the space that a tab comes to, unless there is one.
    pub(super) fn space(&mut self, look: Look, link: Option<&str>) {
        if !matches!(self.inlines.last(), Some(Inline::Text(last)) if last.text.ends_with(' ')) {
            self.text(" ", look, link);
        }
    }

    pub(super) fn line_break(&mut self) {
        self.inlines.push(Inline::Break);
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        self.inlines.push(Inline::Mark(mark));
    }

    /// Whether nothing has been gathered.
    pub(super) fn is_empty(&self) -> bool {
        self.inlines.is_empty() && self.beside.is_empty() && self.anchors.is_empty()
    }

    /// The finished inlines: composed text, no empty spans.
    pub(super) fn finish(inlines: Vec<Inline>) -> Vec<Inline> {
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

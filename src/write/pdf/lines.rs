//! Words → lines: ragged at the right, with hyphens only where a line would else end far too soon.

use krilla::text::KrillaGlyph;

use super::fonts::Fonts;
use super::hyphens::{self, Kind};
use super::look::{LIGHT, Style};
use super::words::{Atom, Chunk, Look, Word};
use crate::model::Light;

/// A line of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct SetLine {
    pub(super) spans: Vec<Span>,
    pub(super) width: f32,
}

/// What stands in a line, and how far from its beginning.
#[derive(Clone, Debug)]
pub(super) enum Span {
    Text { x: f32, width: f32, look: Look, text: String, glyphs: Vec<KrillaGlyph> },
    Light { x: f32, light: Light },
}

impl SetLine {
    pub(super) fn has_light(&self) -> bool {
        self.spans.iter().any(|span| matches!(span, Span::Light { .. }))
    }

    /// Whether a word goes on in the next line after a hyphen that shows.
    pub(super) fn ends_in_word(&self) -> bool {
        matches!(self.spans.last(), Some(Span::Text { text, .. }) if text.ends_with('\u{ad}'))
    }

    fn push(&mut self, chunk: &Chunk, size: f32) {
        let shaped = &chunk.shaped;
        let grown = shaped.width * size;
        match self.spans.last_mut() {
            Some(Span::Text { width, look, text, glyphs, .. }) if *look == own(chunk) => {
                let start = text.len();
                glyphs.extend(shaped.glyphs.iter().map(|glyph| KrillaGlyph {
                    text_range: glyph.text_range.start + start..glyph.text_range.end + start,
                    ..glyph.clone()
                }));
                text.push_str(&shaped.text);
                *width += grown;
            }
            _ => self.spans.push(Span::Text {
                x: self.width,
                width: grown,
                look: own(chunk),
                text: shaped.text.clone(),
                glyphs: shaped.glyphs.clone(),
            }),
        }
        self.width += grown;
    }

    fn push_light(&mut self, light: Light) {
        self.spans.push(Span::Light { x: self.width, light });
        self.width += LIGHT;
    }
}

impl Span {
    pub(super) fn start(&self) -> f32 {
        match self {
            Self::Text { x, .. } | Self::Light { x, .. } => *x,
        }
    }

    pub(super) fn end(&self) -> f32 {
        match self {
            Self::Text { x, width, .. } => x + width,
            Self::Light { x, .. } => x + LIGHT,
        }
    }

    /// For text the link that it belongs to, if any.
    pub(super) fn link(&self) -> Option<Option<usize>> {
        match self {
            Self::Text { look, .. } => Some(look.link),
            Self::Light { .. } => None,
        }
    }
}

/// The chunk's look in the font that has its signs.
fn own(chunk: &Chunk) -> Look {
    Look { face: chunk.shaped.face, ..chunk.look }
}

/// Breaks a paragraph into lines no wider than `width`.
pub(super) fn lines(atoms: Vec<Atom>, width: f32, style: &Style, fonts: &Fonts) -> Vec<SetLine> {
    let Style { size, ragged, .. } = *style;
    let done = Vec::new();
    let mut setter = Setter { fonts, width, size, ragged, done, line: SetLine::default(), spaces: Vec::new() };
    let last = atoms.iter().rposition(|atom| matches!(atom, Atom::Word(_)));
    for (index, atom) in atoms.into_iter().enumerate() {
        match atom {
            Atom::Space(chunk) => setter.spaces.push(chunk),
            Atom::Break => setter.finish_line(),
            Atom::Light(light) => {
                setter.make_room(LIGHT);
                setter.take_spaces();
                setter.line.push_light(light);
            }
            Atom::Word(word) => setter.word(word, Some(index) == last),
        }
    }
    setter.spaces.clear();
    setter.finish_line();
    setter.done
}

struct Setter<'f> {
    fonts: &'f Fonts,
    width: f32,
    size: f32,
    ragged: f32,
    done: Vec<SetLine>,
    line: SetLine,
    /// White space that waits for what follows it.
    spaces: Vec<Chunk>,
}

impl Setter<'_> {
    /// The spaces at which a line breaks stand at its end, outside the measure, so that words stay apart for readers.
    fn finish_line(&mut self) {
        if !self.line.spans.is_empty() {
            let width = self.line.width;
            self.take_spaces();
            self.line.width = width;
        }
        self.spaces.clear();
        self.done.push(std::mem::take(&mut self.line));
    }

    fn take_spaces(&mut self) {
        for space in std::mem::take(&mut self.spaces) {
            self.line.push(&space, self.size);
        }
    }

    fn spaces_width(&self) -> f32 {
        self.spaces.iter().map(|space| space.shaped.width).sum::<f32>() * self.size
    }

    /// What is left of the line.
    fn room(&self) -> f32 {
        self.width - self.line.width - self.spaces_width()
    }

    fn make_room(&mut self, needed: f32) {
        if needed > self.room() && !self.line.spans.is_empty() {
            self.finish_line();
        }
    }

    fn word(&mut self, word: Word, last: bool) {
        let mut rest = word;
        loop {
            if rest.width() * self.size <= self.room() + 0.01 {
                self.take_spaces();
                rest.chunks.iter().for_each(|chunk| self.line.push(chunk, self.size));
                return;
            }
            let begun = !self.line.spans.is_empty();
            let cut = if begun && last { None } else { self.cut(&rest, begun) };
            match cut {
                Some((at, kind)) => {
                    let (head, tail) = rest.split(at);
                    self.take_spaces();
                    head.chunks.iter().for_each(|chunk| self.line.push(chunk, self.size));
                    self.line_end(kind);
                    self.finish_line();
                    rest = tail;
                }
                None if begun => self.finish_line(),
                None => {
                    // Narrower than one sign: it stands out at the right.
                    rest.chunks.iter().for_each(|chunk| self.line.push(chunk, self.size));
                    return;
                }
            }
        }
    }

    fn line_end(&mut self, kind: Kind) {
        let Some(Span::Text { look, .. }) = self.line.spans.last() else { return };
        let look = *look;
        if kind != Kind::AfterHyphen {
            let shaped = self.fonts.line_end(look.face, kind == Kind::Syllable);
            self.line.push(&Chunk { look, shaped: shaped.into() }, self.size);
        }
    }

    /// The last place where the word's beginning still fits; in a line that has words only if it saves a short line.
    fn cut(&self, word: &Word, begun: bool) -> Option<(usize, Kind)> {
        let room = self.room();
        // Two lines in a row that end with a hyphen are enough.
        let hyphened = self.done.iter().rev().take_while(|line| line.ends_in_word()).count();
        if begun && (room < self.ragged * self.width || hyphened >= 2) {
            return None;
        }
        let text = word.text();
        let cuts = word.cuts();
        let before = |at: usize| cuts.iter().find(|&&(cut, _)| cut == at).map(|&(_, width)| width * self.size);
        let hyphen = self.fonts.line_end(Fonts::face(super::fonts::Weight::Bold, false), true).width * self.size;
        let found = hyphens::chances(&text).into_iter().rev().find(|chance| {
            let sign = if chance.kind == Kind::Syllable { hyphen } else { 0.0 };
            before(chance.at).is_some_and(|width| width + sign <= room + 0.01)
        });
        if let Some(chance) = found {
            return Some((chance.at, chance.kind));
        }
        if begun {
            return None;
        }
        // A word that no rule breaks, wider than the column: wherever it fits.
        let last = cuts.iter().rev().find(|&&(_, width)| width * self.size <= room);
        last.or(cuts.first()).map(|&(at, _)| (at, Kind::AfterSign))
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::Piece;
    use super::super::look::NORMAL;
    use super::super::words;
    use super::*;

    fn set(text: &str, width: f32) -> Vec<String> {
        let mut fonts = Fonts::load().unwrap();
        let piece = Piece::Text { text: text.into(), bold: false, italic: false, link: None };
        let (atoms, _) = words::atoms(&[piece], &NORMAL, &mut fonts, &mut std::collections::BTreeSet::new());
        let text = |line: &SetLine| {
            assert!(line.width <= width + 0.1, "{line:?}");
            line.spans
                .iter()
                .filter_map(|span| if let Span::Text { text, .. } = span { Some(text.as_str()) } else { None })
                .collect()
        };
        lines(atoms, width, &NORMAL, &fonts).iter().map(text).collect()
    }

    #[test]
    fn lines_end_with_their_space_or_with_a_soft_hyphen() {
        let lines = set("Samverkan inom sjukvårdsregionen", 110.0);
        assert_eq!(lines, ["Samverkan inom ", "sjukvårdsregionen"]);
        let lines = set("Samverkan i sjukvårdsregionen pågår", 110.0);
        assert_eq!(lines, ["Samverkan i sjukvårds\u{ad}", "regionen pågår"]);
    }

    #[test]
    fn nothing_is_lost_whatever_the_width() {
        let text = "Se https://www.example.org/en/mycket/lang/adress?a=1 och Informationsöverföringsuppdragsbeskrivning, PET-CT";
        for width in [12.0, 30.0, 55.0, 90.0, 200.0, 900.0] {
            assert_eq!(set(text, width).concat().replace('\u{ad}', ""), text);
        }
    }

    #[test]
    fn a_written_line_break_is_one() {
        assert_eq!(set("a\n\nb", 100.0), ["a", "", "b"]);
    }
}

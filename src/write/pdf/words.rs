//! Paragraph → words: what a line may not break but by hyphenation.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::content::Piece;
use super::fonts::{Face, Fonts, Shaped, Weight};
use super::look::{Colour, DARK, LINK, Style};
use crate::model::Light;
use crate::write::docx::link;

/// What a paragraph consists of.
pub(super) enum Atom {
    Word(Word),
    /// White space, as written.
    Space(Chunk),
    /// A line that ends here.
    Break,
    Light(Light),
}

/// Text with no white space in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) chunks: Vec<Chunk>,
}

/// Text of one look and one font.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) look: Look,
    pub(super) shaped: Rc<Shaped>,
}

/// How text looks beside its font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) face: Face,
    pub(super) colour: Colour,
    /// The paragraph's link that it belongs to, by number.
    pub(super) link: Option<usize>,
}

impl Word {
    pub(super) fn text(&self) -> String {
        self.chunks.iter().map(|chunk| chunk.shaped.text.as_str()).collect()
    }

    /// In units of the size.
    pub(super) fn width(&self) -> f32 {
        self.chunks.iter().map(|chunk| chunk.shaped.width).sum()
    }

    /// Where the word can be cut, and how wide what stands before is.
    pub(super) fn cuts(&self) -> Vec<(usize, f32)> {
        let (mut cuts, mut start, mut width) = (Vec::new(), 0, 0.0);
        for chunk in &self.chunks {
            cuts.extend(chunk.shaped.cuts().map(|(at, before)| (start + at, width + before)));
            start += chunk.shaped.text.len();
            width += chunk.shaped.width;
        }
        cuts.retain(|&(at, _)| at > 0);
        cuts
    }

    /// The word before and from a cut on.
    pub(super) fn split(&self, at: usize) -> (Self, Self) {
        let (mut head, mut tail) = (Self::default(), Self::default());
        let mut start = 0;
        for chunk in &self.chunks {
            let end = start + chunk.shaped.text.len();
            if end <= at {
                head.chunks.push(chunk.clone());
            } else if start >= at {
                tail.chunks.push(chunk.clone());
            } else {
                let part = |range| Chunk { look: chunk.look, shaped: Rc::new(chunk.shaped.slice(range)) };
                head.chunks.push(part(0..at - start));
                tail.chunks.push(part(at - start..end - start));
            }
            start = end;
        }
        (head, tail)
    }
}

/// An archived file holds no longer strings, and no program opens such an address.
const LONGEST_ADDRESS: usize = 8000;

/// A paragraph's words; and its links' addresses, as written and as programs open them.
///
/// Where an address is none, the text is no link, and the address is put among the refused ones.
pub(super) fn atoms(
    pieces: &[Piece],
    style: &Style,
    fonts: &mut Fonts,
    refused: &mut BTreeSet<String>,
) -> (Vec<Atom>, Vec<(String, String)>) {
    let mut maker = Maker { fonts, atoms: Vec::new(), word: Word::default() };
    let mut links: Vec<(String, String)> = Vec::new();
    let mut last_link: Option<&str> = None;
    for piece in pieces {
        let (text, bold, italic, colour, address) = match piece {
            Piece::Light(light) => {
                maker.finish_word();
                maker.atoms.push(Atom::Light(*light));
                last_link = None;
                continue;
            }
            Piece::Date(text) => (text, true, false, DARK, None),
            Piece::Text { text, bold, italic, link } => (text, *bold, *italic, style.colour, link.as_deref()),
        };
        let target = address.and_then(|address| {
            let target = link::target(address).filter(|target| target.len() < LONGEST_ADDRESS);
            if target.is_none() {
                refused.insert(address.to_owned());
            }
            Some((address, target?))
        });
        let is_new = target.as_ref().is_some_and(|(address, _)| last_link != Some(*address));
        last_link = target.as_ref().map(|(address, _)| *address);
        let link = target.map(|(address, target)| {
            if is_new {
                links.push((address.to_owned(), target));
            }
            links.len() - 1
        });
        let weight = if bold { Weight::Bold } else { style.weight };
        let colour = if link.is_some() { LINK } else { colour };
        maker.text(text, Look { face: Fonts::face(weight, italic), colour, link });
    }
    maker.finish_word();
    (maker.atoms, links)
}

struct Maker<'f> {
    fonts: &'f mut Fonts,
    atoms: Vec<Atom>,
    word: Word,
}

impl Maker<'_> {
    fn finish_word(&mut self) {
        if !self.word.chunks.is_empty() {
            self.atoms.push(Atom::Word(std::mem::take(&mut self.word)));
        }
    }

    fn text(&mut self, text: &str, look: Look) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = |inside: fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
            let (part, after) = if is_line_break(first) {
                rest.split_at(first.len_utf8())
            } else if is_space(first) {
                rest.split_at(end(is_space))
            } else {
                rest.split_at(end(|c| !is_space(c) && !is_line_break(c)))
            };
            rest = after;
            if is_line_break(first) {
                self.finish_word();
                self.atoms.push(Atom::Break);
            } else if is_space(first) {
                self.finish_word();
                let spaces = " ".repeat(part.chars().count());
                let shaped = self.fonts.shape(look.face, &spaces);
                self.atoms.extend(shaped.iter().map(|shaped| Atom::Space(Chunk { look, shaped: Rc::clone(shaped) })));
            } else {
                let shaped = self.fonts.shape(look.face, part);
                self.word.chunks.extend(shaped.iter().map(|shaped| Chunk { look, shaped: Rc::clone(shaped) }));
            }
        }
    }
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space at which a line may break.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c) && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

//! Paragraphs and list points → set lines with their place in the structure: the same for pages and for cells.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::content;
use super::fonts::Fonts;
use super::lines::{self, SetLine};
use super::look::{BASELINE, LEADING, LIGHT, Style};
use super::tags::{Element, Kind, Tags};
use super::words;

/// A line with all that is needed to put it on a page.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub(super) line: Rc<SetLine>,
    /// From the left edge of its column.
    pub(super) x: f32,
    pub(super) size: f32,
    /// Room above it; not at the top of a page or cell.
    pub(super) gap: f32,
    pub(super) height: f32,
    /// The sign before a list point, how far to the left it begins, and its element.
    pub(super) sign: Option<(Rc<SetLine>, f32, Element)>,
    pub(super) element: Element,
    /// Stands in an entry that is to be marked as new; says so itself where the paragraph begins.
    pub(super) new: bool,
    /// The paragraph's links, by number.
    pub(super) links: Rc<[Link]>,
    /// How many lines of its paragraph stand before it and after it.
    pub(super) before: usize,
    pub(super) after: usize,
}

/// A link that works.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// As written.
    pub(super) address: String,
    pub(super) target: String,
    pub(super) element: Element,
}

impl Laid {
    /// From its top to its baseline.
    pub(super) fn baseline(&self) -> f32 {
        let lead = LEADING * self.size;
        (self.height - lead) * 0.62 + BASELINE * self.size
    }
}

/// Where lines may be parted: not inside a word, nor after the first or before the last of a paragraph with several.
pub(super) fn may_part(lines: &[Laid], at: usize) -> bool {
    if at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|before| before.line.ends_in_word()) {
        return false;
    }
    match lines.get(at) {
        None => true,
        Some(line) if line.before == 0 => true,
        Some(line) => line.before != 1 && line.after != 0,
    }
}

/// Sets paragraphs and lists into a column.
pub(super) fn lay(
    content: &[content::Line],
    width: f32,
    style: &Style,
    parent: Option<Element>,
    fonts: &mut Fonts,
    tags: &mut Tags,
) -> Vec<Laid> {
    let mut laid: Vec<Laid> = Vec::new();
    let mut lists: Vec<(u8, Element, Element)> = Vec::new();
    let mut gap = 0.0;
    for line in content {
        let (element, label, indent) = match line.bullet {
            None => {
                lists.clear();
                (tags.add(Kind::Paragraph, parent), None, 0.0)
            }
            Some(level) => {
                while lists.last().is_some_and(|&(open, ..)| open > level) {
                    lists.pop();
                }
                let list = match lists.last() {
                    Some(&(open, list, _)) if open == level => list,
                    Some(&(_, _, body)) => tags.add(Kind::List, Some(body)),
                    None => tags.add(Kind::List, parent),
                };
                let item = tags.add(Kind::ListItem, Some(list));
                let label = tags.add(Kind::Label, Some(item));
                let body = tags.add(Kind::Body, Some(item));
                if lists.last().is_none_or(|&(open, ..)| open != level) {
                    lists.push((level, list, body));
                } else if let Some(last) = lists.last_mut() {
                    last.2 = body;
                }
                (body, Some(label), style.indent * (f32::from(level.min(8)) + 1.0))
            }
        };
        let indent = indent.min(width * 0.6);
        let mut paragraph = paragraph(&line.pieces, width - indent, style, element, fonts, tags);
        let last_is_point = laid.last().is_some_and(|last| last.x > 0.0);
        for (index, laid) in paragraph.iter_mut().enumerate() {
            laid.x = indent;
            laid.new = line.new;
            if index == 0 {
                laid.gap = if last_is_point && indent > 0.0 { style.after_point } else { gap };
                laid.sign = label.map(|label| (Rc::new(sign(indent, style, fonts)), style.indent, label));
            }
        }
        laid.append(&mut paragraph);
        gap = style.after;
    }
    laid
}

/// One paragraph, with no room above it.
pub(super) fn paragraph(
    pieces: &[content::Piece],
    width: f32,
    style: &Style,
    element: Element,
    fonts: &mut Fonts,
    tags: &mut Tags,
) -> Vec<Laid> {
    let (atoms, addresses) = words::atoms(pieces, style, fonts, &mut tags.refused);
    let link = |(address, target)| Link { address, target, element: tags.add(Kind::Link, Some(element)) };
    let links: Rc<[Link]> = addresses.into_iter().map(link).collect();
    let set = lines::lines(atoms, width, style, fonts);
    let count = set.len();
    let lead = LEADING * style.size;
    set.into_iter()
        .enumerate()
        .map(|(index, line)| Laid {
            height: if line.has_light() { lead.max(LIGHT + 3.0) } else { lead },
            line: Rc::new(line),
            x: 0.0,
            size: style.size,
            gap: 0.0,
            sign: None,
            element,
            new: false,
            links: Rc::clone(&links),
            before: index,
            after: count - 1 - index,
        })
        .collect()
}

/// The sign of a list point: it alternates with the depth.
fn sign(indent: f32, style: &Style, fonts: &mut Fonts) -> SetLine {
    let depth = (indent / style.indent).round() as usize;
    let sign = ["◦", "•", "–"][depth % 3];
    let piece = content::Piece::Text { text: sign.to_owned(), bold: false, italic: false, link: None };
    let (atoms, _) = words::atoms(&[piece], style, fonts, &mut BTreeSet::new());
    lines::lines(atoms, f32::MAX, style, fonts).pop().unwrap_or_default()
}

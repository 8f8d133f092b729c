//! Headings by their size and weight against the running text.

use std::collections::BTreeMap;

use crate::page::{Inline, Node, Paragraph, Part, Place, Role};

/// The height of a paragraph's lines is not kept; its text size is, here.
pub(crate) type Sizes = BTreeMap<(u32, [i32; 2]), f32>;

/// A key for a paragraph by its place.
pub(crate) fn key(paragraph: &Paragraph) -> Option<(u32, [i32; 2])> {
    match paragraph.place {
        Place::Page { page, rect: Some(rect) } => Some((page, [(rect.x * 8.0) as i32, (rect.y * 8.0) as i32])),
        _ => None,
    }
}

/// Gives paragraphs outside tables their role.
pub(crate) fn mark_headings(parts: &mut [Part], sizes: &Sizes) {
    let size_of = |paragraph: &Paragraph| key(paragraph).and_then(|key| sizes.get(&key)).copied();
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for paragraph in parts.iter().flat_map(|part| &part.nodes).filter_map(plain) {
        if let Some(size) = size_of(paragraph) {
            *letters.entry((size * 2.0).round() as i32).or_default() += paragraph.text().chars().count();
        }
    }
    let Some(body) = letters.iter().max_by_key(|&(_, &count)| count).map(|(&size, _)| size as f32 / 2.0) else {
        return;
    };
    let mut larger: Vec<i32> = letters.keys().copied().filter(|&size| size as f32 / 2.0 > body * 1.12).collect();
    larger.sort_by_key(|&size| std::cmp::Reverse(size));
    larger.dedup_by(|next, first| *first - *next <= 1);
    let mut titled = false;
    for (number, part) in parts.iter_mut().enumerate() {
        for node in &mut part.nodes {
            let Node::Paragraph(paragraph) = node else { continue };
            let Some(size) = size_of(paragraph) else { continue };
            let text = paragraph.text();
            let length = text.chars().count();
            if paragraph.list.is_some() || length == 0 || length > 160 {
                continue;
            }
            let own = (size * 2.0).round() as i32;
            let rank = larger.iter().position(|&other| (other - own).abs() <= 1);
            if let Some(rank) = rank.filter(|_| size > body * 1.12) {
                if rank == 0 && !titled && number == 0 && size > body * 1.35 {
                    titled = true;
                    paragraph.role = Role::Title;
                } else {
                    paragraph.role = Role::Heading(u8::try_from(rank.max(1)).unwrap_or(9).min(9));
                }
            } else if size > body * 0.95
                && length <= 100
                && !text.trim_end().ends_with(['.', ',', ';', ':'])
                && all_bold(paragraph)
            {
                paragraph.role = Role::Heading(u8::try_from(larger.len() + 1).unwrap_or(9).min(9));
            }
        }
    }
}

fn plain(node: &Node) -> Option<&Paragraph> {
    match node {
        Node::Paragraph(paragraph) => Some(paragraph),
        Node::Table(_) => None,
    }
}

fn all_bold(paragraph: &Paragraph) -> bool {
    let mut any = false;
    for inline in &paragraph.inlines {
        if let Inline::Text(span) = inline
            && !span.text.trim().is_empty()
        {
            any = true;
            if !span.bold {
                return false;
            }
        }
    }
    any
}

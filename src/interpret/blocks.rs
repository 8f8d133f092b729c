//! Page paragraphs → the model's blocks.

use crate::model::{Block, BlockKind, Run};
use crate::page::{Inline, Node, Paragraph, Span};

/// Signs that stand before a list point.
const BULLETS: &[char] = &['•', '‣', '▪', '◦', '·', '●', '■', '–', '-', '*', '➢', '►', '○', '⁃', '∙'];

/// What a line break inside a paragraph becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// A new block.
    NewBlock,
    /// A newline in the text, for the splitter of entries.
    Newline,
}

/// The paragraphs of a cell or a stretch of text as blocks, blank ones left out.
pub(crate) fn blocks<'a>(paragraphs: impl IntoIterator<Item = &'a Paragraph>, breaks: Breaks) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        push(paragraph, breaks, &mut blocks);
    }
    blocks
}

/// All paragraphs of nodes, those of nested tables too.
pub(super) fn paragraphs(nodes: &[Node]) -> Vec<&Paragraph> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => found.push(paragraph),
            Node::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    found.extend(cell.paragraphs());
                }
            }
        }
    }
    found
}

fn push(paragraph: &Paragraph, breaks: Breaks, blocks: &mut Vec<Block>) {
    let (kind, level) = match paragraph.list {
        Some(list) => (BlockKind::Bullet, list.level),
        None => (BlockKind::Paragraph, 0),
    };
    let mut line = Block { kind, level, runs: Vec::new() };
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text(span) => line.runs.push(run(span)),
            Inline::Break if kind == BlockKind::Bullet => line.runs.push(Run::plain(" ")),
            Inline::Break if breaks == Breaks::Newline => line.runs.push(Run::plain("\n")),
            Inline::Break => {
                let next = Block { kind, level, runs: Vec::new() };
                finish(std::mem::replace(&mut line, next), blocks);
            }
            Inline::Mark(_) => {}
        }
    }
    finish(line, blocks);
}

fn finish(line: Block, blocks: &mut Vec<Block>) {
    let line = unmark(line.tidy());
    if !line.is_blank() {
        blocks.push(line);
    }
}

/// Turns a paragraph that begins with a typed list sign into a list point.
fn unmark(mut block: Block) -> Block {
    let Some(first) = block.runs.first_mut() else { return block };
    let mut chars = first.text.chars();
    let is_sign = chars.next().is_some_and(|c| BULLETS.contains(&c));
    let rest = chars.as_str();
    // A dash needs its space: "-5" and "–användning" are text.
    if !is_sign || !rest.starts_with([' ', '\t', '\u{a0}']) {
        return block;
    }
    first.text = rest.trim_start().to_owned();
    block.kind = BlockKind::Bullet;
    block.tidy()
}

fn run(span: &Span) -> Run {
    Run { text: span.text.clone(), bold: span.bold, italic: span.italic, link: span.link.clone() }
}

/// Puts the text of a cell that a page break cut together again.
///
/// The cut paragraph goes on when it does not end as a sentence does and the rest begins in lower case.
pub(super) fn join_cut(head: &mut Vec<Block>, mut tail: Vec<Block>) {
    let goes_on = match (head.last(), tail.first()) {
        (Some(last), Some(first)) if first.kind == BlockKind::Paragraph => {
            let (last, first) = (last.text(), first.text());
            let open = last
                .trim_end()
                .chars()
                .last()
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '/'));
            open && first.chars().next().is_some_and(|c| c.is_lowercase())
        }
        _ => false,
    };
    if goes_on && let Some(last) = head.last_mut() {
        let mut first = tail.remove(0);
        last.runs.push(Run::plain(" "));
        last.runs.append(&mut first.runs);
        *last = std::mem::take(last).tidy();
    }
    head.append(&mut tail);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_signs_make_list_points_and_dashes_in_words_do_not() {
        let bullet = blocks([&Paragraph::plain("• Ett")], Breaks::NewBlock);
        assert_eq!(bullet, [Block::bullet(0, "Ett")]);
        assert_eq!(blocks([&Paragraph::plain("–användning")], Breaks::NewBlock), [Block::paragraph("–användning")]);
        assert_eq!(blocks([&Paragraph::plain("-5 grader")], Breaks::NewBlock), [Block::paragraph("-5 grader")]);
    }

    #[test]
    fn a_cut_paragraph_goes_on_only_when_it_is_open() {
        let mut head = vec![Block::paragraph("Möte med")];
        join_cut(&mut head, vec![Block::paragraph("cheferna"), Block::paragraph("Nytt")]);
        assert_eq!(head, [Block::paragraph("Möte med cheferna"), Block::paragraph("Nytt")]);
        let mut head = vec![Block::paragraph("Klart.")];
        join_cut(&mut head, vec![Block::paragraph("nytt")]);
        assert_eq!(head.len(), 2);
    }
}

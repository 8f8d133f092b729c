//! One cell as one string with its lines, and the way back from a stretch of it to rich text.

use std::ops::Range;

use crate::model::{Block, BlockKind, Run};

/// A cell's blocks laid out as one text; blocks and soft line breaks are divided by one byte each.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    pieces: Vec<Piece<'a>>,
}

/// One line as it is seen.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where in the text, without the break.
    pub(super) span: Range<usize>,
    /// Opens its block, rather than following a soft line break.
    pub(super) opens_block: bool,
    /// Part of a list point.
    pub(super) bullet: bool,
}

/// A run, where it stands in the text, and its block.
#[derive(Debug)]
struct Piece<'a> {
    span: Range<usize>,
    block: &'a Block,
    block_index: usize,
    run: &'a Run,
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl<'a> Flat<'a> {
    pub(super) fn new(blocks: &'a [Block]) -> Self {
        let mut flat = Self { text: String::new(), lines: Vec::new(), pieces: Vec::new() };
        for (block_index, block) in blocks.iter().enumerate() {
            if block_index > 0 {
                flat.text.push('\n');
            }
            let start = flat.text.len();
            for run in &block.runs {
                let from = flat.text.len();
                flat.text.push_str(&run.text);
                flat.pieces.push(Piece { span: from..flat.text.len(), block, block_index, run });
            }
            flat.push_lines(start, block.kind == BlockKind::Bullet);
        }
        flat
    }

    fn push_lines(&mut self, start: usize, bullet: bool) {
        let mut from = start;
        let mut opens_block = true;
        for (at, c) in self.text[start..].char_indices().filter(|&(_, c)| is_break(c)) {
            let at = start + at;
            self.lines.push(Line { span: from..at, opens_block, bullet });
            from = at + c.len_utf8();
            opens_block = false;
        }
        self.lines.push(Line { span: from..self.text.len(), opens_block, bullet });
    }

    /// Whether the character at a place is bold.
    pub(super) fn bold_at(&self, at: usize) -> bool {
        let index = self.pieces.partition_point(|piece| piece.span.end <= at);
        self.pieces.get(index).is_some_and(|piece| piece.span.contains(&at) && piece.run.bold)
    }

    /// A stretch of the cell as blocks again: a line break inside a block divides it, blank blocks are left out.
    pub(super) fn blocks(&self, span: Range<usize>) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Option<(usize, Block)> = None;
        let first = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.span.start < span.end) {
            let text = &self.text[piece.span.start.max(span.start)..piece.span.end.min(span.end)];
            for (index, part) in text.split(is_break).enumerate() {
                let same_block = open.as_ref().is_some_and(|(block, _)| *block == piece.block_index);
                if index > 0 || !same_block {
                    // The second line of a list point has no sign of its own; the first text of the point keeps it.
                    let has_text = open.as_ref().is_some_and(|(_, block)| !block.is_blank());
                    let (kind, level) = match piece.block.kind {
                        BlockKind::Bullet if same_block && has_text => (BlockKind::Paragraph, 0),
                        _ if same_block => open
                            .as_ref()
                            .map_or((piece.block.kind, piece.block.level), |(_, block)| (block.kind, block.level)),
                        kind => (kind, piece.block.level),
                    };
                    close(&mut blocks, open.replace((piece.block_index, Block { kind, level, runs: Vec::new() })));
                }
                if let Some((_, block)) = &mut open {
                    let Run { bold, italic, ref link, .. } = *piece.run;
                    block.runs.push(Run { text: part.to_owned(), bold, italic, link: link.clone() });
                }
            }
        }
        close(&mut blocks, open);
        blocks
    }
}

fn close(blocks: &mut Vec<Block>, open: Option<(usize, Block)>) {
    if let Some((_, block)) = open {
        let block = block.tidy();
        if !block.runs.is_empty() {
            blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soft_break_divides_and_looks_stay() {
        let bold = Run { text: "A\nB".into(), bold: true, ..Run::default() };
        let blocks = [Block { runs: vec![bold, Run::plain(" c")], ..Block::default() }, Block::bullet(1, "d\ne")];
        let flat = Flat::new(&blocks);
        assert_eq!(flat.lines.len(), 4);
        let out = flat.blocks(0..flat.text.len());
        let texts: Vec<_> = out.iter().map(|block| (block.kind, block.text())).collect();
        assert_eq!(
            texts,
            [
                (BlockKind::Paragraph, "A".into()),
                (BlockKind::Paragraph, "B c".into()),
                (BlockKind::Bullet, "d".into()),
                (BlockKind::Paragraph, "e".into())
            ]
        );
        assert!(out[1].runs[0].bold && !out[1].runs[1].bold);
    }
}

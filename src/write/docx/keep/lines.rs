//! A cell's text as the model has it, line by line, and what differs between two such texts.

use crate::model::{Block, BlockKind, Entry, Run};

/// A line of a cell: a block, or an entry's date with its first block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The date as it is written, for the line that an entry starts with.
    pub(super) date: Option<String>,
    pub(super) block: Block,
    /// The first line of an entry, dated or not.
    pub(super) opens: bool,
}

impl Line {
    pub(super) fn is_bullet(&self) -> bool {
        self.block.kind == BlockKind::Bullet
    }

    /// What two lines are compared by.
    fn key(&self) -> (Option<&str>, BlockKind, u8, String) {
        (self.date.as_deref(), self.block.kind, self.block.level, self.block.text())
    }

    /// All its letters and digits, the date's first.
    pub(super) fn letters(&self) -> Vec<char> {
        let text = self.block.text();
        super::story::folded(self.date.as_deref().unwrap_or_default()).chain(super::story::folded(&text)).collect()
    }
}

/// The lines of a text.
pub(super) fn of_blocks(blocks: &[Block]) -> Vec<Line> {
    blocks.iter().map(|block| Line { date: None, block: block.clone(), opens: false }).collect()
}

/// The lines of follow-up.
pub(super) fn of_entries(entries: &[Entry]) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in entries {
        let mut blocks = entry.text.iter().cloned();
        let date = entry.shown_date().filter(|date| !date.trim().is_empty());
        if date.is_some() || !entry.text.is_empty() {
            let block = blocks.next().unwrap_or_default();
            lines.push(Line { date, block, opens: true });
        }
        lines.extend(blocks.map(|block| Line { date: None, block, opens: false }));
    }
    lines
}

/// A stretch of old lines and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: std::ops::Range<usize>,
    pub(super) new: std::ops::Range<usize>,
}

/// Texts that differ in more places than this are exchanged as a whole.
const MOST_PAIRS: usize = 1 << 22;

/// What differs between two texts, as few lines as may be.
pub(super) fn diff(old: &[Line], new: &[Line]) -> Vec<Hunk> {
    let (old_keys, new_keys): (Vec<_>, Vec<_>) =
        (old.iter().map(Line::key).collect(), new.iter().map(Line::key).collect());
    let head = old_keys.iter().zip(&new_keys).take_while(|(a, b)| a == b).count();
    let tail = old_keys[head..].iter().rev().zip(new_keys[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_keys[head..old.len() - tail], &new_keys[head..new.len() - tail]);
    if a.len().saturating_mul(b.len()) > MOST_PAIRS {
        return vec![Hunk { old: head..head + a.len(), new: head..head + b.len() }];
    }
    // The longest common lines of what is left (a table of lengths, from the end).
    let mut table = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i][j] = if a[i] == b[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut open = None;
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            if let Some((from_i, from_j)) = open.take() {
                hunks.push(Hunk { old: from_i..head + i, new: from_j..head + j });
            }
            (i, j) = (i + 1, j + 1);
            continue;
        }
        open.get_or_insert((head + i, head + j));
        if j == b.len() || (i < a.len() && table[i + 1][j] >= table[i][j + 1]) {
            i += 1;
        } else {
            j += 1;
        }
    }
    if let Some((from_i, from_j)) = open {
        hunks.push(Hunk { old: from_i..head + i, new: from_j..head + j });
    }
    hunks
}

/// A block's runs from a letter on, counted in bytes of its text.
pub(super) fn runs_in(block: &Block, range: std::ops::Range<usize>) -> Vec<Run> {
    let mut at = 0;
    let mut runs = Vec::new();
    for run in &block.runs {
        let (from, to) = (range.start.max(at), range.end.min(at + run.text.len()));
        if from < to {
            runs.push(Run { text: run.text[from - at..to - at].to_owned(), ..run.clone() });
        }
        at += run.text.len();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        of_blocks(&text.chars().map(|c| Block::paragraph(c.to_string())).collect::<Vec<_>>())
    }

    #[test]
    fn the_fewest_lines_differ() {
        let hunk = |old, new| Hunk { old, new };
        assert_eq!(diff(&lines("abc"), &lines("abc")), []);
        assert_eq!(diff(&lines("ac"), &lines("abc")), [hunk(1..1, 1..2)]);
        assert_eq!(diff(&lines("abc"), &lines("xbyc")), [hunk(0..1, 0..1), hunk(2..2, 2..3)]);
        assert_eq!(diff(&lines(""), &lines("ab")), [hunk(0..0, 0..2)]);
        assert_eq!(diff(&lines("ab"), &lines("")), [hunk(0..2, 0..0)]);
    }
}

//! What became of a text, word by word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::{Block, BlockKind};

/// Texts that have less than this share of their words in common are told one after the other: word by word
/// nobody could read them.
const READABLE: f32 = 0.3;

/// A stretch of text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// What became of it.
    pub change: Change,
    /// The text, a newline between paragraphs, "• " before a list point.
    pub text: String,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It stands in both.
    Same,
    /// It is gone.
    Removed,
    /// It is new.
    Added,
}

/// Blocks as one text, a line each.
pub(super) fn lines(blocks: &[Block]) -> String {
    let lines: Vec<String> = blocks
        .iter()
        .filter(|block| !block.is_blank())
        .map(|block| match block.kind {
            BlockKind::Paragraph => block.text(),
            BlockKind::Bullet => format!("{}• {}", "  ".repeat(usize::from(block.level)), block.text()),
        })
        .collect();
    lines.join("\n")
}

/// What became of a text; nothing where both say the same.
pub(super) fn compare(old: &str, new: &str) -> Vec<Words> {
    let (old, new) = (tokens(old), tokens(new));
    let key = |tokens: &[String]| tokens.iter().map(|token| token.trim().to_owned()).collect::<Vec<_>>();
    let (old_keys, new_keys) = (key(&old), key(&new));
    if old_keys == new_keys {
        return Vec::new();
    }
    let mut parts: Vec<Words> = Vec::new();
    let mut same = 0;
    for op in capture_diff_slices(Algorithm::Patience, &old_keys, &new_keys) {
        let (tag_old, tag_new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => {
                same += tag_new.len();
                // The space after a word may be missing at the end of one of the two.
                let longer = |(old, new): (&String, &String)| if old.len() > new.len() { old } else { new }.clone();
                let tokens: Vec<String> = old[tag_old].iter().zip(&new[tag_new]).map(longer).collect();
                push(&mut parts, Change::Same, &tokens);
            }
            _ => {
                push(&mut parts, Change::Removed, &old[tag_old]);
                push(&mut parts, Change::Added, &new[tag_new]);
            }
        }
    }
    let share = 2.0 * same as f32 / (old.len() + new.len()).max(1) as f32;
    if share < READABLE {
        parts.clear();
        push(&mut parts, Change::Removed, &old);
        push(&mut parts, Change::Added, &new);
    }
    parts
}

/// The share of their words that two texts have in common.
pub(super) fn likeness(old: &str, new: &str) -> f32 {
    let (old, new) = (tokens(old), tokens(new));
    let key = |tokens: &[String]| tokens.iter().map(|token| token.trim().to_lowercase()).collect::<Vec<_>>();
    let (old, new) = (key(&old), key(&new));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let same: usize = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| op.new_range().len()).sum();
    2.0 * same as f32 / (old.len() + new.len()).max(1) as f32
}

/// A whole text that is new or gone.
pub(super) fn whole(change: Change, text: &str) -> Vec<Words> {
    if text.trim().is_empty() { Vec::new() } else { vec![Words { change, text: text.to_owned() }] }
}

fn push(parts: &mut Vec<Words>, change: Change, tokens: &[String]) {
    let text = tokens.concat();
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(last) if last.change == change => last.text.push_str(&text),
        _ => parts.push(Words { change, text }),
    }
}

/// Words with their signs and the space after them; a new line is a token of its own.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            tokens.push("\n".to_owned());
        }
        tokens.extend(line.split_inclusive(char::is_whitespace).map(str::to_owned));
    }
    // A line's end counts as a token; its key is empty, as is that of a doubled space, which nobody sees.
    tokens.retain(|token| !token.trim().is_empty() || token == "\n");
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        compare(old, new)
            .iter()
            .map(|part| match part.change {
                Change::Same => part.text.clone(),
                Change::Removed => format!("[-{}-]", part.text),
                Change::Added => format!("{{+{}+}}", part.text),
            })
            .collect()
    }

    #[test]
    fn word_by_word() {
        assert_eq!(
            shown("Ta fram en plan i maj", "Ta fram en ny plan i juni"),
            "Ta fram en {+ny +}plan i [-maj-]{+juni+}"
        );
        assert_eq!(shown("a  b", "a b"), "", "spaces are no change");
        assert_eq!(shown("a", ""), "[-a-]");
        assert_eq!(shown("a 2022", "a"), "a [-2022-]");
        assert_eq!(shown("ett två\ntre", "ett två\ntre\nfyra"), "ett två\ntre{+\nfyra+}");
    }

    #[test]
    fn texts_with_little_in_common_are_told_one_after_the_other() {
        assert_eq!(shown("a b c d e f g", "x y z d u v w"), "[-a b c d e f g-]{+x y z d u v w+}");
    }
}

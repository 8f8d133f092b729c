use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a block is an ordinary paragraph or one point of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A list point; the sign before it is not part of the text.
    Bullet,
}

/// One paragraph or list point of rich text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// Paragraph or bullet.
    pub kind: BlockKind,
    /// Depth of a list point, 0 for the outermost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub level: u8,
    /// The text, cut where its look or its link changes.
    pub runs: Vec<Run>,
}

/// A stretch of text with one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// What a reader of the page sees, composed (NFC), without soft hyphens.
    pub text: String,
    /// Bold.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    /// Italic.
    #[serde(default, skip_serializing_if = "is_false")]
    pub italic: bool,
    /// Where the text links to, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Run {
    /// Text with no look of its own.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether two runs look alike, so that their texts can be one run.
    pub fn same_look(&self, other: &Self) -> bool {
        self.bold == other.bold && self.italic == other.italic && self.link == other.link
    }
}

impl Block {
    /// A plain paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self { runs: vec![Run::plain(text)], ..Self::default() }
    }

    /// A plain list point.
    pub fn bullet(level: u8, text: impl Into<String>) -> Self {
        Self { kind: BlockKind::Bullet, level, runs: vec![Run::plain(text)] }
    }

    /// The text of all runs.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether the block shows nothing.
    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }

    /// Joins neighbouring runs that look alike, drops empty ones, and trims the ends.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len());
        for run in self.runs {
            match runs.last_mut() {
                _ if run.text.is_empty() => {}
                Some(last) if last.same_look(&run) => last.text.push_str(&run.text),
                _ => runs.push(run),
            }
        }
        while let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            runs.remove(0);
        }
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        self.runs = runs;
        self
    }
}

/// The text of blocks, joined by single spaces: for comparing, never for showing.
pub fn blocks_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push(' ');
        }
        for run in &block.runs {
            text.push_str(&run.text);
        }
    }
    text
}

/// Whether blocks show nothing at all.
pub fn is_blank(blocks: &[Block]) -> bool {
    blocks.iter().all(Block::is_blank)
}

fn is_zero(level: &u8) -> bool {
    *level == 0
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

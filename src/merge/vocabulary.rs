//! The Swedish words of merging, from `templates/merging.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Light;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    pub(super) pages: Pages,
    pub(super) verdicts: Verdicts,
    pub(super) decisions: DecisionsText,
    pub(super) lights: Lights,
}

/// The lights in words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lights {
    green: String,
    yellow: String,
    red: String,
    closed: String,
}

impl Lights {
    /// A light in words.
    pub(super) fn of(&self, light: Light) -> &str {
        match light {
            Light::Green => &self.green,
            Light::Yellow => &self.yellow,
            Light::Red => &self.red,
            Light::Closed => &self.closed,
        }
    }
}

/// Headings for pages that a newer version replaced.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pages {
    pub(super) replaced: String,
    pub(super) replaced_unnamed: String,
    pub(super) instructions: String,
    pub(super) promises: String,
    pub(super) results: String,
    pub(super) challenges: String,
    pub(super) calendar: String,
}

/// The words that a line of decisions begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdicts {
    pub(super) same: Vec<String>,
    pub(super) different: Vec<String>,
}

/// What the file of decisions says around the lines.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionsText {
    pub(super) header: String,
    pub(super) open: String,
    pub(super) question: String,
    pub(super) split: String,
    pub(super) older: String,
    pub(super) newer: String,
}

/// The shipped words; a test guards that the file is well formed.
pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| crate::shipped::shipped!("merging").unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_well_formed() {
        assert_eq!(VOCABULARY.verdicts.same[0], "same");
        assert_eq!(VOCABULARY.verdicts.different[0], "different");
        assert!(VOCABULARY.decisions.header.trim().lines().all(|line| line.starts_with('#')));
    }
}

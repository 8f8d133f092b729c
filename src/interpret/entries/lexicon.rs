//! The words of `templates/entries.toml`, looked up by word.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The word lists, read once.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| crate::shipped::shipped!("entries").unwrap_or_default());

/// The lists by their place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    months: Vec<Vec<String>>,
    pub(super) seasons: HashSet<String>,
    pub(super) abbreviations: HashSet<String>,
    pub(super) before: Before,
    pub(super) after: After,
    pub(super) year: Year,
}

/// What may stand before a date.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Before {
    pub(super) binding: HashSet<String>,
    pub(super) joining: HashSet<String>,
    pub(super) happening: HashSet<String>,
    pub(super) dated: HashSet<String>,
    dated_endings: Vec<String>,
    pub(super) reference: HashSet<String>,
    label: HashSet<String>,
    label_endings: Vec<String>,
}

/// What may stand after a date.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    pub(super) verbs: HashSet<String>,
    pub(super) going_on: HashSet<String>,
    pub(super) units: HashSet<String>,
}

/// What may stand after a year alone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    pub(super) units: HashSet<String>,
    pub(super) labels: HashSet<String>,
    verbs: HashSet<String>,
    verb_endings: Vec<String>,
}

impl Lexicon {
    /// The month that a word names, 1 to 12.
    pub(super) fn month(&self, word: &str) -> Option<i8> {
        let at = self.months.iter().position(|names| names.iter().any(|name| name == word))?;
        i8::try_from(at + 1).ok()
    }
}

impl Before {
    /// A word that may stand before the date of an entry.
    pub(super) fn is_label(&self, word: &str) -> bool {
        self.label.contains(word) || self.label_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// A paper or a gathering that is named by its date.
    pub(super) fn is_dated(&self, word: &str) -> bool {
        // "dialogen" is "dialog" too.
        let stems = ["en", "et", "n", "t"].into_iter().filter_map(|ending| word.strip_suffix(ending));
        std::iter::once(word).chain(stems).any(|word| self.dated.contains(word))
            || self.dated_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}

impl Year {
    /// A verb that tells what happened that year.
    pub(super) fn is_verb(&self, word: &str) -> bool {
        self.verbs.contains(word) || self.verb_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_parse() {
        let lexicon: Lexicon = crate::shipped::shipped!("entries").unwrap();
        assert_eq!(lexicon.months.len(), 12);
        assert_eq!(lexicon.month("feb"), Some(2));
        assert!(lexicon.before.is_dated("uppstartsmöte"));
        assert!(lexicon.year.is_verb("genomfördes"));
    }
}

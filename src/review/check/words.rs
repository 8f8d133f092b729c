//! The words of the check, from `templates/check.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::fold_words;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    pub(super) resting: Vec<String>,
    pub(super) explaining: Vec<String>,
    pub(super) closing: Vec<String>,
    pub(super) time: TimeWords,
    pub(super) promise: PromiseWords,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct TimeWords {
    pub(super) coming: Vec<String>,
    pub(super) limits: Vec<String>,
    pub(super) during: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) since: Vec<String>,
    pub(super) months: Vec<Vec<String>>,
    pub(super) part: Vec<PartOfYear>,
}

/// A season, a quarter.
#[derive(Debug, Deserialize)]
pub(super) struct PartOfYear {
    pub(super) words: Vec<String>,
    /// The month it ends with.
    pub(super) month: i8,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct PromiseWords {
    pub(super) marker: String,
    pub(super) begins: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) texts: Vec<String>,
}

/// The shipped words; a test guards that the file is well formed.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| crate::shipped::shipped!("check").unwrap_or_default());

/// Whether a text holds one of the phrases as words of their own.
pub(super) fn says(text: &str, phrases: &[String]) -> bool {
    let folded = format!(" {} ", fold_words(text));
    phrases.iter().any(|phrase| folded.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_well_formed() {
        assert_eq!(WORDS.time.months.len(), 12);
        assert_eq!(WORDS.promise.texts.len(), 7);
        let lists = [&WORDS.resting, &WORDS.explaining, &WORDS.closing, &WORDS.time.coming, &WORDS.time.past];
        for phrase in lists.into_iter().flatten() {
            assert_eq!(*phrase, fold_words(phrase), "phrases are compared folded");
        }
        assert!(WORDS.time.part.iter().all(|part| (1..=12).contains(&part.month)));
    }
}

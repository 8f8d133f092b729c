//! The Swedish words of notes, from `templates/notes.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Light;

#[derive(Debug, Default, Deserialize)]
pub(in crate::merge) struct Vocabulary {
    pub(super) meeting: Vec<String>,
    pub(super) status: Vec<String>,
    pub(in crate::merge) updated: String,
    pub(in crate::merge) months: Vec<String>,
    pub(super) weekdays: Vec<String>,
    lights: LightWords,
    alone: LightWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LightWords {
    green: Vec<String>,
    yellow: Vec<String>,
    red: Vec<String>,
    closed: Vec<String>,
}

impl LightWords {
    fn find(&self, word: &str) -> Option<Light> {
        let lists = [
            (&self.green, Light::Green),
            (&self.yellow, Light::Yellow),
            (&self.red, Light::Red),
            (&self.closed, Light::Closed),
        ];
        lists.into_iter().find(|(words, _)| words.iter().any(|w| w == word)).map(|(_, light)| light)
    }
}

impl Vocabulary {
    /// The light that a lower-case word or a sign means.
    pub(super) fn light(&self, word: &str) -> Option<Light> {
        self.lights.find(word)
    }

    /// The light that a lower-case word means when it is the whole status.
    pub(super) fn light_alone(&self, word: &str) -> Option<Light> {
        self.alone.find(word)
    }
}

/// The shipped words; a test guards that the file is well formed.
pub(in crate::merge) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| crate::shipped::shipped!("notes").unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_well_formed() {
        assert_eq!(VOCABULARY.months.len(), 12);
        assert_eq!(VOCABULARY.light("grön"), Some(Light::Green));
        assert_eq!(VOCABULARY.light_alone("klar"), Some(Light::Closed));
        let lists = [&VOCABULARY.meeting, &VOCABULARY.status, &VOCABULARY.months, &VOCABULARY.weekdays];
        for word in lists.into_iter().flatten() {
            assert_eq!(*word, word.to_lowercase(), "words are compared in lower case");
        }
    }
}

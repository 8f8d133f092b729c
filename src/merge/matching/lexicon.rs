//! The words of a plan: which there are, how rare each is, and which of them a given word is like.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::likeness::{Word, likeness};

/// How much less a weak word ("och", "inom") or a number weighs than another that is as rare.
const WEAK: f32 = 0.1;
const NUMBER: f32 = 0.3;
/// Letters at both ends of a word by which words that may be alike are found. Words that share neither
/// end are never compared.
const END: usize = 3;

#[derive(Default, Deserialize)]
struct Words {
    weak: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| crate::shipped::shipped!("matching").unwrap_or_default());

/// A word's number in the lexicon.
pub(super) type WordId = u32;

/// All words of a set of items.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    by_text: HashMap<String, WordId>,
    words: Vec<Word>,
    /// In how many items each word stands.
    items_with: Vec<u32>,
    weak: Vec<f32>,
    by_end: HashMap<[char; END + 1], Vec<WordId>>,
    items: u32,
}

/// A word as looked up: what it weighs and which words of the lexicon it is like.
#[derive(Clone, Debug)]
pub(super) struct Looked {
    /// Its weight: higher for rarer words.
    pub(super) weight: f32,
    /// Whether it says anything: neither weak nor a number.
    pub(super) strong: bool,
    /// The words it is like, and how much.
    pub(super) like: Vec<(WordId, f32)>,
}

impl Lexicon {
    /// Adds one item's words and gives them numbers, in the words' order.
    pub(super) fn add_item(&mut self, texts: &[Vec<String>]) -> Vec<Vec<WordId>> {
        self.items += 1;
        let numbered: Vec<Vec<WordId>> =
            texts.iter().map(|words| words.iter().map(|word| self.add(word)).collect()).collect();
        let mut distinct: Vec<WordId> = numbered.iter().flatten().copied().collect();
        distinct.sort_unstable();
        distinct.dedup();
        for id in distinct {
            self.items_with[id as usize] += 1;
        }
        numbered
    }

    fn add(&mut self, text: &str) -> WordId {
        if let Some(&id) = self.by_text.get(text) {
            return id;
        }
        let id = self.words.len() as WordId;
        let word = Word::new(text);
        for end in ends(&word) {
            self.by_end.entry(end).or_default().push(id);
        }
        self.by_text.insert(text.to_owned(), id);
        self.words.push(word);
        self.items_with.push(0);
        self.weak.push(weakness(text));
        id
    }

    /// The weight of a word of the lexicon.
    pub(super) fn weight(&self, id: WordId) -> f32 {
        self.weak[id as usize] * self.rarity(self.items_with[id as usize] as f32)
    }

    /// Looks a word up that need not be in the lexicon.
    pub(super) fn look_up(&self, text: &str) -> Looked {
        let word = Word::new(text);
        let weak = weakness(text);
        let mut near: Vec<WordId> =
            ends(&word).iter().filter_map(|end| self.by_end.get(end)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let like: Vec<(WordId, f32)> = near
            .into_iter()
            .map(|id| (id, likeness(&word, &self.words[id as usize])))
            .filter(|&(_, likeness)| likeness > 0.0)
            .collect();
        // A word that stands in no item is as rare as can be, unless a like one does.
        let items = match self.by_text.get(text) {
            Some(&id) => self.items_with[id as usize] as f32,
            None => like.iter().map(|&(id, l)| l * self.items_with[id as usize] as f32).fold(0.5, f32::max),
        };
        Looked { weight: weak * self.rarity(items), strong: weak >= 1.0, like }
    }

    fn rarity(&self, items: f32) -> f32 {
        (1.0 + self.items as f32 / items.max(0.5)).ln()
    }
}

fn weakness(word: &str) -> f32 {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        NUMBER
    } else if WORDS.weak.contains(word) {
        WEAK
    } else {
        1.0
    }
}

/// The beginning and the end of a word, marked so that they are told apart.
fn ends(word: &Word) -> [[char; END + 1]; 2] {
    let at = |mark: char, letters: &mut dyn Iterator<Item = &char>| {
        let mut end = [mark; END + 1];
        for (slot, letter) in end[1..].iter_mut().zip(letters) {
            *slot = *letter;
        }
        end
    };
    [at('<', &mut word.letters.iter()), at('>', &mut word.letters.iter().rev())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_well_formed() {
        assert!(WORDS.weak.contains("och"));
        assert!(WORDS.weak.iter().all(|word| *word == word.to_lowercase()));
    }

    #[test]
    fn rare_words_weigh_more_and_unknown_ones_most() {
        let words = |text: &str| vec![crate::model::words(text).collect::<Vec<_>>()];
        let mut lexicon = Lexicon::default();
        for text in ["samverkan inom patologi", "samverkan inom radiologi", "samverkan inom genetik"] {
            lexicon.add_item(&words(text));
        }
        let weight = |word: &str| lexicon.look_up(word).weight;
        assert!(weight("blod") > weight("patologi"));
        assert!(weight("patologi") > weight("samverkan"));
        assert!(weight("samverkan") > weight("inom"));
    }
}

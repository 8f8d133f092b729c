//! Which item a text names.
//!
//! By its id; else by equal wording; else by likeness: the share of the text's words, rare ones weighing
//! more, that stand in the item's area, priority or activities. The likeliest item is taken only when its
//! score reaches [`THRESHOLD`] and is [`MARGIN`] above the next; otherwise a person decides.
//! `docs/merging.md` gives examples.

mod lexicon;
mod likeness;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Block, Item, ItemId, Plan, blocks_text, fold_words, words};

use lexicon::{Lexicon, Looked, WordId};

/// The lowest score that is a match.
pub const THRESHOLD: f32 = 0.6;
/// How far above the next likeliest item a match must be.
pub const MARGIN: f32 = 0.15;
/// What the words of the activities count for against those of area and priority: they speak of many things.
pub const ACTIVITIES: f32 = 0.8;
/// How much of the score says how much of the item's own name the text covers; the rest is how much of the
/// text the item covers.
pub const COVERED: f32 = 0.1;
/// The lowest score that makes an item a candidate to offer, and how many are offered.
const CANDIDATE: f32 = 0.25;
const CANDIDATES: usize = 5;

/// What a heading names.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// One item.
    Item {
        /// Its id.
        id: ItemId,
        /// 0 to 1; 1 for an id and for equal wording.
        confidence: f32,
        /// What tells.
        how: How,
    },
    /// Several items that it may name, likeliest first.
    Ambiguous(Vec<ItemId>),
    /// No item; the nearest ones, likeliest first, if any is near.
    None(Vec<ItemId>),
}

/// What tells that a text names an item, or that two items are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The item's id.
    Id,
    /// Equal words.
    Wording,
    /// Like words, with a clear margin.
    Likeness,
    /// A person's decision.
    Decision,
}

/// Finds the item that a heading names. To look up many headings, build an [`Index`] once.
pub fn find(plan: &Plan, heading: &str) -> Found {
    Index::new(plan.items()).find(heading)
}

/// The items of a plan, made ready for looking up.
#[derive(Debug)]
pub struct Index {
    ids: Vec<ItemId>,
    by_id: HashMap<String, usize>,
    by_wording: HashMap<String, Vec<usize>>,
    items: Vec<Fields>,
    lexicon: Lexicon,
}

/// One item's words.
#[derive(Debug)]
struct Fields {
    /// Area, priority, activities; words sorted, each once.
    words: [Vec<WordId>; 3],
    /// The words of what the item is called: its area, else its priority.
    name: Vec<WordId>,
}

impl Index {
    /// Reads the items' words.
    pub fn new<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        let mut index = Self {
            ids: Vec::new(),
            by_id: HashMap::new(),
            by_wording: HashMap::new(),
            items: Vec::new(),
            lexicon: Lexicon::default(),
        };
        for item in items {
            index.add(item);
        }
        index
    }

    fn add(&mut self, item: &Item) {
        let number = self.ids.len();
        self.ids.push(item.id.clone());
        self.by_id.entry(item.id.as_str().to_lowercase()).or_insert(number);
        for wording in wordings(item) {
            let same = self.by_wording.entry(wording).or_default();
            if !same.contains(&number) {
                same.push(number);
            }
        }
        let texts = [&item.area, &item.priority, &item.activities].map(|blocks| field_words(blocks));
        let mut numbered = self.lexicon.add_item(&texts);
        for words in &mut numbered {
            words.sort_unstable();
            words.dedup();
        }
        let mut numbered = numbered.into_iter();
        let words = [(); 3].map(|()| numbered.next().unwrap_or_default());
        let name = words.iter().find(|words| !words.is_empty()).cloned().unwrap_or_default();
        self.items.push(Fields { words, name });
    }

    /// Finds the item that a heading names.
    pub fn find(&self, heading: &str) -> Found {
        if let Some(number) = self.by_id(heading) {
            return Found::Item { id: self.ids[number].clone(), confidence: 1.0, how: How::Id };
        }
        match self.by_wording.get(&fold_words(heading)).map(Vec::as_slice) {
            Some(&[number]) => {
                return Found::Item { id: self.ids[number].clone(), confidence: 1.0, how: How::Wording };
            }
            Some(several) => return Found::Ambiguous(several.iter().map(|&n| self.ids[n].clone()).collect()),
            None => {}
        }
        self.by_likeness(heading)
    }

    /// An id that stands as a word of its own in the heading.
    fn by_id(&self, heading: &str) -> Option<usize> {
        heading
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| "[](){}`\"'”:;,.".contains(c)).to_lowercase())
            .find_map(|word| self.by_id.get(&word).copied())
    }

    fn by_likeness(&self, heading: &str) -> Found {
        let scored = self.scores(heading);
        let candidates: Vec<ItemId> = scored
            .iter()
            .filter(|(_, score)| *score >= CANDIDATE)
            .take(CANDIDATES)
            .map(|&(number, _)| self.ids[number].clone())
            .collect();
        // An id of another plan names no item of this one, whatever words it was made of.
        let looks_like_id = !heading.trim().contains(char::is_whitespace) && is_id(heading.trim());
        match scored.as_slice() {
            [(first, score), rest @ ..] if *score >= THRESHOLD && !looks_like_id => {
                let next = rest.first().map_or(0.0, |(_, score)| *score);
                if score - next >= MARGIN {
                    let confidence = rounded(*score);
                    return Found::Item { id: self.ids[*first].clone(), confidence, how: How::Likeness };
                }
                let rivals = scored.iter().filter(|(_, s)| score - s < MARGIN).take(CANDIDATES);
                Found::Ambiguous(rivals.map(|&(number, _)| self.ids[number].clone()).collect())
            }
            _ => Found::None(candidates),
        }
    }

    /// All items with any likeness, likeliest first; equals in the plan's order.
    fn scores(&self, heading: &str) -> Vec<(usize, f32)> {
        let mut distinct: Vec<String> = Vec::new();
        for word in words(heading) {
            if !distinct.contains(&word) && distinct.len() < MOST_WORDS {
                distinct.push(word);
            }
        }
        let looked: Vec<Looked> = distinct.iter().map(|word| self.lexicon.look_up(word)).collect();
        if !looked.iter().any(|word| word.strong) {
            return Vec::new();
        }
        let mut scores: Vec<(usize, f32)> = self
            .items
            .iter()
            .enumerate()
            .map(|(number, fields)| (number, self.score(&looked, fields)))
            .filter(|(_, score)| *score > 0.0)
            .collect();
        scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        scores
    }

    fn score(&self, looked: &[Looked], fields: &Fields) -> f32 {
        let total: f32 = looked.iter().map(|word| word.weight).sum();
        let mut sums = [0.0_f32; 3];
        let mut anywhere = 0.0;
        for word in looked {
            let best = [0, 1, 2].map(|field| best_likeness(word, &fields.words[field]));
            for (sum, best) in sums.iter_mut().zip(best) {
                *sum += word.weight * best;
            }
            anywhere += word.weight * best.into_iter().fold(0.0, f32::max);
        }
        let [area, priority, _] = sums;
        // Words scattered over the fields count as if all stood in the activities.
        let covered_by_item = (area.max(priority)).max(ACTIVITIES * anywhere) / total;
        (1.0 - COVERED) * covered_by_item + COVERED * self.share_of_name(looked, &fields.name)
    }

    fn share_of_name(&self, looked: &[Looked], name: &[WordId]) -> f32 {
        let (mut named, mut total) = (0.0, 0.0);
        for &id in name {
            let weight = self.lexicon.weight(id);
            total += weight;
            named += weight * looked.iter().map(|word| likeness_to(word, id)).fold(0.0, f32::max);
        }
        if total > 0.0 { named / total } else { 0.0 }
    }
}

/// Words of a heading beyond these are not compared: a whole page is no heading.
const MOST_WORDS: usize = 200;

/// Two decimals: logarithms differ in the last bits from machine to machine, and reports may not.
pub(super) fn rounded(score: f32) -> f32 {
    (score * 100.0).round() / 100.0
}

fn best_likeness(word: &Looked, field: &[WordId]) -> f32 {
    word.like.iter().filter(|(id, _)| field.binary_search(id).is_ok()).map(|&(_, l)| l).fold(0.0, f32::max)
}

fn likeness_to(word: &Looked, id: WordId) -> f32 {
    word.like.binary_search_by_key(&id, |&(id, _)| id).map_or(0.0, |at| word.like[at].1)
}

fn field_words(blocks: &[Block]) -> Vec<String> {
    words(&blocks_text(blocks)).collect()
}

/// What an item may be called word for word: each field, its first block, area and priority together.
fn wordings(item: &Item) -> Vec<String> {
    let mut wordings = Vec::new();
    for blocks in [&item.area, &item.priority, &item.activities] {
        wordings.push(fold_words(&blocks_text(blocks)));
        wordings.extend(blocks.first().map(|block| fold_words(&block.text())));
    }
    wordings.push(fold_words(&format!("{} {}", blocks_text(&item.area), blocks_text(&item.priority))));
    wordings.retain(|wording| !wording.is_empty());
    wordings
}

/// Whether a word has the form of an id: ASCII words with hyphens and six hexadecimal digits last.
fn is_id(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(slug, digest)| {
        !slug.is_empty()
            && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && digest.len() == 6
            && digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

#[cfg(test)]
mod tests;

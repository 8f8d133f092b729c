//! Which items of two versions of a plan are one.
//!
//! By id, else by equal wording, else by likeness of name, activities and shared entries. A pair is taken
//! when each is the other's likeliest partner by [`PAIR_MARGIN`]; pairs that are alike but not clearly so
//! are offered to a person.

use std::collections::HashMap;

use crate::model::{EntryDate, Item, blocks_text, fold_words, is_blank, words};

use super::super::matching::lexicon::{Lexicon, Looked, WordId, is_weak};
use super::super::matching::{How, rounded};

/// The lowest likeness of a pair that is taken.
const PAIR_THRESHOLD: f32 = 0.42;
/// How far above the next likeliest partner, on both sides, a taken pair must be.
const PAIR_MARGIN: f32 = 0.1;
/// The lowest likeness of a pair that is offered to a person.
const PAIR_OFFERED: f32 = 0.3;
/// What the name counts for; the rest is the whole wording, so that text may move between columns.
const NAME: f32 = 0.6;
/// How much of what is missing to 1 shared entries make up for.
const ENTRIES: f32 = 0.7;

/// Pairs that likeness tells: taken and offered.
pub(super) fn pair(older: &[&Item], newer: &[&Item], free: &mut [Vec<bool>; 2], pairing: &mut Found) {
    let scores = Likenesses::new(older, newer, free);
    scores.take(pairing, free);
    scores.offer(pairing, free);
}

/// How alike the items of one plan are among themselves: every pair with any likeness, each once.
pub(super) fn among(items: &[&Item]) -> Vec<(usize, usize, f32)> {
    let free = [vec![true; items.len()], vec![true; items.len()]];
    let all = Likenesses::new(items, items, &free);
    let pairs = (0..items.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
    let scored = pairs.map(|(first, second)| (first, second, rounded(all.scores[second * all.width + first])));
    scored.filter(|&(.., score)| score > 0.0).collect()
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) taken: Vec<(usize, usize, How, f32)>,
    pub(super) offered: Vec<(usize, usize, f32)>,
}

/// How alike the free items of two versions are; 0 for those that are taken.
struct Likenesses {
    width: usize,
    scores: Vec<f32>,
}

/// One item's strong words, each once.
struct Bag {
    name: Vec<WordId>,
    all: Vec<WordId>,
    name_weight: f32,
    all_weight: f32,
}

impl Likenesses {
    fn new(older: &[&Item], newer: &[&Item], free: &[Vec<bool>; 2]) -> Self {
        let mut lexicon = Lexicon::default();
        let mut texts: HashMap<WordId, String> = HashMap::new();
        let mut add = |item: &&Item| add_item(&mut lexicon, &mut texts, item);
        let old_words: Vec<_> = older.iter().map(&mut add).collect();
        let new_words: Vec<_> = newer.iter().map(&mut add).collect();
        let bags = |words: Vec<[Vec<WordId>; 2]>| words.into_iter().map(|w| Bag::new(&lexicon, w)).collect::<Vec<_>>();
        let (old_bags, new_bags) = (bags(old_words), bags(new_words));
        let mut postings: HashMap<WordId, Vec<(usize, bool)>> = HashMap::new();
        for (number, bag) in old_bags.iter().enumerate().filter(|(number, _)| free[0][*number]) {
            for &id in &bag.all {
                postings.entry(id).or_default().push((number, bag.name.binary_search(&id).is_ok()));
            }
        }
        let shared = shared_entries(older, newer);
        let mut looked: HashMap<WordId, Looked> = HashMap::new();
        let width = older.len();
        let mut scores = vec![0.0; width * newer.len()];
        // For one word of the newer item: its best likeness in each older item's name and whole wording.
        let mut best = vec![[0.0_f32; 2]; width];
        for (number, bag) in new_bags.iter().enumerate().filter(|(number, _)| free[1][*number]) {
            let mut sums = vec![[0.0_f32; 2]; width];
            for &id in &bag.all {
                let in_name = bag.name.binary_search(&id).is_ok();
                let weight = telling(&lexicon, id);
                let word = looked.entry(id).or_insert_with(|| lexicon.look_up(&texts[&id]));
                let mut touched = Vec::new();
                for &(like, likeness) in &word.like {
                    for &(old, old_name) in postings.get(&like).map_or(&[][..], Vec::as_slice) {
                        touched.push(old);
                        best[old][1] = best[old][1].max(likeness);
                        if in_name && old_name {
                            best[old][0] = best[old][0].max(likeness);
                        }
                    }
                }
                for old in touched {
                    let [name, all] = std::mem::take(&mut best[old]);
                    sums[old][0] += weight * name;
                    sums[old][1] += weight * all;
                }
            }
            for (old, [name, all]) in sums.into_iter().enumerate().filter(|(old, _)| free[0][*old]) {
                let name = overlap(name, old_bags[old].name_weight, bag.name_weight);
                let all = overlap(all, old_bags[old].all_weight, bag.all_weight);
                let wording = NAME * name + (1.0 - NAME) * all;
                let entries = shared.get(&(old, number)).copied().unwrap_or(0.0);
                scores[number * width + old] = wording + (1.0 - wording) * ENTRIES * entries;
            }
        }
        Self { width, scores }
    }

    /// Takes pairs that are each other's likeliest by a clear margin, until none is left.
    fn take(&self, pairing: &mut Found, free: &mut [Vec<bool>; 2]) {
        loop {
            let best_of_old = self.best(free, |old, new| (old, new));
            let best_of_new = self.best(free, |old, new| (new, old));
            let clear: Vec<(usize, usize, f32)> = (0..free[1].len())
                .filter(|&new| free[1][new])
                .filter_map(|new| {
                    let (old, score, next) = best_of_new[new]?;
                    let (back, _, other) = best_of_old[old]?;
                    let is_clear = back == new && score >= PAIR_THRESHOLD && score - next.max(other) >= PAIR_MARGIN;
                    is_clear.then_some((old, new, score))
                })
                .collect();
            if clear.is_empty() {
                return;
            }
            for (old, new, score) in clear {
                free[0][old] = false;
                free[1][new] = false;
                pairing.taken.push((old, new, How::Likeness, rounded(score)));
            }
        }
    }

    /// For each item of one side: its likeliest free partner, the likeness, and the next likeness.
    fn best(
        &self,
        free: &[Vec<bool>; 2],
        sides: impl Fn(usize, usize) -> (usize, usize),
    ) -> Vec<Option<(usize, f32, f32)>> {
        let mut best: Vec<Option<(usize, f32, f32)>> = vec![None; self.width.max(free[1].len())];
        for new in (0..free[1].len()).filter(|&new| free[1][new]) {
            for old in (0..self.width).filter(|&old| free[0][old]) {
                let score = self.scores[new * self.width + old];
                let (mine, partner) = sides(old, new);
                best[mine] = match best[mine] {
                    Some((_, first, _)) if score > first => Some((partner, score, first)),
                    Some((at, first, next)) => Some((at, first, next.max(score))),
                    None => Some((partner, score, 0.0)),
                };
            }
        }
        best
    }

    /// Offers, for each free item, its likeliest partners that are alike but not clearly so.
    fn offer(&self, pairing: &mut Found, free: &[Vec<bool>; 2]) {
        for new in (0..free[1].len()).filter(|&new| free[1][new]) {
            let mut near: Vec<(usize, f32)> = (0..self.width)
                .filter(|&old| free[0][old])
                .map(|old| (old, self.scores[new * self.width + old]))
                .filter(|&(_, score)| score >= PAIR_OFFERED)
                .collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            pairing.offered.extend(near.into_iter().take(OFFERED_EACH).map(|(old, s)| (old, new, rounded(s))));
        }
    }
}

/// How many partners are offered for one item.
const OFFERED_EACH: usize = 3;

impl Bag {
    fn new(lexicon: &Lexicon, [name, all]: [Vec<WordId>; 2]) -> Self {
        let weigh = |words: &[WordId]| words.iter().map(|&id| telling(lexicon, id)).sum();
        Self { name_weight: weigh(&name), all_weight: weigh(&all), name, all }
    }
}

/// The name's words and all words of an item, sorted, each once. Weak words are left out: they say little
/// and stand everywhere, which would make every pair costly.
fn add_item(lexicon: &mut Lexicon, texts: &mut HashMap<WordId, String>, item: &Item) -> [Vec<WordId>; 2] {
    let fields = [&item.area, &item.priority, &item.activities];
    let name =
        fields.into_iter().find(|blocks| !is_blank(blocks)).map(|blocks| blocks_text(blocks)).unwrap_or_default();
    let strong = |text: &str| words(text).filter(|word| !is_weak(word)).collect::<Vec<_>>();
    let all = strong(&fields.map(|blocks| blocks_text(blocks)).join(" "));
    let words = [strong(&name), all];
    let mut numbered = lexicon.add_item(&words);
    for (ids, words) in numbered.iter_mut().zip(&words) {
        for (&id, word) in ids.iter().zip(words) {
            texts.entry(id).or_insert_with(|| word.clone());
        }
        ids.sort_unstable();
        ids.dedup();
    }
    let mut numbered = numbered.into_iter();
    [(); 2].map(|()| numbered.next().unwrap_or_default())
}

/// What a word of two versions weighs: squared, because items share the set phrases of the promises.
fn telling(lexicon: &Lexicon, id: WordId) -> f32 {
    lexicon.weight(id).powi(2)
}

/// Half how much the two have in common of both, half of the smaller: a wording that grew is still the same.
fn overlap(common: f32, a: f32, b: f32) -> f32 {
    if a.min(b) <= 0.0 {
        return 0.0;
    }
    0.5 * (2.0 * common / (a + b)).min(1.0) + 0.5 * (common / a.min(b)).min(1.0)
}

/// For each pair of items that share dated entries: the share of the fewer entries. Entries that several
/// items have ("Ingen ny information") tell nothing.
fn shared_entries(older: &[&Item], newer: &[&Item]) -> HashMap<(usize, usize), f32> {
    type Key = (EntryDate, String);
    let keys = |items: &[&Item]| {
        let mut by_key: HashMap<Key, Vec<usize>> = HashMap::new();
        for (number, item) in items.iter().enumerate() {
            for entry in &item.follow_up {
                if let Some(date) = entry.date {
                    by_key.entry((date, fold_words(&blocks_text(&entry.text)))).or_default().push(number);
                }
            }
        }
        by_key
    };
    let dated = |item: &Item| item.follow_up.iter().filter(|entry| entry.date.is_some()).count();
    let (old_keys, new_keys) = (keys(older), keys(newer));
    let mut shared: HashMap<(usize, usize), f32> = HashMap::new();
    for (new, item) in newer.iter().enumerate() {
        for entry in &item.follow_up {
            let Some(date) = entry.date else { continue };
            let key = (date, fold_words(&blocks_text(&entry.text)));
            if let (Some([old]), Some([_])) =
                (old_keys.get(&key).map(Vec::as_slice), new_keys.get(&key).map(Vec::as_slice))
            {
                let fewest = dated(older[*old]).min(dated(item)).max(1);
                *shared.entry((*old, new)).or_default() += 1.0 / fewest as f32;
            }
        }
    }
    shared
}

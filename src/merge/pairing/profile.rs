//! Items as weighted bags of words: what their likeness is reckoned from.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Field as Place, Item, Text, blocks_text, is_blank, words};

use super::stem::stem;
use super::words::factor;

/// What a part of a compound weighs against the whole word.
const PART: f32 = 0.6;
/// The shortest part of a compound, and the shortest compound, in letters.
const PART_LEN: usize = 4;
const COMPOUND_LEN: usize = 9;
/// Letters in a piece of a word.
const GRAM: usize = 4;

/// The bags of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// What it is called: its area, else its priority, else its activities.
    Name,
    /// Area, priority and activities together, so that text may move between columns.
    Wording,
    /// The wording with all that is said of it: follow-up, status, earlier wordings.
    Story,
    /// Pieces of the wording's words.
    Pieces,
}

/// All bags.
pub(super) const FIELDS: [Field; 4] = [Field::Name, Field::Wording, Field::Story, Field::Pieces];

/// A bag: terms with their weights, by term.
pub(super) type Bag = Vec<(u32, f32)>;

/// The items of two versions as bags of the same terms.
pub(super) struct Profiles {
    /// For each side and item its bags, in the order of [`FIELDS`].
    pub(super) bags: [Vec<[Bag; 4]>; 2],
    /// For each side and item the weight of its bags, squared.
    pub(super) norms: [Vec<[f32; 4]>; 2],
    /// In how many items of each side a term stands.
    pub(super) items_with: Vec<[u32; 2]>,
    /// Terms that are whole words.
    pub(super) whole: Vec<bool>,
}

/// Terms and what is known of them.
#[derive(Default)]
struct Terms {
    by_text: HashMap<String, u32>,
    factors: Vec<f32>,
    whole: Vec<bool>,
}

impl Terms {
    fn add(&mut self, text: &str, factor: f32, whole: bool) -> u32 {
        if let Some(&term) = self.by_text.get(text) {
            return term;
        }
        let term = self.factors.len() as u32;
        self.by_text.insert(text.to_owned(), term);
        self.factors.push(factor);
        self.whole.push(whole);
        term
    }
}

impl Profiles {
    /// Reads the items of both sides.
    pub(super) fn new(sides: [&[&Item]; 2]) -> Self {
        let mut terms = Terms::default();
        let mut stems: HashMap<String, (u32, f32)> = HashMap::new();
        let counts: [Vec<[BTreeMap<u32, f32>; 3]>; 2] = sides.map(|items| {
            items.iter().map(|item| texts(item).map(|text| count(&text, &mut terms, &mut stems))).collect()
        });
        let parts = parts(&terms);
        let pieces = pieces(&mut terms);
        let mut bags = counts.map(|items| {
            let finish = |fields: [BTreeMap<u32, f32>; 3]| {
                let wording = spread(&fields[1], &pieces);
                let [name, all, story] = fields.map(|mut bag| {
                    for (term, count) in bag.clone() {
                        for &part in parts.get(&term).into_iter().flatten() {
                            *bag.entry(part).or_default() += PART * count;
                        }
                    }
                    bag
                });
                [name, all, story, wording].map(|bag| bag.into_iter().collect::<Bag>())
            };
            items.into_iter().map(finish).collect::<Vec<_>>()
        });
        let mut items_with = vec![[0u32; 2]; terms.factors.len()];
        for (side, items) in bags.iter().enumerate() {
            for bags in items {
                // The story has all words; the pieces are terms of their own.
                for (term, _) in bags[2].iter().chain(&bags[3]) {
                    items_with[*term as usize][side] += 1;
                }
            }
        }
        let items = (sides[0].len() + sides[1].len()) as f32 / 2.0;
        let weights: Vec<f32> = items_with
            .iter()
            .zip(&terms.factors)
            .map(|(with, factor)| factor * (1.0 + 2.0 * items / (with[0] + with[1]).max(1) as f32).ln())
            .collect();
        let norms = [0, 1].map(|side: usize| {
            let weigh = |bag: &mut Bag| {
                for (term, count) in bag.iter_mut() {
                    *count = weights[*term as usize] * (1.0 + *count).ln();
                }
                bag.retain(|(_, weight)| *weight > 0.0);
                bag.iter().map(|(_, weight)| weight * weight).sum::<f32>()
            };
            bags[side].iter_mut().map(|bags| bags.each_mut().map(weigh)).collect::<Vec<_>>()
        });
        Self { bags, norms, items_with, whole: terms.whole }
    }
}

/// The name, the wording and the whole story of an item.
fn texts(item: &Item) -> [String; 3] {
    let fields = [&item.area, &item.priority, &item.activities];
    let name = fields.into_iter().find(|blocks| !is_blank(blocks)).map(|b| blocks_text(b)).unwrap_or_default();
    let wording = fields.map(|blocks| blocks_text(blocks)).join(" ");
    let mut story = String::new();
    let mut add = |text: &str| {
        story.push(' ');
        story.push_str(text);
    };
    item.each_text(|field, text| match (field, text) {
        (Place::ItemOther(_), _) | (_, Text::EntryDate(_)) => {}
        (_, Text::Blocks(blocks)) => add(&blocks_text(blocks)),
        (_, Text::Line(line)) => add(line),
        (_, Text::Light(light)) => add(light.label.as_deref().unwrap_or_default()),
    });
    for then in &item.wording_history {
        [&then.area, &then.priority, &then.activities].into_iter().for_each(|blocks| add(&blocks_text(blocks)));
    }
    [name, wording, story]
}

/// How often each stem stands in a text.
fn count(text: &str, terms: &mut Terms, stems: &mut HashMap<String, (u32, f32)>) -> BTreeMap<u32, f32> {
    let mut counts = BTreeMap::new();
    for word in words(text) {
        let (term, factor) = *stems.entry(word).or_insert_with_key(|word| {
            let stem = stem(word);
            let factor = factor(word, &stem);
            if factor > 0.0 { (terms.add(&stem, factor, true), factor) } else { (0, 0.0) }
        });
        if factor > 0.0 {
            *counts.entry(term).or_default() += 1.0;
        }
    }
    counts
}

/// For each long stem: the other stems that it begins or ends with.
fn parts(terms: &Terms) -> HashMap<u32, Vec<u32>> {
    let mut parts: HashMap<u32, Vec<u32>> = HashMap::new();
    for (text, &term) in sorted(terms) {
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let letters = cuts.len() - 1;
        if letters < COMPOUND_LEN {
            continue;
        }
        let first = cuts[PART_LEN..letters - 1].iter().rev().find_map(|&cut| terms.by_text.get(&text[..cut]));
        let last = cuts[2..=letters - PART_LEN].iter().find_map(|&cut| terms.by_text.get(&text[cut..]));
        let found: Vec<u32> = first.into_iter().chain(last).copied().collect();
        if !found.is_empty() {
            parts.insert(term, found);
        }
    }
    parts
}

/// For each stem: the pieces of its letters, terms of their own that no stem can be.
fn pieces(terms: &mut Terms) -> HashMap<u32, Vec<u32>> {
    let whole: Vec<(String, u32)> = sorted(terms).map(|(text, term)| (text.clone(), *term)).collect();
    let mut pieces = HashMap::with_capacity(whole.len());
    for (text, term) in whole {
        let factor = terms.factors[term as usize];
        let marked: Vec<char> = format!("^{text}").chars().collect();
        let grams = marked.windows(GRAM.min(marked.len())).map(|gram| {
            let gram: String = std::iter::once('~').chain(gram.iter().copied()).collect();
            terms.add(&gram, factor, false)
        });
        pieces.insert(term, grams.collect());
    }
    pieces
}

fn sorted(terms: &Terms) -> impl Iterator<Item = (&String, &u32)> {
    let mut sorted: Vec<_> = terms.by_text.iter().collect();
    sorted.sort_unstable();
    sorted.into_iter()
}

/// The pieces of a bag of words.
fn spread(bag: &BTreeMap<u32, f32>, pieces: &HashMap<u32, Vec<u32>>) -> BTreeMap<u32, f32> {
    let mut spread = BTreeMap::new();
    for (term, count) in bag {
        for piece in pieces.get(term).into_iter().flatten() {
            *spread.entry(*piece).or_default() += count;
        }
    }
    spread
}

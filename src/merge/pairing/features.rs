//! What tells whether two items are one, as numbers.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use crate::model::{Entry, EntryDate, Item, Plan, SectionKind, blocks_text, fold_words};

use super::super::matching::rounded;
use super::blocks::Blocks;
use super::profile::{Bag, FIELDS, Field, Profiles};

/// What each feature is, in order. Others were tried and say nothing that these do not: the cosines of names,
/// wordings and activities by themselves, how much of one name or wording stands in the other.
pub const NAMES: [&str; 12] = [
    "newer wording held by the older story",
    "pieces of words: cosine",
    "rare words in common",
    "dated entries in common",
    "story: cosine",
    "same kind of section",
    "near in order",
    "all: above the next",
    "all: times the next",
    "story: times the next",
    "pieces of words: times the next",
    "rare words, and story times the next",
];

/// How many features there are.
pub const COUNT: usize = NAMES.len();

/// The measures that are compared with those of the next likeliest partner: all in all, story, pieces of words.
const MEASURES: usize = 3;
/// Where the comparisons stand among the features: first the difference, then the quotients.
const ABOVE: usize = 7;
const TIMES: usize = 8;

/// How many partners of an item are looked at closely.
const NEAREST: usize = 12;

/// Two items that may be one, with what tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The number of the item in the older version.
    pub older: usize,
    /// The number of the item in the newer version.
    pub newer: usize,
    /// The features, as [`NAMES`] calls them.
    pub features: [f32; COUNT],
}

/// The pairs of items of two versions that have anything in common, newer by newer.
pub fn candidates(older: &Plan, newer: &Plan) -> Vec<Candidate> {
    let free = [vec![true; older.items().count()], vec![true; newer.items().count()]];
    among(older, newer, &free)
}

/// How alike the items of one plan are among themselves: every pair with any likeness, each once. The name counts
/// most; entries that only the two have make up for most of what is missing.
pub(super) fn alike(items: &[&Item]) -> Vec<(usize, usize, f32)> {
    let profiles = Profiles::new([items, items]);
    let entries = SharedEntries::new(items, items);
    let overlap = |field: Field, first: usize, second: usize| {
        let bag = |number: usize| &profiles.bags[0][number][field as usize];
        let norm = |number: usize| profiles.norms[0][number][field as usize];
        let other = bag(second);
        let both = bag(first).iter().filter_map(|(term, weight)| {
            other.binary_search_by_key(term, |(term, _)| *term).ok().map(|at| weight * other[at].1)
        });
        let (common, least) = (both.sum::<f32>(), norm(first).min(norm(second)));
        // Half how much both have in common, half how much of the shorter: a wording that grew is still the same.
        if least > 0.0 {
            0.5 * 2.0 * common / (norm(first) + norm(second)) + 0.5 * (common / least).min(1.0)
        } else {
            0.0
        }
    };
    let mut pairs = Vec::new();
    for second in 0..items.len() {
        for first in 0..second {
            let wording = 0.6 * overlap(Field::Name, first, second) + 0.4 * overlap(Field::Wording, first, second);
            let likeness = wording + (1.0 - wording) * 0.7 * entries.of(first, second);
            if likeness > 0.0 {
                pairs.push((first, second, rounded(likeness.min(1.0))));
            }
        }
    }
    pairs
}

/// An item with what of its place counts.
struct Placed<'a> {
    item: &'a Item,
    kind: SectionKind,
    /// 0 for the first item of the plan, 1 for the last.
    order: f32,
}

fn placed(plan: &Plan) -> Vec<Placed<'_>> {
    let last = plan.items().count().saturating_sub(1).max(1) as f32;
    let sections = plan.sections.iter().flat_map(|section| section.items.iter().map(move |item| (section.kind, item)));
    sections.enumerate().map(|(number, (kind, item))| Placed { item, kind, order: number as f32 / last }).collect()
}

fn items<'a>(placed: &[Placed<'a>]) -> Vec<&'a Item> {
    placed.iter().map(|placed| placed.item).collect()
}

/// The candidates among items that are free on both sides. All items count for how rare a word is.
pub(super) fn among(older: &Plan, newer: &Plan, free: &[Vec<bool>; 2]) -> Vec<Candidate> {
    let (old, new) = (placed(older), placed(newer));
    let (old_items, new_items) = (items(&old), items(&new));
    if !free.iter().all(|side| side.contains(&true)) {
        return Vec::new();
    }
    let profiles = Profiles::new([&old_items, &new_items]);
    let entries = SharedEntries::new(&old_items, &new_items);
    let blocks = Blocks::new(&profiles, &free[0], &entries);
    let mut found: Vec<(Candidate, [f32; MEASURES])> = Vec::new();
    let mut best = [vec![[[0.0_f32; 2]; MEASURES]; old.len()], vec![[[0.0_f32; 2]; MEASURES]; new.len()]];
    for number in (0..new.len()).filter(|&number| free[1][number]) {
        for (older, measures) in nearest(&profiles, &blocks.of(&profiles, number), number, &entries) {
            for (at, measure) in measures.into_iter().enumerate() {
                raise(&mut best[0][older][at], measure);
                raise(&mut best[1][number][at], measure);
            }
            let mut features = [0.0; COUNT];
            features[0] = held(&profiles, older, number);
            features[1] = measures[2];
            features[2] = 1.0 - (-rare_words(&profiles, older, number) / 3.0).exp();
            features[3] = entries.of(older, number);
            features[4] = measures[1];
            features[5] = f32::from(old[older].kind == new[number].kind);
            features[6] = 1.0 - (old[older].order - new[number].order).abs();
            found.push((Candidate { older, newer: number, features }, measures));
        }
    }
    for (candidate, measures) in &mut found {
        for (at, &measure) in measures.iter().enumerate() {
            let next = next(best[0][candidate.older][at], measure).max(next(best[1][candidate.newer][at], measure));
            if at == 0 {
                candidate.features[ABOVE] = measure - next;
            }
            // A likeness of next to nothing is none: quotients of such say nothing.
            let times = ((measure + NOTHING) / (next + NOTHING)).ln();
            candidate.features[TIMES + at] = times.clamp(-MOST_TIMES, MOST_TIMES);
        }
        // Two signs that are seldom wrong together.
        candidate.features[11] = candidate.features[2] * candidate.features[TIMES + 1].max(0.0);
    }
    found.into_iter().map(|(candidate, _)| candidate).collect()
}

/// What is added to likenesses before they are divided.
const NOTHING: f32 = 0.03;
/// The greatest quotient that counts, as a logarithm.
const MOST_TIMES: f32 = 2.0;

fn raise(best: &mut [f32; 2], likeness: f32) {
    if likeness > best[0] {
        *best = [likeness, best[0]];
    } else if likeness > best[1] {
        best[1] = likeness;
    }
}

/// The best measure of an item with others than the partner that has this one.
fn next(best: [f32; 2], own: f32) -> f32 {
    if own >= best[0] { best[1] } else { best[0] }
}

/// The older items that are nearest to a newer one, with how near: all in all, by story, by
/// pieces of words; nearest first.
fn nearest(
    profiles: &Profiles,
    candidates: &[usize],
    number: usize,
    entries: &SharedEntries,
) -> Vec<(usize, [f32; MEASURES])> {
    let measure = |&older: &usize| {
        let [name, wording, story, pieces] = FIELDS.map(|field| cosine(profiles, field, older, number));
        let all = 0.35 * name + 0.35 * wording + 0.15 * pieces + 0.15 * story;
        let shared = entries.of(older, number);
        (older, [all + (1.0 - all) * 0.7 * shared, story, pieces])
    };
    let mut near: Vec<(usize, [f32; MEASURES])> =
        candidates.iter().map(measure).filter(|(_, measures)| measures[0] > 0.01).collect();
    near.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]).then(a.0.cmp(&b.0)));
    near.truncate(NEAREST);
    near
}

fn cosine(profiles: &Profiles, field: Field, older: usize, newer: usize) -> f32 {
    let at = field as usize;
    let norm = (profiles.norms[0][older][at] * profiles.norms[1][newer][at]).sqrt();
    if norm > 0.0 { (dot(&profiles.bags[0][older][at], &profiles.bags[1][newer][at]) / norm).min(1.0) } else { 0.0 }
}

/// What two bags have in common.
fn dot(a: &Bag, b: &Bag) -> f32 {
    let (mut a, mut b) = (a.as_slice(), b.as_slice());
    let mut sum = 0.0;
    while let ([(one, x), a_rest @ ..], [(two, y), b_rest @ ..]) = (a, b) {
        match one.cmp(two) {
            Ordering::Less => a = a_rest,
            Ordering::Greater => b = b_rest,
            Ordering::Equal => {
                sum += x * y;
                (a, b) = (a_rest, b_rest);
            }
        }
    }
    sum
}

/// How much of the newer item's wording stands anywhere in the older one, by what its words weigh.
fn held(profiles: &Profiles, older: usize, newer: usize) -> f32 {
    let story = &profiles.bags[0][older][Field::Story as usize];
    let (wording, whole) =
        (&profiles.bags[1][newer][Field::Wording as usize], profiles.norms[1][newer][Field::Wording as usize]);
    let known = wording.iter().filter(|(term, _)| story.binary_search_by_key(term, |(term, _)| *term).is_ok());
    let common: f32 = known.map(|(_, weight)| weight * weight).sum();
    if whole > 0.0 { common / whole } else { 0.0 }
}

/// What the words weigh that stand in these two items and, on each side, in no other.
fn rare_words(profiles: &Profiles, older: usize, newer: usize) -> f32 {
    let (old, new) = (&profiles.bags[0][older][Field::Story as usize], &profiles.bags[1][newer][Field::Story as usize]);
    let rare = |term: u32| profiles.whole[term as usize] && profiles.items_with[term as usize] == [1, 1];
    let common = new.iter().filter(|(term, _)| rare(*term) && old.binary_search_by_key(term, |(t, _)| *t).is_ok());
    common.map(|(_, weight)| weight / 2.0).sum()
}

/// Which dated entries pairs of items share. What is said of several items on one day tells nothing.
pub(super) struct SharedEntries {
    shared: HashMap<(usize, usize), f32>,
    /// For each newer item the older ones.
    with: Vec<Vec<usize>>,
}

/// An item's number and what one of its entries says.
type Said = (usize, String);

impl SharedEntries {
    fn new(older: &[&Item], newer: &[&Item]) -> Self {
        // Only texts that begin alike can be near: a group is those of one day that do.
        let mut groups: BTreeMap<(EntryDate, Vec<u8>), [Vec<Said>; 2]> = BTreeMap::new();
        for (side, items) in [older, newer].into_iter().enumerate() {
            for (number, item) in items.iter().enumerate() {
                for entry in &item.follow_up {
                    let (Some(date), text) = (entry.date, said(entry)) else { continue };
                    let begin = text.as_bytes()[..text.len().min(GOES_ON)].to_vec();
                    groups.entry((date, begin)).or_default()[side].push((number, text));
                }
            }
        }
        let dated = |item: &Item| item.follow_up.iter().filter(|entry| entry.date.is_some()).count();
        let fewest = |old: usize, new: usize| dated(older[old]).min(dated(newer[new])).max(1) as f32;
        let mut shared: HashMap<(usize, usize), f32> = HashMap::new();
        let mut with = vec![Vec::new(); newer.len()];
        for [old, new] in groups.values() {
            for (number, text) in new {
                let alone = |side: &[Said]| side.iter().filter(|(_, other)| near(other, text)).nth(1).is_none();
                let same = old.iter().find(|(_, other)| near(other, text));
                if let Some((other, _)) = same.filter(|_| alone(old) && alone(new)) {
                    *shared.entry((*other, *number)).or_default() += 1.0 / fewest(*other, *number);
                    with[*number].push(*other);
                }
            }
        }
        Self { shared, with }
    }

    /// The older items that share an entry with a newer one.
    pub(super) fn with(&self, newer: usize) -> &[usize] {
        self.with.get(newer).map_or(&[], Vec::as_slice)
    }

    /// The share of the fewer entries that both have word for word or nearly.
    fn of(&self, older: usize, newer: usize) -> f32 {
        self.shared.get(&(older, newer)).map_or(0.0, |shared| shared.min(1.0))
    }
}

fn said(entry: &Entry) -> String {
    fold_words(&blocks_text(&entry.text))
}

/// From how many bytes on the beginning of a text tells that another is the same, gone on.
const GOES_ON: usize = 20;

/// Whether two texts are one, or the one goes on where the other ends.
fn near(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && (short == long || (short.len() >= GOES_ON && long.starts_with(short)))
}

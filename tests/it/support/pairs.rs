//! Labelled pairs of items of two years, and how many of them were found.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "each user uses a part of it"
)]

use super::gold_plan::gold;
use handlingsplan::merge::pairing::Pairing;
use handlingsplan::model::{Item, Plan, blocks_text};
use serde::Deserialize;

use super::drift::{Change, Drift, Truth};

/// Two years with which items are one.
pub struct Labelled {
    pub older: Plan,
    pub newer: Plan,
    pub truth: Vec<Truth>,
}

impl From<Drift> for Labelled {
    fn from(drift: Drift) -> Self {
        Self { older: drift.older, newer: drift.newer, truth: drift.truth }
    }
}

#[derive(Deserialize)]
struct HandFile {
    older: String,
    newer: String,
    same: Vec<HandPair>,
}

#[derive(Deserialize)]
struct HandPair {
    older: usize,
    newer: usize,
}

/// The fixtures' years, labelled by hand.
pub fn hand() -> Vec<Labelled> {
    ["2023-2024", "2024-2025"]
        .iter()
        .map(|name| {
            let path = format!("{}/fixtures/pairs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            let file: HandFile = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            let change = Change::Rewritten;
            let truth = file.same.iter().map(|pair| Truth { older: pair.older, newer: pair.newer, change });
            Labelled { truth: truth.collect(), older: gold(&file.older), newer: gold(&file.newer) }
        })
        .collect()
}

/// What was found of labelled pairs.
#[derive(Default)]
pub struct Tally {
    /// Pairs that are one item and whole: neither split nor joined.
    pub pairs: usize,
    /// Of these, taken.
    pub right: usize,
    pub taken: usize,
    /// Taken, and no pair at all.
    pub wrong: usize,
    /// Of the whole pairs that were not taken, offered.
    pub offered: usize,
    /// All that a person is asked.
    pub questions: usize,
}

impl Tally {
    pub fn add(&mut self, labelled: &Labelled, pairing: &Pairing) {
        let is = |older: usize, newer: usize| labelled.truth.iter().find(|t| (t.older, t.newer) == (older, newer));
        let whole = |truth: &&Truth| !matches!(truth.change, Change::Split | Change::Joined);
        self.pairs += labelled.truth.iter().filter(whole).count();
        self.taken += pairing.taken.len();
        self.questions += pairing.offered.len();
        for pair in &pairing.taken {
            match is(pair.older, pair.newer) {
                Some(truth) => self.right += usize::from(whole(&truth)),
                None => self.wrong += 1,
            }
        }
        let offered = pairing.offered.iter().filter_map(|pair| is(pair.older, pair.newer)).filter(whole);
        self.offered += offered.count();
    }

    pub fn precision(&self) -> f64 {
        1.0 - self.wrong as f64 / self.taken.max(1) as f64
    }

    pub fn recall(&self) -> f64 {
        self.right as f64 / self.pairs.max(1) as f64
    }
}

impl Labelled {
    /// Prints what was wrong or missed.
    pub fn tell(&self, pairing: &Pairing) {
        let (old, new): (Vec<&Item>, Vec<&Item>) = (self.older.items().collect(), self.newer.items().collect());
        let text =
            |item: &Item| [&item.area, &item.priority, &item.activities].map(|blocks| blocks_text(blocks)).join(" | ");
        let is = |older: usize, newer: usize| self.truth.iter().any(|t| (t.older, t.newer) == (older, newer));
        for pair in pairing.taken.iter().filter(|pair| !is(pair.older, pair.newer)) {
            println!("WRONG {:.2}\n  {}\n  {}", pair.confidence, text(old[pair.older]), text(new[pair.newer]));
        }
        for truth in self.truth.iter().filter(|truth| pairing.newer_of(truth.older) != Some(truth.newer)) {
            let offer = pairing.offered.iter().find(|o| (o.older, o.newer) == (truth.older, truth.newer));
            let offer = offer.map_or("MISSED".to_owned(), |offer| format!("offered {:.2}", offer.confidence));
            println!("{offer} {:?}\n  {}\n  {}", truth.change, text(old[truth.older]), text(new[truth.newer]));
        }
    }
}

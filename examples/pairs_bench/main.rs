//! Prints how well the items of two years are paired: `cargo run --example pairs_bench`.
//!
//! The sets: the fixtures' three years, labelled by hand (`fixtures/pairs/*.toml`); made-up years of the words
//! that the weights were fitted on; made-up years of words that were held out,
//! and of these a harder kind, where new items look like closed ones. `-v` prints what was wrong or
//! missed, a number makes other years of the same words, `--fit` fits the weights anew and prints them,
//! `--offers` how often an offered pair is right, `--time` measures 500 items against 500, and harder ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "it may fail, and prints")]

#[path = "../../tests/it/support/drift.rs"]
mod drift;
mod fit;
#[path = "../../tests/it/support/gold_plan.rs"]
mod gold_plan;
#[path = "../../tests/it/support/pairs.rs"]
mod labelled;
#[path = "../../tests/it/support/large.rs"]
mod large;
mod offers;
#[path = "../../tests/it/support/random.rs"]
mod random;
mod time;

use std::collections::BTreeMap;

use drift::{Change, Generator};
use handlingsplan::merge::Decisions;
use handlingsplan::merge::pairing::{Model, pair_by};
use labelled::{Labelled, Tally, hand};

/// Made-up years: so many, of 6 to 11 items.
fn made(mut generator: Generator, plans: usize) -> Vec<Labelled> {
    (0..plans).map(|number| Labelled::from(generator.drift(6 + number * 7 % 6))).collect()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let other: u64 = arguments.iter().find_map(|word| word.parse().ok()).unwrap_or(0);
    let model = if has("--fit") {
        fit::run(&made(Generator::new("fit", 1), 500), &made(Generator::new("fit", 2), 500), &hand())
    } else {
        Model::STANDARD
    };
    if has("--time") {
        time::run();
        return;
    }
    if has("--offers") {
        offers::run(&made(Generator::new("held_out", 4 + 1_000_003 * other), 360), &model);
        return;
    }
    let sets = [
        ("by hand", hand()),
        ("fit", made(Generator::new("fit", 3 + 1_000_003 * other), 150)),
        ("held out", made(Generator::new("held_out", 4 + 1_000_003 * other), 360)),
        ("hard", made(Generator::new("held_out", 5 + 1_000_003 * other).hard(), 150)),
    ];
    println!(
        "{:<9} {:>6} {:>6} {:>6} {:>9} {:>7} {:>8} {:>9} {:>9}",
        "set", "pairs", "taken", "wrong", "precision", "recall", "offered", "questions", "per plans"
    );
    let mut by_change: BTreeMap<(&str, Change), [usize; 3]> = BTreeMap::new();
    for (name, set) in &sets {
        let mut tally = Tally::default();
        for labelled in set {
            let pairing = pair_by(&labelled.older, &labelled.newer, &Decisions::default(), &model);
            tally.add(labelled, &pairing);
            for truth in &labelled.truth {
                let counts = by_change.entry((name, truth.change)).or_default();
                counts[0] += 1;
                counts[1] += usize::from(pairing.newer_of(truth.older) == Some(truth.newer));
                counts[2] +=
                    usize::from(pairing.offered.iter().any(|o| (o.older, o.newer) == (truth.older, truth.newer)));
            }
            if has("-v") {
                labelled.tell(&pairing);
            }
        }
        println!(
            "{name:<9} {:>6} {:>6} {:>6} {:>9.4} {:>7.4} {:>8} {:>9} {:>9.2}",
            tally.pairs,
            tally.taken,
            tally.wrong,
            tally.precision(),
            tally.recall(),
            tally.offered,
            tally.questions,
            tally.questions as f64 / set.len() as f64
        );
    }
    println!("\n{:<9} {:<10} {:>6} {:>6} {:>8}", "set", "change", "pairs", "taken", "offered");
    for ((name, change), [pairs, taken, offered]) in by_change {
        println!("{name:<9} {:<10} {pairs:>6} {taken:>6} {offered:>8}", format!("{change:?}"));
    }
}

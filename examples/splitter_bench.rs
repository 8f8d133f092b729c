//! Prints how well follow-up cells are split: `cargo run --example splitter_bench [-- -v] [-- SET]`.
//!
//! Sets: the fixtures' plans, hand-written adversarial cells, and generated cells from two stocks of sentences,
//! one that the weights were set with in view and one that was held out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

#[path = "../tests/it/support/entries/mod.rs"]
mod labelled;
#[path = "../tests/it/support/random.rs"]
mod random;

use std::collections::BTreeMap;

use labelled::{Tally, generator, load, phrases, score};

#[expect(clippy::print_stdout, reason = "printing is what the program is for")]
fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let verbose = wanted.iter().any(|word| word == "-v");
    // A number as argument makes other cells of the same sentences.
    let other: u64 = wanted.iter().find_map(|word| word.parse().ok()).unwrap_or(0);
    let made = |name: &str, seed| generator::documents(&phrases::load(name), name, seed + 1_000_003 * other, 60);
    let sets = [
        ("plans", load("plans")),
        ("adversarial", load("adversarial")),
        ("tuning", made("tuning", 1)),
        ("held_out", made("held_out", 2)),
    ];
    println!(
        "{:<12} {:>5} {:>6} {:>7} {:>6} {:>6}  {:>6}",
        "set", "cells", "exact", "entries", "missed", "extra", "F1"
    );
    let mut all = Tally::default();
    let row = |name: &str, tally: Tally| {
        println!(
            "{name:<12} {:>5} {:>6} {:>7} {:>6} {:>6}  {:.4}",
            tally.cells,
            tally.exact,
            tally.right + tally.missed,
            tally.missed,
            tally.wrong,
            tally.f1()
        );
    };
    for (name, documents) in sets {
        if wanted.iter().any(|word| word.parse::<u64>().is_err() && !word.starts_with('-') && word != name) {
            continue;
        }
        let mut sum = Tally::default();
        let mut kinds = BTreeMap::<String, Tally>::new();
        let mut told = Vec::new();
        for document in &documents {
            let (tallies, wrongs) = score(document);
            told.extend(wrongs);
            for (kind, tally) in tallies {
                sum.add(tally);
                kinds.entry(kind).or_default().add(tally);
            }
        }
        row(name, sum);
        all.add(sum);
        // What went wrong in the held-out set is shown only when asked for by name, so that nobody tunes on it.
        if verbose && (name != "held_out" || wanted.iter().any(|word| word == name)) {
            kinds
                .iter()
                .filter(|(_, tally)| tally.exact < tally.cells)
                .for_each(|(kind, tally)| row(&format!("  {kind}"), *tally));
            told.iter().for_each(|wrong| println!("{wrong}"));
        }
    }
    row("all", all);
}

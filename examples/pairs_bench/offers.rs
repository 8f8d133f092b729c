//! How often an offered pair is right, by kind and confidence: what the thresholds for offering are set by.

use std::collections::BTreeMap;

use handlingsplan::merge::Decisions;
use handlingsplan::merge::pairing::{Model, pair_by};

use super::labelled::Labelled;

pub(crate) fn run(set: &[Labelled], model: &Model) {
    let model = Model { offer: 0.05, offer_part: 0.05, ..model.clone() };
    let mut bins: BTreeMap<(String, usize), [usize; 2]> = BTreeMap::new();
    for labelled in set {
        for pair in pair_by(&labelled.older, &labelled.newer, &Decisions::default(), &model).offered {
            let right = labelled.truth.iter().any(|t| (t.older, t.newer) == (pair.older, pair.newer));
            let bin = bins.entry((format!("{:?}", pair.kind), (pair.confidence * 10.0) as usize)).or_default();
            bin[0] += 1;
            bin[1] += usize::from(right);
        }
    }
    println!("{:<8} {:>10} {:>7} {:>6} {:>6}", "kind", "confidence", "offered", "right", "share");
    for ((kind, bin), [all, right]) in bins {
        let share = right as f64 / all as f64;
        println!("{kind:<8} {:>10.1} {all:>7} {right:>6} {share:>6.2}", bin as f64 / 10.0);
    }
}

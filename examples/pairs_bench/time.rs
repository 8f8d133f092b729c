//! How long it takes to pair large plans: years of one plan, and plans that are hard to tell apart.

use std::time::Instant;

use handlingsplan::merge::Decisions;
use handlingsplan::merge::pairing::features::candidates;
use handlingsplan::merge::pairing::pair;
use handlingsplan::model::Plan;

use super::large;

pub(crate) fn run() {
    println!(
        "{:<44} {:>7} {:>7} {:>9} {:>9} {:>7} {:>7}",
        "plans", "older", "newer", "ms", "comparing", "taken", "offered"
    );
    for items in [500, 1000, 2000] {
        let (older, newer) = large::drift(items);
        tell("years of one plan", &older, &newer);
        tell("the same, backwards", &newer, &older);
    }
    for items in [500, 2000] {
        let (older, newer) = (large::different(items, 1), large::different(items, 2));
        tell("no two items alike", &older, &newer);
        tell("all items of one wording, no ids in common", &large::alike(items, "a"), &large::alike(items, "b"));
        let (older, newer) = (large::promise_only(items, 1), large::promise_only(items, 2));
        tell("few words, in all combinations", &older, &newer);
    }
}

fn tell(what: &str, older: &Plan, newer: &Plan) {
    let mut fastest = f64::INFINITY;
    let mut pairing = pair(older, newer, &Decisions::default());
    for _ in 0..3 {
        let start = Instant::now();
        pairing = pair(older, newer, &Decisions::default());
        fastest = fastest.min(start.elapsed().as_secs_f64() * 1000.0);
    }
    let start = Instant::now();
    let compared = candidates(older, newer).len();
    let comparing = start.elapsed().as_secs_f64() * 1000.0;
    assert!(compared >= pairing.offered.len());
    let (old, new) = (older.items().count(), newer.items().count());
    println!(
        "{what:<44} {old:>7} {new:>7} {fastest:>9.1} {comparing:>9.1} {:>7} {:>7}",
        pairing.taken.len(),
        pairing.offered.len()
    );
}

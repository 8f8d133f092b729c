//! The splitting of entries against labelled cells.

#[path = "support/entries/mod.rs"]
mod labelled;

use labelled::{load, score};

#[test]
fn the_plans_cells_are_split_exactly() {
    let wrongs: Vec<String> = load("plans").iter().flat_map(|document| score(document).1).collect();
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

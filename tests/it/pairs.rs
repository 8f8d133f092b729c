//! Which items of two years are one: the fixtures' years labelled by hand, and made-up years of held-out words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support::drift;
use crate::support::pairs as labelled;

use drift::Generator;
use handlingsplan::merge::Decisions;
use handlingsplan::merge::pairing::pair;
use labelled::{Labelled, Tally, hand};

#[test]
fn every_hand_labelled_pair_is_right_or_offered_and_no_wrong_one_is_taken() {
    let mut taken = 0;
    for labelled in hand() {
        let pairing = pair(&labelled.older, &labelled.newer, &Decisions::default());
        for truth in &labelled.truth {
            let right = pairing.newer_of(truth.older) == Some(truth.newer);
            let offered = pairing.offered.iter().any(|o| (o.older, o.newer) == (truth.older, truth.newer));
            assert!(right || offered, "{truth:?}: {pairing:?}");
            taken += usize::from(right);
        }
        for pair in &pairing.taken {
            assert!(labelled.truth.iter().any(|t| (t.older, t.newer) == (pair.older, pair.newer)), "{pair:?}");
        }
    }
    assert!(taken >= 10, "{taken} of 12");
}

/// The whole measurement is `cargo run --example pairs_bench`; this is a part of it that stands for it.
#[test]
fn made_up_years_of_held_out_words_are_paired() {
    let mut generator = Generator::new("held_out", 4);
    let mut tally = Tally::default();
    for number in 0..60 {
        let labelled = Labelled::from(generator.drift(6 + number * 7 % 6));
        tally.add(&labelled, &pair(&labelled.older, &labelled.newer, &Decisions::default()));
    }
    assert!(tally.pairs > 250, "{}", tally.pairs);
    assert!(tally.precision() >= 0.995, "precision {}", tally.precision());
    assert!(tally.recall() >= 0.95, "recall {}", tally.recall());
}

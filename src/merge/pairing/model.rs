//! How sure a pair is: a logistic model of what tells, fitted on labelled pairs.

use super::features::COUNT;

/// A logistic model of pairs, and what is done at which confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What each feature adds to the log-odds that two items are one.
    pub weights: [f64; COUNT],
    /// The log-odds where every feature is 0.
    pub bias: f64,
    /// The confidence of a pair is the logistic function of `slope` × margin + `intercept`.
    pub slope: f64,
    /// See [`Model::slope`].
    pub intercept: f64,
    /// The lowest confidence of a pair that is taken.
    pub take: f64,
    /// The lowest confidence of a pair that is offered to a person.
    pub offer: f64,
    /// The lowest confidence of a pair that is offered where one of the two is taken already: a part of an item
    /// that was split, or one of two that were joined.
    pub offer_part: f64,
}

impl Model {
    /// The shipped model.
    ///
    /// Fitted by `cargo run --example pairs_bench -- --fit` on generated years (the half `fit` of
    /// `fixtures/pairs/drift.toml`) and the hand-labelled pairs; see `docs/merging.md`.
    pub const STANDARD: Self = Self {
        weights: [0.355, 0.350, 1.849, 1.011, 0.781, 0.891, 1.089, 1.912, 1.159, 1.688, 0.778, 0.323],
        bias: -2.166,
        slope: 0.608,
        intercept: 1.855,
        take: 0.943,
        offer: 0.65,
        offer_part: 0.55,
    };

    /// The log-odds that two items are one, each pair by itself.
    pub fn log_odds(&self, features: &[f32; COUNT]) -> f64 {
        self.bias + self.weights.iter().zip(features).map(|(weight, &feature)| weight * f64::from(feature)).sum::<f64>()
    }

    /// The confidence of a pair that makes the best assignment so much better than the best without it.
    pub fn confidence(&self, margin: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * margin + self.intercept)).exp())
    }

    /// The margin that gives a confidence: the other way round.
    pub(super) fn margin(&self, confidence: f64) -> f64 {
        ((confidence / (1.0 - confidence)).ln() - self.intercept) / self.slope
    }
}

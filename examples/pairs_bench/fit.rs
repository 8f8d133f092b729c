//! Fits the weights: logistic regression on single pairs, then on the margins that they give.

use handlingsplan::merge::Decisions;
use handlingsplan::merge::pairing::features::{COUNT, Candidate, NAMES, candidates};
use handlingsplan::merge::pairing::{Model, pair_by};

use super::drift::Change;
use super::labelled::Labelled;

/// How much a weight costs: keeps features that say the same from pulling against each other.
const RIDGE: f64 = 3.0;
/// What a hand-labelled pair counts for against a made-up one.
const HAND: f64 = 5.0;
/// The share of taken pairs that should be right when the threshold is set.
const PRECISION: f64 = 0.9965;

struct Row {
    features: Vec<f64>,
    is_pair: bool,
    weight: f64,
}

/// Fits on the first set and the hand-labelled pairs, calibrates on the second, and prints the model.
pub(crate) fn run(first: &[Labelled], second: &[Labelled], hand: &[Labelled]) -> Model {
    let mut rows = Vec::new();
    for (set, weight) in [(first, 1.0), (hand, HAND)] {
        for labelled in set {
            rows.extend(candidates(&labelled.older, &labelled.newer).iter().filter_map(|c| row(labelled, c, weight)));
        }
    }
    println!("// {} candidates, {} of them pairs", rows.len(), rows.iter().filter(|row| row.is_pair).count());
    let fitted = logistic(&rows, RIDGE, COUNT);
    let mut model = Model { slope: 1.0, intercept: 0.0, take: 0.0, ..Model::STANDARD };
    model.weights.copy_from_slice(&fitted[..COUNT]);
    model.bias = fitted[COUNT];
    // Every pair of the best assignment, with its margin: the confidence before calibration tells it.
    let mut margins: Vec<(f64, bool)> = Vec::new();
    for labelled in second {
        for pair in pair_by(&labelled.older, &labelled.newer, &Decisions::default(), &model).taken {
            let right = labelled.truth.iter().any(|t| (t.older, t.newer) == (pair.older, pair.newer));
            let margin = f64::from(pair.margin);
            if margin.is_finite() {
                margins.push((margin, right));
            }
        }
    }
    let rows: Vec<Row> =
        margins.iter().map(|&(margin, is_pair)| Row { features: vec![margin], is_pair, weight: 1.0 }).collect();
    let platt = logistic(&rows, 0.01, 0);
    (model.slope, model.intercept) = (platt[0], platt[1]);
    margins.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut right = 0usize;
    let mut lowest = f64::INFINITY;
    for (number, (margin, is_pair)) in margins.iter().enumerate() {
        right += usize::from(*is_pair);
        if right as f64 / (number + 1) as f64 >= PRECISION {
            lowest = *margin;
        }
    }
    let whole: usize = second
        .iter()
        .flat_map(|labelled| &labelled.truth)
        .filter(|t| !matches!(t.change, Change::Split | Change::Joined))
        .count();
    for wanted in [0.999, 0.998, 0.997, 0.996, 0.995, 0.99] {
        let (mut right, mut best) = (0usize, (0usize, 0.0));
        for (number, (margin, is_pair)) in margins.iter().enumerate() {
            right += usize::from(*is_pair);
            if right as f64 / (number + 1) as f64 >= wanted {
                best = (number + 1, *margin);
            }
        }
        println!("// precision {wanted}: {} taken of {whole} whole pairs, margin {:.3}", best.0, best.1);
    }
    println!("// margin {lowest:.3} gives {PRECISION} on {} assigned pairs", margins.len());
    for (name, weight) in NAMES.iter().zip(&model.weights) {
        println!("// {weight:>8.3}  {name}");
    }
    println!(
        "weights: {:.3?},\nbias: {:.3},\nslope: {:.3},\nintercept: {:.3},",
        model.weights, model.bias, model.slope, model.intercept
    );
    model.take = (model.confidence(lowest) * 1000.0).ceil() / 1000.0;
    println!("take: {:.3},", model.take);
    model
}

/// A candidate as a row; parts of split and joined items are neither pairs nor none.
fn row(labelled: &Labelled, candidate: &Candidate, weight: f64) -> Option<Row> {
    let truth = labelled.truth.iter().find(|t| (t.older, t.newer) == (candidate.older, candidate.newer));
    if truth.is_some_and(|truth| matches!(truth.change, Change::Split | Change::Joined)) {
        return None;
    }
    Some(Row { features: candidate.features.iter().map(|&f| f64::from(f)).collect(), is_pair: truth.is_some(), weight })
}

/// Logistic regression with a ridge; of the first `positive` weights none is below zero: where it would be, the
/// feature says nothing that the others do not, and is left out. The bias comes last and costs nothing.
fn logistic(rows: &[Row], ridge: f64, positive: usize) -> Vec<f64> {
    let size = rows.first().map_or(0, |row| row.features.len()) + 1;
    let mut used = vec![true; size];
    loop {
        let weights = newton(rows, ridge, &used);
        let worst = (0..positive.min(size - 1))
            .filter(|&at| weights[at] < 0.0)
            .min_by(|&a, &b| weights[a].total_cmp(&weights[b]));
        match worst {
            Some(at) => used[at] = false,
            None => return weights,
        }
    }
}

/// Newton's method over the features that are used.
fn newton(rows: &[Row], ridge: f64, used: &[bool]) -> Vec<f64> {
    let size = used.len();
    let mut weights = vec![0.0; size];
    for _ in 0..40 {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![vec![0.0; size]; size];
        for row in rows {
            let x: Vec<f64> = row
                .features
                .iter()
                .copied()
                .chain([1.0])
                .zip(used)
                .map(|(x, &used)| if used { x } else { 0.0 })
                .collect();
            let z: f64 = weights.iter().zip(&x).map(|(weight, x)| weight * x).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            let (missing, curve) =
                (row.weight * (f64::from(u8::from(row.is_pair)) - p), row.weight * (p * (1.0 - p)).max(1e-9));
            for i in 0..size {
                gradient[i] += missing * x[i];
                for j in 0..size {
                    hessian[i][j] += curve * x[i] * x[j];
                }
            }
        }
        for at in 0..size {
            let cost = if at + 1 == size { 1e-9 } else { ridge };
            gradient[at] -= cost * weights[at];
            hessian[at][at] += cost;
        }
        let step = solve(hessian, gradient);
        let length: f64 = step.iter().map(|s| s.abs()).sum();
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if length < 1e-8 {
            break;
        }
    }
    weights
}

/// Solves a system of linear equations by elimination.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for at in 0..n {
        let pivot = (at..n).max_by(|&i, &j| a[i][at].abs().total_cmp(&a[j][at].abs())).unwrap_or(at);
        a.swap(at, pivot);
        b.swap(at, pivot);
        let (above, below) = a.split_at_mut(at + 1);
        let known = &above[at];
        for (row, values) in below.iter_mut().enumerate() {
            let factor = values[at] / known[at];
            for (value, known) in values.iter_mut().zip(known).skip(at) {
                *value -= factor * known;
            }
            b[at + 1 + row] -= factor * b[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|column| a[at][column] * b[column]).sum();
        b[at] = (b[at] - known) / a[at][at];
    }
    b
}

//! The parts of the program by themselves: `cargo bench`. Compare figures of one run only; machines are noisy.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark may fail")]
#![allow(missing_docs, reason = "criterion's macros")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
#[path = "../tests/it/support/drift.rs"]
mod drift;
#[path = "../tests/it/support/large.rs"]
mod large;
#[path = "../tests/it/support/random.rs"]
mod random;

use handlingsplan::interpret::{Vocabulary, interpret};
use handlingsplan::merge::pairing::pair;
use handlingsplan::merge::{Decisions, merge_plans};
use handlingsplan::model::{Document, Plan, SourceFile};
use handlingsplan::open::open;
use handlingsplan::read::{ReadOptions, read};
use handlingsplan::write::{Format, WriteOptions, render};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/plans/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn plan(name: &str) -> Plan {
    let vocabulary = Vocabulary::standard().unwrap();
    match open(&bytes(name), name, &ReadOptions::default(), &vocabulary).unwrap().remove(0) {
        Document::ActionPlan(plan) => plan,
        Document::SupportingDocument(_) => panic!("{name} is a plan"),
    }
}

/// Bytes → pages, for each format.
fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    for ending in ["docx", "xlsx", "pptx", "docx.pdf"] {
        let bytes = bytes(&format!("rpo-md-2025.{ending}"));
        if read(&bytes, &ReadOptions::default()).is_err() {
            continue;
        }
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(ending), &bytes, |bencher, bytes| {
            bencher.iter(|| read(black_box(bytes), &ReadOptions::default()).unwrap());
        });
    }
    group.finish();
}

/// Pages → plan.
fn interpreting(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::standard().unwrap();
    let document = read(&bytes("rpo-md-2025.docx"), &ReadOptions::default()).unwrap();
    let file = SourceFile { file: "plan.docx".into(), format: "docx".into(), sha256: String::new() };
    criterion.bench_function("interpret", |bencher| {
        bencher.iter(|| interpret(black_box(&document), &file, &vocabulary));
    });
    criterion.bench_function("vocabulary", |bencher| bencher.iter(|| Vocabulary::standard().unwrap()));
}

/// Two years of a plan into one.
fn merging(criterion: &mut Criterion) {
    let (older, newer) = (plan("rpo-md-2023.docx"), plan("rpo-md-2024.docx"));
    criterion.bench_function("merge", |bencher| {
        bencher.iter(|| merge_plans(black_box(older.clone()), black_box(newer.clone())));
    });
}

/// Which items of two large plans are one.
fn pairing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pair 500 and 500 items");
    group.sample_size(20);
    let (older, newer) = large::drift(500);
    let few = (large::promise_only(500, 1), large::promise_only(500, 2));
    let alike = (large::alike(500, "a"), large::alike(500, "b"));
    for (name, (older, newer)) in [("years of one plan", (older, newer)), ("few words", few), ("all alike", alike)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| pair(black_box(&older), black_box(&newer), &Decisions::default()));
        });
    }
    group.finish();
}

/// Plan → bytes, for each format.
fn writing(criterion: &mut Criterion) {
    let document = Document::ActionPlan(plan("rpo-md-2025.docx"));
    let mut group = criterion.benchmark_group("write");
    for &format in Format::ALL {
        group.bench_function(format.ending(), |bencher| {
            bencher.iter(|| render(black_box(&document), format, &WriteOptions::default()).unwrap());
        });
    }
    group.finish();
}

criterion_group!(parts, reading, interpreting, merging, pairing, writing);
criterion_main!(parts);

//! Labelled follow-up cells: reading them, and comparing what the splitter makes of them.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::explicit_auto_deref,
    clippy::expect_used,
    reason = "the tests and the example each use their part, and may fail"
)]

use std::collections::BTreeMap;

use handlingsplan::interpret::entries::{Context, explain, split};
use handlingsplan::model::{Block, BlockKind, Run, WarningCode, blocks_text};
use serde::Deserialize;

pub mod generator;
pub mod phrases;

/// The cells of one document, with the right answers.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    pub name: String,
    pub updated: Option<jiff::civil::Date>,
    pub year: Option<i16>,
    pub cells: Vec<LabelledCell>,
}

/// One cell: a block is a text, with "* " before a list point and "**" round bold words.
#[derive(Clone, Debug, Deserialize)]
pub struct LabelledCell {
    /// What the cell is about, for the error analysis.
    #[serde(default)]
    pub kind: String,
    pub blocks: Vec<String>,
    pub entries: Vec<(Option<String>, String)>,
    /// The kinds of warnings that must be given; others of date and order must not.
    #[serde(default)]
    pub warnings: Option<Vec<WarningCode>>,
}

pub fn block(text: &str) -> Block {
    let (kind, text) = match text.strip_prefix("* ") {
        Some(rest) => (BlockKind::Bullet, rest),
        None => (BlockKind::Paragraph, text),
    };
    let runs = text.split("**").enumerate().filter(|(_, part)| !part.is_empty());
    let runs = runs.map(|(index, part)| Run { text: part.into(), bold: index % 2 == 1, ..Run::default() }).collect();
    Block { kind, level: 0, runs }
}

pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts of entries: in both, only in the answer, only in the reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub cells: usize,
    pub exact: usize,
    pub right: usize,
    pub missed: usize,
    pub wrong: usize,
}

impl Tally {
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / ((2 * self.right + self.missed + self.wrong) as f64).max(1.0)
    }

    pub fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.exact += other.exact;
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }
}

/// What came of one document: a tally by kind of cell, and the cells that went wrong in words.
pub fn score(document: &Document) -> (BTreeMap<String, Tally>, Vec<String>) {
    let blocks: Vec<Vec<Block>> =
        document.cells.iter().map(|cell| cell.blocks.iter().map(|text| block(text)).collect()).collect();
    let cells: Vec<&[Block]> = blocks.iter().map(Vec::as_slice).collect();
    let context = Context { updated: document.updated, year: document.year };
    let (mut tallies, mut wrongs) = (BTreeMap::<String, Tally>::new(), Vec::new());
    let why = explain(&cells, &context);
    for (index, (read, cell)) in split(&cells, &context).into_iter().zip(&document.cells).enumerate() {
        let mut missing: Vec<_> = cell.entries.iter().map(|(date, text)| (date.clone(), fold(text))).collect();
        let mut extra = Vec::new();
        let mut right = 0;
        for entry in &read.entries {
            let entry = (entry.date.map(|date| date.to_string()), fold(&blocks_text(&entry.text)));
            match missing.iter().position(|wanted| *wanted == entry) {
                Some(at) => {
                    missing.remove(at);
                    right += 1;
                }
                None => extra.push(entry),
            }
        }
        let given: Vec<_> = read.warnings.iter().map(|warning| warning.code).collect();
        let warned = cell.warnings.as_ref().is_none_or(|wanted| *wanted == given);
        let exact = missing.is_empty() && extra.is_empty();
        let tally = Tally { cells: 1, exact: usize::from(exact), right, missed: missing.len(), wrong: extra.len() };
        tallies.entry(cell.kind.clone()).or_default().add(tally);
        if !exact || !warned {
            let mut told = format!("{} cell {index} ({}): {:?}\n", document.name, cell.kind, cell.blocks);
            missing.iter().for_each(|entry| told.push_str(&format!("   missing {entry:?}\n")));
            extra.iter().for_each(|entry| told.push_str(&format!("   extra   {entry:?}\n")));
            if !warned {
                told.push_str(&format!("   warnings {given:?}, wanted {:?}\n", cell.warnings));
            }
            for decision in &why[index] {
                told.push_str(&format!(
                    "     {} {} margin {:+.1} order {:+.1} {:?}\n",
                    if decision.starts_entry { "START" } else { "text " },
                    decision.written,
                    decision.margin,
                    decision.order,
                    decision.features
                ));
            }
            wrongs.push(told);
        }
    }
    (tallies, wrongs)
}

/// The labelled documents of a file in `fixtures/entries`.
pub fn load(name: &str) -> Vec<Document> {
    let path = format!("{}/fixtures/entries/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("the file is there")).expect("the file is well formed")
}

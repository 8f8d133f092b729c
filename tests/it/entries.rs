//! The splitting of entries against labelled cells, and what must hold for any cell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support::entries as labelled;

use std::time::{Duration, Instant};

use handlingsplan::interpret::entries::{Context, split};
use handlingsplan::model::{Block, BlockKind, Entry, EntryDate, Run, blocks_text};
use jiff::civil::Date;
use labelled::{Tally, generator, load, phrases, score};
use proptest::prelude::*;

/// The share of entries that must come out right, by F1.
const WANTED: f64 = 0.99;

fn exact(name: &str) {
    let wrongs: Vec<String> = load(name).iter().flat_map(|document| score(document).1).collect();
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn the_plans_cells_are_split_exactly() {
    exact("plans");
}

#[test]
fn the_adversarial_cells_are_split_exactly() {
    exact("adversarial");
}

#[test]
fn the_benchmark_stays_above_what_is_wanted() {
    for (name, seed) in [("tuning", 1), ("held_out", 2)] {
        let mut sum = Tally::default();
        for document in generator::documents(&phrases::load(name), name, seed, 60) {
            score(&document).0.values().for_each(|tally| sum.add(*tally));
        }
        assert!(sum.cells >= 300, "{name} has {} cells", sum.cells);
        assert!(sum.f1() >= WANTED, "{name}: F1 {:.4}", sum.f1());
    }
}

fn alphanumeric(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

fn shown(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(|entry| entry.written.clone().unwrap_or_default() + " " + &blocks_text(&entry.text) + " ")
        .collect()
}

/// Text with much of what the splitter looks for in it.
fn cell_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zåäöA-ZÅÄÖ]{1,9}".prop_map(|word| word + " "),
        3 => (2000i16..2050, 0u8..14, 0u8..33).prop_map(|(y, m, d)| format!("{:02}{m:02}{d:02}", y % 100)),
        1 => (2000i16..2050, 1u8..14, 1u8..33).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => (1u8..33, 1u8..14).prop_map(|(d, m)| format!("{d}/{m}")),
        1 => (1u8..33).prop_map(|d| format!("{d} februari 2024")),
        1 => (1990i16..2060).prop_map(|y| y.to_string()),
        3 => prop::sample::select(vec![" ", "\n", ": ", ". ", "-", "–", "(", ")", "\r\n", "\u{a0}", "till ", "• ", "Möte "])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn cell() -> impl Strategy<Value = Vec<Block>> {
    let run = (cell_text(), any::<bool>()).prop_map(|(text, bold)| Run { text, bold, ..Run::default() });
    let block = (prop::collection::vec(run, 0..4), any::<bool>()).prop_map(|(runs, bullet)| Block {
        kind: if bullet { BlockKind::Bullet } else { BlockKind::Paragraph },
        level: 0,
        runs,
    });
    prop::collection::vec(block, 0..6)
}

fn entries() -> impl Strategy<Value = Vec<(Date, String)>> {
    let text = "[A-ZÅÄÖ][a-zåäö]{2,9}( [a-zåäö]{1,9}){0,8}[.!?]?";
    let day = (2019i16..2025, 1i8..13, 1i8..29).prop_map(|(y, m, d)| jiff::civil::date(y, m, d));
    prop::collection::btree_map(day, text, 1..7).prop_map(|map| map.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_moves(cells in prop::collection::vec(cell(), 0..5), year in prop::option::of(2015i16..2035)) {
        let borrowed: Vec<&[Block]> = cells.iter().map(Vec::as_slice).collect();
        let read = split(&borrowed, &Context { updated: None, year });
        prop_assert_eq!(read.len(), cells.len());
        for (blocks, cell) in cells.iter().zip(&read) {
            let before: String = blocks.iter().map(|block| block.text() + "\n").collect();
            let after = shown(&cell.entries);
            prop_assert!(alphanumeric(&before).eq(alphanumeric(&after)), "{:?} became {:?}", before, after);
            let runs = cell.entries.iter().flat_map(|entry| &entry.text).flat_map(|block| &block.runs);
            prop_assert!(runs.into_iter().all(|run| !run.text.contains(['\n', '\r'])));
        }
    }

    #[test]
    fn entries_rendered_as_paragraphs_come_back(entries in entries()) {
        let rendered: Vec<Block> = entries
            .iter()
            .map(|(day, text)| Block::paragraph(format!("{:02}{:02}{:02} {text}", day.year() % 100, day.month(), day.day())))
            .collect();
        let read = split(&[&rendered], &Context::default()).remove(0);
        let got: Vec<_> = read.entries.iter().map(|entry| (entry.date, blocks_text(&entry.text))).collect();
        let wanted: Vec<_> = entries.into_iter().map(|(day, text)| (Some(EntryDate::Day(day)), text)).collect();
        prop_assert_eq!(got, wanted);
    }
}

/// A year at the end of its type's range overflowed when the years around it were counted.
#[test]
fn any_context_will_do() {
    for year in [i16::MIN, i16::MAX, 0] {
        let context = Context { updated: Some(Date::MAX), year: Some(year) };
        assert_eq!(split(&[&[Block::paragraph("240614 Start")]], &context)[0].entries.len(), 1);
    }
}

/// A word glued to a date looked like the label of the next date, which then took the first one's text a second time.
#[test]
fn a_label_never_reaches_over_another_date() {
    let block = [Block::paragraph("240101🢰Möte 240201: Start")];
    let read = split(&[&block], &Context::default()).remove(0);
    assert!(alphanumeric(&shown(&read.entries)).eq(alphanumeric("240101Möte240201Start")));
}

/// Each of these, were any step quadratic, would take minutes.
#[test]
fn a_megabyte_in_one_cell_is_bounded_work() {
    let spaces = " ".repeat(100_000);
    let repeated = |piece: &str| piece.repeat(150_000 / piece.len());
    let texts = [
        "240614 Beslut att fortsätta ".repeat(1_000_000 / 29),
        repeated("240614 beslut 230101\n"),
        repeated("240614-"),
        repeated("("),
        repeated("1"),
        repeated("6/5 a\n"),
        repeated("\n2022 "),
        repeated("240614 ! ") + &spaces,
        repeated("x: \n"),
        spaces.clone() + &repeated("240614 A:\n"),
        repeated("å").replace(' ', ""),
    ];
    for text in texts {
        let block = [Block::paragraph(text)];
        let start = Instant::now();
        let read = split(&[&block], &Context { updated: None, year: Some(2024) });
        let taken = start.elapsed();
        assert!(
            taken < Duration::from_secs(15),
            "{taken:?} for {:?}…",
            block[0].text().chars().take(20).collect::<String>()
        );
        assert!(read[0].warnings.len() < 30);
    }
}

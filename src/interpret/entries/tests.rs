use super::*;
use crate::model::{BlockKind, Run, WarningCode, blocks_text};

fn context() -> Context {
    Context { updated: Some(jiff::civil::date(2024, 6, 14)), year: Some(2024) }
}

fn split_texts(texts: &[&str]) -> SplitCell {
    let blocks: Vec<Block> = texts.iter().map(|text| Block::paragraph(*text)).collect();
    split(&[&blocks], &context()).remove(0)
}

fn told(cell: &SplitCell) -> Vec<(String, String)> {
    let written = |entry: &Entry| entry.written.clone().unwrap_or_default();
    cell.entries.iter().map(|entry| (written(entry), blocks_text(&entry.text))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(written, text)| ((*written).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn looks_and_list_points_stay_and_the_bold_colon_goes() {
    let bold = |text: &str| Run { text: text.into(), bold: true, ..Run::default() };
    let blocks = [
        Block { runs: vec![bold("240205:"), Run::plain(" Arbetet "), bold("startat")], ..Block::default() },
        Block::bullet(1, "Grupp utsedd"),
    ];
    let cell = split(&[&blocks], &context()).remove(0);
    let entry = &cell.entries[0];
    assert_eq!(entry.written.as_deref(), Some("240205"));
    assert_eq!(entry.date.unwrap().to_string(), "2024-02-05");
    assert_eq!(entry.text[0].runs, [Run::plain("Arbetet "), bold("startat")]);
    assert_eq!((entry.text[1].kind, entry.text[1].level), (BlockKind::Bullet, 1));
}

#[test]
fn a_soft_break_divides_blocks_and_never_stays() {
    let cell = split_texts(&["240205 Start\nAnna ansvarar\n240417 Klart"]);
    assert_eq!(cell.entries[0].text, [Block::paragraph("Start"), Block::paragraph("Anna ansvarar")]);
    assert_eq!(cell.entries.len(), 2);
}

#[test]
fn an_empty_cell_has_no_entries() {
    assert_eq!(split_texts(&["", " \n "]), SplitCell::default());
    assert!(split(&[], &context()).is_empty());
}

#[test]
fn a_meeting_that_recurs_tells_a_start_that_its_own_cell_does_not() {
    let doubtful = [Block::paragraph("231013 Nominering pågår 240205 arbetet löper på")];
    let alone = split(&[&doubtful], &context()).remove(0);
    assert_eq!(alone.entries.len(), 1, "nothing but the document tells");
    let row = [Block::paragraph("231013 Start"), Block::paragraph("240205 Fortsatt arbete")];
    let among = split(&[&doubtful, &row, &row, &row], &context());
    assert_eq!(told(&among[0]), pairs(&[("231013", "Nominering pågår"), ("240205", "arbetet löper på")]));
}

#[test]
fn a_day_without_year_takes_it_from_its_neighbours_or_not_at_all() {
    let cell = split_texts(&["231201 Start", "6/2 Avstämning", "240417 Slut"]);
    assert_eq!(cell.entries[1].date.unwrap().to_string(), "2024-02-06");
    let cell = split_texts(&["220101 Start", "6/2 Avstämning", "240417 Slut"]);
    assert_eq!(cell.entries.len(), 2, "2022, 2023 or 2024");
    assert_eq!(cell.warnings[0].code, WarningCode::DoubtfulDate);
}

#[test]
fn warnings_tell_what_a_person_must_look_at() {
    let codes = |texts: &[&str]| split_texts(texts).warnings.iter().map(|warning| warning.code).collect::<Vec<_>>();
    assert_eq!(codes(&["240417 B", "240205 A"]), [WarningCode::EntriesOutOfOrder]);
    assert_eq!(codes(&["240205 A", "240918 B"]), [WarningCode::EntryInFuture]);
    assert_eq!(codes(&["240205 A", "240431 B"]), [WarningCode::ImpossibleDate]);
    assert_eq!(codes(&["240205 A", "240417 B"]), []);
}

#[test]
fn each_decision_is_explained() {
    let blocks = [Block::paragraph("240205 Dispens till 241231. Klart")];
    let decisions = explain(&[&blocks], &context()).remove(0);
    assert!(decisions[0].starts_entry && decisions[0].features == [Feature::CellStart]);
    assert!(!decisions[1].starts_entry && decisions[1].features.contains(&Feature::Binding));
    let sum: f32 = decisions[1].features.iter().map(|feature| feature.weight()).sum();
    assert!((sum + decisions[1].order + decisions[1].margin).abs() < 0.01, "the margin is what the features add up to");
}

#[test]
fn the_documentation_lists_every_weight() {
    let docs = include_str!("../../../docs/entries.md");
    for feature in Feature::ALL {
        let row = format!("| `{feature:?}` | {:+.1} |", feature.weight()).replace('-', "−");
        assert!(docs.contains(&row), "docs/entries.md lacks {row}");
    }
}

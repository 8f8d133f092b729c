//! Uniting dated entries: nothing is lost, nothing stands twice.

use std::cell::OnceCell;

use crate::model::{Block, Entry, blocks_text, fold_words, is_blank};

use super::report::EntryOutcome;

/// What became of an entry, and the text it disagrees with.
pub(super) struct United {
    pub(super) outcome: EntryOutcome,
    /// Another text that already stood for the same day.
    pub(super) against: Option<Vec<Block>>,
}

/// Unites an entry with those of its item.
///
/// Entries of one date are compared by their words. One that holds the whole of another replaces it and
/// keeps it as an earlier wording. Holding the whole is transitive, so the order in which entries come
/// never changes which of them stand.
pub(super) fn unite(entries: &mut Vec<Entry>, mut new: Entry) -> United {
    if is_blank(&new.text) {
        return United { outcome: EntryOutcome::None, against: None };
    }
    let new_words = OnceCell::new();
    // The same words stand already: whatever else stands beside them, nothing changes.
    let same = |entry: &&mut Entry| {
        let words = || new_words.get_or_init(|| folded(&new.text));
        entry.date == new.date && (entry.text == new.text || folded(&entry.text) == *words())
    };
    if let Some(entry) = entries.iter_mut().find(same) {
        add_earlier(entry, new.earlier);
        return United { outcome: EntryOutcome::Unchanged, against: None };
    }
    if entries.iter().all(|entry| entry.date != new.date) {
        entries.insert(place_for(entries, &new), new);
        return United { outcome: EntryOutcome::Added, against: None };
    }
    let new_words = new_words.into_inner().unwrap_or_else(|| folded(&new.text));
    let mut against = None;
    let mut shorter = Vec::new();
    for (at, entry) in entries.iter_mut().enumerate().filter(|(_, entry)| entry.date == new.date) {
        let old_words = folded(&entry.text);
        if holds(&old_words, &new_words) {
            let known = entry.earlier.iter().any(|text| folded(text) == new_words);
            let outcome = if known { EntryOutcome::Unchanged } else { EntryOutcome::KeptAsEarlier };
            add_earlier(entry, std::iter::once(new.text).chain(new.earlier));
            return United { outcome, against: None };
        }
        if entry.earlier.iter().any(|text| folded(text) == new_words) {
            return United { outcome: EntryOutcome::Unchanged, against: None };
        }
        if holds(&new_words, &old_words) {
            shorter.push(at);
        } else {
            against.get_or_insert_with(|| entry.text.clone());
        }
    }
    // Text before any date and a year alone are no one meeting's words: two of them are no conflict.
    let against = against.filter(|_| new.date.is_some_and(|date| date.day().is_some()));
    let Some(&place) = shorter.first() else {
        entries.insert(place_for(entries, &new), new);
        return United { outcome: EntryOutcome::Added, against };
    };
    for &at in shorter.iter().rev() {
        let old = if at == place {
            std::mem::replace(&mut entries[at], Entry::undated(Vec::new()))
        } else {
            entries.remove(at)
        };
        new.written = new.written.or(old.written);
        let mut earlier = vec![old.text];
        earlier.extend(old.earlier);
        earlier.extend(std::mem::take(&mut new.earlier));
        add_earlier(&mut new, earlier);
    }
    entries[place] = new;
    United { outcome: EntryOutcome::Replaced, against }
}

/// Share of the longer text's letters that may differ between two wordings of one entry.
const SMALL_EDIT: f32 = 0.15;

/// Unites an entry of an older version with those of a newer one. Where the newer version has the same
/// text with small edits, the newer wording stands and the older is kept with it.
pub(super) fn unite_older(entries: &mut Vec<Entry>, older: Entry) -> United {
    // Most entries stand in the newer version as they stood in the older.
    if entries.iter().any(|entry| entry.date == older.date && entry.text == older.text) {
        return unite(entries, older);
    }
    let words = folded(&older.text);
    let known = |entry: &Entry| folded(&entry.text) == words || entry.earlier.iter().any(|text| folded(text) == words);
    let same_day = |entry: &&mut Entry| entry.date == older.date;
    if !entries.iter().any(|entry| entry.date == older.date && known(entry))
        && let Some(entry) = entries.iter_mut().filter(same_day).find(|e| small_edit(&folded(&e.text), &words))
    {
        add_earlier(entry, std::iter::once(older.text).chain(older.earlier));
        return United { outcome: EntryOutcome::KeptAsEarlier, against: None };
    }
    unite(entries, older)
}

/// Whether two texts are one with small edits: most words are common to both, in the same order.
fn small_edit(a: &str, b: &str) -> bool {
    let letters = |words: &str| words.chars().filter(|c| *c != ' ').count();
    let longer = letters(a).max(letters(b));
    let allowed = (SMALL_EDIT * longer as f32) as usize;
    let long = |words: &str| words.split(' ').count() > MOST_WORDS;
    if letters(a).abs_diff(letters(b)) > allowed || long(a) || long(b) {
        return false;
    }
    let flat = |words: &str| words.chars().filter(|c| *c != ' ').collect::<Vec<char>>();
    let (a, b) = (flat(a), flat(b));
    // Only the band of the table within which so few edits can lie is filled in.
    let mut back: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let (from, to) = (i.saturating_sub(allowed), (i + allowed + 1).min(b.len()));
        let mut row = vec![usize::MAX / 2; b.len() + 1];
        if from == 0 {
            row[0] = i + 1;
        }
        for j in from..to {
            row[j + 1] = (back[j] + usize::from(*x != b[j])).min(back[j + 1] + 1).min(row[j] + 1);
        }
        back = row;
    }
    back.last().is_some_and(|&edits| edits <= allowed)
}

/// Entries of more words are compared by equality and by holding the whole only.
const MOST_WORDS: usize = 400;

/// Adds earlier wordings that the entry does not have yet.
fn add_earlier(entry: &mut Entry, texts: impl IntoIterator<Item = Vec<Block>>) {
    for text in texts {
        if text == entry.text || entry.earlier.contains(&text) {
            continue;
        }
        let words = folded(&text);
        if words != folded(&entry.text) && !entry.earlier.iter().any(|known| folded(known) == words) {
            entry.earlier.push(text);
        }
    }
}

/// Where a new entry goes: in order of time when the cell is in order, else last; no date first.
fn place_for(entries: &[Entry], new: &Entry) -> usize {
    let undated = entries.iter().take_while(|entry| entry.date.is_none()).count();
    let Some(date) = new.date else { return undated };
    let dates: Vec<_> = entries[undated..].iter().filter_map(|entry| entry.date).collect();
    let rising = dates.is_sorted();
    let falling = dates.is_sorted_by(|a, b| a >= b) && dates.first() > dates.last();
    let before = |stands_after: fn(&crate::model::EntryDate, &crate::model::EntryDate) -> bool| {
        let dated = entries.iter().position(|entry| entry.date.is_some_and(|other| stands_after(&other, &date)));
        dated.unwrap_or(entries.len())
    };
    match (rising, falling) {
        (true, _) => before(|other, new| other > new),
        (false, true) => before(|other, new| other < new),
        (false, false) => entries.len(),
    }
}

/// The words of a text, for telling whether two texts say the same.
fn folded(text: &[Block]) -> String {
    fold_words(&blocks_text(text))
}

/// Whether one text holds the whole of another, word for word, and more.
fn holds(long: &str, short: &str) -> bool {
    !short.is_empty() && long.len() > short.len() && format!(" {long} ").contains(&format!(" {short} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntryDate;

    fn entry(date: &str, text: &str) -> Entry {
        let date = if date.is_empty() { None } else { Some(date.parse::<EntryDate>().unwrap()) };
        Entry { date, ..Entry::undated(vec![Block::paragraph(text)]) }
    }

    fn shown(entries: &[Entry]) -> Vec<String> {
        let show = |e: &Entry| {
            let earlier: Vec<String> = e.earlier.iter().map(|text| blocks_text(text)).collect();
            let date = e.date.map(|d| d.to_string()).unwrap_or_default();
            format!(
                "{date} {}{}",
                blocks_text(&e.text),
                if earlier.is_empty() { String::new() } else { format!(" {earlier:?}") }
            )
        };
        entries.iter().map(show).collect()
    }

    fn united(list: &[(&str, &str)]) -> Vec<String> {
        let mut entries = Vec::new();
        for (date, text) in list {
            unite(&mut entries, entry(date, text));
        }
        shown(&entries)
    }

    #[test]
    fn equal_longer_shorter_and_other_texts() {
        let day = "2024-01-01";
        assert_eq!(united(&[(day, "Beslut fattat"), (day, "beslut FATTAT.")]), ["2024-01-01 Beslut fattat"]);
        let long = ["2024-01-01 Beslut fattat i dag [\"Beslut fattat\"]"];
        assert_eq!(united(&[(day, "Beslut fattat"), (day, "Beslut fattat i dag")]), long);
        assert_eq!(united(&[(day, "Beslut fattat i dag"), (day, "Beslut fattat")]), long);
        assert_eq!(united(&[(day, "Beslut fattat i dag"), (day, "Beslut fattat"), (day, "Beslut fattat")]), long);
        assert_eq!(united(&[(day, "a b"), (day, "c d"), (day, "a b c d")]), ["2024-01-01 a b c d [\"a b\", \"c d\"]"]);
        let mut entries = vec![entry(day, "ett")];
        assert!(unite(&mut entries, entry(day, "två")).against.is_some());
        assert_eq!(entries.len(), 2);
        assert!(unite(&mut entries, entry(day, "två")).against.is_none(), "once merged, no longer a conflict");
    }

    #[test]
    fn a_word_inside_another_is_not_the_same_text() {
        let mut entries = vec![entry("2024-01-01", "Beslutsunderlag")];
        assert_eq!(unite(&mut entries, entry("2024-01-01", "Beslut")).outcome, EntryOutcome::Added);
    }

    #[test]
    fn new_entries_stand_in_order_of_time() {
        let first = |list: &[(&str, &str)], new: (&str, &str)| {
            let mut entries: Vec<Entry> = list.iter().map(|(d, t)| entry(d, t)).collect();
            unite(&mut entries, entry(new.0, new.1));
            entries.iter().position(|e| blocks_text(&e.text) == new.1).unwrap()
        };
        let rising = [("", "x"), ("2023", "a"), ("2023-05-01", "b"), ("2024-01-01", "c")];
        assert_eq!(first(&rising, ("2024-02-01", "ny")), 4);
        assert_eq!(first(&rising, ("2023-05-01", "ny")), 3);
        assert_eq!(first(&rising, ("2022-05-01", "ny")), 1);
        assert_eq!(first(&rising, ("", "ny")), 1);
        let falling = [("2024-01-01", "c"), ("2023-05-01", "b")];
        assert_eq!(first(&falling, ("2024-02-01", "ny")), 0);
        assert_eq!(first(&falling, ("2023-06-01", "ny")), 1);
        let mixed = [("2024-01-01", "c"), ("2023-05-01", "b"), ("2024-03-01", "d")];
        assert_eq!(first(&mixed, ("2023-01-01", "ny")), 3);
    }
}

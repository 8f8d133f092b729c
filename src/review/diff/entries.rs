//! What became of an item's entries.

use crate::model::{Entry, blocks_text, fold_words};

use super::super::words::{Change, compare, likeness, lines, whole};
use super::{EntryChange, EntryFate};

/// How alike two texts of one date must be for the one to be the other's new wording.
const REWORDED: f32 = 0.3;
/// Words that a text must have to be known again under another date.
const TELLING: usize = 3;

/// The entries that are new, changed or gone, in order of time; of one day first those of the newer version.
pub(super) fn changes(old: &[Entry], new: &[Entry]) -> Vec<EntryChange> {
    let folded = |entry: &Entry| fold_words(&blocks_text(&entry.text));
    let (old_words, new_words): (Vec<String>, Vec<String>) =
        (old.iter().map(folded).collect(), new.iter().map(folded).collect());
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let mut pair = |partner: &mut Vec<Option<usize>>, fits: &dyn Fn(usize, usize) -> bool| {
        for (now, partner) in partner.iter_mut().enumerate().filter(|(_, partner)| partner.is_none()) {
            if let Some(then) = (0..old.len()).find(|&then| !taken[then] && fits(then, now)) {
                taken[then] = true;
                *partner = Some(then);
            }
        }
    };
    pair(&mut partner, &|then, now| old[then].date == new[now].date && old_words[then] == new_words[now]);
    pair(&mut partner, &|then, now| {
        old[then].date == new[now].date && likeness(&old_words[then], &new_words[now]) >= REWORDED
    });
    pair(&mut partner, &|then, now| old_words[then] == new_words[now] && new_words[now].split(' ').count() >= TELLING);
    let mut changes = Vec::new();
    for (now, partner) in partner.iter().enumerate() {
        let entry = &new[now];
        let Some(then) = *partner else {
            let words = whole(Change::Added, &lines(&entry.text));
            changes.push(EntryChange { fate: EntryFate::Added, date: entry.date, old_date: None, words });
            continue;
        };
        let before = &old[then];
        if before.date != entry.date {
            let words = whole(Change::Same, &lines(&entry.text));
            let old_date = before.date;
            changes.push(EntryChange { fate: EntryFate::Redated, date: entry.date, old_date, words });
        } else if old_words[then] != new_words[now] {
            let words = compare(&lines(&before.text), &lines(&entry.text));
            changes.push(EntryChange { fate: EntryFate::Changed, date: entry.date, old_date: None, words });
        }
    }
    for (then, entry) in old.iter().enumerate().filter(|(then, _)| !taken[*then]) {
        let words = whole(Change::Removed, &lines(&old[then].text));
        changes.push(EntryChange { fate: EntryFate::Removed, date: entry.date, old_date: None, words });
    }
    changes.sort_by_key(|change| change.date);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, EntryDate};

    fn entry(date: &str, text: &str) -> Entry {
        Entry { date: date.parse::<EntryDate>().ok(), ..Entry::undated(vec![Block::paragraph(text)]) }
    }

    #[test]
    fn new_changed_redated_and_gone() {
        let old = [
            entry("2024-01-10", "Möte med berörda chefer"),
            entry("2024-02-05", "Rapporten är skickad till rådet"),
            entry("2024-03-01", "Inget nytt"),
            entry("2024-04-01", "Samma ord båda gångerna"),
        ];
        let new = [
            entry("2024-01-11", "Möte med berörda chefer"),
            entry("2024-02-05", "Rapporten är skickad till kunskapsrådet"),
            entry("2024-04-01", "Samma ord båda gångerna"),
            entry("2024-05-01", "Klart"),
        ];
        let fates: Vec<(EntryFate, String)> =
            changes(&old, &new).into_iter().map(|change| (change.fate, change.date.unwrap().to_string())).collect();
        let wanted = [
            (EntryFate::Redated, "2024-01-11"),
            (EntryFate::Changed, "2024-02-05"),
            (EntryFate::Removed, "2024-03-01"),
            (EntryFate::Added, "2024-05-01"),
        ];
        assert_eq!(fates, wanted.map(|(fate, day)| (fate, day.to_owned())));
    }
}

//! The rule about items that look like one.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::merge::pairing::alike;
use crate::model::{Block, Item, blocks_text, fold_words, words};

use super::context::dated;
use super::{Column, Context, Found};

/// How alike the whole wording of two items of one plan must be.
const ALIKE: f32 = 0.6;
/// How alike their activities must be on their own: items of one area share its name and differ here.
const ACTIVITIES: f32 = 0.85;
/// How many dated notes in common make two items look like one, and how many words a note must have to tell:
/// shorter ones ("Ingen ny information") are said of many items.
const NOTES: usize = 2;
const NOTE_WORDS: usize = 6;

/// Two open items with nearly the same wording, or with the same notes.
pub(super) fn similar(context: &Context<'_>, found: &mut Found<'_>) {
    let open: Vec<(usize, &Item)> = context.open().map(|(number, place)| (number, place.item)).collect();
    let items: Vec<&Item> = open.iter().map(|(_, item)| *item).collect();
    let worded = alike(&items, ALIKE);
    for second in 1..items.len() {
        for first in 0..second {
            let (one, other) = (items[first], items[second]);
            let likeness = worded.iter().find(|pair| (pair.0, pair.1) == (first, second)).map(|pair| pair.2);
            let same_activities = common_words(&one.activities, &other.activities) >= ACTIVITIES;
            let why = match likeness.filter(|_| same_activities) {
                Some(likeness) => format!("orden är {:.0} procent lika", likeness * 100.0),
                None => match common_notes(one, other) {
                    notes if notes >= NOTES => format!("{notes} anteckningar är desamma"),
                    _ => continue,
                },
            };
            let place = one.source.as_ref().map(|source| format!("{}, ", source.place)).unwrap_or_default();
            let message = format!("Punkten liknar ”{}” ({place}{}): {why}.", one.name(), one.id);
            found.item(context, open[second].0, Some(Column::Priority), message);
        }
    }
}

/// The share of words that two texts have in common.
fn common_words(one: &[Block], other: &[Block]) -> f32 {
    let set = |blocks: &[Block]| words(&blocks_text(blocks)).collect::<HashSet<String>>();
    let (one, other) = (set(one), set(other));
    if one.is_empty() && other.is_empty() {
        return 1.0;
    }
    2.0 * one.intersection(&other).count() as f32 / (one.len() + other.len()) as f32
}

fn common_notes(one: &Item, other: &Item) -> usize {
    let notes = |item: &Item| -> HashSet<(Date, String)> {
        let folded = dated(item).map(|(day, entry)| (day, fold_words(&blocks_text(&entry.text))));
        folded.filter(|(_, text)| text.split(' ').count() >= NOTE_WORDS).collect()
    };
    notes(one).intersection(&notes(other)).count()
}

//! Rules about the promises to patients.

use std::collections::HashSet;

use crate::model::{Item, blocks_text, fold_words, words};

use super::words::WORDS;
use super::{Column, Context, Found};

/// The share of common words from which a quoted text is one of the promises.
const LIKE: f32 = 0.5;
/// Of how many items in a hundred must name a promise, before one that names none is remarked on.
const MOST: usize = 60;
const MANY: usize = 4;

/// A quoted promise, or one after "Patientlöfte:", that is none of the seven.
pub(super) fn unknown(context: &Context<'_>, found: &mut Found<'_>) {
    for (number, place) in context.items.iter().enumerate() {
        let text = blocks_text(&place.item.priority);
        let marked = text.to_lowercase().find(&WORDS.promise.marker);
        let after = marked.and_then(|at| text.get(at..)).unwrap_or_default();
        let quoted: Vec<&str> = if marked.is_some() {
            quotes(after)
        } else {
            quotes(&text).into_iter().filter(|quote| begins_like_a_promise(quote)).collect()
        };
        for quote in &quoted {
            if !is_promise(quote) {
                let message = format!("”{}” är inget av de sju patientlöftena.", quote.trim());
                found.item(context, number, Some(Column::Priority), message);
            }
        }
        if marked.is_some() && quoted.is_empty() && place.item.promises.is_empty() && after.contains(':') {
            let named = after.split_once(':').map_or(after, |(_, named)| named).trim();
            if !named.is_empty() && !is_promise(named) {
                let message = format!("”{named}” är inget av de sju patientlöftena.");
                found.item(context, number, Some(Column::Priority), message);
            }
        }
    }
}

/// An item with no promise, where most items name one.
pub(super) fn missing(context: &Context<'_>, found: &mut Found<'_>) {
    let names_one = |item: &Item| {
        !item.promises.is_empty() || fold_words(&blocks_text(&item.priority)).contains(&WORDS.promise.marker)
    };
    let all = context.items.len();
    let with = context.items.iter().filter(|place| names_one(place.item)).count();
    if all < MANY || with * 100 < all * MOST {
        return;
    }
    for (number, place) in context.open().filter(|(_, place)| !names_one(place.item)) {
        if !blocks_text(&place.item.priority).trim().is_empty() {
            let message = format!("Punkten nämner inget patientlöfte; {with} av {all} punkter gör det.");
            found.item(context, number, Some(Column::Priority), message);
        }
    }
}

fn begins_like_a_promise(quote: &str) -> bool {
    let folded = fold_words(quote);
    WORDS.promise.begins.iter().any(|begin| folded.starts_with(begin.as_str()))
}

/// Whether a text says one of the promises, whole or in part, or holds one: by the words that tell them apart.
fn is_promise(text: &str) -> bool {
    let telling =
        |text: &str| -> HashSet<String> { words(text).filter(|word| !WORDS.promise.weak.contains(word)).collect() };
    let own = telling(text);
    WORDS.promise.texts.iter().any(|promise| {
        let theirs = telling(promise);
        let common = own.intersection(&theirs).count() as f32;
        common / own.len().max(1) as f32 > LIKE || common / theirs.len().max(1) as f32 > LIKE
    })
}

/// The quoted parts of a text.
fn quotes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| "”“\"»«„".contains(*c)) {
        match open.take() {
            Some(start) => found.push(&text[start..at]),
            None => open = Some(at + c.len_utf8()),
        }
    }
    found.retain(|quote| !quote.trim().is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seven_whole_in_part_and_others() {
        for text in &WORDS.promise.texts {
            assert!(is_promise(text), "{text}");
        }
        assert!(is_promise("erbjudas diagnostik och behandling och uppföljning enligt bästa kunskap"));
        assert!(is_promise("kostnadseffektiv vård"));
        assert!(is_promise("få tillgång till jämlik vård samt få tillgång till patientsäker vård"));
        for other in [
            "erbjudas god och nära vård",
            "vara nöjd med vården",
            "erbjudas korta köer",
            "få tillgång till ny teknik i hemmet",
        ] {
            assert!(!is_promise(other), "{other}");
        }
    }

    #[test]
    fn quotes_of_every_kind() {
        assert_eq!(quotes("a ”b c” samt \"d\" och »e»"), ["b c", "d", "e"]);
    }
}

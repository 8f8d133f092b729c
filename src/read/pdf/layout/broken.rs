//! Words that a narrow column broke with no hyphen (browsers' `overflow-wrap`, reportlab's long words).
//!
//! The page shows no difference between "läkemedels⏎behandling" and two words, but where a program breaks words it does
//! so everywhere: some breaks are certain, for the document holds the word whole elsewhere, or the rest could begin no
//! word. Where there are such, a line that is full to the last letter ends in a broken word if the place is one where
//! no two words would meet: inside a syllable. At the end of a syllable the page leaves it open, and a space stays.

use hypher::Lang;

use super::hyphens::Vocabulary;
use super::words::Word;

/// Words that stand right beside each other on a line, with no wide gap.
struct Part<'a> {
    words: &'a [Word],
}

impl Part<'_> {
    fn first(&self) -> Option<&Word> {
        self.words.first()
    }

    fn last(&self) -> Option<&Word> {
        self.words.last()
    }

    fn width(&self) -> f32 {
        self.last().zip(self.first()).map_or(0.0, |(last, first)| last.area.x1 - first.area.x0)
    }
}

/// Wider than a space between words, in sizes of the letters.
const WIDE: f32 = 0.6;
/// How many parts of lines are looked through for the line below.
const AHEAD: usize = 60;

fn parts(words: &[Word]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for index in 1..=words.len() {
        let beside = words.get(index).is_some_and(|word| {
            let before = &words[index - 1];
            let gap = (word.area.x0 - before.area.x1) / word.size.max(1.0);
            word.turn == 0 && (word.baseline - before.baseline).abs() < 0.2 * word.size && (-0.3..WIDE).contains(&gap)
        });
        if !beside {
            parts.push(Part { words: &words[start..index] });
            start = index;
        }
    }
    parts.retain(|part| part.first().is_some_and(|word| word.turn == 0));
    parts
}

/// Learns which words stand alone, whole beyond doubt: not at an end of a line, where they may be broken.
pub(crate) fn learn_whole(words: &[Word], vocabulary: &mut Vocabulary) {
    for part in parts(words) {
        let last = part.words.len() - 1;
        for (index, word) in part.words.iter().enumerate() {
            let glued = word.glued || part.words.get(index + 1).is_some_and(|next| next.glued);
            let begins = index > 0 || word.text.starts_with(char::is_uppercase);
            let ends = index < last || word.text.ends_with(['.', ',', ';', ':', ')']);
            if !glued && begins && ends {
                vocabulary.add_whole(&word.text);
            }
        }
    }
}

/// How many words of a page are certainly broken.
pub(crate) fn certain_breaks(words: &[Word], vocabulary: &Vocabulary) -> usize {
    let parts = parts(words);
    let is_broken = |(index, part): &(usize, &Part<'_>)| {
        let (Some(last), Some(first)) = (part.last(), part.first()) else { return false };
        let below = parts[index + 1..].iter().take(AHEAD).filter_map(Part::first).find(|next| {
            let step = (next.baseline - first.baseline) / first.size.max(1.0);
            (0.8..1.8).contains(&step) && (next.area.x0 - first.area.x0).abs() < 1.0
        });
        below.is_some_and(|next| {
            last.text.ends_with(char::is_alphabetic)
                && next.text.starts_with(char::is_lowercase)
                && last.area.width() + next.area.width() >= part.width()
                && vocabulary.is_cut(&last.text, &next.text)
        })
    };
    parts.iter().enumerate().filter(is_broken).count()
}

/// Whether the parts meet inside a syllable, where two words cannot. Only a beginning of one consonant and a vowel tells:
/// others draw the end of the word before to themselves.
pub(crate) fn meet_inside_syllable(end: &str, start: &str) -> bool {
    let from = end.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(end.len(), |(at, _)| at);
    let to = start.find(|c: char| !c.is_alphabetic()).unwrap_or(start.len());
    let abbreviation = start[to..].starts_with('.') && start[to..].chars().nth(1).is_some_and(char::is_alphabetic);
    let (head, tail) = (&end[from..], &start[..to]);
    if head.is_empty() || tail.is_empty() || abbreviation {
        return false;
    }
    let vowel = |c: char| "aeiouyåäö".contains(c);
    let mut begins = tail.chars();
    if begins.next().is_none_or(vowel) || !begins.next().is_some_and(vowel) {
        return false;
    }
    let whole = format!("{head}{tail}").to_lowercase();
    let mut at = 0;
    let ends_there = |syllable: &str| {
        at += syllable.len();
        at == head.len()
    };
    !hypher::hyphenate(&whole, Lang::Swedish).any(ends_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_at_the_ends_of_syllables_only() {
        for (end, start) in [
            ("sällsynta", "diagnoser"),
            ("hälsofrämjande", "insatser”"),
            ("Försenat", "p.g.a."),
            ("Gemensam", "upphandling"),
        ] {
            assert!(!meet_inside_syllable(end, start), "{end}|{start}");
        }
        assert!(meet_inside_syllable("kapacitetsp", "lanering"));
    }
}

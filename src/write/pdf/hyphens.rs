//! Where inside a word a line may break: after the signs that allow it, and between Swedish syllables.

use hypher::Lang;

/// A place inside a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chance {
    /// In bytes.
    pub(super) at: usize,
    pub(super) kind: Kind,
}

/// What a break there needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: a hyphen stands there.
    AfterHyphen,
    /// Nothing that shows: a slash, or a sign of an address.
    AfterSign,
    /// A hyphen.
    Syllable,
}

/// So many letters of a word stay together at least.
const SHORTEST: usize = 3;
/// Shorter words are not hyphenated.
const SHORTEST_WORD: usize = 7;

/// The places in order.
pub(super) fn chances(word: &str) -> Vec<Chance> {
    let address = is_address(word);
    let mut chances = Vec::new();
    let signs: Vec<(usize, char)> = word.char_indices().collect();
    for (index, &(at, sign)) in signs.iter().enumerate() {
        let kind = match sign {
            '-' | '\u{2010}' => Kind::AfterHyphen,
            '/' => Kind::AfterSign,
            '.' | '?' | '&' | '=' | '_' | '#' | '@' if address => Kind::AfterSign,
            _ => continue,
        };
        let (before, after) = (&signs[..index], &signs[index + 1..]);
        let letters =
            |part: &mut dyn Iterator<Item = &(usize, char)>| part.take_while(|(_, c)| c.is_alphabetic()).count();
        let in_word = letters(&mut before.iter().rev()) >= SHORTEST && letters(&mut after.iter()) >= SHORTEST;
        // Not between "https://" and the host.
        let in_address = address
            && before.last().is_some_and(|(_, c)| *c != '/')
            && after.first().is_some_and(|(_, c)| c.is_alphanumeric());
        if in_word || in_address {
            chances.push(Chance { at: at + sign.len_utf8(), kind });
        }
    }
    if !address {
        syllables(word, &mut chances);
    }
    chances.sort_by_key(|chance| chance.at);
    chances
}

/// Whether the word is a web or mail address, which may break after its signs and gets no hyphens.
pub(super) fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("www.") || (word.contains('@') && word.contains('.'))
}

fn syllables(word: &str, chances: &mut Vec<Chance>) {
    let mut start = 0;
    for part in word.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let begin = start;
        start += part.len();
        // Abbreviations are no words: SÖSR, eHälsa.
        let lower = letters.chars().skip(1).all(char::is_lowercase);
        if letters.chars().count() < SHORTEST_WORD || !lower {
            continue;
        }
        let folded = letters.to_lowercase();
        if folded.len() != letters.len() {
            continue;
        }
        let mut at = 0;
        for syllable in hypher::hyphenate(&folded, Lang::Swedish) {
            at += syllable.len();
            let before = folded.get(..at).map_or(0, |part| part.chars().count());
            let after = folded.get(at..).map_or(0, |part| part.chars().count());
            if before >= SHORTEST && after >= SHORTEST {
                chances.push(Chance { at: begin + at, kind: Kind::Syllable });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(word: &str) -> String {
        let mut text = String::new();
        let mut start = 0;
        for chance in chances(word) {
            text.push_str(&word[start..chance.at]);
            text.push('|');
            start = chance.at;
        }
        text + &word[start..]
    }

    #[test]
    fn swedish_words_break_between_syllables() {
        assert_eq!(broken("sjukvårdsregionen"), "sjuk|vårds|re|gi|o|nen");
        assert_eq!(broken("Uppföljning,"), "Upp|följ|ning,");
        assert_eq!(broken("vård"), "vård");
        assert_eq!(broken("SJUKVÅRDSREGIONEN"), "SJUKVÅRDSREGIONEN");
    }

    #[test]
    fn signs_that_a_line_may_end_with() {
        assert_eq!(broken("RAG-uppstart"), "RAG-|upp|start");
        assert_eq!(broken("PET-CT"), "PET-CT");
        assert_eq!(broken("15/9–14/11"), "15/9–14/11");
        assert_eq!(broken("https://www.sosr.se/vard-i-ro"), "https://www.|sosr.|se/|vard-|i-|ro");
    }
}

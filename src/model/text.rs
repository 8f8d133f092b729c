//! Small text functions that reading, matching and writing share.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Composes letters (NFC) and drops soft hyphens and zero-width signs: the form of all text in the model.
pub fn normalise(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}');
    if text.is_ascii() {
        return text.to_owned();
    }
    if is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(invisible) {
        return text.to_owned();
    }
    text.chars().filter(|&c| !invisible(c)).nfc().collect()
}

/// The text's words in lower case: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    written_words(text).map(|word| {
        let mut lower = String::with_capacity(word.len());
        push_lower(&mut lower, word);
        lower
    })
}

/// The words in lower case with single spaces between: for telling whether two texts say the same.
pub fn fold_words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in written_words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        push_lower(&mut folded, word);
    }
    folded
}

fn written_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty())
}

/// As the standard's own, without its tables for the letters of western Europe.
fn is_letter_or_digit(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
        || (!c.is_ascii() && c.is_alphanumeric())
}

/// Adds a word as `str::to_lowercase` has it, without its tables for the letters of western Europe.
fn push_lower(to: &mut String, word: &str) {
    let start = to.len();
    if word.is_ascii() {
        to.push_str(word);
        to[start..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            '\0'..='\x7f' => to.push(c.to_ascii_lowercase()),
            'ß'..='ÿ' => to.push(c),
            // What becomes of it depends on where it stands.
            'Σ' => {
                to.truncate(start);
                to.push_str(&word.to_lowercase());
                return;
            }
            c => to.extend(c.to_lowercase()),
        }
    }
}

/// How many letters and digits a text has: what coverage is measured in.
pub fn letters_and_digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_the_standard(text in ".{0,40}|[A-Za-zÀ-ÿΣσΑ 0-9.,ßİŉ-]{0,40}") {
            let standard: Vec<String> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            prop_assert_eq!(fold_words(&text), standard.join(" "));
            prop_assert_eq!(words(&text).collect::<Vec<_>>(), standard);
        }
    }

    #[test]
    fn decomposed_letters_are_composed_and_soft_hyphens_go() {
        assert_eq!(normalise("sjuk\u{ad}va\u{30a}rd"), "sjukvård");
        assert_eq!(normalise("vård"), "vård");
    }
}

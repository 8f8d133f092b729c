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
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The words in lower case with single spaces between: for telling whether two texts say the same.
pub fn fold_words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word);
    }
    folded
}

/// How many letters and digits a text has: what coverage is measured in.
pub fn letters_and_digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_letters_are_composed_and_soft_hyphens_go() {
        assert_eq!(normalise("sjuk\u{ad}va\u{30a}rd"), "sjukvård");
        assert_eq!(normalise("vård"), "vård");
    }
}

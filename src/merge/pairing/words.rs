//! The words that say little when items are compared, from `templates/matching.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::stem::stem;

/// What words of plans in general ("arbete", "införa") and of the promises weigh against others as rare.
const COMMON: f32 = 0.45;
const PROMISE: f32 = 0.2;
const NUMBER: f32 = 0.25;

#[derive(Default, Deserialize)]
struct File {
    weak: HashSet<String>,
    common: Vec<String>,
    promises: Vec<String>,
}

/// Stems by how little they say.
struct Stems {
    weak: HashSet<String>,
    common: HashSet<String>,
    promises: HashSet<String>,
}

static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    let file: File = crate::shipped::shipped!("matching").unwrap_or_default();
    let stems = |words: Vec<String>| words.iter().map(|word| stem(word)).collect();
    Stems { weak: file.weak, common: stems(file.common), promises: stems(file.promises) }
});

/// What a word tells of which item a text is about, apart from how rare it is; 0 for words like "och".
pub(super) fn factor(word: &str, stem: &str) -> f32 {
    if STEMS.weak.contains(word) {
        0.0
    } else if word.bytes().all(|b| b.is_ascii_digit()) {
        // A year or a date says when, not what.
        if word.len() >= 4 { 0.0 } else { NUMBER }
    } else if STEMS.promises.contains(stem) {
        PROMISE
    } else if STEMS.common.contains(stem) {
        COMMON
    } else {
        1.0
    }
}

/// Whether a text is one of the promises and little else: it tells no item from another.
pub(in super::super) fn is_promise(text: &str) -> bool {
    let (mut promise, mut telling) = (0, 0);
    for word in crate::model::words(text) {
        let factor = factor(&word, &stem(&word));
        promise += usize::from(factor == PROMISE);
        telling += usize::from(factor == 1.0);
    }
    promise > 0 && telling * 4 <= promise
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_plans_and_of_promises_tell_less() {
        let of = |word: &str| factor(word, &stem(word));
        assert_eq!(of("och"), 0.0);
        assert_eq!(of("2024"), 0.0);
        assert_eq!(of("jämlika"), PROMISE);
        assert_eq!(of("införande"), COMMON);
        assert_eq!(of("njursten"), 1.0);
        assert!(is_promise("Erbjudas diagnostik, behandling och uppföljning enligt bästa kunskap i varje möte"));
        assert!(is_promise("Få tillgång till jämlik vård") && !is_promise("Jämlik vård vid njursten"));
        assert!(!is_promise("") && !is_promise("Samverkan"));
    }
}

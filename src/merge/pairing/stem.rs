//! The stem of a Swedish word: the Snowball algorithm for Swedish (Porter 2001), in its three steps, with the
//! ending "et" too ("uppdraget"), which Snowball leaves: here a stem too short costs less than one too long.

/// Endings of inflection, the longest of one kind first.
const ENDINGS: &[&str] = &[
    "heterna", "hetens", "anden", "heten", "heter", "arnas", "ernas", "ornas", "andes", "arens", "andet", "arna",
    "erna", "orna", "ande", "arne", "aste", "aren", "ades", "erns", "ade", "are", "ern", "ens", "het", "ast", "ad",
    "en", "ar", "er", "or", "as", "es", "at", "et", "a", "e",
];

/// Letters that may stand before a genitive's "s".
const BEFORE_S: &str = "bcdfghjklmnoprtvy";

/// The stem of a lower-case word.
pub(super) fn stem(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: char| "aeiouyåäö".contains(c);
    // What may be taken away begins after the first consonant that follows a vowel, and after three letters.
    let after =
        letters.windows(2).position(|pair| vowel(pair[0]) && !vowel(pair[1])).map_or(letters.len(), |at| at + 2);
    let start = after.max(3).min(letters.len());
    let mut end = letters.len();
    let ends = |end: usize, suffix: &str| {
        let len = suffix.chars().count();
        end >= start + len && letters[end - len..end].iter().copied().eq(suffix.chars())
    };
    if let Some(ending) = ENDINGS.iter().find(|ending| ends(end, ending)) {
        end -= ending.chars().count();
    } else if ends(end, "s") && end >= 2 && BEFORE_S.contains(letters[end - 2]) {
        end -= 1;
    }
    if ["dd", "gd", "nn", "dt", "gt", "kt", "tt"].iter().any(|pair| ends(end, pair)) {
        end -= 1;
    }
    if let Some(ending) = ["lig", "els", "ig"].iter().find(|ending| ends(end, ending)) {
        end -= ending.len();
    } else if ["löst", "fullt"].iter().any(|ending| ends(end, ending)) {
        end -= 1;
    }
    letters[..end].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for forms in [
            &["undersökning", "undersökningar", "undersökningarna", "undersökningens"][..],
            &["uppdrag", "uppdraget", "uppdragen"],
            &["möjlighet", "möjligheten", "möjligheter", "möjligheterna"],
            &["genomföra", "genomförande", "genomförandet"],
            &["jourlinje", "jourlinjen"],
        ] {
            let first = stem(forms[0]);
            assert!(forms.iter().all(|form| stem(form) == first), "{forms:?}: {first}");
        }
    }

    #[test]
    fn short_words_stay_and_other_words_differ() {
        for word in ["", "å", "rag", "vård", "kol"] {
            assert_eq!(stem(word), word);
        }
        assert_ne!(stem("upphandling"), stem("upphandlad"));
        assert_ne!(stem("patologi"), stem("radiologi"));
    }
}

//! Whether a hyphen at a line's end belongs to the word.

use std::collections::HashSet;

/// The words that a document holds unbroken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashSet<String>,
    /// Words that stand alone somewhere, not at a line's end.
    whole: HashSet<String>,
    /// The program breaks words where a column is too narrow for them (see `broken`).
    pub(crate) breaks_words: bool,
    /// Lines that wrap at a space end with its sign, so that a missing one says something.
    pub(crate) spaces_at_ends: bool,
}

/// What stands between the last word of a line and the first of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// A space.
    Space,
    /// Nothing.
    Nothing,
    /// Nothing, and the hyphen goes.
    DropHyphen,
}

/// Words after which a hyphen stands for a part left out: "informations- och".
const SUSPENDING: [&str; 10] = ["och", "eller", "samt", "respektive", "resp", "resp.", "men", "till", "and", "or"];

/// Words of one letter.
const LONE: [&str; 4] = ["i", "å", "ö", "à"];
/// How Swedish words with two consonants at their beginning begin.
const BEGINNINGS: [&str; 56] = [
    "bj", "bl", "br", "ch", "cl", "cr", "dj", "dr", "dv", "dw", "fj", "fl", "fn", "fr", "gj", "gl", "gn", "gr", "hj",
    "kj", "kl", "kn", "kr", "kv", "lj", "mj", "nj", "ph", "pj", "pl", "pn", "pr", "ps", "pt", "rh", "sc", "sf", "sh",
    "sj", "sk", "sl", "sm", "sn", "sp", "sq", "st", "sv", "sw", "th", "tj", "tr", "ts", "tv", "tw", "vr", "wh",
];

/// Words that need no proof of being words: what stands before or after them is another one.
const SHORT_WORDS: [&str; 62] = [
    "alla", "att", "av", "blir", "de", "den", "det", "detta", "där", "efter", "ej", "eller", "en", "ett", "ev",
    "finns", "från", "för", "har", "hela", "hos", "i", "inför", "inom", "inte", "kan", "kl", "ska", "kr", "med",
    "mellan", "men", "mer", "mot", "nr", "nu", "ny", "nya", "när", "och", "om", "per", "på", "resp", "samt", "sin",
    "sina", "som", "så", "till", "tills", "tom", "två", "under", "ur", "utan", "var", "vara", "vi", "via", "vid", "är",
];
/// Abbreviations without a vowel.
const ABBREVIATIONS: [&str; 16] =
    ["bl", "cm", "dr", "dvs", "jfr", "kg", "kl", "km", "kr", "ml", "mm", "mg", "mnkr", "nr", "st", "tkr"];

/// A word in lower case without the signs around it.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase()
}

/// The two consonants that Swedish words end with, where they end with two or more.
const ENDINGS: [&str; 68] = [
    "bb", "bs", "bt", "ch", "ck", "cs", "dd", "ds", "dt", "ff", "fs", "ft", "gd", "gg", "gn", "gs", "gt", "hl", "hn",
    "jd", "js", "jt", "ks", "kt", "ld", "lf", "lg", "lj", "lk", "ll", "lm", "ln", "lp", "ls", "lt", "lv", "md", "mm",
    "mn", "mp", "ms", "mt", "nd", "ng", "nk", "nn", "ns", "nt", "pp", "ps", "pt", "rb", "rd", "rf", "rg", "rj", "rk",
    "rl", "rm", "rn", "rp", "rr", "rs", "rt", "rv", "sk", "sm", "ss",
];
/// More of them.
const ENDINGS_WITH_T: [&str; 11] = ["sp", "st", "th", "tm", "ts", "tt", "tz", "vd", "vs", "vt", "xt"];

/// Whether a Swedish word could end so.
fn can_end(word: &str) -> bool {
    let mut chars = word.chars().rev();
    match (chars.next(), chars.next()) {
        (Some(b), Some(a)) if !is_vowel(a) && !is_vowel(b) => {
            let pair = format!("{a}{b}");
            ENDINGS.contains(&pair.as_str()) || ENDINGS_WITH_T.contains(&pair.as_str())
        }
        _ => true,
    }
}

fn is_vowel(c: char) -> bool {
    "aeiouyåäöéüæø".contains(c)
}

/// Whether a Swedish word could begin so.
fn can_begin(word: &str) -> bool {
    if !word.chars().any(is_vowel) {
        return word.is_empty() || ABBREVIATIONS.contains(&word);
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(a), Some(b)) if !is_vowel(a) && !is_vowel(b) => BEGINNINGS.contains(&format!("{a}{b}").as_str()),
        _ => true,
    }
}

impl Vocabulary {
    /// Adds the words of a line, not its last one if a hyphen ends it.
    pub(crate) fn add(&mut self, line: &str) {
        for word in line.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            if word.chars().count() > 4 && !word.ends_with('-') {
                self.words.insert(word.to_lowercase());
            }
        }
    }

    /// Adds a word that stands alone.
    pub(crate) fn add_whole(&mut self, word: &str) {
        self.whole.insert(plain(word));
    }

    /// Whether the document holds the word unbroken.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.contains(&plain(word))
    }

    /// Whether one of two parts is known as a word by itself.
    pub(crate) fn are_words(&self, end: &str, start: &str) -> bool {
        let alone = start.ends_with(char::is_alphabetic);
        [end, start].iter().any(|word| self.whole.contains(&plain(word)))
            || SHORT_WORDS.contains(&end)
            || alone && SHORT_WORDS.contains(&start)
    }

    /// Whether the end of a full line and the beginning of the next are one word that was cut without a hyphen:
    /// the document holds it whole elsewhere, or one of the parts could not be a word.
    pub(crate) fn is_cut(&self, end: &str, start: &str) -> bool {
        if self.knows(&format!("{end}{start}")) {
            return true;
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        let (a, b) = (letters(end), letters(start));
        let lone = |text: &str| text.chars().count() == 1 && !LONE.contains(&text);
        let abbreviation = start.trim_end_matches(['.', ',', ')']).contains('.');
        let head = end.chars().count() == 1 && lone(&a) || a.chars().count() > 3 && !can_end(&a);
        let tail = !abbreviation && (lone(&b) || !can_begin(&b));
        head || tail
    }

    /// How the end of a line and the beginning of the next go together.
    ///
    /// `space` is whether a space sign stands at the line's end, where that is known.
    pub(crate) fn joint(&self, end: &str, next: &str, space: Option<bool>) -> Joint {
        let last = end.split_whitespace().next_back().unwrap_or("");
        let first = next.split_whitespace().next().unwrap_or("");
        let Some(sign) = last.chars().next_back() else { return Joint::Space };
        if sign == '\u{ad}' {
            return Joint::DropHyphen;
        }
        if first.starts_with([')', ',', ';', ':', '!', '?']) && space != Some(true) {
            return Joint::Nothing; // a closing sign that had no room
        }
        let before = last.chars().rev().nth(1);
        if space == Some(true) {
            return Joint::Space;
        }
        if space == Some(false) && matches!(sign, ',' | ';') && first.starts_with(['(', '[', '"', '”']) {
            return Joint::Nothing; // "RSL,(överlämnas": a line may break there with no space
        }
        match sign {
            '/' if before.is_some_and(char::is_alphanumeric) => return Joint::Nothing,
            '-' | '\u{2010}' | '\u{2011}' => {}
            '–' if before.is_some_and(|c| c.is_ascii_digit()) && first.starts_with(|c: char| c.is_ascii_digit()) => {
                return Joint::Nothing;
            }
            _ => return Joint::Space,
        }
        if !before.is_some_and(char::is_alphanumeric) {
            return Joint::Space; // a dash
        }
        let plain = first.trim_matches(|c: char| !c.is_alphanumeric());
        if space.is_none() && SUSPENDING.contains(&plain.to_lowercase().as_str()) {
            return Joint::Space;
        }
        if !first.starts_with(char::is_alphanumeric) {
            return if first.starts_with(['(', '"', '”', '“']) { Joint::Space } else { Joint::Nothing };
        }
        let stem = last.trim_end_matches(['-', '\u{2010}', '\u{2011}']);
        let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
        let letters = |text: &str| text.chars().all(|c| c.is_lowercase() || c == '-');
        if !letters(plain) || stem.chars().skip(1).any(|c| !c.is_lowercase()) || stem.chars().count() < 2 {
            return Joint::Nothing; // "RAG-uppstart", "PET-CT", "e-tjänst"
        }
        let whole = format!("{stem}{plain}").to_lowercase();
        if self.words.contains(&whole) { Joint::DropHyphen } else { Joint::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_line_ends() {
        let mut words = Vocabulary::default();
        words.add("Sydöstra sjukvårdsregionen, digital");
        assert_eq!(words.joint("startat RAG-", "uppstart nu", None), Joint::Nothing);
        assert_eq!(words.joint("delad informations-", "och bilddelning", None), Joint::Space);
        assert_eq!(words.joint("inom sjukvårds-", "regionen.", None), Joint::DropHyphen);
        assert_eq!(words.joint("en e-", "tjänst", None), Joint::Nothing);
        assert_eq!(words.joint("det –", "som sagt", None), Joint::Space);
        assert_eq!(words.joint("sjuk\u{ad}", "vård", None), Joint::DropHyphen);
        assert_eq!(words.joint("RPO/", "RSG", None), Joint::Nothing);
        assert_eq!(words.joint("på RSL,", "(överlämnas", Some(false)), Joint::Nothing);
        assert_eq!(words.joint("informations-", "delning", Some(true)), Joint::Space);
        assert_eq!(words.joint("vanlig text", "fortsätter", None), Joint::Space);
        assert_eq!(words.joint("(kartläggning", ")", None), Joint::Nothing);
    }

    #[test]
    fn parts_that_are_no_words_are_a_cut_word() {
        let words = Vocabulary::default();
        for (end, start) in
            [("ko", "mpetens"), ("kompetensförsörjn", "ing"), ("behandlin", "g"), ("ordförand", "e"), ("d", "ag")]
        {
            assert!(words.is_cut(end, start), "{end}|{start}");
        }
        for (end, start) in [
            ("Försenat", "p.g.a."),
            ("sällsynta", "diagnoser"),
            ("kirurg", "i"),
            ("enligt", "nr"),
            ("förlopp", "osteoporos"),
            ("samverkan", "kring"),
        ] {
            assert!(!words.is_cut(end, start), "{end}|{start}");
        }
    }
}

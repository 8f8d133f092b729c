//! How alike two Swedish words are.

/// Two forms of one word: "uppdrag" and "uppdraget".
pub(super) const SAME_STEM: f32 = 0.9;
/// One letter wrong, or two in a long word.
pub(super) const SLIP: f32 = 0.85;
/// One word is a part of the other: "samverkan" in "patologisamverkan".
pub(super) const PART: f32 = 0.5;

/// Share of the longer word that a common beginning must make up for two forms of one word.
const STEM_SHARE: f32 = 0.65;
/// What may differ at the end of two forms of one word, in letters.
const ENDING: usize = 4;
/// The shortest part of a compound.
const PART_LEN: usize = 5;
/// The shortest words that may differ by one letter and by two.
const SLIP_LEN: [usize; 2] = [6, 10];

/// A word cut into letters once, to be compared many times.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) letters: Vec<char>,
    numeric: bool,
}

impl Word {
    pub(super) fn new(word: &str) -> Self {
        Self { letters: word.chars().collect(), numeric: word.contains(|c: char| c.is_ascii_digit()) }
    }
}

/// 1 for equal words, less for forms, slips and parts, 0 for different words.
pub(super) fn likeness(a: &Word, b: &Word) -> f32 {
    let (short, long) = if a.letters.len() <= b.letters.len() { (a, b) } else { (b, a) };
    let (s, l) = (short.letters.as_slice(), long.letters.as_slice());
    if s == l {
        return 1.0;
    }
    // Numbers are equal or different: 2023 is no slip for 2024.
    if a.numeric || b.numeric || s.len() < 3 {
        return 0.0;
    }
    let common = s.iter().zip(l).take_while(|(x, y)| x == y).count();
    let endings = (s.len() - common).max(l.len() - common);
    if common >= 3 && endings <= ENDING && common as f32 >= STEM_SHARE * l.len() as f32 {
        return SAME_STEM;
    }
    let slips = SLIP_LEN.iter().filter(|&&len| s.len() >= len).count();
    if slips > 0 && l.len() - s.len() <= slips && edits_at_most(s, l, slips) {
        return SLIP;
    }
    if s.len() >= PART_LEN && (common == s.len() || l.ends_with(s)) {
        return PART;
    }
    0.0
}

/// Whether at most `most` letters are added, removed, changed or swapped with their neighbour.
fn edits_at_most(a: &[char], b: &[char], most: usize) -> bool {
    let mut two_back: Vec<usize> = Vec::new();
    let mut back: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let change = back[j] + usize::from(x != y);
            row[j + 1] = change.min(back[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                row[j + 1] = row[j + 1].min(two_back[j - 1] + 1);
            }
        }
        if row.iter().all(|&edits| edits > most) {
            return false;
        }
        two_back = std::mem::replace(&mut back, row);
    }
    back.last().is_some_and(|&edits| edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f32 {
        let (a, b) = (Word::new(a), Word::new(b));
        assert_eq!(likeness(&a, &b), likeness(&b, &a), "likeness goes both ways");
        likeness(&a, &b)
    }

    #[test]
    fn forms_slips_and_parts() {
        assert_eq!(like("samverkan", "samverkan"), 1.0);
        for (a, b) in [("uppdrag", "uppdraget"), ("undersökning", "undersökningar"), ("rapport", "rapporten")] {
            assert_eq!(like(a, b), SAME_STEM, "{a} {b}");
        }
        for (a, b) in [("upphandling", "uphandling"), ("remittentstöd", "remitetnstöd"), ("cyklotron", "syklotron")] {
            assert_eq!(like(a, b), SLIP, "{a} {b}");
        }
        for (a, b) in [("samverkan", "kösamverkan"), ("patologi", "patologisamverkan")] {
            assert_eq!(like(a, b), PART, "{a} {b}");
        }
        for (a, b) in [("blodförsörjning", "blodanvändning"), ("2023", "2024"), ("vård", "vad"), ("rag", "rsg")] {
            assert_eq!(like(a, b), 0.0, "{a} {b}");
        }
    }
}

//! How wide and how high text is in Calibri (or Carlito, its double), without any font at hand.

mod carlito;

/// A stretch of text to measure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'t> {
    pub(super) text: &'t str,
    pub(super) bold: bool,
}

/// Height of a line in parts of its size, as Calibri has it.
pub(super) const LINE: f64 = 1.2207;

/// The width of a sign in parts of the size.
fn advance(c: char, bold: bool) -> f64 {
    let table = if bold { &carlito::BOLD } else { &carlito::REGULAR };
    let code = u32::from(c);
    let index = match code {
        0x20..=0x7e => Some(code - 0x20),
        0xa0..=0x17f => Some(code - 0xa0 + 95),
        _ => None,
    };
    let known = index.and_then(|index| table.get(index as usize)).copied().filter(|width| *width > 0);
    let sign = || carlito::SIGNS.iter().find(|(sign, ..)| *sign == c);
    match known.or_else(|| sign().map(|(_, regular, wide)| if bold { *wide } else { *regular })) {
        Some(width) => f64::from(width) / 2048.0,
        // Marks that stand over a letter.
        None if matches!(code, 0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f) => 0.0,
        // Letters of other scripts are wider; ideographs and pictures as wide as they are high.
        None if code >= 0x1100 => 1.05,
        None => 0.62,
    }
}

/// How wide a text is at a size, in the size's unit.
#[cfg(test)]
fn width(text: &str, bold: bool, size: f64) -> f64 {
    text.chars().map(|c| advance(c, bold)).sum::<f64>() * size
}

/// How many lines a paragraph takes in a column of this width: words go on the next line, and one too long is cut.
pub(super) fn lines(stretches: &[Stretch<'_>], size: f64, column: f64) -> usize {
    let column = column.max(size);
    let mut count = 1;
    let mut at = 0.0;
    // A word may be made of stretches of two looks: it ends at a blank or after a hyphen.
    let mut word = 0.0;
    let place = |word: &mut f64, at: &mut f64, count: &mut usize| {
        if *at > 0.0 && *at + *word > column {
            *count += 1;
            *at = 0.0;
        }
        while *word > column {
            *count += 1;
            *word -= column;
        }
        *at += std::mem::take(word);
    };
    for stretch in stretches {
        for c in stretch.text.chars() {
            match c {
                '\n' => {
                    place(&mut word, &mut at, &mut count);
                    count += 1;
                    at = 0.0;
                }
                c if c.is_whitespace() && c != '\u{a0}' => {
                    place(&mut word, &mut at, &mut count);
                    // A blank at the end of a line hangs over it.
                    at += advance(' ', stretch.bold) * size;
                }
                c => {
                    word += advance(c, stretch.bold) * size;
                    if matches!(c, '-' | '–' | '/') {
                        place(&mut word, &mut at, &mut count);
                    }
                }
            }
        }
    }
    place(&mut word, &mut at, &mut count);
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // As fontTools adds them up from the font's file.
        assert!((width("Uppföljning", false, 10.0) - 47.446).abs() < 0.01);
        assert!((width("Uppföljning", true, 10.0) - 48.740).abs() < 0.01);
    }

    #[test]
    fn words_go_on_the_next_line() {
        let count = |text: &str| lines(&[Stretch { text, bold: false }], 10.0, 100.0);
        assert_eq!([count(""), count("kort"), count(&"ord ".repeat(40)), count("a\nb\nc")], [1, 1, 7, 3]);
        let long = count(&"å".repeat(100));
        assert!((4..=7).contains(&long), "{long}");
    }
}

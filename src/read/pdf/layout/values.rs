//! Values one below the other: the rows of a table whose lines do not part them.

use super::geometry::Area;
use super::words::Word;

/// A line of a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    pub(crate) area: Area,
    pub(crate) baseline: f32,
    pub(crate) size: f32,
    /// A number, a sum, a share, or the dash for none.
    pub(crate) is_value: bool,
}

impl Text {
    pub(crate) fn of(words: &[&Word]) -> Self {
        let mut text = String::new();
        for word in words {
            if !word.glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        let area = Area::around(words.iter().map(|word| word.area));
        let first = words.first();
        Self {
            area,
            baseline: first.map_or(area.y1, |word| word.baseline),
            size: first.map_or(area.height(), |word| word.size),
            is_value: is_value(&text),
        }
    }
}

/// Whether a text is one value rather than words: "1,530", "85.1%", "(2 000)", "$ 12", "–", "n/a", "..".
pub(crate) fn is_value(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 {
        let short = text.chars().count() <= 3;
        return short
            && !text.is_empty()
            && (letters == 0 || matches!(text.to_ascii_lowercase().as_str(), "n/a" | "na"));
    }
    letters <= 2 && letters < digits && text.split_whitespace().count() <= 4
}

/// So many values at least stand below one another before a row is split for them.
const LEAST: usize = 2;

/// Where a row is to be cut, given the lines of each of its cells: between the values, where at least two columns
/// hold one value a line on common baselines. Lines beside no value are the beginning of a label that wraps, or rows
/// of their own where the label is set apart.
pub(crate) fn cuts(cells: &[Vec<Text>]) -> Vec<f32> {
    let is_column = |texts: &[Text]| {
        let values = texts.iter().filter(|text| text.is_value).count();
        values >= LEAST && values == texts.len()
    };
    let columns: Vec<&Vec<Text>> = cells.iter().filter(|texts| is_column(texts)).collect();
    if columns.len() < 2 {
        return Vec::new();
    }
    let others = cells.iter().filter(|texts| !texts.is_empty() && !is_column(texts)).count();
    // A row of text with a few lone numbers in it is no stack of rows.
    if others > columns.len() {
        return Vec::new();
    }
    let mut all: Vec<Text> = cells.iter().flatten().copied().collect();
    all.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut bands: Vec<(f32, f32)> = Vec::new();
    let mut base = f32::MIN;
    for text in all {
        match bands.last_mut() {
            Some(band) if text.baseline - base < 0.5 * text.size => {
                *band = (band.0.min(text.area.y0), band.1.max(text.area.y1));
            }
            _ => {
                bands.push((text.area.y0, text.area.y1));
                base = text.baseline;
            }
        }
    }
    bands.windows(2).map(|pair| f32::midpoint(pair[0].1, pair[1].0)).collect()
}

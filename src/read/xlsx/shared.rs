//! The shared strings of an .xls file, for those that have several looks in one cell.

use std::collections::BTreeMap;

/// Pieces of a string, each with the font it begins with; the first may go by the cell's own.
pub(super) type Pieces = Vec<(String, Option<u16>)>;

/// A table of strings over several records: a string that goes on in the next one says anew how wide its
/// characters are.
struct Cursor<'a> {
    records: &'a [&'a [u8]],
    record: usize,
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        loop {
            let record = self.records.get(self.record)?;
            if let Some(&byte) = record.get(self.at) {
                self.at += 1;
                return Some(byte);
            }
            (self.record, self.at) = (self.record + 1, 0);
        }
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from(self.short()?) | u32::from(self.short()?) << 16)
    }

    fn skip(&mut self, bytes: u32) -> Option<()> {
        (0..bytes).try_for_each(|_| self.byte().map(|_| ()))
    }

    fn characters(&mut self, count: u16, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            if self.at >= self.records.get(self.record)?.len() {
                (self.record, self.at) = (self.record + 1, 0);
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.short()? } else { u16::from(self.byte()?) });
        }
        Some(units)
    }
}

/// A table of strings.
#[derive(Default)]
pub(super) struct Strings {
    /// Those with several looks, by their number.
    pub(super) rich: BTreeMap<u32, Pieces>,
    /// How many characters each has.
    pub(super) lengths: Vec<u16>,
}

/// What a table says beside the plain strings; one cut short gives what it has.
pub(super) fn strings(records: &[&[u8]]) -> Strings {
    let (mut rich, mut lengths) = (BTreeMap::new(), Vec::new());
    let mut cursor = Cursor { records, record: 0, at: 0 };
    let mut read = || -> Option<()> {
        cursor.long()?;
        let count = cursor.long()?;
        for number in 0..count {
            let length = cursor.short()?;
            lengths.push(length);
            let flags = cursor.byte()?;
            let runs = if flags & 8 != 0 { cursor.short()? } else { 0 };
            let more = if flags & 4 != 0 { cursor.long()? } else { 0 };
            let units = cursor.characters(length, flags & 1 != 0)?;
            let mut fonts = Vec::with_capacity(usize::from(runs));
            for _ in 0..runs {
                fonts.push((usize::from(cursor.short()?), cursor.short()?));
            }
            cursor.skip(more)?;
            if !fonts.is_empty() {
                rich.insert(number, pieces(&units, &fonts));
            }
        }
        Some(())
    };
    read();
    Strings { rich, lengths }
}

fn pieces(units: &[u16], fonts: &[(usize, u16)]) -> Pieces {
    let ends = fonts.iter().map(|(start, _)| *start).chain([units.len()]);
    let begins = std::iter::once((0, None)).chain(fonts.iter().map(|&(start, font)| (start, Some(font))));
    let piece = |((start, font), end): ((usize, Option<u16>), usize)| {
        let units = units.get(start..end.min(units.len()))?;
        let text: String =
            char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        (!text.is_empty()).then_some((text, font))
    };
    begins.zip(ends).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_with_looks_that_goes_on_in_the_next_record() {
        // Two strings: "a" plain, and "●å●" in three looks, cut after its first character.
        let first: Vec<u8> = [&[2, 0, 0, 0, 2, 0, 0, 0][..], &[1, 0, 0, b'a'], &[3, 0, 9, 2, 0, 0xcf, 0x25]].concat();
        let second = [1, 0xe5, 0, 0xcf, 0x25, 1, 0, 5, 0, 2, 0, 7, 0];
        let rich = strings(&[&first, &second]);
        let want = [("●".to_owned(), None), ("å".to_owned(), Some(5)), ("●".to_owned(), Some(7))];
        assert_eq!(rich.rich.into_iter().collect::<Vec<_>>(), [(1, want.to_vec())]);
    }

    #[test]
    fn a_table_cut_short_gives_what_it_has() {
        assert!(strings(&[&[9, 0, 0, 0, 255, 255, 255, 255, 5, 0, 8]]).rich.is_empty());
        assert!(strings(&[]).rich.is_empty());
    }
}

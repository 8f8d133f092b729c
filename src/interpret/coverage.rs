//! How much of a document stands in the model, counted rather than believed.
//!
//! The letters and digits of every paragraph that was read are counted, and those of every field
//! of the model, of the leftovers, and of what a field stands for (headings, page numbers). What
//! the second count lacks of the first has got lost on the way: a fault, and said as such.

use std::collections::BTreeMap;

use crate::model::{Block, Leftover, Plan, SupportingDocument, Text, letters_and_digits};
use crate::page::Document;

use super::blocks::paragraphs;

/// Letters before this one have a place of their own: those of Latin scripts.
const COMMON: usize = 0x250;

/// How many of each letter and digit.
pub(super) struct Count {
    common: [usize; COMMON],
    others: BTreeMap<char, usize>,
}

impl Default for Count {
    fn default() -> Self {
        Self { common: [0; COMMON], others: BTreeMap::new() }
    }
}

impl Count {
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            match self.common.get_mut(c as usize) {
                // What is no letter is counted too and left out when the counts are compared.
                Some(count) => *count += 1,
                None if c.is_alphanumeric() => *self.others.entry(c).or_default() += 1,
                None => {}
            }
        }
    }

    /// Each letter and digit with its number.
    fn letters(&self) -> impl Iterator<Item = (char, usize)> + '_ {
        let common = ('\0'..).zip(self.common).filter(|&(c, count)| count > 0 && c.is_alphanumeric());
        common.chain(self.others.iter().map(|(&c, &count)| (c, count)))
    }

    fn of(&self, c: char) -> usize {
        self.common.get(c as usize).copied().or_else(|| self.others.get(&c).copied()).unwrap_or(0)
    }

    pub(super) fn add_blocks(&mut self, blocks: &[Block]) {
        for run in blocks.iter().flat_map(|block| &block.runs) {
            self.add(&run.text);
        }
    }

    fn add_option(&mut self, text: Option<&str>) {
        self.add(text.unwrap_or_default());
    }

    fn total(&self) -> usize {
        self.letters().map(|(_, count)| count).sum()
    }

    /// How many of these the other count lacks.
    fn missing_in(&self, other: &Self) -> usize {
        self.letters().map(|(c, count)| count.saturating_sub(other.of(c))).sum()
    }
}

/// What a document shows.
pub(super) fn of_document(document: &Document) -> Count {
    let mut count = Count::default();
    for part in &document.parts {
        for paragraph in paragraphs(&part.nodes) {
            count.add(&paragraph.text());
        }
    }
    count
}

/// What a plan's fields hold.
pub(super) fn of_plan(plan: &Plan) -> Count {
    let mut count = Count::default();
    plan.each_text(|_, text| match text {
        Text::Blocks(blocks) => count.add_blocks(blocks),
        Text::Line(line) => count.add(line),
        Text::EntryDate(entry) => count.add_option(entry.written.as_deref()),
        Text::Light(light) => count.add_option(light.label.as_deref()),
    });
    count
}

/// What a supporting document's fields hold.
pub(super) fn of_supporting(document: &SupportingDocument) -> Count {
    let mut count = Count::default();
    for text in [&document.title, &document.from, &document.to] {
        count.add_option(text.as_deref());
    }
    for section in &document.sections {
        count.add_option(section.heading.as_deref());
        count.add_blocks(&section.blocks);
    }
    document.signatures.iter().for_each(|line| count.add(line));
    count
}

/// The share of the document that stands in fields, and how many letters stand nowhere.
pub(super) fn judge(read: &Count, mut fields: Count, accounted: &[String], leftovers: &[Leftover]) -> (f64, usize) {
    accounted.iter().for_each(|text| fields.add(text));
    let left: usize = leftovers.iter().map(|leftover| letters_and_digits(&leftover.text)).sum();
    leftovers.iter().for_each(|leftover| fields.add(&leftover.text));
    let lost = read.missing_in(&fields);
    let total = read.total();
    if total == 0 {
        return (1.0, 0);
    }
    let covered = total.saturating_sub(left + lost);
    // Four decimals: enough to see a letter in a plan, and the same on every machine.
    let share = (covered as f64 / total as f64 * 10_000.0).floor() / 10_000.0;
    (share, lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_letters_are_found_and_leftovers_are_not_covered() {
        let mut read = Count::default();
        read.add("abc def");
        let mut fields = Count::default();
        fields.add("abc");
        let leftover =
            Leftover { text: "d".into(), source: crate::model::Source { file: String::new(), place: String::new() } };
        assert_eq!(judge(&read, fields, &["e".into()], &[leftover]), (0.6666, 1));
    }
}

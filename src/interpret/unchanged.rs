//! Whether the pages of a PDF still say what the hidden model says.
//!
//! Nobody edits a PDF as one edits a Word file, and where a paragraph ends, or which words stand together, its reader can
//! only tell from the look. So the model stands as a whole where the pages show the same letters, numbers and lights.

use std::collections::BTreeMap;

use super::alike::is_common;
use super::blocks::paragraphs;
use super::vocabulary::Vocabulary;
use crate::model::{Block, Field, Light, Plan, Text, normalise};
use crate::page::Document;

/// Letters, long numbers and lights, each counted.
#[derive(Default)]
struct Said {
    letters: BTreeMap<char, usize>,
    numbers: BTreeMap<String, usize>,
    lights: BTreeMap<&'static str, usize>,
}

impl Said {
    fn text(&mut self, text: &str) {
        let text = normalise(text);
        for c in text.chars().filter(|&c| c.is_alphanumeric() && is_common(c)).flat_map(char::to_lowercase) {
            *self.letters.entry(c).or_default() += 1;
        }
        // A number may stand close to letters, as two lines of an address do.
        for number in text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() > 3) {
            *self.numbers.entry(number.to_owned()).or_default() += 1;
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.text(&block.text()));
    }

    fn of(plan: &Plan) -> Self {
        let mut said = Self::default();
        plan.each_text(|field, text| match (field, text) {
            // The front is no part of the pages; headings of own parts are looked for by themselves.
            (Field::Front, _) | (Field::Other | Field::ItemOther(_), Text::Line(_)) => {}
            (_, Text::Blocks(blocks)) => said.blocks(blocks),
            (_, Text::Line(line)) => said.text(line),
            (_, Text::EntryDate(entry)) => said.text(&entry.shown_date().unwrap_or_default()),
            (_, Text::Light(light)) => {
                *said.lights.entry(name(light.light)).or_default() += 1;
                said.text(light.label.as_deref().unwrap_or_default());
            }
        });
        said
    }
}

fn name(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Closed => "closed",
    }
}

/// What the pages show.
pub(super) struct Pages<'p> {
    pub(super) document: &'p Document,
    /// Table headings, page numbers and what else stands for no text of the plan.
    pub(super) accounted: &'p [String],
    pub(super) vocabulary: &'p Vocabulary,
}

/// Whether all that the pages show is what the model says. `plan` is what was read from them.
pub(super) fn unchanged(pages: &Pages<'_>, plan: &Plan, hidden: &Plan) -> bool {
    let mut shown = Said::default();
    for part in &pages.document.parts {
        paragraphs(&part.nodes).iter().for_each(|paragraph| shown.text(&paragraph.text()));
    }
    let known = Said::of(hidden);
    let mut around = Said::default();
    pages.accounted.iter().for_each(|text| around.text(text));
    headings(hidden, pages.vocabulary, &mut around);
    for plan in [plan, hidden] {
        let lines = [&plan.region, &plan.group, &plan.title].map(|line| line.as_deref().unwrap_or_default());
        lines.into_iter().for_each(|line| around.text(line));
        around.text(plan.updated.as_ref().map_or("", |updated| &updated.text));
    }
    Said::of(plan).lights == known.lights
        && holds(&shown.letters, &known.letters, &around.letters)
        && holds(&shown.numbers, &known.numbers, &around.numbers)
}

/// Whether something holds all of another count, and no more than that and a third.
fn holds<K: Ord>(shown: &BTreeMap<K, usize>, known: &BTreeMap<K, usize>, around: &BTreeMap<K, usize>) -> bool {
    let count = |of: &BTreeMap<K, usize>, key: &K| of.get(key).copied().unwrap_or(0);
    known.iter().all(|(key, known)| count(shown, key) >= *known)
        && shown.iter().all(|(key, shown)| *shown <= count(known, key) + count(around, key))
}

/// What stands over the texts, and no field holds.
fn headings(hidden: &Plan, vocabulary: &Vocabulary, said: &mut Said) {
    let names = &vocabulary.words.pages;
    let pages = [
        (&hidden.instructions, &names.instructions),
        (&hidden.promises, &names.promises),
        (&hidden.results, &names.results),
        (&hidden.challenges, &names.challenges),
    ];
    for (_, names) in pages.into_iter().filter(|(blocks, _)| !blocks.is_empty()) {
        said.text(names.first().map_or("", String::as_str));
    }
    if let Some(calendar) = &hidden.calendar {
        said.text(names.calendar.first().map_or("", String::as_str));
        said.text(&calendar.year.map(|year| year.to_string()).unwrap_or_default());
        for label in vocabulary.calendar_labels() {
            (0..4).for_each(|_| said.text(&label));
        }
    }
    // A title may be repeated where its table goes on.
    hidden.sections.iter().filter_map(|section| section.title.as_deref()).for_each(|title| said.text(title));
    hidden.other.iter().filter_map(|part| part.heading.as_deref()).for_each(|heading| said.text(heading));
}

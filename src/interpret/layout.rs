//! Where in the file the items' cells stand, for writing that changes the file in place.

use crate::model::Light;
use crate::page::Document;

use super::vocabulary::{Field, Vocabulary};
use super::walk::walk;

/// The cells of a plan's items, and the words that are lights.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// One for each item, in the order in which [`interpret`](super::interpret) gives them.
    pub items: Vec<ItemCells>,
    words: Vec<(String, Light)>,
}

/// Where the cells of one item begin; an item of several rows has several for a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemCells {
    /// Each cell's field and [`origin`](crate::page::Cell::origin), from row to row and left to right.
    pub cells: Vec<(Field, usize)>,
}

impl Layout {
    /// Finds the cells of a document that holds one plan.
    pub fn of(document: &Document, vocabulary: &Vocabulary) -> Self {
        let items = walk(document, vocabulary).sections.into_iter().flat_map(|section| section.items);
        let items = items.map(|item| ItemCells { cells: item.cells }).collect();
        Self { items, words: vocabulary.light_words() }
    }

    /// The light that a word names when it stands first in a status cell's line.
    pub fn light(&self, word: &str) -> Option<Light> {
        self.named(word).filter(|light| *light != Light::Closed)
    }

    /// The light that a word names when it stands beside that light.
    pub fn named(&self, word: &str) -> Option<Light> {
        let word = word.to_lowercase();
        self.words.iter().find(|(known, _)| *known == word).map(|(_, light)| *light)
    }

    /// The name of another light in the same form: "grönt" → "gult".
    pub fn word_like(&self, word: &str, from: Light, to: Light) -> Option<&str> {
        let form = self.words.iter().filter(|(_, light)| *light == from).position(|(known, _)| known == word);
        let mut names = self.words.iter().filter(|(_, light)| *light == to).map(|(name, _)| name.as_str());
        names.nth(form.unwrap_or(0)).or_else(|| self.word(to))
    }

    /// The word for a light.
    pub fn word(&self, light: Light) -> Option<&str> {
        self.words.iter().find(|(_, known)| *known == light).map(|(word, _)| word.as_str())
    }
}

impl ItemCells {
    /// The origins of the cells of some fields, in their order.
    pub fn of_any<'a>(&'a self, fields: &'a [Field]) -> impl Iterator<Item = usize> + 'a {
        self.cells.iter().filter(|(found, _)| fields.contains(found)).map(|(_, origin)| *origin)
    }

    /// The origins of the cells of a field.
    pub fn of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.cells.iter().filter(move |(found, _)| *found == field).map(|(_, origin)| *origin)
    }
}

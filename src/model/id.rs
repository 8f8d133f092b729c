use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{Item, blocks_text, fold_words};

/// An item's name for machines, which stays when the item is reworded.
///
/// Made of the item's first words and a few characters of a digest of its whole wording:
/// `upphandling-av-remittentst-9f3c1a`. Lower-case ASCII letters, digits and hyphens, at most
/// 35 characters, so that it fits a Word bookmark (40 characters) with a prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// The longest id that [`ItemId::from_wording`] makes, in characters.
    pub const MAX_LEN: usize = 35;

    /// An id as it stands in a file that carries ids.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id for an item of this wording; `twin` tells items of equal wording apart (0 for the first).
    pub fn from_wording(area: &str, priority: &str, activities: &str, twin: usize) -> Self {
        let folded = [area, priority, activities].map(fold_words);
        let mut digest = Sha256::new();
        for part in &folded {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        if twin > 0 {
            digest.update(twin.to_le_bytes());
        }
        let digest = digest.finalize();
        let title = folded.iter().find(|part| !part.is_empty()).map_or("", String::as_str);
        let mut id = slug(title, Self::MAX_LEN - 7);
        id.push('-');
        for byte in &digest[..3] {
            id.push_str(&format!("{byte:02x}"));
        }
        Self(id)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for ItemId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Gives ids by wording to the items that `is_new` picks; items of equal wording get ids of their own.
///
/// Ids that are already taken are never given again.
pub fn assign_ids<'a>(items: impl IntoIterator<Item = &'a mut Item>, is_new: impl Fn(&Item) -> bool) {
    let mut items: Vec<&mut Item> = items.into_iter().collect();
    let mut taken: HashSet<ItemId> = items.iter().filter(|item| !is_new(item)).map(|item| item.id.clone()).collect();
    // Where each wording's twins have got to: a document may hold one thousands of times.
    let mut twins: HashMap<[String; 3], usize> = HashMap::new();
    for item in items.iter_mut().filter(|item| is_new(item)) {
        let cells = [&item.area, &item.priority, &item.activities].map(|cell| blocks_text(cell));
        let twin = twins.entry(cells.each_ref().map(|cell| fold_words(cell))).or_default();
        let [area, priority, activities] = &cells;
        loop {
            let id = ItemId::from_wording(area, priority, activities, *twin);
            if taken.insert(id.clone()) {
                item.id = id;
                break;
            }
            *twin += 1;
        }
    }
}

/// Lower-case ASCII words with hyphens between, at most `max` characters.
fn slug(folded: &str, max: usize) -> String {
    let mut slug = String::with_capacity(max);
    for c in folded.nfd() {
        if slug.len() == max {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c == ' ' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let trimmed = slug.trim_end_matches('-');
    if trimmed.is_empty() { "punkt".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_readable_short_and_ascii() {
        let id = ItemId::from_wording("Ökad patologisamverkan inom SÖSR 2023", "", "", 0);
        assert!(id.as_str().starts_with("okad-patologisamverkan-inom-"), "{id}");
        assert!(id.as_str().len() <= ItemId::MAX_LEN);
    }

    #[test]
    fn case_and_spaces_do_not_change_an_id() {
        assert_eq!(ItemId::from_wording("A  b.", "", "", 0), ItemId::from_wording("a B", "", "", 0));
        assert_ne!(ItemId::from_wording("a b", "", "", 0), ItemId::from_wording("a", "b", "", 0));
    }
}

//! Which items a supporting document speaks of: the likeness of its words to each item's, rare words weighing more.
//!
//! Every item is a short text, and the supporting document is the question that is put to them (TF-IDF weights,
//! cosine of the angle). A link is an offer with its likeness, never a decision.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Document, Plan, SupportingDocument, blocks_text, words};

use super::BatchError;
use super::record::{FileRecord, GroupRecord, Link};
use super::store::Store;

/// Items below this likeness are not linked: every letter shares common words with every plan.
const LEAST: f32 = 0.2;
/// How many items a supporting document is linked to.
const MOST: usize = 5;
/// Words that stand in more than this share of the items tell nothing, where there are more than a few items.
const COMMON: f32 = 0.5;
/// Words shorter than this tell nothing.
const SHORT: usize = 3;

/// The links of all supporting documents, in the order of their files.
pub(super) fn find(
    records: &[Arc<FileRecord>],
    groups: &[Arc<GroupRecord>],
    store: &Store,
) -> Result<Vec<Link>, BatchError> {
    let documents: Vec<_> = records
        .iter()
        .flat_map(|record| record.documents.iter().map(move |document| (record, document)))
        .filter(|(_, document)| document.document_type.is_some())
        .collect();
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let mut index = Index::default();
    for group in groups {
        let Some(path) = &group.history else { continue };
        if let Ok(Document::ActionPlan(plan)) = serde_json::from_slice(&store.get(path)?) {
            index.add(group, &plan);
        }
    }
    index.close();
    let mut links = Vec::new();
    for (record, document) in documents {
        if let Ok(Document::SupportingDocument(document)) = serde_json::from_slice(&store.get(&document.model)?) {
            links.extend(index.look_up(&record.file, &text(&document)));
        }
    }
    Ok(links)
}

fn text(document: &SupportingDocument) -> String {
    let mut text = document.title.clone().unwrap_or_default();
    for section in &document.sections {
        for part in [section.heading.clone().unwrap_or_default(), blocks_text(&section.blocks)] {
            text.push(' ');
            text.push_str(&part);
        }
    }
    text
}

/// The items' words.
#[derive(Default)]
struct Index {
    items: Vec<Link>,
    /// For each word: the items that have it, and how often.
    postings: HashMap<String, Vec<(usize, f32)>>,
    /// The length of each item's vector of weights.
    lengths: Vec<f32>,
}

impl Index {
    fn add(&mut self, group: &GroupRecord, plan: &Plan) {
        for item in plan.items() {
            let number = self.items.len();
            self.items.push(Link {
                file: String::new(),
                group: group.group.clone(),
                item: item.id.clone(),
                name: item.name(),
                likeness: 0.0,
            });
            let fields = [&item.area, &item.priority, &item.activities].map(|blocks| blocks_text(blocks));
            for (word, count) in counted(&fields.join(" ")) {
                self.postings.entry(word).or_default().push((number, count));
            }
        }
    }

    /// Weighs the words, once all items are in.
    fn close(&mut self) {
        let items = self.items.len();
        self.postings.retain(|_, found| items < 4 || (found.len() as f32) < COMMON * items as f32);
        let mut squares = vec![0.0_f64; items];
        // Sums of floats depend on their order, and a map has none.
        let mut words: Vec<&String> = self.postings.keys().collect();
        words.sort();
        for word in words {
            let found = &self.postings[word];
            let weight = weight(items, found.len());
            for &(number, count) in found {
                squares[number] += f64::from(weight * dampened(count)).powi(2);
            }
        }
        self.lengths = squares.into_iter().map(|square| square.sqrt() as f32).collect();
    }

    fn look_up(&self, file: &str, text: &str) -> Vec<Link> {
        let mut sums = vec![0.0_f64; self.items.len()];
        let mut square = 0.0_f64;
        for (word, count) in counted(text) {
            let Some(found) = self.postings.get(&word) else { continue };
            let weight = weight(self.items.len(), found.len());
            let mine = weight * dampened(count);
            square += f64::from(mine).powi(2);
            for &(number, count) in found {
                sums[number] += f64::from(mine * weight * dampened(count));
            }
        }
        let length = square.sqrt() as f32;
        let likeness = |number: usize, sum: f64| match length * self.lengths[number] {
            0.0 => 0.0,
            // Two decimals: the last bits differ from machine to machine.
            lengths => (sum as f32 / lengths * 100.0).round() / 100.0,
        };
        let mut near: Vec<(usize, f32)> = sums
            .into_iter()
            .enumerate()
            .map(|(number, sum)| (number, likeness(number, sum)))
            .filter(|(_, likeness)| *likeness >= LEAST)
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let link =
            |(number, likeness): (usize, f32)| Link { file: file.to_owned(), likeness, ..self.items[number].clone() };
        near.into_iter().take(MOST).map(link).collect()
    }
}

/// The telling words of a text with how often they stand in it, in order.
fn counted(text: &str) -> std::collections::BTreeMap<String, f32> {
    let mut counted = std::collections::BTreeMap::new();
    for word in words(text).filter(|word| word.chars().count() >= SHORT && word.chars().any(char::is_alphabetic)) {
        *counted.entry(word).or_default() += 1.0;
    }
    counted
}

fn weight(items: usize, with: usize) -> f32 {
    (1.0 + items as f32 / with as f32).ln()
}

fn dampened(count: f32) -> f32 {
    1.0 + count.ln()
}

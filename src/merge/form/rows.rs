//! Plan → the rows of the form.

use std::collections::HashMap;

use crate::model::{Block, BlockKind, Item, ItemId, Light, Plan, Status, fold_words};

use super::WORDS;

/// The longest last entry that is shown, in characters: a form is no archive.
const LONGEST: usize = 1200;

/// A row of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    /// The item.
    pub id: ItemId,
    /// What the item is called.
    pub area: String,
    /// Its last entry with its date, and the status it has.
    pub last: String,
}

/// The rows of the form: the items that are open, or all of them.
pub fn rows(plan: &Plan, closed_too: bool) -> Vec<FormRow> {
    let items: Vec<&Item> = plan.items().filter(|item| closed_too || is_open(item)).collect();
    let mut names: HashMap<String, usize> = HashMap::new();
    for item in plan.items() {
        *names.entry(fold_words(&called(item))).or_default() += 1;
    }
    let row = |item: &Item| {
        let mut area = called(item);
        // Items of one name are told apart by what is done.
        if names.get(&fold_words(&area)).is_some_and(|number| *number > 1)
            && let Some(activity) = item.activities.iter().find(|block| !block.is_blank())
        {
            area = format!("{area}\n{}", activity.text());
        }
        FormRow { id: item.id.clone(), area, last: last(item) }
    };
    items.into_iter().map(row).collect()
}

fn is_open(item: &Item) -> bool {
    let lights = &item.status.lights;
    let closed = !lights.is_empty() && lights.iter().all(|light| light.light == Light::Closed);
    !closed && item.last_seen.is_none()
}

/// The area, else the priority's first line, else the first activity.
fn called(item: &Item) -> String {
    let area: Vec<String> = item.area.iter().filter(|block| !block.is_blank()).map(Block::text).collect();
    if !area.is_empty() {
        return area.join(" ");
    }
    let mut blocks = item.priority.iter().chain(&item.activities);
    blocks.find(|block| !block.is_blank()).map(Block::text).unwrap_or_default()
}

/// The newest entry, else the text before any date, and the status that stands.
fn last(item: &Item) -> String {
    let dated = item.follow_up.iter().filter(|entry| entry.date.is_some());
    // Of two of one day the one that is written last.
    let entry = dated.max_by_key(|entry| entry.date).or_else(|| item.follow_up.first());
    let mut text = entry.map(|entry| {
        let date = entry.shown_date().map(|date| format!("{date} ")).unwrap_or_default();
        format!("{date}{}", shown(&entry.text))
    });
    if let Some(long) = text.as_mut().filter(|text| text.chars().count() > LONGEST) {
        let cut: String = long.chars().take(LONGEST).collect();
        *long = format!("{}…", cut.trim_end());
    }
    let status = status(&item.status).map(|status| format!("{}: {status}", WORDS.status_now));
    text.into_iter().chain(status).collect::<Vec<_>>().join("\n")
}

fn shown(blocks: &[Block]) -> String {
    let line = |block: &Block| match block.kind {
        BlockKind::Paragraph => block.text(),
        BlockKind::Bullet => format!("{}- {}", "  ".repeat(usize::from(block.level)), block.text()),
    };
    blocks.iter().filter(|block| !block.is_blank()).map(line).collect::<Vec<_>>().join("\n")
}

fn status(status: &Status) -> Option<String> {
    let word = |light: Light| {
        let number = match light {
            Light::Green => 0,
            Light::Yellow => 1,
            Light::Red => 2,
            Light::Closed => 3,
        };
        WORDS.statuses.get(number).cloned().unwrap_or_default()
    };
    let lights = status.lights.iter().map(|light| match &light.label {
        Some(label) => format!("{} {label}", word(light.light)),
        None => word(light.light),
    });
    let words = status.text.iter().filter(|block| !block.is_blank()).map(Block::text);
    let parts: Vec<String> = lights.chain(words).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

//! Whether a written file reads back as the plan it was written from.

use crate::model::{Entry, Item, Light, Plan, Severity, Warning, WarningCode, blocks_text, fold_words, words};

/// What stands otherwise in a plan that was read back: entries, status, the line of update.
///
/// The page decides whether an entry is a list point, so that is not compared; nor are boxes that are not ticked.
pub fn differences(wanted: &Plan, found: &Plan) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (number, item) in wanted.items().enumerate() {
        let other = found.items().find(|other| other.id == item.id).or_else(|| found.items().nth(number));
        let Some(other) = other else {
            warnings.push(differs(item, "står inte i den skrivna filen"));
            continue;
        };
        if entries(&item.follow_up) != entries(&other.follow_up) {
            warnings.push(differs(item, "har en uppföljning som inte läses tillbaka som den skulle"));
        }
        if lights(item) != lights(other) || status_words(item) != status_words(other) {
            warnings.push(differs(item, "har en status som inte läses tillbaka som den skulle"));
        }
        let wordings =
            |item: &Item| [&item.area, &item.priority, &item.activities].map(|blocks| fold_words(&blocks_text(blocks)));
        if wordings(item) != wordings(other) {
            warnings.push(differs(item, "har en lydelse som inte läses tillbaka som den skulle"));
        }
    }
    warnings
}

fn differs(item: &Item, what: &str) -> Warning {
    let cells = [&item.area, &item.priority, &item.activities];
    let name: String = cells
        .into_iter()
        .flatten()
        .find(|block| !block.is_blank())
        .map(|block| block.text().chars().take(60).collect())
        .unwrap_or_default();
    let mut warning = Warning::new(WarningCode::NotCarried, format!("punkten ”{name}” {what}; rätta den för hand."));
    warning.severity = Severity::Error;
    warning.source.clone_from(&item.source);
    warning
}

fn entries(entries: &[Entry]) -> Vec<(Option<String>, String)> {
    entries
        .iter()
        .map(|entry| (entry.date.map(|date| date.to_string()), fold_words(&blocks_text(&entry.text))))
        .collect()
}

fn lights(item: &Item) -> Vec<Light> {
    item.status.lights.iter().map(|light| light.light).collect()
}

/// The words of a status, beside its lights or on their own.
fn status_words(item: &Item) -> Vec<String> {
    let labels = item.status.lights.iter().filter_map(|light| light.label.as_deref());
    let text = item.status.text.iter().map(crate::model::Block::text);
    let mut all: Vec<String> =
        labels.map(str::to_owned).chain(text).flat_map(|text| words(&text).collect::<Vec<_>>()).collect();
    all.sort_unstable();
    all
}

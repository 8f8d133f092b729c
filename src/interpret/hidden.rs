//! The hidden model of a file that this program wrote: what the page cannot show comes back from it.
//!
//! What is visible always wins. Where a field shows what the hidden model says, the model's own wording of it stands,
//! with what the format cannot show (links, line breaks, where an entry with a date in its text begins); where it shows
//! something else, a person has changed it and the page stands, and is told (see `by_hand`). What no page carries (histories, unplaced notes,
//! leftovers of earlier readings) is added.

use std::collections::{HashMap, HashSet, VecDeque};

use super::alike::{self, Looks};
use super::by_hand;
use super::unchanged::{Pages, unchanged};
use crate::model::{
    Block, Document, Entry, Item, ItemId, Leftover, Light, OtherPart, Plan, Reading, Section, SectionColumns, Status,
    StatusLight, Warning, WarningCode, fold_words, letters_and_digits,
};
use crate::page;

/// Names of bookmarks that carry an item's id begin so.
const ID_ANCHOR: &str = "_hp_";

/// The id that a row's hidden names carry.
pub(super) fn id_of(anchors: &[String]) -> Option<ItemId> {
    written_id(anchors).map(|id| ItemId::new(id.replace('_', "-")))
}

/// The same as it stands in the name.
pub(super) fn written_id(anchors: &[String]) -> Option<&str> {
    anchors.iter().find_map(|anchor| anchor.strip_prefix(ID_ANCHOR))
}

/// The plan that a file was written from, where this program wrote it and the file still carries the model.
pub fn written_from(document: &page::Document) -> Option<Plan> {
    match serde_json::from_str(&document.embedded.as_ref()?.json) {
        Ok(Document::ActionPlan(plan)) => Some(plan),
        _ => None,
    }
}

/// Completes a plan as read with the hidden model; `looks` says whether the format shows bold and italics for certain.
pub(super) fn complete(plan: &mut Plan, json: &str, looks: Looks, pages: &Pages<'_>) -> Option<Warning> {
    let hidden = match serde_json::from_str(json) {
        Ok(Document::ActionPlan(hidden)) => hidden,
        Ok(Document::SupportingDocument(_)) => return None,
        Err(error) => {
            let message = format!("Filens dolda modell går inte att läsa ({error}); planen lästes som den syns.");
            return Some(Warning::new(WarningCode::HiddenModel, message));
        }
    };
    if looks == Looks::Doubtful && unchanged(pages, plan, &hidden) {
        stand(plan, hidden);
        return None;
    }
    ids_by_wording(plan, &hidden.sections);
    by_hand::take_ids(plan, &hidden);
    let changed = by_hand::by_hand(plan, &hidden);
    for (text, known) in
        [(&mut plan.group, hidden.group), (&mut plan.region, hidden.region), (&mut plan.title, hidden.title)]
    {
        line(text, known);
    }
    plan.year = plan.year.or(hidden.year);
    match (&plan.updated, hidden.updated) {
        (Some(shown), Some(known)) if alike::line(&shown.text, &known.text) => plan.updated = Some(known),
        _ => {}
    }
    for (shown, known) in [
        (&mut plan.instructions, hidden.instructions),
        (&mut plan.promises, hidden.promises),
        (&mut plan.results, hidden.results),
        (&mut plan.challenges, hidden.challenges),
    ] {
        blocks(shown, known, looks);
    }
    match (&plan.calendar, hidden.calendar) {
        (None, known) => plan.calendar = known,
        (shown, Some(known)) => {
            if let Some(own) =
                alike::calendar(shown.as_ref(), &plan.reading.leftovers, &known, &pages.vocabulary.calendar_labels())
            {
                plan.calendar = Some(known);
                place(&mut plan.reading, &own);
            }
        }
        (Some(_), None) => {}
    }
    other(&mut plan.other, hidden.other, &hidden.sections, looks);
    if plan.unplaced.is_empty() {
        plan.unplaced = hidden.unplaced;
    }
    for leftover in hidden.reading.leftovers {
        if !plan.reading.leftovers.contains(&leftover) {
            plan.reading.leftovers.push(leftover);
        }
    }
    items(plan, &hidden.sections, looks);
    sections(&mut plan.sections, hidden.sections);
    changed
}

/// The model stands as a whole; where its items stand on the pages is known by their order.
fn stand(plan: &mut Plan, mut hidden: Plan) {
    let places: Vec<_> = plan.items().map(|item| item.source.clone()).collect();
    let same = places.len() == hidden.items().count();
    for (item, place) in hidden.items_mut().zip(places.into_iter().map(Some).chain(std::iter::repeat(None))) {
        item.source = place.flatten().filter(|_| same);
    }
    let own: Vec<usize> = (0..plan.reading.leftovers.len()).collect();
    place(&mut plan.reading, &own);
    let mut reading = std::mem::take(&mut plan.reading);
    reading.leftovers.append(&mut hidden.reading.leftovers);
    *plan = Plan { reading, ..hidden };
}

/// Takes leftovers back that have found their place.
fn place(reading: &mut Reading, own: &[usize]) {
    let letters = |leftovers: &[Leftover]| -> usize { leftovers.iter().map(|one| letters_and_digits(&one.text)).sum() };
    let before = letters(&reading.leftovers);
    let mut number = 0..;
    reading.leftovers.retain(|_| number.next().is_some_and(|number| !own.contains(&number)));
    let rest = letters(&reading.leftovers);
    if before > 0 {
        reading.coverage = 1.0 - (1.0 - reading.coverage) * rest as f64 / before as f64;
    }
    if rest == 0 {
        reading.warnings.retain(|warning| warning.code != WarningCode::Leftovers);
    }
}

/// A line that says the same stands as the model has it; one that the page does not show comes back.
fn line(shown: &mut Option<String>, known: Option<String>) {
    if let Some(known) = known
        && shown.as_ref().is_none_or(|shown| alike::line(shown, &known))
    {
        *shown = Some(known);
    }
}

fn blocks(shown: &mut Vec<Block>, known: Vec<Block>, looks: Looks) {
    if alike::blocks(shown, &known, looks) {
        *shown = known;
    }
}

/// The parts without a field: those that the page shows beside the items' own columns, where it has no place for them.
fn other(shown: &mut Vec<OtherPart>, known: Vec<OtherPart>, sections: &[Section], looks: Looks) {
    let own = sections.iter().flat_map(|section| &section.items).flat_map(|item| &item.other);
    let all: Vec<&OtherPart> = known.iter().chain(own).collect();
    if alike::parts(&shown.iter().collect::<Vec<_>>(), &all, looks)
        || alike::parts(&shown.iter().collect::<Vec<_>>(), &known.iter().collect::<Vec<_>>(), looks)
    {
        *shown = known;
    }
}

/// Gives an item whose row carries no id that of the hidden item with its wording.
fn ids_by_wording(plan: &mut Plan, hidden: &[Section]) {
    let known = || hidden.iter().flat_map(|section| &section.items);
    let ids: HashSet<&ItemId> = known().map(|item| &item.id).collect();
    let taken: HashSet<ItemId> = plan.items().map(|item| item.id.clone()).filter(|id| ids.contains(id)).collect();
    let mut by_wording: HashMap<String, VecDeque<&ItemId>> = HashMap::new();
    for item in known().filter(|item| !taken.contains(&item.id)) {
        by_wording.entry(alike::wording(item)).or_default().push_back(&item.id);
    }
    for item in plan.items_mut().filter(|item| !taken.contains(&item.id)) {
        if let Some(id) = by_wording.get_mut(&alike::wording(item)).and_then(VecDeque::pop_front) {
            item.id = id.clone();
        }
    }
}

/// Completes each item with its hidden self.
fn items(plan: &mut Plan, hidden: &[Section], looks: Looks) {
    let known: HashMap<&ItemId, &Item> =
        hidden.iter().flat_map(|section| &section.items).map(|item| (&item.id, item)).collect();
    for item in plan.items_mut() {
        if let Some(found) = known.get(&item.id).copied() {
            complete_item(item, found, looks);
        }
    }
}

fn complete_item(item: &mut Item, hidden: &Item, looks: Looks) {
    item.status_history.clone_from(&hidden.status_history);
    item.wording_history.clone_from(&hidden.wording_history);
    item.last_seen.clone_from(&hidden.last_seen);
    if item.other.is_empty()
        || alike::parts(&item.other.iter().collect::<Vec<_>>(), &hidden.other.iter().collect::<Vec<_>>(), looks)
    {
        item.other.clone_from(&hidden.other);
    }
    let cells = [
        (&mut item.area, &hidden.area),
        (&mut item.priority, &hidden.priority),
        (&mut item.activities, &hidden.activities),
    ];
    let mut same = true;
    for (shown, known) in cells {
        same &= alike::blocks(shown, known, looks);
        blocks(shown, known.clone(), looks);
    }
    if same {
        item.promises.clone_from(&hidden.promises);
    }
    if looks == Looks::Parted {
        drawn_twice(&mut item.status.lights, &hidden.status.lights);
    }
    status(&mut item.status, &hidden.status, looks);
    follow_up(&mut item.follow_up, &hidden.follow_up, looks);
}

/// A light that is drawn beside its word may be taken for two, where it is not certain which line it stands at.
fn drawn_twice(shown: &mut Vec<StatusLight>, known: &[StatusLight]) {
    if shown.len() <= known.len() {
        return;
    }
    let mut left: Vec<Light> = known.iter().map(|light| light.light).collect();
    let named = |light: &StatusLight| light.label.is_some() || light.light == Light::Closed;
    for light in shown.iter().filter(|light| named(light)) {
        if let Some(at) = left.iter().position(|known| *known == light.light) {
            left.remove(at);
        }
    }
    shown.retain(|light| {
        let at = left.iter().position(|known| *known == light.light);
        if let Some(at) = at.filter(|_| !named(light)) {
            left.remove(at);
        }
        named(light) || at.is_some()
    });
}

fn status(shown: &mut Status, known: &Status, looks: Looks) {
    if alike::lights(&shown.lights, &known.lights) {
        shown.lights.clone_from(&known.lights);
    }
    blocks(&mut shown.text, known.text.clone(), looks);
}

fn follow_up(shown: &mut Vec<Entry>, known: &[Entry], looks: Looks) {
    let same_words = alike::entries(shown, known);
    let dates = |entries: &[Entry]| entries.iter().map(|entry| entry.date).collect::<Vec<_>>();
    if same_words && dates(shown) != dates(known) {
        // The page leaves open where an entry begins.
        *shown = known.to_vec();
        return;
    }
    if same_words {
        for (shown, known) in shown.iter_mut().zip(known) {
            let text = std::mem::take(&mut shown.text);
            *shown = known.clone();
            if !alike::entry_text(&text, &known.text, looks) && fold(&text) == fold(&known.text) {
                // Somebody made it bold, a list: the page stands.
                shown.text = text;
            }
        }
        return;
    }
    for entry in shown {
        let same = |known: &&Entry| known.date == entry.date && fold(&known.text) == fold(&entry.text);
        if let Some(known) = known.iter().find(same) {
            entry.earlier.clone_from(&known.earlier);
            entry.written.clone_from(&known.written);
            blocks(&mut entry.text, known.text.clone(), looks);
        }
    }
}

fn fold(blocks: &[Block]) -> String {
    fold_words(&crate::model::blocks_text(blocks))
}

/// The sections as they were, where the page has the same items in the same order under the same headings: two tables
/// with one heading look like one, and a table without rows is not shown.
fn sections(shown: &mut Vec<Section>, mut known: Vec<Section>) {
    let ids = |sections: &[Section]| {
        sections.iter().flat_map(|section| &section.items).map(|item| item.id.clone()).collect::<Vec<_>>()
    };
    if ids(shown) != ids(&known) {
        return;
    }
    // For each item the section that the page shows it in, and whether it is the first there.
    let places = shown.iter().flat_map(|section| (0..section.items.len()).map(move |at| (section, at == 0)));
    let places: Vec<(&Section, bool)> = places.collect();
    let mut at = 0;
    // The title of a table without rows right above, which seems to stand over this one.
    let mut above: Option<&String> = None;
    for section in &known {
        let own = places.get(at..at + section.items.len()).unwrap_or_default();
        at += section.items.len();
        let title = |shown: &Section, first: bool| match (&shown.title, &section.title) {
            (Some(shown), Some(known)) => alike::line(shown, known),
            (Some(shown), None) => !first || above.is_some_and(|above| alike::line(shown, above)),
            (None, _) => true,
        };
        let begins = own.first().is_none_or(|&(shown, first)| title(shown, first));
        if !begins || !own.iter().all(|(shown, _)| same_columns(&shown.columns, &section.columns)) {
            return;
        }
        above = section.title.as_ref().or(above).filter(|_| section.items.is_empty());
    }
    let mut items = std::mem::take(shown).into_iter().flat_map(|section| section.items);
    for section in &mut known {
        let count = section.items.len();
        section.items = items.by_ref().take(count).collect();
    }
    *shown = known;
}

/// Whether the page's headings are the model's; where the model has none, the page may show its standard words.
fn same_columns(shown: &SectionColumns, known: &SectionColumns) -> bool {
    let all = |columns: &SectionColumns| {
        [&columns.area, &columns.priority, &columns.activities, &columns.follow_up, &columns.status].map(Clone::clone)
    };
    all(shown).iter().zip(&all(known)).all(|(shown, known)| match (shown, known) {
        (Some(shown), Some(known)) => alike::line(shown, known),
        _ => true,
    })
}

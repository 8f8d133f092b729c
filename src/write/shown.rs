//! What every visible output shows, in which words: the Swedish defaults, and the plan in the order of its pages.

use crate::model::{
    Block, Calendar, Entry, Item, Light, OtherPart, Plan, Run, Section, SectionKind, StatusLight, SupportingDocument,
};

/// A column of a section's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Area,
    Priority,
    Activities,
    FollowUp,
    Status,
}

/// A light's name.
pub(super) fn light(light: Light) -> &'static str {
    match light {
        Light::Green => "Grön",
        Light::Yellow => "Gul",
        Light::Red => "Röd",
        Light::Closed => "Avslutad",
    }
}

/// A light's name with the text beside it: "Grön (Humandiagnostik)", "Gul: Molekylär".
pub(super) fn light_with_label(status: &StatusLight) -> String {
    let name = light(status.light);
    match status.label.as_deref().map(str::trim).filter(|label| !label.is_empty()) {
        Some(label) if label.starts_with('(') => format!("{name} {label}"),
        Some(label) => format!("{name}: {label}"),
        None => name.to_owned(),
    }
}

/// What the document is called: its title, else its group.
pub(super) fn title(plan: &Plan) -> &str {
    let named = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).is_some();
    match () {
        () if named(&plan.title) => plan.title.as_deref().unwrap_or_default().trim(),
        () if named(&plan.group) => plan.group.as_deref().unwrap_or_default().trim(),
        () => "Handlingsplan",
    }
}

/// What a supporting document is called.
pub(super) fn supporting_title(document: &SupportingDocument) -> &str {
    document.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or("Dokument")
}

/// A section's own title, else what its items are.
pub(super) fn section_title(section: &Section) -> &str {
    match section.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => title,
        None => match section.kind {
            SectionKind::National => "Nationella insatsområden",
            SectionKind::Assignment => "Uppdrag",
            SectionKind::Priority => "Prioriterade områden",
        },
    }
}

/// The columns that a section's table needs, with their headings: those it has, and those that hold something.
pub(super) fn columns(section: &Section) -> Vec<(Column, &str)> {
    let given = &section.columns;
    let filled = |has: fn(&Item) -> bool| section.items.iter().any(has);
    let none = [&given.priority, &given.activities, &given.follow_up, &given.status].iter().all(|name| name.is_none());
    let area = match section.kind {
        SectionKind::Assignment => "Uppdrag",
        _ => "Nationellt insatsområde",
    };
    [
        (Column::Area, &given.area, area, filled(|item| !item.area.is_empty())),
        (Column::Priority, &given.priority, "Prioriterat område", none || filled(|item| !item.priority.is_empty())),
        (Column::Activities, &given.activities, "Aktiviteter", none || filled(|item| !item.activities.is_empty())),
        (Column::FollowUp, &given.follow_up, "Uppföljning", none || filled(|item| !item.follow_up.is_empty())),
        (Column::Status, &given.status, "Status", none || filled(|item| !item.status.is_empty())),
    ]
    .into_iter()
    .filter(|(_, name, _, needed)| name.is_some() || *needed)
    .map(|(column, name, default, _)| {
        (column, name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(default))
    })
    .collect()
}

/// The standing pages that the plan has, in the order the documents show them.
pub(super) fn pages(plan: &Plan) -> Vec<(&'static str, &[Block])> {
    [
        ("Resultat", &plan.results),
        ("Utmaningar", &plan.challenges),
        ("Patientlöften", &plan.promises),
        ("Instruktioner", &plan.instructions),
    ]
    .into_iter()
    .filter(|(_, blocks)| !blocks.is_empty())
    .map(|(name, blocks)| (name, blocks.as_slice()))
    .collect()
}

/// The year wheel as running text: its heading, and its events quarter by quarter.
pub(super) fn year_wheel(calendar: &Calendar) -> (String, Vec<Block>) {
    let title = calendar.year.map_or_else(|| "Årshjul".to_owned(), |year| format!("Årshjul {year}"));
    let bold = |text: String| Block { runs: vec![Run { bold: true, ..Run::plain(text) }], ..Block::default() };
    let mut blocks = Vec::new();
    let mut quarter = None;
    for event in &calendar.events {
        if event.quarter != quarter {
            quarter = event.quarter;
            blocks.push(bold(quarter.map_or_else(|| "Under året".to_owned(), |quarter| format!("Kvartal {quarter}"))));
        }
        let when = event.when.as_deref().map(|when| format!("{when} ")).unwrap_or_default();
        blocks.push(Block::bullet(0, format!("{when}{}", event.text)));
    }
    if !calendar.ongoing.is_empty() {
        blocks.push(bold("Hela året".to_owned()));
        blocks.extend(calendar.ongoing.iter().cloned());
    }
    (title, blocks)
}

/// The heading of a part that the model has no field for.
pub(super) fn other_heading(part: &OtherPart) -> &str {
    part.heading.as_deref().map(str::trim).filter(|heading| !heading.is_empty()).unwrap_or("Övrigt")
}

/// The headings of the columns that a section has beside the model's fields, in the order they first appear.
///
/// `other` are the plan's other parts: what an earlier writing put there is not shown a second time.
pub(super) fn own_columns<'s>(section: &'s Section, other: &[OtherPart]) -> Vec<&'s str> {
    let mut headings: Vec<&str> = Vec::new();
    for item in &section.items {
        for part in item.other.iter().filter(|part| !stands_in(other, item, part)) {
            let heading = other_heading(part);
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
    }
    headings
}

/// What an item has in a column of [`own_columns`].
pub(super) fn own_cell<'i>(
    item: &'i Item,
    heading: &'i str,
    other: &'i [OtherPart],
) -> impl Iterator<Item = &'i Block> {
    let own = item.other.iter().filter(move |part| other_heading(part) == heading && !stands_in(other, item, part));
    own.flat_map(|part| &part.blocks)
}

/// Whether an earlier writing put a cell of an item among the plan's other parts: it would be shown twice, and once
/// more with each round.
pub(super) fn stands_in(other: &[OtherPart], item: &Item, part: &OtherPart) -> bool {
    if other.is_empty() {
        return false;
    }
    let title = item_title(item);
    let title = title.trim_end_matches('…');
    let names =
        |heading: &String| heading.contains(title) && part.heading.as_ref().is_none_or(|own| heading.contains(own));
    other.iter().any(|shown| shown.blocks == part.blocks && shown.heading.as_ref().is_some_and(names))
}

/// An item's first line: what people call it.
pub(super) fn item_title(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    let first = cells.into_iter().flatten().find(|block| !block.is_blank()).map(Block::text).unwrap_or_default();
    let mut line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > LONGEST_TITLE {
        line = line.chars().take(LONGEST_TITLE - 1).collect();
        // Cut between words where one ends near.
        if let Some((head, tail)) = line.rsplit_once(' ')
            && tail.chars().count() < LONGEST_TITLE / 3
        {
            line.truncate(head.len());
        }
        line.push('…');
    }
    if line.is_empty() { "Punkt utan rubrik".to_owned() } else { line }
}

/// A heading longer than this is cut, in characters.
const LONGEST_TITLE: usize = 90;

/// An entry's date as the plan shows it; none for text before any date.
pub(super) fn date(entry: &Entry) -> Option<String> {
    entry.shown_date().filter(|date| !date.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemId;

    #[test]
    fn a_long_title_is_cut_between_words() {
        let item = Item {
            id: ItemId::new("a"),
            area: vec![Block::default(), Block::paragraph("ord ".repeat(60))],
            priority: Vec::new(),
            activities: Vec::new(),
            promises: Vec::new(),
            follow_up: Vec::new(),
            status: crate::model::Status::default(),
            status_history: Vec::new(),
            wording_history: Vec::new(),
            last_seen: None,
            other: Vec::new(),
            source: None,
        };
        let title = item_title(&item);
        assert!(title.ends_with("ord…") && title.chars().count() <= LONGEST_TITLE, "{title}");
    }

    #[test]
    fn a_label_stands_after_its_name() {
        let status = |label: Option<&str>| StatusLight { light: Light::Green, label: label.map(str::to_owned) };
        assert_eq!(light_with_label(&status(None)), "Grön");
        assert_eq!(light_with_label(&status(Some("(Human)"))), "Grön (Human)");
        assert_eq!(light_with_label(&status(Some("Human"))), "Grön: Human");
    }
}

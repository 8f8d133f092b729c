//! What the page's templates see.

use std::collections::HashMap;

use minijinja::{Value, context};

use super::text;
use crate::model::{
    Block, Calendar, Entry, EntryDate, Item, Light, OtherPart, Plan, Reading, Section, StatusLight, SupportingDocument,
    Unplaced,
};
use crate::write::WriteOptions;
use crate::write::shown::{self, Column};

/// A plan.
pub(super) fn plan(plan: &Plan, options: &WriteOptions) -> Value {
    let sections: Vec<Value> =
        plan.sections.iter().enumerate().map(|(index, item)| section(index, item, options)).collect();
    let pages = shown::pages(plan);
    let other = plan.other.iter().map(|part| (shown::other_heading(part), part.blocks.as_slice()));
    let pages: Vec<Value> = pages
        .into_iter()
        .chain(other)
        .enumerate()
        .map(|(index, (title, blocks))| {
            context! { id => format!("sida-{}", index + 1), title => title, text => text::blocks(blocks) }
        })
        .collect();
    let calendar = plan.calendar.as_ref().map(calendar);
    let mut links: Vec<Value> = sections.iter().chain(&pages).map(|part| {
        context! { id => part.get_attr("id").unwrap_or_default(), title => part.get_attr("title").unwrap_or_default() }
    }).collect();
    let mut link = |id: &str, title: &str, is_there: bool| {
        if is_there {
            links.push(context! { id => id, title => title });
        }
    };
    link("arshjul", "Årshjul", calendar.is_some());
    link("oplacerat", "Anteckningar som ingen punkt tog", !plan.unplaced.is_empty());
    link("rester", "Läst text utan plats i planen", !plan.reading.leftovers.is_empty());
    let title = shown::title(plan);
    let group = plan.group.as_deref().filter(|group| group.trim() != title);
    let page_title = match group {
        Some(group) => format!("{title} – {group}"),
        None => title.to_owned(),
    };
    let rows = plan.sections.iter().enumerate().flat_map(|(section, found)| {
        found.items.iter().enumerate().map(move |(row, item)| (item, row_id(section, row)))
    });
    let ids: HashMap<&str, (String, String)> =
        rows.map(|(item, row)| (item.id.as_str(), (row, shown::item_title(item)))).collect();
    context! {
        page_title => page_title,
        title => title,
        group => group,
        region => plan.region.as_deref(),
        updated => plan.updated.as_ref().map(|updated| context! { text => updated.text.as_str() }),
        counts => counts(plan),
        links => links,
        sections => sections,
        pages => pages,
        calendar => calendar,
        unplaced => plan.unplaced.iter().map(|note| unplaced(note, &ids)).collect::<Vec<_>>(),
        leftovers => leftovers(&plan.reading),
        sources => sources(&plan.reading),
    }
}

/// A supporting document.
pub(super) fn supporting(document: &SupportingDocument) -> Value {
    let date = document.date.map(|date| date.to_string());
    let head: Vec<Value> = [("Datum", &date), ("Från", &document.from), ("Till", &document.to)]
        .into_iter()
        .filter_map(|(label, text)| text.as_ref().map(|text| context! { label => label, text => text }))
        .collect();
    // A heading of level 3 under the title would skip one: levels follow each other.
    let mut before = 1;
    let sections: Vec<Value> = document
        .sections
        .iter()
        .map(|section| {
            let level = section.level.saturating_add(1).clamp(2, 6).min(before + 1);
            if section.heading.is_some() {
                before = level;
            }
            context! { heading => section.heading.as_deref(), level => level, text => text::blocks(&section.blocks) }
        })
        .collect();
    context! {
        page_title => shown::supporting_title(document),
        title => shown::supporting_title(document),
        head => head,
        sections => sections,
        signatures => document.signatures.clone(),
        leftovers => leftovers(&document.reading),
        sources => sources(&document.reading),
    }
}

fn section(index: usize, section: &Section, options: &WriteOptions) -> Value {
    let columns = shown::columns(section);
    let has_other = section.items.iter().any(|item| !item.other.is_empty() || item.last_seen.is_some());
    let headings: Vec<Value> =
        columns.iter().map(|(column, heading)| context! { class => class(*column), heading => *heading }).collect();
    let items: Vec<Value> = section
        .items
        .iter()
        .enumerate()
        .map(|(row, item)| {
            // What a screen reader names the row by: its first cell of the two that has words.
            let names = [(Column::Area, &item.area), (Column::Priority, &item.priority)];
            let naming = names
                .into_iter()
                .find(|(column, text)| columns.iter().any(|(own, _)| own == column) && !crate::model::is_blank(text));
            let cells: Vec<Value> = columns
                .iter()
                .map(|(column, _)| {
                    let names = naming.is_some_and(|(naming, _)| naming == *column);
                    context! { names => names, ..cell(item, *column, options) }
                })
                .collect();
            context! {
                id => row_id(index, row),
                cells => cells,
                other => item.other.iter().map(part).collect::<Vec<_>>(),
                last_seen => item.last_seen.as_deref(),
            }
        })
        .collect();
    context! {
        id => format!("avsnitt-{}", index + 1),
        title => shown::section_title(section),
        columns => headings,
        has_other => has_other,
        items => items,
    }
}

fn row_id(section: usize, row: usize) -> String {
    format!("punkt-{}-{}", section + 1, row + 1)
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Area => "area",
        Column::Priority => "priority",
        Column::Activities => "activities",
        Column::FollowUp => "follow-up",
        Column::Status => "status",
    }
}

fn cell(item: &Item, column: Column, options: &WriteOptions) -> Value {
    match column {
        Column::Area => context! { text => text::blocks(&item.area) },
        Column::Priority => context! { text => text::blocks(&item.priority) },
        Column::Activities => context! {
            text => text::blocks(&item.activities),
            wordings => item.wording_history.iter().map(|wording| {
                let cells = [&wording.area, &wording.priority, &wording.activities];
                let all: Vec<Block> = cells.into_iter().flatten().cloned().collect();
                context! { source => wording.source.as_deref().unwrap_or("En tidigare version"), text => text::blocks(&all) }
            }).collect::<Vec<_>>(),
        },
        Column::FollowUp => {
            context! { entries => item.follow_up.iter().map(|found| entry(found, options)).collect::<Vec<_>>() }
        }
        Column::Status => context! {
            lights => lights(&item.status.lights),
            text => text::blocks(&item.status.text),
            history => item.status_history.iter().map(|change| context! {
                date => change.date.map_or_else(|| "Utan datum".to_owned(), |date| date.to_string()),
                lights => lights(&change.lights),
                text => text::blocks(&change.text),
            }).collect::<Vec<_>>(),
        },
    }
}

fn entry(entry: &Entry, options: &WriteOptions) -> Value {
    let new = options.mark_new.zip(entry.date.and_then(EntryDate::day)).is_some_and(|(from, day)| day >= from);
    context! {
        date => entry.date.map(|date| date.to_string()),
        written => shown::date(entry),
        new => new,
        text => text::blocks(&entry.text),
        earlier => entry.earlier.iter().map(|blocks| text::blocks(blocks)).collect::<Vec<_>>(),
    }
}

fn light_class(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Closed => "closed",
    }
}

fn lights(lights: &[StatusLight]) -> Vec<Value> {
    lights
        .iter()
        .map(|light| context! { class => light_class(light.light), text => shown::light_with_label(light) })
        .collect()
}

/// How many lights of each colour the plan has.
fn counts(plan: &Plan) -> Vec<Value> {
    let names = [
        (Light::Green, "grön", "gröna"),
        (Light::Yellow, "gul", "gula"),
        (Light::Red, "röd", "röda"),
        (Light::Closed, "avslutad", "avslutade"),
    ];
    let count = |light| plan.items().flat_map(|item| &item.status.lights).filter(|own| own.light == light).count();
    names
        .into_iter()
        .map(|(light, one, many)| (light, count(light), one, many))
        .filter(|(_, count, ..)| *count > 0)
        .map(|(light, count, one, many)| {
            context! { class => light_class(light), text => format!("{count} {}", if count == 1 { one } else { many }) }
        })
        .collect()
}

fn part(part: &OtherPart) -> Value {
    context! { heading => shown::other_heading(part), text => text::blocks(&part.blocks) }
}

fn calendar(calendar: &Calendar) -> Value {
    let mut quarters: Vec<(Option<u8>, Vec<Value>)> = Vec::new();
    for event in &calendar.events {
        let shown = context! { when => event.when.as_deref(), text => event.text.as_str() };
        match quarters.last_mut() {
            Some((quarter, events)) if *quarter == event.quarter => events.push(shown),
            _ => quarters.push((event.quarter, vec![shown])),
        }
    }
    let quarters: Vec<Value> = quarters
        .into_iter()
        .map(|(quarter, events)| {
            let title = quarter.map_or_else(|| "Under året".to_owned(), |number| format!("Kvartal {number}"));
            context! { title => title, events => events }
        })
        .collect();
    context! {
        title => calendar.year.map_or_else(|| "Årshjul".to_owned(), |year| format!("Årshjul {year}")),
        quarters => quarters,
        ongoing => (!calendar.ongoing.is_empty()).then(|| text::blocks(&calendar.ongoing)),
    }
}

fn unplaced(note: &Unplaced, ids: &HashMap<&str, (String, String)>) -> Value {
    let candidates: Vec<Value> = note
        .candidates
        .iter()
        .map(|id| match ids.get(id.as_str()) {
            Some((row, title)) => context! { href => row, title => title },
            None => context! { title => id.as_str() },
        })
        .collect();
    context! {
        heading => note.heading.as_str(),
        date => note.date.map(|date| date.to_string()),
        reason => note.reason.as_str(),
        text => text::blocks(&note.text),
        status => note.status.as_deref(),
        candidates => candidates,
    }
}

fn leftovers(reading: &Reading) -> Vec<Value> {
    let place = |leftover: &crate::model::Leftover| format!("{}, {}", leftover.source.file, leftover.source.place);
    reading
        .leftovers
        .iter()
        .map(|leftover| context! { text => leftover.text.as_str(), place => place(leftover) })
        .collect()
}

fn sources(reading: &Reading) -> Vec<String> {
    reading.sources.iter().map(|source| source.file.clone()).collect()
}

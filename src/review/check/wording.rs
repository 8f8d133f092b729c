//! Rules about the cells' words.

use crate::model::{Block, Item, SectionColumns, SectionKind, blocks_text, is_blank};

use super::context::is_resting;
use super::{Column, Context, Found};

/// From so many items on, a column that is empty throughout gets one remark and not one for each item.
const MANY: usize = 3;

/// A column as this rule sees it.
struct Cells {
    column: Column,
    name: &'static str,
    heading: fn(&SectionColumns) -> &Option<String>,
    blank: fn(&Item) -> bool,
}

const CELLS: [Cells; 4] = [
    Cells {
        column: Column::Area,
        name: "Område",
        heading: |columns| &columns.area,
        blank: |item| is_blank(&item.area),
    },
    Cells {
        column: Column::Priority,
        name: "Prioriterat område",
        heading: |columns| &columns.priority,
        blank: |item| is_blank(&item.priority),
    },
    Cells {
        column: Column::Activities,
        name: "Aktiviteter",
        heading: |columns| &columns.activities,
        blank: |item| is_blank(&item.activities),
    },
    Cells {
        column: Column::FollowUp,
        name: "Uppföljning",
        heading: |columns| &columns.follow_up,
        blank: |item| item.follow_up.is_empty(),
    },
];

/// A cell with nothing in it, where its table has the column. The national area may be empty: the
/// instruction says so. The status has a rule of its own.
pub(super) fn empty_cells(context: &Context<'_>, found: &mut Found<'_>) {
    for cells in &CELLS {
        let mut with_column = 0;
        let mut empty = Vec::new();
        for (number, place) in context.open() {
            let Some(heading) = (cells.heading)(&place.section.columns) else { continue };
            let may_be_empty = match cells.column {
                Column::Area => place.section.kind == SectionKind::National && !is_blank(&place.item.priority),
                Column::FollowUp => is_resting(place.item),
                _ => false,
            };
            with_column += 1;
            if (cells.blank)(place.item) && !may_be_empty {
                empty.push((number, heading));
            }
        }
        if with_column >= MANY && empty.len() == with_column {
            found.plan(format!("Kolumnen {} är tom för alla öppna punkter.", cells.name));
            continue;
        }
        for (number, heading) in empty {
            found.item(context, number, Some(cells.column), format!("Cellen under ”{heading}” är tom."));
        }
    }
}

/// A year in an item's name that is before the plan's, with none in it that fits.
pub(super) fn year_in_name(context: &Context<'_>, found: &mut Found<'_>) {
    let Some(plan_year) = context.plan.year else { return };
    for (number, place) in context.open() {
        let item = place.item;
        let (column, name) = if is_blank(&item.area) {
            (Column::Priority, item.priority.first().map(Block::text).unwrap_or_default())
        } else {
            (Column::Area, blocks_text(&item.area))
        };
        let newest = years(&name).max();
        if let Some(year) = newest.filter(|year| *year < plan_year) {
            let message = format!("Namnet talar om {year}, men planen är för {plan_year}.");
            found.item(context, number, Some(column), message);
        }
    }
}

/// The years that stand as words of their own.
pub(super) fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1990..2100).contains(year))
}

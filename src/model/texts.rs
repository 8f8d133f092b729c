//! All that a plan says, text by text: one walk for everything that counts, compares or searches texts.

use super::{Block, Entry, Item, Plan, SectionKind, StatusLight};

/// A text of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text<'a> {
    /// Paragraphs and bullets.
    Blocks(&'a [Block]),
    /// A line.
    Line(&'a str),
    /// The date that an entry is shown with stands in the entry.
    EntryDate(&'a Entry),
    /// A light, with its label.
    Light(&'a StatusLight),
}

/// Where in a plan a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// Region, group, title, line of update.
    Front,
    /// Instructions, promises, results, challenges.
    Page,
    /// The year wheel.
    Calendar,
    /// Parts that no field of the model is for, the headings too.
    Other,
    /// The heading over a section.
    Section(SectionKind),
    /// An item's area.
    Area(&'a Item),
    /// An item's priority.
    Priority(&'a Item),
    /// An item's activities.
    Activities(&'a Item),
    /// An item's entries.
    FollowUp(&'a Item),
    /// An item's status.
    Status(&'a Item),
    /// Cells of an item that no field of the model is for, the headings too.
    ItemOther(&'a Item),
}

impl Plan {
    /// Shows every text of the plan as it stands, in the order of the model: histories and what the reading left
    /// over are no part of it.
    pub fn each_text<'a>(&'a self, mut show: impl FnMut(Field<'a>, Text<'a>)) {
        let lines = [&self.region, &self.group, &self.title].into_iter().filter_map(Option::as_deref);
        for line in lines.chain(self.updated.as_ref().map(|updated| updated.text.as_str())) {
            show(Field::Front, Text::Line(line));
        }
        for blocks in [&self.instructions, &self.promises, &self.results, &self.challenges] {
            show(Field::Page, Text::Blocks(blocks));
        }
        if let Some(calendar) = &self.calendar {
            show(Field::Calendar, Text::Blocks(&calendar.ongoing));
            for event in &calendar.events {
                let lines = event.when.as_deref().into_iter().chain([event.text.as_str()]);
                lines.for_each(|line| show(Field::Calendar, Text::Line(line)));
            }
        }
        for part in &self.other {
            part.heading.iter().for_each(|heading| show(Field::Other, Text::Line(heading)));
            show(Field::Other, Text::Blocks(&part.blocks));
        }
        for section in &self.sections {
            section.title.iter().for_each(|title| show(Field::Section(section.kind), Text::Line(title)));
            section.items.iter().for_each(|item| item.each_text(&mut show));
        }
    }
}

impl Item {
    /// Shows every text of the item as it stands, column by column.
    pub fn each_text<'a>(&'a self, mut show: impl FnMut(Field<'a>, Text<'a>)) {
        show(Field::Area(self), Text::Blocks(&self.area));
        show(Field::Priority(self), Text::Blocks(&self.priority));
        show(Field::Activities(self), Text::Blocks(&self.activities));
        for entry in &self.follow_up {
            show(Field::FollowUp(self), Text::EntryDate(entry));
            show(Field::FollowUp(self), Text::Blocks(&entry.text));
        }
        for light in &self.status.lights {
            show(Field::Status(self), Text::Light(light));
        }
        show(Field::Status(self), Text::Blocks(&self.status.text));
        for part in &self.other {
            part.heading.iter().for_each(|heading| show(Field::ItemOther(self), Text::Line(heading)));
            show(Field::ItemOther(self), Text::Blocks(&part.blocks));
        }
    }
}

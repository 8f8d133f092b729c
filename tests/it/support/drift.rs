//! Two years of a made-up plan, with which items are one: reworded, moved, split, joined, closed, new.
//!
//! The words are those of `fixtures/pairs/drift.toml`; its two halves share no subject and no measure.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, reason = "each user uses a part of it")]

use super::random::Random;
use handlingsplan::model::{
    Block, Entry, Item, Light, Plan, SCHEMA_VERSION, Section, SectionColumns, SectionKind, Status, StatusLight,
    assign_ids,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Stock {
    promises: Vec<String>,
    common_entries: Vec<String>,
    lead_ins: Vec<String>,
    tails: Vec<String>,
    subject: Vec<Subject>,
    action: Vec<Action>,
}

#[derive(Clone, Deserialize)]
struct Subject {
    half: String,
    names: Vec<String>,
}

#[derive(Clone, Deserialize)]
struct Action {
    half: String,
    names: Vec<String>,
    activities: Vec<String>,
    entries: Vec<String>,
}

/// What happened to an item from the older year to the newer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Slips of the pen, another year, a word more.
    Edited,
    /// Other words for the same name.
    Reworded,
    /// Other words for everything, the work some steps on, often in another column and section.
    Rewritten,
    /// The same words in another column or section.
    Moved,
    /// One of two items made of one.
    Split,
    /// One of two items that became one.
    Joined,
}

/// Two items that are one, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    pub older: usize,
    pub newer: usize,
    pub change: Change,
}

/// Two years of a plan, and which items are one.
pub struct Drift {
    pub older: Plan,
    pub newer: Plan,
    pub truth: Vec<Truth>,
}

/// How a row is laid out.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    /// The name in the first column, a promise or nothing beside it.
    Area,
    /// The name in the second column, with or without a promise after it.
    Priority,
    /// Only a promise in the second column; what it is about stands among the activities.
    PromiseOnly,
}

#[derive(Clone)]
struct Row {
    subject: usize,
    action: usize,
    name: String,
    called: String,
    layout: Layout,
    kind: SectionKind,
    promise: String,
    phase: usize,
    activities: Vec<String>,
    details: Vec<String>,
    entries: Vec<(String, String)>,
    status: String,
    light: Option<Light>,
}

/// Makes pairs of years.
pub struct Generator {
    hard: bool,
    random: Random,
    stock: Stock,
}

/// How often a row is sought that shares nothing with the closed ones.
const MOST_TRIES: usize = 200;

impl Generator {
    /// Words of one half (`fit` or `held_out`) and a seed.
    pub fn new(half: &str, seed: u64) -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pairs/drift.toml");
        let mut stock: Stock = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        stock.subject.retain(|subject| subject.half == half);
        stock.action.retain(|action| action.half == half);
        Self { hard: false, random: Random(seed), stock }
    }

    /// New items may take up the measure or the subject of one that was closed the same year.
    #[must_use]
    pub fn hard(self) -> Self {
        Self { hard: true, ..self }
    }

    /// A plan of so many items and the next year's.
    pub fn drift(&mut self, items: usize) -> Drift {
        let mut rows: Vec<Row> = Vec::new();
        for _ in 0..items {
            let row = self.new_row(&rows, &[], 15, "22");
            rows.push(row);
        }
        // Some groups go on in last year's file, some begin a new one with empty cells.
        let carried = self.random.chance(55);
        let mut newer: Vec<(Row, Vec<(usize, Change)>)> = Vec::new();
        let mut joined = vec![false; rows.len()];
        let mut closed: Vec<Row> = Vec::new();
        for number in 0..rows.len() {
            if joined[number] {
                continue;
            }
            let row = rows[number].clone();
            let dice = self.random.below(100);
            let change = match dice {
                0..12 => {
                    closed.push(row);
                    continue;
                }
                12..32 => Change::Edited,
                32..58 => Change::Reworded,
                58..76 => Change::Rewritten,
                76..88 => Change::Moved,
                88..94 => Change::Split,
                _ => Change::Joined,
            };
            match change {
                Change::Split => {
                    for half in 0..2 {
                        let mut part = self.changed(&row, Change::Reworded, carried && half == 0);
                        part.name = format!("{}, del {}", part.name, half + 1);
                        newer.push((part, vec![(number, Change::Split)]));
                    }
                }
                Change::Joined => {
                    let next =
                        (number + 1..rows.len()).find(|&other| !joined[other] && rows[other].subject != row.subject);
                    let mut both = self.changed(&row, Change::Edited, carried);
                    let mut from = vec![(number, if next.is_some() { Change::Joined } else { Change::Edited })];
                    if let Some(other) = next {
                        joined[other] = true;
                        both.name = format!("{} samt {}", both.name, lower(&rows[other].name));
                        both.activities.extend(rows[other].activities.clone());
                        from.push((other, Change::Joined));
                    }
                    newer.push((both, from));
                }
                change => newer.push((self.changed(&row, change, carried), vec![(number, change)])),
            }
        }
        for _ in 0..self.random.below(items / 4 + 2) {
            let row = self.new_row(&rows, &closed, 40, "23");
            rows.push(row.clone());
            let at = self.random.below(newer.len() + 1);
            newer.insert(at, (row, Vec::new()));
        }
        rows.truncate(items);
        if self.random.chance(40) {
            self.shuffle(&mut newer);
        }
        finish(&rows, &newer, &mut self.random)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.random.below(at + 1));
        }
    }

    /// A row that is not there yet; so many in a hundred take a measure or a subject that another row has.
    ///
    /// `gone` are rows that were closed this year. A new row takes no measure of theirs: such a row differs from
    /// a rewritten one only in that its subject is another, in words that need not be alike either way, and
    /// nobody who does not know the field could tell. [`Generator::hard`] makes such rows too.
    fn new_row(&mut self, rows: &[Row], gone: &[Row], twins: usize, year: &str) -> Row {
        // Beside those, no two rows have a measure or a subject in common as long as the stock lasts.
        let unused = |random: &mut Random, size: usize, used: &dyn Fn(usize) -> bool| {
            let fresh: Vec<usize> = (0..size).filter(|&number| !used(number)).collect();
            if fresh.is_empty() { random.below(size) } else { *random.pick(&fresh) }
        };
        let (mut subject, mut action);
        let mut tries = 0;
        loop {
            tries += 1;
            subject = unused(&mut self.random, self.stock.subject.len(), &|s| rows.iter().any(|row| row.subject == s));
            action = unused(&mut self.random, self.stock.action.len(), &|a| rows.iter().any(|row| row.action == a));
            if !rows.is_empty() && self.random.chance(twins) {
                let twin = self.random.below(rows.len());
                if self.random.chance(65) { action = rows[twin].action } else { subject = rows[twin].subject }
            }
            let of_closed = !self.hard && gone.iter().any(|row| row.action == action || row.subject == subject);
            let known = rows.iter().any(|row| (row.subject, row.action) == (subject, action));
            // In a large plan everything has been closed or combined at some time: then any row is new enough.
            if tries > MOST_TRIES || !(of_closed || known) {
                break;
            }
        }
        let kinds = [SectionKind::National, SectionKind::Assignment, SectionKind::Priority];
        let kind = *self.random.pick(&kinds);
        let dice = self.random.below(100);
        let layout = match dice {
            0..45 => Layout::Area,
            45..82 => Layout::Priority,
            _ => Layout::PromiseOnly,
        };
        let mut row = Row {
            subject,
            action,
            name: String::new(),
            called: String::new(),
            layout,
            kind,
            promise: self.random.pick(&self.stock.promises).clone(),
            phase: 0,
            activities: Vec::new(),
            details: Vec::new(),
            entries: Vec::new(),
            status: String::new(),
            light: None,
        };
        for _ in 0..self.random.below(3) {
            row.details.push(self.detail());
        }
        self.rename(&mut row);
        self.plan_work(&mut row);
        self.follow_up(&mut row, year);
        row
    }

    /// A name that only this item has: of a person's, a project's or a place's kind.
    fn detail(&mut self) -> String {
        let first = [
            "Al", "Ber", "Dal", "Ek", "Fors", "Gran", "Hög", "Klint", "Lund", "Mal", "Nor", "Ström", "Tall", "Vret",
            "Åke", "Öst",
        ];
        let last = ["by", "torp", "berg", "näs", "hult", "stad", "sund", "fors", "vik", "ås"];
        let name = format!("{}{}", self.random.pick(&first), self.random.pick(&last));
        let forms =
            ["projekt {n}", "{n} sjukhus", "styrgruppen {n}", "{n}rapporten", "processledaren i {n}", "pilot i {n}"];
        self.random.pick(&forms).replace("{n}", &name)
    }

    fn rename(&mut self, row: &mut Row) {
        let subject = self.random.pick(&self.stock.subject[row.subject].names).clone();
        let name = self.random.pick(&self.stock.action[row.action].names).replace("{s}", &subject);
        let lead = self.random.pick(&self.stock.lead_ins).clone();
        let tail = self.random.pick(&self.stock.tails);
        row.name = if lead.is_empty() { format!("{name}{tail}") } else { format!("{lead}{}{tail}", lower(&name)) };
        row.called = subject;
    }

    fn plan_work(&mut self, row: &mut Row) {
        let all = &self.stock.action[row.action].activities;
        let steps = 2 + self.random.below(2);
        row.activities = (row.phase..(row.phase + steps).min(all.len())).map(|step| all[step].clone()).collect();
        for activity in &mut row.activities {
            if self.random.chance(35) {
                activity.push_str(&format!(" för {}", row.called));
            }
        }
        if let Some(detail) = row.details.first() {
            row.activities.push(format!("Samordnas av {detail}"));
        }
    }

    fn follow_up(&mut self, row: &mut Row, year: &str) {
        let meetings = [format!("{year}0208"), format!("{year}0419"), format!("{year}0614"), format!("{year}1011")];
        for meeting in meetings {
            if self.random.chance(70) {
                let text = if self.random.chance(25) {
                    self.random.pick(&self.stock.common_entries).clone()
                } else {
                    self.random.pick(&self.stock.action[row.action].entries).replace("{s}", &row.called)
                };
                let detail = row.details.last().filter(|_| self.random.chance(40));
                let text = detail.map_or(text.clone(), |detail| format!("{text}, {detail} återkommer"));
                row.entries.push((meeting, text));
            }
        }
        let lights = [Light::Green, Light::Yellow, Light::Red];
        row.light = self.random.chance(70).then(|| *self.random.pick(&lights));
        if self.random.chance(30) {
            row.status = self.random.pick(&self.stock.action[row.action].entries).replace("{s}", &row.called);
        }
    }

    fn changed(&mut self, old: &Row, change: Change, carried: bool) -> Row {
        let mut row = old.clone();
        match change {
            Change::Edited | Change::Split | Change::Joined => {
                row.name = self.slips(&row.name);
                row.name.push_str(self.random.pick::<&str>(&["", " 2023", " – fortsatt", ", nuläge"]));
                if self.random.chance(40) {
                    row.phase += 1;
                    self.plan_work(&mut row);
                }
            }
            Change::Reworded => {
                self.rename(&mut row);
                row.phase += self.random.below(2);
                self.plan_work(&mut row);
            }
            Change::Rewritten => {
                self.rename(&mut row);
                row.phase = (row.phase + 2).min(3);
                if self.random.chance(50) && !row.details.is_empty() {
                    row.details.remove(0);
                }
                self.plan_work(&mut row);
                self.relocate(&mut row);
                row.promise = self.random.pick(&self.stock.promises).clone();
            }
            Change::Moved => {
                self.relocate(&mut row);
                let name = row.name.clone();
                if self.random.chance(50) {
                    self.rename(&mut row);
                    if self.random.chance(50) {
                        row.name = name;
                    }
                }
            }
        }
        if carried {
            for (_, text) in &mut row.entries {
                if self.random.chance(15) {
                    *text = self.slips(text);
                }
            }
        } else {
            row.entries.clear();
        }
        row.status.clear();
        self.follow_up(&mut row, "23");
        row
    }

    fn relocate(&mut self, row: &mut Row) {
        let layouts = [Layout::Area, Layout::Priority, Layout::Priority, Layout::PromiseOnly];
        row.layout = *self.random.pick(&layouts);
        let kinds = [SectionKind::National, SectionKind::Assignment, SectionKind::Priority];
        if self.random.chance(60) {
            row.kind = *self.random.pick(&kinds);
        }
    }

    /// The text with a word's letters swapped, or another ending.
    fn slips(&mut self, text: &str) -> String {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let at = self.random.below(words.len());
        let mut letters: Vec<char> = words[at].chars().collect();
        if letters.len() > 5 {
            let swap = 2 + self.random.below(letters.len() - 4);
            letters.swap(swap, swap + 1);
        }
        words[at] = letters.into_iter().collect();
        words.join(" ")
    }
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        // An abbreviation stays.
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

/// The rows as plans, in sections, and the numbers of the items that are one.
fn finish(rows: &[Row], newer: &[(Row, Vec<(usize, Change)>)], random: &mut Random) -> Drift {
    let (older, old_places) = plan(&rows.iter().collect::<Vec<_>>(), 2022, random);
    let (newer_plan, new_places) = plan(&newer.iter().map(|(row, _)| row).collect::<Vec<_>>(), 2023, random);
    let truth = newer.iter().enumerate().flat_map(|(number, (_, from))| {
        let newer = new_places[number];
        let old_places = &old_places;
        from.iter().map(move |&(old, change)| Truth { older: old_places[old], newer, change })
    });
    Drift { truth: truth.collect(), older, newer: newer_plan }
}

/// A plan of rows, and the number of the item that each row became.
fn plan(rows: &[&Row], year: i16, random: &mut Random) -> (Plan, Vec<usize>) {
    let kinds = [SectionKind::National, SectionKind::Assignment, SectionKind::Priority];
    let mut places = vec![0; rows.len()];
    let mut next = 0;
    let mut sections = Vec::new();
    for kind in kinds {
        let mut items = Vec::new();
        for (number, row) in rows.iter().enumerate().filter(|(_, row)| row.kind == kind) {
            places[number] = next;
            next += 1;
            items.push(item(row, random));
        }
        if !items.is_empty() {
            sections.push(Section { kind, title: None, columns: SectionColumns::default(), items });
        }
    }
    let mut plan = Plan { schema_version: SCHEMA_VERSION.to_owned(), year: Some(year), sections, ..Plan::default() };
    assign_ids(plan.items_mut(), |_| true);
    (plan, places)
}

fn item(row: &Row, random: &mut Random) -> Item {
    let blocks = |text: &str| if text.is_empty() { Vec::new() } else { vec![Block::paragraph(text)] };
    let with_promise = random.chance(60);
    let (area, priority) = match row.layout {
        Layout::Area => (row.name.clone(), if with_promise { row.promise.clone() } else { String::new() }),
        Layout::Priority if with_promise => (String::new(), format!("{} {}", row.name, row.promise)),
        Layout::Priority => (String::new(), row.name.clone()),
        Layout::PromiseOnly => (String::new(), row.promise.clone()),
    };
    let mut activities: Vec<Block> = Vec::new();
    if row.layout == Layout::PromiseOnly {
        activities.push(Block::paragraph(&row.name));
    }
    activities.extend(row.activities.iter().map(|text| Block::bullet(0, text)));
    let follow_up = row.entries.iter().map(|(date, text)| {
        let date = format!("20{}-{}-{}", &date[..2], &date[2..4], &date[4..]);
        Entry { date: Some(date.parse().unwrap()), ..Entry::undated(blocks(text)) }
    });
    let lights = row.light.map(|light| StatusLight { light, label: None });
    Item {
        area: blocks(&area),
        priority: blocks(&priority),
        activities,
        follow_up: follow_up.collect(),
        status: Status { lights: lights.into_iter().collect(), text: blocks(&row.status), ..Status::default() },
        ..Item::default()
    }
}

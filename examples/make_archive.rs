//! Makes an archive of plans to measure with: `cargo run --example make_archive -- DIR FILES [docx,xlsx,pdf]`.
//!
//! Each group has a plan for every year of a row, a version for every meeting of the year, and items that live on from
//! version to version. No plan carries its hidden model, so that all are read by what they show.

use std::path::PathBuf;

use handlingsplan::model::{
    Block, Document, Entry, EntryDate, Item, Light, Plan, Section, SectionColumns, SectionKind, Status, StatusLight,
    Updated, assign_ids,
};
use handlingsplan::write::{Format, WriteOptions, render};
use jiff::civil::Date;

const VERBS: &[&str] = &["Införa", "Utveckla", "Samordna", "Följa upp", "Kartlägga", "Förbättra", "Utreda"];
const THINGS: &[&str] = &[
    "vårdprogram",
    "remissflöden",
    "kvalitetsregister",
    "utbildning",
    "läkemedelslistor",
    "bedömningar",
    "rehabilitering",
    "screening",
    "distanskontakter",
    "provtagning",
    "vårdförlopp",
    "tillgänglighet",
    "patientinformation",
    "jourlinjer",
];
const FIELDS: &[&str] =
    &["hjärta", "lunga", "rörelse", "barn", "ögon", "hud", "njure", "cancer", "psykisk hälsa", "nerver"];
const STEPS: &[&str] = &[
    "Arbetet fortsätter enligt plan.",
    "Gruppen har träffats och fördelat arbetet.",
    "Underlag har sänts på remiss.",
    "Resurser saknas i en av regionerna.",
    "Redovisas vid nästa möte.",
];
const MEETINGS: &[(i8, i8)] = &[(2, 5), (4, 17), (6, 14), (9, 18), (11, 20)];

/// Numbers that are the same on every machine (a multiplicative generator modulo a Mersenne prime).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 % end as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a folder")?);
    let files: usize = arguments.next().ok_or("how many files")?.parse()?;
    let formats = arguments.next().unwrap_or_else(|| "docx".to_owned());
    let formats: Vec<Format> = formats.split(',').filter_map(Format::from_ending).collect();
    let options = WriteOptions { embed_model: false, ..WriteOptions::default() };
    let mut number = 0;
    for group in 0.. {
        let mut numbers = Numbers(group as u64 + 7);
        let mut items: Vec<Item> = (0..6 + numbers.below(6)).map(|_| item(&mut numbers)).collect();
        for year in 2016..2026_i16 {
            for &(month, day) in MEETINGS {
                if number == files {
                    return Ok(());
                }
                let date = Date::constant(year, month, day);
                for item in &mut items {
                    step(item, date, &mut numbers);
                }
                let plan = plan(group, year, date, items.clone());
                let format = formats[number % formats.len()];
                let at = folder.join(format!("grupp {group}")).join(year.to_string());
                std::fs::create_dir_all(&at)?;
                let bytes = render(&Document::ActionPlan(plan), format, &options)?.value;
                std::fs::write(at.join(format!("plan {date}.{}", format.ending())), bytes)?;
                number += 1;
            }
            // A new year begins with the open items and the last of their entries.
            for item in &mut items {
                let keep = item.follow_up.len().saturating_sub(3);
                item.follow_up.drain(..keep);
            }
            items[0] = item(&mut numbers);
        }
    }
    Ok(())
}

fn item(numbers: &mut Numbers) -> Item {
    let name = format!("{} {} inom {}", numbers.of(VERBS), numbers.of(THINGS), numbers.of(FIELDS));
    let mut item = Item {
        area: vec![Block::paragraph(name)],
        priority: vec![Block::paragraph(format!("Jämlik {} för {}", numbers.of(THINGS), numbers.of(FIELDS)))],
        activities: vec![
            Block::paragraph(format!("{} {}.", numbers.of(VERBS), numbers.of(THINGS))),
            Block::bullet(0, format!("möte med {}", numbers.of(FIELDS))),
        ],
        ..Item::default()
    };
    assign_ids([&mut item], |_| true);
    item
}

fn step(item: &mut Item, date: Date, numbers: &mut Numbers) {
    let written = Some(date.strftime("%y%m%d").to_string());
    let text = vec![Block::paragraph(numbers.of(STEPS))];
    item.follow_up.push(Entry { date: Some(EntryDate::Day(date)), written, ..Entry::undated(text) });
    let light = [Light::Green, Light::Green, Light::Yellow, Light::Red][numbers.below(4)];
    item.status = Status { lights: vec![StatusLight { light, label: None }], ..Status::default() };
}

/// A name of letters alone, as groups have.
fn group_name(group: usize) -> String {
    let (first, second) = (FIELDS[group % FIELDS.len()], FIELDS[group / FIELDS.len() % FIELDS.len()]);
    let third = THINGS[group / (FIELDS.len() * FIELDS.len()) % THINGS.len()];
    format!("RPO {first}, {second} och {third}")
}

fn plan(group: usize, year: i16, date: Date, items: Vec<Item>) -> Plan {
    let columns = SectionColumns {
        area: Some("Nationellt insatsområde".to_owned()),
        priority: Some("Prioriterat område och patientlöften".to_owned()),
        activities: Some("Aktiviteter".to_owned()),
        follow_up: Some("Uppföljning".to_owned()),
        status: Some("Status".to_owned()),
    };
    Plan {
        schema_version: handlingsplan::model::SCHEMA_VERSION.to_owned(),
        region: Some("Sydöstra sjukvårdsregionen".to_owned()),
        group: Some(group_name(group)),
        title: Some(format!("Översiktlig handlingsplan {year}")),
        year: Some(year),
        updated: Some(Updated {
            date: Some(date),
            text: format!("Uppdaterad efter mötet {}", date.strftime("%Y%m%d")),
        }),
        sections: vec![Section { kind: SectionKind::National, title: None, columns, items }],
        ..Plan::default()
    }
}

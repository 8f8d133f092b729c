//! Large plans: years of one plan, and plans that are hard to tell apart.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each user uses a part of it")]

use handlingsplan::model::{
    Block, Entry, Item, ItemId, Plan, SCHEMA_VERSION, Section, SectionColumns, SectionKind, assign_ids,
};

use super::drift::Generator;
use super::random::Random;

/// Two years of a plan of so many items, made of many small plans, so that rows have subjects of their own as far
/// as the stock lasts.
pub fn drift(items: usize) -> (Plan, Plan) {
    let (mut older, mut newer) = (Vec::new(), Vec::new());
    let mut seed = 0;
    while older.len() < items || newer.len() < items {
        let drift = Generator::new(if seed % 2 == 0 { "held_out" } else { "fit" }, 1000 + seed).drift(20);
        seed += 1;
        older.extend(drift.older.sections.into_iter().flat_map(|section| section.items));
        newer.extend(drift.newer.sections.into_iter().flat_map(|section| section.items));
    }
    older.truncate(items);
    newer.truncate(items);
    (plan(older, 2022), plan(newer, 2023))
}

/// Items of words that no other item has.
pub fn different(items: usize, seed: u64) -> Plan {
    let mut random = Random(seed);
    plan(
        (0..items).map(|_| item(&words(&mut random, 6, 1_000_000), &words(&mut random, 25, 1_000_000))).collect(),
        2022,
    )
}

/// Items of one wording, with ids of their own.
pub fn alike(items: usize, tag: &str) -> Plan {
    let mut random = Random(7);
    let (name, activities) = (words(&mut random, 6, 1_000_000), words(&mut random, 25, 1_000_000));
    let mut plan = plan((0..items).map(|_| item(&name, &activities)).collect(), 2022);
    for (number, item) in plan.items_mut().enumerate() {
        item.id = ItemId::new(format!("{tag}-{number}"));
    }
    plan
}

/// Items of the same few words.
pub fn promise_only(items: usize, seed: u64) -> Plan {
    let mut random = Random(seed);
    plan((0..items).map(|_| item(&words(&mut random, 6, 40), &words(&mut random, 25, 40))).collect(), 2022)
}

fn words(random: &mut Random, count: usize, stock: usize) -> String {
    let syllables = ["ba", "ker", "lis", "mon", "ta", "ri", "sjö", "vel", "nå", "dup", "gra", "fen", "ho", "sky"];
    let mut words = Vec::new();
    for _ in 0..count {
        let mut number = random.below(stock) + 14;
        let mut word = String::new();
        while number > 0 {
            word.push_str(syllables[number % 14]);
            number /= 14;
        }
        words.push(word);
    }
    words.join(" ")
}

fn item(name: &str, activities: &str) -> Item {
    let entry = Entry { date: "2022-03-04".parse().ok(), ..Entry::undated(vec![Block::paragraph("Inget nytt.")]) };
    Item {
        area: vec![Block::paragraph(name)],
        activities: vec![Block::bullet(0, activities)],
        follow_up: vec![entry],
        ..Item::default()
    }
}

fn plan(items: Vec<Item>, year: i16) -> Plan {
    let section = Section { kind: SectionKind::National, title: None, columns: SectionColumns::default(), items };
    let mut plan = Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        year: Some(year),
        sections: vec![section],
        ..Plan::default()
    };
    assign_ids(plan.items_mut(), |_| true);
    plan
}

//! Any plan, for property tests.

use handlingsplan::model::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-zÅÄÖåäö0-9 .,:()–-]{0,40}",
        1 => "[<>&\"'{}%#☒●😀\\PC\n\t\u{1}\u{fffe}]{0,12}",
        1 => "(\\{\\{|\\{%|\\}\\}|%\\}| x ){1,4}",
        1 => "2[0-4]0[1-9]1[0-9] [a-z]{1,8}",
    ]
}

fn run() -> impl Strategy<Value = Run> {
    let link = option::weighted(0.1, prop_oneof![Just("https://a.se/b?c=1&d".to_owned()), "[ -~å]{0,12}"]);
    (text(), any::<bool>(), any::<bool>(), link).prop_map(|(text, bold, italic, link)| Run { text, bold, italic, link })
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let kind = prop_oneof![Just(BlockKind::Paragraph), Just(BlockKind::Bullet)];
    let block = (kind, 0u8..12, vec(run(), 0..4)).prop_map(|(kind, level, runs)| Block { kind, level, runs });
    vec(block, 0..4)
}

fn date() -> impl Strategy<Value = EntryDate> {
    prop_oneof![
        (1990i16..2110, 1i8..13, 1i8..29)
            .prop_map(|(y, m, d)| EntryDate::Day(format!("{y}-{m:02}-{d:02}").parse().unwrap())),
        (2015i16..2030).prop_map(EntryDate::Year),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    (option::of(date()), option::of(text()), blocks(), vec(blocks(), 0..2))
        .prop_map(|(date, written, text, earlier)| Entry { date, written, text, earlier })
}

fn status() -> impl Strategy<Value = Status> {
    let light = prop_oneof![Just(Light::Green), Just(Light::Yellow), Just(Light::Red), Just(Light::Closed)];
    let light = (light, option::of(text())).prop_map(|(light, label)| StatusLight { light, label });
    (vec(light, 0..3), blocks()).prop_map(|(lights, text)| Status { lights, text, ..Status::default() })
}

fn parts() -> impl Strategy<Value = Vec<OtherPart>> {
    vec((option::of(text()), blocks()).prop_map(|(heading, blocks)| OtherPart { heading, blocks }), 0..2)
}

fn item() -> impl Strategy<Value = Item> {
    let id = prop_oneof![3 => "[a-c]{1,2}(-[a-c]{1,2}){0,2}", 1 => "\\PC{0,50}"];
    let cells = (blocks(), blocks(), blocks());
    (id, cells, vec(entry(), 0..4), status(), parts()).prop_map(|(id, cells, follow_up, status, other)| Item {
        id: ItemId::new(id),
        area: cells.0,
        priority: cells.1,
        activities: cells.2,
        promises: Vec::new(),
        follow_up,
        status,
        status_history: Vec::new(),
        wording_history: Vec::new(),
        last_seen: None,
        other,
        source: None,
    })
}

fn section() -> impl Strategy<Value = Section> {
    let kind = prop_oneof![Just(SectionKind::National), Just(SectionKind::Assignment), Just(SectionKind::Priority)];
    let column = || option::of("[A-ZÅÄÖa-zåäö]{1,12}");
    let columns = (column(), column(), column(), column(), column()).prop_map(
        |(area, priority, activities, follow_up, status)| SectionColumns {
            area,
            priority,
            activities,
            follow_up,
            status,
        },
    );
    (kind, option::of(text()), columns, vec(item(), 0..4)).prop_map(|(kind, title, columns, items)| Section {
        kind,
        title,
        columns,
        items,
    })
}

/// Any plan: every field that the page shows, in any state.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let head =
        (option::of(text()), option::of(text()), option::of(text()), option::of(2015i16..2030), option::of(text()));
    let pages = (blocks(), blocks(), blocks(), blocks());
    (head, vec(section(), 0..4), pages, parts()).prop_map(|(head, sections, pages, other)| Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        region: head.0,
        group: head.1,
        title: head.2,
        year: head.3,
        updated: head.4.map(|text| Updated { date: None, text }),
        sections,
        results: pages.0,
        challenges: pages.1,
        promises: pages.2,
        instructions: pages.3,
        other,
        ..Plan::default()
    })
}

//! Plans as readers give them, for property tests of round trips: tidy text in any script, known headings, every field.

use handlingsplan::model::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A text: words with single blanks between, in any script, with signs that formats must escape.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[A-ZÅÄÖa-zåäö]{1,12}",
        1 => Just("samverkan".to_owned()),
        1 => Just("<b>&amp;\"'</b>".to_owned()),
        1 => Just("{{".to_owned()),
        1 => Just("%}".to_owned()),
        1 => Just("_x0041_".to_owned()),
        1 => Just("😀👩‍⚕️".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => Just("مرحبا".to_owned()),
        1 => Just("(t.ex.)".to_owned()),
        1 => Just("15/9–14/11".to_owned()),
        1 => "2[34]0[1-9]1[0-9]",
    ];
    // The first word begins neither a list, a date nor a colour.
    let first =
        prop_oneof![6 => "[A-ZÅÄÖ][b-eh-oåäö]{2,9}x", 1 => Just("=SUM(A1)".to_owned()), 1 => Just("@alla".to_owned())];
    let few = (first.clone(), vec(word.clone(), 0..8));
    let many = (first, vec(word, 250..400));
    prop_oneof![30 => few, 1 => many]
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" "))
}

fn block() -> impl Strategy<Value = Block> {
    let look = (any::<bool>(), any::<bool>());
    let runs = prop_oneof![
        3 => text().prop_map(|text| vec![Run::plain(text)]),
        1 => (text(), look, text()).prop_map(|(first, (bold, italic), second)| {
            let first = Run { text: format!("{first} "), bold, italic, link: None };
            vec![first, Run { text: second, bold: !bold, italic, link: None }]
        }),
        1 => text().prop_map(|text| vec![Run { text, link: Some("https://a.se/b?c=1&d".to_owned()), ..Run::default() }]),
    ];
    let kind = prop_oneof![3 => Just(None), 1 => Just(Some(0))];
    (runs, kind).prop_map(|(runs, level)| Block {
        kind: if level.is_some() { BlockKind::Bullet } else { BlockKind::Paragraph },
        level: level.unwrap_or(0),
        runs,
    })
}

fn blocks(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Block>> {
    // In running text two neighbours of one look are two paragraphs; nothing joins them.
    vec(block(), count)
}

fn entry() -> impl Strategy<Value = Entry> {
    let date = prop_oneof![
        4 => (2019i16..2027, 1i8..13, 1i8..29).prop_map(|(year, month, day)| {
            EntryDate::Day(format!("{year}-{month:02}-{day:02}").parse().unwrap())
        }),
        1 => (2019i16..2027).prop_map(EntryDate::Year),
    ];
    (option::weighted(0.9, date), blocks(1..3), option::weighted(0.2, blocks(1..2)))
        .prop_map(|(date, text, earlier)| Entry { date, written: None, text, earlier: earlier.into_iter().collect() })
}

fn lights() -> impl Strategy<Value = Vec<StatusLight>> {
    let light = prop_oneof![Just(Light::Green), Just(Light::Yellow), Just(Light::Red), Just(Light::Closed)];
    let label = option::weighted(0.4, "\\([A-ZÅÄÖ][a-zåäö]{2,12}\\)");
    vec((light, label).prop_map(|(light, label)| StatusLight { light, label }), 0..4)
}

fn status() -> impl Strategy<Value = Status> {
    (lights(), blocks(0..3)).prop_map(|(lights, text)| Status { lights, text, ..Status::default() })
}

fn item() -> impl Strategy<Value = Item> {
    // Columns of a table's own, with headings that mean no field.
    let heading = prop_oneof![3 => Just(Some("Ansvarig")), 1 => Just(Some("Resurser (kr)")), 1 => Just(None)];
    let part = (heading, blocks(1..3));
    let part = part.prop_map(|(heading, blocks)| OtherPart { heading: heading.map(str::to_owned), blocks });
    let other = prop_oneof![5 => Just(Vec::new()), 1 => vec(part, 1..3)];
    let history = option::weighted(0.2, (lights(), blocks(0..2)));
    let wording = option::weighted(0.2, blocks(1..2));
    let cells = (blocks(0..2), blocks(1..3), blocks(0..4));
    (cells, vec(entry(), 0..4), status(), other, history, wording, option::weighted(0.1, text())).prop_map(
        |((area, priority, activities), follow_up, status, other, history, wording, last_seen)| Item {
            id: ItemId::new(""),
            area,
            priority,
            activities,
            promises: Vec::new(),
            follow_up,
            status,
            status_history: history
                .into_iter()
                .map(|(lights, text)| StatusChange { date: None, lights, text })
                .collect(),
            wording_history: wording
                .into_iter()
                .map(|priority| Wording {
                    source: None,
                    section: SectionKind::National,
                    area: Vec::new(),
                    priority,
                    activities: Vec::new(),
                })
                .collect(),
            last_seen,
            other,
            source: None,
        },
    )
}

fn section() -> impl Strategy<Value = Section> {
    let kind = prop_oneof![Just(SectionKind::National), Just(SectionKind::Assignment), Just(SectionKind::Priority)];
    let title = option::weighted(0.3, prop_oneof![Just("Egna prioriteringar"), Just("Det som återstår")]);
    (kind, title, vec(item(), 0..4)).prop_map(|(kind, title, mut items)| {
        let area = match kind {
            SectionKind::National => Some("Nationellt insatsområde"),
            SectionKind::Assignment => Some("Uppdrag från RSL/KR till RPO Hud"),
            SectionKind::Priority => None,
        };
        if area.is_none() {
            items.iter_mut().for_each(|item| item.area.clear());
        }
        let heading = |text: &str| Some(text.to_owned());
        Section {
            kind,
            title: title.map(str::to_owned),
            columns: SectionColumns {
                area: area.map(str::to_owned),
                priority: heading("Prioriterat område och patientlöften"),
                activities: heading("Aktiviteter"),
                follow_up: heading("Uppföljning"),
                status: heading("Status"),
            },
            items,
        }
    })
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let event = (option::of(Just("15/9–14/11".to_owned())), text(), option::of(1u8..5))
        .prop_map(|(when, text, quarter)| CalendarEvent { when, text, quarter });
    (vec(event, 1..4), blocks(0..2)).prop_map(|(events, ongoing)| Calendar { year: Some(2025), events, ongoing })
}

/// Any plan that a reader could have read.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let pages = (blocks(0..3), blocks(0..3), blocks(0..2), blocks(0..2));
    let other = vec(blocks(1..2).prop_map(|blocks| OtherPart { heading: Some("Bilaga".into()), blocks }), 0..2);
    let unplaced = option::weighted(0.2, blocks(1..2));
    let updated = any::<bool>();
    (vec(section(), 1..4), pages, option::weighted(0.3, calendar()), other, unplaced, updated).prop_map(
        |(sections, pages, calendar, other, unplaced, updated)| {
            let mut plan = Plan {
                schema_version: SCHEMA_VERSION.to_owned(),
                region: Some("Sydöstra sjukvårdsregionen".to_owned()),
                group: Some("RPO Hud".to_owned()),
                title: Some("Översiktlig handlingsplan 2025".to_owned()),
                year: Some(2025),
                updated: updated.then(|| Updated {
                    date: "2025-06-14".parse().ok(),
                    text: "Uppdaterad efter mötet 20250614".to_owned(),
                }),
                sections,
                results: pages.0,
                challenges: pages.1,
                promises: pages.2,
                instructions: pages.3,
                calendar,
                other,
                unplaced: unplaced
                    .into_iter()
                    .map(|text| Unplaced {
                        date: None,
                        heading: "Okänt".into(),
                        text,
                        status: None,
                        reason: "ingen punkt heter så".into(),
                        candidates: Vec::new(),
                    })
                    .collect(),
                ..Plan::default()
            };
            assign_ids(plan.items_mut(), |_| true);
            plan
        },
    )
}

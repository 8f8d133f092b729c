//! Plans to write: from the gold answers, and made to be difficult.
#![allow(dead_code, reason = "each test uses its own part of it")]

pub(crate) use super::gold_plan::{gold, item, section};
use handlingsplan::model::*;

/// Running text of about so many words.
pub(crate) fn words(count: usize, seed: usize) -> String {
    const WORDS: [&str; 24] = [
        "samverkan",
        "inom",
        "regionen",
        "fortsätter",
        "med",
        "radiologi",
        "och",
        "laboratoriemedicin",
        "där",
        "arbetsgruppen",
        "redovisar",
        "sitt",
        "förslag",
        "till",
        "kunskapsrådet",
        "efter",
        "möte",
        "i",
        "Linköping",
        "som",
        "planerat",
        "om",
        "informationsöverföring",
        "kompetensförsörjning",
    ];
    let mut text = String::new();
    for index in 0..count {
        let word = WORDS[(index * 7 + index / 5 + seed * 11) % WORDS.len()];
        if index > 0 {
            text.push_str(if index % 17 == 0 { ". " } else { " " });
        }
        text.push_str(word);
    }
    text + "."
}

fn styled(text: &str, bold: bool, italic: bool, link: Option<&str>) -> Run {
    Run { text: text.to_owned(), bold, italic, link: link.map(str::to_owned) }
}

fn dated(date: &str, text: Vec<Block>) -> Entry {
    Entry { date: Some(date.parse().unwrap()), written: None, text, earlier: Vec::new() }
}

/// A plan with everything that a plan can have, and much that is odd.
pub(crate) fn odd() -> Plan {
    let mut rich = item("Område med <vinklar> & och-tecken \"citat\" 'apostrof'", "För att uppnå 😀 jämlik vård");
    rich.activities = vec![
        Block {
            runs: vec![
                styled("Fet ", true, false, None),
                styled("kursiv ", false, true, None),
                styled("båda ", true, true, None),
                styled("länk", false, false, Some("https://www.sydostrasjukvardsregionen.se/vård?a=1&b=2")),
                styled(" trasig länk", false, false, Some("http://a b]/[")),
            ],
            ..Block::default()
        },
        Block::bullet(0, "punkt"),
        Block::bullet(1, "underpunkt"),
        Block::bullet(2, "under underpunkten"),
        Block::bullet(12, "för djup punkt"),
        Block::paragraph("rad ett\nrad två\tefter tabb"),
        Block::paragraph("{{ ingen tagg }} {% inte heller %} {# eller #} { }"),
    ];
    rich.follow_up = vec![
        Entry::undated(vec![Block::paragraph("Text före första datumet")]),
        dated("2023-10-13", vec![Block::paragraph("Beslut"), Block::bullet(0, "första"), Block::paragraph("mer")]),
        dated("2024-02-05", vec![Block::bullet(0, "bara en punkt")]),
        dated("2024-04-17", vec![]),
        dated("2024-05-01", vec![Block::default(), Block::paragraph("efter ett tomt stycke")]),
        dated("2022", vec![Block::paragraph("240614 text som själv börjar med ett datum")]),
        Entry {
            written: Some("2024-06-14".to_owned()),
            ..dated("2024-06-14", vec![Block::paragraph("styr\u{1}tecken\u{b} och \u{fffe}slut")])
        },
        Entry::undated(vec![Block::paragraph("odaterat sist")]),
    ];
    let light = |light, label: Option<&str>| StatusLight { light, label: label.map(str::to_owned) };
    rich.status = Status {
        lights: vec![
            light(Light::Green, Some("(Humandiagnostik)")),
            light(Light::Yellow, None),
            light(Light::Red, Some("(Lab)")),
        ],
        text: vec![Block { runs: vec![styled("EJ PÅBÖRJAD", false, true, None)], ..Block::default() }],
        ..Status::default()
    };
    rich.status_history = vec![StatusChange { date: None, lights: vec![light(Light::Red, None)], text: vec![] }];
    let mut closed = item("", "Avslutat arbete");
    closed.status.lights = vec![light(Light::Closed, Some("slutfört 240417"))];
    closed.other = vec![OtherPart { heading: Some("Ansvarig".into()), blocks: vec![Block::paragraph("Kim Ek")] }];
    let mut bare = item("Tomt", "");
    bare.priority = Vec::new();
    let mut without = section(SectionKind::Priority, vec![closed]);
    without.columns = SectionColumns::default();
    without.title = Some("Egna prioriteringar".to_owned());
    let paragraphs = |texts: &[&str]| texts.iter().map(|&text| Block::paragraph(text)).collect::<Vec<_>>();
    Plan {
        schema_version: SCHEMA_VERSION.to_owned(),
        region: Some("Sydöstra sjukvårdsregionen".to_owned()),
        group: Some("RPO Prov & Försök".to_owned()),
        title: Some("Översiktlig handlingsplan 2024 <utkast>".to_owned()),
        year: Some(2024),
        updated: Some(Updated { date: None, text: "Uppdaterad våren 2024".to_owned() }),
        sections: vec![
            section(SectionKind::National, vec![rich, bare]),
            without,
            section(SectionKind::Assignment, vec![]),
        ],
        results: paragraphs(&["Ett resultat", "Ännu ett"]),
        challenges: vec![Block::bullet(0, "Kompetens"), Block::bullet(0, "Pengar")],
        promises: vec![Block::bullet(0, "få tillgång till jämlik vård")],
        instructions: paragraphs(&["Så här fylls planen i."]),
        other: vec![
            OtherPart { heading: Some("Kommentarer".into()), blocks: paragraphs(&["Anna: Hör med Bo."]) },
            OtherPart { heading: None, blocks: paragraphs(&["Text utan rubrik"]) },
        ],
        unplaced: vec![Unplaced {
            date: None,
            heading: "Oplacerad".into(),
            text: paragraphs(&["?"]),
            status: None,
            reason: "ingen".into(),
            candidates: Vec::new(),
        }],
        ..Plan::default()
    }
}

/// A plan of so many items, some with cells longer than a page.
pub(crate) fn long(count: usize) -> Plan {
    let mut plan = gold("rpo-md-2024");
    let lights = [Light::Green, Light::Yellow, Light::Red, Light::Closed];
    plan.sections = vec![section(
        SectionKind::National,
        (0..count)
            .map(|number| {
                let mut item = item(&format!("Område {number}: {}", words(6, number)), &words(14, number + 1));
                item.activities = vec![Block::paragraph(words(25, number + 2)), Block::bullet(0, words(8, number))];
                item.follow_up = (1..=if number % 50 == 3 { 30 } else { 3 })
                    .map(|month| {
                        dated(
                            &format!("20{:02}-{:02}-14", 20 + month / 12, month % 12 + 1),
                            vec![Block::paragraph(words(30, month))],
                        )
                    })
                    .collect();
                item.status.lights = vec![StatusLight { light: lights[number % 4], label: None }];
                item
            })
            .collect(),
    )];
    plan
}

/// The plans by name.
pub(crate) fn samples() -> Vec<(&'static str, Plan)> {
    vec![
        ("rpo-md-2023", gold("rpo-md-2023")),
        ("rpo-md-2024", gold("rpo-md-2024")),
        ("rpo-md-2025", gold("rpo-md-2025")),
        ("rpo-md-2024-after-2024-09-18", gold("rpo-md-2024-after-2024-09-18")),
        ("odd", odd()),
        ("long", long(200)),
        ("empty", Plan { schema_version: SCHEMA_VERSION.to_owned(), ..Plan::default() }),
    ]
}

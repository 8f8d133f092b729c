//! Any number of versions into one: what must hold whatever the plans say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use std::collections::BTreeSet;

use handlingsplan::merge::{Decisions, MergeReport, Version, merge_all, merge_versions};
use handlingsplan::model::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const NAMES: [&str; 6] = [
    "Jourlinje för tonsilloperationer",
    "Gemensam jourlinje vid halsmandeloperationer",
    "Upphandling av dialysmaskiner",
    "Få tillgång till jämlik vård",
    "Riktlinje för sömnapné 2023",
    "",
];
const WORK: [&str; 5] =
    ["Beskriva jourscheman och ersättning", "Skriva kravspecifikation", "Remissrunda om riktlinjen", "Projekt", ""];
const SAID: [&str; 6] = [
    "Beslut fattat",
    "Beslut fattat i dag",
    "Beslut fattat i går och inte i dag",
    "Referensgruppen har lämnat sina synpunkter på kravspecifikationen",
    "Referensgruppen har lämnat sina synpunkter på kravspecifikationn",
    "Inget nytt",
];
const DAYS: [&str; 4] = ["2022-10-01", "2023-02-06", "2023-04-05", "2023"];

fn blocks(text: &str) -> Vec<Block> {
    if text.is_empty() { Vec::new() } else { vec![Block::paragraph(text)] }
}

fn entry() -> impl Strategy<Value = Entry> {
    (proptest::option::weighted(0.8, select(&DAYS[..])), select(&SAID[..]))
        .prop_map(|(day, text)| Entry { date: day.map(|day| day.parse().unwrap()), ..Entry::undated(blocks(text)) })
}

fn item() -> impl Strategy<Value = Item> {
    let light = proptest::option::of(select(&[Light::Green, Light::Yellow, Light::Closed][..]));
    let cells = (select(&NAMES[..]), select(&NAMES[..]), select(&WORK[..]));
    (cells, vec(entry(), 0..4), light, select(&["", "Vilande", "Vilande till hösten"][..])).prop_map(
        |((area, priority, activities), follow_up, light, text)| Item {
            area: blocks(area),
            priority: blocks(priority),
            activities: blocks(activities),
            follow_up,
            status: Status {
                lights: light.map(|light| StatusLight { light, label: None }).into_iter().collect(),
                text: blocks(text),
                ..Status::default()
            },
            ..Item::default()
        },
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let kind = select(&[SectionKind::National, SectionKind::Assignment, SectionKind::Priority][..]);
    let sections = vec((kind, vec(item(), 0..3)), 0..3);
    (sections, proptest::option::of(2022i16..2025), proptest::option::of(select(&DAYS[..3])), select(&SAID[..]))
        .prop_map(|(sections, year, updated, results)| {
            let sections = sections.into_iter().map(|(kind, items)| Section {
                kind,
                title: None,
                columns: SectionColumns::default(),
                items,
            });
            let mut plan = Plan {
                schema_version: SCHEMA_VERSION.to_owned(),
                year,
                updated: updated.map(|day| Updated { date: day.parse().ok(), text: format!("Uppdaterad {day}") }),
                results: blocks(results),
                sections: sections.collect(),
                ..Plan::default()
            };
            assign_ids(plan.items_mut(), |_| true);
            plan
        })
}

fn merged(plans: &[Plan]) -> (Plan, MergeReport) {
    merge_all(plans.to_vec(), &Decisions::default())
}

/// Every text of a plan that must be found again, however it is divided.
fn texts(plan: &Plan) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    let mut add = |blocks: &[Block]| {
        texts.extend(blocks.iter().map(|block| fold_words(&block.text())));
    };
    for item in plan.items() {
        for blocks in [&item.area, &item.priority, &item.activities, &item.status.text] {
            add(blocks);
        }
        item.follow_up.iter().for_each(|entry| add(&entry.text));
    }
    add(&plan.results);
    texts
}

/// The lights of a plan and of its histories, with the items' entries by day and text.
fn lights(plan: &Plan) -> BTreeSet<Light> {
    let now = plan.items().flat_map(|item| &item.status.lights);
    let then = plan.items().flat_map(|item| &item.status_history).flat_map(|change| &change.lights);
    now.chain(then).map(|light| light.light).collect()
}

/// Every entry by its day and words, earlier wordings too.
fn entries(plan: &Plan) -> BTreeSet<(Option<EntryDate>, String)> {
    plan.items()
        .flat_map(|item| &item.follow_up)
        .flat_map(|entry| {
            let texts = std::iter::once(&entry.text).chain(&entry.earlier);
            texts.map(|text| (entry.date, fold_words(&blocks_text(text))))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_is_lost_and_a_second_time_changes_nothing(plans in vec(plan(), 1..4)) {
        let (once, _) = merged(&plans);
        let json = fold_words(&serde_json::to_string(&once).unwrap());
        for plan in &plans {
            for text in texts(plan) {
                prop_assert!(json.contains(&text), "{text}");
            }
            prop_assert!(entries(&once).is_superset(&entries(plan)));
            prop_assert!(lights(&once).is_superset(&lights(plan)));
        }
        prop_assert_eq!(&merged(&[once.clone(), once.clone()]).0, &once);
        for plan in &plans {
            let again = merged(&[plan.clone(), once.clone()]).0;
            prop_assert_eq!(entries(&again), entries(&once));
        }
    }

    #[test]
    fn the_order_of_the_versions_does_not_matter(plans in vec(plan(), 2..5), turn in 0usize..5, swap in any::<bool>()) {
        let mut other = plans.clone();
        let turn = turn % other.len();
        other.rotate_left(turn);
        if swap {
            other.reverse();
        }
        prop_assert_eq!(merged(&plans), merged(&other));
    }

    #[test]
    fn an_empty_plan_changes_nothing(plan in plan()) {
        let empty = Plan { schema_version: SCHEMA_VERSION.to_owned(), ..Plan::default() };
        prop_assert_eq!(merged(&[plan.clone(), empty]).0, plan);
    }

    #[test]
    fn edits_of_different_things_are_no_conflict(base in plan(), words in vec(0usize..3, 1..6)) {
        // Two people edit their own copies: each field of each item is changed by one of them, or by nobody.
        let (mut one, mut two) = (base.clone(), base.clone());
        let mut wanted = Vec::new();
        for (number, item) in base.items().enumerate() {
            let who = words[number % words.len()];
            let side = if who == 1 { &mut one } else { &mut two };
            let edited = side.items_mut().nth(number).unwrap();
            if who > 0 {
                edited.activities = blocks(&format!("Ändrad för hand {number}"));
                wanted.push((item.id.clone(), edited.activities.clone()));
            }
            let other = if who == 1 { &mut two } else { &mut one };
            let edited = other.items_mut().nth(number).unwrap();
            edited.status.text = blocks(&format!("Ny status {number}"));
        }
        one.updated = Some(Updated { date: "2023-09-01".parse().ok(), text: "Uppdaterad 230901".to_owned() });
        let versions = [one, two].map(|plan| Version { plan, base: Some(base.clone()) });
        let (merged, report) = merge_versions(versions.to_vec(), &Decisions::default());
        prop_assert!(report.conflicts.is_empty(), "{:?}", report.conflicts);
        for (number, item) in merged.items().enumerate() {
            prop_assert_eq!(blocks_text(&item.status.text), format!("Ny status {number}"));
        }
        for (id, activities) in wanted {
            let item = merged.items().find(|item| item.id == id).unwrap();
            prop_assert_eq!(&item.activities, &activities);
        }
    }
}

/// Versions of a plan of one item, each with what its status cell shows; some show a light or words alone.
fn statuses() -> impl Strategy<Value = Vec<Plan>> {
    let light = proptest::option::of(select(&[Light::Green, Light::Yellow, Light::Closed][..]));
    let cell = (light, select(&["", "Vilande", "Vilande till hösten"][..]), proptest::bool::weighted(0.9));
    vec(cell, 1..6).prop_map(|cells| {
        let version = |(number, (light, text, dated)): (usize, (Option<Light>, &str, bool))| {
            let lights = light.map(|light| StatusLight { light, label: None }).into_iter().collect();
            let status = Status { lights, text: blocks(text), ..Status::default() };
            let item = Item { area: blocks("Jourlinje"), activities: blocks("Utreda"), status, ..Item::default() };
            let (kind, columns) = (SectionKind::National, SectionColumns::default());
            let day = format!("2023-{:02}-01", number + 1).parse().ok();
            let mut plan = Plan {
                year: Some(2023),
                updated: dated.then(|| Updated { date: day, text: "Uppdaterad".to_owned() }),
                sections: vec![Section { kind, title: None, columns, items: vec![item] }],
                ..Plan::default()
            };
            // Of two plans of one age the one of more files is the newer: the merged one.
            let file = SourceFile { file: format!("{number}.docx"), format: "docx".into(), sha256: String::new() };
            plan.reading.sources = vec![file];
            assign_ids(plan.items_mut(), |_| true);
            plan
        };
        cells.into_iter().enumerate().map(version).collect()
    })
}

/// A state of a status cell: its lights and its words.
type State = (Vec<Light>, String);

fn state(lights: &[StatusLight], text: &[Block]) -> State {
    (lights.iter().map(|light| light.light).collect(), blocks_text(text))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_status_in_the_history_is_one_that_a_version_showed(plans in statuses()) {
        let shown: BTreeSet<State> = plans
            .iter()
            .flat_map(Plan::items)
            .map(|item| state(&item.status.lights, &item.status.text))
            .filter(|(lights, text)| !lights.is_empty() || !text.is_empty())
            .collect();
        let at_once = merged(&plans).0;
        let one_by_one = plans.iter().cloned().reduce(|before, next| merged(&[before, next]).0).unwrap();
        for plan in [&at_once, &one_by_one] {
            let item = plan.items().next().unwrap();
            let mut known: BTreeSet<State> =
                item.status_history.iter().map(|then| state(&then.lights, &then.text)).collect();
            prop_assert!(known.is_subset(&shown), "{item:?}");
            if !item.status.composed && !item.status.is_empty() {
                known.insert(state(&item.status.lights, &item.status.text));
            }
            prop_assert_eq!(&known, &shown);
            for again in &plans {
                prop_assert_eq!(&merged(&[plan.clone(), again.clone()]).0, plan);
            }
        }
    }
}

/// A plan of one item, with an id.
fn one_item(id: &str, area: &str, activities: &str, status: &str) -> Plan {
    let status = Status { text: blocks(status), ..Status::default() };
    let item =
        Item { id: ItemId::new(id), area: blocks(area), activities: blocks(activities), status, ..Item::default() };
    let (kind, columns) = (SectionKind::National, SectionColumns::default());
    let sections = vec![Section { kind, title: None, columns, items: vec![item] }];
    Plan { year: Some(2024), sections, ..Plan::default() }
}

#[test]
fn three_way_finds_items_by_likeness_where_the_ids_are_lost() {
    let base = one_item("a-1", "Jourlinje för tonsilloperationer", "Utreda ersättning och schema", "Ej påbörjad");
    // One edits the status, another the name and the activities; a detour over another program lost the ids.
    let mut one = one_item("x-1", "Jourlinje för tonsilloperationer", "Utreda ersättning och schema", "Pågår");
    let two = one_item(
        "y-1",
        "Gemensam jourlinje, tonsilloperationer",
        "Utreda ersättning och gemensamt schema",
        "Ej påbörjad",
    );
    one.updated = Some(Updated { date: "2024-09-01".parse().ok(), text: "Uppdaterad 240901".to_owned() });
    for newest_first in [true, false] {
        let mut versions = [one.clone(), two.clone()].map(|plan| Version { plan, base: Some(base.clone()) }).to_vec();
        if newest_first {
            versions.reverse();
        }
        let (merged, report) = merge_versions(versions, &Decisions::default());
        assert!(report.conflicts.is_empty() && report.doubtful.is_empty(), "{report:?}");
        let items: Vec<&Item> = merged.items().collect();
        assert_eq!(items.len(), 1);
        assert_eq!(blocks_text(&items[0].area), "Gemensam jourlinje, tonsilloperationer");
        assert_eq!(blocks_text(&items[0].activities), "Utreda ersättning och gemensamt schema");
        assert_eq!(blocks_text(&items[0].status.text), "Pågår");
    }
}

#[test]
fn what_both_changed_differently_is_a_conflict_and_both_stay() {
    let mut base = Plan { year: Some(2024), ..Plan::default() };
    let item = Item { area: blocks("Jourlinje"), activities: blocks("Utreda"), ..Item::default() };
    let section =
        Section { kind: SectionKind::National, title: None, columns: SectionColumns::default(), items: vec![item] };
    base.sections = vec![section];
    assign_ids(base.items_mut(), |_| true);
    let edited = |text: &str| {
        let mut plan = base.clone();
        plan.sections[0].items[0].activities = blocks(text);
        Version { plan, base: Some(base.clone()) }
    };
    let (merged, report) = merge_versions(vec![edited("Utreda i vår"), edited("Avsluta")], &Decisions::default());
    assert_eq!(report.conflicts.len(), 1, "{report:?}");
    let json = serde_json::to_string(&merged).unwrap();
    assert!(json.contains("Utreda i vår") && json.contains("Avsluta"));
}

/// The history of three years, each read from one of its forms.
fn history(forms: [&str; 3]) -> (Plan, MergeReport) {
    let plans = [2023, 2024, 2025].into_iter().zip(forms).map(|(year, form)| {
        let name = format!("rpo-md-{year}.{form}");
        support::gold::plan(support::convert(&support::fixture(&format!("plans/{name}")), &name))
    });
    merge_all(plans.collect(), &Decisions::default())
}

/// What a merged history says, without where it was read and how the pages were broken into lines.
fn told((plan, report): &(Plan, MergeReport)) -> Vec<String> {
    let fold = |blocks: &[Block]| fold_words(&blocks_text(blocks)).replace(' ', "");
    let mut told: Vec<String> = plan
        .items()
        .map(|item| {
            let wording = [&item.area, &item.priority, &item.activities].map(|blocks| fold(blocks)).join("|");
            let then = item.wording_history.iter().map(|then| fold(&then.activities)).collect::<Vec<_>>().join("/");
            let entries: Vec<String> =
                item.follow_up.iter().map(|entry| format!("{:?} {}", entry.date, fold(&entry.text))).collect();
            let lights: Vec<Light> = item.status.lights.iter().map(|light| light.light).collect();
            let labels: String =
                item.status.lights.iter().filter_map(|light| light.label.as_deref()).map(fold_words).collect();
            let seen = item.last_seen.as_deref().map(|file| &file[..11]);
            format!(
                "{wording} | {then} | {} | {lights:?} {labels}{} {seen:?}",
                entries.join("/"),
                fold(&item.status.text)
            )
        })
        .collect();
    told.push(format!(
        "{} pairs, {} questions, {} conflicts",
        report.pairs.len(),
        report.doubtful.len(),
        report.conflicts.len()
    ));
    told
}

#[test]
fn the_history_is_the_same_whichever_form_each_year_is_read_from() {
    let word = told(&history(["docx", "docx", "docx"]));
    for forms in [
        ["docx.pdf", "xlsx", "docx"],
        ["pptx.pdf", "docx", "docx.pdf"],
        ["xlsx", "pptx.pdf", "xlsx"],
        ["pptx", "docx.pdf", "pptx"],
        ["docx", "pptx", "xlsx"],
    ] {
        let other = told(&history(forms));
        for (word, other) in word.iter().zip(&other) {
            assert_eq!(word, other, "{forms:?}");
        }
        assert_eq!(word.len(), other.len(), "{forms:?}");
    }
}

use super::*;
use crate::model::{
    Block, Entry, EntryDate, Item, Light, Section, SectionColumns, SectionKind, Status, StatusLight, Unplaced, Updated,
};

fn light(light: Light) -> Status {
    Status { lights: vec![StatusLight { light, label: None }], ..Status::default() }
}

fn entry(day: &str, text: &str) -> Entry {
    Entry { date: Some(day.parse::<EntryDate>().unwrap()), ..Entry::undated(vec![Block::paragraph(text)]) }
}

/// An item that there is nothing to remark on.
fn item(id: &str, name: &str, activities: &str) -> Item {
    let promise = "Patientlöfte: ”få tillgång till jämlik vård”";
    Item {
        id: ItemId::new(id),
        area: Vec::new(),
        priority: vec![Block::paragraph(name), Block::paragraph(promise)],
        activities: vec![Block::paragraph(activities)],
        promises: vec![crate::model::Promise::Equal],
        follow_up: vec![entry("2024-02-05", "Arbetet är i gång."), entry("2024-04-17", "Går vidare.")],
        status: light(Light::Green),
        status_history: Vec::new(),
        wording_history: Vec::new(),
        last_seen: None,
        other: Vec::new(),
        source: Some(Source { file: "plan.docx".to_owned(), place: format!("table 1, row {id}") }),
    }
}

fn plan() -> Plan {
    let columns = SectionColumns {
        area: None,
        priority: Some("Prioriterat område".to_owned()),
        activities: Some("Aktiviteter".to_owned()),
        follow_up: Some("Uppföljning".to_owned()),
        status: Some("Status".to_owned()),
    };
    let items = vec![
        item("2", "Kortare väg till utredning", "Samla mottagningarna kring ett gemensamt flöde"),
        item("3", "Gemensam upphandling av material", "Ta fram en kravlista med sortimentsrådet"),
        item("4", "Utbildning av handledare", "Två kursdagar varje termin, den ena digital"),
        item("5", "Register över läkemedel", "Kvartalsvisa uttag delas i gruppen"),
    ];
    Plan {
        group: Some("RPO Prov".to_owned()),
        title: Some("Handlingsplan 2024".to_owned()),
        year: Some(2024),
        updated: Some(Updated { date: Some("2024-04-17".parse().unwrap()), text: "Uppdaterad 240417".to_owned() }),
        sections: vec![Section { kind: SectionKind::Priority, title: None, columns, items }],
        ..Plan::default()
    }
}

fn options() -> CheckOptions {
    CheckOptions { today: Today::Given("2024-06-01".parse().unwrap()), meetings: Vec::new() }
}

fn remarks(change: impl FnOnce(&mut Plan)) -> Vec<(Code, Option<String>)> {
    let mut plan = plan();
    change(&mut plan);
    let place = |remark: Remark| (remark.code, remark.item.map(|item| item.id.to_string()));
    check(&plan, &options()).into_iter().map(place).collect()
}

fn on(id: &str, code: Code) -> Vec<(Code, Option<String>)> {
    vec![(code, Some(id.to_owned()))]
}

fn first(plan: &mut Plan) -> &mut Item {
    &mut plan.sections[0].items[0]
}

#[test]
fn a_plan_in_good_order_gets_no_remark() {
    assert_eq!(remarks(|_| {}), []);
    assert_eq!(check(&plan(), &CheckOptions::default()), []);
}

#[test]
fn the_status() {
    assert_eq!(remarks(|plan| first(plan).status = Status::default()), on("2", Code::MissingStatus));
    assert_eq!(remarks(|plan| first(plan).status = light(Light::Red)), on("2", Code::RedUnexplained));
    let explained = |plan: &mut Plan| {
        first(plan).status = light(Light::Red);
        first(plan).follow_up[1] = entry("2024-04-17", "Bristen på lokaler dröjer arbetet.");
    };
    assert_eq!(remarks(explained), []);
    let none = |plan: &mut Plan| plan.items_mut().for_each(|item| item.status = Status::default());
    assert_eq!(remarks(none), [(Code::MissingStatus, None)], "one remark when no item has a status");
    let closed = |plan: &mut Plan| {
        first(plan).status = Status { text: vec![Block::paragraph("Slutfört 240205")], ..light(Light::Closed) };
    };
    assert_eq!(remarks(closed), on("2", Code::ClosedWithNews));
}

#[test]
fn the_entries() {
    let cut = |plan: &mut Plan| first(plan).follow_up.truncate(1);
    assert_eq!(remarks(cut), on("2", Code::NothingSinceMeeting));
    let resting = |plan: &mut Plan| {
        cut(plan);
        first(plan).status.text = vec![Block::paragraph("Vilande.")];
    };
    assert_eq!(remarks(resting), []);
    assert_eq!(remarks(|plan| first(plan).follow_up.reverse()), on("2", Code::EntriesOutOfOrder));
    let all_falling = |plan: &mut Plan| plan.items_mut().for_each(|item| item.follow_up.reverse());
    assert_eq!(remarks(all_falling), [], "newest first throughout is an order, too");
    let future = |plan: &mut Plan| first(plan).follow_up.push(entry("2024-12-01", "Klart."));
    assert_eq!(remarks(future), on("2", Code::EntryInFuture));
    let newer = |plan: &mut Plan| first(plan).follow_up.push(entry("2024-05-20", "Klart."));
    assert_eq!(remarks(newer), [(Code::EntryAfterUpdate, None)]);
    let slip = |plan: &mut Plan| first(plan).follow_up[1] = entry("2024-04-16", "Går vidare.");
    let codes: Vec<Code> = remarks(slip).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, [Code::NothingSinceMeeting, Code::NoMeetingDay]);
    let impossible = |plan: &mut Plan| first(plan).follow_up[0].text = vec![Block::paragraph("Möte 240231 hölls.")];
    assert_eq!(remarks(impossible), on("2", Code::ImpossibleDate));
    let undated = |plan: &mut Plan| {
        for item in plan.items_mut() {
            item.follow_up = vec![Entry::undated(vec![Block::paragraph("Följs på mötena.")])];
        }
    };
    assert_eq!(remarks(undated), [(Code::NoDatedEntries, None)]);
}

#[test]
fn entries_off_the_given_meetings() {
    let options = CheckOptions { meetings: vec!["2024-02-05".parse().unwrap()], ..options() };
    let remarks = check(&plan(), &options);
    assert_eq!(remarks.iter().filter(|remark| remark.code == Code::NoMeetingDay).count(), 4);
}

#[test]
fn times_and_promises() {
    let passed = |plan: &mut Plan| first(plan).activities.push(Block::bullet(0, "Plan klar Q1 2024."));
    assert_eq!(remarks(passed), on("2", Code::TimePassed));
    let closed = |plan: &mut Plan| {
        passed(plan);
        first(plan).status = light(Light::Closed);
    };
    assert_eq!(remarks(closed), [], "what is closed promises nothing");
    let other = |plan: &mut Plan| {
        first(plan).priority[1] = Block::paragraph("Patientlöfte: ”erbjudas korta köer till rätt vård”");
        first(plan).promises.clear();
    };
    assert_eq!(remarks(other), on("2", Code::UnknownPromise));
    let none = |plan: &mut Plan| {
        first(plan).priority.truncate(1);
        first(plan).promises.clear();
    };
    assert_eq!(remarks(none), on("2", Code::MissingPromise));
}

#[test]
fn the_wording() {
    assert_eq!(remarks(|plan| first(plan).activities.clear()), on("2", Code::EmptyCell));
    let name = |plan: &mut Plan| first(plan).priority[0] = Block::paragraph("Kortare väg till utredning 2022");
    assert_eq!(remarks(name), on("2", Code::YearInName));
    let range = |plan: &mut Plan| first(plan).priority[0] = Block::paragraph("Kortare väg till utredning 2022–2025");
    assert_eq!(remarks(range), []);
    let twin = |plan: &mut Plan| {
        let mut twin = item("6", "Kortare väg till utredningar", "Samla mottagningarna kring gemensamt flöde");
        twin.follow_up.truncate(2);
        plan.sections[0].items.push(twin);
    };
    assert_eq!(remarks(twin), on("6", Code::SimilarItems));
}

#[test]
fn the_plan_as_a_whole() {
    assert_eq!(remarks(|plan| plan.title = Some("Handlingsplan 2023".to_owned())), [(Code::YearMismatch, None)]);
    let heading = |plan: &mut Plan| plan.sections[0].columns.status = Some("Status 2023".to_owned());
    assert_eq!(remarks(heading), [(Code::YearMismatch, None)]);
    assert_eq!(remarks(|plan| plan.updated = None), [(Code::FrontIncomplete, None)]);
    let unplaced = |plan: &mut Plan| {
        plan.unplaced.push(Unplaced {
            date: None,
            heading: "Blod".to_owned(),
            text: Vec::new(),
            status: None,
            reason: "ingen liknar".to_owned(),
            candidates: Vec::new(),
        });
    };
    assert_eq!(remarks(unplaced), [(Code::UnplacedNote, None)]);
    let leftover = |plan: &mut Plan| {
        let source = Source { file: "plan.docx".to_owned(), place: "paragraph 9".to_owned() };
        plan.reading.leftovers.push(crate::model::Leftover { text: "Kvar".to_owned(), source });
    };
    assert_eq!(remarks(leftover), [(Code::Leftovers, None)]);
}

#[test]
fn every_code_has_one_rule_and_its_name_in_json() {
    for (number, rule) in RULES.iter().enumerate() {
        assert!(RULES[..number].iter().all(|other| other.code != rule.code));
        assert_eq!(serde_json::to_value(rule.code).unwrap(), rule.code.as_str());
    }
    assert_eq!(RULES.len(), 21);
}

/// Every rule of a single item's, broken once: the code, the place, the column and the hint of what it says.
#[test]
fn each_remark_says_where_and_what_to_do() {
    type Break = fn(&mut Plan);
    let cases: [(Code, Option<Column>, Break); 13] = [
        (Code::MissingStatus, Some(Column::Status), |plan| first(plan).status = Status::default()),
        (Code::RedUnexplained, Some(Column::Status), |plan| first(plan).status = light(Light::Red)),
        (Code::ClosedWithNews, Some(Column::FollowUp), |plan| {
            first(plan).status = Status { text: vec![Block::paragraph("Slutfört 240205")], ..light(Light::Closed) };
        }),
        (Code::NothingSinceMeeting, Some(Column::FollowUp), |plan| first(plan).follow_up.truncate(1)),
        (Code::EntriesOutOfOrder, Some(Column::FollowUp), |plan| first(plan).follow_up.reverse()),
        (Code::EntryInFuture, Some(Column::FollowUp), |plan| first(plan).follow_up.push(entry("2024-12-01", "Klart."))),
        (Code::ImpossibleDate, Some(Column::FollowUp), |plan| {
            first(plan).follow_up[0].text = vec![Block::paragraph("Möte 240231 hölls.")];
        }),
        (Code::NoMeetingDay, Some(Column::FollowUp), |plan| {
            first(plan).follow_up[1] = entry("2024-04-16", "Går vidare.");
        }),
        (Code::TimePassed, Some(Column::Activities), |plan| {
            first(plan).activities.push(Block::bullet(0, "Plan klar Q1 2024."));
        }),
        (Code::UnknownPromise, Some(Column::Priority), |plan| {
            first(plan).priority[1] = Block::paragraph("Patientlöfte: ”erbjudas korta köer till rätt vård”");
            first(plan).promises.clear();
        }),
        (Code::MissingPromise, Some(Column::Priority), |plan| {
            first(plan).priority.truncate(1);
            first(plan).promises.clear();
        }),
        (Code::EmptyCell, Some(Column::Activities), |plan| first(plan).activities.clear()),
        (Code::YearInName, None, |plan| {
            first(plan).priority[0] = Block::paragraph("Kortare väg till utredning 2022");
        }),
    ];
    for (code, column, break_it) in cases {
        let mut plan = plan();
        break_it(&mut plan);
        let found = check(&plan, &options());
        let remark = found.iter().find(|remark| remark.code == code).unwrap_or_else(|| panic!("{code:?}: {found:?}"));
        let rule = RULES.iter().find(|rule| rule.code == code).unwrap();
        assert_eq!((remark.hint.as_str(), remark.severity), (rule.hint, rule.severity));
        assert!(!remark.message.is_empty() && !remark.hint.is_empty(), "{code:?}");
        assert_eq!(remark.item.as_ref().map(|item| item.id.as_str()), Some("2"), "{code:?}");
        assert_eq!(remark.source.as_ref().map(|source| source.place.as_str()), Some("table 1, row 2"), "{code:?}");
        assert!(column.is_none() || remark.column == column, "{code:?}: {:?}", remark.column);
    }
}

#[test]
fn the_plans_own_remarks_have_hints_and_places() {
    let mut plan = plan();
    plan.title = Some("Handlingsplan 2023".to_owned());
    let place = Source { file: "plan.docx".to_owned(), place: "paragraph 9".to_owned() };
    plan.reading.leftovers.push(crate::model::Leftover { text: "Kvar".to_owned(), source: place.clone() });
    let doubtful = crate::model::Warning::new(crate::model::WarningCode::DoubtfulDate, "”231013?” kan vara ett datum.");
    plan.reading.warnings.push(doubtful.at(place.clone()));
    let found = check(&plan, &options());
    let codes: Vec<Code> = found.iter().map(|remark| remark.code).collect();
    assert_eq!(codes, [Code::YearMismatch, Code::Leftovers, Code::DoubtfulReading]);
    assert!(found.iter().all(|remark| !remark.hint.is_empty() && remark.item.is_none()));
    assert!(found[1..].iter().all(|remark| remark.source.as_ref() == Some(&place)), "{found:?}");
}

/// What looks like a fault and is none.
#[test]
fn what_is_in_order_is_not_remarked_on() {
    type Change = fn(&mut Plan);
    let cases: [(&str, Change); 14] = [
        ("words alone are a status", |plan| {
            first(plan).status = Status { text: vec![Block::paragraph("Pågår enligt plan")], ..Status::default() };
        }),
        ("red with its reason beside the light", |plan| {
            first(plan).status =
                Status { text: vec![Block::paragraph("Väntar på beslut i regionen")], ..light(Light::Red) };
        }),
        ("red with a label", |plan| {
            first(plan).status.lights =
                vec![StatusLight { light: Light::Red, label: Some("(Lab: personalbrist)".into()) }];
        }),
        ("closed on the day of its last entry", |plan| {
            first(plan).status = Status { text: vec![Block::paragraph("Slutfört 240417")], ..light(Light::Closed) };
        }),
        ("closed before the last meeting, with nothing after", |plan| {
            first(plan).status = light(Light::Closed);
            first(plan).follow_up.truncate(1);
        }),
        ("a date inside a sentence that is to come", |plan| {
            first(plan).follow_up[1].text = vec![Block::paragraph("Dispens till 241231.")];
        }),
        ("a number that is no date", |plan| {
            first(plan).follow_up[1].text = vec![Block::paragraph("Diarienummer 249931, 991399 kronor.")];
        }),
        ("a time that has not passed", |plan| {
            first(plan).activities.push(Block::bullet(0, "Plan klar under 2025, första del Q3."));
        }),
        ("a time at which something was done", |plan| {
            first(plan).activities.push(Block::bullet(0, "2022 togs beslut om en upphandling."));
        }),
        ("a promise in nearly its words", |plan| {
            first(plan).priority[1] = Block::paragraph("Få tillgång till jämlik vård i hela regionen");
        }),
        ("two names of one kind, other work", |plan| {
            let twin = item("6", "Gemensam upphandling av läkemedel", "Avtala om hyrd personal med regionerna i norr");
            plan.sections[0].items.push(twin);
        }),
        ("no national area where the table has the column", |plan| {
            plan.sections[0].columns.area = Some("Nationellt insatsområde".to_owned());
            plan.sections[0].kind = SectionKind::National;
        }),
        ("a name of years that go on", |plan| {
            first(plan).priority[0] = Block::paragraph("Strategi 2022–2025 för kortare väg till utredning");
        }),
        ("an undated text before the entries", |plan| {
            first(plan).follow_up.insert(0, Entry::undated(vec![Block::paragraph("Följs på varje möte.")]));
        }),
    ];
    for (what, change) in cases {
        assert_eq!(remarks(change), [], "{what}");
    }
}

use super::super::report::{Doubtful, DoubtfulKind};
use super::*;
use crate::model::{Block, Section, SectionColumns, SectionKind, assign_ids};

fn plan(areas: &[&str]) -> Plan {
    let items = areas.iter().map(|area| Item { area: vec![Block::paragraph(*area)], ..Item::default() }).collect();
    let section = Section { kind: SectionKind::National, title: None, columns: SectionColumns::default(), items };
    let mut plan = Plan { sections: vec![section], ..Plan::default() };
    assign_ids(plan.items_mut(), |_| true);
    plan
}

fn id(plan: &Plan, number: usize) -> ItemId {
    plan.items().nth(number).unwrap().id.clone()
}

#[test]
fn lines_comments_and_quotes() {
    let text = "\u{feff}# kommentar\n\nsame a-1 b-1 # ”Ett” – ”Två”\n  DIFFERENT \"a 2\" b-2\nolika a-1 b-2\n";
    let decisions = parse(text.as_bytes()).unwrap();
    let shown: Vec<_> =
        decisions.lines.iter().map(|d| (d.verdict, d.items[0].id.as_str(), d.items[1].id.as_str(), d.line)).collect();
    let wanted = [
        (Verdict::Same, "a-1", "b-1", 3),
        (Verdict::Different, "a 2", "b-2", 4),
        (Verdict::Different, "a-1", "b-2", 5),
    ];
    assert_eq!(shown, wanted);
    assert_eq!(decisions.lines[0].items[1].words.as_deref(), Some("Två"));
}

#[test]
fn what_is_no_decision_is_an_error_with_its_line() {
    for wrong in ["same a", "kanske a b", "same a b c", "same \"a b"] {
        let written = wrong.to_owned();
        assert_eq!(parse(format!("\n{wrong}").as_bytes()), Err(DecisionsError::WrongLine { line: 2, written }));
    }
    assert_eq!(parse(b"same a b\ndifferent b a"), Err(DecisionsError::Contradiction { first: 1, second: 2 }));
    assert_eq!(parse(b"\xff\xfe"), Err(DecisionsError::NotText));
}

#[test]
fn an_id_made_anew_is_found_by_its_words() {
    let old = plan(&["Upphandling av ultraljud", "Jour i länet"]);
    let new = plan(&["Upphandling av ultraljud och magnetkamera i hela länet", "Jour i länet och grannlänet"]);
    let text = format!("same {} {}   # ”Jour i länet” – ”Jour i länet”", id(&old, 1), "jour-i-lanet-000000");
    let decisions = parse(text.as_bytes()).unwrap();
    let (settled, unknown) = decisions.settle(std::iter::once(&new));
    assert!(settled.is_empty(), "the older item stands in no plan given");
    assert_eq!(unknown.len(), 1);
    let moved = format!("different {} jour-i-lanet-och-grannlanet-000000", id(&old, 0));
    let (settled, unknown) = parse(moved.as_bytes()).unwrap().settle([&old, &new].into_iter());
    assert_eq!(unknown, []);
    assert_eq!(settled.lines[0].items[1].id, id(&new, 1));
    let (older, newer): (Vec<_>, Vec<_>) = (old.items().collect(), new.items().collect());
    assert_eq!(settled.among(&older, &newer).different, [(0, 1)]);
}

#[test]
fn what_a_person_wrote_stays_and_questions_follow_once() {
    let question = Doubtful {
        older: ItemId::new("a-1"),
        older_name: "Ett ”citat”".to_owned(),
        older_source: Some("2023.docx, table 1, row 2".to_owned()),
        newer: ItemId::new("b 1"),
        newer_name: "Två".to_owned(),
        newer_source: None,
        likeness: 0.62,
        kind: DoubtfulKind::Same,
    };
    assert_eq!(render("", &[]), None);
    let first = render("", std::slice::from_ref(&question)).unwrap();
    assert!(parse(first.as_bytes()).unwrap().is_empty(), "questions are comments");
    assert_eq!(render(&first, std::slice::from_ref(&question)).unwrap(), first);
    let answered = first.replace("# same", "same");
    let decisions = parse(answered.as_bytes()).unwrap();
    assert_eq!(decisions.lines[0].items[1], Named { id: ItemId::new("b 1"), words: Some("Två".to_owned()) });
    let second = render(&answered, &[]).unwrap();
    assert!(!second.contains("Öppna"), "{second}");
    assert_eq!(parse(second.as_bytes()).unwrap().lines.len(), 1);
    assert_eq!(render("# mitt\nsame a b\n", &[]).unwrap(), "# mitt\nsame a b\n");
}

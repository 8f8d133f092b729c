use super::*;
use crate::model::{Section, SectionColumns, SectionKind, assign_ids};

fn plan(rows: &[[&str; 3]]) -> Plan {
    let blocks = |text: &str| if text.is_empty() { Vec::new() } else { vec![Block::paragraph(text)] };
    let items = rows.iter().map(|[area, priority, activities]| Item {
        area: blocks(area),
        priority: blocks(priority),
        activities: blocks(activities),
        ..Item::default()
    });
    let section = Section {
        kind: SectionKind::National,
        title: None,
        columns: SectionColumns::default(),
        items: items.collect(),
    };
    let mut plan = Plan { sections: vec![section], ..Plan::default() };
    assign_ids(plan.items_mut(), |_| true);
    plan
}

fn example() -> Plan {
    plan(&[
        ["Upphandling av röntgenutrustning", "Jämlik diagnostik inom regionen", "Kravställning, annonsering"],
        ["Ökad mikrobiologisamverkan inom regionen 2023", "Jämlik diagnostik inom regionen", "Projekt"],
        ["", "Ökad samverkan för effektivitet inom regionen", "Gemensamma prioriteringar"],
        ["", "Bästa kunskap i varje möte", "Verka för att kloka val görs inom radiologin"],
        ["", "Bästa kunskap i varje möte", "Lära av varandra om AI"],
    ])
}

/// The number of the item that a heading finds, or what else is found.
fn found(heading: &str) -> Result<usize, String> {
    let plan = example();
    let number = |id: &ItemId| plan.items().position(|item| item.id == *id).unwrap();
    match find(&plan, heading) {
        Found::Item { id, .. } => Ok(number(&id)),
        Found::Ambiguous(ids) => Err(format!("ambiguous {:?}", ids.iter().map(number).collect::<Vec<_>>())),
        Found::None(_) => Err("none".to_owned()),
    }
}

#[test]
fn by_id_in_any_dress() {
    let plan = example();
    for item in plan.items() {
        for heading in [format!("{}", item.id), format!("Något annat [{}]", item.id), format!("`{}`:", item.id)] {
            assert_eq!(find(&plan, &heading), Found::Item { id: item.id.clone(), confidence: 1.0, how: How::Id });
        }
    }
    assert_eq!(found("upphandling-av-rontgenutrustning-0f0f0f"), Err("none".to_owned()), "an id of another plan");
}

#[test]
fn by_equal_wording_and_by_likeness() {
    assert_eq!(found("UPPHANDLING av Röntgenutrustning."), Ok(0));
    assert_eq!(found("Upphandlingen av röntgenutrustning"), Ok(0));
    assert_eq!(found("Uphandling röntgenutrustning"), Ok(0));
    assert_eq!(found("Ökad mikrobiologisamverkan inom regionen"), Ok(1));
    assert_eq!(found("Kloka val inom radiologin"), Ok(3));
    assert_eq!(found("3. Kloka val i radiologi"), Ok(3));
}

#[test]
fn what_fits_two_is_ambiguous() {
    assert_eq!(found("Bästa kunskap i varje möte"), Err("ambiguous [3, 4]".to_owned()));
    assert_eq!(found("Jämlik diagnostik inom regionen"), Err("ambiguous [0, 1]".to_owned()));
    assert_eq!(found("Bästa kunskaper vid varje möte"), Err("ambiguous [3, 4]".to_owned()));
}

#[test]
fn what_fits_none_is_none() {
    for heading in ["Blodförsörjning vid kris", "Upphandling av laboratoriesystem", "", "och i det", "2024", "—"] {
        assert_eq!(found(heading), Err("none".to_owned()), "{heading}");
    }
}

#[test]
fn an_empty_plan_has_no_item() {
    assert_eq!(find(&Plan::default(), "Upphandling"), Found::None(Vec::new()));
}

//! Notes of any bytes: read or refused; applied twice they change nothing the second time.
#![no_main]

use handlingsplan::merge::{apply_notes, notes};
use handlingsplan::model::{Block, Item, Plan, Section, SectionColumns, SectionKind, assign_ids};
use libfuzzer_sys::fuzz_target;

fn plan() -> Plan {
    let item = |area: &str, priority: &str| Item {
        area: vec![Block::paragraph(area)],
        priority: vec![Block::paragraph(priority)],
        ..Item::default()
    };
    let items = vec![item("Upphandling av stöd", "Jämlik vård"), item("Ökad samverkan", "Jämlik vård")];
    let columns = SectionColumns::default();
    let section = Section { kind: SectionKind::National, title: None, columns, items };
    let mut plan = Plan { sections: vec![section], ..Plan::default() };
    assign_ids(plan.items_mut(), |_| true);
    plan
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = notes::parse_bytes(bytes) else { return };
    let Ok(meeting) = read.value.meeting_or("2024-09-18".parse().ok()) else { return };
    let mut plan = plan();
    apply_notes(&mut plan, &read.value, meeting, "notes.md");
    let once = plan.clone();
    apply_notes(&mut plan, &read.value, meeting, "notes.md");
    assert_eq!(plan, once);
});

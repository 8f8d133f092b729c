//! Plans made up by tests/conformance/pdf_plans and printed by several programs: the ones without ruling lines.
#![allow(missing_docs, clippy::unwrap_used)]

use crate::support;

use support::gold::{Gold, plan};
use support::{convert, fixture};

#[test]
fn tables_that_no_lines_part() {
    let folder = format!("{}/fixtures/pdf", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().unwrap().strip_suffix(".gold.json").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 5);
    for name in names {
        let gold: Gold = serde_json::from_slice(&fixture(&format!("pdf/{name}.gold.json"))).unwrap();
        let read = plan(convert(&fixture(&format!("pdf/{name}.pdf")), "plan.pdf"));
        let mut got = Gold::of(&read);
        for texts in [&mut got.results, &mut got.challenges] {
            *texts = if texts.is_empty() { Vec::new() } else { vec![texts.join(" ")] };
        }
        // A space after a hyphen cannot be told from a line's end.
        let fold = |gold: &Gold| {
            serde_json::to_string_pretty(gold).unwrap().replace("- ", "-").replace("– ", "–").replace("/ ", "/")
        };
        assert_eq!(fold(&got), fold(&gold), "{name}");
        assert_eq!(read.reading.coverage, 1.0, "{name}");
    }
}

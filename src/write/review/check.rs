//! Remarks on plans → text, JSON, SARIF.

use std::fmt::Write;

use crate::model::Severity;
use crate::review::check::{CheckReport, Checked, Remark};

use super::super::places::place;
use super::style::{BAD, FAINT, NOTE, STRONG, Styled, WARN};

pub use super::sarif::sarif;

/// The remarks as JSON: `{ "plans": [ { "file", "title", "year", "remarks": […] } ] }`.
pub fn json(checked: &[Checked]) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(&CheckReport { plans: checked.to_vec() }).unwrap_or_default();
    json.push(b'\n');
    json
}

/// The remarks for a person, item by item, with what to do told once for each kind.
pub fn text(checked: &[Checked]) -> String {
    let mut out = String::new();
    for plan in checked {
        write_plan(&mut out, plan);
    }
    out
}

fn write_plan(out: &mut String, plan: &Checked) {
    let year = plan.year.filter(|year| !plan.title.as_deref().unwrap_or_default().contains(&year.to_string()));
    let title = plan.title.as_deref().map(|title| format!(": {title}")).unwrap_or_default();
    let year = year.map(|year| format!(" ({year})")).unwrap_or_default();
    // A String takes everything that is written to it.
    let _ = writeln!(out, "{}", Styled(STRONG, format!("{}{title}{year}", plan.file)));
    let mut item = None;
    let mut hinted = Vec::new();
    for remark in &plan.remarks {
        let this = remark.item.as_ref().map(|item| &item.id);
        if this != item
            && let Some(about) = &remark.item
        {
            let place = remark.source.as_ref().map(|source| format!("{}, ", place(&source.place))).unwrap_or_default();
            let _ =
                writeln!(out, "\n  {}  {}", Styled(STRONG, &about.name), Styled(FAINT, format!("{place}{}", about.id)));
        } else if item.is_none() && hinted.is_empty() {
            out.push('\n');
        }
        item = this;
        write_remark(out, remark, &mut hinted);
    }
    let _ = writeln!(out, "\n  {}\n", summary(&plan.remarks));
}

fn write_remark<'a>(out: &mut String, remark: &'a Remark, hinted: &mut Vec<&'a str>) {
    let (style, word) = match remark.severity {
        Severity::Error => (BAD, "fel"),
        Severity::Warning => (WARN, "varning"),
        Severity::Info => (NOTE, "notis"),
    };
    let place = match (&remark.item, &remark.source) {
        (None, Some(source)) => format!(" [{}, {}]", source.file, place(&source.place)),
        _ => String::new(),
    };
    let code = Styled(FAINT, format!("[{}]", remark.code.as_str()));
    let _ = writeln!(out, "    {}  {}{place}  {code}", Styled(style, format!("{word:<7}")), remark.message);
    if !hinted.contains(&remark.hint.as_str()) {
        hinted.push(&remark.hint);
        let _ = writeln!(out, "             {}", Styled(FAINT, format!("→ {}", remark.hint)));
    }
}

fn summary(remarks: &[Remark]) -> String {
    let count = |severity| remarks.iter().filter(|remark| remark.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let of = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    match remarks.len() {
        0 => "Inget att anmärka på.".to_owned(),
        all => format!(
            "{}: {errors} fel, {}, {}.",
            of(all, "anmärkning", "anmärkningar"),
            of(warnings, "varning", "varningar"),
            of(notes, "notis", "notiser")
        ),
    }
}

//! Remarks as SARIF 2.1.0, for tools that gather findings.

use serde_json::{Value, json};

use crate::model::Severity;
use crate::review::check::{Checked, RULES, Remark, Rule};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The remarks as one SARIF log with one run; every rule is described, found or not.
pub fn sarif(checked: &[Checked]) -> Vec<u8> {
    let rules: Vec<Value> = RULES.iter().map(rule).collect();
    let artifacts: Vec<Value> = checked.iter().map(|plan| json!({ "location": { "uri": uri(&plan.file) } })).collect();
    let results: Vec<Value> = checked
        .iter()
        .enumerate()
        .flat_map(|(number, plan)| plan.remarks.iter().map(move |remark| result(remark, &plan.file, number)))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "handlingsplan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "sv-SE",
                "rules": rules,
            } },
            "language": "sv-SE",
            "artifacts": artifacts,
            "results": results,
        }],
    });
    let mut bytes = serde_json::to_vec_pretty(&log).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code.as_str(),
        "shortDescription": { "text": rule.title },
        "help": { "text": rule.hint },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(remark: &Remark, file: &str, artifact: usize) -> Value {
    let place = remark.source.as_ref().map(|source| source.place.clone());
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file), "index": artifact } } });
    if let Some(item) = &remark.item {
        location["logicalLocations"] =
            json!([{ "name": item.name, "fullyQualifiedName": item.id.as_str(), "kind": "element" }]);
    }
    if let Some(place) = &place {
        location["message"] = json!({ "text": place });
    }
    let mut result = json!({
        "ruleId": remark.code.as_str(),
        "level": level(remark.severity),
        "message": { "text": format!("{} {}", remark.message, remark.hint) },
        "locations": [location],
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == remark.code) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(item) = &remark.item {
        // The same remark on the same item in the next version is the same finding.
        result["partialFingerprints"] = json!({ "itemAndRule/v1": format!("{}/{}", item.id, remark.code.as_str()) });
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative URI: what may not stand in one is written by its bytes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

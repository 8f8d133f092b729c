//! `schema`: the model's JSON Schema.

use miette::{IntoDiagnostic, Report};

use super::{Outcome, output};

pub(crate) fn run() -> Result<Outcome, Report> {
    let mut json = serde_json::to_vec_pretty(&handlingsplan::model::schema()).into_diagnostic()?;
    json.push(b'\n');
    output::write(None, &json, &[], false)?;
    Ok(Outcome::Done)
}

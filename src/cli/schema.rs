//! `schema`: the JSON Schema of the model, and of what the other commands write as JSON.

use clap::{Args, ValueEnum};
use handlingsplan::merge::MergeReport;
use handlingsplan::model::{schema, schema_of};
use handlingsplan::review::check::CheckReport;
use handlingsplan::review::diff::Diff;
use handlingsplan::review::history::History;
use miette::{IntoDiagnostic, Report};

use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Vad schemat gäller
    #[arg(long, value_name = "VAD", value_enum, default_value_t = Of::Plan)]
    pub(crate) of: Of,
}

/// What is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// Modellen: en plan eller ett annat dokument
    Plan,
    /// Det som diff skriver
    Diff,
    /// Det som history skriver
    History,
    /// Det som check skriver
    Check,
    /// Rapporten från merge och update
    Report,
}

pub(crate) fn run(args: &SchemaArgs) -> Result<Outcome, Report> {
    let schema = match args.of {
        Of::Plan => schema(),
        Of::Diff => schema_of::<Diff>(),
        Of::History => schema_of::<History>(),
        Of::Check => schema_of::<CheckReport>(),
        Of::Report => schema_of::<MergeReport>(),
    };
    let mut json = serde_json::to_vec_pretty(&schema).into_diagnostic()?;
    json.push(b'\n');
    output::write(None, &json, &[], false)?;
    Ok(Outcome::Done)
}

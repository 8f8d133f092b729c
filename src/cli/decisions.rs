//! The file of decisions that `merge`, `diff` and `history` take.

use std::path::Path;

use handlingsplan::merge::Decisions;
use handlingsplan::merge::decisions::{self, Decision, DecisionsError};
use handlingsplan::model::{Plan, Warning, WarningCode};
use miette::{IntoDiagnostic, Report};

use super::input;

/// The file as it stands, and what it says.
pub(crate) fn load(path: &Path) -> Result<(String, Decisions), Report> {
    let input = input::load(path)?;
    let decided = decisions::parse(&input.bytes).map_err(|error| input::named(error, &input.name))?;
    Ok((String::from_utf8(input.bytes).into_diagnostic()?, decided))
}

/// The decisions of a file that is only read, where one is given.
pub(crate) fn read(path: Option<&Path>) -> Result<Decisions, Report> {
    Ok(path.map(load).transpose()?.map(|(_, decided)| decided).unwrap_or_default())
}

/// Refuses decisions that name no item: a slip in an id must not make a person's answer disappear.
pub(crate) fn all_known<'a>(
    decided: &Decisions,
    path: &Path,
    plans: impl Iterator<Item = &'a Plan>,
) -> Result<(), Report> {
    let unknown = decided.settle(plans).1;
    if unknown.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = unknown.iter().map(told).collect();
    let error = DecisionsError::Unknown { lines: told.join("; ") };
    Err(input::named(error, &path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()))
}

/// Warnings of decisions that name no item of these plans, for commands that show only some of the versions.
pub(crate) fn unknown<'a>(decided: &Decisions, plans: impl Iterator<Item = &'a Plan>) -> Vec<Warning> {
    let warn = |line: &Decision| {
        Warning::new(
            WarningCode::UnusedDecision,
            format!("Beslutet på {} gäller ingen punkt i de här versionerna.", told(line)),
        )
    };
    decided.settle(plans).1.iter().map(warn).collect()
}

fn told(line: &Decision) -> String {
    format!("rad {} (”{}”)", line.line, line.written.split('#').next().unwrap_or_default().trim())
}

//! `update`: a meeting's notes, or another version of the plan, merged into the plan.

use std::path::Path;

use handlingsplan::interpret::Vocabulary;
use handlingsplan::merge::{self, MergeReport, notes};
use handlingsplan::model::{Document, Plan, Warning};
use handlingsplan::write::file::check_output;
use miette::{IntoDiagnostic, Report, miette};

use super::args::UpdateArgs;
use super::input::{self, Input};
use super::{Outcome, output};

pub(crate) fn run(args: &UpdateArgs) -> Result<Outcome, Report> {
    let format = output::format(None, Some(&args.output))?;
    let inputs = input::files(std::iter::once(&args.input).chain(&args.notes));
    for path in std::iter::once(&args.output).chain(&args.report).filter(|path| path.as_os_str() != input::STANDARD) {
        check_output(path, &inputs, args.write.force)?;
    }
    let vocabulary = input::vocabulary(&args.read)?;
    let mut plan = input::plan(&input::load(&args.input)?, &args.read, &vocabulary)?;
    let mut warnings = plan.reading.warnings.clone();
    let mut report = MergeReport::default();
    for path in &args.notes {
        let input = input::load(path)?;
        let (next, part) = apply(plan, &input, args, &vocabulary, &mut warnings)?;
        plan = next;
        report.extend(part);
    }
    warnings.extend(report.warnings());
    let bytes = output::render(&Document::ActionPlan(plan), format, &args.write, &mut warnings)?;
    if let Some(path) = &args.report {
        let mut json = serde_json::to_vec_pretty(&report).into_diagnostic()?;
        json.push(b'\n');
        output::write(Some(path), &json, &inputs, args.write.force)?;
    }
    output::write(Some(&args.output), &bytes, &inputs, args.write.force)?;
    let outcome = output::report(&warnings);
    Ok(if report.needs_person() { Outcome::NeedsPerson } else { outcome })
}

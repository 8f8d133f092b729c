//! `merge`: several versions of a plan into one with the whole history.

use std::path::{Path, PathBuf};

use clap::Args;
use handlingsplan::merge::{MergeReport, Version, decisions, merge_versions};
use handlingsplan::model::{Document, Plan};
use handlingsplan::open::open_with_base;
use handlingsplan::write::file::check_output;
use handlingsplan::write::merge_page;
use miette::{IntoDiagnostic, Report, miette};

use super::args::{ReadArgs, WriteArgs};
use super::decisions as decided;
use super::input;
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Planens versioner i valfri ordning och valfria format
    #[arg(value_name = "PLAN", required = true, num_args = 1..)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Filen att skriva; ändelsen väljer format
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: PathBuf,

    /// Vad som slogs ihop, konflikter och frågor: som JSON, eller som sida att läsa (.html)
    #[arg(long, value_name = "FIL.json|.html")]
    pub(crate) report: Option<PathBuf>,

    /// Textfil med beslut om vilka punkter som är samma; läses, och skrivs med de frågor som är öppna
    #[arg(long, value_name = "FIL")]
    pub(crate) decisions: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

pub(crate) fn run(args: &MergeArgs) -> Result<Outcome, Report> {
    let format = output::format(None, Some(&args.output))?;
    let page = args.report.as_deref().map(is_page).transpose()?.unwrap_or(false);
    let mut inputs = input::files(&args.inputs);
    if let Some(path) = args.decisions.as_deref() {
        // It is read and written, but it is no version of the plan.
        check_output(path, &inputs, true)?;
        inputs.push(path);
    }
    output::check(std::iter::once(&args.output).chain(&args.report), &inputs, args.write.force)?;
    // A file that is not there yet is written with the first questions.
    let before =
        args.decisions.as_deref().map(|path| if path.exists() { decided::load(path) } else { Ok(<_>::default()) });
    let before = before.transpose()?;
    let decided = before.as_ref().map(|(_, decisions)| decisions.clone()).unwrap_or_default();
    let versions = versions(args)?;
    if let Some(path) = &args.decisions {
        decided::all_known(&decided, path, versions.iter().map(|version| &version.plan))?;
    }
    let (plan, report) = merge_versions(versions, &decided);
    let mut warnings = report.warnings();
    warnings.extend_from_slice(&plan.reading.warnings);
    if let Some(path) = &args.report {
        let bytes = if page { merge_page::write(&plan, &report)? } else { json(&report)? };
        output::write(Some(path), &bytes, &inputs, args.write.force)?;
    }
    let bytes =
        output::render(&Document::ActionPlan(plan), format, &output::options(&args.write, format)?, &mut warnings)?;
    output::write(Some(&args.output), &bytes, &inputs, args.write.force)?;
    if let (Some(path), Some((text, _))) = (&args.decisions, &before)
        && let Some(new) = decisions::render(text, &report.doubtful)
        && new != *text
    {
        output::write(Some(path), new.as_bytes(), &input::files(&args.inputs), true)?;
    }
    let outcome = output::report(&warnings);
    Ok(if report.needs_person() { Outcome::NeedsPerson } else { outcome })
}

/// All plans of all files, each with the plan its file was written from.
fn versions(args: &MergeArgs) -> Result<Vec<Version>, Report> {
    let vocabulary = input::vocabulary(&args.read)?;
    let mut versions = Vec::new();
    for path in &args.inputs {
        let input = input::load(path)?;
        let (documents, base) =
            open_with_base(&input.bytes, &input.name, &input::read_options(&args.read.limits), &vocabulary)
                .map_err(|error| input::named(error, &input.name))?;
        let mut plans: Vec<Plan> = documents
            .into_iter()
            .filter_map(|document| match document {
                Document::ActionPlan(plan) => Some(plan),
                Document::SupportingDocument(_) => None,
            })
            .collect();
        if let Some(year) = args.read.plan.filter(|_| plans.len() > 1) {
            plans.retain(|plan| plan.year == Some(year));
        }
        if plans.is_empty() {
            return Err(miette!(
                help = "Tabellens rubriker kan läggas till med --columns FIL.",
                "{}: ingen tabell med en handlingsplans rubriker hittades",
                input.name
            ));
        }
        versions.extend(plans.into_iter().map(|plan| Version { plan, base: base.clone() }));
    }
    Ok(versions)
}

/// Whether the report is a page; by its ending.
fn is_page(path: &Path) -> Result<bool, Report> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "html" | "htm" => Ok(true),
        "json" => Ok(false),
        _ => Err(miette!(
            help = "Skriv till en fil som slutar på .json eller .html.",
            "{}: ändelsen säger inget format för rapporten",
            path.display()
        )),
    }
}

fn json(report: &MergeReport) -> Result<Vec<u8>, Report> {
    let mut json = serde_json::to_vec_pretty(report).into_diagnostic()?;
    json.push(b'\n');
    Ok(json)
}

//! `update`: a meeting's notes, or another version of the plan, merged into the plan.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::interpret::Vocabulary;
use handlingsplan::merge::notes::{self, Notes};
use handlingsplan::merge::{MergeReport, apply_notes, form, is_older, merge_plans};
use handlingsplan::model::{Document, Plan, Warned, Warning};
use handlingsplan::open::is_json;
use handlingsplan::read::{Limits, read, sniff};
use handlingsplan::revise::{revise, revise_on_template};
use handlingsplan::write::Format;
use handlingsplan::write::docx::Track;
use jiff::civil::Date;
use miette::{IntoDiagnostic, Report, miette};
use serde::Serialize;

use super::args::{ReadArgs, WriteArgs, day};
use super::input::{self, Input};
use super::{Outcome, output};

/// What `--report` writes: one report for each file of notes, in their order.
#[derive(Serialize)]
struct Reports {
    reports: Vec<MergeReport>,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// Planen att uppdatera
    #[arg(value_name = "PLAN")]
    pub(crate) input: PathBuf,

    /// Mötesanteckningar i Markdown, det ifyllda formuläret från sheet, eller en annan version av planen; flera går bra
    #[arg(long, value_name = "ANTECKNINGAR", required = true, num_args = 1..)]
    pub(crate) notes: Vec<PathBuf>,

    /// Filen att skriva; ändelsen väljer format
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: PathBuf,

    /// Mötets datum, när anteckningarna inte säger det (ÅÅÅÅ-MM-DD)
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub(crate) meeting: Option<Date>,

    /// För in ändringarna i planens egen Word-fil, i dess eget utseende, och låt allt annat stå orört
    #[arg(long)]
    pub(crate) keep_layout: bool,

    /// Gör ändringarna till spårade ändringar, som godkänns eller avvisas i Word
    #[arg(long)]
    pub(crate) track_changes: bool,

    /// Namnet som de spårade ändringarna visas med
    #[arg(long, value_name = "NAMN", default_value = "handlingsplan", requires = "track_changes")]
    pub(crate) author: String,

    /// Vad som fördes in, och vad en människa behöver se på, som JSON
    #[arg(long, value_name = "FIL.json")]
    pub(crate) report: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

pub(crate) fn run(args: &UpdateArgs) -> Result<Outcome, Report> {
    let format = output::format(None, Some(&args.output))?;
    if (args.keep_layout || args.track_changes) && format != Format::Docx {
        return Err(miette!(
            help = "Låt utdata sluta på .docx, eller utelämna --keep-layout och --track-changes.",
            "--keep-layout och --track-changes gäller Word-filer"
        ));
    }
    if args.keep_layout && args.write.template.is_some() {
        return Err(miette!(
            help = "Utelämna den ena av dem.",
            "--keep-layout behåller planens egen Word-fil, så --template skulle inte synas"
        ));
    }
    let inputs = input::files(std::iter::once(&args.input).chain(&args.notes));
    output::check(std::iter::once(&args.output).chain(&args.report), &inputs, args.write.force)?;
    let vocabulary = input::vocabulary(&args.read)?;
    let file = input::load(&args.input)?;
    let before = input::plan(&file, &args.read, &vocabulary)?;
    let mut plan = before.clone();
    let mut warnings = Vec::new();
    let mut reports = Vec::with_capacity(args.notes.len());
    for path in &args.notes {
        let (next, report) = apply(plan, &input::load(path)?, args, &vocabulary, &mut warnings)?;
        warnings.extend(report.warnings());
        plan = next;
        reports.push(report);
    }
    warnings.extend_from_slice(&plan.reading.warnings);
    let document = Document::ActionPlan(plan);
    let mut options = output::options_for(&args.write, format, &document)?;
    options.track = args
        .track_changes
        .then(|| Track { author: args.author.clone(), date: reports.iter().filter_map(|report| report.meeting).max() });
    let Document::ActionPlan(plan) = &document else { return Err(miette!("planen gick förlorad")) };
    let bytes = if args.keep_layout {
        let read = input::read_options(&args.read.limits);
        let revised = revise(&file.bytes, &before, plan, &vocabulary, &read, &options)?;
        warnings.extend(revised.warnings);
        revised.value
    } else if args.track_changes {
        let read = input::read_options(&args.read.limits);
        let revised = revise_on_template(&before, plan, &vocabulary, &read, &options)?;
        warnings.extend(revised.warnings);
        revised.value
    } else {
        output::render(&document, format, &options, &mut warnings)?
    };
    let needs_person = reports.iter().any(MergeReport::needs_person);
    if let Some(path) = &args.report {
        let mut json = serde_json::to_vec_pretty(&Reports { reports }).into_diagnostic()?;
        json.push(b'\n');
        output::write(Some(path), &json, &inputs, args.write.force)?;
    }
    output::write(Some(&args.output), &bytes, &inputs, args.write.force)?;
    let outcome = output::report(&warnings);
    Ok(if needs_person { Outcome::NeedsPerson } else { outcome })
}

/// Merges one file of notes, or one other version of the plan.
fn apply(
    plan: Plan,
    input: &Input,
    args: &UpdateArgs,
    vocabulary: &Vocabulary,
    warnings: &mut Vec<Warning>,
) -> Result<(Plan, MergeReport), Report> {
    // What has the form of a document is a version of the plan; all other text is notes.
    if sniff(&input.bytes, &Limits::default()).is_ok() {
        if let Some(parsed) = filled_in_form(&plan, input, args)? {
            return apply_parsed(plan, parsed, input, args, warnings);
        }
        let other = input::plan(input, &args.read, vocabulary)?;
        let (older, newer) = if is_older(&other, &plan) { (other, plan) } else { (plan, other) };
        return Ok(merge_plans(older, newer));
    }
    let parsed = notes::parse_bytes(&input.bytes).map_err(|error| input::named(error, &input.name))?;
    apply_parsed(plan, parsed, input, args, warnings)
}

/// The notes of a filled-in form; none where the file is something else.
fn filled_in_form(plan: &Plan, input: &Input, args: &UpdateArgs) -> Result<Option<Warned<Notes>>, Report> {
    if is_json(&input.bytes) {
        return Ok(None);
    }
    let pages = read(&input.bytes, &input::read_options(&args.read.limits))
        .map_err(|error| input::named(error, &input.name))?;
    Ok(form::read(&pages, plan))
}

/// Merges notes that were read.
fn apply_parsed(
    mut plan: Plan,
    parsed: Warned<Notes>,
    input: &Input,
    args: &UpdateArgs,
    warnings: &mut Vec<Warning>,
) -> Result<(Plan, MergeReport), Report> {
    warnings.extend(parsed.warnings);
    let meeting = parsed.value.meeting_or(args.meeting).map_err(|error| input::named(error, &input.name))?;
    let report = apply_notes(&mut plan, &parsed.value, meeting, &input.name);
    Ok((plan, report))
}

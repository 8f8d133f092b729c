//! `next-year`: next year's plan out of this year's.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handlingsplan::merge::next_year::{Keep, NextYear, next_year};
use handlingsplan::model::Document;
use miette::{IntoDiagnostic, Report};

use super::args::{ReadArgs, WriteArgs};
use super::terminal::say;
use super::{Outcome, input, output};

#[derive(Debug, Args)]
#[command(after_help = "Exempel:\n  handlingsplan next-year plan-2024.docx --year 2025 -o plan-2025.docx\n  \
    handlingsplan next-year plan-2024.docx --year 2025 --keep none -o plan-2025.docx --report lämnat.json\n\n\
    Avslutade punkter lämnas och listas. Den gamla planen ändras inte: spara den.")]
pub(crate) struct NextYearArgs {
    /// Årets plan; - är standard in
    #[arg(value_name = "PLAN")]
    pub(crate) input: PathBuf,

    /// Året som den nya planen gäller
    #[arg(long, value_name = "ÅR")]
    pub(crate) year: i16,

    /// Filen att skriva; ändelsen väljer format
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: PathBuf,

    /// Vilka av de öppna punkternas anteckningar som följer med
    #[arg(long, value_name = "VILKA", default_value = "last")]
    pub(crate) keep: KeepArg,

    /// Vad som följde med och vad som lämnades, som JSON
    #[arg(long, value_name = "FIL.json")]
    pub(crate) report: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) write: WriteArgs,
}

/// Which entries go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeepArg {
    /// Alla
    All,
    /// Den senaste
    Last,
    /// Inga; text utan datum följer alltid med
    None,
}

pub(crate) fn run(args: &NextYearArgs) -> Result<Outcome, Report> {
    let format = output::format(None, Some(&args.output))?;
    let inputs = input::files([&args.input]);
    output::check(std::iter::once(&args.output).chain(&args.report), &inputs, args.write.force)?;
    let vocabulary = input::vocabulary(&args.read)?;
    let plan = input::plan(&input::load(&args.input)?, &args.read, &vocabulary)?;
    let keep = match args.keep {
        KeepArg::All => Keep::All,
        KeepArg::Last => Keep::Last,
        KeepArg::None => Keep::None,
    };
    let (plan, report) = next_year(plan, args.year, keep)?;
    let mut warnings = Vec::new();
    let bytes =
        output::render(&Document::ActionPlan(plan), format, &output::options(&args.write, format)?, &mut warnings)?;
    if let Some(path) = &args.report {
        let mut json = serde_json::to_vec_pretty(&report).into_diagnostic()?;
        json.push(b'\n');
        output::write(Some(path), &json, &inputs, args.write.force)?;
    }
    output::write(Some(&args.output), &bytes, &inputs, args.write.force)?;
    print_summary(&report);
    Ok(output::report(&warnings))
}

/// What became of the items, on standard error: standard output may be the plan.
fn print_summary(report: &NextYear) {
    let left: usize = report.carried.iter().map(|item| item.entries_left).sum();
    let mut lines = vec![format!("{} punkter följer med till {}.", report.carried.len(), report.year)];
    if left > 0 {
        lines.push(format!("{left} äldre anteckningar står bara i den gamla planen (--keep all tar med dem)."));
    }
    if !report.closed.is_empty() {
        lines.push(format!("{} avslutade punkter lämnas:", report.closed.len()));
        lines.extend(report.closed.iter().map(|item| format!("  {}  {}", item.name, item.id)));
    }
    lines.extend(report.renewed.iter().map(|renewed| format!("”{}” → ”{}”", renewed.old, renewed.new)));
    if !report.set_aside.is_empty() {
        lines.push(format!("Sist i planen står nu: {}.", report.set_aside.join(", ")));
    }
    if report.marks_removed > 0 {
        lines.push(format!("{} märken ”(NY)” togs bort.", report.marks_removed));
    }
    for line in lines {
        say(&line);
    }
}

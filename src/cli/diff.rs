//! `diff`: what changed between two versions of a plan.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::review::diff::diff;
use handlingsplan::write::review;
use miette::Report;

use super::args::{PageArgs, ReadArgs};
use super::{Outcome, decisions, input, output};

#[derive(Debug, Args)]
#[command(
    after_help = "Exempel:\n  handlingsplan diff plan-mars.docx plan-maj.docx\n  handlingsplan diff plan-2024.docx plan-2025.pptx -o skillnader.html\n\n\
    I text står det som är borta i [-…-] och det som är nytt i {+…+}. Slutstatus 0 också när något skiljer."
)]
pub(crate) struct DiffArgs {
    /// Den äldre versionen; - är standard in
    #[arg(value_name = "ÄLDRE")]
    pub(crate) old: PathBuf,

    /// Den nyare versionen
    #[arg(value_name = "NYARE")]
    pub(crate) new: PathBuf,

    #[command(flatten)]
    pub(crate) page: PageArgs,

    /// Textfil med beslut om vilka punkter som är samma, som merge skriver den
    #[arg(long, value_name = "FIL")]
    pub(crate) decisions: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

pub(crate) fn run(args: &DiffArgs) -> Result<Outcome, Report> {
    let inputs = input::files([&args.old, &args.new].into_iter().chain(&args.decisions));
    let format = args.page.format(&inputs)?;
    let vocabulary = input::vocabulary(&args.read)?;
    let plan = |path| input::plan(&input::load(path)?, &args.read, &vocabulary);
    let (old, new) = (plan(&args.old)?, plan(&args.new)?);
    let decided = decisions::read(args.decisions.as_deref())?;
    let outcome = output::report(&decisions::unknown(&decided, [&old, &new].into_iter()));
    let found = diff(&old, &new, &decided);
    args.page.write(
        format,
        &inputs,
        || review::diff::text(&found),
        || review::diff::json(&found),
        || Ok(review::diff::html(&found)?),
    )?;
    Ok(outcome)
}

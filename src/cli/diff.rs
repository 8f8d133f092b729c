//! `diff`: what changed between two versions of a plan.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::review::diff::diff;
use handlingsplan::write::file::check_output;
use handlingsplan::write::review;
use miette::Report;

use super::args::{PageFormat, ReadArgs, page_format};
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

    /// Form att skriva i; utan den väljer utdatas ändelse
    #[arg(long, value_name = "FORM")]
    pub(crate) to: Option<PageFormat>,

    /// Filen att skriva; utan den standard ut
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: Option<PathBuf>,

    /// Skriv över en fil som redan finns
    #[arg(long)]
    pub(crate) force: bool,

    /// Textfil med beslut om vilka punkter som är samma, som merge skriver den
    #[arg(long, value_name = "FIL")]
    pub(crate) decisions: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

pub(crate) fn run(args: &DiffArgs) -> Result<Outcome, Report> {
    let format = page_format(args.to, args.output.as_deref())?;
    let inputs = input::files([&args.old, &args.new].into_iter().chain(&args.decisions));
    if let Some(path) = args.output.as_deref().filter(|path| path.as_os_str() != input::STANDARD) {
        check_output(path, &inputs, args.force)?;
    }
    let vocabulary = input::vocabulary(&args.read)?;
    let plan = |path| input::plan(&input::load(path)?, &args.read, &vocabulary);
    let (old, new) = (plan(&args.old)?, plan(&args.new)?);
    let decided = decisions::read(args.decisions.as_deref())?;
    let outcome = output::report(&decisions::unknown(&decided, [&old, &new].into_iter()));
    let found = diff(&old, &new, &decided);
    let output = args.output.as_deref();
    match format {
        PageFormat::Text => output::write_text(output, &review::diff::text(&found), &inputs, args.force)?,
        PageFormat::Json => output::write(output, &review::diff::json(&found), &inputs, args.force)?,
        PageFormat::Html => output::write(output, &review::diff::html(&found)?, &inputs, args.force)?,
    }
    Ok(outcome)
}

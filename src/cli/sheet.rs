//! `sheet`: the form for a meeting.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::write::file::check_output;
use handlingsplan::write::form::Form;
use jiff::civil::Date;
use miette::{Report, miette};

use super::args::{ReadArgs, day};
use super::{Outcome, input, output};

#[derive(Debug, Args)]
#[command(after_help = "Exempel:\n  handlingsplan sheet plan.docx --meeting 2024-09-18 -o anteckningar.xlsx\n  \
    handlingsplan update plan.docx --notes anteckningar.xlsx -o plan-2024-09-18.docx\n\n\
    Formuläret fylls i under mötet och förs sedan in med update. Ändelsen väljer Excel (.xlsx) eller Word (.docx).")]
pub(crate) struct SheetArgs {
    /// Planen som mötet gäller; - är standard in
    #[arg(value_name = "PLAN")]
    pub(crate) input: PathBuf,

    /// Mötets datum (ÅÅÅÅ-MM-DD)
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub(crate) meeting: Date,

    /// Formuläret att skriva: .xlsx eller .docx
    #[arg(short, long, value_name = "FORMULÄR")]
    pub(crate) output: PathBuf,

    /// Ta med avslutade punkter också
    #[arg(long)]
    pub(crate) all: bool,

    /// Skriv över en fil som redan finns
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

pub(crate) fn run(args: &SheetArgs) -> Result<Outcome, Report> {
    let ending = args.output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let write = match ending.as_deref() {
        Some("xlsx") => Form::xlsx,
        Some("docx") => Form::docx,
        _ => {
            return Err(miette!(
                help = "Skriv till en fil som slutar på .xlsx (Excel) eller .docx (Word).",
                "{}: ändelsen säger inget format som formuläret skrivs i",
                args.output.display()
            ));
        }
    };
    let inputs = input::files([&args.input]);
    check_output(&args.output, &inputs, args.force)?;
    let vocabulary = input::vocabulary(&args.read)?;
    let plan = input::plan(&input::load(&args.input)?, &args.read, &vocabulary)?;
    let form = Form::new(&plan, args.meeting, args.all);
    if form.is_empty() {
        return Err(miette!(help = "Ta med de avslutade med --all.", "planen har inga öppna punkter att fråga om"));
    }
    output::write(Some(&args.output), &write(&form)?, &inputs, args.force)?;
    Ok(Outcome::Done)
}

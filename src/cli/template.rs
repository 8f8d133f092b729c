//! `template`: the standard template.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use handlingsplan::write::docx::{STANDARD_TEMPLATE, check_template};
use handlingsplan::write::{Format, pptx};
use miette::{Diagnostic, Report, miette};

use super::args::format;
use super::input::{load, named};
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    #[command(subcommand)]
    pub(crate) command: TemplateCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateCommand {
    /// Skriver standardmallen till en fil, att ändra i Word eller PowerPoint.
    Export {
        /// Filen att skriva; ändelsen väljer mallen
        #[arg(short, long, value_name = "FIL.docx|.pptx")]
        output: PathBuf,
        /// Vilken mall: docx eller pptx
        #[arg(long, value_name = "FORMAT", value_parser = format())]
        to: Option<Format>,
        /// Skriv över en fil som redan finns
        #[arg(long)]
        force: bool,
    },
    /// Säger allt som är fel i en mall, och vad av planen den aldrig visar
    Check {
        /// Mallen
        #[arg(value_name = "FIL.docx|.pptx")]
        file: PathBuf,
    },
}

pub(crate) fn run(args: &TemplateArgs) -> Result<Outcome, Report> {
    match &args.command {
        TemplateCommand::Export { output: path, to, force } => match output::format(*to, Some(path))? {
            Format::Docx => output::write(Some(path), STANDARD_TEMPLATE, &[], *force)?,
            Format::Pptx => output::write(Some(path), &pptx::standard_template()?, &[], *force)?,
            other => {
                let help = "Mallar finns för Word (.docx) och PowerPoint (.pptx).";
                return Err(miette!(help = help, "formatet {} har ingen mall", other.name()));
            }
        },
        TemplateCommand::Check { file } => return check(file),
    }
    Ok(Outcome::Done)
}

/// What is wrong is printed as the result it is; whether anything is decides the exit status.
fn check(file: &Path) -> Result<Outcome, Report> {
    let input = load(file)?;
    let found = match Format::of_template(&input.bytes) {
        Some(Format::Pptx) => pptx::check_template(&input.bytes),
        _ => check_template(&input.bytes),
    };
    let found = found.map_err(|error| named(error, &input.name))?;
    let mut text = String::new();
    for problem in &found.problems {
        text.push_str(&format!("Fel: {problem}.\n"));
        if let Some(help) = problem.help() {
            text.push_str(&format!("     {help}\n"));
        }
    }
    for what in &found.never_shown {
        text.push_str(&format!("Obs: mallen visar aldrig {what}.\n"));
    }
    if text.is_empty() {
        text.push_str("Mallen stämmer: allt i planen visas.\n");
    }
    output::write(None, text.as_bytes(), &[], false)?;
    match (found.problems.len(), found.never_shown.len()) {
        (0, 0) => Ok(Outcome::Done),
        (0, _) => Ok(Outcome::NeedsPerson),
        (problems, _) => Err(miette!(
            help = "docs/templates.md visar hur en mall skrivs och vilka namn som finns.",
            "mallen {} har {problems} fel och går inte att använda",
            input.name
        )),
    }
}

//! `template`: the standard template.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use handlingsplan::write::docx::STANDARD_TEMPLATE;
use miette::Report;

use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    #[command(subcommand)]
    pub(crate) command: TemplateCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateCommand {
    /// Skriver standardmallen till en fil, att ändra i Word.
    Export {
        /// Filen att skriva
        #[arg(short, long, value_name = "FIL.docx")]
        output: PathBuf,
        /// Skriv över en fil som redan finns
        #[arg(long)]
        force: bool,
    },
}

pub(crate) fn run(args: &TemplateArgs) -> Result<Outcome, Report> {
    match &args.command {
        TemplateCommand::Export { output: path, force } => output::write(Some(path), STANDARD_TEMPLATE, &[], *force)?,
    }
    Ok(Outcome::Done)
}

//! `template`: the standard template.

use handlingsplan::write::docx::STANDARD_TEMPLATE;
use miette::Report;

use super::args::{TemplateArgs, TemplateCommand};
use super::{Outcome, output};

pub(crate) fn run(args: &TemplateArgs) -> Result<Outcome, Report> {
    match &args.command {
        TemplateCommand::Export { output: path, force } => output::write(Some(path), STANDARD_TEMPLATE, &[], *force)?,
    }
    Ok(Outcome::Done)
}

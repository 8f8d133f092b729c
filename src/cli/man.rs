//! `man`: the manual page.

use clap::CommandFactory;
use miette::{IntoDiagnostic, Report};

use super::args::Cli;
use super::{Outcome, output};

pub(crate) fn run() -> Result<Outcome, Report> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page).into_diagnostic()?;
    output::write(None, &page, &[], false)?;
    Ok(Outcome::Done)
}

//! `completions`: completion of commands in a shell.

use clap::CommandFactory;
use miette::Report;

use super::args::{Cli, CompletionsArgs};
use super::{Outcome, output};

pub(crate) fn run(args: &CompletionsArgs) -> Result<Outcome, Report> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "handlingsplan", &mut script);
    output::write(None, &script, &[], false)?;
    Ok(Outcome::Done)
}

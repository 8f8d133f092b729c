//! `completions`: completion of commands in a shell.

use clap::{Args, CommandFactory};
use miette::Report;

use super::args::Cli;
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Skalet
    #[arg(value_name = "SKAL")]
    pub(crate) shell: clap_complete::Shell,
}

pub(crate) fn run(args: &CompletionsArgs) -> Result<Outcome, Report> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "handlingsplan", &mut script);
    output::write(None, &script, &[], false)?;
    Ok(Outcome::Done)
}

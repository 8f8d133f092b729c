//! The command line: one file a subcommand.

mod args;
mod batch;
mod check;
mod clock;
mod completions;
mod convert;
mod decisions;
mod diff;
mod history;
mod input;
mod man;
mod merge;
mod next_year;
mod output;
mod schema;
mod sheet;
mod swedish;
mod tables;
mod template;
mod terminal;
mod update;
mod worker;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use miette::Report;

/// How a command ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Done, but something needs a person.
    NeedsPerson,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::NeedsPerson => Self::from(3),
        }
    }
}

/// Reads the arguments and runs the command. Wrong usage ends the program with status 2.
pub(crate) fn run() -> Result<Outcome, Report> {
    let cli = swedish::described(args::Cli::command())
        .try_get_matches()
        .and_then(|matches| args::Cli::from_arg_matches(&matches))
        .unwrap_or_else(|error| std::process::exit(i32::from(swedish::print(&error))));
    match cli.command {
        args::Command::Convert(args) => convert::run(&args),
        args::Command::Update(args) => update::run(&args),
        args::Command::Sheet(args) => sheet::run(&args),
        args::Command::NextYear(args) => next_year::run(&args),
        args::Command::History(args) => history::run(&args),
        args::Command::Check(args) => check::run(&args),
        args::Command::Diff(args) => diff::run(&args),
        args::Command::Batch(args) => batch::run(&args),
        args::Command::Merge(args) => merge::run(&args),
        args::Command::Tables(args) => tables::run(&args),
        args::Command::Schema(args) => schema::run(&args),
        args::Command::Template(args) => template::run(&args),
        args::Command::Completions(args) => completions::run(&args),
        args::Command::Man => man::run(),
        args::Command::Worker => worker::run(),
    }
}

/// Whether nobody reads what is written any more (`handlingsplan … | head`): no failure.
pub(crate) fn is_broken_pipe(report: &Report) -> bool {
    report
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// Prints that the program itself is at fault.
pub(crate) fn print_fault() {
    let report = miette::miette!(
        help = "Inget har skrivits. Rapportera felet, och bifoga filen om den får lämnas ut.",
        "ett fel i programmet avbröt arbetet"
    );
    print_failure(&report);
}

/// Prints a failure on standard error: what, where, why, and what to do.
pub(crate) fn print_failure(report: &Report) {
    terminal::say(&swedish::advised(&format!("{report:?}")));
}

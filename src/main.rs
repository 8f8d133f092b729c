//! The command line: maps results to exit codes and nothing else.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(outcome) => outcome.into(),
        Err(report) if cli::is_broken_pipe(&report) => ExitCode::SUCCESS,
        Err(report) => {
            cli::print_failure(&report);
            ExitCode::from(1)
        }
    }
}

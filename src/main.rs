//! The command line: maps results to exit codes and nothing else.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Some files make a dependency panic; readers contain that and say it in their own words.
    std::panic::set_hook(Box::new(|_| {}));
    match std::panic::catch_unwind(cli::run) {
        Ok(Ok(outcome)) => outcome.into(),
        Ok(Err(report)) if cli::is_broken_pipe(&report) => ExitCode::SUCCESS,
        Ok(Err(report)) => {
            cli::print_failure(&report);
            ExitCode::from(1)
        }
        Err(_) => {
            cli::print_fault();
            ExitCode::from(1)
        }
    }
}

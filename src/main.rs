//! The command line: maps results to exit codes and nothing else.

mod cli;

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;

/// The system's memory, which a worker can be kept from taking all of.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Lets this process take so many more bytes; one that needs more ends.
pub(crate) fn limit_memory(bytes: u64) {
    let limit = MEMORY.allocated().saturating_add(usize::try_from(bytes).unwrap_or(usize::MAX));
    // It fails only where more is taken already than is allowed.
    let _ = MEMORY.set_limit(limit);
}

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

//! The worker of `batch` and `convert --stream`: started by the program itself, never by people.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use clap::{Args, value_parser};
use handlingsplan::batch::worker::serve;
use handlingsplan::batch::{Caps, Settings, Shard};
use handlingsplan::write::Format;
use miette::{IntoDiagnostic, Report, WrapErr, miette};

use super::args::LimitArgs;
use super::{Outcome, input};

/// How files are read in worker processes.
#[derive(Debug, Args)]
pub(crate) struct WorkerArgs {
    /// Så många filer åt gången
    #[arg(long, value_name = "ANTAL", value_parser = value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,

    /// Längsta tid för en fil, i sekunder [förval: 60]
    #[arg(long, value_name = "SEKUNDER", value_parser = value_parser!(u64).range(1..=86_400))]
    timeout: Option<u64>,

    /// Mesta minne för en fil, i megabyte [förval: 1024]
    #[arg(long, value_name = "MB", value_parser = value_parser!(u64).range(32..=1_048_576))]
    memory: Option<u64>,

    /// Bara var N:te fil, del I av N, för att dela arbetet mellan datorer
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<Shard>,
}

impl WorkerArgs {
    /// How many files at once.
    pub(crate) fn jobs(&self, otherwise: usize) -> usize {
        self.jobs.map_or(otherwise, usize::from)
    }

    /// How each file is converted.
    pub(crate) fn settings(
        &self,
        formats: Vec<Format>,
        columns: Option<&Path>,
        limits: &LimitArgs,
    ) -> Result<Settings, Report> {
        let standard = Caps::default();
        let caps = Caps {
            time: self.timeout.map_or(standard.time, Duration::from_secs),
            memory: self.memory.map_or(standard.memory, |megabytes| megabytes << 20),
            size: limits.max_size.saturating_mul(1 << 20),
        };
        // The headings are checked here, once, and not in each worker.
        let columns = columns.map(input::columns).transpose()?;
        Ok(Settings { formats, columns, password: limits.password.clone(), template: None, caps })
    }
}

/// This very program, as a worker.
pub(crate) fn program() -> Result<Vec<OsString>, Report> {
    let program = std::env::current_exe().into_diagnostic().wrap_err("programmet hittar inte sig självt")?;
    Ok(vec![program.into(), "worker".into()])
}

/// Documents nest; the main thread's stack is small on some systems.
const STACK: usize = 32 << 20;

pub(crate) fn run() -> Result<Outcome, Report> {
    // Ctrl-C reaches all processes of a terminal; the parent says when to end. Where the signal cannot be caught,
    // the worker ends with the rest, which costs nothing.
    let _ = ctrlc::set_handler(|| {});
    let serving = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(|| serve(std::io::stdin(), std::io::stdout(), crate::limit_memory))
        .into_diagnostic()?;
    match serving.join() {
        Ok(result) => result.into_diagnostic().map(|()| Outcome::Done),
        Err(_) => Err(miette!("arbetaren avbröts av ett fel i programmet")),
    }
}

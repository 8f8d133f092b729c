//! `batch`: whole archives.

mod progress;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handlingsplan::batch::{BatchOptions, Settings, run as run_batch};
use handlingsplan::write::Format;
use miette::Report;

use super::args::{LimitArgs, format};
use super::worker::{self, WorkerArgs};
use super::{Outcome, input};

use progress::Progress;

#[derive(Debug, Args)]
#[command(after_help = "Exempel:\n  handlingsplan batch \"G:\\Arkiv\\Handlingsplaner\" -o Resultat\n  \
                        handlingsplan batch 2023 2024 gamla.zip -o Resultat --to json,docx,csv\n\n\
                        Resultatet står i MAPP/report.html. En körning som avbryts fortsätter där den var när samma kommando körs igen, \
                        och filer som inte har ändrats görs inte om.")]
pub(crate) struct BatchArgs {
    /// Filer, mappar och zip-arkiv
    #[arg(value_name = "INDATA", required = true)]
    inputs: Vec<PathBuf>,

    /// Mappen som allt skrivs till; den skapas om den inte finns
    #[arg(short, long, value_name = "MAPP")]
    output: PathBuf,

    /// Format att skriva, med komma mellan
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = format(), default_value = "json")]
    to: Vec<Format>,

    /// Gör om också det som inte har ändrats
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    worker: WorkerArgs,

    /// Hur förloppet skrivs på standard fel
    #[arg(long, value_name = "FORM", default_value = "text")]
    log_format: LogFormat,

    /// En egen mall i stället för standardmallen, för Word eller PowerPoint
    #[arg(long, value_name = "FIL.docx|.pptx")]
    template: Option<PathBuf>,

    /// Fler kolumnrubriker, i samma form som templates/columns.toml
    #[arg(long, value_name = "FIL")]
    columns: Option<PathBuf>,

    #[command(flatten)]
    limits: LimitArgs,
}

/// How progress is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// För människor
    Text,
    /// En rad JSON för varje händelse
    Json,
}

pub(crate) fn run(args: &BatchArgs) -> Result<Outcome, Report> {
    let mut formats = args.to.clone();
    formats.sort_by_key(|format| Format::ALL.iter().position(|known| known == format));
    formats.dedup();
    let template = args.template.as_deref().map(input::load).transpose()?.map(|template| template.bytes);
    let settings = args.worker.settings(formats, args.columns.as_deref(), &args.limits)?;
    let options = BatchOptions {
        inputs: args.inputs.clone(),
        output: args.output.clone(),
        settings: Settings { template, ..settings },
        jobs: args.worker.jobs(std::thread::available_parallelism().map_or(1, usize::from)),
        force: args.force,
        shard: args.worker.shard,
        worker: worker::program()?,
    };
    let progress = Progress::new(args.log_format == LogFormat::Json);
    let result = run_batch(&options, &progress);
    progress.finish();
    let summary = result?;
    progress.summary(&summary, &args.output);
    Ok(if summary.needs_person() { Outcome::NeedsPerson } else { Outcome::Done })
}

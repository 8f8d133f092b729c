//! `check`: what a careful secretary would remark on.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use handlingsplan::model::Document;
use handlingsplan::review::check::{CheckOptions, Checked, Today};
use handlingsplan::write::file::check_output;
use handlingsplan::write::review;
use jiff::civil::Date;
use miette::{Report, miette};

use super::args::{ReadArgs, day};
use super::{Outcome, clock, input, output};

#[derive(Debug, Args)]
#[command(
    after_help = "Exempel:\n  handlingsplan check plan.docx\n  handlingsplan check plan.docx --today 2025-01-15 --format sarif -o plan.sarif\n\n\
    Reglerna står i docs/commands.md. Slutstatus 3 när något finns att anmärka på."
)]
pub(crate) struct CheckArgs {
    /// Planen att granska (.docx, .xlsx, .pdf … eller modellens .json); - är standard in
    #[arg(value_name = "INDATA")]
    pub(crate) input: PathBuf,

    /// Form att skriva i
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: CheckFormat,

    /// Filen att skriva; utan den standard ut
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: Option<PathBuf>,

    /// Dagen som planen granskas per (ÅÅÅÅ-MM-DD); utan den dagens datum, dock senast januari efter planens år
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub(crate) today: Option<Date>,

    /// Gruppens mötesdagar, när de är kända: anteckningar från andra dagar anmärks
    #[arg(long, value_name = "DATUM", value_parser = day, value_delimiter = ',')]
    pub(crate) meetings: Vec<Date>,

    /// Skriv över en fil som redan finns
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

/// A form of the remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// För människor
    Text,
    /// För program
    Json,
    /// SARIF 2.1.0, för verktyg som samlar anmärkningar
    Sarif,
}

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Report> {
    let inputs = input::files([&args.input]);
    if let Some(path) = args.output.as_deref().filter(|path| path.as_os_str() != input::STANDARD) {
        check_output(path, &inputs, args.force)?;
    }
    let vocabulary = input::vocabulary(&args.read)?;
    let file = input::load(&args.input)?;
    let mut documents = input::documents(&file, &args.read, &vocabulary)?;
    if args.read.plan.is_some() {
        documents = vec![input::document(&file, &args.read, &vocabulary)?];
    }
    let today = match args.today {
        Some(day) => Today::Given(day),
        None => clock::today()?.map_or(Today::Unknown, Today::Clock),
    };
    let options = CheckOptions { today, meetings: args.meetings.clone() };
    let name = if args.input.as_os_str() == input::STANDARD {
        file.name.clone()
    } else {
        args.input.to_string_lossy().into_owned()
    };
    let checked: Vec<Checked> = documents
        .iter()
        .filter_map(|document| match document {
            Document::ActionPlan(plan) => Some(Checked::new(&name, plan, &options)),
            Document::SupportingDocument(_) => None,
        })
        .collect();
    if checked.is_empty() {
        return Err(miette!(
            help = "Granskningen gäller handlingsplaner. Tabellens rubriker kan läggas till med --columns FIL.",
            "{}: ingen tabell med en handlingsplans rubriker hittades",
            file.name
        ));
    }
    match args.format {
        CheckFormat::Text => {
            output::write_text(args.output.as_deref(), &review::check::text(&checked), &inputs, args.force)?
        }
        CheckFormat::Json => {
            output::write(args.output.as_deref(), &review::check::json(&checked), &inputs, args.force)?
        }
        CheckFormat::Sarif => {
            output::write(args.output.as_deref(), &review::check::sarif(&checked), &inputs, args.force)?;
        }
    }
    let clean = checked.iter().all(|plan| plan.remarks.is_empty());
    Ok(if clean { Outcome::Done } else { Outcome::NeedsPerson })
}

//! `tables`: every table as found, with no interpretation.

use std::path::PathBuf;

use clap::Args;
use handlingsplan::page::tables_json;
use handlingsplan::read::read;
use miette::Report;

use super::args::LimitArgs;
use super::input;
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct TablesArgs {
    /// Filen att läsa; - är standard in
    #[arg(value_name = "INDATA")]
    pub(crate) input: PathBuf,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

pub(crate) fn run(args: &TablesArgs) -> Result<Outcome, Report> {
    let file = input::load(&args.input)?;
    let document =
        read(&file.bytes, &input::read_options(&args.limits)).map_err(|error| input::named(error, &file.name))?;
    output::write(None, tables_json(&document).as_bytes(), &[], false)?;
    Ok(Outcome::Done)
}

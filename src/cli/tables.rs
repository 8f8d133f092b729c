//! `tables`: every table as found, with no interpretation.

use std::path::{Path, PathBuf};

use clap::Args;
use handlingsplan::page::tables_json;
use handlingsplan::read::{Format, pdf, read, sniff};
use handlingsplan::write::file::check_output;
use miette::{Report, miette};

use super::args::LimitArgs;
use super::input::{self, Input};
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct TablesArgs {
    /// Filen att läsa; - är standard in
    #[arg(value_name = "INDATA")]
    pub(crate) input: PathBuf,

    /// Rita sidorna så som layouten ser dem: ord, rader, celler och statusljus (bara för PDF)
    #[arg(long, value_name = "FIL.svg")]
    pub(crate) debug_layout: Option<PathBuf>,

    /// Skriv över en ritning som redan finns
    #[arg(long, requires = "debug_layout")]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

pub(crate) fn run(args: &TablesArgs) -> Result<Outcome, Report> {
    let file = input::load(&args.input)?;
    if let Some(path) = &args.debug_layout {
        draw(args, &file, path)?;
    }
    let document =
        read(&file.bytes, &input::read_options(&args.limits)).map_err(|error| input::named(error, &file.name))?;
    output::write(None, tables_json(&document).as_bytes(), &[], false)?;
    Ok(Outcome::Done)
}

/// Draws what the layout step found, where the input is a PDF.
fn draw(args: &TablesArgs, file: &Input, path: &Path) -> Result<(), Report> {
    let options = input::read_options(&args.limits);
    if !matches!(sniff(&file.bytes, &options.limits), Ok(Format::Pdf)) {
        return Err(miette!(
            help = "Andra format har sina tabeller utskrivna i filen; där finns ingen layout att rita.",
            "--debug-layout ritar bara PDF, och {} är ingen PDF",
            file.name
        ));
    }
    let svg = pdf::debug_layout(&file.bytes, &options).map_err(|error| input::named(error, &file.name))?;
    let inputs = input::files([&args.input]);
    check_output(path, &inputs, args.force)?;
    output::write(Some(path), svg.as_bytes(), &inputs, args.force)?;
    Ok(())
}

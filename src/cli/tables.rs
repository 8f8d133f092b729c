//! `tables`: every table as found, with no interpretation.

use handlingsplan::page::tables_json;
use handlingsplan::read::read;
use miette::Report;

use super::args::TablesArgs;
use super::input;
use super::{Outcome, output};

pub(crate) fn run(args: &TablesArgs) -> Result<Outcome, Report> {
    let file = input::load(&args.input)?;
    let document =
        read(&file.bytes, &input::read_options(&args.limits)).map_err(|error| input::named(error, &file.name))?;
    output::write(None, tables_json(&document).as_bytes(), &[], false)?;
    Ok(Outcome::Done)
}

//! The commands, and the arguments that several of them share; what one command alone takes stands with it.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use handlingsplan::model::EntryDate;
use handlingsplan::write::Format;
use jiff::civil::Date;
use miette::{Report, miette};

use super::batch::BatchArgs;
use super::check::CheckArgs;
use super::completions::CompletionsArgs;
use super::convert::ConvertArgs;
use super::diff::DiffArgs;
use super::history::HistoryArgs;
use super::merge::MergeArgs;
use super::next_year::NextYearArgs;
use super::output;
use super::schema::SchemaArgs;
use super::sheet::SheetArgs;
use super::tables::TablesArgs;
use super::template::TemplateArgs;
use super::update::UpdateArgs;

/// Läser, uppdaterar och skriver översiktliga handlingsplaner.
#[derive(Debug, Parser)]
#[command(
    name = "handlingsplan",
    version,
    long_about = "Läser översiktliga handlingsplaner i alla format till en och samma modell (JSON), för in mötesanteckningar \
                  och skriver planen på standardmallen.\n\nInget som läses försvinner och inget gissas: det som är osäkert \
                  står som en varning, det som inte hör hemma någonstans bland resterna.",
    after_help = "Slutstatus: 0 klart · 1 misslyckades · 2 fel i kommandoraden · 3 klart, men något behöver en människa.\n\
                  Data skrivs på standard ut, allt annat på standard fel.",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Läser en plan eller ett annat dokument och skriver det i ett annat format.
    Convert(ConvertArgs),
    /// För in ett mötes anteckningar i planen och skriver den uppdaterade planen.
    Update(UpdateArgs),
    /// Skriver formuläret till ett möte, att fylla i och föra in med update.
    Sheet(SheetArgs),
    /// Skriver nästa års plan: öppna punkter följer med, avslutade lämnas och listas.
    NextYear(NextYearArgs),
    /// Säger vad en noggrann sekreterare skulle anmärka på i planen.
    Check(CheckArgs),
    /// Följer planens punkter genom alla versioner.
    History(HistoryArgs),
    /// Säger vad som skiljer två versioner av planen.
    Diff(DiffArgs),
    /// Omvandlar hela arkiv av mappar, filer och zip-arkiv, och skriver en rapport.
    Batch(BatchArgs),
    /// Slår ihop versioner av en plan till en med hela historiken.
    Merge(MergeArgs),
    /// Skriver varje tabell som den hittades, en rad JSON per tabell, utan tolkning.
    Tables(TablesArgs),
    /// Skriver JSON Schema (2020-12) för modellen, eller för det som ett annat kommando skriver.
    Schema(SchemaArgs),
    /// Standardmallarna för Word och PowerPoint.
    Template(TemplateArgs),
    /// Skriver kommandokomplettering för ett skal.
    Completions(CompletionsArgs),
    /// Skriver manualsidan (man).
    Man,
    /// Läser filer åt batch och convert --stream.
    #[command(hide = true)]
    Worker,
}

/// How inputs are read.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Fler kolumnrubriker, i samma form som templates/columns.toml
    #[arg(long, value_name = "FIL")]
    pub(crate) columns: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,

    /// Vilken plan, när filen har en för varje år
    #[arg(long, value_name = "ÅR")]
    pub(crate) plan: Option<i16>,
}

/// What a file may cost, and what opens it.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Lösenord till en skyddad fil
    #[arg(long, value_name = "LÖSENORD")]
    pub(crate) password: Option<String>,

    /// Största tillåtna storlek uppackad, i megabyte
    #[arg(long, value_name = "MB", default_value_t = 512)]
    pub(crate) max_size: u64,
}

/// How outputs are written.
#[derive(Debug, Args)]
pub(crate) struct WriteArgs {
    /// Skriv över en fil som redan finns
    #[arg(long)]
    pub(crate) force: bool,

    /// En egen mall i stället för standardmallen, för Word eller PowerPoint
    #[arg(long, value_name = "FIL.docx|.pptx")]
    pub(crate) template: Option<PathBuf>,

    /// Märk nya anteckningar: från planens senaste möte, eller från en dag (--mark-new=ÅÅÅÅ-MM-DD)
    #[arg(long, value_name = "DATUM", num_args = 0..=1, require_equals = true, default_missing_value = LATEST, value_parser = mark_new)]
    pub(crate) mark_new: Option<MarkNew>,
}

/// From when on entries are new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkNew {
    /// From the plan's latest meeting on.
    Latest,
    /// From a day on.
    From(Date),
}

/// What stands for the plan's latest meeting.
const LATEST: &str = "senaste";

fn mark_new(text: &str) -> Result<MarkNew, String> {
    if text == LATEST { Ok(MarkNew::Latest) } else { day(text).map(MarkNew::From) }
}

/// A word of the command line that names a format, out of the table of writers.
pub(crate) fn format() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.iter().map(|format| PossibleValue::new(format.ending()).help(format.about()));
    PossibleValuesParser::new(words)
        .try_map(|word| Format::from_ending(&word).ok_or_else(|| format!("okänt format: {word}")))
}

/// A form for people or programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// För människor, i ett fönster
    Text,
    /// För program
    Json,
    /// En sida för webbläsaren
    Html,
}

/// Where what people read about plans goes, and in which form.
#[derive(Debug, Args)]
pub(crate) struct PageArgs {
    /// Form att skriva i; utan den väljer utdatas ändelse
    #[arg(long, value_name = "FORM")]
    pub(crate) to: Option<PageFormat>,

    /// Filen att skriva; utan den standard ut
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: Option<PathBuf>,

    /// Skriv över en fil som redan finns
    #[arg(long)]
    pub(crate) force: bool,
}

impl PageArgs {
    /// The form, once it is sure that the output may be written.
    pub(crate) fn format(&self, inputs: &[&Path]) -> Result<PageFormat, Report> {
        let format = page_format(self.to, self.output.as_deref())?;
        output::check(&self.output, inputs, self.force)?;
        Ok(format)
    }

    /// Writes it, in the form that was asked for.
    pub(crate) fn write(
        &self,
        format: PageFormat,
        inputs: &[&Path],
        text: impl FnOnce() -> String,
        json: impl FnOnce() -> Vec<u8>,
        html: impl FnOnce() -> Result<Vec<u8>, Report>,
    ) -> Result<(), Report> {
        let path = self.output.as_deref();
        match format {
            PageFormat::Text => output::write_text(path, &text(), inputs, self.force),
            PageFormat::Json => output::write(path, &json(), inputs, self.force),
            PageFormat::Html => output::write(path, &html()?, inputs, self.force),
        }
    }
}

/// The form that is asked for, or that the output's ending chooses; text without either.
fn page_format(to: Option<PageFormat>, output: Option<&Path>) -> Result<PageFormat, Report> {
    if let Some(to) = to {
        return Ok(to);
    }
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("json") => Ok(PageFormat::Json),
        Some("html" | "htm") => Ok(PageFormat::Html),
        None | Some("txt") => Ok(PageFormat::Text),
        Some(other) => Err(miette!(
            help = "Skriv till en fil som slutar på .txt, .json eller .html, eller ange formen med --to.",
            "ändelsen .{other} säger ingen form som detta kan skrivas i"
        )),
    }
}

/// A day of the command line.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    match text.parse::<EntryDate>() {
        Ok(EntryDate::Day(day)) => Ok(day),
        _ => Err("datumet ska skrivas ÅÅÅÅ-MM-DD".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}

//! Models → files or standard output.

use std::io::Write;
use std::path::{Path, PathBuf};

use handlingsplan::model::{Document, Severity, Warning};
use handlingsplan::write::{self, Format, WriteOptions};
use miette::{Diagnostic, Report, miette};

use super::Outcome;
use super::args::{MarkNew, WriteArgs};
use super::input::{STANDARD, load};
use super::terminal::say;

/// More warnings than this are counted rather than printed.
const PRINTED_WARNINGS: usize = 20;

/// The format that is asked for, or that the output's ending chooses.
pub(crate) fn format(to: Option<Format>, output: Option<&Path>) -> Result<Format, Report> {
    if let Some(format) = to {
        return Ok(format);
    }
    let Some(output) = output.filter(|path| path.as_os_str() != STANDARD) else { return Ok(Format::Json) };
    let ending = output.extension().unwrap_or_default().to_string_lossy();
    Format::from_ending(&ending).ok_or_else(|| {
        miette!(
            help = format!("Skriv till en fil som slutar på {}, eller ange formatet med --to.", Format::endings()),
            "{}: ändelsen säger inget format som programmet skriver",
            output.display()
        )
    })
}

/// Checks outputs before the work is done: none over an input, none over a file that is there unless forced.
pub(crate) fn check<'p>(
    outputs: impl IntoIterator<Item = &'p PathBuf>,
    inputs: &[&Path],
    force: bool,
) -> Result<(), Report> {
    for path in outputs.into_iter().filter(|path| path.as_os_str() != STANDARD) {
        write::file::check_output(path, inputs, force)?;
    }
    Ok(())
}

/// What the command line says about writing a format, with the files it names loaded.
pub(crate) fn options(args: &WriteArgs, format: Format) -> Result<WriteOptions, Report> {
    if args.template.is_some() && !format.has_template() {
        let formats = Format::ALL.iter().filter(|format| format.has_template());
        let names: Vec<String> = formats.map(|format| format!(".{}", format.ending())).collect();
        return Err(miette!(
            help = format!("Skriv till {}, eller utelämna --template.", names.join(" eller ")),
            "formatet {} har ingen mall, så --template skulle inte synas",
            format.name()
        ));
    }
    let template = args.template.as_deref().map(load).transpose()?;
    Ok(WriteOptions { template: template.map(|input| input.bytes), ..WriteOptions::default() })
}

/// The same for one document: its latest meeting may say which entries are new.
pub(crate) fn options_for(args: &WriteArgs, format: Format, document: &Document) -> Result<WriteOptions, Report> {
    let latest = match document {
        Document::ActionPlan(plan) => plan.updated.as_ref().and_then(|updated| updated.date),
        Document::SupportingDocument(_) => None,
    };
    let mark_new = args.mark_new.and_then(|from| match from {
        MarkNew::Latest => latest,
        MarkNew::From(day) => Some(day),
    });
    Ok(WriteOptions { mark_new, ..options(args, format)? })
}

/// A document in a format, as bytes; what the format cannot carry is added to the warnings.
pub(crate) fn render(
    document: &Document,
    format: Format,
    options: &WriteOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Report> {
    let written = write::render(document, format, options)?;
    warnings.extend(written.warnings);
    Ok(written.value)
}

/// Writes bytes to a file, whole or not at all, or to standard output.
pub(crate) fn write(path: Option<&Path>, bytes: &[u8], inputs: &[&Path], force: bool) -> Result<(), Report> {
    match path.filter(|path| path.as_os_str() != STANDARD) {
        Some(path) => Ok(write::file::write_file(path, bytes, inputs, force)?),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).map_err(unwritten)
        }
    }
}

/// Writes text for people: with its colours to a terminal that shows them, without to all else.
pub(crate) fn write_text(path: Option<&Path>, text: &str, inputs: &[&Path], force: bool) -> Result<(), Report> {
    match path.filter(|path| path.as_os_str() != STANDARD) {
        Some(path) => Ok(write::file::write_file(path, write::review::plain(text).as_bytes(), inputs, force)?),
        None => {
            let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
            out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(unwritten)
        }
    }
}

/// Why standard output took no more; a closed one is told apart by its kind.
fn unwritten(error: std::io::Error) -> Report {
    Unwritten { source: error }.into()
}

/// Standard output could not be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("resultatet kan inte skrivas till standardutmatningen: {source}")]
#[diagnostic(help("Kontrollera att disken inte är full, eller skriv till en fil med -o."))]
struct Unwritten {
    #[source]
    source: std::io::Error,
}

/// Prints warnings on standard error, the gravest first, and says whether a person must look.
pub(crate) fn report(warnings: &[Warning]) -> Outcome {
    let mut shown: Vec<&Warning> = warnings.iter().filter(|warning| warning.severity > Severity::Info).collect();
    shown.sort_by_key(|warning| std::cmp::Reverse(warning.severity));
    for warning in shown.iter().take(PRINTED_WARNINGS) {
        let what = if warning.severity == Severity::Error { "Obs" } else { "Varning" };
        let place = warning.source.as_ref().map(|source| format!(" [{}, {}]", source.file, source.place));
        say(&format!("{what}: {}{}", warning.message, place.unwrap_or_default()));
    }
    if let Some(more) = shown.len().checked_sub(PRINTED_WARNINGS).filter(|more| *more > 0) {
        say(&format!("… och {more} varningar till: alla står i modellens reading.warnings."));
    }
    let grave = warnings.iter().any(|warning| warning.severity == Severity::Error);
    if grave { Outcome::NeedsPerson } else { Outcome::Done }
}

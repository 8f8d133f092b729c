//! `convert`: any supported input to any output.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use handlingsplan::batch::{StreamOptions, stream};
use handlingsplan::model::Document;
use handlingsplan::write::Format;
use miette::{Context, IntoDiagnostic, Report};

use super::args::{ReadArgs, WriteArgs, format};
use super::input::{self, Input};
use super::worker::{self, WorkerArgs};
use super::{Outcome, output};

#[derive(Debug, Args)]
pub(crate) struct ConvertArgs {
    /// Filen att läsa (.docx, .xlsx, .pdf … eller modellens .json); - är standard in
    #[arg(value_name = "INDATA", required_unless_present = "stream")]
    pub(crate) input: Option<PathBuf>,

    /// Läs sökvägar från standard in, en på varje rad, och skriv modellerna som JSON, en rad för varje fil
    #[arg(long, conflicts_with_all = ["input", "output", "to", "plan", "template"])]
    pub(crate) stream: bool,

    /// Filen att skriva, ändelsen väljer format; eller en mapp (MAPP/), en fil för varje plan; utan den JSON på standard ut
    #[arg(short, long, value_name = "UTDATA")]
    pub(crate) output: Option<PathBuf>,

    /// Format att skriva
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    pub(crate) to: Option<Format>,

    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) write: WriteArgs,

    #[command(flatten, next_help_heading = "Med --stream")]
    pub(crate) worker: WorkerArgs,
}

pub(crate) fn run(args: &ConvertArgs) -> Result<Outcome, Report> {
    let Some(path) = &args.input else { return stream_all(args) };
    let vocabulary = input::vocabulary(&args.read)?;
    if let Some(folder) = args.output.as_deref().filter(|path| is_folder(path)) {
        let input = input::load(path)?;
        let documents = input::documents(&input, &args.read, &vocabulary)?;
        return all_to_folder(args, folder, &input, &documents, &input::files([path]));
    }
    let format = output::format(args.to, args.output.as_deref())?;
    let inputs = input::files([path]);
    output::check(&args.output, &inputs, args.write.force)?;
    let input = input::load(path)?;
    let document = input::document(&input, &args.read, &vocabulary)?;
    let mut warnings = document.reading().warnings.clone();
    let bytes =
        output::render(&document, format, &output::options_for(&args.write, format, &document)?, &mut warnings)?;
    output::write(args.output.as_deref(), &bytes, &inputs, args.write.force)?;
    Ok(output::report(&warnings))
}

/// Reads each file that standard input names.
fn stream_all(args: &ConvertArgs) -> Result<Outcome, Report> {
    let options = StreamOptions {
        settings: args.worker.settings(vec![Format::Json], args.read.columns.as_deref(), &args.read.limits)?,
        jobs: args.worker.jobs(1),
        shard: args.worker.shard,
        worker: worker::program()?,
    };
    // Unlocked: the lock of standard input cannot be shared between threads.
    let failed = stream(BufReader::new(std::io::stdin()), &mut std::io::stdout(), &options)?;
    Ok(if failed > 0 { Outcome::NeedsPerson } else { Outcome::Done })
}

/// A path that names a folder: it ends as one, or there is one.
fn is_folder(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(['/', '\\']) || path.is_dir()
}

/// Every plan of a file to a file of its own, named by the input and the year.
fn all_to_folder(
    args: &ConvertArgs,
    folder: &Path,
    input: &Input,
    documents: &[Document],
    inputs: &[&Path],
) -> Result<Outcome, Report> {
    let format = args.to.unwrap_or(Format::Json);
    let ending = format.ending();
    let stem = Path::new(&input.name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut warnings = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let year = match document {
            Document::ActionPlan(plan) => plan.year,
            Document::SupportingDocument(_) => None,
        };
        let name = match year {
            _ if documents.len() == 1 => format!("{stem}.{ending}"),
            Some(year) => format!("{stem}-{year}.{ending}"),
            None => format!("{stem}-{}.{ending}", index + 1),
        };
        warnings.extend_from_slice(&document.reading().warnings);
        let bytes =
            output::render(document, format, &output::options_for(&args.write, format, document)?, &mut warnings)?;
        if !folder.is_dir() {
            std::fs::create_dir_all(folder)
                .into_diagnostic()
                .wrap_err_with(|| format!("mappen {} kunde inte skapas", folder.display()))?;
        }
        let path: PathBuf = folder.join(name);
        output::write(Some(&path), &bytes, inputs, args.write.force)?;
    }
    Ok(output::report(&warnings))
}

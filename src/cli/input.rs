//! Files → models.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use handlingsplan::interpret::Vocabulary;
use handlingsplan::model::{Document, Plan};
use handlingsplan::open::open;
use handlingsplan::read::{Limits, ReadOptions};
use miette::{Diagnostic, IntoDiagnostic, Report, WrapErr, miette};

use super::args::{LimitArgs, ReadArgs};

/// The path that stands for standard input and output.
pub(crate) const STANDARD: &str = "-";

/// A file's bytes, with the name that messages call it by.
pub(crate) struct Input {
    /// The file's name without its folder.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// A file that the system does not give.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{path} kan inte läsas: {what}")]
#[diagnostic(help("{help}"))]
struct Unreadable {
    path: String,
    what: &'static str,
    help: &'static str,
    #[source]
    source: std::io::Error,
}

/// Reads a file, or standard input for `-`.
pub(crate) fn load(path: &Path) -> Result<Input, Report> {
    if path.as_os_str() == STANDARD {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).into_diagnostic().wrap_err("standard in kan inte läsas")?;
        return Ok(Input { name: "standard in".to_owned(), bytes });
    }
    if path.is_dir() {
        return Err(miette!(help = "Ange en fil i mappen.", "{} är en mapp och inte en fil", path.display()));
    }
    let bytes = fs::read(path).map_err(|error| {
        let (what, help) = match error.kind() {
            std::io::ErrorKind::NotFound => ("filen finns inte", "Kontrollera namnet och mappen."),
            std::io::ErrorKind::PermissionDenied => {
                ("du får inte läsa filen", "Be den som äger filen om läsrätt, eller kopiera den till en egen mapp.")
            }
            _ => ("systemet kunde inte läsa den", "Kontrollera att disken eller nätverksmappen är ansluten."),
        };
        Unreadable { path: path.display().to_string(), what, help, source: error }
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Input { name, bytes })
}

/// The words that interpretation knows, with the user's own.
pub(crate) fn vocabulary(args: &ReadArgs) -> Result<Vocabulary, Report> {
    let mut vocabulary = Vocabulary::standard()?;
    if let Some(path) = &args.columns {
        extend(&mut vocabulary, path)?;
    }
    Ok(vocabulary)
}

/// The user's own headings as text, once they have been found to make sense.
pub(crate) fn columns(path: &Path) -> Result<String, Report> {
    extend(&mut Vocabulary::standard()?, path)
}

fn extend(vocabulary: &mut Vocabulary, path: &Path) -> Result<String, Report> {
    let input = load(path)?;
    let text = String::from_utf8(input.bytes)
        .map_err(|_| miette!(help = "Spara filen som UTF-8.", "{} är inte text i UTF-8", path.display()))?;
    vocabulary.extend(&text).map_err(|error| named(error, &input.name))?;
    Ok(text)
}

/// The models that a file holds.
pub(crate) fn documents(input: &Input, args: &ReadArgs, vocabulary: &Vocabulary) -> Result<Vec<Document>, Report> {
    open(&input.bytes, &input.name, &read_options(&args.limits), vocabulary).map_err(|error| named(error, &input.name))
}

/// The caps and the password that the user gave.
pub(crate) fn read_options(args: &LimitArgs) -> ReadOptions {
    let limits = Limits { unpacked_bytes: args.max_size.saturating_mul(1 << 20), ..Limits::default() };
    ReadOptions { limits, password: args.password.clone(), ..ReadOptions::default() }
}

/// The one document that a file holds, or the one of the year asked for.
pub(crate) fn document(input: &Input, args: &ReadArgs, vocabulary: &Vocabulary) -> Result<Document, Report> {
    let mut documents = documents(input, args, vocabulary)?;
    if let Some(year) = args.plan {
        let years = years(&documents);
        documents.retain(|document| matches!(document, Document::ActionPlan(plan) if plan.year == Some(year)));
        if documents.is_empty() {
            return Err(miette!(help = format!("Filen har: {years}"), "{} har ingen plan för {year}", input.name));
        }
    }
    let years = years(&documents);
    match documents.pop() {
        Some(document) if documents.is_empty() => Ok(document),
        _ => Err(miette!(
            help = format!("Välj en med --plan ÅR, eller skriv alla till en mapp med -o MAPP/. Filen har: {years}"),
            "{} har flera planer",
            input.name
        )),
    }
}

/// The plan that a file holds.
pub(crate) fn plan(input: &Input, args: &ReadArgs, vocabulary: &Vocabulary) -> Result<Plan, Report> {
    match document(input, args, vocabulary)? {
        Document::ActionPlan(plan) => Ok(plan),
        Document::SupportingDocument(_) => Err(miette!(
            help = "Tabellens rubriker kan läggas till med --columns FIL.",
            "{}: ingen tabell med en handlingsplans rubriker hittades",
            input.name
        )),
    }
}

fn years(documents: &[Document]) -> String {
    let names: Vec<String> = documents
        .iter()
        .map(|document| match document {
            Document::ActionPlan(plan) => plan.year.map_or_else(|| "utan år".to_owned(), |year| year.to_string()),
            Document::SupportingDocument(_) => "annat dokument".to_owned(),
        })
        .collect();
    names.join(", ")
}

/// An error with the file it is about.
pub(crate) fn named(error: impl Diagnostic + Send + Sync + 'static, name: &str) -> Report {
    Report::new(error).wrap_err(format!("{name} kan inte användas"))
}

/// The paths of inputs that are files: an output may be none of them.
pub(crate) fn files<'a>(paths: impl IntoIterator<Item = &'a PathBuf>) -> Vec<&'a Path> {
    paths.into_iter().map(PathBuf::as_path).filter(|path| path.as_os_str() != STANDARD).collect()
}

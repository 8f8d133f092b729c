use std::path::PathBuf;

use miette::Diagnostic;

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum WriteError {
    /// A document of a kind that the format has no writer for.
    #[error("dokumentet är ingen handlingsplan och kan inte skrivas som {format}")]
    #[diagnostic(help("Brev och uppdragsbeskrivningar kan skrivas som .json, .docx, .pdf, .html och .md."))]
    NotAPlan {
        /// The format.
        format: &'static str,
    },
    /// The template is not a Word document or a presentation, or a broken one.
    #[error("mallen går inte att använda: {what}{}", .part.as_ref().map(|part| format!(" (i {part})")).unwrap_or_default())]
    #[diagnostic(help(
        "Öppna mallen i Word eller PowerPoint, spara den som .docx eller .pptx på nytt, eller hämta standardmallen med ”handlingsplan template export”."
    ))]
    BadTemplate {
        /// What is wrong.
        what: String,
        /// The part inside the file.
        part: Option<String>,
    },
    /// A Word file that cannot be changed in place.
    #[error("filen går inte att ändra på plats: {what}")]
    #[diagnostic(help(
        "Spara den i Word som .docx på nytt, eller utelämna --keep-layout, så skrivs planen på standardmallen."
    ))]
    NotInPlace {
        /// Why not.
        what: &'static str,
    },
    /// A tag of the template is wrong.
    #[error("fel i mallens tagg {tag} ({place}): {what}")]
    #[diagnostic(help("{help}"))]
    Tag {
        /// The tag as it stands in the template.
        tag: String,
        /// Where it stands, in the document's own terms.
        place: String,
        /// What is wrong with it.
        what: String,
        /// What to do.
        help: String,
    },
    /// The filled-in template is no well-formed document.
    #[error("den ifyllda mallen blev ingen giltig fil: {what} (i {part})")]
    #[diagnostic(help(
        "En loop eller ett villkor börjar troligen i ett stycke eller en cell och slutar i en annan. Sätt {{% … %}}-taggarna i egna stycken eller egna rader."
    ))]
    Malformed {
        /// What is wrong.
        what: String,
        /// The part inside the file.
        part: String,
    },
    /// Packing the parts failed.
    #[error("filen kunde inte packas")]
    #[diagnostic(help("Försök igen; räcker minnet inte, dela upp planen i flera."))]
    Pack(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A file exists and may not be replaced.
    #[error("{} finns redan", .path.display())]
    #[diagnostic(help("Välj ett annat namn, eller lägg till --force för att skriva över den."))]
    Exists {
        /// The output.
        path: PathBuf,
    },
    /// The output is one of the inputs.
    #[error("{} är också en av indatafilerna", .path.display())]
    #[diagnostic(help("Programmet skriver aldrig över det som det läser: välj ett annat namn för resultatet."))]
    OverInput {
        /// The output.
        path: PathBuf,
    },
    /// The folder of the output does not exist.
    #[error("mappen {} finns inte", .folder.display())]
    #[diagnostic(help("Skapa mappen först, eller välj en annan."))]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The output is a folder, or has no file name.
    #[error("{} är en mapp och inte en fil", .path.display())]
    #[diagnostic(help("Ange en fil i mappen, till exempel plan.docx."))]
    IsFolder {
        /// The output.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{} kunde inte skrivas", .path.display())]
    #[diagnostic(help(
        "Kontrollera att du får skriva i mappen, att disken inte är full och att filen inte är öppen i Word."
    ))]
    Io {
        /// The output.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
}

impl WriteError {
    pub(crate) fn bad_template(what: impl Into<String>, part: Option<&str>) -> Self {
        Self::BadTemplate { what: what.into(), part: part.map(str::to_owned) }
    }
}

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;

/// Why a whole run cannot go on. What befalls one file is in its record instead.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum BatchError {
    /// An input is not there.
    #[error("{} kan inte läsas: {source}", .path.display())]
    #[diagnostic(help("Kontrollera namnet, och att disken eller nätverksmappen är ansluten."))]
    Input {
        /// The input.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// Nothing to convert was found.
    #[error("inga filer att läsa hittades")]
    #[diagnostic(help("Ange en mapp, ett zip-arkiv eller filer. Dolda och tillfälliga filer (~$…) räknas inte."))]
    Nothing,
    /// The output folder cannot be written to.
    #[error("{} kan inte skrivas: {source}", .path.display())]
    #[diagnostic(help(
        "Kontrollera att du får skriva i mappen och att disken inte är full. Kör sedan samma kommando igen: det som är klart görs inte om."
    ))]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The output folder is an input or holds one.
    #[error("utdatamappen {} är också indata", .path.display())]
    #[diagnostic(help("Välj en annan mapp för resultatet: programmet skriver aldrig över det som det läser."))]
    OverInput {
        /// The folder.
        path: PathBuf,
    },
    /// Another run works in the same folder.
    #[error("en annan körning arbetar redan i {}", .path.display())]
    #[diagnostic(help("Vänta tills den är klar, eller välj en annan mapp."))]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// Workers cannot be started.
    #[error("en arbetare kan inte startas: {source}")]
    #[diagnostic(help("Kontrollera att programfilen finns kvar och får köras, och att datorn har minne kvar."))]
    Worker {
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The report's template is broken.
    #[error("rapporten kan inte skrivas: {0}")]
    #[diagnostic(help("Rapportera felet: det ligger i programmet."))]
    Report(String),
    /// Asked to stop.
    #[error("avbrutet: {done} av {all} filer är klara")]
    #[diagnostic(help("Kör samma kommando igen: det som är klart görs inte om."))]
    Stopped {
        /// Files done.
        done: usize,
        /// Files in all.
        all: usize,
    },
}

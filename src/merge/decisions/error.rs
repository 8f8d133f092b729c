use miette::Diagnostic;

/// Why a file of decisions cannot be used. The caller adds the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum DecisionsError {
    /// Bytes that are no text.
    #[error("filen är ingen textfil")]
    #[diagnostic(help("Spara filen som oformaterad text i UTF-8."))]
    NotText,
    /// A line that is none of the two forms.
    #[error("rad {line}: ”{written}” är inget beslut")]
    #[diagnostic(help(
        "En rad är ”same ID ID” eller ”different ID ID”. Kommentarer börjar med #. Ett id med mellanslag skrivs inom \"…\"."
    ))]
    WrongLine {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        written: String,
    },
    /// Lines that name no item of the plans at hand.
    #[error("beslut som inte gäller någon punkt i de här versionerna: {lines}")]
    #[diagnostic(help(
        "Rätta id:t, eller sätt # framför raden om den gäller versioner som inte är med. Alla id står i planen som JSON."
    ))]
    Unknown {
        /// The lines, with their numbers.
        lines: String,
    },
    /// Two lines that say different things of the same two items.
    #[error("rad {second} säger emot rad {first} om samma två punkter")]
    #[diagnostic(help("Ta bort den rad som inte gäller."))]
    Contradiction {
        /// The first line, from 1.
        first: usize,
        /// The second line, from 1.
        second: usize,
    },
}

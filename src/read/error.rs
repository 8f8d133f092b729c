use miette::Diagnostic;

/// Why a file cannot be read at all. The caller adds the file's name.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum ReadError {
    /// No bytes.
    #[error("filen är tom (0 byte)")]
    #[diagnostic(help("Kontrollera att filen har sparats och kopierats färdigt."))]
    Empty,
    /// Content of no known format.
    #[error("filen är inte i något format som programmet läser{}", .0.as_ref().map(|what| format!(" (den ser ut som {what})")).unwrap_or_default())]
    #[diagnostic(help(
        "Programmet läser .docx, .docm, .dotx, .pptx, .xlsx, .xlsm, .xls, .xlsb, .ods, .pdf och modellens egen .json."
    ))]
    UnknownFormat(Option<String>),
    /// A file of old Word, PowerPoint or similar.
    #[error("filen är i det äldre formatet {format}, som programmet inte läser")]
    #[diagnostic(help("Öppna den i {program} och spara den på nytt som {save_as}."))]
    OldFormat {
        /// The old format (".doc").
        format: &'static str,
        /// What opens it.
        program: &'static str,
        /// What to save it as.
        save_as: &'static str,
    },
    /// Protected by a password.
    #[error("filen är krypterad: den är skyddad med lösenord")]
    #[diagnostic(help("{help}"))]
    Encrypted {
        /// What to do.
        help: String,
    },
    /// The container or a part of it is damaged.
    #[error("filen är skadad: {what}{}", .part.as_ref().map(|part| format!(" (i {part})")).unwrap_or_default())]
    #[diagnostic(help("Hämta filen på nytt, eller öppna den i sitt eget program och spara en ny kopia."))]
    Damaged {
        /// The cause.
        what: String,
        /// The part inside the file.
        part: Option<String>,
        /// The error underneath.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// A cap was reached.
    #[error("filen är för stor att läsa: {what}")]
    #[diagnostic(help("{help}"))]
    TooLarge {
        /// Which cap, and its value.
        what: String,
        /// What to do.
        help: String,
    },
    /// There is nothing to read in it: a scanned PDF, say.
    #[error("filen innehåller ingen text: {what}")]
    #[diagnostic(help("{help}"))]
    NoText {
        /// What was found instead.
        what: String,
        /// What to do.
        help: String,
    },
}

impl ReadError {
    /// Damage with a cause in words.
    pub fn damaged(what: impl Into<String>, part: Option<&str>) -> Self {
        Self::Damaged { what: what.into(), part: part.map(str::to_owned), source: None }
    }
}

use jiff::civil::Date;
use miette::Diagnostic;

/// Why notes cannot be used at all. The caller adds the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum NotesError {
    /// Nothing but white space.
    #[error("anteckningarna är tomma")]
    #[diagnostic(help(
        "Skriv mötets datum på första raden och en rubrik för varje punkt:\n\nMöte: 2024-09-18\n\n# Punktens namn\nVad som sades."
    ))]
    Empty,
    /// Bytes that are no text.
    #[error("filen är ingen textfil")]
    #[diagnostic(help(
        "Anteckningar är en textfil i Markdown (.md eller .txt). Spara dem som oformaterad text, gärna i UTF-8."
    ))]
    NotText,
    /// Neither the notes nor the caller says when the meeting was.
    #[error("anteckningarna saknar mötets datum")]
    #[diagnostic(help("Skriv ”Möte: ÅÅÅÅ-MM-DD” på första raden, eller ange --meeting ÅÅÅÅ-MM-DD."))]
    NoMeeting,
    /// A meeting line with something that is no day.
    #[error("rad {line}: ”{written}” är inget datum")]
    #[diagnostic(help(
        "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel ”Möte: 2024-09-18”, eller ange --meeting ÅÅÅÅ-MM-DD."
    ))]
    WrongMeeting {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        written: String,
    },
    /// Two meeting lines with different days.
    #[error("rad {line} säger att mötet var {second}, men rad {first_line} säger {first}")]
    #[diagnostic(help("Ta bort det ena datumet. Anteckningar från två möten läggs i var sin fil."))]
    TwoMeetings {
        /// The first line, from 1.
        first_line: usize,
        /// Its day.
        first: Date,
        /// The second line, from 1.
        line: usize,
        /// Its day.
        second: Date,
    },
}

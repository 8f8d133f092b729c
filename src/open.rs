//! Bytes → models: the format is told, the pages are read and interpreted.

use miette::Diagnostic;
use sha2::{Digest, Sha256};

use crate::interpret::{Vocabulary, interpret, written_from};
use crate::model::{Document, Plan, SourceFile};
use crate::read::{ReadError, ReadOptions, read};

/// Why a file gives no model. The caller adds the file's name.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[non_exhaustive]
pub enum OpenError {
    /// It cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Read(#[from] ReadError),
    /// JSON that is not the model's.
    #[error("filen är JSON men ingen modell av en handlingsplan: {0}")]
    #[diagnostic(help("Modellens form skrivs av ”handlingsplan schema”."))]
    NoModel(#[source] serde_json::Error),
}

/// The models that a file holds: one, or one a plan where it holds several. `name` is what sources call the file by.
pub fn open(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    vocabulary: &Vocabulary,
) -> Result<Vec<Document>, OpenError> {
    Ok(open_with_base(bytes, name, options, vocabulary)?.0)
}

/// What a file holds, with the plan it was written from, where this program wrote it: the two together tell what
/// people have changed by hand since.
pub fn open_with_base(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    vocabulary: &Vocabulary,
) -> Result<(Vec<Document>, Option<Plan>), OpenError> {
    if is_json(bytes) {
        return Ok((vec![serde_json::from_slice(without_mark(bytes)).map_err(OpenError::NoModel)?], None));
    }
    let document = read(bytes, options)?;
    let file = SourceFile { file: name.to_owned(), format: document.format.to_owned(), sha256: sha256(bytes) };
    Ok((interpret(&document, &file, vocabulary), written_from(&document)))
}

/// Whether bytes are a JSON object: no other format begins so.
pub fn is_json(bytes: &[u8]) -> bool {
    let bytes = without_mark(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') && !bytes.starts_with(b"{\\rtf")
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of a value's JSON, in hexadecimal, without the JSON in the memory.
///
/// # Errors
/// The value has no JSON form.
pub fn sha256_of_json(value: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    /// Takes what is written into the fingerprint.
    struct Taken(Sha256);

    impl std::io::Write for Taken {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut to = std::io::BufWriter::new(Taken(Sha256::new()));
    serde_json::to_writer(&mut to, value)?;
    let taken = to.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    Ok(hex(&taken.0.finalize()))
}

fn hex(digest: &[u8]) -> String {
    use std::fmt::Write;
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

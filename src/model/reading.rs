use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Warning;

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The file's name, without its folder.
    pub file: String,
    /// The place in words: "table 1, row 2", "page 3, box 56 120 200 40", "slide 4", "Blad1!A2:E2".
    pub place: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SourceFile {
    /// The file's name, without its folder.
    pub file: String,
    /// The format it turned out to have: docx, pptx, xlsx, xls, xlsb, ods, pdf or json.
    pub format: String,
    /// The bytes' SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Text that was read and that no field of the model took, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Leftover {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// How the reading went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// The files, in the order they were read.
    pub sources: Vec<SourceFile>,
    /// Share of the document's letters and digits that stand in some field, 0 to 1.
    pub coverage: f64,
    /// The rest, word for word.
    pub leftovers: Vec<Leftover>,
    /// What a person may need to look at.
    pub warnings: Vec<Warning>,
}

impl Default for Reading {
    fn default() -> Self {
        Self { sources: Vec::new(), coverage: 1.0, leftovers: Vec::new(), warnings: Vec::new() }
    }
}

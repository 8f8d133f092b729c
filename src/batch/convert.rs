//! One file → its outputs and what is known of it. Runs in a worker.

use miette::Diagnostic;

use crate::interpret::{Vocabulary, VocabularyError};
use crate::model::{Document, Severity};
use crate::open::{OpenError, open};
use crate::read::{Limits, ReadError, ReadOptions};
use crate::write::{Format, WriteError, WriteOptions, render};

use super::Settings;
use super::journal::OWN_FOLDER;
use super::record::{DocumentRecord, Failure, Output};

/// Files to write: paths relative to the output folder, and bytes.
type Files = Vec<(String, Vec<u8>)>;

/// Converts files by one set of settings.
pub(super) struct Converter {
    vocabulary: Vocabulary,
    read: ReadOptions,
    write: WriteOptions,
    template_for: Option<Format>,
    formats: Vec<Format>,
}

/// What came of a file.
#[derive(Default)]
pub(super) struct Converted {
    pub(super) documents: Vec<DocumentRecord>,
    /// The files to write: paths relative to the output folder, and bytes.
    pub(super) outputs: Files,
    pub(super) failure: Option<Failure>,
    pub(super) left_out: bool,
}

impl Converted {
    pub(super) fn failed(failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::default() }
    }
}

impl Converter {
    pub(super) fn new(settings: &Settings) -> Result<Self, VocabularyError> {
        let mut vocabulary = Vocabulary::standard()?;
        if let Some(columns) = &settings.columns {
            vocabulary.extend(columns)?;
        }
        let limits = Limits { unpacked_bytes: settings.caps.size, ..Limits::default() };
        let read = ReadOptions { limits, password: settings.password.clone(), ..ReadOptions::default() };
        let write = WriteOptions { template: settings.template.clone(), ..WriteOptions::default() };
        let template_for = settings.template.as_deref().and_then(Format::of_template);
        Ok(Self { vocabulary, read, write, template_for, formats: settings.formats.clone() })
    }

    /// Converts a file. `output` is its output name, to which endings are added.
    pub(super) fn convert(&self, bytes: &[u8], name: &str, output: &str, found: bool) -> Converted {
        let documents = match open(bytes, name, &self.read, &self.vocabulary) {
            Ok(documents) => documents,
            Err(error) => {
                let left_out = found && is_foreign(&error, name);
                let passing = matches!(error, OpenError::Read(ReadError::Encrypted { .. }));
                return Converted { left_out, ..Converted::failed(Failure { passing, ..failure(&error) }) };
            }
        };
        let mut converted = Converted::default();
        let several = documents.len() > 1;
        let mut suffixes: Vec<String> = Vec::with_capacity(documents.len());
        for (number, document) in documents.iter().enumerate() {
            let stem = if several {
                let year = year(document).map_or_else(|| (number + 1).to_string(), |year| year.to_string());
                let suffix = if suffixes.contains(&year) { format!("{year}-{}", number + 1) } else { year };
                suffixes.push(suffix.clone());
                format!("{output}#{suffix}")
            } else {
                output.to_owned()
            };
            match self.write(document, &stem) {
                Ok((record, outputs)) => {
                    converted.documents.push(record);
                    converted.outputs.extend(outputs);
                }
                // What cannot be written whole is not written at all.
                Err(error) => return Converted::failed(failure(&error)),
            }
        }
        converted
    }

    fn write(&self, document: &Document, stem: &str) -> Result<(DocumentRecord, Files), WriteError> {
        let mut outputs = Files::new();
        let mut not_written = Vec::new();
        let mut warnings = document.reading().warnings.clone();
        for &format in &self.formats {
            // A template is for the outputs of its own format; the others are written as ever.
            let own = self.template_for.is_none_or(|for_format| for_format == format);
            let plain;
            let options = if own {
                &self.write
            } else {
                plain = WriteOptions { template: None, ..self.write.clone() };
                &plain
            };
            match render(document, format, options) {
                Ok(written) => {
                    warnings.extend(written.warnings);
                    outputs.push((format!("{stem}.{}", format.ending()), written.value));
                }
                Err(error @ WriteError::NotAPlan { .. }) => not_written.push(error.to_string()),
                Err(error) => return Err(error),
            }
        }
        let shown =
            outputs.iter().map(|(path, bytes)| Output { path: path.clone(), bytes: bytes.len() as u64 }).collect();
        // The histories are made from the models; where nobody asked for them they stand out of sight.
        let model = if self.formats.contains(&Format::Json) {
            format!("{stem}.json")
        } else {
            let path = format!("{OWN_FOLDER}/models/{stem}.json");
            outputs.push((path.clone(), render(document, Format::Json, &self.write)?.value));
            path
        };
        warnings.retain(|warning| warning.severity > Severity::Info);
        let mut record = record(document, model);
        record.warnings = warnings;
        record.outputs = shown;
        record.not_written = not_written;
        Ok((record, outputs))
    }
}

fn record(document: &Document, model: String) -> DocumentRecord {
    let reading = document.reading();
    let empty = DocumentRecord {
        document_type: None,
        group: None,
        title: None,
        year: None,
        date: None,
        newest_entry: None,
        items: 0,
        entries: 0,
        coverage: reading.coverage,
        leftovers: reading.leftovers.clone(),
        warnings: Vec::new(),
        outputs: Vec::new(),
        not_written: Vec::new(),
        model,
    };
    match document {
        Document::ActionPlan(plan) => DocumentRecord {
            group: plan.group.clone(),
            title: plan.title.clone(),
            year: plan.year,
            date: plan.updated.as_ref().and_then(|updated| updated.date),
            newest_entry: plan.items().flat_map(|item| &item.follow_up).filter_map(|entry| entry.date).max(),
            items: plan.items().count(),
            entries: plan.items().map(|item| item.follow_up.len()).sum(),
            ..empty
        },
        Document::SupportingDocument(document) => DocumentRecord {
            document_type: Some(document.document_type),
            title: document.title.clone(),
            date: document.date,
            ..empty
        },
    }
}

fn year(document: &Document) -> Option<i16> {
    match document {
        Document::ActionPlan(plan) => plan.year,
        Document::SupportingDocument(_) => None,
    }
}

/// Whether a file is of another kind altogether, and does not call itself by an ending of a kind that is read.
fn is_foreign(error: &OpenError, name: &str) -> bool {
    const READ: &[&str] = &["docx", "docm", "dotx", "dotm", "pptx", "xlsx", "xlsm", "xlsb", "xls", "ods", "pdf"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    match error {
        OpenError::NoModel(_) => true,
        OpenError::Read(ReadError::UnknownFormat(_) | ReadError::Empty) => {
            !ending.is_some_and(|ending| READ.contains(&ending.as_str()))
        }
        OpenError::Read(_) => false,
    }
}

fn failure(error: &dyn Diagnostic) -> Failure {
    Failure { message: error.to_string(), help: error.help().map(|help| help.to_string()), passing: false }
}

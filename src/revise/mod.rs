//! The group's own Word file with a meeting's changes in it, read back before it is given out.

mod check;

pub use check::differences;

use crate::interpret::{Layout, Vocabulary, interpret};
use crate::model::{Document, Plan, Severity, SourceFile, Warned};
use crate::read::{ReadError, ReadOptions, read};
use crate::write::docx::{STANDARD_TEMPLATE, keep_layout, write};
use crate::write::{WriteError, WriteOptions};

/// Why a file cannot be changed in place.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[non_exhaustive]
pub enum ReviseError {
    /// Another format than Word.
    #[error("--keep-layout ändrar Word-filer, och det här är en fil i formatet {0}")]
    #[diagnostic(help("Utelämna --keep-layout, så skrivs planen på standardmallen."))]
    NotWord(&'static str),
    /// The file cannot be read.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Read(#[from] ReadError),
    /// The file cannot be written.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Write(#[from] WriteError),
}

/// Puts what `after` has more than `before` into the Word file that `before` was read from.
///
/// The result is read again: whatever does not read back as it should is an error among the warnings.
pub fn revise(
    source: &[u8],
    before: &Plan,
    after: &Plan,
    vocabulary: &Vocabulary,
    read_options: &ReadOptions,
    options: &WriteOptions,
) -> Result<Warned<Vec<u8>>, ReviseError> {
    let document = read(source, read_options)?;
    if document.format != "docx" {
        return Err(ReviseError::NotWord(document.format));
    }
    let layout = Layout::of(&document, vocabulary);
    let Warned { value: kept, mut warnings } = keep_layout(source, &layout, before, after, options)?;
    let again = read(&kept.bytes, read_options)?;
    let file = SourceFile { file: String::new(), format: again.format.to_owned(), sha256: String::new() };
    if let Some(Document::ActionPlan(plan)) = interpret(&again, &file, vocabulary).into_iter().next() {
        let mut found = differences(&kept.plan, &plan);
        // What was told already needs no second telling.
        found.retain(|warning| !warnings.iter().any(|known| known.source == warning.source));
        warnings.extend(found);
    }
    Ok(Warned { value: kept.bytes, warnings })
}

/// The plan `before` on a template, with what `after` has more as changes to it: tracked ones where the options say so.
pub fn revise_on_template(
    before: &Plan,
    after: &Plan,
    vocabulary: &Vocabulary,
    read_options: &ReadOptions,
    options: &WriteOptions,
) -> Result<Warned<Vec<u8>>, ReviseError> {
    let mut base = before.clone();
    if base.updated.is_none() {
        // There is no line to change: the new one stands there from the start, as an insertion where changes are tracked.
        base.updated.clone_from(&after.updated);
    }
    let template = options.template.as_deref().unwrap_or(STANDARD_TEMPLATE);
    let written = write(&base, template, &WriteOptions { track: None, ..options.clone() })?;
    let document = read(&written.value, read_options)?;
    let file = SourceFile { file: String::new(), format: document.format.to_owned(), sha256: String::new() };
    let mut again = match interpret(&document, &file, vocabulary).into_iter().next() {
        Some(Document::ActionPlan(plan)) => plan,
        _ => base,
    };
    again.updated = again.updated.filter(|_| before.updated.is_some());
    let mut revised = revise(&written.value, &again, after, vocabulary, read_options, options)?;
    revised.warnings.extend(written.warnings.into_iter().filter(|warning| warning.severity > Severity::Info));
    Ok(revised)
}

//! [`page::Document`] → [`model::Document`](crate::model::Document): what the pages mean.
//!
//! `walk` sorts what stands on the pages (front matter, tables, standing pages, the rest);
//! `columns` and `rows` read the tables, `status` the lights, [`entries`] the dated follow-up;
//! `plan` puts the plan together; `supporting` reads what is no plan; `coverage` counts whether
//! anything got lost.

mod alike;
pub(crate) mod blocks;
mod by_hand;
mod calendar;
mod columns;
mod coverage;
pub mod entries;
mod front;
mod hidden;
mod layout;
mod plan;
mod rows;
mod standing;
mod status;
mod supporting;
mod unchanged;
mod vocabulary;
mod walk;

pub use hidden::written_from;
pub use layout::{ItemCells, Layout};
pub use status::nearest as light_of;
pub use vocabulary::{Field, Vocabulary, VocabularyError};

use std::borrow::Cow;

use crate::model::{Document, Reading, Source, SourceFile, Warning, WarningCode};
use crate::page;

/// Reads the meaning of a document: one plan, or several where its sheets are years of their own,
/// or one supporting document.
pub fn interpret(document: &page::Document, file: &SourceFile, vocabulary: &Vocabulary) -> Vec<Document> {
    let mut documents = if walk::holds_plan(document, vocabulary) || document.embedded.is_some() {
        by_year(document, vocabulary)
            .iter()
            .map(|document| Document::ActionPlan(plan::read(document, file, vocabulary)))
            .collect()
    } else {
        vec![Document::SupportingDocument(supporting::read(document, file, vocabulary))]
    };
    for interpreted in &mut documents {
        let warnings = document.warnings.iter().map(|(warning, place)| at(warning.clone(), place, file));
        interpreted.reading_mut().warnings.splice(0..0, warnings);
    }
    documents
}

/// A document for each year, where every sheet with a plan's table is named by a year of its own.
///
/// Every other document stays as it is, uncopied.
fn by_year<'a>(document: &'a page::Document, vocabulary: &Vocabulary) -> Vec<Cow<'a, page::Document>> {
    let year_of = |part: &page::Part| match &part.kind {
        page::PartKind::Sheet { name, .. } => front::year(name),
        _ => None,
    };
    if document.parts.iter().filter_map(year_of).take(2).count() < 2 {
        return vec![Cow::Borrowed(document)];
    }
    let sheets: Vec<(Option<i16>, bool)> =
        document.parts.iter().map(|part| (year_of(part), walk::part_holds_plan(part, vocabulary))).collect();
    let mut years: Vec<i16> = sheets.iter().filter(|(_, plan)| *plan).filter_map(|(year, _)| *year).collect();
    let all_named = sheets.iter().all(|(year, plan)| !plan || year.is_some());
    years.sort_unstable();
    years.dedup();
    if years.len() < 2 || !all_named {
        return vec![Cow::Borrowed(document)];
    }
    // Sheets of no year of their own (an instruction) go with every year.
    let belongs = |own: Option<i16>, year: i16| own.is_none_or(|own| own == year);
    years
        .into_iter()
        .map(|year| {
            let parts = document.parts.iter().zip(&sheets).filter(|(_, (own, _))| belongs(*own, year));
            Cow::Owned(page::Document {
                format: document.format,
                title: document.title.clone(),
                parts: parts.map(|(part, _)| part.clone()).collect(),
                embedded: document.embedded.clone(),
                warnings: Vec::new(),
            })
        })
        .collect()
}

/// A warning at a place of a file.
fn at(warning: Warning, place: &page::Place, file: &SourceFile) -> Warning {
    warning.at(Source { file: file.file.clone(), place: place.to_string() })
}

/// Closes a reading: how much stands in the fields, and what got lost.
fn close(reading: &mut Reading, document: &page::Document, fields: coverage::Count, accounted: &[String]) {
    let (share, lost) = coverage::judge(&coverage::of_document(document), fields, accounted, &reading.leftovers);
    reading.coverage = share;
    if lost > 0 {
        let message = format!(
            "{lost} tecken av det lästa står varken i ett fält eller bland resterna. Jämför med originalet och rapportera felet."
        );
        reading.warnings.push(Warning::new(WarningCode::TextUnaccounted, message));
    }
}

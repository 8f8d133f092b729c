//! Documents that are no plan: letters, assignments, minutes.

use crate::model::{Block, DocumentType, Reading, SCHEMA_VERSION, SourceFile, SupportingDocument, SupportingSection};
use crate::page::{Document, Inline, Paragraph, PartKind, Role};

use super::blocks::{Breaks, blocks, paragraphs};
use super::vocabulary::Vocabulary;
use super::{close, coverage};

/// A heading that only its bold letters mark is no longer than this, in characters.
const LONGEST_HEADING: usize = 100;

/// Reads a document that holds no plan.
pub(super) fn read(document: &Document, file: &SourceFile, _vocabulary: &Vocabulary) -> SupportingDocument {
    let mut title: Option<String> = None;
    let mut sections: Vec<SupportingSection> = Vec::new();
    let body = document.parts.iter().filter(|part| {
        matches!(
            part.kind,
            PartKind::Body | PartKind::Page(_) | PartKind::Slide(_) | PartKind::Sheet { .. } | PartKind::Footnote
        )
    });
    for paragraph in body.flat_map(|part| paragraphs(&part.nodes)) {
        let found = blocks([paragraph], Breaks::NewBlock);
        if found.is_empty() {
            continue;
        }
        match heading_level(paragraph) {
            Some(_) if title.is_none() && sections.is_empty() => title = Some(line(&found)),
            Some(level) => sections.push(SupportingSection { heading: Some(line(&found)), level, blocks: Vec::new() }),
            None => match sections.last_mut() {
                Some(last) => last.blocks.extend(found),
                None => sections.push(SupportingSection { heading: None, level: 0, blocks: found }),
            },
        }
    }
    let mut supporting = SupportingDocument {
        schema_version: SCHEMA_VERSION.to_owned(),
        document_type: DocumentType::Other,
        title: title.or_else(|| document.title.clone()),
        date: None,
        from: None,
        to: None,
        sections,
        signatures: Vec::new(),
        reading: Reading { sources: vec![file.clone()], ..Reading::default() },
    };
    let fields = coverage::of_supporting(&supporting);
    close(&mut supporting.reading, document, fields, &[]);
    supporting
}

fn line(blocks: &[Block]) -> String {
    crate::model::blocks_text(blocks)
}

/// The level of a heading, marked by style or by being short and all bold.
fn heading_level(paragraph: &Paragraph) -> Option<u8> {
    match paragraph.role {
        Role::Title => Some(1),
        Role::Heading(level) => Some(level),
        Role::Body if paragraph.list.is_some() => None,
        Role::Body => {
            let text = paragraph.text();
            let short = text.chars().count() <= LONGEST_HEADING && !text.trim_end().ends_with(['.', ':', ',']);
            let bold = paragraph.inlines.iter().all(|inline| match inline {
                Inline::Text(span) => span.bold || span.text.trim().is_empty(),
                Inline::Break => false,
                Inline::Mark(_) => true,
            });
            (short && bold).then_some(1)
        }
    }
}

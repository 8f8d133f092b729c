use crate::model::Warning;

use super::{Node, Place};

/// A file as read: everything a person sees on its pages, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The name of the format: docx, pptx, xlsx, xls, xlsb, ods or pdf.
    pub format: &'static str,
    /// The title in the file's properties.
    pub title: Option<String>,
    /// The pages, slides, sheets or the one body, then what stands beside them.
    pub parts: Vec<Part>,
    /// A model that the file carries unseen, because this program wrote it.
    pub embedded: Option<Embedded>,
    /// What the reader could not do; places are filled in, the file's name is not.
    pub warnings: Vec<(Warning, Place)>,
}

/// The hidden model of a file that this program wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The model as JSON.
    pub json: String,
}

/// A stretch of a document that belongs together.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// What stands in it.
    pub nodes: Vec<Node>,
}

/// What a part of a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The running text of a Word document.
    Body,
    /// A printed page, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// A sheet.
    Sheet {
        /// Its name.
        name: String,
        /// The file hides it.
        hidden: bool,
    },
    /// What is repeated at the top of pages.
    Header,
    /// What is repeated at the foot of pages: also page numbers.
    Footer,
    /// A footnote or endnote.
    Footnote,
    /// A speaker's notes to a slide.
    Notes,
    /// A comment in the margin.
    Comment {
        /// Who wrote it.
        author: Option<String>,
        /// When, as written in the file (ISO 8601).
        date: Option<String>,
    },
    /// Text that the file holds and nobody sees: under merged cells, on shapes that are switched off.
    Hidden,
}

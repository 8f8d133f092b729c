//! A spreadsheet's container, on the ground that all Office files share: parts that are not there are none, and
//! their trees are those that keep the text between elements.

use super::xml::Element;
use crate::read::ooxml::{self, Relationships};
use crate::read::{Limits, ReadError};

/// An opened container.
pub(super) struct Package<'a>(ooxml::Package<'a>);

impl<'a> Package<'a> {
    /// Opens a container.
    pub(super) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, ReadError> {
        ooxml::Package::open(bytes, &limits).map(Self)
    }

    /// The container itself.
    pub(super) fn ground(&self) -> &ooxml::Package<'a> {
        &self.0
    }

    /// Whether a part is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.has(name)
    }

    /// A part's text; none where the container lacks it.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, ReadError> {
        if self.0.has(name) { self.0.text(name).map(Some) } else { Ok(None) }
    }

    /// A part's tree.
    pub(super) fn tree(&self, name: &str) -> Result<Option<Element>, ReadError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        Element::parse(&text, name, self.limits().xml_depth).map(Some)
    }

    /// What a part points at.
    pub(super) fn relationships(&self, part: &str) -> Result<Relationships, ReadError> {
        self.0.relationships(part)
    }

    /// The caps.
    pub(super) fn limits(&self) -> Limits {
        *self.0.limits()
    }
}

/// The answer to a container that is locked.
pub(super) fn encrypted() -> ReadError {
    ReadError::Encrypted {
        help: "Öppna filen i sitt eget program, ta bort lösenordet och spara en kopia utan skydd.".to_owned(),
    }
}

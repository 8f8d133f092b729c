//! Tracked changes: insertions are kept and deletions left out, as if all had been accepted, or the other way round.

use crate::model::{Warning, WarningCode, letters_and_digits};
use crate::page::Place;
use crate::read::Changes;
use crate::read::ooxml::{Element, Ns};

/// What a document shows differently from what it holds.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) insertions: usize,
    pub(super) deletions: usize,
    hidden: usize,
    hidden_letters: usize,
    hidden_at: Option<Place>,
    pub(super) pictures: usize,
}

impl Tally {
    /// Counts hidden text that was left out.
    pub(super) fn hide(&mut self, text: &str, place: &Place) {
        let letters = letters_and_digits(text);
        if letters > 0 {
            self.hidden += 1;
            self.hidden_letters += letters;
            self.hidden_at.get_or_insert_with(|| place.clone());
        }
    }

    /// The warnings it comes to.
    pub(super) fn warnings(self) -> Vec<(Warning, Place)> {
        let mut warnings = Vec::new();
        let mut warn = |code, message, place| warnings.push((Warning::new(code, message), place));
        let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
        if self.insertions + self.deletions > 0 {
            let message = format!(
                "Dokumentet har spårade ändringar: {} togs med och {} lämnades utanför.",
                count(self.insertions, "infogning", "infogningar"),
                count(self.deletions, "borttagning", "borttagningar")
            );
            warn(WarningCode::TrackedChanges, message, Place::Document);
        }
        if self.hidden > 0 {
            let message = format!(
                "Dold text lämnades utanför ({}, {}). Visa den i Word (Start > ¶) om den hör till planen.",
                count(self.hidden, "ställe", "ställen"),
                count(self.hidden_letters, "tecken", "tecken")
            );
            warn(WarningCode::HiddenText, message, self.hidden_at.unwrap_or_default());
        }
        if self.pictures > 0 {
            let message =
                format!("Dokumentet har {}; text i bilder läses inte.", count(self.pictures, "bild", "bilder"));
            warn(WarningCode::Picture, message, Place::Document);
        }
        warnings
    }
}

impl Changes {
    /// Whether an element holds what is left out: runs, or a table's row.
    pub(super) fn leave_out(self, element: Element<'_>) -> bool {
        if element.ns() != Ns::W {
            return false;
        }
        match element.local() {
            "tr" => element.child(Ns::W, "trPr").is_some_and(|properties| self.take(properties)),
            name => self.gone().contains(&name),
        }
    }

    /// The names of what is left out.
    fn gone(self) -> [&'static str; 2] {
        match self {
            Self::Accepted => ["del", "moveFrom"],
            Self::Rejected => ["ins", "moveTo"],
        }
    }

    /// Whether properties (of a paragraph's mark, a row) say that their owner is left out.
    pub(super) fn take(self, properties: Element<'_>) -> bool {
        properties.children().any(|child| child.ns() == Ns::W && self.gone().contains(&child.local()))
    }

    /// Whether properties say that a tracked change put their owner in, or would put it back.
    pub(super) fn give(self, properties: Element<'_>) -> bool {
        let other = match self {
            Self::Accepted => Self::Rejected,
            Self::Rejected => Self::Accepted,
        };
        other.take(properties)
    }

    /// The properties that hold: those before the change (`pPrChange` holds a `pPr`) where changes are rejected.
    pub(super) fn properties<'t>(
        self,
        properties: Option<Element<'t>>,
        change: &str,
        inner: &str,
    ) -> Option<Element<'t>> {
        let before = properties.and_then(|properties| properties.child(Ns::W, change)?.child(Ns::W, inner));
        if self == Self::Rejected { before.or(properties) } else { properties }
    }
}

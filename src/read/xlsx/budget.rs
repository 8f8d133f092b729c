//! What the cells of a workbook may cost together.

use super::grid::GridCell;
use crate::page::Inline;
use crate::read::{Limits, ReadError};

/// What is left for the cells that are still to come.
pub(super) struct Budget {
    limits: Limits,
    cells: usize,
    /// Bytes of text.
    text: u64,
}

impl Budget {
    /// All that a workbook may have.
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, cells: limits.cells, text: most_text(limits) }
    }

    /// Takes a number of cells that hold what this one does.
    pub(super) fn take(&mut self, cell: &GridCell, times: usize) -> Result<(), ReadError> {
        let inlines = cell.paragraphs.iter().flat_map(|paragraph| &paragraph.inlines);
        let text: u64 = inlines
            .map(|inline| match inline {
                Inline::Text(span) => span.text.len() as u64,
                _ => 0,
            })
            .sum();
        self.cells = self.cells.checked_sub(times).ok_or_else(|| super::too_many_cells(self.limits.cells))?;
        let text = text.saturating_mul(times as u64);
        self.text = self.text.checked_sub(text).ok_or_else(|| too_much_text(self.limits))?;
        Ok(())
    }
}

/// How many bytes of text the cells may show. A text is written once and shown in thousands of cells, so this is
/// no less needed than the cap on what is unpacked; it costs several times itself on the way to a model.
pub(super) fn most_text(limits: Limits) -> u64 {
    limits.unpacked_bytes / 4
}

/// The cells show too much text.
pub(super) fn too_much_text(limits: Limits) -> ReadError {
    ReadError::TooLarge {
        what: format!("cellerna visar mer än {} MB text", most_text(limits) >> 20),
        help: "Samma text kan vara upprepad i tusentals celler. Är filen att lita på: höj gränsen med --max-size."
            .to_owned(),
    }
}

use std::time::Duration;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Caps on what a file may cost.
    pub limits: Limits,
    /// The password of a protected file.
    pub password: Option<String>,
    /// Which side of a Word document's tracked changes is read.
    pub changes: Changes,
}

/// Which side of tracked changes is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Changes {
    /// As if all had been accepted.
    #[default]
    Accepted,
    /// As if all had been rejected.
    Rejected,
}

/// Caps on what a file may cost. Each is a clear error, never a crash.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all parts of a container together, unpacked.
    pub unpacked_bytes: u64,
    /// How deep XML elements may be nested.
    pub xml_depth: usize,
    /// Pages, slides or sheets.
    pub pages: usize,
    /// Cells of all tables together.
    pub cells: usize,
    /// Characters on a PDF page.
    pub glyphs: usize,
    /// Lines, boxes and other forms on a PDF page.
    pub paths: usize,
    /// How long a PDF page may take.
    pub page_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 512 << 20,
            xml_depth: 256,
            pages: 5_000,
            cells: 5_000_000,
            // More than any printed page holds; beyond it a page is an attack or a map.
            glyphs: 400_000,
            paths: 200_000,
            page_time: Duration::from_secs(8),
        }
    }
}

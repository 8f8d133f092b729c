/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Caps on what a file may cost.
    pub limits: Limits,
    /// The password of a protected file.
    pub password: Option<String>,
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
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked_bytes: 512 << 20, xml_depth: 256, pages: 5_000, cells: 5_000_000 }
    }
}

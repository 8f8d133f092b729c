use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::write::Format;

/// What to convert, where to, and how.
#[derive(Clone, Debug)]
pub struct BatchOptions {
    /// Files, folders and zip archives.
    pub inputs: Vec<PathBuf>,
    /// The folder that all outputs go to; made where it does not exist.
    pub output: PathBuf,
    /// How each file is converted.
    pub settings: Settings,
    /// Worker processes at once, at least 1.
    pub jobs: usize,
    /// Convert again what has not changed.
    pub force: bool,
    /// Only every N-th file, for arrays of jobs; the histories and the report are left to a run without it.
    pub shard: Option<Shard>,
    /// The program that serves as worker, and its arguments.
    pub worker: Vec<std::ffi::OsString>,
}

/// How a file is converted. It is part of what an unchanged file is known by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// The formats to write.
    #[serde(with = "formats")]
    pub formats: Vec<Format>,
    /// More column headings, in the form of `templates/columns.toml`.
    pub columns: Option<String>,
    /// The password of protected files.
    pub password: Option<String>,
    /// A template in place of the standard one.
    pub template: Option<Vec<u8>>,
    /// What a file may cost.
    pub caps: Caps,
}

/// What one file may cost. A file that goes beyond is a failed file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Caps {
    /// Time for reading, interpreting and writing.
    pub time: Duration,
    /// Memory of a worker, in bytes.
    pub memory: u64,
    /// Size of the file, and of its parts unpacked, in bytes.
    pub size: u64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { time: Duration::from_secs(60), memory: 1 << 30, size: 512 << 20 }
    }
}

/// One of several runs that share the work: the files whose number leaves `index - 1` when divided by `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub index: usize,
    /// Of how many.
    pub of: usize,
}

impl Shard {
    /// Whether the file with this number, from 0, is this run's.
    pub fn has(self, number: usize) -> bool {
        number % self.of == self.index - 1
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "delen skrivs I/N, till exempel 1/4: del 1 av 4".to_owned();
        let (index, of) = text.split_once('/').ok_or_else(wrong)?;
        let (index, of) = (index.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
        if index == 0 || index > of { Err(wrong()) } else { Ok(Self { index, of }) }
    }
}

/// Formats by their endings.
mod formats {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::write::Format;

    pub(super) fn serialize<S: Serializer>(formats: &[Format], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(formats.iter().map(|format| format.ending()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Format>, D::Error> {
        let endings = Vec::<String>::deserialize(deserializer)?;
        let format = |ending: &String| Format::from_ending(ending).ok_or_else(|| de::Error::custom(ending));
        endings.iter().map(format).collect()
    }
}

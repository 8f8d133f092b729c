//! What is done, one line of JSON a file, so that a run that was stopped goes on where it was.
//!
//! A line is written after its file's outputs stand whole in their place. A line that was cut off by the end of the
//! process is no line. When a run ends, the journal is written anew, sorted, so that it does not tell how often the
//! run was stopped.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::record::{FileRecord, GroupRecord};
use super::store::temporary_in;
use super::{BatchError, Shard};

/// The folder, inside the output folder, of what only the program itself reads.
pub(super) const OWN_FOLDER: &str = ".handlingsplan";

/// One line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
enum Line {
    File(FileLine),
    Group(GroupLine),
    Report { inputs: String },
}

/// A file that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct FileLine {
    /// What its outputs are made with: program version and settings.
    pub(super) settings: String,
    /// Its output name.
    pub(super) output: String,
    /// What is known of it.
    pub(super) record: Arc<FileRecord>,
}

/// A group that is merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct GroupLine {
    /// What its history is made of.
    pub(super) inputs: String,
    /// What is known of it.
    pub(super) record: Arc<GroupRecord>,
}

/// The journals of an output folder: this run's own, and what is known from all.
pub(super) struct Journal {
    folder: PathBuf,
    own: PathBuf,
    to: Option<BufWriter<File>>,
    /// By file name.
    pub(super) files: BTreeMap<String, FileLine>,
    /// By group name.
    pub(super) groups: BTreeMap<String, GroupLine>,
    /// What the report was made of.
    pub(super) report: Option<String>,
    _lock: File,
}

impl Journal {
    /// Reads what earlier runs did in an output folder and locks this run's journal.
    pub(super) fn open(output: &Path, shard: Option<Shard>) -> Result<Self, BatchError> {
        let folder = output.join(OWN_FOLDER);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| BatchError::Output { path, source }
        };
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let name = match shard {
            Some(Shard { index, of }) => format!("journal-{index}-of-{of}"),
            None => "journal".to_owned(),
        };
        let lock_path = folder.join(format!("{name}.lock"));
        let lock = OpenOptions::new().create(true).append(true).open(&lock_path).map_err(failed(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(BatchError::Busy { path: output.to_owned() }),
            // Some network disks know no locks; two runs at once then cost work twice and harm nothing.
            Err(fs::TryLockError::Error(_)) => {}
        }
        let own = folder.join(format!("{name}.ndjson"));
        let mut journal = Self {
            folder: folder.clone(),
            own,
            to: None,
            files: BTreeMap::new(),
            groups: BTreeMap::new(),
            report: None,
            _lock: lock,
        };
        for path in journal.paths().map_err(failed(&folder))? {
            journal.read(&path).map_err(failed(&path))?;
        }
        Ok(journal)
    }

    /// All journals of the folder, this run's own last, since it may know better.
    fn paths(&self) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path != self.own && path.extension().is_some_and(|ending| ending == "ndjson") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.push(self.own.clone());
        Ok(paths)
    }

    fn read(&mut self, path: &Path) -> io::Result<()> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        for line in BufReader::new(file).split(b'\n') {
            match serde_json::from_slice(&line?) {
                Ok(Line::File(line)) => drop(self.files.insert(line.record.file.clone(), line)),
                Ok(Line::Group(line)) => drop(self.groups.insert(line.record.group.clone(), line)),
                Ok(Line::Report { inputs }) => self.report = Some(inputs),
                // Cut off by the end of a process, or written by another version: as good as not there.
                Err(_) => {}
            }
        }
        Ok(())
    }

    fn append(&mut self, line: &Line) -> io::Result<()> {
        let to = match &mut self.to {
            Some(to) => to,
            None => {
                let mut file = OpenOptions::new().create(true).append(true).open(&self.own)?;
                // What a stopped run left of a line ends here.
                file.write_all(b"\n")?;
                self.to.insert(BufWriter::new(file))
            }
        };
        let mut json = serde_json::to_vec(line)?;
        json.push(b'\n');
        to.write_all(&json)?;
        to.flush()
    }

    /// Notes that a file is done.
    pub(super) fn file(&mut self, line: FileLine) -> io::Result<()> {
        let line = Line::File(line);
        self.append(&line)?;
        if let Line::File(line) = line {
            self.files.insert(line.record.file.clone(), line);
        }
        Ok(())
    }

    /// Notes that a group is merged.
    pub(super) fn group(&mut self, line: GroupLine) -> io::Result<()> {
        let line = Line::Group(line);
        self.append(&line)?;
        if let Line::Group(line) = line {
            self.groups.insert(line.record.group.clone(), line);
        }
        Ok(())
    }

    /// Writes the journal anew: what is known, sorted. A run of all files takes in the journals of the shards.
    pub(super) fn finish(mut self, report: Option<String>, is_whole: bool) -> io::Result<()> {
        // A run that changed nothing leaves the journal as it is.
        if self.to.is_none() && self.report == report && self.paths()?.len() == 1 {
            return Ok(());
        }
        drop(self.to.take());
        let mut file = temporary_in(&self.folder)?;
        {
            let mut to = BufWriter::new(file.as_file_mut());
            let files = self.files.values().cloned().map(Line::File);
            let groups = self.groups.values().cloned().map(Line::Group);
            for line in files.chain(groups).chain(report.map(|inputs| Line::Report { inputs })) {
                serde_json::to_writer(&mut to, &line)?;
                to.write_all(b"\n")?;
            }
            to.flush()?;
        }
        file.persist(&self.own).map_err(|error| error.error)?;
        if is_whole {
            for path in self.paths()?.into_iter().filter(|path| *path != self.own) {
                fs::remove_file(&path)?;
                // The lock of a shard that is gone; one that still runs keeps its own open.
                let _ = fs::remove_file(path.with_extension("lock"));
            }
        }
        Ok(())
    }
}

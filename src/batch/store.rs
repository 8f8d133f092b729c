//! The output folder: files appear in it whole, and only inside it.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::NamedTempFile;

use super::BatchError;
use super::journal::OWN_FOLDER;
use super::record::Failure;
use super::walk::Location;

/// Why a file of the run itself could not be written.
pub(super) enum WriteOwnError {
    /// The disk is full, or away.
    Io(io::Error),
    /// What should be written could not be made.
    Batch(BatchError),
}

impl From<io::Error> for WriteOwnError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<BatchError> for WriteOwnError {
    fn from(error: BatchError) -> Self {
        Self::Batch(error)
    }
}

/// The output folder.
pub(super) struct Store {
    folder: PathBuf,
    /// Where files are written before they are moved to their place.
    scratch: PathBuf,
    inputs: OnceLock<HashSet<PathBuf>>,
}

/// Why a file could not be stored.
pub(super) enum StoreError {
    /// The other files may still be.
    This(Failure),
    /// No file can be stored.
    All(BatchError),
}

impl Store {
    /// Makes the folder where it is not there.
    pub(super) fn open(output: &Path) -> Result<Self, BatchError> {
        let failed = |source| BatchError::Output { path: output.to_owned(), source };
        fs::create_dir_all(output).map_err(failed)?;
        let folder = fs::canonicalize(output).map_err(failed)?;
        let scratch = folder.join(OWN_FOLDER).join("scratch");
        fs::create_dir_all(&scratch).map_err(failed)?;
        Ok(Self { folder, scratch, inputs: OnceLock::new() })
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Names the inputs: no output may be one of them.
    pub(super) fn forbid<'a>(&self, inputs: impl IntoIterator<Item = &'a Location>) {
        let files = inputs.into_iter().map(|input| match input {
            Location::File(path) | Location::Member(path, _) => path.clone(),
        });
        let inside = files.filter(|path| path.starts_with(&self.folder)).collect();
        // Named once a run.
        let _ = self.inputs.set(inside);
    }

    /// The place of an output.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.folder.clone(), |path, part| path.join(part))
    }

    /// Whether an output stands, and has the right size.
    pub(super) fn stands(&self, relative: &str, bytes: Option<u64>) -> bool {
        fs::metadata(self.path(relative))
            .is_ok_and(|found| found.is_file() && bytes.is_none_or(|bytes| found.len() == bytes))
    }

    /// Puts a file in its place, whole.
    pub(super) fn put(&self, relative: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(relative);
        if self.inputs.get().is_some_and(|inputs| inputs.contains(&path)) {
            return Err(StoreError::This(Failure {
                message: format!("resultatet {relative} skulle skrivas över en indatafil"),
                help: Some("Välj en annan mapp för resultatet.".to_owned()),
                passing: true,
            }));
        }
        let file = self.scratch_file(bytes).map_err(|source| StoreError::All(self.unwritable(source)))?;
        self.place(file, &path).map_err(|source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::ReadOnlyFilesystem => {
                StoreError::All(self.unwritable(source))
            }
            // A file that is open in Word, a name too long for the system: the others may be written.
            _ => StoreError::This(Failure {
                message: format!("resultatet {relative} kan inte skrivas: {source}"),
                help: Some(
                    "Stäng filen om den är öppen i ett annat program, eller välj en mapp med kortare sökväg."
                        .to_owned(),
                ),
                passing: true,
            }),
        })
    }

    fn unwritable(&self, source: io::Error) -> BatchError {
        BatchError::Output { path: self.folder.clone(), source }
    }

    /// Puts a file of the run itself in its place.
    pub(super) fn put_own(&self, relative: &str, bytes: &[u8]) -> Result<(), BatchError> {
        self.make_own(relative, |to| Ok(to.write_all(bytes)?))
    }

    /// Writes a file of the run itself piece by piece and puts it in its place, whole.
    pub(super) fn make_own(
        &self,
        relative: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), WriteOwnError>,
    ) -> Result<(), BatchError> {
        let path = self.path(relative);
        let made = || -> Result<(), WriteOwnError> {
            let mut to = BufWriter::new(temporary_in(&self.scratch)?);
            write(&mut to)?;
            let file = to.into_inner().map_err(io::IntoInnerError::into_error)?;
            Ok(self.place(file, &path)?)
        };
        made().map_err(|error| match error {
            WriteOwnError::Io(source) => BatchError::Output { path: path.clone(), source },
            WriteOwnError::Batch(error) => error,
        })
    }

    /// A whole file, not yet in its place.
    fn scratch_file(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let mut file = temporary_in(&self.scratch)?;
        file.write_all(bytes)?;
        file.flush()?;
        Ok(file)
    }

    fn place(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        match file.persist(path) {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
                error.file.persist(path).map(drop).map_err(|error| error.error)
            }
            Err(error) => Err(error.error),
        }
    }

    /// Reads an output again.
    pub(super) fn get(&self, relative: &str) -> Result<Vec<u8>, BatchError> {
        let path = self.path(relative);
        fs::read(&path).map_err(|source| BatchError::Output { path, source })
    }

    /// Removes an output that nothing stands for any more.
    pub(super) fn remove(&self, relative: &str) -> Result<(), BatchError> {
        let path = self.path(relative);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(BatchError::Output { path, source }),
            _ => Ok(()),
        }
    }

    /// Clears scratch: at the end of a run nothing is under way.
    pub(super) fn tidy(&self) {
        // What cannot be removed is cleared by the next run.
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// A file that will get another name, with the mode of an ordinary file.
pub(super) fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system takes from it what the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

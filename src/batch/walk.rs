//! Finds the files of the inputs, in folders and in zip archives, in an order that does not depend on the system.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};
use zip::ZipArchive;

use super::BatchError;

/// Members of one archive beyond these are refused: a list of names alone can fill a machine.
const MAX_MEMBERS: usize = 200_000;

/// A file to convert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Its path in the archive, with `/`.
    pub(super) name: String,
    /// Where its bytes are.
    pub(super) location: Location,
    /// It was named on its own, and not found in a folder: that it cannot be read is a failure whatever it is.
    pub(super) named: bool,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// On the disk.
    File(PathBuf),
    /// In a zip archive: the archive's path, and the number of the member.
    Member(PathBuf, usize),
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, sorted by name.
    pub(super) sources: Vec<Source>,
    /// What could not be looked into: its name and why.
    pub(super) unreadable: Vec<(String, Why)>,
}

/// Why something was not looked into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// It is a link, which may lead out of the folder or round in a ring.
    Link,
    /// It should have been read and could not be.
    Failed(&'static str),
}

/// Walks the inputs. The output folder is left out where it lies in one of them.
pub(super) fn walk(inputs: &[PathBuf], output: &Path) -> Result<Found, BatchError> {
    let output = fs::canonicalize(output).ok();
    let mut found = Found::default();
    let mut roots: Vec<String> = Vec::new();
    for input in inputs {
        let failed = |source| BatchError::Input { path: input.clone(), source };
        // The input itself may be a link: the user named it.
        let metadata = fs::metadata(input).map_err(failed)?;
        let real = fs::canonicalize(input).map_err(failed)?;
        if metadata.is_dir() {
            if Some(&real) == output.as_ref() {
                return Err(BatchError::OverInput { path: input.clone() });
            }
            let root = if inputs.len() > 1 { Some(unique(&base(&real), &mut roots)) } else { None };
            folder(&real, root.as_deref(), output.as_deref(), &mut found);
        } else {
            let name = unique(&base(&real), &mut roots);
            file(&real, name, true, &mut found);
        }
    }
    found.sources.sort_by(|a, b| a.name.cmp(&b.name));
    found.sources.dedup();
    found.unreadable.sort();
    Ok(found)
}

fn base(path: &Path) -> String {
    path.file_name().map_or_else(|| "arkiv".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A name that no other root has.
fn unique(name: &str, taken: &mut Vec<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2;
    while taken.contains(&candidate) {
        candidate = format!("{name}-{number}");
        number += 1;
    }
    taken.push(candidate.clone());
    candidate
}

fn folder(real: &Path, root: Option<&str>, output: Option<&Path>, found: &mut Found) {
    let walker = WalkDir::new(real).follow_links(false).sort_by_file_name().into_iter();
    for entry in walker.filter_entry(|entry| entry.depth() == 0 || (!is_system(entry) && Some(entry.path()) != output))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().and_then(|path| path.strip_prefix(real).ok()).unwrap_or(Path::new(""));
                found.unreadable.push((relative(path, root), unreadable(error.io_error())));
                continue;
            }
        };
        let Ok(path) = entry.path().strip_prefix(real) else { continue };
        if entry.file_type().is_symlink() {
            found.unreadable.push((relative(path, root), Why::Link));
        } else if entry.file_type().is_file() {
            file(entry.path(), relative(path, root), false, found);
        }
    }
}

/// Files of the system, hidden ones, and those that Word and others keep while a file is open.
fn is_system(entry: &DirEntry) -> bool {
    is_system_name(&entry.file_name().to_string_lossy())
}

fn is_system_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with("~$")
        || (name.starts_with('.') && !matches!(name, "." | ".."))
        || matches!(
            lower.as_str(),
            "thumbs.db" | "desktop.ini" | "__macosx" | "$recycle.bin" | "system volume information"
        )
        || lower.ends_with(".tmp")
}

fn relative(path: &Path, root: Option<&str>) -> String {
    let parts = path.iter().map(OsStr::to_string_lossy);
    root.map(Into::into).into_iter().chain(parts).collect::<Vec<_>>().join("/")
}

fn unreadable(error: Option<&io::Error>) -> Why {
    Why::Failed(match error.map(io::Error::kind) {
        Some(io::ErrorKind::PermissionDenied) => "mappen får inte läsas",
        _ => "mappen kan inte läsas",
    })
}

/// A file: itself, or the members of a zip archive that is no document.
fn file(path: &Path, name: String, named: bool, found: &mut Found) {
    match members(path) {
        Some(Ok(members)) => {
            for (number, member) in members {
                let location = Location::Member(path.to_owned(), number);
                found.sources.push(Source { name: format!("{name}/{member}"), location, named: false });
            }
        }
        Some(Err(why)) => found.unreadable.push((name, Why::Failed(why))),
        None => found.sources.push(Source { name, location: Location::File(path.to_owned()), named }),
    }
}

/// The members of a zip archive; none where the file is no archive, or is a document in a zip.
fn members(path: &Path) -> Option<Result<Vec<(usize, String)>, &'static str>> {
    /// Documents that are zips, by their ending: not looked into, to save a look at each of thousands of files.
    const DOCUMENTS: &[&str] =
        &["docx", "docm", "dotx", "dotm", "pptx", "xlsx", "xlsm", "xlsb", "ods", "pdf", "xls", "json"];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if ending.as_deref().is_some_and(|ending| DOCUMENTS.contains(&ending)) {
        return None;
    }
    let mut head = [0; 4];
    let mut file = File::open(path).ok()?;
    file.read_exact(&mut head).ok()?;
    if &head != b"PK\x03\x04" {
        return None;
    }
    let archive = match ZipArchive::new(file) {
        Ok(archive) => archive,
        Err(_) => return Some(Err("zip-arkivet är skadat")),
    };
    if ["[Content_Types].xml", "mimetype"].iter().any(|part| archive.index_for_name(part).is_some()) {
        return None;
    }
    if archive.len() > MAX_MEMBERS {
        return Some(Err("zip-arkivet har fler än 200 000 filer"));
    }
    let names = (0..archive.len()).filter_map(|number| Some((number, archive.name_for_index(number)?.ok()?)));
    let files = names.filter(|(_, name)| !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(is_system_name));
    Some(Ok(files.map(|(number, name)| (number, name.replace('\\', "/"))).collect()))
}

/// Reads files one after the other; keeps the archive that it read from last open.
#[derive(Default)]
pub(super) struct Loader {
    archive: Option<(PathBuf, ZipArchive<File>)>,
}

impl Loader {
    /// A file's bytes; an error in words where it cannot be read or is larger than `most` bytes.
    pub(super) fn load(&mut self, location: &Location, most: u64) -> Result<Vec<u8>, LoadError> {
        match location {
            Location::File(path) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                read_at_most(file, size, most)
            }
            Location::Member(path, number) => {
                if self.archive.as_ref().is_none_or(|(open, _)| open != path) {
                    let archive = ZipArchive::new(File::open(path)?).map_err(|_| LoadError::Damaged)?;
                    self.archive = Some((path.clone(), archive));
                }
                let Some((_, archive)) = &mut self.archive else { return Err(LoadError::Damaged) };
                let member = archive.by_index(*number).map_err(|error| match error {
                    zip::result::ZipError::InvalidPassword => LoadError::Protected,
                    zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => LoadError::Protected,
                    _ => LoadError::Damaged,
                })?;
                let size = member.size();
                read_at_most(member, size, most)
            }
        }
    }
}

fn read_at_most(from: impl Read, size: u64, most: u64) -> Result<Vec<u8>, LoadError> {
    if size > most {
        return Err(LoadError::TooLarge(most));
    }
    // The stated size may be a lie: no more is set aside than a fair file needs, no more is read than is allowed.
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(1 << 20)).unwrap_or(0));
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(LoadError::TooLarge(most)) } else { Ok(bytes) }
}

/// Why a file's bytes cannot be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    #[error("filen kan inte läsas: {0}")]
    Io(#[from] io::Error),
    #[error("arkivet är skadat")]
    Damaged,
    #[error("filen är skyddad med lösenord i sitt arkiv")]
    Protected,
    #[error("filen är större än {} megabyte", .0 >> 20)]
    TooLarge(u64),
}

impl LoadError {
    /// What to do.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::Io(_) => "Kontrollera att du får läsa filen och att disken är ansluten.",
            Self::Damaged => "Hämta arkivet på nytt.",
            Self::Protected => "Packa upp arkivet med sitt lösenord först.",
            Self::TooLarge(_) => "Höj gränsen med --max-size.",
        }
    }

    /// Whether it may go better another time.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, Self::Io(_))
    }
}

#[cfg(test)]
mod tests;

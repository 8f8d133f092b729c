//! Whole files: written beside their place and moved there, or not at all.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::WriteError;

/// Checks that `path` may be written: its folder exists, nothing is there (but with `force`), and it is none of `inputs`.
///
/// To be asked before the work starts; [`write_file`] asks again.
pub fn check_output(path: &Path, inputs: &[&Path], force: bool) -> Result<(), WriteError> {
    let folder = folder_of(path);
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(WriteError::NoFolder { folder: folder.to_owned() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(WriteError::NoFolder { folder: folder.to_owned() });
        }
        Err(source) => return Err(WriteError::Io { path: folder.to_owned(), source }),
    }
    if path.is_dir() || path.file_name().is_none() {
        return Err(WriteError::IsFolder { path: path.to_owned() });
    }
    if inputs.iter().any(|input| same_file(path, input)) {
        return Err(WriteError::OverInput { path: path.to_owned() });
    }
    // A link that leads nowhere is something that is there, too.
    if !force && path.symlink_metadata().is_ok() {
        return Err(WriteError::Exists { path: path.to_owned() });
    }
    Ok(())
}

/// Writes a whole file, or leaves everything as it was.
pub fn write_file(path: &Path, bytes: &[u8], inputs: &[&Path], force: bool) -> Result<(), WriteError> {
    check_output(path, inputs, force)?;
    let failed = |source| WriteError::Io { path: path.to_owned(), source };
    // Through a link, the file that it leads to is replaced and not the link.
    let target = if force { fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".handlingsplan-");
    #[cfg(unix)]
    let mode = {
        use std::os::unix::fs::PermissionsExt;
        // An ordinary file's mode, from which the system takes what the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o666));
        fs::metadata(&target).ok().map(|metadata| metadata.permissions())
    };
    let mut file = builder.tempfile_in(folder_of(&target)).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(failed)?;
    #[cfg(unix)]
    if let Some(mode) = mode {
        fs::set_permissions(file.path(), mode).map_err(failed)?;
    }
    let kept = if force { file.persist(&target) } else { file.persist_noclobber(&target) };
    kept.map(drop).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.to_owned() },
        _ => failed(error.error),
    })
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder.as_os_str() != OsStr::new("") => folder,
        _ => Path::new("."),
    }
}

/// Whether two paths lead to one file: through links, by another case where the system ignores it, or by hard links.
fn same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) {
            return a.dev() == b.dev() && a.ino() == b.ino();
        }
    }
    match (real(a), real(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// The path without links; for a file that is not there yet, its folder's and its name.
fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok().or_else(|| Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_by_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        write_file(&path, b"1", &[], false).unwrap();
        assert!(matches!(write_file(&path, b"2", &[], false), Err(WriteError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"1");
        write_file(&path, b"2", &[], true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn an_input_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("plan.docx");
        fs::write(&input, b"1").unwrap();
        let detour = folder.path().join(".").join("plan.docx");
        let mut ways = vec![input.clone(), detour];
        #[cfg(unix)]
        {
            let link = folder.path().join("link.docx");
            std::os::unix::fs::symlink(&input, &link).unwrap();
            let hard = folder.path().join("hard.docx");
            fs::hard_link(&input, &hard).unwrap();
            ways.extend([link, hard]);
        }
        for output in ways {
            let result = write_file(&output, b"2", &[&input], true);
            assert!(matches!(result, Err(WriteError::OverInput { .. })), "{}", output.display());
        }
        assert_eq!(fs::read(&input).unwrap(), b"1");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_file(&folder.path().join("nej").join("plan.json"), b"1", &[], false).unwrap_err();
        assert!(error.to_string().contains("nej"), "{error}");
        let error = write_file(folder.path(), b"1", &[], true).unwrap_err();
        assert!(matches!(error, WriteError::IsFolder { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_may_be_read_like_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let plain = folder.path().join("plain");
        fs::write(&plain, b"").unwrap();
        let path = folder.path().join("plan.json");
        write_file(&path, b"1", &[], false).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&plain));
    }
}

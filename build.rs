//! Turns the word lists of `templates/*.toml` into JSON: people write TOML, and the program, which reads the lists at
//! every start, reads JSON several times as fast. A list that is no TOML fails the build, with its file and line.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or("run by cargo")?);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("run by cargo")?);
    let templates = root.join("templates");
    println!("cargo::rerun-if-changed=build.rs");
    // The folder itself, for lists that are added.
    println!("cargo::rerun-if-changed=templates");
    for entry in std::fs::read_dir(&templates)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let json = json(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_stem().ok_or("a file has a name")?;
            std::fs::write(out.join(name).with_extension("json"), json)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<String, Box<dyn Error>> {
    let list: toml::Table = toml::from_str(&std::fs::read_to_string(path)?)?;
    Ok(serde_json::to_string(&list)?)
}

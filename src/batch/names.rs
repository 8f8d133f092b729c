//! One output name for each file: the folder structure is kept, and no two can collide on any system.
//!
//! An output is called by the whole name of its file, ending and all (`plan.docx.json`), because `plan.docx` and
//! `plan.pdf` often lie side by side. What is added to tell documents of one file apart begins with `#`, which is
//! taken out of the names of files.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use crate::open::sha256;

/// A part of a path longer than this many bytes is cut: file systems end at 255.
const MAX_PART: usize = 180;
/// A path longer than this many bytes is replaced: systems end at 4,096 or before.
const MAX_PATH: usize = 1_000;
/// Where files with too long a path go.
const LONG: &str = "_long";
/// Names that the run itself writes.
const OWN: &[&str] = &["report.html", "report.json", "entries.csv", "history", LONG];

/// The output names, without their endings, of files with these names, in the same order.
pub(super) fn output_names<'a>(files: impl IntoIterator<Item = &'a str>, endings: &[&str]) -> Vec<String> {
    let cleaned: Vec<String> = files.into_iter().map(clean).collect();
    let mut folders: HashSet<String> = OWN.iter().map(|own| (*own).to_owned()).collect();
    for name in &cleaned {
        folders.extend(name.match_indices('/').map(|(at, _)| fold(&name[..at])));
    }
    let mut taken = HashSet::new();
    cleaned
        .into_iter()
        .map(|name| {
            let mut candidate = name.clone();
            let mut number = 2;
            loop {
                let folded = fold(&candidate);
                let is_free = endings.iter().all(|ending| !folders.contains(&format!("{folded}.{ending}")));
                if is_free && taken.insert(folded) {
                    return candidate;
                }
                candidate = format!("{name}~{number}");
                number += 1;
            }
        })
        .collect()
}

/// What a file system that ignores case and composition takes a name for.
fn fold(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// A relative path that every system takes.
fn clean(name: &str) -> String {
    let parts: Vec<String> = name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).map(clean_part).collect();
    let whole = if parts.is_empty() { "_".to_owned() } else { parts.join("/") };
    if whole.len() <= MAX_PATH {
        return whole;
    }
    let last = parts.last().map_or("_", String::as_str);
    format!("{LONG}/{}-{last}", &sha256(name.as_bytes())[..16])
}

fn clean_part(part: &str) -> String {
    /// What Windows keeps for devices, with any ending.
    const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];
    let mut clean: String =
        part.nfc().map(|c| if is_unseen(c) || "<>:\"\\|?*#".contains(c) { '_' } else { c }).collect();
    if clean.ends_with(['.', ' ']) {
        clean.push('_');
    }
    let stem = clean.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    if DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit())) {
        clean.insert(0, '_');
    }
    if clean.len() > MAX_PART {
        let digest = &sha256(clean.as_bytes())[..8];
        let mut end = MAX_PART;
        while !clean.is_char_boundary(end) {
            end -= 1;
        }
        clean.truncate(end);
        clean.push('~');
        clean.push_str(digest);
    }
    clean
}

/// Control characters, and those that turn the direction of what follows: a name must look like what it is.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(files: &[&str]) -> Vec<String> {
        output_names(files.iter().copied(), &["json"])
    }

    #[test]
    fn the_structure_is_kept() {
        assert_eq!(named(&["2023/RPO MD/plan å.docx", "a.pdf"]), ["2023/RPO MD/plan å.docx", "a.pdf"]);
    }

    #[test]
    fn names_that_a_system_takes_for_one_are_told_apart() {
        assert_eq!(named(&["Plan.docx", "plan.docx", "plan.DOCX"]), ["Plan.docx", "plan.docx~2", "plan.DOCX~3"]);
        assert_eq!(named(&["å", "a\u{30a}"]), ["å", "å~2"]);
        assert_eq!(named(&["report", "a", "a.json/b"]), ["report~2", "a~2", "a.json/b"]);
    }

    #[test]
    fn hostile_names_stay_in_the_folder() {
        assert_eq!(named(&["../../etc/passwd", "/etc/x", "C:\\x", "a/./b"]), ["etc/passwd", "etc/x", "C__x", "a/b"]);
        assert_eq!(
            named(&["a\u{7}b\n", "NUL.docx", "com1", "slut. ", "a#1"]),
            ["a_b_", "_NUL.docx", "_com1", "slut. _", "a_1"]
        );
        assert_eq!(named(&["", ".."]), ["_", "_~2"]);
    }

    #[test]
    fn long_names_are_cut_and_still_differ() {
        let part = "å".repeat(300);
        let (one, two) = (format!("{part}1"), format!("{part}2"));
        let cut = named(&[&one, &two]);
        assert!(cut.iter().all(|name| name.len() < 255) && cut[0] != cut[1], "{cut:?}");
        let deep = vec!["mapp"; 800].join("/");
        let cut = named(&[&format!("{deep}/a.docx"), &format!("{deep}/b.docx")]);
        assert!(cut[0].starts_with("_long/") && cut[0].ends_with("-a.docx") && cut[0].len() < 100, "{cut:?}");
    }
}

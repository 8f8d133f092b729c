//! Places in files, as people call them: "tabell 3, rad 2" for "table 3, row 2".

const WORDS: &[(&str, &str)] = &[
    ("table", "tabell"),
    ("row", "rad"),
    ("page", "sida"),
    ("slide", "bild"),
    ("paragraph", "stycke"),
    ("footnote", "fotnot"),
    ("comment", "kommentar"),
    ("header", "sidhuvud"),
    ("footer", "sidfot"),
    ("document", "dokumentet"),
];

/// A place in Swedish. A box on a page is left out: nobody looks things up by points.
pub(super) fn place(place: &str) -> String {
    let parts = place.split(", ").filter(|part| !part.starts_with("box "));
    let called = parts.map(|part| {
        let (word, number) = part.split_once(' ').unwrap_or((part, ""));
        match WORDS.iter().find(|(english, _)| *english == word) {
            Some((_, swedish)) => format!("{swedish} {number}").trim_end().to_owned(),
            None => part.to_owned(),
        }
    });
    called.collect::<Vec<_>>().join(", ")
}

/// The same with the file's name before it: "plan.docx, table 3, row 2".
pub(super) fn place_in_file(source: &str) -> String {
    match source.split_once(", ") {
        Some((file, rest)) => format!("{file}, {}", place(rest)),
        None => source.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_swedish() {
        assert_eq!(place("table 3, row 2"), "tabell 3, rad 2");
        assert_eq!(place("page 4, box 10 20 30 40"), "sida 4");
        assert_eq!(place("slide 2"), "bild 2");
        assert_eq!(place("Plan 2024!A2:E2"), "Plan 2024!A2:E2");
        assert_eq!(place_in_file("page 1.docx, table 1, row 2"), "page 1.docx, tabell 1, rad 2");
    }
}

//! The template's standing pages, known by their headings.

use crate::model::words;

use super::vocabulary::Vocabulary;

/// A standing page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// How the template is filled in.
    Instructions,
    /// The region's promises to patients.
    Promises,
    /// Comments on results.
    Results,
    /// Comments on challenges.
    Challenges,
    /// The year wheel.
    Calendar,
}

/// The standing page that a heading opens.
///
/// The heading is the page's name alone, or followed by a year, the group's name or "forts.".
/// `marked` says that the document marks it as a heading: then any words may follow.
pub(super) fn page(heading: &str, marked: bool, group: Option<&str>, vocabulary: &Vocabulary) -> Option<Page> {
    let heading: Vec<String> = words(heading).take(12).collect();
    let pages = &vocabulary.words.pages;
    let group: Vec<String> = group.map(|group| words(group).collect()).unwrap_or_default();
    [
        (Page::Instructions, &pages.instructions),
        (Page::Promises, &pages.promises),
        (Page::Results, &pages.results),
        (Page::Challenges, &pages.challenges),
        (Page::Calendar, &pages.calendar),
    ]
    .into_iter()
    .find(|(_, names)| {
        names.iter().any(|name| {
            let name: Vec<String> = words(name).collect();
            let extra = |word: &String| {
                word.bytes().all(|b| b.is_ascii_digit()) || pages.continued.contains(word) || group.contains(word)
            };
            heading.starts_with(&name)
                && (heading.len() <= name.len() + 4)
                && (marked || heading[name.len()..].iter().all(extra))
        })
    })
    .map(|(page, _)| page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alone_and_with_a_year() {
        let vocabulary = Vocabulary::standard().unwrap();
        let page = |text: &str, marked| page(text, marked, Some("RPO Hud"), &vocabulary);
        assert_eq!(page("RESULTAT:", false), Some(Page::Results));
        assert_eq!(page("Utmaningar 2023", false), Some(Page::Challenges));
        assert_eq!(page("Resultat forts.", false), Some(Page::Results));
        assert_eq!(page("Patientlöften om god vård", false), Some(Page::Promises));
        assert_eq!(page("Årshjul RPO Hud 2025", false), Some(Page::Calendar));
        assert_eq!(page("Resultat redovisades", false), None);
        assert_eq!(page("Resultat och utveckling", true), Some(Page::Results));
    }
}

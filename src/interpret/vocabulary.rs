//! The words that interpretation knows: data from `templates/`, extendable by a user's own file.

use serde::Deserialize;

use crate::model::{Light, Promise, SectionKind, fold_words, words};
use crate::shipped::shipped;

/// A field of an item, or the date of an entry that has a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// National area or assignment.
    Area,
    /// Prioritised area and promises.
    Priority,
    /// Activities.
    Activities,
    /// Follow-up.
    FollowUp,
    /// Status.
    Status,
    /// The date of the row's follow-up entry.
    Date,
}

/// One way to write a column's heading.
#[derive(Clone, Debug)]
pub(super) struct Synonym {
    pub(super) field: Field,
    pub(super) section: Option<SectionKind>,
    /// Lower-case words.
    pub(super) words: Vec<String>,
    /// The words with nothing between.
    pub(super) joined: String,
}

/// The words that interpretation knows.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub(super) synonyms: Vec<Synonym>,
    pub(super) words: Words,
}

/// A file of words that cannot be used.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("ordlistan går inte att läsa: {0}")]
#[diagnostic(help(
    "Filen ska ha samma form som templates/columns.toml: [[column]] med field, eventuellt section, och headings."
))]
pub struct VocabularyError(Box<dyn std::error::Error + Send + Sync>);

impl From<toml::de::Error> for VocabularyError {
    fn from(error: toml::de::Error) -> Self {
        Self(error.into())
    }
}

impl From<serde_json::Error> for VocabularyError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.into())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnsFile {
    #[serde(default)]
    column: Vec<ColumnEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    field: Field,
    section: Option<SectionKind>,
    headings: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Words {
    pub(super) region: Region,
    pub(super) group: Group,
    pub(super) title: WordList,
    pub(super) updated: WordList,
    pub(super) pages: Pages,
    pub(super) lights: Lights,
    pub(super) promises: Promises,
    pub(super) furniture: Furniture,
    pub(super) beside: Beside,
    pub(super) months: Months,
    pub(super) supporting: Supporting,
    pub(super) calendar: CalendarWords,
}

/// How the year wheel writes times.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct CalendarWords {
    pub(super) quarter: Vec<String>,
    pub(super) week: Vec<String>,
    pub(super) ongoing: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Supporting {
    pub(super) to: Vec<String>,
    pub(super) from: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) organisations: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) assignment: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Region {
    pub(super) name: String,
    pub(super) also: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Group {
    pub(super) prefixes: Vec<String>,
    pub(super) stops: Vec<String>,
    pub(super) joins: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct WordList {
    pub(super) words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Pages {
    pub(super) instructions: Vec<String>,
    pub(super) promises: Vec<String>,
    pub(super) results: Vec<String>,
    pub(super) challenges: Vec<String>,
    pub(super) calendar: Vec<String>,
    /// Words that only divide the year wheel's page.
    pub(super) calendar_labels: Vec<String>,
    pub(super) continued: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Lights {
    green: Vec<String>,
    yellow: Vec<String>,
    red: Vec<String>,
    closed: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Promises {
    pub(super) marker: String,
    accessible: Vec<String>,
    best_knowledge: Vec<String>,
    involved: Vec<String>,
    equal: Vec<String>,
    prevention: Vec<String>,
    safe: Vec<String>,
    cost_effective: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Furniture {
    pub(super) page: Vec<String>,
    pub(super) of: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Beside {
    pub(super) header: String,
    pub(super) footer: String,
    pub(super) footnote: String,
    pub(super) notes: String,
    pub(super) comment: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Months {
    pub(super) names: Vec<String>,
}

impl Vocabulary {
    /// The words that ship with the program.
    ///
    /// # Errors
    /// None in a released program: a test reads the shipped files.
    pub fn standard() -> Result<Self, VocabularyError> {
        let mut vocabulary = Self { synonyms: Vec::new(), words: shipped!("words")? };
        vocabulary.add(shipped!("columns")?);
        Ok(vocabulary)
    }

    /// Adds the column headings of a user's file, in the form of `templates/columns.toml`.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn extend(&mut self, columns: &str) -> Result<(), VocabularyError> {
        self.add(toml::from_str(columns)?);
        Ok(())
    }

    fn add(&mut self, file: ColumnsFile) {
        for column in file.column {
            for heading in column.headings {
                let words: Vec<String> = crate::model::words(&heading).collect();
                if !words.is_empty() {
                    let joined = words.concat();
                    self.synonyms.push(Synonym { field: column.field, section: column.section, words, joined });
                }
            }
        }
    }

    /// The light that a word names.
    pub(super) fn light(&self, word: &str) -> Option<Light> {
        let has = |list: &[String]| list.iter().any(|known| known == word);
        let lights = &self.words.lights;
        match () {
            () if has(&lights.green) => Some(Light::Green),
            () if has(&lights.yellow) => Some(Light::Yellow),
            () if has(&lights.red) => Some(Light::Red),
            () => None,
        }
    }

    /// Words that a page of the year wheel has beside its events: its headings and the labels of its parts.
    pub(super) fn calendar_labels(&self) -> Vec<String> {
        let pages = &self.words.pages;
        pages.calendar.iter().flat_map(|heading| words(heading)).chain(pages.calendar_labels.iter().cloned()).collect()
    }

    /// Whether a word beside a light only says which it is.
    pub(super) fn names(&self, word: &str, light: Light) -> bool {
        match light {
            Light::Closed => self.words.lights.closed.iter().any(|known| known == word),
            light => self.light(word) == Some(light),
        }
    }

    /// The words that name lights, with their lights.
    pub(super) fn light_words(&self) -> Vec<(String, Light)> {
        let lights = &self.words.lights;
        let lists = [
            (&lights.green, Light::Green),
            (&lights.yellow, Light::Yellow),
            (&lights.red, Light::Red),
            (&lights.closed, Light::Closed),
        ];
        lists.into_iter().flat_map(|(words, light)| words.iter().map(move |word| (word.clone(), light))).collect()
    }

    /// The promises that a text names, in the model's order.
    ///
    /// Where the text says "Patientlöfte: …", only what follows counts.
    pub(super) fn promises(&self, text: &str) -> Vec<Promise> {
        let lists = &self.words.promises;
        let folded = format!(" {} ", fold_words(text));
        let named = match folded.find(&format!(" {}", lists.marker)) {
            Some(at) => &folded[at + 1..],
            None => folded.as_str(),
        };
        let says = |phrases: &[String]| phrases.iter().any(|phrase| named.contains(&format!(" {phrase} ")));
        [
            (Promise::Accessible, &lists.accessible),
            (Promise::BestKnowledge, &lists.best_knowledge),
            (Promise::Involved, &lists.involved),
            (Promise::Equal, &lists.equal),
            (Promise::Prevention, &lists.prevention),
            (Promise::Safe, &lists.safe),
            (Promise::CostEffective, &lists.cost_effective),
        ]
        .into_iter()
        .filter(|(_, phrases)| says(phrases))
        .map(|(promise, _)| promise)
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_readable() {
        let vocabulary = Vocabulary::standard().unwrap();
        assert_eq!(vocabulary.light("gul"), Some(Light::Yellow));
        assert!(vocabulary.synonyms.len() > 20);
        assert_eq!(vocabulary.words.months.names.len(), 12);
    }

    #[test]
    fn promises_are_read_from_quotes_and_paraphrases() {
        let vocabulary = Vocabulary::standard().unwrap();
        assert_eq!(
            vocabulary.promises("För att uppnå en tillgänglig och jämlik och patientsäker diagnostik"),
            [Promise::Accessible, Promise::Equal, Promise::Safe]
        );
        assert_eq!(
            vocabulary.promises("Ett patientsäkert arbete. Patientlöfte: ”erbjudas kostnadseffektiv vård”."),
            [Promise::CostEffective]
        );
        assert_eq!(vocabulary.promises("få tillgång till nya lokaler"), []);
    }

    #[test]
    fn a_users_file_adds_headings_and_a_wrong_one_is_an_error() {
        let mut vocabulary = Vocabulary::standard().unwrap();
        let before = vocabulary.synonyms.len();
        vocabulary.extend("[[column]]\nfield = \"activities\"\nheadings = [\"Det vi gör\"]").unwrap();
        assert_eq!(vocabulary.synonyms.len(), before + 1);
        assert!(vocabulary.extend("[[column]]\nfield = \"x\"\nheadings = []").is_err());
    }
}

//! Tracked changes: the marks that Word shows as insertions and deletions until somebody accepts or rejects them.

use jiff::civil::Date;

use crate::write::template::xml::escape;

/// Who makes tracked changes, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The name that Word shows.
    pub author: String,
    /// The day of the meeting; nothing where it is not known.
    pub date: Option<Date>,
}

/// Gives out the marks; without a [`Track`] there are none.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    by: Option<String>,
    next: usize,
}

impl Marks {
    /// Marks whose numbers start at `first`.
    pub(crate) fn new(track: Option<&Track>, first: usize) -> Self {
        let by = track.map(|track| {
            let date = track.date.map(|date| format!(" {{w}}date=\"{date}T00:00:00Z\"")).unwrap_or_default();
            format!("{{w}}author=\"{}\"{date}", escape(&track.author))
        });
        Self { by, next: first }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.by.is_some()
    }

    /// The attributes of the next mark; `w` is what the part writes before the names of Word's elements.
    fn attributes(&mut self, w: &str) -> Option<String> {
        let by = self.by.as_ref()?.replace("{w}", w);
        Some(format!("{w}id=\"{}\" {by}", self.number()))
    }

    /// A number that no other annotation has.
    pub(crate) fn number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    /// Runs as an insertion.
    pub(crate) fn inserted(&mut self, w: &str, runs: &str) -> String {
        self.around(w, "ins", runs)
    }

    /// Runs as a deletion; their text must be such already.
    pub(crate) fn deleted(&mut self, w: &str, runs: &str) -> String {
        self.around(w, "del", runs)
    }

    fn around(&mut self, w: &str, name: &str, runs: &str) -> String {
        if runs.is_empty() {
            return String::new();
        }
        match self.attributes(w) {
            Some(attributes) => format!("<{w}{name} {attributes}>{runs}</{w}{name}>"),
            None => runs.to_owned(),
        }
    }

    /// The mark of a paragraph's end or a row (`ins`, `del`).
    pub(crate) fn mark(&mut self, w: &str, name: &str) -> String {
        self.attributes(w).map(|attributes| format!("<{w}{name} {attributes}/>")).unwrap_or_default()
    }

    /// A change of properties (`pPrChange`) with those before (`pPr`).
    pub(crate) fn properties_change(&mut self, w: &str, name: &str, inner: &str, old: &str) -> String {
        let attributes = self.attributes(w);
        attributes
            .map(|attributes| format!("<{w}{name} {attributes}><{w}{inner}>{old}</{w}{inner}></{w}{name}>"))
            .unwrap_or_default()
    }
}

/// One more than the highest number of any annotation of a part.
pub(crate) fn first_free(xml: &str) -> usize {
    let mut highest = 0;
    for (at, _) in xml.match_indices(":id=\"") {
        let digits = &xml[at + 5..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        highest = highest.max(digits[..end].parse::<usize>().unwrap_or(0));
    }
    // Word's numbers are signed and of 32 bits; a drawing's or a control's own may be huge.
    if highest < 1_000_000_000 { highest + 1 } else { 1 }
}

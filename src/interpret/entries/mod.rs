//! Splits follow-up cells into dated entries.
//!
//! A cell is one text that has grown over the years: "231013 Beslut … 240205 Fortsatt …". Every date in it either
//! starts an entry or stands inside one, and which it is, only the whole document tells. So all candidates of all
//! cells are scored (`features`), the best set of starts of each cell is found (`segment`), the document's habits and
//! meeting days are learnt from the sure ones (`habits`), and the cells are judged again in that light.
//! `docs/entries.md` has the model, its weights and what it still gets wrong.

mod candidate;
mod features;
mod flat;
mod habits;
mod lexicon;
mod segment;
mod settle;
mod warnings;

use jiff::civil::Date;

use self::candidate::{Candidate, When};
use self::features::Score;
use self::flat::Flat;
use self::habits::{Found, Habits};
use self::segment::Choice;
use crate::model::{Block, Entry, EntryDate, Warning, is_blank};

pub use self::features::Feature;

/// Passes over the document: one by the places alone, two with what was learnt.
const PASSES: usize = 3;

/// What is known of the document around the cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The day of the line "Uppdaterad efter …".
    pub updated: Option<Date>,
    /// The year the plan is for.
    pub year: Option<i16>,
}

/// One cell's entries, in the order they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SplitCell {
    /// The entries; text before the first date is one without a date.
    pub entries: Vec<Entry>,
    /// What a person may need to look at; they have no place yet.
    pub warnings: Vec<Warning>,
}

/// How one date of a cell was judged, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The date as written.
    pub written: String,
    /// The date it was read as.
    pub date: Option<EntryDate>,
    /// The words around it.
    pub around: String,
    /// What spoke for and against, each with [`Feature::weight`].
    pub features: Vec<Feature>,
    /// What the order of time among the neighbours added.
    pub order: f32,
    /// How much worse the cell would be if this date were judged the other way round.
    pub margin: f32,
    /// Whether an entry starts here.
    pub starts_entry: bool,
}

/// Splits all follow-up cells of one document, in reading order: together, since meeting days recur from row to row.
///
/// Every letter and digit of a cell stands in one of its entries, as text or as the date written.
pub fn split(cells: &[&[Block]], context: &Context) -> Vec<SplitCell> {
    judge(cells, context).into_iter().map(|cell| cell.finish()).collect()
}

/// Why the dates of each cell were judged as they were, for looking into a doubtful reading.
pub fn explain(cells: &[&[Block]], context: &Context) -> Vec<Vec<Decision>> {
    judge(cells, context).iter().map(Cell::explain).collect()
}

/// A cell on its way.
struct Cell<'a> {
    flat: Flat<'a>,
    candidates: Vec<Candidate>,
    scores: Vec<Score>,
    choice: Choice,
    newest_first: bool,
}

fn judge<'a>(cells: &[&'a [Block]], context: &Context) -> Vec<Cell<'a>> {
    let mut cells: Vec<Cell<'a>> = cells.iter().map(|blocks| Cell::new(blocks)).collect();
    let of_place: Vec<Vec<Score>> = cells.iter().map(Cell::of_place).collect();
    let mut habits = Habits::default();
    for _ in 0..PASSES {
        for (index, cell) in cells.iter_mut().enumerate() {
            cell.scores.clone_from(&of_place[index]);
            for (score, candidate) in cell.scores.iter_mut().zip(&cell.candidates) {
                features::of_document(score, candidate, index, &habits, context);
            }
            cell.newest_first = habits.newest_first;
            cell.choice = segment::choose(&cell.candidates, &cell.scores, habits.newest_first);
        }
        let found: Vec<Found<'_>> = cells.iter().enumerate().flat_map(|(index, cell)| cell.found(index)).collect();
        habits = Habits::learn(cells.len(), &found);
    }
    for cell in &mut cells {
        settle::days_without_year(&mut cell.candidates, &cell.scores, &mut cell.choice, context, cell.newest_first);
    }
    cells
}

impl<'a> Cell<'a> {
    fn new(blocks: &'a [Block]) -> Self {
        let flat = Flat::new(blocks);
        let candidates = candidate::candidates(&flat);
        Self { flat, candidates, scores: Vec::new(), choice: Choice::default(), newest_first: false }
    }

    fn of_place(&self) -> Vec<Score> {
        self.candidates.iter().map(|candidate| features::of_place(&self.flat, candidate)).collect()
    }

    fn found(&self, cell: usize) -> impl Iterator<Item = Found<'_>> {
        let judged = self.candidates.iter().zip(&self.scores).zip(&self.choice.margin).zip(&self.choice.taken);
        judged.filter(|(_, taken)| **taken).map(move |(((candidate, score), margin), _)| Found {
            cell,
            candidate,
            score,
            margin: *margin,
        })
    }

    /// The starts, in the order written.
    fn starts(&self) -> impl Iterator<Item = (&Candidate, EntryDate)> {
        let taken = self.candidates.iter().zip(&self.choice.taken).filter(|(_, taken)| **taken);
        taken.filter_map(|(candidate, _)| candidate.date().map(|date| (candidate, date)))
    }

    fn finish(&self) -> SplitCell {
        let mut entries = Vec::new();
        let starts: Vec<_> = self.starts().collect();
        let end = self.flat.text.len();
        let before = self.flat.blocks(0..starts.first().map_or(end, |(first, _)| first.cut.start));
        if !is_blank(&before) {
            entries.push(Entry::undated(before));
        }
        for (index, (candidate, date)) in starts.iter().enumerate() {
            let until = starts.get(index + 1).map_or(end, |(next, _)| next.cut.start);
            entries.push(Entry {
                date: Some(*date),
                written: Some(self.flat.text[candidate.span.clone()].to_owned()),
                text: self.flat.blocks(candidate.cut.end..until),
                earlier: Vec::new(),
            });
        }
        SplitCell { entries, warnings: warnings::of_cell(self) }
    }

    fn explain(&self) -> Vec<Decision> {
        let decide = |(index, candidate): (usize, &Candidate)| Decision {
            written: self.flat.text[candidate.span.clone()].to_owned(),
            date: candidate.date(),
            around: warnings::around(&self.flat.text, &candidate.span),
            features: self.scores[index].features.clone(),
            order: self.choice.order[index],
            margin: self.choice.margin[index],
            starts_entry: self.choice.taken[index],
        };
        let dates = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| !matches!(candidate.when, When::Impossible | When::NoDay));
        dates.map(decide).collect()
    }
}

#[cfg(test)]
mod tests;

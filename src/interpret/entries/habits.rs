//! What the document as a whole tells of how its entries are written: learnt from the entries found so far.

use std::collections::BTreeMap;

use super::candidate::{Candidate, Shape};
use super::features::{Feature, Score};
use crate::model::EntryDate;

/// How sure a start must be to teach: about 9 in 10.
const SURE: f32 = 2.2;

/// The document's habits.
#[derive(Debug, Default)]
pub(super) struct Habits {
    cells_of: BTreeMap<EntryDate, Vec<usize>>,
    line_cells: Vec<bool>,
    /// Most entries have the date of another row's entry.
    pub(super) meetings_recur: bool,
    /// The dates of entries are bold.
    pub(super) bold: bool,
    /// The signs that many dates of entries have after them.
    pub(super) marks: Vec<char>,
    /// Nearly all dates of entries have one and the same.
    pub(super) always_marked: bool,
    /// The dates of entries are nearly all written in this way.
    pub(super) shape: Option<Shape>,
    /// The newest entry stands first.
    pub(super) newest_first: bool,
}

/// A start that was found, and how sure it is.
pub(super) struct Found<'a> {
    pub(super) cell: usize,
    pub(super) candidate: &'a Candidate,
    pub(super) score: &'a Score,
    pub(super) margin: f32,
}

impl Habits {
    /// Learns from the starts found in a pass, in order.
    pub(super) fn learn(cells: usize, found: &[Found<'_>]) -> Self {
        let sure: Vec<_> = found.iter().filter(|found| found.margin >= SURE).collect();
        let mut habits = Self { line_cells: vec![false; cells], ..Self::default() };
        for found in &sure {
            if let Some(date @ EntryDate::Day(_)) = found.candidate.date() {
                let cells = habits.cells_of.entry(date).or_default();
                if cells.last() != Some(&found.cell) {
                    cells.push(found.cell);
                }
            }
        }
        let days = sure.iter().filter_map(|found| found.candidate.date());
        let recurring = days.filter(|date| habits.cells_of.get(date).is_some_and(|cells| cells.len() > 1)).count();
        habits.meetings_recur = sure.len() >= 6 && recurring * 10 >= sure.len() * 7;
        // Years alone are written as they are whatever the habit.
        let dated: Vec<_> = sure.iter().filter(|found| found.candidate.shape != Shape::Year).collect();
        let tenths = |of: usize, has: &dyn Fn(&Found<'_>) -> bool| {
            let having = dated.iter().filter(|found| has(found)).count();
            dated.len() >= 4 && having * 10 >= dated.len() * of
        };
        let share = |has: &dyn Fn(&Found<'_>) -> bool| tenths(9, has);
        habits.bold = share(&|found| found.score.features.contains(&Feature::BoldAlone));
        let marked = |mark: char| move |found: &Found<'_>| found.score.mark == Some(mark);
        habits.marks = [':', '.', '-'].into_iter().filter(|mark| tenths(4, &marked(*mark))).collect();
        habits.always_marked = habits.marks.iter().any(|mark| share(&marked(*mark)));
        habits.shape = [Shape::Six, Shape::Eight, Shape::Divided, Shape::DayMonth, Shape::Words]
            .into_iter()
            .find(|shape| share(&|found| found.candidate.shape == *shape));
        habits.line_cells(&sure);
        habits.order(&sure);
        habits
    }

    /// A cell that surely begins entries at two line starts or more, beside its own first, and at none inside a line.
    fn line_cells(&mut self, sure: &[&Found<'_>]) {
        for cell in sure.chunk_by(|a, b| a.cell == b.cell) {
            let (mut at_lines, mut inside) = (0, 0);
            for found in cell.iter().filter(|found| found.candidate.shape != Shape::Year) {
                if !found.candidate.at_line_start {
                    inside += 1;
                } else if !found.score.features.contains(&Feature::CellStart) {
                    at_lines += 1;
                }
            }
            self.line_cells[cell[0].cell] = at_lines >= 2 && inside == 0;
        }
    }

    fn order(&mut self, sure: &[&Found<'_>]) {
        let pairs = sure.windows(2).filter(|pair| pair[0].cell == pair[1].cell);
        let (mut rising, mut falling) = (0, 0);
        for pair in pairs {
            match pair[0].candidate.date().cmp(&pair[1].candidate.date()) {
                std::cmp::Ordering::Less => rising += 1,
                std::cmp::Ordering::Greater => falling += 1,
                std::cmp::Ordering::Equal => {}
            }
        }
        self.newest_first = falling >= 3 && falling > 3 * rising;
    }

    /// How many other cells surely have an entry of this date.
    pub(super) fn other_cells_with(&self, date: EntryDate, cell: usize) -> usize {
        let Some(cells) = self.cells_of.get(&date) else { return 0 };
        cells.len() - usize::from(cells.binary_search(&cell).is_ok())
    }

    /// Whether a cell's entries begin at line starts.
    pub(super) fn begins_at_lines(&self, cell: usize) -> bool {
        self.line_cells.get(cell).copied().unwrap_or(false)
    }
}

//! The best assignment of rows to columns, each at most once, where every row may also stay alone.
//!
//! Rows enter one by one, each by the shortest augmenting path (Jonker and Volgenant's way for sparse costs).
//! Weights are whole numbers, so that the same input gives the same assignment on every machine. The margin of
//! a pair is what the best assignment with it is worth above the best one without: one shortest path each.

use std::collections::VecDeque;

/// Rows assigned to columns so that the sum of the pairs' weights is greatest.
#[derive(Debug)]
pub(super) struct Assignment {
    /// For each row: the columns it may have, and what each is worth.
    edges: Vec<Vec<(usize, i64)>>,
    of_row: Vec<Option<(usize, i64)>>,
    of_column: Vec<Option<usize>>,
}

/// Where a path ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// Anything that leaves nobody without a place: a free column, or a row that stays alone.
    Rest,
    /// This column.
    Column(usize),
}

const FAR: i64 = i64::MAX / 4;

impl Assignment {
    /// Solves the assignment; pairs that are not named cannot be.
    pub(super) fn new(edges: Vec<Vec<(usize, i64)>>, columns: usize) -> Self {
        let rows = edges.len();
        let mut assignment = Self { edges, of_row: vec![None; rows], of_column: vec![None; columns] };
        for row in 0..rows {
            assignment.insert(row);
        }
        assignment
    }

    /// The column of a row.
    pub(super) fn column_of(&self, row: usize) -> Option<usize> {
        self.of_row[row].map(|(column, _)| column)
    }

    fn insert(&mut self, row: usize) {
        let search = self.search(row, None, Goal::Rest, None);
        if search.cost >= 0 {
            return;
        }
        // Back from the end: each row on the way takes the column it came to.
        let mut step = search.last;
        let mut taken = Vec::new();
        while let Some((at, column)) = step {
            if let Some(edge) = column {
                taken.push((at, edge));
            } else {
                self.of_row[at] = None;
            }
            step = search.before[at];
        }
        for (at, (column, weight)) in taken {
            self.of_row[at] = Some((column, weight));
            self.of_column[column] = Some(at);
        }
    }

    /// What the best assignment with a pair is worth above the best without it; below zero when it is not in the best.
    pub(super) fn margin(&self, row: usize, column: usize, weight: i64) -> i64 {
        if self.column_of(row) == Some(column) {
            // Without the pair: the row finds another place and the column another row, or both stay alone.
            return self.search(row, Some(column), Goal::Column(column), None).cost + weight;
        }
        // With the pair: whoever has the column finds another place, and what the row leaves is free.
        let (goal, left) = match self.of_row[row] {
            Some((own, worth)) => (Goal::Column(own), worth),
            None => (Goal::Rest, 0),
        };
        let displaced = match self.of_column[column] {
            Some(other) => {
                let worth = self.of_row[other].map_or(0, |(_, worth)| worth);
                worth + self.search(other, Some(column), goal, Some(row)).cost
            }
            None => 0,
        };
        // A free column displaces nobody; what the row leaves may still be worth something to another.
        let freed = match (self.of_column[column], goal) {
            (None, Goal::Column(own)) => self.best_taker(own, row, column),
            _ => 0,
        };
        weight - left - displaced + freed
    }

    /// What a column that its row leaves is worth to the others.
    fn best_taker(&self, column: usize, row: usize, taken: usize) -> i64 {
        let mut search = Search::new(self.edges.len());
        self.leave_rest(&mut search, 0, Goal::Column(column), Some(row), Some(taken));
        self.run(&mut search, None, Goal::Column(column), Some(row), Some(taken));
        -search.cost.min(0)
    }

    /// The cheapest way to find a place for a row that has none. `barred` is a column that this row may not
    /// have, `still` a row that must not be moved.
    fn search(&self, from: usize, barred: Option<usize>, goal: Goal, still: Option<usize>) -> Search {
        let mut search = Search::new(self.edges.len());
        search.reach(from, 0, None);
        let barred = barred.map(|column| (from, column));
        // With a row that must not be moved, the column it takes is no place for others.
        let gone = still.and(barred.map(|(_, column)| column));
        self.run(&mut search, barred, goal, still, gone);
        search
    }

    fn run(
        &self,
        search: &mut Search,
        barred: Option<(usize, usize)>,
        goal: Goal,
        still: Option<usize>,
        gone: Option<usize>,
    ) {
        while let Some(row) = search.next() {
            let so_far = search.costs[row];
            for &(column, weight) in &self.edges[row] {
                if self.column_of(row) == Some(column) || barred == Some((row, column)) || gone == Some(column) {
                    continue;
                }
                let cost = so_far - weight;
                let step = Some((row, Some((column, weight))));
                match self.of_column[column] {
                    _ if goal == Goal::Column(column) => search.arrive(cost, step),
                    None if goal == Goal::Rest => search.arrive(cost, step),
                    None => self.leave_rest(search, cost, goal, still, gone),
                    Some(holder) if Some(holder) == still => {}
                    Some(holder) => {
                        let worth = self.of_row[holder].map_or(0, |(_, worth)| worth);
                        search.reach(holder, cost + worth, step);
                    }
                }
            }
            if goal == Goal::Rest {
                search.arrive(so_far, Some((row, None)));
            } else {
                self.leave_rest(search, so_far, goal, still, gone);
            }
        }
    }

    /// From a place that leaves nobody alone against their will, to the goal: the goal's column stays free, or a
    /// row that is alone or can leave its own column moves on towards it.
    fn leave_rest(&self, search: &mut Search, cost: i64, goal: Goal, still: Option<usize>, gone: Option<usize>) {
        if cost >= search.rest {
            return;
        }
        search.rest = cost;
        search.arrive(cost, None);
        for (row, own) in self.of_row.iter().enumerate() {
            if Some(row) == still {
                continue;
            }
            match own {
                None => search.reach(row, cost, None),
                Some((column, _)) if goal == Goal::Column(*column) || gone == Some(*column) => {}
                Some((_, worth)) => search.reach(row, cost + worth, None),
            }
        }
    }
}

/// A row, and the column it takes with what that is worth; none when it stays alone.
type Step = Option<(usize, Option<(usize, i64)>)>;

/// A search under way.
struct Search {
    costs: Vec<i64>,
    before: Vec<Step>,
    queue: VecDeque<usize>,
    queued: Vec<bool>,
    rest: i64,
    cost: i64,
    last: Step,
}

impl Search {
    fn new(rows: usize) -> Self {
        Self {
            costs: vec![FAR; rows],
            before: vec![None; rows],
            queue: VecDeque::new(),
            queued: vec![false; rows],
            rest: FAR,
            cost: FAR,
            last: None,
        }
    }

    fn next(&mut self) -> Option<usize> {
        let row = self.queue.pop_front()?;
        self.queued[row] = false;
        Some(row)
    }

    fn reach(&mut self, row: usize, cost: i64, before: Step) {
        if cost < self.costs[row] {
            self.costs[row] = cost;
            self.before[row] = before;
            if !self.queued[row] {
                self.queued[row] = true;
                self.queue.push_back(row);
            }
        }
    }

    fn arrive(&mut self, cost: i64, last: Step) {
        if cost < self.cost {
            self.cost = cost;
            self.last = last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best sum over all assignments that do (or do not) have a pair, by trying all.
    fn brute(
        edges: &[Vec<(usize, i64)>],
        row: usize,
        used: &mut Vec<usize>,
        rule: &dyn Fn(usize, Option<usize>) -> bool,
    ) -> i64 {
        let Some(own) = edges.get(row) else { return 0 };
        let mut best = -FAR;
        if rule(row, None) {
            best = brute(edges, row + 1, used, rule);
        }
        for &(column, weight) in own {
            if !used.contains(&column) && rule(row, Some(column)) {
                used.push(column);
                best = best.max(weight + brute(edges, row + 1, used, rule));
                used.pop();
            }
        }
        best
    }

    fn edges() -> impl Strategy<Value = Vec<Vec<(usize, i64)>>> {
        let row = proptest::collection::btree_map(0usize..5, -6i64..12, 0..5);
        proptest::collection::vec(row.prop_map(|row| row.into_iter().collect()), 0..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn the_best_sum_and_every_margin_are_those_of_trying_all(edges in edges()) {
            let assignment = Assignment::new(edges.clone(), 5);
            let sum: i64 = assignment.of_row.iter().flatten().map(|(_, weight)| weight).sum();
            let best = brute(&edges, 0, &mut Vec::new(), &|_, _| true);
            prop_assert_eq!(sum, best);
            for (row, own) in edges.iter().enumerate() {
                for &(column, weight) in own {
                    let with = brute(&edges, 0, &mut Vec::new(), &|r, c| r != row || c == Some(column));
                    let without = brute(&edges, 0, &mut Vec::new(), &|r, c| r != row || c != Some(column));
                    prop_assert_eq!(assignment.margin(row, column, weight), with - without, "{} {}", row, column);
                }
            }
        }
    }
}

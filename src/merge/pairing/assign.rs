//! The best assignment of rows to columns, each at most once, where every row may also stay alone.
//!
//! Rows enter one by one, each by the shortest augmenting path with prices that keep all costs at or above
//! zero (Jonker and Volgenant's way, for sparse costs), so that a search only sees what it has to.
//! Weights are whole numbers, so that the same input gives the same assignment on every machine. The margin of
//! a pair is what the best assignment with it is worth above the best one without: one shortest path each,
//! by the same prices; nothing is solved anew.
//!
//! As a flow: a row sends one unit to a column or to the *rest*, a column takes one from a row or from the rest.
//! What can still be changed are the arcs row → column (at the cost of minus its weight), column → row for a
//! pair, row → rest and rest → column for paired ones, rest → row and column → rest for those that are alone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Rows assigned to columns so that the sum of the pairs' weights is greatest.
#[derive(Debug)]
pub(super) struct Assignment {
    /// For each row: the columns it may have, and what each is worth.
    edges: Vec<Vec<(usize, i64)>>,
    of_row: Vec<Option<(usize, i64)>>,
    of_column: Vec<Option<usize>>,
    /// The prices of all nodes: rows, columns, the rest (whose price is 0). Along every arc that can be changed,
    /// cost + price of its start − price of its end is at least 0.
    prices: Vec<i64>,
    /// The arcs from the rest, cheapest first.
    from_rest: Vec<(i64, usize)>,
    search: Search,
}

const FAR: i64 = i64::MAX / 4;
/// How far a margin is sought: plans of a hundred items are searched through, only very large ones are not.
const MOST_STEPS: usize = 400;

impl Assignment {
    /// Solves the assignment; pairs that are not named cannot be.
    pub(super) fn new(mut edges: Vec<Vec<(usize, i64)>>, columns: usize) -> Self {
        // What is worth less than nothing is in no best assignment: both would rather stay alone.
        edges.iter_mut().for_each(|row| row.retain(|(_, weight)| *weight > 0));
        let rows = edges.len();
        let nodes = rows + columns + 1;
        let mut assignment = Self {
            edges,
            of_row: vec![None; rows],
            of_column: vec![None; columns],
            prices: vec![0; nodes],
            from_rest: Vec::new(),
            search: Search::new(nodes),
        };
        for row in 0..rows {
            assignment.insert(row);
        }
        assignment.from_rest = assignment.arcs_from_rest();
        assignment
    }

    /// The column of a row.
    pub(super) fn column_of(&self, row: usize) -> Option<usize> {
        self.of_row[row].map(|(column, _)| column)
    }

    /// What the best assignment with a pair is worth above the best without it; below zero when it is not in the
    /// best. More than `most` is not told apart from `most`; less than `least` (of a pair that is not in the best)
    /// is none. Where very many could change places, a pair of the best may be told as less sure than it is, and
    /// another as none.
    pub(super) fn margin(&mut self, row: usize, column: usize, weight: i64, (least, most): (i64, i64)) -> Option<i64> {
        let (from, to) = (row, self.node(column));
        if self.column_of(row) == Some(column) {
            // Without the pair: the row finds another place and the column another row, or both stay alone.
            return Some(self.shortest(from, to, weight.min(most), MOST_STEPS).0);
        }
        // With the pair: whoever has the column finds another place, and what the row leaves is free.
        let reduced = self.prices[from] - weight - self.prices[to];
        let limit = -reduced - least;
        if limit < 0 {
            return None;
        }
        let (cost, found) = self.shortest(to, from, limit + 1, MOST_STEPS);
        (found && cost <= limit).then_some(-reduced - cost)
    }

    fn node(&self, column: usize) -> usize {
        self.edges.len() + column
    }

    fn rest(&self) -> usize {
        self.prices.len() - 1
    }

    fn insert(&mut self, row: usize) {
        let columns = self.edges[row].iter().map(|&(column, weight)| self.prices[self.node(column)] + weight);
        self.prices[row] = columns.fold(0, i64::max);
        let rest = self.rest();
        let (cost, _) = self.shortest(row, rest, FAR, usize::MAX);
        // What was reached on the way comes as near as the end is.
        for &node in &self.search.touched {
            if self.search.costs[node] < cost {
                self.prices[node] += self.search.costs[node] - cost;
            }
        }
        // Back from the end: each row on the way takes the column that it went to, or stays alone.
        let rows = self.edges.len();
        let mut to = rest;
        while to != row {
            let from = self.search.before[to];
            if from < rows {
                let pair = self.edges[from].iter().find(|(column, _)| rows + column == to).copied();
                self.of_row[from] = pair;
                if let Some((column, _)) = pair {
                    self.of_column[column] = Some(from);
                }
            }
            to = from;
        }
    }

    fn arcs_from_rest(&self) -> Vec<(i64, usize)> {
        let rows = (0..self.of_row.len()).filter(|&row| self.of_row[row].is_none());
        let columns = (0..self.of_column.len()).filter(|&column| self.of_column[column].is_some());
        let nodes = rows.chain(columns.map(|column| self.node(column)));
        let mut arcs: Vec<(i64, usize)> = nodes.map(|node| (-self.prices[node], node)).collect();
        arcs.sort_unstable();
        arcs
    }

    /// The cost, by prices, of the cheapest way from one node to another, at most `limit` (Dijkstra). After so many
    /// steps it is given up: then the cost is what it is at least, and the answer no.
    fn shortest(&mut self, from: usize, to: usize, limit: i64, mut steps: usize) -> (i64, bool) {
        let (rows, rest) = (self.edges.len(), self.rest());
        let search = &mut self.search;
        search.start(from, to, limit);
        while let Some((cost, node)) = search.next() {
            if steps == 0 {
                return (cost, false);
            }
            steps -= 1;
            if node == rest {
                for &(arc, end) in &self.from_rest {
                    if !search.reach(end, cost + arc, node) && cost + arc >= search.best() {
                        break;
                    }
                }
            } else if node >= rows {
                match self.of_column[node - rows] {
                    Some(holder) => search.reach(holder, cost, node),
                    None => search.reach(rest, cost + self.prices[node], node),
                };
            } else {
                let own = self.of_row[node].map(|(column, _)| column);
                // A row that is new has no place yet: it may stay alone, as one that has a column may.
                if own.is_some() || node == from {
                    search.reach(rest, cost + self.prices[node], node);
                }
                for &(column, weight) in &self.edges[node] {
                    if own != Some(column) {
                        let end = rows + column;
                        search.reach(end, cost + self.prices[node] - weight - self.prices[end], node);
                    }
                }
            }
        }
        (search.best(), true)
    }
}

/// A search under way; the room it needs is used again by the next.
#[derive(Debug)]
struct Search {
    costs: Vec<i64>,
    before: Vec<usize>,
    /// The nodes whose costs are not [`FAR`].
    touched: Vec<usize>,
    queue: BinaryHeap<Reverse<(i64, usize)>>,
    goal: usize,
    limit: i64,
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            costs: vec![FAR; nodes],
            before: vec![usize::MAX; nodes],
            touched: Vec::new(),
            queue: BinaryHeap::new(),
            goal: 0,
            limit: FAR,
        }
    }

    fn start(&mut self, from: usize, goal: usize, limit: i64) {
        for node in self.touched.drain(..) {
            self.costs[node] = FAR;
        }
        self.queue.clear();
        (self.goal, self.limit) = (goal, limit);
        self.reach(from, 0, from);
    }

    /// The cheapest way to the goal that is known.
    fn best(&self) -> i64 {
        self.costs[self.goal].min(self.limit)
    }

    /// The next nearest node; none when nothing cheaper than the best way is left.
    fn next(&mut self) -> Option<(i64, usize)> {
        while let Some(Reverse((cost, node))) = self.queue.pop() {
            if cost >= self.best() {
                return None;
            }
            if cost == self.costs[node] {
                return Some((cost, node));
            }
        }
        None
    }

    /// Whether this way to a node is cheaper than those that are known.
    fn reach(&mut self, node: usize, cost: i64, before: usize) -> bool {
        if cost >= self.costs[node] || cost >= self.best() {
            return false;
        }
        if self.costs[node] == FAR {
            self.touched.push(node);
        }
        (self.costs[node], self.before[node]) = (cost, before);
        if node != self.goal {
            self.queue.push(Reverse((cost, node)));
        }
        true
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
            let mut assignment = Assignment::new(edges.clone(), 5);
            let sum: i64 = assignment.of_row.iter().flatten().map(|(_, weight)| weight).sum();
            let best = brute(&edges, 0, &mut Vec::new(), &|_, _| true);
            prop_assert_eq!(sum, best);
            for (row, own) in edges.iter().enumerate() {
                for &(column, weight) in own {
                    let with = brute(&edges, 0, &mut Vec::new(), &|r, c| r != row || c == Some(column));
                    let without = brute(&edges, 0, &mut Vec::new(), &|r, c| r != row || c != Some(column));
                    let margin = with - without;
                    let far = (-FAR / 2, FAR);
                    prop_assert_eq!(assignment.margin(row, column, weight, far), Some(margin), "{} {}", row, column);
                    let near = assignment.margin(row, column, weight, (-3, 4));
                    let wanted = (margin >= -3 || assignment.column_of(row) == Some(column)).then_some(margin.min(4));
                    prop_assert_eq!(near, wanted, "{} {}", row, column);
                }
            }
        }
    }
}

//! What is drawn over a table belongs to the cell that holds its centre.
//!
//! A row's height in the file is the least it may have: text makes it higher. So the rows are laid out as they
//! are written and as they come out with narrower and wider letters. Where all agree on the row there is no
//! question; where they do not, the layout under which the signs stand alike in their rows is the one the
//! author saw. Where that tells nothing, the row is not known, and nothing is guessed.

use std::collections::BTreeSet;

use crate::page::{Inline, Mark, Node, Paragraph, Rect};
use crate::read::ooxml::Theme;

use super::measure::{CellText, Prepared, SetParagraph, Type, upper_margin};
use super::shapes::{Found, What};
use super::table::GridTable;
use super::text::Levels;

/// A sign is no wider and no higher than this.
const LARGEST_SIGN: f32 = 72.0;
/// Signs that stand alike in their rows differ by no more than this, in points.
const ALIKE: f32 = 2.5;
/// What a program places by a formula differs by no more than this.
const EXACT: f32 = 0.5;
/// A sign this small beside a text outside every table is its legend.
const LEGEND_GAP: f32 = 20.0;

/// What became of the things on a slide.
pub(super) struct Overlays<'t> {
    pub(super) rest: Vec<Found<'t>>,
    /// Where something lies over a table at a row that is not known.
    pub(super) unknown: Vec<Rect>,
}

/// Puts what lies over a table into its cells; the rest comes back in its order.
pub(super) fn settle<'t>(found: Vec<Found<'t>>, levels: &Levels, theme: &Theme) -> Overlays<'t> {
    let (mut tables, mut others): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    for (index, Found { rect, what }) in found.into_iter().enumerate() {
        match what {
            What::Table(table) => tables.push((index, table)),
            what => others.push((index, Found { rect, what })),
        }
    }
    let mut unknown = Vec::new();
    if tables.is_empty() {
        others.retain(|(_, other)| !matches!(other.what, What::Mark(_)));
    }
    for (_, table) in &mut tables {
        let over: Vec<(usize, Found<'t>)>;
        (over, others) = others.into_iter().partition(|(_, other)| may_lie_over(other, table));
        if over.is_empty() {
            continue;
        }
        let texts = prepare(table, levels, theme);
        let layouts = Layouts::of(table, &texts);
        let (over, below): (Vec<_>, Vec<_>) =
            over.into_iter().partition(|(_, other)| centre(other.rect).1 <= layouts.lowest() + 1.0);
        others.extend(below);
        let rects: Vec<Rect> = over.iter().map(|(_, other)| other.rect).collect();
        let (rows, layout) = layouts.rows(&rects, table, &texts);
        let mut settled = Vec::new();
        for ((index, other), row) in over.into_iter().zip(rows) {
            match row {
                Some(row) => settled.push((row, other)),
                None => {
                    // A light that is left outside is told of as such when the plan is read.
                    if !matches!(other.what, What::Mark(Mark::Ellipse { .. })) {
                        unknown.push(other.rect);
                    }
                    others.push((index, other));
                }
            }
        }
        place(settled, table, &layouts.all[layout], &texts);
    }
    let legends: Vec<Rect> = others
        .iter()
        .filter(|(_, other)| matches!(other.what, What::Text { .. } | What::Title(_)))
        .map(|(_, other)| other.rect)
        .collect();
    others.retain(|(_, other)| match &other.what {
        What::Mark(Mark::Ellipse { .. }) => {
            let small = other.rect.width <= LARGEST_SIGN && other.rect.height <= LARGEST_SIGN;
            small && !legends.iter().any(|text| is_beside(other.rect, *text))
        }
        What::Mark(_) => false,
        _ => true,
    });
    others
        .extend(tables.into_iter().map(|(index, table)| (index, Found { rect: table.rect, what: What::Table(table) })));
    others.sort_by_key(|(index, _)| *index);
    Overlays { rest: others.into_iter().map(|(_, other)| other).collect(), unknown }
}

fn centre(rect: Rect) -> (f32, f32) {
    (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0)
}

fn is_beside(mark: Rect, text: Rect) -> bool {
    let (_, y) = centre(mark);
    let gap = text.x - (mark.x + mark.width);
    (text.y..=text.y + text.height).contains(&y) && (-mark.width..=LEGEND_GAP).contains(&gap)
}

/// Whether something small lies between the left and right edge of a table, below its upper edge.
fn may_lie_over(other: &Found<'_>, table: &GridTable<'_>) -> bool {
    let (x, y) = centre(other.rect);
    let Some(column) = column_at(table, x) else { return false };
    let width = table.edges[column + 1] - table.edges[column];
    let small = match &other.what {
        What::Mark(Mark::Ellipse { fill: Some(_), .. } | Mark::Shape { fill: Some(_), .. } | Mark::Picture { .. }) => {
            other.rect.width <= LARGEST_SIGN.min(width * 1.5) && other.rect.height <= LARGEST_SIGN
        }
        What::Text { .. } => {
            let inside = other.rect.x >= table.edges[column] - width * 0.15
                && other.rect.x + other.rect.width <= table.edges[column + 1] + width * 0.15;
            inside && other.rect.height <= table.rect.height.max(LARGEST_SIGN)
        }
        _ => false,
    };
    small && y >= table.rect.y
}

/// The column of the grid at a place across.
fn column_at(table: &GridTable<'_>, x: f32) -> Option<usize> {
    table.edges.windows(2).position(|pair| pair[0] <= x && x < pair[1])
}

/// The rows of a table as they may come out: where each begins, and where the last ends.
struct Layouts {
    all: Vec<Layout>,
}

#[derive(Clone)]
struct Layout {
    edges: Vec<f32>,
    with: Type,
}

/// The text of each cell, ready to be set: row, cell in the row.
type Texts = Vec<Vec<Prepared>>;

fn prepare(table: &GridTable<'_>, levels: &Levels, theme: &Theme) -> Texts {
    let row =
        |cells: &Vec<CellText<'_>>| cells.iter().map(|cell| Prepared::new(cell, &table.edges, levels, theme)).collect();
    table.texts.iter().map(row).collect()
}

impl Layout {
    fn row_at(&self, y: f32) -> Option<usize> {
        self.edges.windows(2).position(|pair| pair[0] <= y && y < pair[1])
    }
}

impl Layouts {
    /// As written first, then with the letters and lines of the fonts that are in use.
    fn of(table: &GridTable<'_>, texts: &Texts) -> Self {
        let with = Type { wide: 0.95, high: 1.2 };
        let written = Layout { edges: edges(table.rect.y, &table.heights), with };
        let mut all = vec![written];
        for high in [1.15, 1.22] {
            for wide in [0.84, 0.88, 0.92, 0.96, 1.0, 1.04, 1.08] {
                let with = Type { wide, high };
                let heights = grown(table, texts, with);
                all.push(Layout { edges: edges(table.rect.y, &heights), with });
            }
        }
        Self { all }
    }

    fn lowest(&self) -> f32 {
        self.all.iter().filter_map(|layout| layout.edges.last().copied()).fold(f32::NEG_INFINITY, f32::max)
    }

    /// The row of each thing, and the layout that says so.
    fn rows(&self, rects: &[Rect], table: &GridTable<'_>, texts: &Texts) -> (Vec<Option<usize>>, usize) {
        let ways: Vec<Vec<Option<usize>>> = self
            .all
            .iter()
            .map(|layout| {
                // Below the last line of the last row is still the last row: it is where the table ends in doubt.
                let at = |rect: &Rect| layout.row_at(centre(*rect).1).or_else(|| layout.edges.len().checked_sub(2));
                rects.iter().map(at).collect()
            })
            .collect();
        if ways.iter().all(|way| *way == ways[0]) {
            // The text is where the file says, if it says enough; else where it comes to stand.
            return (ways[0].clone(), 0);
        }
        let agreed =
            |index: usize| ways.iter().all(|way| way[index] == ways[0][index]).then(|| ways[0][index]).flatten();
        let rows_of = |way: &[Option<usize>]| way.iter().flatten().collect::<BTreeSet<_>>().len();
        let costs: Vec<f32> = self.all.iter().zip(&ways).map(|(layout, way)| layout.unlikeness(rects, way)).collect();
        let alike: Vec<usize> =
            (0..ways.len()).filter(|&index| rows_of(&ways[index]) > 1 && costs[index] <= ALIKE).collect();
        // Exactly alike as written, or exactly where a cell's text or a paragraph in it begins: no chance.
        let written = &self.all[0];
        let inside = rects.iter().all(|rect| written.row_at(centre(*rect).1).is_some());
        let exactly = || {
            costs[0] <= EXACT && rows_of(&ways[0]) > 1
                || written.starts_exactly(rects, &ways[0], table)
                || written.stand_at_lines(rects, &ways[0], table, texts)
        };
        if inside && exactly() {
            return (ways[0].clone(), 0);
        }
        if let Some(&best) = alike.iter().min_by(|&&a, &&b| costs[a].total_cmp(&costs[b]))
            && alike.iter().all(|&index| ways[index] == ways[best])
        {
            return (ways[best].clone(), best);
        }
        // As many signs as rows, from top to bottom, each in its own under some layout.
        let heads = usize::from(table.table.rows.first().is_some_and(|row| row.heading));
        let mut order: Vec<usize> = (0..rects.len()).collect();
        order.sort_by(|&a, &b| rects[a].y.total_cmp(&rects[b].y));
        if rects.len() > 1 && rects.len() + heads == table.table.rows.len() {
            let mut one_each = vec![None; rects.len()];
            order.iter().enumerate().for_each(|(row, &index)| one_each[index] = Some(row + heads));
            if let Some(layout) = ways.iter().position(|way| *way == one_each) {
                return (one_each, layout);
            }
        }
        ((0..rects.len()).map(agreed).collect(), 0)
    }
}

impl Layout {
    /// How differently things stand in their rows: from the upper edge, or from the middle, whichever is less.
    /// Of several in a row the uppermost counts: the others stand at later lines.
    fn unlikeness(&self, rects: &[Rect], rows: &[Option<usize>]) -> f32 {
        let uppermost = self.uppermost(rects, rows);
        if uppermost.len() < rects.len() && rows.iter().any(Option::is_none) {
            return f32::INFINITY;
        }
        let spread = |of: &dyn Fn(Rect, f32, f32) -> f32| {
            let offsets = uppermost.iter().map(|(row, rect)| of(*rect, self.edges[*row], self.edges[*row + 1]));
            let (least, most) = offsets.fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), offset| {
                (least.min(offset), most.max(offset))
            });
            if most.is_finite() { most - least } else { f32::INFINITY }
        };
        let from_top = spread(&|rect, top, _| rect.y - top);
        let from_middle = spread(&|rect, top, bottom| centre(rect).1 - f32::midpoint(top, bottom));
        from_top.min(from_middle)
    }

    /// The uppermost thing of each row.
    fn uppermost(&self, rects: &[Rect], rows: &[Option<usize>]) -> Vec<(usize, Rect)> {
        let mut found: Vec<(usize, Rect)> = Vec::new();
        for (rect, row) in rects.iter().zip(rows) {
            let Some(row) = *row else { continue };
            match found.iter_mut().find(|(known, _)| *known == row) {
                Some((_, upper)) if rect.y < upper.y => *upper = *rect,
                Some(_) => {}
                None => found.push((row, *rect)),
            }
        }
        found
    }

    /// Whether everything uppermost in its row stands right where its cell's text begins, at the margin.
    fn starts_exactly(&self, rects: &[Rect], rows: &[Option<usize>], table: &GridTable<'_>) -> bool {
        self.uppermost(rects, rows).into_iter().all(|(row, rect)| {
            let cell = column_at(table, centre(rect).0).and_then(|column| owner(table, row, column));
            let cell = cell.filter(|(own, _)| *own == row).map(|(row, cell)| &table.texts[row][cell]);
            cell.is_some_and(|cell| (rect.y - self.edges[row] - upper_margin(cell)).abs() <= EXACT)
        })
    }
}

impl Layout {
    /// Whether everything stands at the first line of a paragraph, each as far from its upper edge as the others.
    fn stand_at_lines(&self, rects: &[Rect], rows: &[Option<usize>], table: &GridTable<'_>, texts: &Texts) -> bool {
        let offset = |(rect, row): (&Rect, &Option<usize>)| {
            let row = (*row)?;
            let column = column_at(table, centre(*rect).0)?;
            let (own, cell) = owner(table, row, column).filter(|(own, _)| *own == row)?;
            let down = rect.y - self.edges[row];
            let (set, _) = texts[own][cell].set(self.with);
            let above = set.iter().map(|line| down - line.top);
            above.filter(|above| (-EXACT..rect.height).contains(above)).min_by(f32::total_cmp)
        };
        let offsets: Option<Vec<f32>> = rects.iter().zip(rows).map(offset).collect();
        offsets.is_some_and(|offsets| {
            let least = offsets.iter().copied().fold(f32::INFINITY, f32::min);
            rects.len() > 1 && offsets.iter().all(|offset| offset - least <= EXACT)
        })
    }
}

fn edges(top: f32, heights: &[f32]) -> Vec<f32> {
    let mut edges = vec![top];
    let mut down = top;
    for height in heights {
        down += height;
        edges.push(down);
    }
    edges
}

/// The heights of the rows with their text set.
fn grown(table: &GridTable<'_>, texts: &Texts, with: Type) -> Vec<f32> {
    let mut heights = table.heights.clone();
    let mut spanning = Vec::new();
    for (row, texts) in texts.iter().enumerate() {
        for cell in texts {
            let (_, needed) = cell.set(with);
            if cell.rowspan == 1 {
                heights[row] = heights[row].max(needed);
            } else {
                spanning.push((row, cell.rowspan, needed));
            }
        }
    }
    for (row, rowspan, needed) in spanning {
        let last = (row + rowspan).min(heights.len());
        let have: f32 = heights[row..last].iter().sum();
        if let Some(height) = heights[row..last].last_mut() {
            *height += (needed - have).max(0.0);
        }
    }
    heights
}

/// Puts things into the cells of their rows.
fn place(mut settled: Vec<(usize, Found<'_>)>, table: &mut GridTable<'_>, layout: &Layout, texts: &Texts) {
    settled.sort_by(|(_, a), (_, b)| {
        let key = |found: &Found<'_>| matches!(found.what, What::Text { .. });
        key(a).cmp(&key(b)).then(a.rect.y.total_cmp(&b.rect.y)).then(a.rect.x.total_cmp(&b.rect.x))
    });
    let mut cells: Vec<((usize, usize), Vec<Found<'_>>)> = Vec::new();
    for (row, found) in settled {
        let Some(column) = column_at(table, centre(found.rect).0) else { continue };
        let Some(cell) = owner(table, row, column) else { continue };
        match cells.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, all)) => all.push(found),
            None => cells.push((cell, vec![found])),
        }
    }
    for ((row, cell), all) in cells {
        let text = table.texts[row][cell];
        let (mut set, needed) = texts[row][cell].set(layout.with);
        let last = (row + text.rowspan).min(layout.edges.len() - 1);
        let spare = (layout.edges[last] - layout.edges[row] - needed).max(0.0);
        let shift = match text.properties.and_then(|p| p.attribute(crate::read::ooxml::Ns::None, "anchor")) {
            Some("ctr") => spare / 2.0,
            Some("b") => spare,
            _ => 0.0,
        };
        let corner = (table.edges[text.column], layout.edges[row] + shift);
        set.iter_mut().for_each(|line| line.first_line += corner.0);
        fill(&mut table.table.rows[row].cells[cell].nodes, all, &set, corner.1);
    }
}

/// The cell, by row and number in the row, that covers a place of the grid.
fn owner(table: &GridTable<'_>, row: usize, column: usize) -> Option<(usize, usize)> {
    (0..=row).rev().find_map(|above| {
        let covers = |cell: &crate::page::Cell| {
            (cell.column..cell.column + cell.colspan).contains(&column) && above + cell.rowspan > row
        };
        let cell = table.table.rows.get(above)?.cells.iter().position(covers)?;
        Some((above, cell))
    })
}

/// Adds what lies over a cell to its text: a sign to the line it stands at, a text after the rest.
fn fill(nodes: &mut Vec<Node>, all: Vec<Found<'_>>, set: &[SetParagraph], top: f32) {
    // Signs with the paragraph they stand before; all of one line in one place.
    let mut own_lines: Vec<(usize, Rect, Vec<Inline>)> = Vec::new();
    let mut at_start: Vec<(usize, Mark)> = Vec::new();
    let blank = nodes.iter().all(super::beside::is_blank);
    for Found { rect, what } in all {
        match what {
            What::Mark(mark) => {
                let down = centre(rect).1 - top;
                let line = set.iter().position(|line| down < line.bottom).unwrap_or(set.len());
                let line = if blank && !nodes.is_empty() { 0 } else { line };
                let paragraph = match nodes.get(line) {
                    Some(Node::Paragraph(paragraph)) => Some(paragraph),
                    _ => None,
                };
                let text = paragraph.map(Paragraph::text).unwrap_or_default();
                let reserved = text.trim().is_empty() || text.starts_with("  ") || text.starts_with('\u{a0}');
                let after = set.get(line).is_some_and(|line| rect.x >= line.first_line - 1.0);
                if let (Some(_), true) = (paragraph, reserved) {
                    at_start.push((line, mark));
                } else if let (Some(Node::Paragraph(paragraph)), true) = (nodes.get_mut(line), after) {
                    paragraph.inlines.push(Inline::Mark(mark));
                } else {
                    let same = |(at, other, _): &(usize, Rect, _)| {
                        *at == line && (centre(*other).1 - centre(rect).1).abs() < rect.height / 2.0
                    };
                    match own_lines.iter_mut().find(|own| same(own)) {
                        Some((_, _, inlines)) => inlines.push(Inline::Mark(mark)),
                        None => own_lines.push((line, rect, vec![Inline::Mark(mark)])),
                    }
                }
            }
            What::Text { nodes: text, mark } => {
                let mut text: Vec<Node> = text.into_iter().filter(|node| !super::beside::is_blank(node)).collect();
                if let (Some(Node::Paragraph(first)), Some(mark)) = (text.first_mut(), mark) {
                    first.inlines.insert(0, Inline::Mark(mark));
                }
                let beside = |other: &Rect| {
                    let y = centre(*other).1;
                    (rect.y..=rect.y + rect.height).contains(&y)
                };
                match (own_lines.iter_mut().find(|(_, other, _)| beside(other)), text.as_mut_slice()) {
                    (Some((_, _, inlines)), [Node::Paragraph(only)]) => inlines.append(&mut only.inlines),
                    _ => nodes.append(&mut text),
                }
            }
            _ => {}
        }
    }
    for (line, mark) in at_start.into_iter().rev() {
        if let Some(Node::Paragraph(paragraph)) = nodes.get_mut(line) {
            paragraph.inlines.insert(0, Inline::Mark(mark));
        }
    }
    let place = nodes.iter().find_map(|node| match node {
        Node::Paragraph(paragraph) => Some(paragraph.place.clone()),
        Node::Table(_) => None,
    });
    own_lines.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.y.total_cmp(&a.1.y)));
    for (line, _, inlines) in own_lines {
        let paragraph = Paragraph { inlines, place: place.clone().unwrap_or_default(), ..Paragraph::default() };
        nodes.insert(line.min(nodes.len()), Node::Paragraph(paragraph));
    }
}

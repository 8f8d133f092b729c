//! One page: words into cells, cells into tables, the rest into paragraphs, all in reading order.

use super::aligned;
use super::diagrams;
use super::flow::{self, Block};
use super::geometry::Area;
use super::grid::{Found, Grid};
use super::headings::{self, Sizes};
use super::hyphens::Vocabulary;
use super::lines::{self, Item, Line};
use super::paragraphs::{self, Setting};
use super::prose;
use super::words::{Word, turned_area, unturned};
use super::{Laid, Sheet};
use crate::page::{Cell, Node, Place, Rgb, Row, Table};

/// Where a word stands: a grid and one of its cells.
type Home = Option<(usize, usize)>;

/// All tables of a page: what lines draw, tables of text, tables by alignment.
pub(super) fn tables(sheet: &Sheet, running: &[bool], before: Option<&Grid>) -> Vec<Grid> {
    let mut grids = sheet.grids.clone();
    let upright: Vec<Item> = sheet
        .words
        .iter()
        .enumerate()
        .filter(|(index, word)| word.turn == 0 && !running.get(*index).copied().unwrap_or(false))
        .map(|(_, word)| Item::Word(word.clone()))
        .collect();
    let (across, fills) = (&sheet.across, &sheet.fills);
    let lines = lines::lines(upright);
    let prose = prose::grids(&prose::Scene { lines: &lines, ruled: &sheet.drawn, across, fills, before });
    // What lines drew of such a table is part of it.
    grids.retain(|grid| prose.iter().all(|whole| grid.area.common(whole.area).size() <= 0.3 * grid.area.size()));
    grids.extend(prose);
    let in_grid = |item: &Item| grids.iter().any(|grid| grid.area.holds(item.area().centre()));
    let loose: Vec<Item> = lines.into_iter().flat_map(|line| line.items).filter(|item| !in_grid(item)).collect();
    let known: Vec<Area> = grids.iter().map(|grid| grid.area).collect();
    grids.extend(
        aligned::grids(&lines::lines(loose), across)
            .into_iter()
            .filter(|grid| !diagrams::covers(&sheet.diagrams, grid.area))
            .filter(|grid| known.iter().all(|area| area.common(grid.area).size() <= 0.0)),
    );
    grids
}

pub(super) fn lay_out(
    sheet: Sheet,
    grids: &[Grid],
    running: &[bool],
    vocabulary: &Vocabulary,
    sizes: &mut Sizes,
) -> Laid {
    let Sheet { number, size, words, fills, lights, links, .. } = sheet;
    let setting = Setting { page: number, vocabulary, links: &links };
    let finders: Vec<Finder> = grids.iter().map(Finder::new).collect();
    let mut in_cells: Vec<Vec<Vec<Item>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut outside = Vec::new();
    for (index, word) in words.into_iter().enumerate() {
        if running.get(index).copied().unwrap_or(false) {
            continue;
        }
        place(Item::Word(word), 0.0, grids, &finders, &mut in_cells, &mut outside);
    }
    for (mark, area) in lights {
        place(Item::Mark(mark, area), 0.6 * area.width(), grids, &finders, &mut in_cells, &mut outside);
    }
    let shown: Vec<bool> = in_cells.iter().map(|cells| cells.iter().any(|items| !items.is_empty())).collect();
    // A grid inside another one's cell is a table in that cell. Grids come from the largest on.
    let homes: Vec<Home> = (0..grids.len())
        .map(|index| {
            let area = grids[index].area;
            (0..index).rev().filter(|&outer| grids[outer].area.grown(1.0).contains(area)).find_map(|outer| {
                let cell = finders[outer].cell(&grids[outer], area.centre(), 0.0)?;
                grids[outer].cells[cell].area.grown(2.0).contains(area).then_some((outer, cell))
            })
        })
        .collect();
    let mut tables: Vec<Option<Table>> = vec![None; grids.len()];
    for index in (0..grids.len()).rev() {
        let mut inner: Vec<(usize, Area, Table)> = Vec::new();
        for (child, home) in homes.iter().enumerate() {
            if let (Some((outer, cell)), true) = (home, home.is_some_and(|(outer, _)| outer == index)) {
                debug_assert_eq!(*outer, index);
                if let Some(table) = tables[child].take() {
                    inner.push((*cell, grids[child].area, table));
                }
            }
        }
        if shown[index] || !inner.is_empty() {
            tables[index] = Some(table(&grids[index], std::mem::take(&mut in_cells[index]), inner, &fills, &setting));
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (index, home) in homes.iter().enumerate() {
        if home.is_none() && tables[index].is_some() {
            blocks.push(Block::Table(index, grids[index].area));
        }
    }
    let (upright, slanted): (Vec<Item>, Vec<Item>) =
        outside.into_iter().partition(|item| !matches!(item, Item::Word(word) if word.turn != 0));
    for line in lines::lines(upright) {
        let widest = (1.1 * line.size).max(6.0);
        blocks.extend(line.split(widest).into_iter().map(Block::Line));
    }
    let mut laid = Laid::default();
    let page = Area { x0: 0.0, y0: 0.0, x1: size.0, y1: size.1 };
    for group in flow::order(blocks) {
        let mut group_lines: Vec<Line> = Vec::new();
        for block in group {
            match block {
                Block::Line(line) => group_lines.push(line),
                Block::Table(index, _) => {
                    if laid.nodes.is_empty() {
                        laid.first = Some(grids[index].clone());
                    }
                    laid.last = Some(grids[index].clone());
                    laid.nodes.extend(tables[index].take().map(Node::Table));
                }
            }
        }
        if !group_lines.is_empty() {
            laid.last = None;
            for (size, paragraph) in flowing(group_lines, None, &setting) {
                if let Some(key) = headings::key(&paragraph) {
                    sizes.insert(key, size);
                }
                laid.nodes.push(Node::Paragraph(paragraph));
            }
        }
    }
    if !slanted.is_empty() {
        laid.nodes.extend(turned_nodes(&slanted, page, &setting));
    }
    laid
}

/// Paragraphs of lines whose parts on one baseline belong together.
fn flowing(mut parts: Vec<Line>, column: Option<Area>, setting: &Setting<'_>) -> Vec<(f32, crate::page::Paragraph)> {
    let items: Vec<Item> = parts.drain(..).flat_map(|line| line.items).collect();
    let lines = lines::lines(items);
    let sizes: Vec<(Area, f32)> = lines.iter().map(|line| (line.area, line.size)).collect();
    let size_in =
        |area: Area| sizes.iter().find(|(line, _)| area.grown(0.5).holds(line.centre())).map_or(0.0, |&(_, size)| size);
    paragraphs::paragraphs(lines, column, setting).into_iter().map(|(area, found)| (size_in(area), found)).collect()
}

fn place(
    item: Item,
    reach: f32,
    grids: &[Grid],
    finders: &[Finder],
    in_cells: &mut [Vec<Vec<Item>>],
    outside: &mut Vec<Item>,
) {
    let centre = item.area().centre();
    for index in (0..grids.len()).rev() {
        if let Some(cell) = finders[index].cell(&grids[index], centre, reach) {
            in_cells[index][cell].push(item);
            return;
        }
    }
    outside.push(item);
}

/// Which cell a point lies in.
pub(super) struct Finder {
    /// For each square of the grid, its cell.
    squares: Vec<Option<usize>>,
}

impl Finder {
    pub(super) fn new(grid: &Grid) -> Self {
        let columns = grid.xs.len() - 1;
        let mut squares = vec![None; columns * (grid.ys.len() - 1)];
        for (index, cell) in grid.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.rowspan {
                for column in cell.column..cell.column + cell.colspan {
                    squares[row * columns + column] = Some(index);
                }
            }
        }
        Self { squares }
    }

    pub(super) fn cell(&self, grid: &Grid, (x, y): (f32, f32), reach: f32) -> Option<usize> {
        if !grid.area.grown(reach.max(0.5)).holds((x, y)) {
            return None;
        }
        let columns = grid.xs.len() - 1;
        let column = grid.xs.partition_point(|&edge| edge <= x).saturating_sub(1).min(columns - 1);
        let row = grid.ys.partition_point(|&edge| edge <= y).saturating_sub(1).min(grid.ys.len() - 2);
        self.squares[row * columns + column]
    }
}

fn table(
    grid: &Grid,
    items: Vec<Vec<Item>>,
    mut inner: Vec<(usize, Area, Table)>,
    fills: &[(Area, Rgb)],
    setting: &Setting<'_>,
) -> Table {
    let place = |area: Area| Place::Page { page: setting.page, rect: Some(area.into()) };
    let mut rows: Vec<Row> = grid
        .ys
        .windows(2)
        .map(|edges| Row { place: place(Area { y0: edges[0], y1: edges[1], ..grid.area }), ..Row::default() })
        .collect();
    let reaches = reaches(grid, &items);
    for (index, (cell, items)) in grid.cells.iter().zip(items).enumerate() {
        let reach = reaches.get(cell.column).copied().filter(|_| cell.colspan == 1);
        let mut nodes = cell_nodes(items, cell.area, reach, setting);
        while let Some(found) = inner.iter().position(|(home, ..)| *home == index) {
            let (_, area, table) = inner.swap_remove(found);
            let before = nodes.iter().position(|(other, _)| other.y0 > area.y0).unwrap_or(nodes.len());
            nodes.insert(before, (area, Node::Table(table)));
        }
        rows[cell.row].cells.push(Cell {
            column: cell.column,
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            nodes: nodes.into_iter().map(|(_, node)| node).collect(),
            fill: fill(cell.area, fills),
            ..Cell::default()
        });
    }
    Table { rows, caption: None, place: place(grid.area) }
}

/// How far the text of each column reaches, where no line is drawn that shows it.
fn reaches(grid: &Grid, items: &[Vec<Item>]) -> Vec<f32> {
    if grid.found == Found::Ruled {
        return Vec::new();
    }
    let mut reaches = vec![f32::MIN; grid.xs.len() - 1];
    for (cell, items) in grid.cells.iter().zip(items).filter(|(cell, _)| cell.colspan == 1) {
        let end = items.iter().map(|item| item.area().x1).fold(f32::MIN, f32::max);
        reaches[cell.column] = reaches[cell.column].max(end.min(cell.area.x1));
    }
    reaches
}

fn cell_nodes(items: Vec<Item>, area: Area, reach: Option<f32>, setting: &Setting<'_>) -> Vec<(Area, Node)> {
    let (upright, slanted): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|item| !matches!(item, Item::Word(word) if word.turn != 0));
    let mut nodes: Vec<(Area, Node)> = paragraphs::paragraphs_within(lines::lines(upright), Some(area), reach, setting)
        .into_iter()
        .map(|(area, paragraph)| (area, Node::Paragraph(paragraph)))
        .collect();
    nodes.extend(turned_nodes(&slanted, area, setting).into_iter().map(|node| (area, node)));
    nodes
}

/// Text that runs upwards, downwards or aslant, each way on its own.
fn turned_nodes(items: &[Item], area: Area, setting: &Setting<'_>) -> Vec<Node> {
    let mut nodes = Vec::new();
    for turn in 1..=4 {
        let words: Vec<Item> = items
            .iter()
            .filter_map(|item| match item {
                Item::Word(word) if word.turn == turn => {
                    Some(Item::Word(Word { area: turned_area(word.area, turn), ..word.clone() }))
                }
                _ => None,
            })
            .collect();
        if words.is_empty() {
            continue;
        }
        let column = turned_area(area, turn);
        let back = unturned(turn);
        for (found, mut paragraph) in paragraphs::paragraphs(lines::lines(words), Some(column), setting) {
            let rect = turned_area(found, back);
            paragraph.place = Place::Page { page: setting.page, rect: Some(rect.into()) };
            nodes.push(Node::Paragraph(paragraph));
        }
    }
    nodes
}

/// The shading of a cell: the last painted box that covers most of it.
fn fill(cell: Area, fills: &[(Area, Rgb)]) -> Option<Rgb> {
    let inner = cell.grown(-1.0);
    fills
        .iter()
        .rev()
        .find(|(area, _)| area.common(inner).size() > 0.6 * inner.size().max(1.0))
        .map(|&(_, colour)| colour)
        .filter(|&colour| colour.hsl().2 < 0.985)
}

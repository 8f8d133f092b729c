//! Tables: rows that break over pages, under headings that every page repeats.

use super::blocks::{self, Laid};
use super::content;
use super::flow::{Anchor, Bookmark, Flow, Mark};
use super::look::{self, HEADING_FILL, LINE, PADDING, RULE, Sheet, TABLE_HEADING, TABLE_TEXT, WHOLE_ROW};
use super::outline;
use super::tags::{Element, Kind};

/// A cell's lines, and how many of them stand on earlier pages.
struct Cell {
    lines: Vec<Laid>,
    done: usize,
}

struct Grid {
    /// The columns' edges.
    edges: Vec<f32>,
    heading: Vec<Vec<Laid>>,
    heading_height: f32,
}

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &content::Table) {
        let edges = edges(table, &self.sheet);
        let element = self.tags.add(Kind::Table(outline::shortened(&table.summary)), None);
        let mut bookmark = table.bookmark.as_ref();
        let head = self.tags.add(Kind::TableHead, Some(element));
        let row = self.tags.add(Kind::TableRow, Some(head));
        let heading: Vec<Vec<Laid>> = table
            .columns
            .iter()
            .zip(edges.windows(2))
            .map(|((_, text), edge)| {
                let cell = self.tags.add(Kind::HeadingCell, Some(row));
                let piece = content::Piece::Text { text: text.clone(), bold: false, italic: false, link: None };
                blocks::paragraph(&[piece], inner(edge), &TABLE_HEADING, cell, self.fonts, &mut self.tags)
            })
            .collect();
        let heading_height = PADDING.0 + tallest(&heading) + PADDING.2;
        let mut grid = Grid { edges, heading, heading_height };
        if heading_height > 0.4 * self.sheet.room() {
            // Headings that leave no room for what they stand over are not repeated, and may break over pages.
            self.place_waiting(0.0);
            let cells = std::mem::take(&mut grid.heading).into_iter().map(|lines| Cell { lines, done: 0 }).collect();
            grid.heading_height = 0.0;
            self.across(self.y);
            self.pour(cells, Vec::new(), &grid);
        }
        let body = self.tags.add(Kind::TableBody, Some(element));
        let mut begun = false;
        for row in &table.rows {
            self.row(row, &grid, body, &mut begun, bookmark.take());
        }
        if !begun {
            self.place_waiting(grid.heading_height);
            self.heading(&grid, true);
        }
        self.y += 9.0;
    }

    fn heading(&mut self, grid: &Grid, real: bool) {
        if grid.heading.is_empty() {
            return;
        }
        let (top, height) = (self.y, grid.heading_height);
        self.mark(Mark::Fill {
            at: (self.sheet.left, top),
            size: (self.sheet.measure(), height),
            colour: HEADING_FILL,
        });
        for (lines, edge) in grid.heading.iter().zip(grid.edges.windows(2)) {
            let mut y = top + PADDING.0;
            for line in lines {
                self.line(line.clone(), edge[0] + PADDING.1, y, real);
                y += line.height;
            }
        }
        self.across(top);
        self.frame(grid, top, top + height);
        self.across(top + height);
        self.y = top + height;
    }

    fn row(&mut self, row: &content::Row, grid: &Grid, body: Element, begun: &mut bool, bookmark: Option<&String>) {
        let element = self.tags.add(Kind::TableRow, Some(body));
        let mut elements = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        for (content, edge) in row.cells.iter().zip(grid.edges.windows(2)) {
            let cell = self.tags.add(Kind::Cell, Some(element));
            elements.push(cell);
            let lines = blocks::lay(content, inner(edge), &TABLE_TEXT, Some(cell), self.fonts, &mut self.tags);
            cells.push(Cell { lines, done: 0 });
        }
        let whole = height(&cells);
        let room_on_new_page = self.sheet.room() - grid.heading_height;
        let keep = whole < (WHOLE_ROW * self.sheet.room()).min(room_on_new_page);
        // So much must stand on this page for the row to begin here.
        let first = if keep { whole } else { (PADDING.0 + 3.0 * 11.2 + PADDING.2).min(whole) };
        if *begun {
            if self.y + first > self.sheet.bottom()
                || !keep && self.y + whole > self.sheet.bottom() && !self.can_begin(&cells)
            {
                self.next_page(grid);
            }
        } else {
            self.place_waiting(grid.heading_height + first);
            if let Some(text) = bookmark {
                let (text, page, y) = (text.clone(), self.page(), self.y);
                self.bookmarks.push(Bookmark { level: 2, text, page, y });
            }
            self.heading(grid, true);
            *begun = true;
        }
        self.anchors.push(Anchor { id: row.id.clone(), page: self.page(), y: self.y });
        if !row.title.is_empty() {
            let (text, page, y) = (row.title.clone(), self.page(), self.y);
            self.bookmarks.push(Bookmark { level: u8::MAX, text, page, y });
        }
        self.pour(cells, elements, grid);
    }

    /// Puts a row's cells on this page and as many more as they need.
    fn pour(&mut self, mut cells: Vec<Cell>, elements: Vec<Element>, grid: &Grid) {
        for cell in elements {
            self.mark(Mark::Open(cell));
        }
        loop {
            let taken: Vec<(usize, f32)> = cells.iter().map(|cell| cell.take(self.sheet.bottom() - self.y)).collect();
            let stuck = taken.iter().zip(&cells).all(|(taken, cell)| taken.0 == cell.done) && !done(&cells);
            let top = self.y;
            let mut bottom = top + PADDING.0 + PADDING.2;
            for ((cell, edge), (end, _)) in cells.iter_mut().zip(grid.edges.windows(2)).zip(taken) {
                // Nothing fits even on an empty page: a line that is taller than it goes over its edge.
                let end = if stuck { (cell.done + 1).min(cell.lines.len()) } else { end };
                let mut y = top + PADDING.0;
                for (index, line) in cell.lines[cell.done..end].iter().enumerate() {
                    y += if index > 0 { line.gap } else { 0.0 };
                    self.line(line.clone(), edge[0] + PADDING.1, y, true);
                    y += line.height;
                }
                cell.done = end;
                bottom = bottom.max(y + PADDING.2);
            }
            self.frame(grid, top, bottom);
            self.y = bottom;
            if done(&cells) {
                self.across(bottom);
                return;
            }
            // No line below: the row goes on.
            self.next_page(grid);
        }
    }

    /// Whether every cell with text can leave some of it on this page, cut where it may be cut.
    fn can_begin(&self, cells: &[Cell]) -> bool {
        cells.iter().all(|cell| cell.lines.is_empty() || cell.take(self.sheet.bottom() - self.y).0 > 0)
    }

    fn next_page(&mut self, grid: &Grid) {
        self.new_page();
        self.heading(grid, false);
    }

    /// A ruling line from side to side.
    fn across(&mut self, y: f32) {
        self.mark(Mark::Rule { from: (self.sheet.left, y), to: (self.sheet.right(), y), colour: LINE, width: RULE });
    }

    /// The ruling lines between the columns.
    fn frame(&mut self, grid: &Grid, top: f32, bottom: f32) {
        for &x in &grid.edges {
            self.mark(Mark::Rule { from: (x, top), to: (x, bottom), colour: LINE, width: RULE });
        }
    }
}

impl Cell {
    /// How far the cell's lines fit into so much room, and their height.
    fn take(&self, room: f32) -> (usize, f32) {
        let (mut end, mut used) = (self.done, PADDING.0 + PADDING.2);
        while let Some(line) = self.lines.get(end) {
            let gap = if end > self.done { line.gap } else { 0.0 };
            if used + gap + line.height > room {
                break;
            }
            used += gap + line.height;
            end += 1;
        }
        let full = end;
        while end > self.done && !blocks::may_part(&self.lines, end) {
            end -= 1;
        }
        // A paragraph longer than a page is cut where the page ends.
        if end == self.done && self.done > 0 { (full, used) } else { (end, used) }
    }
}

fn done(cells: &[Cell]) -> bool {
    cells.iter().all(|cell| cell.done == cell.lines.len())
}

fn stacked(lines: &[Laid]) -> f32 {
    lines.iter().enumerate().map(|(index, line)| line.height + if index > 0 { line.gap } else { 0.0 }).sum()
}

fn tallest(cells: &[Vec<Laid>]) -> f32 {
    cells.iter().map(|lines| stacked(lines)).fold(0.0, f32::max)
}

fn height(cells: &[Cell]) -> f32 {
    PADDING.0 + PADDING.2 + cells.iter().map(|cell| stacked(&cell.lines)).fold(0.0, f32::max)
}

fn inner(edge: &[f32]) -> f32 {
    edge[1] - edge[0] - 2.0 * PADDING.1
}

/// The columns' edges: as wide as their kind needs, narrow where no row has text.
fn edges(table: &content::Table, sheet: &Sheet) -> Vec<f32> {
    let shares: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, &(share, _))| {
            let empty = table.rows.iter().all(|row| row.cells.get(index).is_none_or(Vec::is_empty));
            if empty && table.may_shrink && !table.rows.is_empty() { look::EMPTY } else { share }
        })
        .collect();
    let whole: f32 = shares.iter().sum();
    let mut x = sheet.left;
    std::iter::once(x)
        .chain(shares.into_iter().map(|share| {
            x += share / whole * sheet.measure();
            x
        }))
        .collect()
}

//! Rows and paragraphs shared out over slides by the height of their text.

use super::line::{CELL, Line, PAGE, Setting};

/// Width of what stands on a slide, in points.
pub(super) const WIDTH: f64 = 903.3;
/// Height of it.
pub(super) const HEIGHT: f64 = 438.5;
/// What a cell keeps free at its sides, and above and below.
pub(super) const SIDE: f64 = 5.0;
pub(super) const EDGE: f64 = 3.0;

/// A row of a table: its cells' paragraphs.
pub(super) type Cells = Vec<Vec<Line>>;

/// Paragraphs by slides; one slide at least.
pub(super) fn pages(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut pages = vec![Vec::new()];
    let mut used = 0.0;
    let mut waiting: Vec<Line> = lines.into_iter().rev().collect();
    while let Some(line) = waiting.pop() {
        let height = line.height(PAGE, WIDTH);
        let fits = used + height <= HEIGHT;
        match pages.last_mut() {
            Some(page) if fits || page.is_empty() && height <= HEIGHT => {
                used += height;
                page.push(line);
            }
            Some(page) if page.is_empty() => match line.cut(PAGE, WIDTH, HEIGHT) {
                Some((head, rest)) => {
                    page.push(head);
                    waiting.push(rest);
                    used = HEIGHT;
                }
                // Nothing to cut: better over the edge than lost.
                None => {
                    page.push(line);
                    used = HEIGHT;
                }
            },
            _ => {
                pages.push(Vec::new());
                used = 0.0;
                waiting.push(line);
            }
        }
    }
    pages
}

/// A row's height in columns of these widths.
pub(super) fn height(cells: &Cells, widths: &[f64]) -> f64 {
    let column = |(lines, width): (&Vec<Line>, &f64)| {
        lines.iter().map(|line| line.height(CELL, width - 2.0 * SIDE)).sum::<f64>()
    };
    let least = CELL.size * 1.3;
    cells.iter().zip(widths).map(column).fold(least, f64::max) + 2.0 * EDGE
}

/// Rows by slides, each slide with a heading of this height; one slide at least.
///
/// A row that fits on a slide is never parted. One that does not goes on, with a mark in its first cell.
pub(super) fn tables(rows: Vec<Cells>, widths: &[f64], heading: f64) -> Vec<Vec<Cells>> {
    let room = (HEIGHT - heading).max(HEIGHT / 4.0);
    let mut slides: Vec<Vec<Cells>> = vec![Vec::new()];
    let mut used = 0.0;
    let mut waiting: Vec<Cells> = rows.into_iter().rev().collect();
    while let Some(row) = waiting.pop() {
        let needs = height(&row, widths);
        let Some(slide) = slides.last_mut() else { break };
        let left = room - used;
        if needs <= left {
            used += needs;
            slide.push(row);
            continue;
        }
        let worth_parting = needs > room && left > room / 3.0;
        if !slide.is_empty() && !worth_parting {
            slides.push(Vec::new());
            used = 0.0;
            waiting.push(row);
            continue;
        }
        let (head, rest) = part(row, widths, left - 2.0 * EDGE);
        slide.push(head);
        used = room;
        waiting.extend(rest);
    }
    slides
}

/// The part of a row that fits, and the rest, marked.
fn part(row: Cells, widths: &[f64], room: f64) -> (Cells, Option<Cells>) {
    let mut head: Cells = Vec::with_capacity(row.len());
    let mut rest: Cells = Vec::with_capacity(row.len());
    for (lines, width) in row.into_iter().zip(widths) {
        let (own, after) = part_cell(lines, CELL, width - 2.0 * SIDE, room);
        head.push(own);
        rest.push(after);
    }
    if rest.iter().all(Vec::is_empty) {
        return (head, None);
    }
    if head.iter().all(Vec::is_empty) {
        // Nothing can be cut: better over the edge than lost.
        return (rest, None);
    }
    if let Some(first) = rest.first_mut() {
        first.insert(0, Line::continued());
    }
    (head, Some(rest))
}

fn part_cell(lines: Vec<Line>, setting: Setting, width: f64, room: f64) -> (Vec<Line>, Vec<Line>) {
    let mut own = Vec::new();
    let mut used = 0.0;
    let mut lines = lines.into_iter();
    while let Some(line) = lines.next() {
        let needs = line.height(setting, width);
        if used + needs <= room {
            used += needs;
            own.push(line);
            continue;
        }
        let mut after = Vec::new();
        // A paragraph is parted only where it would never fit.
        match line.cut(setting, width, room - used).filter(|_| needs > room * 0.9) {
            Some((head, rest)) => {
                own.push(head);
                after.push(rest);
            }
            None => after.push(line),
        }
        after.extend(lines);
        return (own, after);
    }
    (own, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(count: usize) -> Cells {
        vec![vec![Line::plain("a".into())], (0..count).map(|n| Line::plain(format!("rad {n}"))).collect()]
    }

    #[test]
    fn rows_that_fit_stay_whole_and_high_ones_go_on() {
        let widths = [200.0, 300.0];
        let slides = tables(vec![row(10), row(10), row(15), row(90), row(2)], &widths, 20.0);
        assert!(slides.len() >= 4, "{}", slides.len());
        for slide in &slides {
            let all: f64 = slide.iter().map(|row| height(row, &widths)).sum();
            assert!(all <= HEIGHT - 20.0 + 1.0, "{all}");
        }
        let lines: usize = slides.iter().flatten().map(|row| row[1].len()).sum();
        assert_eq!(lines, 10 + 10 + 15 + 90 + 2);
        let marked = slides.iter().filter(|slide| slide[0][0].first() == Some(&Line::continued())).count();
        assert!(marked >= 2);
    }

    #[test]
    fn text_goes_on_the_next_slide() {
        let lines = (0..60).map(|n| Line::plain(format!("stycke {n}"))).collect();
        let pages = pages(lines);
        assert!(pages.len() > 2 && pages.iter().map(Vec::len).sum::<usize>() == 60);
    }
}

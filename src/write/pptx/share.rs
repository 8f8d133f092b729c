//! Rows and paragraphs shared out over slides by the height of their text.

use super::line::{CELL, Line, PAGE, Setting};

/// Width of what stands on a slide, in points.
pub(super) const WIDTH: f64 = 903.3;
/// Height of it.
pub(super) const HEIGHT: f64 = 438.5;
/// What a cell keeps free at its sides, and above and below.
pub(super) const SIDE: f64 = 5.0;
pub(super) const EDGE: f64 = 3.0;

/// A paragraph that can be measured and cut.
pub(super) trait Paragraph: Sized {
    /// How its text is set, where the paragraph itself does not say.
    type Setting: Copy;

    /// Its height in a column of this width with the space before it, in points.
    fn height(&self, setting: Self::Setting, width: f64) -> f64;

    /// Cuts it between words so that the first part is no higher than this; none where nothing fits.
    fn cut(&self, setting: Self::Setting, width: f64, height: f64) -> Option<(Self, Self)>;

    /// The mark on a row that goes on from the slide before, in the look of its text.
    fn continued(like: Option<&Self>) -> Self;
}

impl Paragraph for Line {
    type Setting = Setting;

    fn height(&self, setting: Setting, width: f64) -> f64 {
        Self::height(self, setting, width)
    }

    fn cut(&self, setting: Setting, width: f64, height: f64) -> Option<(Self, Self)> {
        Self::cut(self, setting, width, height)
    }

    fn continued(_: Option<&Self>) -> Self {
        Self::continued()
    }
}

/// A row of a table: its cells' paragraphs.
pub(super) type Cells = Vec<Vec<Line>>;

/// A row, and which of the table's it came from.
pub(super) struct Row<P> {
    pub(super) origin: usize,
    pub(super) cells: Vec<Vec<P>>,
}

/// What a table has room for, in points.
pub(super) struct Measure<S> {
    pub(super) setting: S,
    /// The width of each column's text.
    pub(super) widths: Vec<f64>,
    /// The height of the heading on each slide.
    pub(super) heading: f64,
    /// The height of the whole table.
    pub(super) room: f64,
    /// What a cell keeps free above and below together.
    pub(super) edges: f64,
    /// The least that a row's text takes.
    pub(super) least: f64,
}

/// Paragraphs by slides with room of this width and height; one slide at least.
pub(super) fn pages<P: Paragraph>(lines: Vec<P>, setting: P::Setting, width: f64, height: f64) -> Vec<Vec<P>> {
    let mut pages = vec![Vec::new()];
    let mut used = 0.0;
    let mut waiting: Vec<P> = lines.into_iter().rev().collect();
    while let Some(line) = waiting.pop() {
        let needs = line.height(setting, width);
        let fits = used + needs <= height;
        match pages.last_mut() {
            Some(page) if fits || page.is_empty() && needs <= height => {
                used += needs;
                page.push(line);
            }
            Some(page) if page.is_empty() => match line.cut(setting, width, height) {
                Some((head, rest)) => {
                    page.push(head);
                    waiting.push(rest);
                    used = height;
                }
                // Nothing to cut: better over the edge than lost.
                None => {
                    page.push(line);
                    used = height;
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

/// The height of a cell's text.
pub(super) fn cell<P: Paragraph>(lines: &[P], setting: P::Setting, width: f64) -> f64 {
    lines.iter().map(|line| line.height(setting, width)).sum()
}

/// A row's height.
pub(super) fn height<P: Paragraph>(cells: &[Vec<P>], measure: &Measure<P::Setting>) -> f64 {
    let text = cells.iter().zip(&measure.widths).map(|(lines, width)| cell(lines, measure.setting, *width));
    text.fold(measure.least, f64::max) + measure.edges
}

/// The measure of the standard slide's table with columns of these widths.
pub(super) fn standard(widths: &[f64], heading: f64) -> Measure<Setting> {
    Measure {
        setting: CELL,
        widths: widths.iter().map(|width| width - 2.0 * SIDE).collect(),
        heading,
        room: HEIGHT,
        edges: 2.0 * EDGE,
        least: CELL.size * 1.3,
    }
}

/// Paragraphs of a standing page by slides.
pub(super) fn standing(lines: Vec<Line>) -> Vec<Vec<Line>> {
    pages(lines, PAGE, WIDTH, HEIGHT)
}

/// Rows by slides, each slide with a heading; one slide at least.
///
/// A row that fits on a slide is never parted. One that does not goes on, with a mark in its first cell.
pub(super) fn rows<P: Paragraph>(rows: Vec<Row<P>>, measure: &Measure<P::Setting>) -> Vec<Vec<Row<P>>> {
    let room = (measure.room - measure.heading).max(measure.room / 4.0);
    let mut slides: Vec<Vec<Row<P>>> = vec![Vec::new()];
    let mut used = 0.0;
    let mut waiting: Vec<Row<P>> = rows.into_iter().rev().collect();
    while let Some(row) = waiting.pop() {
        let needs = height(&row.cells, measure);
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
        let (head, rest) = part(row, measure, left - measure.edges);
        slide.push(head);
        used = room;
        waiting.extend(rest);
    }
    slides
}

/// The part of a row that fits, and the rest, marked.
fn part<P: Paragraph>(row: Row<P>, measure: &Measure<P::Setting>, room: f64) -> (Row<P>, Option<Row<P>>) {
    let origin = row.origin;
    let mut head = Row { origin, cells: Vec::with_capacity(row.cells.len()) };
    let mut rest = Row { origin, cells: Vec::with_capacity(row.cells.len()) };
    for (lines, width) in row.cells.into_iter().zip(&measure.widths) {
        let (own, after) = part_cell(lines, measure.setting, *width, room);
        head.cells.push(own);
        rest.cells.push(after);
    }
    if rest.cells.iter().all(Vec::is_empty) {
        return (head, None);
    }
    if head.cells.iter().all(Vec::is_empty) {
        // Nothing can be cut: better over the edge than lost.
        return (rest, None);
    }
    let mark = P::continued(rest.cells.iter().flatten().next());
    if let Some(first) = rest.cells.first_mut() {
        first.insert(0, mark);
    }
    (head, Some(rest))
}

fn part_cell<P: Paragraph>(lines: Vec<P>, setting: P::Setting, width: f64, room: f64) -> (Vec<P>, Vec<P>) {
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
        let measure = standard(&widths, 20.0);
        let all = [10, 10, 15, 90, 2].map(|count| Row { origin: 0, cells: row(count) });
        let slides = rows(all.into(), &measure);
        assert!(slides.len() >= 4, "{}", slides.len());
        for slide in &slides {
            let all: f64 = slide.iter().map(|row| height(&row.cells, &measure)).sum();
            assert!(all <= HEIGHT - 20.0 + 1.0, "{all}");
        }
        let lines: usize = slides.iter().flatten().map(|row| row.cells[1].len()).sum();
        assert_eq!(lines, 10 + 10 + 15 + 90 + 2);
        let marked = slides.iter().filter(|slide| slide[0].cells[0].first() == Some(&Line::continued())).count();
        assert!(marked >= 2);
    }

    #[test]
    fn text_goes_on_the_next_slide() {
        let lines = (0..60).map(|n| Line::plain(format!("stycke {n}"))).collect();
        let pages = standing(lines);
        assert!(pages.len() > 2 && pages.iter().map(Vec::len).sum::<usize>() == 60);
    }
}

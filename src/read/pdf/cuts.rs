//! Tables that go on over pages: repeated headings, and rows that a page break cut.

use super::layout::{Found, Laid};
use crate::page::{Cell, Cut, Node, Part, Place, Row, Table};

/// So much room below a table would have taken the beginning of another row.
const ROOM: f32 = 60.0;
/// Text that ends so far above the foot of its row's part is at its end: only text that reaches the foot can go on. Lines
/// that are kept together leave less.
const ENDED: f32 = 75.0;

/// Marks repeated headings, and says of the first row after a page break whether it goes on
/// with the last row before.
pub(super) fn judge(parts: &mut [Part], pages: &[Laid]) {
    let limit = pages.iter().filter_map(|page| page.last.as_ref()).map(|grid| grid.area.y1).fold(0.0, f32::max);
    for index in 1..parts.len() {
        let (before, after) = parts.split_at_mut(index);
        let (Some(first), Some(last)) = (&pages[index].first, &pages[index - 1].last) else { continue };
        // Edges between columns of text are where the text leaves them.
        let drawn = first.found == Found::Ruled && last.found == Found::Ruled;
        let tolerance = if drawn { 4.0 } else { 14.0 };
        if first.xs.len() != last.xs.len() || first.xs.iter().zip(&last.xs).any(|(a, b)| (a - b).abs() > tolerance) {
            continue;
        }
        let (Some(Node::Table(above)), Some(Node::Table(below))) =
            (before[index - 1].nodes.last_mut(), after[0].nodes.first_mut())
        else {
            continue;
        };
        if let Some((head, rest)) = part_heading(&above.rows, &below.rows) {
            below.rows.splice(0..1, [head, rest]);
        }
        let mut heading = 0;
        while heading + 1 < below.rows.len()
            && heading + 1 < above.rows.len()
            && same_text(&above.rows[heading], &below.rows[heading])
        {
            above.rows[heading].heading = true;
            below.rows[heading].heading = true;
            heading += 1;
        }
        // A row that could have begun on the page before was not cut.
        let room = limit - last.area.y1 > ROOM;
        let ended = (last.area.y1 - ENDED, above.rows.as_slice(), &below.rows[heading..]);
        let cut = if room || begins_what_had_ended(ended) {
            Cut::Whole
        } else {
            cut(
                above,
                &below.rows[heading..],
                last.found == Found::Ruled && last.open_foot,
                first.found == Found::Ruled && first.open_head && heading == 0,
            )
        };
        below.rows[heading].cut = cut;
    }
}

/// Whether the first row after a break has text in the first column where the last row before has, and that text ends above
/// a height: then it is another row's.
fn begins_what_had_ended((height, above, below): (f32, &[Row], &[Row])) -> bool {
    let (Some(last), Some(first)) = (above.last(), below.first()) else { return false };
    let named = |cell: &&Cell| !cell.text().trim().is_empty();
    let Some(cell) = last.cells.iter().find(named) else { return false };
    let foot = cell.nodes.iter().filter_map(|node| match node {
        Node::Paragraph(paragraph) => match paragraph.place {
            Place::Page { rect: Some(rect), .. } => Some(rect.y + rect.height),
            _ => None,
        },
        Node::Table(_) => None,
    });
    let ends_above = foot.reduce(f32::max).is_some_and(|foot| foot < height);
    ends_above && first.cells.iter().any(|other| other.column == cell.column && named(&other))
}

/// The repeated heading and the rest of a row, where no line parts the two: each cell begins with its heading's words.
fn part_heading(above: &[Row], below: &[Row]) -> Option<(Row, Row)> {
    let (known, row) = (above.first()?, below.first()?);
    if above.len() < 2 || known.cells.len() != row.cells.len() || same_text(known, row) {
        return None;
    }
    let (mut head, mut rest) = (row.clone(), row.clone());
    for (index, cell) in row.cells.iter().enumerate() {
        let wanted = known.cells[index].text();
        let text = |nodes: &[Node]| crate::page::Cell { nodes: nodes.to_vec(), ..cell.clone() }.text();
        let count = (0..=cell.nodes.len()).find(|&count| text(&cell.nodes[..count]) == wanted)?;
        head.cells[index].nodes.truncate(count);
        rest.cells[index].nodes.drain(..count);
    }
    let is_text = |row: &Row| row.cells.iter().any(|cell| !cell.text().trim().is_empty());
    (is_text(&head) && is_text(&rest)).then_some((head, rest))
}

fn same_text(a: &Row, b: &Row) -> bool {
    let text = |row: &Row| row.cells.iter().map(|cell| cell.text()).collect::<Vec<_>>();
    let (a, b) = (text(a), text(b));
    a == b && a.iter().any(|text| !text.is_empty())
}

fn text(row: &Row, column: usize) -> String {
    row.cells.iter().find(|cell| cell.column == column).map(|cell| cell.text()).unwrap_or_default()
}

/// The cell begins with a label ("Mål: …") that in the other rows stands further down, and that the
/// last cell before the break lacks.
fn begins_in_the_middle(start: &str, end: &str, others: &[&Row], column: usize) -> bool {
    let Some((label, _)) = start.split_once(':') else { return false };
    // A date is no label.
    if !label.contains(char::is_alphabetic) || label.contains(char::is_whitespace) || end.is_empty() {
        return false;
    }
    let label = format!("{label}:");
    let texts: Vec<String> = others.iter().map(|row| text(row, column)).filter(|text| !text.is_empty()).collect();
    let further_down = texts.iter().filter(|text| text.find(&label).is_some_and(|at| at > 0)).count();
    !end.contains(&label) && further_down >= 1 && !texts.iter().any(|text| text.starts_with(&label))
}

/// What the layout and the words say.
fn cut(above: &Table, below: &[Row], open_foot: bool, open_head: bool) -> Cut {
    let Some(row) = below.first() else { return Cut::Unknown };
    let Some(last) = above.rows.last() else { return Cut::Unknown };
    if open_foot || open_head {
        return Cut::Continued;
    }
    let columns = above.width();
    let mut goes_on = false;
    for column in 0..columns {
        let (end, start) = (text(last, column), text(row, column));
        let (end, start) = (end.trim_end(), start.trim_start());
        if end.is_empty() || start.is_empty() {
            continue;
        }
        let unfinished = !end.ends_with(['.', '!', '?', ':', ')', '”', '"']);
        if unfinished && start.starts_with(char::is_lowercase) {
            goes_on = true;
        }
    }
    let others: Vec<&Row> = above.rows.iter().filter(|row| !row.heading).chain(&below[1..]).collect();
    if goes_on
        || (0..columns).any(|column| begins_in_the_middle(&text(row, column), &text(last, column), &others, column))
    {
        return Cut::Continued;
    }
    // The columns that name the item: the first ones that other rows fill.
    let named = (0..columns).find(|&column| !text(last, column).trim().is_empty());
    match named {
        Some(column) if text(row, column).trim().is_empty() => Cut::Continued,
        _ => Cut::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Cell, Paragraph};

    fn placed(column: usize, text: &str, foot: f32) -> Cell {
        let rect = crate::page::Rect { x: 0.0, y: foot - 10.0, width: 50.0, height: 10.0 };
        let place = Place::Page { page: 1, rect: Some(rect) };
        let paragraph = Paragraph { place, ..Paragraph::plain(text) };
        Cell { column, nodes: vec![Node::Paragraph(paragraph)], ..Cell::default() }
    }

    #[test]
    fn a_name_that_ended_far_above_the_break_is_begun_by_no_row_that_goes_on() {
        let row = |cells: Vec<Cell>| [Row { cells, ..Row::default() }];
        let above = row(vec![placed(0, "Ett", 100.0), placed(1, "Lång text", 500.0)]);
        let other = row(vec![placed(0, "Två", 40.0), placed(1, "Annan text", 40.0)]);
        let rest = row(vec![placed(1, "resten", 40.0)]);
        assert!(begins_what_had_ended((430.0, &above, &other)));
        assert!(!begins_what_had_ended((430.0, &above, &rest)));
        assert!(!begins_what_had_ended((90.0, &above, &other)), "it may have been cut");
    }

    #[test]
    fn a_date_is_no_label_that_tells_of_the_middle_of_a_row() {
        let other = Row { cells: vec![placed(0, "Start 250323: Klart", 0.0)], ..Row::default() };
        assert!(!begins_in_the_middle("250323: Beslut", "Möte", &[&other], 0));
        let other = Row { cells: vec![placed(0, "Syfte Mål: Klart", 0.0)], ..Row::default() };
        assert!(begins_in_the_middle("Mål: Beslut", "Möte", &[&other], 0));
    }

    #[test]
    fn a_repeated_heading_stuck_to_the_rest_of_a_row_is_parted_from_it() {
        let cell = |column: usize, texts: &[&str]| Cell {
            column,
            nodes: texts.iter().map(|text| Node::Paragraph(Paragraph::plain(*text))).collect(),
            ..Cell::default()
        };
        let row = |cells: Vec<Cell>| Row { cells, ..Row::default() };
        let above = [row(vec![cell(0, &["Mål"]), cell(1, &["Notat"])]), row(vec![cell(0, &["Ett"]), cell(1, &["Nu"])])];
        let below = [row(vec![cell(0, &["Mål"]), cell(1, &["Notat", "resten av raden"])])];
        let (head, rest) = part_heading(&above, &below).unwrap();
        assert!(same_text(&head, &above[0]));
        assert_eq!(text(&rest, 1), "resten av raden");
        assert!(part_heading(&above, &above).is_none());
    }
}

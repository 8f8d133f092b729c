//! Tables that go on over pages: repeated headings, and rows that a page break cut.

use super::layout::Laid;
use crate::page::{Cut, Node, Part, Row, Table};

/// Marks repeated headings, and says of the first row after a page break whether it goes on
/// with the last row before.
pub(super) fn judge(parts: &mut [Part], pages: &[Laid]) {
    for index in 1..parts.len() {
        let (before, after) = parts.split_at_mut(index);
        let (Some(first), Some(last)) = (&pages[index].first, &pages[index - 1].last) else { continue };
        if first.xs.len() != last.xs.len() || first.xs.iter().zip(&last.xs).any(|(a, b)| (a - b).abs() > 4.0) {
            continue;
        }
        let (Some(Node::Table(above)), Some(Node::Table(below))) =
            (before[index - 1].nodes.last_mut(), after[0].nodes.first_mut())
        else {
            continue;
        };
        let mut heading = 0;
        while heading + 1 < below.rows.len()
            && heading + 1 < above.rows.len()
            && same_text(&above.rows[heading], &below.rows[heading])
        {
            above.rows[heading].heading = true;
            below.rows[heading].heading = true;
            heading += 1;
        }
        let cut = cut(above, &below.rows[heading], last.open_foot, first.open_head && heading == 0);
        below.rows[heading].cut = cut;
    }
}

fn same_text(a: &Row, b: &Row) -> bool {
    let text = |row: &Row| row.cells.iter().map(|cell| cell.text()).collect::<Vec<_>>();
    let (a, b) = (text(a), text(b));
    a == b && a.iter().any(|text| !text.is_empty())
}

/// What the layout and the words say.
fn cut(above: &Table, row: &Row, open_foot: bool, open_head: bool) -> Cut {
    let Some(last) = above.rows.last() else { return Cut::Unknown };
    if open_foot || open_head {
        return Cut::Continued;
    }
    let text = |row: &Row, column: usize| {
        row.cells.iter().find(|cell| cell.column == column).map(|cell| cell.text()).unwrap_or_default()
    };
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
    if goes_on {
        return Cut::Continued;
    }
    // The columns that name the item: the first ones that other rows fill.
    let named = (0..columns).find(|&column| !text(last, column).trim().is_empty());
    match named {
        Some(column) if text(row, column).trim().is_empty() => Cut::Continued,
        _ => Cut::Unknown,
    }
}

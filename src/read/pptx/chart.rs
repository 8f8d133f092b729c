//! What a chart says: its titles, the names of its series and categories, its values.

use crate::model::normalise;
use crate::read::ooxml::{Element, Ns};

/// More values than this in one series are data, not text that somebody reads.
const MOST_VALUES: usize = 200;

/// A chart's text, one line a title and one a series: "2023: Väntetid 12; Remisser 34".
pub(super) fn chart_lines(root: Element<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for title in root.descendants().filter(|element| element.is(Ns::Chart, "title")) {
        let text: Vec<&str> = title.descendants().filter(|element| element.is(Ns::A, "t")).map(Element::text).collect();
        push(&text.concat(), &mut lines);
    }
    for series in root.descendants().filter(|element| element.is(Ns::Chart, "ser")) {
        let values = |name| -> Vec<&str> {
            let holder = series.child(Ns::Chart, name);
            let points = holder.into_iter().flat_map(Element::descendants).filter(|e| e.is(Ns::Chart, "v"));
            points.map(Element::text).take(MOST_VALUES).collect()
        };
        let name = values("tx").join(" ");
        let (categories, numbers) = (values("cat"), values("val"));
        let pairs: Vec<String> = (0..categories.len().max(numbers.len()))
            .map(|index| {
                let at = |list: &[&str]| list.get(index).copied().unwrap_or_default().trim().to_owned();
                format!("{} {}", at(&categories), at(&numbers)).trim().to_owned()
            })
            .collect();
        let name = if name.is_empty() || pairs.is_empty() { name } else { format!("{name}: ") };
        push(&format!("{name}{}", pairs.join("; ")), &mut lines);
    }
    lines
}

fn push(line: &str, lines: &mut Vec<String>) {
    let line = normalise(line.trim());
    if !line.is_empty() {
        lines.push(line);
    }
}

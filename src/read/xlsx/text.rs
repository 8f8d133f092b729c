//! The text of a cell as paragraphs: its lines, its list points, its runs.

use crate::model::normalise;
use crate::page::{Inline, List, Paragraph, Place, Rgb, Span};

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) colour: Option<Rgb>,
}

/// Signs that start a list point when a space follows. Round signs such as ● are lights and stay.
const BULLETS: [char; 9] = ['•', '·', '▪', '◦', '‣', '⁃', '-', '–', '\u{f0b7}'];

/// A span of one look.
pub(super) fn span(text: &str, look: Look) -> Span {
    Span { text: text.to_owned(), bold: look.bold, italic: look.italic, colour: look.colour, ..Span::default() }
}

/// Plain text as paragraphs.
pub(super) fn plain(text: &str, look: Look, place: &Place) -> Vec<Paragraph> {
    paragraphs(&[span(text, look)], place)
}

/// Runs of text as paragraphs: one a line, list signs taken off, blank lines left out.
pub(super) fn paragraphs(spans: &[Span], place: &Place) -> Vec<Paragraph> {
    let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
    for span in spans {
        let text = normalise(&span.text).replace('\t', " ");
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        for (index, line) in text.split(['\n', '\u{b}', '\u{2028}', '\u{2029}']).enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(last)) = (line.is_empty(), lines.last_mut()) {
                last.push(Span { text: line.to_owned(), ..span.clone() });
            }
        }
    }
    // Points are indented with spaces; how deep is told by the points before in the same cell.
    let mut indents: Vec<usize> = Vec::new();
    let mut paragraphs = Vec::new();
    for mut spans in lines {
        if spans.iter().all(|span| span.text.trim().is_empty()) {
            continue;
        }
        let list = take_bullet(&mut spans).map(|indent| {
            while indents.last().is_some_and(|&last| last > indent) {
                indents.pop();
            }
            if indents.last() != Some(&indent) {
                indents.push(indent);
            }
            List { level: u8::try_from(indents.len() - 1).unwrap_or(8).min(8), ordered: false }
        });
        let inlines = spans.into_iter().map(Inline::Text).collect();
        paragraphs.push(Paragraph { list, inlines, place: place.clone(), ..Paragraph::default() });
    }
    paragraphs
}

/// Takes the list sign off a line; gives how far it is indented.
fn take_bullet(spans: &mut Vec<Span>) -> Option<usize> {
    let line: String = spans.iter().map(|span| span.text.as_str()).collect();
    let body = line.trim_start();
    let indent = line[..line.len() - body.len()].chars().count();
    let sign = body.chars().next().filter(|sign| BULLETS.contains(sign))?;
    let rest = &body[sign.len_utf8()..];
    // "•text" is a point even without a space; "-5" is a number.
    if !rest.starts_with(char::is_whitespace) && (sign.is_ascii() || sign == '–' || sign == '·') {
        return None;
    }
    let mut drop = line.len() - rest.trim_start().len();
    if drop == line.len() {
        return None;
    }
    while let Some(first) = spans.first_mut() {
        if first.text.len() > drop {
            first.text.drain(..drop);
            break;
        }
        drop -= first.text.len();
        spans.remove(0);
    }
    Some(indent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(Option<u8>, String)> {
        let paragraphs = plain(text, Look::default(), &Place::Document);
        paragraphs.iter().map(|p| (p.list.map(|list| list.level), p.text())).collect()
    }

    #[test]
    fn lines_become_paragraphs_and_points() {
        let got = lines("Mål:\r\n• ett\n   - två\n•tre\n\n-5 grader\n- ");
        let want =
            [(None, "Mål:"), (Some(0), "ett"), (Some(1), "två"), (Some(0), "tre"), (None, "-5 grader"), (None, "- ")];
        assert_eq!(got, want.map(|(level, text)| (level, text.to_owned())));
    }

    #[test]
    fn points_that_are_all_indented_are_of_the_first_level() {
        assert_eq!(lines("  • a\n  • b"), [(Some(0), "a".to_owned()), (Some(0), "b".to_owned())]);
    }

    #[test]
    fn a_sign_in_a_run_of_its_own_is_taken_off_too() {
        let bold = Look { bold: true, ..Look::default() };
        let got = paragraphs(&[span("•", Look::default()), span(" vård", bold)], &Place::Document);
        assert_eq!((got[0].text().as_str(), got[0].inlines.len()), ("vård", 1));
    }
}

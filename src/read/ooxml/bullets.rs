//! List points that are made by hand: a sign typed at the start of a line.

use crate::page::{Inline, List, Paragraph, Rgb, Role, Span};

/// A paragraph with its text. Lines of running text that begin with a typed list sign become list points
/// of their own; the lines after a point go on with it.
pub(crate) fn split_points(mut paragraph: Paragraph, mut inlines: Vec<Inline>) -> Vec<Paragraph> {
    let mut points = Vec::with_capacity(1);
    if paragraph.role == Role::Body && paragraph.list.is_none() {
        let mut lines: Vec<(bool, Vec<Inline>)> = Vec::new();
        for mut text in inlines.split(|inline| *inline == Inline::Break).map(<[Inline]>::to_vec) {
            let point = strip_sign(&mut text);
            match lines.last_mut() {
                Some((_, last)) if !point => {
                    last.push(Inline::Break);
                    last.append(&mut text);
                }
                _ => lines.push((point, text)),
            }
        }
        let list = |point: bool| point.then_some(List { level: 0, ordered: false });
        let last = lines.pop().unwrap_or_default();
        for (point, text) in lines {
            let anchors = std::mem::take(&mut paragraph.anchors);
            points.push(Paragraph { list: list(point), inlines: text, anchors, ..paragraph.clone() });
        }
        paragraph.list = list(last.0);
        inlines = last.1;
    }
    paragraph.inlines = inlines;
    points.push(paragraph);
    points
}

/// Takes the list sign away from the start of a line, if one stands there.
fn strip_sign(line: &mut Vec<Inline>) -> bool {
    let Some((sign, after)) = find_sign(line) else { return false };
    let Some(Inline::Text(first)) = line.get_mut(sign) else { return false };
    let rest = first.text.trim_start();
    let rest = rest.chars().next().map_or("", |sign| &rest[sign.len_utf8()..]);
    first.text = rest.trim_start().to_owned();
    // Between the sign and the text there is nothing but space.
    for inline in line.iter_mut().take(after + 1).skip(sign + 1) {
        if let Inline::Text(next) = inline {
            next.text = next.text.trim_start().to_owned();
        }
    }
    line.retain(|inline| !matches!(inline, Inline::Text(span) if span.text.is_empty()));
    true
}

/// Where a typed list sign stands, and where the text after it begins.
fn find_sign(line: &[Inline]) -> Option<(usize, usize)> {
    let at = line.iter().position(|inline| !matches!(inline, Inline::Text(span) if span.text.trim().is_empty()))?;
    let Inline::Text(first) = &line[at] else { return None };
    let mut text = first.text.trim_start().chars();
    let sign = text.next()?;
    let rest = text.as_str();
    // The text that the sign stands before, in the same span or a later one.
    let (after, next): (usize, &Span) = if rest.trim().is_empty() {
        let later = line.iter().enumerate().skip(at + 1).find_map(|(number, inline)| match inline {
            Inline::Text(span) if span.text.trim().is_empty() => None,
            Inline::Text(span) => Some(Some((number, span))),
            _ => Some(None),
        });
        later.flatten()?
    } else {
        (at, first)
    };
    let spaced = rest.starts_with(char::is_whitespace)
        || (rest.is_empty()
            && matches!(line.get(at + 1), Some(Inline::Text(span)) if span.text.starts_with(char::is_whitespace)));
    let word = next.text.trim_start().trim_start_matches(|c| after == at && c == sign).trim_start();
    let is_sign = match sign {
        '•' | '‣' | '▪' | '◦' | '⁃' | '➢' | '❖' | '▫' | '∙' => true,
        // A dash needs its space; what is no word after it may be a calculation or an empty answer.
        '-' | '–' | '—' | '*' | '·' if spaced => {
            word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '”' | '(' | '“' | '’'))
        }
        // Large round and square signs may be lights: never where they have a colour of their own.
        '●' | '○' | '■' | '□' | '◆' | '◾' | '⚫' if spaced => first.colour.is_none(),
        _ => false,
    };
    let is_light = after != at && first.colour != next.colour && first.colour.is_some_and(is_chromatic);
    (is_sign && !is_light).then_some((at, after))
}

fn is_chromatic(colour: Rgb) -> bool {
    colour.r.max(colour.g).max(colour.b) - colour.r.min(colour.g).min(colour.b) > 48
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, colour: Option<Rgb>) -> Inline {
        Inline::Text(Span { text: text.to_owned(), colour, ..Span::default() })
    }

    fn stripped(line: &[Inline]) -> Option<String> {
        let mut line = line.to_vec();
        let text = |line: &[Inline]| {
            line.iter().map(|i| if let Inline::Text(span) = i { span.text.as_str() } else { "¶" }).collect::<String>()
        };
        let before = text(&line);
        let found = strip_sign(&mut line);
        assert!(found || text(&line) == before);
        found.then(|| text(&line))
    }

    #[test]
    fn signs_of_lists() {
        for (line, rest) in [
            ("• Möte med chefer", "Möte med chefer"),
            ("•Möte", "Möte"),
            ("  – 240614 Klart", "240614 Klart"),
            ("- Möte", "Möte"),
            ("● Möte", "Möte"),
            ("- (NY) Möte", "(NY) Möte"),
        ] {
            assert_eq!(stripped(&[span(line, None)]).as_deref(), Some(rest), "{line}");
        }
        assert_eq!(stripped(&[span("•", None), span(" ", None), span("Möte", None)]).as_deref(), Some("Möte"));
    }

    #[test]
    fn signs_that_are_none() {
        for line in ["-", "•", "-5 grader", "– ", "●", "- - -", "Möte - chefer", "* ", "o Möte", "(•) x"] {
            assert_eq!(stripped(&[span(line, None)]), None, "{line}");
        }
        let green = Some(Rgb::new(0, 176, 80));
        assert_eq!(stripped(&[span("●", green), span(" (Molekylär)", None)]), None);
        assert_eq!(stripped(&[span("● (Molekylär)", green)]), None);
        assert_eq!(stripped(&[span("• ", green), span("Molekylär", None)]), None);
        assert_eq!(stripped(&[span("• Molekylär", green)]).as_deref(), Some("Molekylär"));
    }
}

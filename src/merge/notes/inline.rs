//! Bold, italic and links inside a line of Markdown.
//!
//! Own code because a Markdown parser swallows what it takes for marks ("240918. Text" as the start
//! of a numbered list, `<namn>` as HTML): here a sign that is no complete mark is text.

use crate::model::{Run, normalise};

/// Cuts a line into runs. `**bold**`, `__bold__`, `*italic*`, `_italic_`, `[text](link)`, `<link>`, `\*`.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let tokens = tokens(text);
    let paired = pair_marks(&tokens);
    let (mut bold, mut italic) = (0_u32, 0_u32);
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |text: &str, bold: bool, italic: bool, link: Option<&str>| {
        let run = Run { text: normalise(text), bold, italic, link: link.map(str::to_owned) };
        match runs.last_mut() {
            Some(last) if last.same_look(&run) => last.text.push_str(&run.text),
            _ if run.text.is_empty() => {}
            _ => runs.push(run),
        }
    };
    for (token, side) in tokens.iter().zip(paired) {
        match (*token, side) {
            (Token::Mark { len, .. }, Some(opens)) => {
                let depth = if len == 2 { &mut bold } else { &mut italic };
                *depth = if opens { *depth + 1 } else { depth.saturating_sub(1) };
            }
            (Token::Mark { text, .. } | Token::Text(text), _) => push(text, bold > 0, italic > 0, None),
            (Token::Link { text, target }, _) => push(text, bold > 0, italic > 0, Some(target)),
        }
    }
    runs
}

#[derive(Clone, Copy)]
enum Token<'a> {
    Text(&'a str),
    Mark { text: &'a str, sign: char, len: usize, opens: bool, closes: bool },
    Link { text: &'a str, target: &'a str },
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut plain) = (0, 0);
    // A bracket with no partner is looked for once, not once a bracket.
    let mut links_end = text.rfind(")").unwrap_or(0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = match c {
            '\\' if rest[1..].starts_with(|c: char| "\\*_[]()<>#-+.!`".contains(c)) => {
                tokens.push(Token::Text(&text[plain..at]));
                plain = at + 1;
                at += 2;
                continue;
            }
            '*' | '_' => Some(mark(text, at, c)),
            '[' if at < links_end => match link(rest) {
                Some(found) => Some(found),
                None => {
                    if !rest.contains("](") {
                        links_end = 0;
                    }
                    None
                }
            },
            '<' => autolink(rest),
            _ => None,
        };
        match found {
            Some((token, len)) => {
                tokens.push(Token::Text(&text[plain..at]));
                tokens.push(token);
                at += len;
                plain = at;
            }
            None => at += c.len_utf8(),
        }
    }
    tokens.push(Token::Text(&text[plain..]));
    tokens
}

fn mark(text: &str, at: usize, sign: char) -> (Token<'_>, usize) {
    let in_row = text[at..].chars().take(4).take_while(|&c| c == sign).count();
    // "***" opens bold and then italic, and closes italic and then bold.
    let closing = text[..at].chars().next_back().is_some_and(|c| !c.is_whitespace());
    let len = if in_row == 1 || (in_row == 3 && closing) { 1 } else { 2 };
    let before = text[..at].chars().next_back().filter(|&c| c != sign);
    let after = text[at + len..].chars().next();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let inside_word = sign == '_' && word(before) && word(after);
    let token = Token::Mark {
        text: &text[at..at + len],
        sign,
        len,
        opens: !space(after) && !inside_word && !word(before),
        closes: !space(text[..at].chars().next_back()) && !inside_word && !word(after),
    };
    (token, len)
}

/// `[text](target)` with neither brackets nor spaces in the target.
fn link(rest: &str) -> Option<(Token<'_>, usize)> {
    let close = rest[1..].find(['[', ']'])? + 1;
    let target = rest[close..].strip_prefix("](")?;
    let end = target.find([')', '('])?;
    let (text, target) = (&rest[1..close], &target[..end]);
    let good = !text.trim().is_empty() && !target.is_empty() && !target.contains(char::is_whitespace);
    (good && rest[close + 2 + end..].starts_with(')')).then_some((Token::Link { text, target }, close + 2 + end + 1))
}

/// `<https://…>` and `<name@place>`.
fn autolink(rest: &str) -> Option<(Token<'_>, usize)> {
    let end = rest.find(|c: char| c == '>' || c.is_whitespace())?;
    let inner = rest.get(1..end)?;
    let good = rest[end..].starts_with('>') && ["http://", "https://", "mailto:"].iter().any(|p| inner.starts_with(p));
    good.then_some((Token::Link { text: inner, target: inner }, end + 1))
}

/// For each mark with a partner: whether it opens.
fn pair_marks(tokens: &[Token<'_>]) -> Vec<Option<bool>> {
    let mut side = vec![None; tokens.len()];
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let Token::Mark { sign, len, opens, closes, .. } = *token else { continue };
        // Four kinds of mark at most wait at a time, since one of its kind closes the one that waits.
        let waiting = open.iter().rposition(|&(_, s, l)| (s, l) == (sign, len));
        match waiting {
            Some(place) if closes => {
                side[open[place].0] = Some(true);
                side[index] = Some(false);
                open.truncate(place);
            }
            Some(place) if opens => open[place].0 = index,
            None if opens => open.push((index, sign, len)),
            _ => {}
        }
    }
    side
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let look = |run: &Run| match (run.bold, run.italic, &run.link) {
            (_, _, Some(link)) => format!("[{}|{link}]", run.text),
            (true, true, _) => format!("<bi>{}</>", run.text),
            (true, false, _) => format!("<b>{}</>", run.text),
            (false, true, _) => format!("<i>{}</>", run.text),
            _ => run.text.clone(),
        };
        runs(text).iter().map(look).collect()
    }

    #[test]
    fn marks_and_links() {
        assert_eq!(shown("ett **fett** och *kursivt* ord"), "ett <b>fett</> och <i>kursivt</> ord");
        assert_eq!(shown("__fett__ _kursivt_ ***båda***"), "<b>fett</> <i>kursivt</> <bi>båda</>");
        assert_eq!(shown("se [sidan](https://a.se/b)."), "se [sidan|https://a.se/b].");
        assert_eq!(shown("<https://a.se>"), "[https://a.se|https://a.se]");
    }

    #[test]
    fn what_is_no_mark_is_text() {
        for text in
            ["2 * 3 * 4", "fil_namn_x", "5* hotell", "**", "a ** b", "*ej stängd", "[x] klart", "<namn>", "[a](b c)"]
        {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown(r"\*inte\* 1\. x \q"), r"*inte* 1. x \q");
    }

    #[test]
    fn many_brackets_take_no_longer_than_few() {
        assert_eq!(runs(&"[".repeat(100_000)).len(), 1);
        assert_eq!(runs(&"[a](".repeat(50_000)).len(), 1);
        assert_eq!(runs(&"*a _b ".repeat(50_000)).len(), 1);
    }
}

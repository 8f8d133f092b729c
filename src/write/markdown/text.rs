//! Text as Markdown that shows it as it is: nothing in it can become a heading, a list, a link or HTML.

use crate::model::{Block, BlockKind, Run};
use crate::write::docx::link;

/// A line of text on its own: escaped, with single spaces, and safe at the start of a line.
pub(super) fn line(text: &str) -> String {
    start(&escape(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The text with every sign that Markdown gives a meaning in running text escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' => out.extend(['\\', c]),
            '&' => out.push_str("&amp;"),
            '\t' => out.push(' '),
            // GitHub would make people and issues of these.
            '@' => out.push_str("&#64;"),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}

/// Escapes what only means something at the start of a line: "# ", "- ", "1. ", "> ", "===".
fn start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = |at: usize| format!("{}\\{}", &text[..at], &text[at..]);
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => mark(digits),
        Some(b'#' | b'-' | b'+' | b'=' | b'>' | b':') if digits == 0 => mark(0),
        _ => text.to_owned(),
    }
}

/// Paragraphs and lists, each followed by a blank line. `indent` stands before every line.
pub(super) fn blocks(out: &mut String, blocks: &[Block], indent: &str) {
    let mut levels: Vec<u8> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if block.is_blank() {
            continue;
        }
        let text = inline(block);
        match block.kind {
            BlockKind::Paragraph => {
                levels.clear();
                push(out, indent, indent, &text);
                out.push('\n');
            }
            BlockKind::Bullet => {
                while levels.last().is_some_and(|&last| last >= block.level) {
                    levels.pop();
                }
                let own = format!("{indent}{}", "  ".repeat(levels.len()));
                levels.push(block.level);
                push(out, &format!("{own}- "), &format!("{own}  "), &text);
                if blocks.get(index + 1).is_none_or(|next| next.kind != BlockKind::Bullet) {
                    out.push('\n');
                }
            }
        }
    }
}

/// A list point that begins with bold words (a date) and goes on with paragraphs and points.
pub(super) fn point(out: &mut String, lead: Option<&str>, text: &[Block]) {
    let text: Vec<&Block> = text.iter().filter(|block| !block.is_blank()).collect();
    let (first, rest) = match text.split_first() {
        Some((first, rest)) if first.kind == BlockKind::Paragraph => (inline(first), rest),
        _ => (String::new(), text.as_slice()),
    };
    // A point that begins with a list needs something to stand before it.
    let first = match lead {
        Some(lead) => format!("{lead} {first}"),
        None if first.is_empty() => "–".to_owned(),
        None => first,
    };
    push(out, "- ", "  ", first.trim_end());
    out.push('\n');
    blocks(out, &rest.iter().map(|&block| block.clone()).collect::<Vec<_>>(), "  ");
}

/// The same one level down.
pub(super) fn point_under(out: &mut String, lead: &str, text: &[Block]) {
    push(out, "  - ", "    ", &format!("{lead} {}", line(&crate::model::blocks_text(text))));
    out.push('\n');
}

fn push(out: &mut String, first: &str, rest: &str, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        out.push_str(if index == 0 { first } else { rest });
        out.push_str(line);
        out.push('\n');
    }
}

/// A block's runs; a line break in it is a hard one.
fn inline(block: &Block) -> String {
    let mut runs: Vec<Run> = Vec::new();
    for run in block.clone().tidy().runs {
        match runs.last_mut() {
            Some(last) if last.same_look(&run) => last.text.push_str(&run.text),
            _ => runs.push(run),
        }
    }
    let mut out = String::new();
    for (index, run) in runs.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| runs[before].text.chars().last());
        let after = runs.get(index + 1).and_then(|next| next.text.chars().next());
        look(&mut out, run, before, after);
    }
    let lines: Vec<String> = out.split('\n').map(|line| start(line.trim())).filter(|line| !line.is_empty()).collect();
    lines.join("\\\n")
}

/// A run with its look around it. Blanks stand outside the signs; where signs would not count as such
/// (beside letters), tags of HTML do the same.
fn look(out: &mut String, run: &Run, before: Option<char>, after: Option<char>) {
    let body = run.text.trim();
    if body.is_empty() || (!run.bold && !run.italic && run.link.is_none()) {
        out.push_str(&escape(&run.text));
        return;
    }
    let lead = &run.text[..run.text.len() - run.text.trim_start().len()];
    let tail = &run.text[run.text.trim_end().len()..];
    out.push_str(&escape(lead));
    let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let glued = (lead.is_empty() && is_word(before)) || (tail.is_empty() && is_word(after));
    // Signs cannot reach over a line break with blanks around it.
    let tags = glued || body.contains('\n');
    let signs: &[(&str, &str)] = match (run.bold, run.italic) {
        (true, true) if tags => &[("<b>", "</b>"), ("<i>", "</i>")],
        (true, false) if tags => &[("<b>", "</b>")],
        (false, true) if tags => &[("<i>", "</i>")],
        (true, true) => &[("***", "***")],
        (true, false) => &[("**", "**")],
        (false, true) => &[("*", "*")],
        (false, false) => &[],
    };
    signs.iter().for_each(|(open, _)| out.push_str(open));
    match run.link.as_deref().and_then(link::target) {
        Some(target) => {
            let target = target.replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E");
            out.push_str(&format!("[{}](<{}>)", escape(body).replace('\n', " "), target.replace('&', "&amp;")));
        }
        None => out.push_str(&escape(body)),
    }
    signs.iter().rev().for_each(|(_, close)| out.push_str(close));
    out.push_str(&escape(tail));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markdown() {
        for (text, written) in [
            ("# ingen rubrik", "\\# ingen rubrik"),
            ("1. ingen lista", "1\\. ingen lista"),
            ("231013. Möte", "231013\\. Möte"),
            ("- inget streck", "\\- inget streck"),
            ("<b>a & b</b>", "\\<b>a &amp; b\\</b>"),
            ("a_b*c", "a\\_b\\*c"),
            ("pris 5$", "pris 5\\$"),
        ] {
            assert_eq!(line(text), written);
        }
    }

    #[test]
    fn blanks_stand_outside_bold() {
        let bold = |text: &str| Run { text: text.into(), bold: true, ..Run::default() };
        let block = Block { runs: vec![Run::plain("a"), bold(" b "), Run::plain("c")], ..Block::default() };
        assert_eq!(inline(&block), "a **b** c");
        let block = Block { runs: vec![bold("(NY)"), Run::plain("c")], ..Block::default() };
        assert_eq!(inline(&block), "<b>(NY)</b>c");
    }
}

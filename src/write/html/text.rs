//! Rich text as HTML.

use minijinja::Value;

use crate::model::{Block, BlockKind, Run};
use crate::write::docx::link;
use crate::write::template::xml::{escape_into, is_allowed};

/// Paragraphs and nested lists.
pub(super) fn blocks(blocks: &[Block]) -> Value {
    Value::from_safe_string(html(blocks))
}

fn html(blocks: &[Block]) -> String {
    let mut out = String::new();
    // The levels of the lists that are open; each has an open point.
    let mut open: Vec<u8> = Vec::new();
    for block in blocks.iter().filter(|block| !block.is_blank()) {
        let close = |open: &mut Vec<u8>, out: &mut String| {
            open.pop();
            out.push_str("</li></ul>");
        };
        match block.kind {
            BlockKind::Paragraph => {
                while !open.is_empty() {
                    close(&mut open, &mut out);
                }
                out.push_str("<p>");
                runs(&block.runs, &mut out);
                out.push_str("</p>");
            }
            BlockKind::Bullet => {
                // A point between the levels of two open lists goes on with the inner one.
                while open.len() > 1 && open[open.len() - 2] >= block.level {
                    close(&mut open, &mut out);
                }
                match open.last_mut() {
                    Some(last) if *last >= block.level => {
                        *last = block.level;
                        out.push_str("</li><li>");
                    }
                    _ => {
                        open.push(block.level);
                        out.push_str("<ul><li>");
                    }
                }
                runs(&block.runs, &mut out);
            }
        }
    }
    for _ in open {
        out.push_str("</li></ul>");
    }
    out
}

fn runs(runs: &[Run], out: &mut String) {
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        let target = run.link.as_deref().and_then(link::target).filter(|target| is_harmless(target));
        if let Some(target) = &target {
            out.push_str("<a href=\"");
            escape_into(target, out);
            out.push_str("\">");
        }
        let looks = [(run.bold, "strong"), (run.italic, "em")];
        for (_, tag) in looks.iter().filter(|(on, _)| *on) {
            out.push_str(&format!("<{tag}>"));
        }
        let mut text = String::with_capacity(run.text.len());
        escape_into(&run.text.chars().filter(|&c| is_allowed(c)).collect::<String>(), &mut text);
        out.push_str(&text.replace('\n', "<br>"));
        for (_, tag) in looks.iter().rev().filter(|(on, _)| *on) {
            out.push_str(&format!("</{tag}>"));
        }
        if target.is_some() {
            out.push_str("</a>");
        }
    }
}

/// Whether following the link only opens something: no script.
fn is_harmless(target: &str) -> bool {
    let head = target.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => {
            ["http", "https", "ftp", "mailto", "tel", "file"].contains(&scheme.to_ascii_lowercase().as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nest_and_close() {
        let point = |level, text: &str| Block::bullet(level, text);
        let blocks = [
            Block::paragraph("a<b"),
            point(0, "b"),
            point(2, "c"),
            point(1, "d"),
            point(0, "e"),
            Block::paragraph("f"),
            point(3, "g"),
            point(0, "h"),
        ];
        assert_eq!(
            html(&blocks),
            "<p>a&lt;b</p><ul><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ul><p>f</p><ul><li>g</li><li>h</li></ul>"
        );
    }

    #[test]
    fn a_link_runs_no_script() {
        let link = |target: &str| {
            html(&[Block {
                runs: vec![Run { text: "x".into(), link: Some(target.into()), ..Run::default() }],
                ..Block::default()
            }])
        };
        assert_eq!(link("javascript:alert(1)"), "<p>x</p>");
        assert_eq!(link("JavaScript:alert(1)"), "<p>x</p>");
        assert_eq!(link("https://a.se/?a=1&b=\""), "<p><a href=\"https://a.se/?a=1&amp;b=%22\">x</a></p>");
    }
}

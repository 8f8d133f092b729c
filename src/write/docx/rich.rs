//! Rich text as a template's value, and as the XML that takes its tag's place.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};

use super::finish::LINK_MARK;
use super::{light, link};
use crate::model::Light;
use crate::write::shown;
use crate::write::template::compile::Look;
use crate::write::template::xml::{Element, escape_into, write_all};

/// Paragraphs to show. A template can print them all, loop over them, or ask whether there are any.
#[derive(Clone, Debug, Default)]
pub(in crate::write) struct Rich {
    pub(in crate::write) lines: Vec<Line>,
}

/// One paragraph.
#[derive(Clone, Debug, Default)]
pub(in crate::write) struct Line {
    /// For a list point its depth.
    pub(in crate::write) bullet: Option<u8>,
    pub(in crate::write) pieces: Vec<Piece>,
    /// Marked as new: a bar beside it.
    pub(super) new: bool,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(in crate::write) enum Piece {
    Text {
        text: String,
        bold: bool,
        italic: bool,
        link: Option<String>,
    },
    /// The date that an entry starts with.
    Date(String),
    Light(Light),
}

/// What the template has for showing things: its list, its character styles.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    /// The number of its bullet list.
    pub(super) bullets: Option<String>,
    /// The style of an entry's date.
    pub(super) date: Option<String>,
    /// The style of links.
    pub(super) link: Option<String>,
}

impl Object for Rich {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let line = self.lines.get(key.as_usize()?)?;
        Some(Value::from_object(Self { lines: vec![line.clone()] }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.lines.len())
    }

    /// The plain text, for filters.
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            for piece in &line.pieces {
                match piece {
                    Piece::Text { text, .. } | Piece::Date(text) => f.write_str(text)?,
                    Piece::Light(light) => f.write_str(shown::light(*light))?,
                }
            }
        }
        Ok(())
    }
}

/// Children of `w:pPr` that stand before `w:numPr` in the schema's order.
const BEFORE_NUMBER: [&str; 6] =
    ["w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"];

/// The lines as paragraphs of the tag's look; `first` goes into the first one.
pub(super) fn paragraphs(lines: &[Line], look: &Look, styles: &Styles, first: &str) -> String {
    let mut out = String::new();
    let empty = [Line::default()];
    let lines = if lines.is_empty() && (look.keep_empty || !first.is_empty()) { &empty } else { lines };
    for (index, line) in lines.iter().enumerate() {
        out.push_str("<w:p>");
        paragraph_properties(line, look, styles, &mut out);
        if index == 0 {
            out.push_str(first);
        }
        runs(line, look, styles, &mut out);
        out.push_str("</w:p>");
    }
    out
}

/// The lines inside one paragraph, with line breaks between.
pub(super) fn inline(lines: &[Line], look: &Look, styles: &Styles) -> String {
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push_str("<w:r><w:br/></w:r>");
        }
        runs(line, look, styles, &mut out);
    }
    out
}

fn paragraph_properties(line: &Line, look: &Look, styles: &Styles, out: &mut String) {
    let number = line.bullet.zip(styles.bullets.as_ref());
    if number.is_none() && !line.new {
        if let Some(properties) = &look.paragraph {
            element(properties, out);
        }
        return;
    }
    out.push_str("<w:pPr>");
    let children = || look.paragraph.iter().flat_map(Element::elements);
    let is_before = |child: &&Element| BEFORE_NUMBER.contains(&child.name.as_str());
    children().filter(is_before).for_each(|child| element(child, out));
    if let Some((level, list)) = number {
        // Word knows nine levels.
        let level = level.min(8);
        out.push_str(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"));
    } else {
        children().filter(|child| child.name == "w:numPr").for_each(|child| element(child, out));
    }
    children().filter(|child| child.name == "w:suppressLineNumbers").for_each(|child| element(child, out));
    if line.new {
        out.push_str(BAR);
    }
    let placed = |name: &str| {
        matches!(name, "w:numPr" | "w:suppressLineNumbers")
            || name == "w:pBdr" && line.new
            // The list's own indents hold, not the paragraph's.
            || name == "w:ind" && number.is_some()
    };
    let rest = |child: &&Element| !is_before(child) && !placed(&child.name);
    children().filter(rest).for_each(|child| element(child, out));
    out.push_str("</w:pPr>");
}

/// The bar beside a new entry.
const BAR: &str = "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"3\" w:color=\"1F3864\"/></w:pBdr>";

fn element(element: &Element, out: &mut String) {
    element.open(out, element.children.is_empty());
    if !element.children.is_empty() {
        write_all(&element.children, out);
        element.close(out);
    }
}

fn runs(line: &Line, look: &Look, styles: &Styles, out: &mut String) {
    if line.bullet.is_some() && styles.bullets.is_none() && !line.pieces.is_empty() {
        // A template with no list at all: the sign keeps points apart from paragraphs.
        text_run("• ", look, &Face::default(), out);
    }
    for piece in &line.pieces {
        match piece {
            Piece::Light(light) => {
                out.push_str(&light::run(*light));
                // Never colour alone: the light's name stands beside it.
                text_run(&format!("\u{a0}{}", shown::light(*light)), look, &Face::default(), out);
            }
            Piece::Date(date) => {
                let face = Face { bold: styles.date.is_none(), style: styles.date.as_deref(), ..Face::default() };
                text_run(date, look, &face, out);
            }
            Piece::Text { text, bold, italic, link } => {
                let target = link.as_deref().and_then(link::target);
                let style = target.as_ref().and(styles.link.as_deref());
                if let Some(target) = &target {
                    out.push_str(&format!("<w:hyperlink r:id=\"{LINK_MARK}"));
                    escape_into(target, out);
                    out.push_str("\" w:history=\"1\">");
                }
                text_run(text, look, &Face { bold: *bold, italic: *italic, style }, out);
                if target.is_some() {
                    out.push_str("</w:hyperlink>");
                }
            }
        }
    }
}

/// What a run has beyond the tag's look.
#[derive(Default)]
struct Face<'a> {
    bold: bool,
    italic: bool,
    style: Option<&'a str>,
}

fn text_run(text: &str, look: &Look, face: &Face<'_>, out: &mut String) {
    out.push_str("<w:r>");
    run_properties(look, face, out);
    let mut open = false;
    for c in text.chars() {
        let sign = match c {
            '\n' => "<w:br/>",
            '\t' => "<w:tab/>",
            _ => {
                if !std::mem::replace(&mut open, true) {
                    out.push_str("<w:t xml:space=\"preserve\">");
                }
                escape_into(c.encode_utf8(&mut [0; 4]), out);
                continue;
            }
        };
        if std::mem::take(&mut open) {
            out.push_str("</w:t>");
        }
        out.push_str(sign);
    }
    if open {
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
}

/// The look's properties with bold, italic and style at their places in the schema's order.
fn run_properties(look: &Look, face: &Face<'_>, out: &mut String) {
    let plain = !face.bold && !face.italic && face.style.is_none();
    match (&look.run, plain) {
        (None, true) => return,
        (Some(properties), true) => return element(properties, out),
        _ => {}
    }
    let children = || look.run.iter().flat_map(Element::elements);
    let has = |name: &str| children().any(|child| child.name == name);
    out.push_str("<w:rPr>");
    match face.style {
        Some(style) => out.push_str(&format!("<w:rStyle w:val=\"{style}\"/>")),
        None => children().filter(|child| child.name == "w:rStyle").for_each(|child| element(child, out)),
    }
    children().filter(|child| child.name == "w:rFonts").for_each(|child| element(child, out));
    for (wanted, names) in [(face.bold, ["w:b", "w:bCs"]), (face.italic, ["w:i", "w:iCs"])] {
        for name in names {
            if wanted {
                out.push_str(&format!("<{name}/>"));
            } else if has(name) {
                children().filter(|child| child.name == name).for_each(|child| element(child, out));
            }
        }
    }
    const PLACED: [&str; 6] = ["w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs"];
    children().filter(|child| !PLACED.contains(&child.name.as_str())).for_each(|child| element(child, out));
    out.push_str("</w:rPr>");
}

//! Rich text as the paragraphs and runs of a slide, in the look of the tag that stands there.

use crate::model::Light;
use crate::write::docx::link;
use crate::write::docx::rich::{Line, Piece};
use crate::write::shown;
use crate::write::template::compile::Look;
use crate::write::template::xml::{Element, Node, escape, escape_into};

/// Before a link's target, until it has a relationship.
pub(super) const LINK_MARK: &str = "hp-link:";
/// The attribute of a paragraph beside which a light is to be drawn.
pub(super) const LIGHT_MARK: &str = "hp-light";

/// How far in text stands beside a light, in the units of drawings.
const BESIDE: i64 = 177_800;

/// The lines as paragraphs.
pub(super) fn paragraphs(lines: &[Line], look: &Look) -> String {
    let mut out = String::new();
    for line in lines.iter().filter(|line| !line.pieces.is_empty()) {
        let light = line.pieces.iter().find_map(|piece| match piece {
            Piece::Light(light) if *light != Light::Closed => Some(*light),
            _ => None,
        });
        match light {
            Some(light) => out.push_str(&format!("<a:p {LIGHT_MARK}=\"{}\">", shown::light(light))),
            None => out.push_str("<a:p>"),
        }
        properties(line, light.is_some(), look, &mut out);
        runs(line, look, &mut out);
        out.push_str("</a:p>");
    }
    if out.is_empty() && look.keep_empty {
        out.push_str("<a:p/>");
    }
    out
}

/// The lines inside one paragraph, with line breaks between.
pub(super) fn inline(lines: &[Line], look: &Look) -> String {
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            out.push_str("<a:br/>");
        }
        runs(line, look, &mut out);
    }
    out
}

fn properties(line: &Line, light: bool, look: &Look, out: &mut String) {
    let mut properties = look.paragraph.clone().unwrap_or(Element { name: "a:pPr".to_owned(), ..Element::default() });
    let small = look.run.as_ref().and_then(|run| run.attribute("sz")?.parse::<i64>().ok()).is_some_and(|sz| sz < 1_400);
    let step = if small { 114_300 } else { 228_600 };
    let mut set = |name: &str, value: i64| {
        properties.attributes.retain(|(known, _)| known != name);
        properties.attributes.push((name.to_owned(), value.to_string()));
    };
    match line.bullet {
        Some(level) => {
            let level = i64::from(level.min(8));
            set("marL", step * (level + 1));
            set("indent", -step);
            set("lvl", level);
        }
        None if light => {
            set("marL", BESIDE);
            set("indent", 0);
        }
        None => {}
    }
    if let Some(bullet) = line.bullet.is_some().then_some(true).or(light.then_some(false)) {
        properties.children.retain(|node| !node.element().is_some_and(|child| child.name.starts_with("a:bu")));
        let spacing = |node: &Node| {
            node.element().is_some_and(|child| matches!(child.name.as_str(), "a:lnSpc" | "a:spcBef" | "a:spcAft"))
        };
        let at = properties.children.iter().take_while(|node| spacing(node)).count();
        let element = |name: &str, key: &str, value: &str| {
            let attributes = if key.is_empty() { vec![] } else { vec![(key.to_owned(), value.to_owned())] };
            Node::Element(Element { name: name.to_owned(), attributes, children: Vec::new() })
        };
        let signs = if bullet {
            vec![element("a:buFont", "typeface", "Arial"), element("a:buChar", "char", "•")]
        } else {
            vec![element("a:buNone", "", "")]
        };
        properties.children.splice(at..at, signs);
    }
    Node::Element(properties).write(out);
}

fn runs(line: &Line, look: &Look, out: &mut String) {
    for piece in &line.pieces {
        match piece {
            // A ticked box is a sign of its own; a drawn light has its name beside it.
            Piece::Light(Light::Closed) => {
                run(&format!("☒ {}", shown::light(Light::Closed)), look, Face::default(), out)
            }
            Piece::Light(light) => run(shown::light(*light), look, Face::default(), out),
            Piece::Date(date) => run(date, look, Face { bold: true, ..Face::default() }, out),
            Piece::Text { text, bold, italic, link } => {
                let target = link.as_deref().and_then(link::target);
                run(text, look, Face { bold: *bold, italic: *italic, link: target.as_deref() }, out);
            }
        }
    }
}

/// What a run has beyond the tag's look.
#[derive(Clone, Copy, Default)]
struct Face<'a> {
    bold: bool,
    italic: bool,
    link: Option<&'a str>,
}

fn run(text: &str, look: &Look, face: Face<'_>, out: &mut String) {
    let mut properties = look.run.clone().unwrap_or(Element { name: "a:rPr".to_owned(), ..Element::default() });
    for (wanted, name) in [(face.bold, "b"), (face.italic, "i")] {
        if wanted {
            properties.attributes.retain(|(known, _)| known != name);
            properties.attributes.push((name.to_owned(), "1".to_owned()));
        }
    }
    if properties.attribute("lang").is_none() {
        properties.attributes.push(("lang".to_owned(), "sv-SE".to_owned()));
    }
    if let Some(link) = face.link {
        let attributes = vec![("r:id".to_owned(), format!("{LINK_MARK}{}", escape(link)))];
        properties.children.push(Node::Element(Element {
            name: "a:hlinkClick".to_owned(),
            attributes,
            children: Vec::new(),
        }));
    }
    for (index, text) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<a:br/>");
        }
        if !text.is_empty() {
            out.push_str("<a:r>");
            Node::Element(properties.clone()).write(out);
            out.push_str("<a:t>");
            escape_into(text, out);
            out.push_str("</a:t></a:r>");
        }
    }
}

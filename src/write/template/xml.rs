//! A small XML tree for the parts of an Office file that are changed as a whole.
//!
//! Names and attribute values are kept as they stand, so that what is not touched is written back unchanged.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may be nested: real documents stay below 60, and the tree is walked by recursion.
const MAX_DEPTH: usize = 256;

/// A piece of a part.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Text, unescaped.
    Text(String),
    /// A declaration, comment or processing instruction, as it stands.
    Raw(String),
}

/// An element with its qualified name; attribute values stay escaped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// The name with its prefix.
    pub(crate) name: String,
    /// Names and escaped values.
    pub(crate) attributes: Vec<(String, String)>,
    /// What stands in it.
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// An attribute's value, escaped.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The first child element of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The text directly in it.
    pub(crate) fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| if let Node::Text(text) = node { Some(text.as_str()) } else { None })
            .collect()
    }

    /// `<name a="b">`, or `<name a="b"/>` where it stands alone.
    pub(crate) fn open(&self, out: &mut String, empty: bool) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        out.push_str(if empty { "/>" } else { ">" });
    }

    /// `</name>`.
    pub(crate) fn close(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

impl Node {
    /// The element, if it is one.
    pub(crate) fn element(&self) -> Option<&Element> {
        if let Self::Element(element) = self { Some(element) } else { None }
    }

    /// Writes it as XML.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Raw(raw) => out.push_str(raw),
            Self::Text(text) => escape_into(text, out),
            Self::Element(element) => {
                element.open(out, element.children.is_empty());
                if !element.children.is_empty() {
                    write_all(&element.children, out);
                    element.close(out);
                }
            }
        }
    }
}

/// Writes nodes one after another.
pub(crate) fn write_all(nodes: &[Node], out: &mut String) {
    for node in nodes {
        node.write(out);
    }
}

/// Text as it stands in XML, both in elements and in attributes.
pub(crate) fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Written plainly, a parser would turn it into a newline.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// [`escape_into`] as a value.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(text, &mut out);
    out
}

/// The text that an escaped one stands for; unknown entities stay as they are.
pub(crate) fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Whether XML 1.0 can hold the character at all.
pub(crate) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Reads a whole part; the error says what is wrong, in Swedish.
pub(crate) fn parse(source: &str) -> Result<Vec<Node>, String> {
    let mut reader = Reader::from_str(source.strip_prefix('\u{feff}').unwrap_or(source));
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| format!("felaktig XML vid tecken {at}: {error}"))?;
        let node = match event {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH {
                    return Err(format!("elementen är nästlade djupare än {MAX_DEPTH} nivåer"));
                }
                open.push(element(&start)?);
                continue;
            }
            Event::Empty(start) => Node::Element(element(&start)?),
            Event::End(_) => match open.pop() {
                Some(element) => Node::Element(element),
                None => return Err(format!("ett element stängs som inte är öppnat, vid tecken {at}")),
            },
            Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(entity) => Node::Text(resolve(&entity)?),
            Event::Decl(decl) => Node::Raw(format!("<?{}?>", &*decl)),
            Event::Comment(_) | Event::PI(_) => continue,
            Event::DocType(_) => return Err("en dokumenttypsdeklaration (DOCTYPE) är inte tillåten".to_owned()),
            Event::Eof => break,
        };
        let siblings = open.last_mut().map_or(&mut top, |parent| &mut parent.children);
        // quick-xml cuts text at entities; here it is one text again.
        match (siblings.last_mut(), node) {
            (Some(Node::Text(before)), Node::Text(text)) => before.push_str(&text),
            (_, node) => siblings.push(node),
        }
    }
    match open.pop() {
        Some(element) => Err(format!("elementet {} stängs aldrig", element.name)),
        None => Ok(top),
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| format!("felaktigt attribut: {error}"))?;
        // A value in single quotes may hold double ones.
        attributes.push((attribute.key.as_ref().to_owned(), attribute.value.replace('"', "&quot;")));
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

/// What an entity stands for: a character, or one of XML's five names.
pub(crate) fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, String> {
    match entity.resolve_char_ref() {
        Ok(Some(c)) if is_allowed(c) => Ok(c.to_string()),
        Ok(None) => {
            resolve_xml_entity(entity).map(str::to_owned).ok_or_else(|| format!("okänd entitet &{};", &**entity))
        }
        _ => Err(format!("otillåtet teckennummer &{};", &**entity)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_is_written_back() {
        let source = r#"<?xml version="1.0"?><a x="1 &lt; 2"><b/>å &amp; ä<c>d</c></a>"#;
        let mut out = String::new();
        write_all(&parse(source).unwrap(), &mut out);
        assert_eq!(out, source);
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        for wrong in ["<a>", "<a></b>", "</a>", "<a b=1/>", "<a>&x;</a>", "<!DOCTYPE a><a/>", "<a>&#1;</a>", &deep] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}

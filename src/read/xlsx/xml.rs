//! A small tree of XML elements for the parts of a file that are read as a whole,
//! and the pieces that the streaming readers share.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::read::ReadError;

/// An element. Names are local: the prefix differs from program to program.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// The name without its prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it, in order.
    pub(super) content: Vec<Content>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
}

impl Element {
    /// The tree of a part; of `mc:AlternateContent` one branch only.
    pub(super) fn parse(xml: &str, part: &str, depth_cap: usize) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(xml);
        let mut stack = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(|error| damaged(error, part))?;
            match event {
                Event::Start(start) => {
                    if stack.len() > depth_cap {
                        return Err(too_deep(depth_cap, part));
                    }
                    stack.push(Self::new(&start));
                }
                Event::Empty(start) => {
                    let element = Self::new(&start);
                    if let Some(parent) = stack.last_mut() {
                        parent.push(element);
                    }
                }
                Event::End(_) => {
                    if let (Some(element), Some(parent)) = (stack.pop(), stack.last_mut()) {
                        parent.push(element);
                    }
                }
                Event::Text(text) => push_text(&mut stack, &text.xml10_content()),
                Event::CData(text) => push_text(&mut stack, &text.xml10_content()),
                Event::GeneralRef(reference) => push_text(&mut stack, &resolve(&reference)),
                Event::Eof => break,
                _ => {}
            }
        }
        // A part that ends too early keeps what it has.
        while stack.len() > 1 {
            if let (Some(element), Some(parent)) = (stack.pop(), stack.last_mut()) {
                parent.push(element);
            }
        }
        let first = stack.pop().and_then(|root| {
            root.content.into_iter().find_map(|content| match content {
                Content::Element(element) => Some(element),
                Content::Text(_) => None,
            })
        });
        first.ok_or_else(|| ReadError::damaged("delen är tom", Some(part)))
    }

    fn new(start: &BytesStart<'_>) -> Self {
        let attributes = start
            .attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| (attribute.key.as_ref().to_owned(), unescape(&attribute.value)))
            .collect();
        Self { name: start.local_name().as_ref().to_owned(), attributes, content: Vec::new() }
    }

    fn push(&mut self, child: Self) {
        // Of the alternatives the first is the newer drawing, the fallback often a picture of it.
        if child.name == "AlternateContent" {
            let branch = ["Choice", "Fallback"].into_iter().find_map(|name| child.child(name).cloned());
            self.content.extend(branch.unwrap_or_default().content);
        } else {
            self.content.push(Content::Element(child));
        }
    }

    /// The child elements.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// All children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |child| child.name == name)
    }

    /// The descendant that a path of child names leads to.
    pub(super) fn path(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All descendants of a name, in document order.
    pub(super) fn descendants<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let (mut found, mut stack) = (Vec::new(), vec![self]);
        while let Some(element) = stack.pop() {
            if element.name == name {
                found.push(element);
            }
            let children: Vec<&Self> = element.children().collect();
            stack.extend(children.into_iter().rev());
        }
        found
    }

    /// An attribute, by its name without prefix; one written without a prefix wins.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let by = |exact: bool| {
            self.attributes
                .iter()
                .find(|(key, _)| if exact { key == name } else { local(key) == name })
                .map(|(_, value)| value.as_str())
        };
        by(true).or_else(|| by(false))
    }

    /// The relationship an element points to (`r:id`, `r:embed`), whatever the prefix.
    pub(super) fn relationship(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key.contains(':') && local(key) == name).map(|(_, value)| value.as_str())
    }

    /// A number in an attribute.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// A flag in an attribute.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.attribute(name).map(is_true)
    }

    /// All text below the element.
    pub(super) fn text(&self) -> String {
        let (mut text, mut stack) = (String::new(), vec![self.content.iter()]);
        while let Some(top) = stack.last_mut() {
            match top.next() {
                Some(Content::Text(piece)) => text.push_str(piece),
                Some(Content::Element(element)) => stack.push(element.content.iter()),
                None => {
                    stack.pop();
                }
            }
        }
        text
    }
}

fn push_text(stack: &mut [Element], text: &str) {
    if let Some(element) = stack.last_mut() {
        match element.content.last_mut() {
            // The parser cuts text at entities.
            Some(Content::Text(last)) => last.push_str(text),
            _ => element.content.push(Content::Text(text.to_owned())),
        }
    }
}

/// Whether a flag's text says yes.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An attribute of a start tag by its local name, entities resolved.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| unescape(&attribute.value))
}

/// What an entity in running text stands for; an unknown one stays as written.
pub(super) fn resolve(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => quick_xml::escape::resolve_predefined_entity(reference)
            .map_or_else(|| format!("&{};", &**reference), str::to_owned),
    }
}

fn unescape(value: &str) -> String {
    match quick_xml::escape::unescape(value) {
        Ok(text) => text.into_owned(),
        Err(_) => value.to_owned(),
    }
}

/// A part that is no well-formed XML.
pub(super) fn damaged(error: quick_xml::Error, part: &str) -> ReadError {
    ReadError::Damaged {
        what: "XML-koden går inte att tolka".to_owned(),
        part: Some(part.to_owned()),
        source: Some(Box::new(error)),
    }
}

/// A part nested too deep.
pub(super) fn too_deep(cap: usize, part: &str) -> ReadError {
    ReadError::TooLarge {
        what: format!("{part} är nästlad djupare än {cap} nivåer"),
        help: "Öppna filen i sitt eget program och spara en ny kopia.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_do_not_cut_the_text() {
        let root = Element::parse("<a><b>R&amp;D &#228;r &lt;bra&gt;</b></a>", "x", 10).unwrap();
        assert_eq!(root.text(), "R&D är <bra>");
        assert_eq!(root.child("b").unwrap().content.len(), 1);
    }

    #[test]
    fn one_branch_of_the_alternatives() {
        let xml = r#"<a xmlns:mc="m"><mc:AlternateContent><mc:Choice><n/></mc:Choice><mc:Fallback><o/></mc:Fallback></mc:AlternateContent></a>"#;
        let root = Element::parse(xml, "x", 10).unwrap();
        assert_eq!(root.children().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["n"]);
    }

    #[test]
    fn a_relationship_is_told_from_an_id() {
        let root = Element::parse(r#"<a id="256" r:id="rId2"/>"#, "x", 10).unwrap();
        assert_eq!((root.attribute("id"), root.relationship("id")), (Some("256"), Some("rId2")));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(Element::parse(&"<a>".repeat(50), "x", 20).is_err());
    }
}

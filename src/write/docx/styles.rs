//! Finds in a template what rich text is shown with: the bullet list, the styles of dates and links.

use super::related;
use super::rich::Styles;
use crate::write::WriteError;
use crate::write::template::package::Package;
use crate::write::template::xml::{Element, Node};

/// Names of the list style, as Word's editions in English and Swedish and LibreOffice write them.
const LIST: [&str; 3] = ["list bullet", "punktlista", "list bullet 1"];
/// Names of the character style for an entry's date.
const DATE: [&str; 2] = ["datum i uppföljning", "entry date"];
/// Names of the character style for links.
const LINK: [&str; 3] = ["hyperlink", "hyperlänk", "internet link"];

pub(super) fn find(package: &mut Package<'_>, main: &str) -> Result<Styles, WriteError> {
    let styles = match related(package, main, "/styles")? {
        Some(part) => package.xml(&part)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let numbering = match related(package, main, "/numbering")? {
        Some(part) => package.xml(&part)?.unwrap_or_default(),
        None => Vec::new(),
    };
    let id_of = |kind: &str, names: &[&str]| {
        style(&styles, kind, names).and_then(|style| style.attribute("w:styleId")).map(str::to_owned)
    };
    let list = style(&styles, "paragraph", &LIST)
        .and_then(|style| style.child("w:pPr")?.child("w:numPr")?.child("w:numId")?.attribute("w:val"))
        .map(str::to_owned);
    Ok(Styles {
        bullets: list.or_else(|| any_bullets(&numbering)),
        date: id_of("character", &DATE),
        link: id_of("character", &LINK),
    })
}

/// The style of this kind with one of these names.
fn style<'n>(styles: &'n [Node], kind: &str, names: &[&str]) -> Option<&'n Element> {
    let all = || styles.iter().filter_map(Node::element).flat_map(Element::elements);
    all().filter(|style| style.name == "w:style" && style.attribute("w:type") == Some(kind)).find(|style| {
        let name = style.child("w:name").and_then(|name| name.attribute("w:val")).unwrap_or_default();
        names.contains(&name.to_lowercase().as_str())
    })
}

/// The first list whose outermost level has a sign rather than a number.
fn any_bullets(numbering: &[Node]) -> Option<String> {
    let root = numbering.iter().find_map(Node::element)?;
    let is_bullets = |list: &&Element| {
        list.name == "w:abstractNum"
            && list.child("w:lvl").and_then(|level| level.child("w:numFmt")?.attribute("w:val")) == Some("bullet")
    };
    let list = root.elements().find(is_bullets)?.attribute("w:abstractNumId")?;
    root.elements()
        .filter(|number| number.name == "w:num")
        .find(|number| number.child("w:abstractNumId").and_then(|id| id.attribute("w:val")) == Some(list))?
        .attribute("w:numId")
        .map(str::to_owned)
}

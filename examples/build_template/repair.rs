//! What docx-rs leaves to be done before a part is valid and accessible.
//!
//! - children in the order of the schema, where order is prescribed;
//! - attributes and elements that the schema does not know go;
//! - heading rows repeat on each page, tables have a caption and a description;
//! - the language is Swedish.

#[path = "../../src/write/template/xml.rs"]
#[allow(dead_code, reason = "the writer uses more of it than the template's builder")]
mod xml;

use xml::{Element, Node, escape, parse, write_all};

/// Elements whose children have an order, with that order.
const ORDERS: [(&str, &[&str]); 8] = [
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:suppressLineNumbers",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:kinsoku",
            "w:wordWrap",
            "w:overflowPunct",
            "w:topLinePunct",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:bidi",
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:textboxTightWrap",
            "w:outlineLvl",
            "w:divId",
            "w:cnfStyle",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:smallCaps",
            "w:strike",
            "w:dstrike",
            "w:outline",
            "w:shadow",
            "w:emboss",
            "w:imprint",
            "w:noProof",
            "w:snapToGrid",
            "w:vanish",
            "w:webHidden",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:effect",
            "w:bdr",
            "w:shd",
            "w:fitText",
            "w:vertAlign",
            "w:rtl",
            "w:cs",
            "w:em",
            "w:lang",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblOverlap",
            "w:bidiVisual",
            "w:tblStyleRowBandSize",
            "w:tblStyleColBandSize",
            "w:tblW",
            "w:jc",
            "w:tblCellSpacing",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
    ),
    (
        "w:tcPr",
        &[
            "w:cnfStyle",
            "w:tcW",
            "w:gridSpan",
            "w:hMerge",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:textDirection",
            "w:tcFitText",
            "w:vAlign",
            "w:hideMark",
        ],
    ),
    (
        "w:style",
        &[
            "w:name",
            "w:aliases",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:autoRedefine",
            "w:hidden",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:locked",
            "w:rsid",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:trPr",
            "w:tcPr",
            "w:tblStylePr",
        ],
    ),
    (
        "w:lvl",
        &[
            "w:start",
            "w:numFmt",
            "w:lvlRestart",
            "w:pStyle",
            "w:isLgl",
            "w:suff",
            "w:lvlText",
            "w:lvlPicBulletId",
            "w:legacy",
            "w:lvlJc",
            "w:pPr",
            "w:rPr",
        ],
    ),
    ("w:tblCellMar", &["w:top", "w:left", "w:start", "w:bottom", "w:right", "w:end"]),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:endnotePr",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:paperSrc",
            "w:pgBorders",
            "w:lnNumType",
            "w:pgNumType",
            "w:cols",
            "w:formProt",
            "w:vAlign",
            "w:noEndnote",
            "w:titlePg",
            "w:textDirection",
            "w:bidi",
            "w:rtlGutter",
            "w:docGrid",
        ],
    ),
];

/// Paragraph styles that keep with what follows: headings stand on no page alone.
const KEEP_NEXT: [&str; 5] = ["Title", "Heading1", "Heading2", "Heading3", "TableHeading"];

/// A part with its children in order.
pub(crate) fn part(source: &str) -> Result<String, String> {
    repaired(source, |_| {})
}

/// The document: also its tables, which get the captions and descriptions in order.
pub(crate) fn document(source: &str, tables: &[(&str, &str)]) -> Result<String, String> {
    let mut tables = tables.iter();
    repaired(source, |element| {
        if element.name == "w:tbl"
            && let Some((caption, description)) = tables.next()
        {
            heading_row(element);
            let properties = child_mut(element, "w:tblPr");
            // Word draws the style's lines; those that docx-rs adds to each table would hide them.
            properties.children.retain(|node| !is(node, "w:tblBorders") && !is(node, "w:jc"));
            properties.children.push(value("w:tblCaption", caption));
            properties.children.push(value("w:tblDescription", description));
            let look = [("w:val", "0620"), ("w:firstRow", "1"), ("w:lastRow", "0"), ("w:firstColumn", "0")];
            let bands = [("w:lastColumn", "0"), ("w:noHBand", "1"), ("w:noVBand", "1")];
            properties.children.push(leaf("w:tblLook", &[&look[..], &bands[..]].concat()));
        }
    })
}

/// The lists: without the one that docx-rs always adds, under the number that Word takes for its own.
pub(crate) fn numbering(source: &str) -> Result<String, String> {
    repaired(source, |element| {
        element.children.retain(|node| {
            let id = |name| node.element().and_then(|list| list.attribute(name)) == Some("1");
            !(is(node, "w:abstractNum") && id("w:abstractNumId") || is(node, "w:num") && id("w:numId"))
        });
        if element.name == "w:abstractNum" {
            element.children.insert(0, value("w:multiLevelType", "multilevel"));
        }
    })
}

/// The styles: also the language, and what docx-rs has no words for.
pub(crate) fn styles(source: &str) -> Result<String, String> {
    repaired(source, |element| match element.name.as_str() {
        "w:rPrDefault" => {
            let lang = leaf("w:lang", &[("w:val", "sv-SE"), ("w:eastAsia", "sv-SE"), ("w:bidi", "ar-SA")]);
            child_mut(element, "w:rPr").children.push(lang);
        }
        // No line of a paragraph stands alone on a page.
        "w:pPrDefault" => child_mut(element, "w:pPr").children.push(leaf("w:widowControl", &[])),
        "w:style" => style(element),
        _ => {}
    })
}

fn style(element: &mut Element) {
    let id = element.attribute("w:styleId").unwrap_or_default().to_owned();
    let kind = element.attribute("w:type").unwrap_or_default().to_owned();
    if matches!(id.as_str(), "Normal" | "DefaultParagraphFont" | "TableNormal") {
        element.attributes.insert(1, ("w:default".to_owned(), "1".to_owned()));
        element.children.retain(|node| !is(node, "w:basedOn"));
    }
    match kind.as_str() {
        "character" => element.children.retain(|node| !is(node, "w:pPr")),
        "paragraph" => {
            let lang = leaf("w:lang", &[("w:val", "sv-SE")]);
            child_mut(element, "w:rPr").children.push(lang);
        }
        _ => {}
    }
    if kind != "table" {
        element.children.retain(|node| !["w:tblPr", "w:tcPr", "w:trPr"].iter().any(|name| is(node, name)));
    }
    if KEEP_NEXT.contains(&id.as_str()) {
        child_mut(element, "w:pPr").children.push(leaf("w:keepNext", &[]));
    }
    if id == "Title" {
        let line = [("w:val", "single"), ("w:sz", "8"), ("w:space", "4"), ("w:color", "7F94B5")];
        let borders = Element { name: "w:pBdr".into(), children: vec![leaf("w:bottom", &line)], ..Element::default() };
        child_mut(element, "w:pPr").children.push(Node::Element(borders));
    }
    if id == "ListBullet" {
        let numbering = Element { name: "w:numPr".into(), children: vec![value("w:numId", "2")], ..Element::default() };
        let properties = child_mut(element, "w:pPr");
        properties.children.push(Node::Element(numbering));
        properties.children.push(leaf("w:contextualSpacing", &[]));
    }
}

/// Marks a table's first row as the heading that each page repeats.
fn heading_row(table: &mut Element) {
    let row = table.children.iter_mut().find_map(|node| match node {
        Node::Element(row) if row.name == "w:tr" => Some(row),
        _ => None,
    });
    if let Some(row) = row {
        child_mut(row, "w:trPr").children.push(leaf("w:tblHeader", &[]));
    }
}

fn repaired(source: &str, mut change: impl FnMut(&mut Element)) -> Result<String, String> {
    let mut nodes = parse(source)?;
    walk(&mut nodes, &mut change);
    let mut out = String::new();
    write_all(&nodes, &mut out);
    Ok(out)
}

fn walk(nodes: &mut Vec<Node>, change: &mut impl FnMut(&mut Element)) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        // Paragraph ids are for programs that edit together; in a template they would be repeated.
        element.attributes.retain(|(name, _)| !matches!(name.as_str(), "w14:paraId" | "w14:textId"));
        if element.name == "w:gridCol" {
            element.attributes.retain(|(name, _)| name != "w:type");
        }
        change(element);
        if let Some((_, order)) = ORDERS.iter().find(|(name, _)| *name == element.name) {
            let place = |node: &Node| {
                let name = node.element().map(|element| element.name.as_str());
                order.iter().position(|known| Some(*known) == name).unwrap_or(order.len())
            };
            element.children.sort_by_key(place);
        }
        walk(&mut element.children, change);
        // Groups of properties that say nothing, which not every place may have.
        const GROUPS: [&str; 5] = ["w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:trPr"];
        let says_nothing = |child: &Element| GROUPS.contains(&child.name.as_str()) && child.children.is_empty();
        element.children.retain(|node| !node.element().is_some_and(says_nothing));
    }
}

fn is(node: &Node, name: &str) -> bool {
    node.element().is_some_and(|element| element.name == name)
}

/// The child of this name, made as the first one where there is none.
fn child_mut<'e>(parent: &'e mut Element, name: &str) -> &'e mut Element {
    let at = parent.children.iter().position(|node| is(node, name)).unwrap_or_else(|| {
        parent.children.insert(0, Node::Element(Element { name: name.to_owned(), ..Element::default() }));
        0
    });
    match &mut parent.children[at] {
        Node::Element(element) => element,
        _ => unreachable!("the position is that of an element"),
    }
}

fn value(name: &str, value: &str) -> Node {
    leaf(name, &[("w:val", value)])
}

fn leaf(name: &str, attributes: &[(&str, &str)]) -> Node {
    let attributes = attributes.iter().map(|(key, value)| ((*key).to_owned(), escape(value))).collect();
    Node::Element(Element { name: name.to_owned(), attributes, children: Vec::new() })
}

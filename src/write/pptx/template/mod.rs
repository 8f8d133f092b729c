//! Plan → PowerPoint on a template of the user's own.
//!
//! A slide is filled in as a Word document is (`write::template`); what stands on a slide for more than itself is said by
//! a text box of tags alone: `{% for section in sections %}` makes the slide one for each section, `{% if results %}`
//! lets it stand only where there is something to show. The box itself does not show, and its end is the slide's. Then
//! the rows of the slide's table, or its text, are shared out over as many slides as their measured height needs.

mod flow;
mod paragraph;
mod rich;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::value::{Rest, Value};
use minijinja::{Error, ErrorKind};

use self::flow::{Room, Sharer};
use crate::model::{Plan, Warned};
use crate::write::docx::{self, TemplateCheck};
use crate::write::template::check::Checker;
use crate::write::template::compile::{self, Compiled, Dialect, Look, TagPlace};
use crate::write::template::engine;
use crate::write::template::package::{Package, Relationship, relationships_of};
use crate::write::template::tags::{self, TagKind};
use crate::write::template::xml::{self, Element, Node, escape};
use crate::write::{WriteError, WriteOptions};

/// What PowerPoint calls things.
const DIALECT: Dialect = Dialect {
    paragraph: "a:p",
    paragraph_properties: "a:pPr",
    run: "a:r",
    run_properties: "a:rPr",
    text: "a:t",
    row: "a:tr",
    cell: "a:tc",
    table: "a:tbl",
    grid_column: ("a:gridCol", "w"),
    invisible: &["a:endParaRPr"],
    unrepeatable: &[],
};

/// Between the slides that one slide of the template becomes. No text holds it: XML cannot.
const NEXT: char = '\u{2}';
const SLIDE: &str = "/slide";
const SLIDE_KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide";
const LINK_KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
const SLIDE_TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";

/// Writes the plan on the template.
pub(super) fn write(plan: &Plan, template: &[u8], options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut package = Package::open(template)?;
    let main = main_part(&mut package)?;
    let (context, mut warnings) = docx::context(plan, options.mark_new);
    let show = main_show(&mut package, &main)?;
    let mut sharer = Sharer::new(show.height);
    let mut slides: Vec<(String, Vec<Node>)> = Vec::new();
    for (number, part) in show.slides.iter().enumerate() {
        let (compiled, _) = compiled(&mut package, part, number + 1)?;
        let rendered = render(compiled, &context)?;
        let relationships = package.xml(&relationships_of(part))?.unwrap_or_default();
        let layout = layout_of(&mut package, part, &relationships)?;
        for piece in rendered.split(NEXT).map(str::trim).filter(|piece| !piece.is_empty()) {
            let malformed = |what| WriteError::Malformed { what, part: part.clone() };
            let nodes = xml::parse(piece).map_err(malformed)?;
            for slide in sharer.slides(nodes, &Room { layout: &layout }) {
                let (slide, relationships) = with_links(slide, &relationships);
                let mut text = String::new();
                xml::write_all(&slide, &mut text);
                slides.push((text, relationships));
            }
        }
    }
    properties(&mut package, &context)?;
    replace(&mut package, &main, &show, slides)?;
    if options.embed_model {
        docx::embed::embed(&mut package, &main, plan)?;
    }
    warnings.extend(docx::not_shown(plan, options).into_iter().filter(|_| !options.embed_model));
    Ok(Warned { value: package.finish()?, warnings })
}

/// What is wrong with a template, and what of a plan it never shows.
pub(super) fn check(template: &[u8]) -> Result<TemplateCheck, WriteError> {
    let mut package = Package::open(template)?;
    let main = main_part(&mut package)?;
    let show = main_show(&mut package, &main)?;
    let mut checker = Checker::new(docx::ROOT);
    let mut tags = 0;
    for (number, part) in show.slides.iter().enumerate() {
        match compiled(&mut package, part, number + 1) {
            Ok((compiled, around)) => {
                tags += compiled.tags.len();
                checker.part(&compiled, around);
            }
            Err(problem) => checker.problems.push(problem),
        }
    }
    docx::finish_check(checker, tags, |plan, options| write(plan, template, options).err())
}

/// The main part of the presentation.
fn main_part(package: &mut Package<'_>) -> Result<String, WriteError> {
    const MAIN: &str = "ppt/presentation.xml";
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    if types.contains("macroEnabled") {
        return Err(WriteError::bad_template("den innehåller makron; spara den utan makron, som .pptx", None));
    }
    if !types.contains("presentationml") || !package.has(MAIN) {
        return Err(WriteError::bad_template("filen är ingen PowerPoint-presentation", None));
    }
    if types.contains("presentationml.template.main+xml") {
        let types = types.replace("presentationml.template.main+xml", "presentationml.presentation.main+xml");
        package.put("[Content_Types].xml", types.into_bytes());
    }
    Ok(MAIN.to_owned())
}

/// The presentation's slides in their order, and how high one is, in points.
struct Show {
    slides: Vec<String>,
    height: f64,
}

fn main_show(package: &mut Package<'_>, main: &str) -> Result<Show, WriteError> {
    let nodes = package.xml(main)?.unwrap_or_default();
    let root = nodes.iter().find_map(Node::element).cloned().unwrap_or_default();
    let relationships = package.xml(&relationships_of(main))?.unwrap_or_default();
    let target = |id: &str| {
        let all = relationships.iter().filter_map(Node::element).flat_map(Element::elements);
        let found = all.filter(|r| r.attribute("Id") == Some(id)).find_map(|r| r.attribute("Target"))?;
        Some(resolve(main, found))
    };
    let list = root.child("p:sldIdLst").into_iter().flat_map(Element::elements);
    let slides = list.filter_map(|slide| target(slide.attribute("r:id")?)).collect();
    let height = root.child("p:sldSz").and_then(|size| size.attribute("cy")?.parse::<f64>().ok());
    Ok(Show { slides, height: height.unwrap_or(6_858_000.0) / 12_700.0 })
}

/// Where a relationship of a part leads.
fn resolve(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

fn layout_of(package: &mut Package<'_>, part: &str, relationships: &[Node]) -> Result<Vec<Node>, WriteError> {
    let all = relationships.iter().filter_map(Node::element).flat_map(Element::elements);
    let layout = all.filter(|r| r.attribute("Type").is_some_and(|kind| kind.ends_with("/slideLayout")));
    match layout.filter_map(|r| r.attribute("Target")).next() {
        Some(target) => Ok(package.xml(&resolve(part, target))?.unwrap_or_default()),
        None => Ok(Vec::new()),
    }
}

/// A slide as the source of a template, within the loops and conditions of its box.
fn compiled(package: &mut Package<'_>, part: &str, number: usize) -> Result<(Compiled, usize), WriteError> {
    let mut nodes = package.xml(part)?.unwrap_or_default();
    let statements = take_statements(&mut nodes);
    let name = format!("bild {number}");
    let mut inner = compile::compile(&nodes, DIALECT, &name)?;
    let mut out = Compiled { looks: std::mem::take(&mut inner.looks), ..Compiled::default() };
    let add = |out: &mut Compiled, code: String, echo: bool| {
        out.source.push_str(&format!("\n{code}"));
        out.tags.push(TagPlace { tag: code, place: format!("{name}, rutan med taggar"), echo });
    };
    for statement in &statements {
        add(&mut out, format!("{{% {statement} %}}"), false);
    }
    out.source.push_str(&inner.source);
    out.source.push(NEXT);
    out.tags.append(&mut inner.tags);
    for statement in statements.iter().rev() {
        let word = statement.split_whitespace().next().unwrap_or_default();
        add(&mut out, format!("{{% end{word} %}}"), true);
    }
    Ok((out, statements.len()))
}

/// Takes the boxes that hold nothing but loops and conditions off a slide.
fn take_statements(nodes: &mut [Node]) -> Vec<String> {
    let mut statements = Vec::new();
    let Some(tree) = shapes(nodes) else { return statements };
    tree.children.retain(|node| {
        let Some(shape) = node.element().filter(|element| element.name == "p:sp") else { return true };
        let mut text = String::new();
        texts(shape, &mut text);
        let Ok(found) = tags::find(&text) else { return true };
        let mut rest = text.clone();
        found.iter().rev().for_each(|tag| rest.replace_range(tag.start..tag.end, ""));
        let only = found.iter().all(|tag| tag.kind != TagKind::Show);
        if found.is_empty() || !only || !rest.trim().is_empty() {
            return true;
        }
        let opens = found.iter().filter(|tag| tag.kind == TagKind::Statement && !tag.inside.starts_with("end"));
        statements.extend(opens.map(|tag| tag.inside.clone()));
        false
    });
    statements
}

fn texts(element: &Element, out: &mut String) {
    for child in element.elements() {
        if child.name == "a:t" {
            out.push_str(&child.text());
        } else {
            texts(child, out);
        }
    }
}

/// The shapes of a slide.
fn shapes(nodes: &mut [Node]) -> Option<&mut Element> {
    let root = nodes.iter_mut().find_map(|node| if let Node::Element(root) = node { Some(root) } else { None })?;
    child_mut(child_mut(root, "p:cSld")?, "p:spTree")
}

fn child_mut<'e>(element: &'e mut Element, name: &str) -> Option<&'e mut Element> {
    element.children.iter_mut().find_map(|node| match node {
        Node::Element(child) if child.name == name => Some(child),
        _ => None,
    })
}

fn render(mut compiled: Compiled, context: &Value) -> Result<String, WriteError> {
    let looks: Arc<[Look]> = std::mem::take(&mut compiled.looks).into();
    let mut environment = engine::environment();
    let wrong = || Error::from(ErrorKind::InvalidOperation);
    let block_looks = Arc::clone(&looks);
    environment.add_function("_paragraphs", move |value: Value, look: usize, _item: Rest<Value>| {
        let look = block_looks.get(look).ok_or_else(wrong)?;
        docx::with_lines(&value, |lines| rich::paragraphs(lines, look))
    });
    environment.add_function("_inline", move |value: Value, look: usize| {
        let look = looks.get(look).ok_or_else(wrong)?;
        docx::with_lines(&value, |lines| rich::inline(lines, look))
    });
    // Slides have no hidden names of rows.
    environment.add_function("_anchor", |_: Value| String::new());
    environment.add_function("_text", |value: Value| docx::plain_text(&value));
    engine::render(&mut environment, &compiled, context, &docx::NAMES)
}

/// The tags in the document's properties.
fn properties(package: &mut Package<'_>, context: &Value) -> Result<(), WriteError> {
    const CORE: &str = "docProps/core.xml";
    let Some(nodes) = package.xml(CORE)? else { return Ok(()) };
    let compiled = compile::compile(&nodes, DIALECT, "dokumentegenskaperna")?;
    if !compiled.tags.is_empty() {
        let rendered = render(compiled, context)?;
        package.put(CORE, rendered.into_bytes());
    }
    Ok(())
}

/// Gives a slide's links their relationships.
fn with_links(mut slide: Vec<Node>, relationships: &[Node]) -> (Vec<Node>, Vec<Node>) {
    let mut links: Vec<String> = Vec::new();
    for node in &mut slide {
        if let Node::Element(element) = node {
            name_links(element, &mut links);
        }
    }
    let mut relationships = relationships.to_vec();
    for node in &mut relationships {
        let Node::Element(root) = node else { continue };
        // Notes and comments belong to the template's slide.
        let own = |kind: &str| ["/notesSlide", "/comments"].iter().any(|other| kind.ends_with(other));
        root.children.retain(|node| !node.element().and_then(|r| r.attribute("Type")).is_some_and(own));
        for (index, link) in links.iter().enumerate() {
            let attributes = [
                ("Id", format!("rIdHpLink{}", index + 1)),
                ("Type", LINK_KIND.to_owned()),
                ("Target", link.clone()),
                ("TargetMode", "External".to_owned()),
            ];
            let attributes = attributes.map(|(name, value)| (name.to_owned(), value)).to_vec();
            root.children.push(Node::Element(Element {
                name: "Relationship".to_owned(),
                attributes,
                children: vec![],
            }));
        }
    }
    (slide, relationships)
}

fn name_links(element: &mut Element, links: &mut Vec<String>) {
    for (name, value) in &mut element.attributes {
        if let Some(target) = value.strip_prefix(rich::LINK_MARK).filter(|_| name == "r:id") {
            let known = links.iter().position(|known| known == target).unwrap_or_else(|| {
                links.push(target.to_owned());
                links.len() - 1
            });
            *value = format!("rIdHpLink{}", known + 1);
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            name_links(child, links);
        }
    }
}

/// Puts the slides in the place of the template's.
fn replace(
    package: &mut Package<'_>,
    main: &str,
    show: &Show,
    slides: Vec<(String, Vec<Node>)>,
) -> Result<(), WriteError> {
    const TYPES: &str = "[Content_Types].xml";
    let names: Vec<String> = (1..=slides.len()).map(|number| format!("ppt/slides/slide{number}.xml")).collect();
    for (name, (text, relationships)) in names.iter().zip(slides) {
        package.put(name, text.into_bytes());
        package.put_xml(&relationships_of(name), &relationships);
    }
    let kept: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut gone: BTreeSet<String> = show.slides.iter().filter(|old| !kept.contains(old.as_str())).cloned().collect();
    let notes =
        package.names().into_iter().filter(|name| name.starts_with("ppt/notesSlides/") && name.ends_with(".xml"));
    gone.extend(notes);
    for old in &gone {
        package.remove(old);
        package.remove(&relationships_of(old));
    }
    let mut types = package.xml(TYPES)?.unwrap_or_default();
    for node in &mut types {
        let Node::Element(root) = node else { continue };
        root.children.retain(|node| {
            let part =
                node.element().and_then(|part| part.attribute("PartName")).map(|part| part.trim_start_matches('/'));
            !part.is_some_and(|part| gone.contains(part) || kept.contains(part))
        });
        for name in &names {
            let attributes = [("PartName", format!("/{name}")), ("ContentType", SLIDE_TYPE.to_owned())];
            let attributes = attributes.map(|(name, value)| (name.to_owned(), value)).to_vec();
            root.children.push(Node::Element(Element { name: "Override".to_owned(), attributes, children: vec![] }));
        }
    }
    package.put_xml(TYPES, &types);
    order(package, main, names.len())
}

/// The list of slides in the presentation, and where it leads.
fn order(package: &mut Package<'_>, main: &str, count: usize) -> Result<(), WriteError> {
    let element = |name: &str, attributes: &[(&str, String)]| {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), escape(value))).collect();
        Node::Element(Element { name: name.to_owned(), attributes, children: Vec::new() })
    };
    let id = |number: usize| format!("rIdHpSlide{number}");
    let mut nodes = package.xml(main)?.unwrap_or_default();
    for node in &mut nodes {
        let Node::Element(root) = node else { continue };
        // Sections and shows of one's own name slides that are no more.
        let stale = |name: &str| matches!(name, "p:custShowLst" | "p:extLst");
        root.children.retain(|node| !node.element().is_some_and(|child| stale(&child.name)));
        if let Some(list) = child_mut(root, "p:sldIdLst") {
            list.children = (1..=count)
                .map(|number| element("p:sldId", &[("id", (255 + number).to_string()), ("r:id", id(number))]))
                .collect();
        }
    }
    package.put_xml(main, &nodes);
    let name = relationships_of(main);
    let mut relationships = package.xml(&name)?.unwrap_or_default();
    for node in &mut relationships {
        let Node::Element(root) = node else { continue };
        root.children
            .retain(|node| !node.element().and_then(|r| r.attribute("Type")).is_some_and(|kind| kind.ends_with(SLIDE)));
        for number in 1..=count {
            let target = format!("slides/slide{number}.xml");
            let attributes = [("Id", id(number)), ("Type", SLIDE_KIND.to_owned()), ("Target", target)];
            root.children.push(element("Relationship", &attributes));
        }
    }
    package.put_xml(&name, &relationships);
    view(package, main)
}

/// PowerPoint offers to mend a presentation that does not say how it was looked at; LibreOffice saves it so.
fn view(package: &mut Package<'_>, main: &str) -> Result<(), WriteError> {
    const PART: &str = "ppt/viewProps.xml";
    const TYPES: &str = "[Content_Types].xml";
    let known = package.text(&relationships_of(main))?.is_some_and(|all| all.contains("/viewProps\""));
    if known || package.has(PART) {
        return Ok(());
    }
    package.put(PART, super::package::properties("viewPr").into_bytes());
    package.add_relationships(
        main,
        &[Relationship {
            id: "rIdHpView".to_owned(),
            kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/viewProps",
            target: "viewProps.xml".to_owned(),
            external: false,
        }],
    )?;
    if let Some(types) = package.text(TYPES)? {
        let end = "</Types>";
        let kind = "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml";
        let part = format!("<Override PartName=\"/{PART}\" ContentType=\"{kind}\"/>{end}");
        package.put(TYPES, types.replacen(end, &part, 1).into_bytes());
    }
    Ok(())
}

/// How often each title has stood on a slide.
type Titles = BTreeMap<String, usize>;

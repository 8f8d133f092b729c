//! Plan → Word, on a template.
//!
//! What is visible comes from the template (`templates/plan.docx`, or an edited one); beside it the file carries the
//! whole model and the items' ids, so that reading it gives the plan back.

mod context;
pub(in crate::write) mod embed;
mod finish;
mod keep;
mod letter;
pub(in crate::write) mod light;
pub(in crate::write) mod link;
mod names;
pub(in crate::write) mod rich;
mod styles;
mod track;

use std::sync::Arc;

use minijinja::value::{Rest, Value};
use minijinja::{Environment, Error, ErrorKind};

use self::rich::{Line, Piece, Rich, Styles};
use super::template::check::Checker;
use super::template::compile::{self, Compiled, Dialect, Look};
use super::template::engine;
use super::template::package::{Package, relationships_of};
use super::template::xml::escape;
use super::{WriteError, WriteOptions};
use crate::model::{Document, Item, Plan, Warned, Warning, WarningCode};

pub(in crate::write) use context::{NAMES, context};
pub(in crate::write) use names::ROOT;

pub use embed::{BOOKMARK_PREFIX, MODEL_NAMESPACE};
pub use keep::{Kept, keep_layout};
pub use track::Track;

/// The standard template, as `template export` gives it out.
pub const STANDARD_TEMPLATE: &[u8] = include_bytes!("../../../templates/plan.docx");

/// What Word calls things.
pub(crate) const DIALECT: Dialect = Dialect {
    paragraph: "w:p",
    paragraph_properties: "w:pPr",
    run: "w:r",
    run_properties: "w:rPr",
    text: "w:t",
    row: "w:tr",
    cell: "w:tc",
    table: "w:tbl",
    grid_column: ("w:gridCol", "w:w"),
    invisible: &[
        "w:proofErr",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:lastRenderedPageBreak",
        "w:permStart",
        "w:permEnd",
    ],
    unrepeatable: &["w14:paraId", "w14:textId"],
};

/// [`write`] for the table of formats: on the user's template, or on the standard one.
pub(super) fn render(document: &Document, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    match (document, options.template.as_deref()) {
        (Document::ActionPlan(plan), template) => write(plan, template.unwrap_or(STANDARD_TEMPLATE), options),
        (Document::SupportingDocument(document), None) => letter::write(document),
        (Document::SupportingDocument(document), Some(_)) => {
            let mut written = letter::write(document)?;
            let message = "mallen gäller handlingsplaner; dokumentet är ingen och skrevs med standardmallens utseende.";
            written.warnings.push(Warning::new(WarningCode::NotCarried, message.to_owned()));
            Ok(written)
        }
    }
}

/// Writes the plan on a template.
///
/// The same plan, template and options give the same bytes. The warnings tell what the visible document does not show.
pub fn write(plan: &Plan, template: &[u8], options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut package = Package::open(template)?;
    let main = main_part(&mut package)?;
    let (context, mut warnings) = context(plan, options.mark_new);
    fill(&mut package, &main, &context)?;
    if options.embed_model {
        embed::embed(&mut package, &main, plan)?;
    }
    warnings.extend(not_shown(plan, options));
    Ok(Warned { value: package.finish()?, warnings })
}

/// Fills in every part that has tags.
fn fill(package: &mut Package<'_>, main: &str, context: &Value) -> Result<(), WriteError> {
    let styles = Arc::new(styles::find(package, main)?);
    let mut numbers = finish::Numbers::default();
    for (part, name) in parts(package, main) {
        let Some(nodes) = package.xml(&part)? else { continue };
        let mut compiled = compile::compile(&nodes, DIALECT, name)?;
        if compiled.tags.is_empty() && part != main {
            continue;
        }
        let looks: Arc<[Look]> = std::mem::take(&mut compiled.looks).into();
        let rendered = fill_in(&compiled, looks, Arc::clone(&styles), context)?;
        let (finished, links) = finish::finish(&rendered, &part, &mut numbers)?;
        package.put(&part, finished.into_bytes());
        package.add_relationships(&part, &links)?;
    }
    Ok(())
}

/// What is wrong with a template, and what of a plan it never shows.
#[derive(Debug, Default)]
pub struct TemplateCheck {
    /// Why it cannot be filled in.
    pub problems: Vec<WriteError>,
    /// What stands in plans and would never be seen.
    pub never_shown: Vec<&'static str>,
}

/// Looks through a template before anybody needs it: everything that is wrong, not the first alone.
pub fn check_template(template: &[u8]) -> Result<TemplateCheck, WriteError> {
    let mut package = Package::open(template)?;
    let main = main_part(&mut package)?;
    let mut checker = Checker::new(ROOT);
    let mut tags = 0;
    for (part, name) in parts(&package, &main) {
        let Some(nodes) = package.xml(&part)? else { continue };
        match compile::compile(&nodes, DIALECT, name) {
            Ok(compiled) => {
                tags += compiled.tags.len();
                checker.part(&compiled, 0);
            }
            Err(problem) => checker.problems.push(problem),
        }
    }
    finish_check(checker, tags, |plan, options| write(plan, template, options).err())
}

/// What a checker found, and what only shows when the template is filled in.
pub(in crate::write) fn finish_check(
    checker: Checker,
    tags: usize,
    fill: impl Fn(&Plan, &WriteOptions) -> Option<WriteError>,
) -> Result<TemplateCheck, WriteError> {
    let Checker { mut problems, shown, .. } = checker;
    if problems.is_empty() && tags == 0 {
        problems.push(WriteError::bad_template("den har inga taggar, så inget av planen skulle synas", None));
    }
    if problems.is_empty() {
        // What only shows when it is filled in: filters that do not exist, loops that begin in one cell and end in another.
        let options = WriteOptions { embed_model: false, ..WriteOptions::default() };
        let trial = [names::sample(), Plan::default()].iter().find_map(|plan| fill(plan, &options));
        problems.extend(trial);
    }
    let is_shown = |wanted: &&str| shown.iter().any(|shown| shown == wanted);
    let missing = names::WANTED.iter().filter(|(names, _)| !names.iter().any(&is_shown));
    let never_shown = if problems.is_empty() { missing.map(|(_, what)| *what).collect() } else { Vec::new() };
    Ok(TemplateCheck { problems, never_shown })
}

/// The part that holds the document's text.
fn main_part(package: &mut Package<'_>) -> Result<String, WriteError> {
    let relationships = package.xml("_rels/.rels")?.unwrap_or_default();
    let target =
        relationships.iter().filter_map(|node| node.element()).flat_map(|root| root.elements()).find_map(|r| {
            r.attribute("Type")
                .is_some_and(embed::is_main)
                .then(|| r.attribute("Target").unwrap_or_default().to_owned())
        });
    let main = target.unwrap_or_else(|| "word/document.xml".to_owned());
    let main = main.trim_start_matches('/').trim_start_matches("./").to_owned();
    let types = package.text("[Content_Types].xml")?.unwrap_or_default();
    if types.contains("macroEnabled") {
        return Err(WriteError::bad_template("den innehåller makron; spara den utan makron, som .docx", None));
    }
    if !types.contains("wordprocessingml") || !package.has(&main) {
        return Err(WriteError::bad_template("filen är inget Word-dokument", None));
    }
    if types.contains("wordprocessingml.template.main+xml") {
        // A .dotx makes a .docx.
        let types = types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
        package.put("[Content_Types].xml", types.into_bytes());
    }
    Ok(main)
}

/// The parts that may hold tags, and what a message calls them.
fn parts(package: &Package<'_>, main: &str) -> Vec<(String, &'static str)> {
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts = vec![(main.to_owned(), "")];
    let mut names = package.names();
    names.sort();
    for name in names {
        let kind = if name == "docProps/core.xml" {
            "dokumentegenskaperna"
        } else {
            match name.strip_prefix(folder).map(|file| file.trim_start_matches('/')) {
                Some(file) if !file.ends_with(".xml") => continue,
                Some(file) if file.starts_with("header") => "sidhuvudet",
                Some(file) if file.starts_with("footer") => "sidfoten",
                Some(file) if file.starts_with("footnotes") || file.starts_with("endnotes") => "noterna",
                _ => continue,
            }
        };
        parts.push((name, kind));
    }
    parts
}

fn fill_in(
    compiled: &Compiled,
    looks: Arc<[Look]>,
    styles: Arc<Styles>,
    context: &Value,
) -> Result<String, WriteError> {
    let mut environment = engine::environment();
    functions(&mut environment, looks, styles);
    engine::render(&mut environment, compiled, context, &NAMES)
}

/// What the compiled source calls to show values.
fn functions(environment: &mut Environment<'_>, looks: Arc<[Look]>, styles: Arc<Styles>) {
    let wrong = || Error::from(ErrorKind::InvalidOperation);
    let (block_looks, block_styles) = (Arc::clone(&looks), Arc::clone(&styles));
    environment.add_function("_paragraphs", move |value: Value, look: usize, item: Rest<Value>| {
        let look = block_looks.get(look).ok_or_else(wrong)?;
        let first = item.first().map(anchor).unwrap_or_default();
        with_lines(&value, |lines| rich::paragraphs(lines, look, &block_styles, &first))
    });
    environment.add_function("_inline", move |value: Value, look: usize| {
        let look = looks.get(look).ok_or_else(wrong)?;
        with_lines(&value, |lines| rich::inline(lines, look, &styles))
    });
    environment.add_function("_anchor", |item: Value| anchor(&item));
    environment.add_function("_text", |value: Value| plain_text(&value));
}

/// A value as text that stands in XML.
pub(in crate::write) fn plain_text(value: &Value) -> Result<String, Error> {
    match () {
        () if value.is_undefined() => Err(Error::from(ErrorKind::UndefinedError)),
        () if value.is_none() => Ok(String::new()),
        () => Ok(escape(&value.to_string())),
    }
}

/// Gives a value's lines; any value that is no rich text is one line of its text, nothing is none.
pub(in crate::write) fn with_lines(value: &Value, show: impl FnOnce(&[Line]) -> String) -> Result<String, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if let Some(rich) = value.downcast_object_ref::<Rich>() {
        return Ok(show(&rich.lines));
    }
    if value.is_none() {
        return Ok(show(&[]));
    }
    if value.as_object().is_some() {
        return Err(Error::new(ErrorKind::InvalidOperation, "fältet har delar; välj en av dem"));
    }
    let text = value.to_string();
    if text.is_empty() {
        return Ok(show(&[]));
    }
    Ok(show(&[Line {
        new: false,
        bullet: None,
        pieces: vec![Piece::Text { text, bold: false, italic: false, link: None }],
    }]))
}

/// The hidden name of an item; nothing for values that are no items.
fn anchor(item: &Value) -> String {
    let id = item.get_attr("id").ok();
    let name = id.as_ref().and_then(Value::as_str).and_then(embed::bookmark);
    // The numbers are given out when the part is finished.
    name.map(|name| format!("<w:bookmarkStart w:id=\"0\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"0\"/>"))
        .unwrap_or_default()
}

/// What no tag of any template can show.
pub(in crate::write) fn not_shown(plan: &Plan, options: &WriteOptions) -> Vec<Warning> {
    let mut hidden = Vec::new();
    if !plan.unplaced.is_empty() {
        hidden.push(format!("{} oplacerade anteckningar", plan.unplaced.len()));
    }
    if plan.calendar.is_some() {
        hidden.push("årshjulet".to_owned());
    }
    if !plan.reading.leftovers.is_empty() {
        hidden.push(format!("{} textstycken som inget fält tog", plan.reading.leftovers.len()));
    }
    if plan.items().any(has_history) {
        hidden.push("tidigare status och lydelser".to_owned());
    }
    if hidden.is_empty() {
        return Vec::new();
    }
    let list = hidden.join(", ");
    let mut warning = if options.embed_model {
        Warning::new(WarningCode::NotCarried, format!("visas inte i dokumentet men följer med dolt i filen: {list}."))
    } else {
        Warning::new(WarningCode::NotCarried, format!("följer inte med i dokumentet: {list}."))
    };
    if options.embed_model {
        warning.severity = crate::model::Severity::Info;
    }
    vec![warning]
}

fn has_history(item: &Item) -> bool {
    let earlier = item.follow_up.iter().any(|entry| !entry.earlier.is_empty());
    earlier || !item.status_history.is_empty() || !item.wording_history.is_empty()
}

/// The relationships of the main part lead to its styles and lists.
fn related(package: &mut Package<'_>, main: &str, kind: &str) -> Result<Option<String>, WriteError> {
    let relationships = package.xml(&relationships_of(main))?.unwrap_or_default();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    Ok(relationships.iter().filter_map(|node| node.element()).flat_map(|root| root.elements()).find_map(|r| {
        let target = r.attribute("Type").filter(|found| found.ends_with(kind)).and(r.attribute("Target"))?;
        Some(match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target.to_owned(),
            None => format!("{folder}/{target}"),
        })
    }))
}

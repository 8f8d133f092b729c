//! Document → one self-contained, accessible page (`templates/html`): no scripts, nothing fetched from elsewhere.
//!
//! It shows everything the model has in words: the table with a timeline in each item's follow-up, the standing pages,
//! histories folded away, unplaced notes and leftovers.

mod context;
mod text;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::template::xml::is_allowed;
use super::{WriteError, WriteOptions};
use crate::model::{Document, Warned};

const BASE: &str = include_str!("../../../templates/html/base.html");
const PLAN: &str = include_str!("../../../templates/html/plan.html");
const DOCUMENT: &str = include_str!("../../../templates/html/document.html");

/// Writes any document.
pub(super) fn render(document: &Document, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let (template, context) = match document {
        Document::ActionPlan(plan) => ("plan.html", context::plan(plan, options)),
        Document::SupportingDocument(document) => ("document.html", context::supporting(document)),
    };
    let html = fill_in(template, context).map_err(|error| WriteError::Pack(Box::new(error)))?;
    Ok(Warned::clean(html.into_bytes()))
}

fn fill_in(template: &str, context: Value) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, source) in [("base.html", BASE), ("plan.html", PLAN), ("document.html", DOCUMENT)] {
        environment.add_template(name, source)?;
    }
    let html = environment.get_template(template)?.render(context)?;
    // Lines that only tags of the template stood on, and signs that a page cannot hold.
    let mut page = String::with_capacity(html.len());
    for line in html.lines().filter(|line| !line.trim().is_empty()) {
        page.extend(line.chars().filter(|&c| is_allowed(c)));
        page.push('\n');
    }
    Ok(page)
}

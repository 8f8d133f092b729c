//! HTML pages: the templates of `templates/review/`, filled in.

use std::sync::LazyLock;

use miette::Diagnostic;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, Value};

use crate::model::{Light, SectionKind, Status};
use crate::review::check::Column;
use crate::review::diff::{HeadField, Page, Spot};

use super::super::places::place;
use super::names;

/// A page that could not be made: a fault in the program.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("sidan kunde inte skrivas: {0}")]
#[diagnostic(help("Rapportera felet. Skriv så länge som text eller JSON."))]
pub struct PageError(#[from] Error);

static PAGES: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    pages.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in [
        ("base.html", include_str!("../../../templates/review/base.html")),
        ("history.html", include_str!("../../../templates/review/history.html")),
        ("diff.html", include_str!("../../../templates/review/diff.html")),
    ] {
        pages.add_template(name, source)?;
    }
    pages.add_filter("column", |value: Value| named::<Column>(&value, |column| names::column(column).to_owned()));
    pages.add_filter("light", |value: Value| named::<Light>(&value, |light| names::light(light).to_owned()));
    pages.add_filter("section", |value: Value| named::<SectionKind>(&value, |kind| names::section(kind).to_owned()));
    pages.add_filter("field", |value: Value| named::<HeadField>(&value, |field| names::field(field).to_owned()));
    pages.add_filter("page", |value: Value| named::<Page>(&value, |page| names::page(page).to_owned()));
    pages.add_filter("spot", |value: Value| named::<Spot>(&value, |spot| names::spot(&spot)));
    pages.add_filter("lights", |value: Value| named::<Status>(&value, |status| names::lights(&status)));
    pages.add_filter("place", |value: String| place(&value));
    pages.add_filter("percent", |value: f64| format!("{:.0} %", value * 100.0));
    Ok(pages)
});

/// A value of the model under its Swedish name.
fn named<T: serde::de::DeserializeOwned>(value: &Value, name: impl Fn(T) -> String + 'static) -> Result<String, Error> {
    Ok(name(T::deserialize(value.clone())?))
}

/// A page of the shipped templates, filled in.
pub(super) fn render(template: &str, values: Value) -> Result<Vec<u8>, PageError> {
    let pages = PAGES.as_ref().map_err(|error| Error::new(error.kind(), error.to_string()))?;
    Ok(pages.get_template(template)?.render(values)?.into_bytes())
}

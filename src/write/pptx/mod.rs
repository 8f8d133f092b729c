//! Plan → PowerPoint, the slide form of the standard plan.
//!
//! A title slide, the table's rows shared out over slides by the measured height of their text, and a slide for each
//! standing page. A row too high for a slide goes on in the next, marked "(forts.)" under a repeated heading. The lights
//! are drawn over their cells, each beside its name. Looks come from the parts in `templates/pptx`.

mod line;
mod notes;
mod package;
mod share;
mod slide;
mod table;
mod template;

use self::line::Line;
use self::notes::Notes;
use self::slide::Slide;
use super::docx::TemplateCheck;
use super::formats::plan_only;
use super::template::package::Package;
use super::{Format, WriteError, WriteOptions, docx, shown};
use crate::model::{Calendar, Document, Plan, Warned};

/// Writes a plan.
pub(super) fn render(document: &Document, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let plan = plan_only(document, Format::Pptx)?;
    if let Some(template) = &options.template {
        return template::write(plan, template, options);
    }
    let mut notes = Notes::default();
    let slides = slides(plan, &mut notes);
    let bytes = package::pack(Some(plan), &slides)?;
    let mut package = Package::open(&bytes)?;
    if options.embed_model {
        docx::embed::embed(&mut package, package::MAIN, plan)?;
    }
    let mut warnings = notes.warnings();
    warnings.extend(docx::not_shown(plan, options).into_iter().filter(|_| !options.embed_model));
    Ok(Warned { value: package.finish()?, warnings })
}

/// The standard slides with tags in place of a plan, to edit in PowerPoint and to write on.
pub fn standard_template() -> Result<Vec<u8>, WriteError> {
    let lines = [
        "{% if group != document_title %}{{ group }}{% endif %}",
        "{{ region }}",
        "{% if updated %}{{ updated.text }}{% endif %}",
    ];
    let lines: Vec<Line> = lines.into_iter().map(|tags| Line::plain(tags.to_owned())).collect();
    let title = "{{ section.title or document_title }}";
    let slides = [
        Slide::title("{{ document_title }}", &lines),
        Slide::table(title, &table::tagged(true)).with_tags("{% for section in sections %}{% if section.has_area %}"),
        Slide::table(title, &table::tagged(false))
            .with_tags("{% for section in sections %}{% if not section.has_area %}"),
        Slide::text("{{ page.heading }}", &[Line::plain("{{ page.blocks }}".to_owned())])
            .with_tags("{% for page in pages %}"),
    ];
    package::pack(None, &slides)
}

/// What is wrong with a template, and what of a plan it never shows.
pub fn check_template(bytes: &[u8]) -> Result<TemplateCheck, WriteError> {
    template::check(bytes)
}

fn slides(plan: &Plan, notes: &mut Notes) -> Vec<Slide> {
    let title = notes.clean(shown::title(plan));
    let updated = plan.updated.as_ref().map(|updated| updated.text.as_str());
    let lines = [plan.group.as_deref().filter(|group| *group != shown::title(plan)), plan.region.as_deref(), updated];
    let lines: Vec<Line> = lines.into_iter().flatten().map(|text| Line::plain(notes.clean(text))).collect();
    let mut slides = vec![Slide::title(&title, &lines)];
    let mut untitled = 0;
    for section in &plan.sections {
        let own = section.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let heading = own.map_or_else(|| title.clone(), |own| notes.clean(own));
        let tables = table::of(section, &plan.other, notes);
        // Where the sections have no titles of their own, the plan's stands on each slide.
        let first = if own.is_some() { 0 } else { untitled };
        untitled += if own.is_some() { 0 } else { tables.len() };
        let tables = tables.into_iter().enumerate();
        slides.extend(tables.map(|(index, table)| Slide::table(&continued(&heading, first + index), &table)));
    }
    for (name, blocks) in shown::pages(plan) {
        slides.extend(text(name, line::of(blocks, notes)));
    }
    if let Some(calendar) = &plan.calendar {
        slides.extend(year_wheel(calendar, notes));
    }
    for part in &plan.other {
        let heading = notes.clean(shown::other_heading(part));
        slides.extend(text(&heading, line::of(&part.blocks, notes)));
    }
    slides
}

/// A slide's title; the slides after the first are told apart.
fn continued(title: &str, index: usize) -> String {
    if index == 0 { title.to_owned() } else { format!("{title} (forts. {index})") }
}

/// Running text over as many slides as it needs.
fn text(title: &str, lines: Vec<Line>) -> Vec<Slide> {
    let pages = share::standing(lines);
    pages.iter().enumerate().map(|(index, page)| Slide::text(&continued(title, index), page)).collect()
}

fn year_wheel(calendar: &Calendar, notes: &mut Notes) -> Vec<Slide> {
    let (title, blocks) = shown::year_wheel(calendar);
    text(&title, line::of(&blocks, notes))
}

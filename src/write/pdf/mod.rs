//! Plan → PDF, with no office suite: tagged for assistive technology (PDF/UA-1), fit for archives (PDF/A-3a), and
//! with the model attached, so that reading the file gives back what its pages do not show.
//!
//! The steps: `content` says what the pages hold, `words`, `hyphens` and `lines` set paragraphs, `flow` and `table`
//! fill pages, `paint` draws and tags them. `docs/pdf-output.md` tells why it is done so.

mod blocks;
mod content;
mod flow;
mod fonts;
mod hyphens;
mod light;
mod lines;
mod look;
mod outline;
mod paint;
mod table;
mod tags;
mod words;

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};

use self::flow::Flow;
use self::fonts::Fonts;
use super::{WriteError, WriteOptions, json};
use crate::model::{self, Item, Plan, Severity, Warned, Warning, WarningCode};

/// The name of the attached model.
pub const MODEL_FILE: &str = "handlingsplan.json";

/// Writes the plan on A4 pages.
///
/// The same plan and options give the same bytes. The warnings tell what the pages do not show.
pub fn write(plan: &Plan, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut fonts = Fonts::load().ok_or_else(|| pack("a font that ships with the program does not load"))?;
    let title = content::title(plan).to_owned();
    let date = date(plan);
    let mut flow = Flow::new(&mut fonts);
    flow.parts(&content::parts(plan));
    let Flow { pages, mut tags, bookmarks, anchors, .. } = flow;

    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| pack("PDF/A-3a and PDF/UA-1 do not go together"))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let running = paint::Running { head: plan.region.as_deref() };
    paint::pages(&mut document, &pages, &running, &mut fonts, &mut tags);
    document.set_tag_tree(tags.into_tree());
    document.set_outline(outline::outline(&bookmarks, &title));
    outline::destinations(&mut document, &anchors);
    document.set_metadata(metadata(plan, title, date));
    if options.embed_model {
        let model = json::write(&model::Document::ActionPlan(plan.clone()));
        document.embed_file(EmbeddedFile {
            path: MODEL_FILE.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some("Handlingsplanen som data: modellen som dokumentet är skrivet av".to_owned()),
            association_kind: AssociationKind::Source,
            data: model.into(),
            modification_date: Some(date),
            compress: Some(true),
            location: None,
        });
    }
    let bytes = document.finish().map_err(|error| pack(&format!("{error:?}")))?;
    Ok(Warned { value: bytes, warnings: warnings(plan, options, &fonts) })
}

fn pack(what: &str) -> WriteError {
    WriteError::Pack(what.to_owned().into())
}

fn metadata(plan: &Plan, title: String, date: DateTime) -> Metadata {
    let program = concat!("handlingsplan ", env!("CARGO_PKG_VERSION"));
    let metadata = Metadata::new()
        .title(title)
        .language("sv-SE".to_owned())
        .creator("handlingsplan".to_owned())
        .producer(program.to_owned())
        .creation_date(date);
    match &plan.group {
        Some(group) => metadata.authors(vec![group.clone()]),
        None => metadata,
    }
}

/// The file's date. Archives require one, and a clock would make other bytes of the same plan each time: so it is the
/// day that the plan was updated, else the first of its year.
fn date(plan: &Plan) -> DateTime {
    let updated = plan.updated.as_ref().and_then(|updated| updated.date);
    let day = |value: i8| u8::try_from(value).unwrap_or(1);
    let (year, month, day) = match updated {
        Some(date) => (date.year(), day(date.month()), day(date.day())),
        None => (plan.year.unwrap_or(2000), 1, 1),
    };
    let year = u16::try_from(year).unwrap_or(2000);
    DateTime::new(year).month(month).day(day).hour(12).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0)
}

fn warnings(plan: &Plan, options: &WriteOptions, fonts: &Fonts) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !fonts.missing.is_empty() {
        let signs: Vec<String> =
            fonts.missing.iter().take(20).map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
        let more = fonts.missing.len().saturating_sub(signs.len());
        let more = if more > 0 { format!(" och {more} till") } else { String::new() };
        let message = format!(
            "typsnittet saknar {}{more}: på sidan står � i deras ställe; texten i filen är hel.",
            signs.join(", ")
        );
        warnings.push(Warning::new(WarningCode::NotCarried, message));
    }
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
    if !hidden.is_empty() {
        let list = hidden.join(", ");
        let mut warning = Warning::new(WarningCode::NotCarried, String::new());
        if options.embed_model {
            warning.message = format!("visas inte på sidorna men följer med i filens bilaga {MODEL_FILE}: {list}.");
            warning.severity = Severity::Info;
        } else {
            warning.message = format!("följer inte med i dokumentet: {list}.");
        }
        warnings.push(warning);
    }
    warnings
}

fn has_history(item: &Item) -> bool {
    let earlier = item.follow_up.iter().any(|entry| !entry.earlier.is_empty());
    earlier || !item.status_history.is_empty() || !item.wording_history.is_empty()
}

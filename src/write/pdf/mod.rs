//! Document → PDF, with no office suite: tagged for assistive technology (PDF/UA-1), fit for archives (PDF/A-3a), and
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
use std::collections::BTreeSet;

use jiff::civil::Date;
use krilla::SerializeSettings;

use self::content::Part;
use self::flow::Flow;
use self::fonts::Fonts;
use self::look::Sheet;
use super::{WriteError, WriteOptions, json, shown};
use crate::model::{Document, Item, Severity, Warned, Warning, WarningCode};

/// The name of the attached model.
pub const MODEL_FILE: &str = "handlingsplan.json";

/// Writes any document on A4 pages: plans on their side, letters upright.
///
/// The same document and options give the same bytes. The warnings tell what the pages do not show.
pub fn render(document: &Document, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut fonts = Fonts::load().ok_or_else(|| pack("a font that ships with the program does not load"))?;
    let Origin { title, author, head, date, sheet, parts } = origin(document, options.mark_new);
    let mut flow = Flow::new(sheet, &mut fonts);
    flow.parts(&parts);
    let Flow { pages, mut tags, bookmarks, anchors, .. } = flow;

    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| pack("PDF/A-3a and PDF/UA-1 do not go together"))?;
    let mut file = krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    paint::pages(&mut file, &pages, &paint::Running { sheet, head }, &mut fonts, &mut tags);
    let refused = std::mem::take(&mut tags.refused);
    file.set_tag_tree(tags.into_tree());
    file.set_outline(outline::outline(&bookmarks, title));
    outline::destinations(&mut file, &anchors);
    file.set_metadata(metadata(&outline::shortened(title), author, date));
    if options.embed_model {
        // None only for a second file of the same name.
        let _embedded = file.embed_file(EmbeddedFile {
            path: MODEL_FILE.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some("Dokumentet som data: modellen som det är skrivet av".to_owned()),
            association_kind: AssociationKind::Source,
            data: json::write(document).into(),
            modification_date: Some(date),
            compress: Some(true),
            location: None,
        });
    }
    let bytes = file.finish().map_err(|error| pack(&format!("{error:?}")))?;
    Ok(Warned { value: bytes, warnings: warnings(document, options, &fonts, &refused) })
}

/// What differs between the kinds of documents.
struct Origin<'d> {
    title: &'d str,
    author: Option<&'d str>,
    /// What stands at the top of every page.
    head: Option<&'d str>,
    date: DateTime,
    sheet: Sheet,
    parts: Vec<Part>,
}

fn origin(document: &Document, mark_new: Option<Date>) -> Origin<'_> {
    match document {
        Document::ActionPlan(plan) => Origin {
            title: shown::title(plan),
            author: plan.group.as_deref(),
            head: plan.region.as_deref(),
            date: date(plan.updated.as_ref().and_then(|updated| updated.date), plan.year),
            sheet: look::LANDSCAPE,
            parts: content::plan(plan, mark_new),
        },
        Document::SupportingDocument(document) => Origin {
            title: shown::supporting_title(document),
            author: document.from.as_deref(),
            head: None,
            date: date(document.date, None),
            sheet: look::PORTRAIT,
            parts: content::supporting(document),
        },
    }
}

fn pack(what: &str) -> WriteError {
    WriteError::Pack(what.to_owned().into())
}

fn metadata(title: &str, author: Option<&str>, date: DateTime) -> Metadata {
    let program = concat!("handlingsplan ", env!("CARGO_PKG_VERSION"));
    let metadata = Metadata::new()
        .title(title.to_owned())
        .language("sv-SE".to_owned())
        .creator("handlingsplan".to_owned())
        .producer(program.to_owned())
        .creation_date(date);
    match author {
        Some(author) => metadata.authors(vec![outline::shortened(author)]),
        None => metadata,
    }
}

/// The file's date. Archives require one, and a clock would make other bytes of the same plan each time: so it is the
/// day that the document names, else the first of its year.
fn date(day: Option<Date>, year: Option<i16>) -> DateTime {
    let small = |value: i8| u8::try_from(value).unwrap_or(1);
    let (year, month, day) = match day {
        Some(date) => (date.year(), small(date.month()), small(date.day())),
        None => (year.unwrap_or(2000), 1, 1),
    };
    let year = u16::try_from(year).unwrap_or(2000);
    DateTime::new(year).month(month).day(day).hour(12).minute(0).second(0).utc_offset_hour(0).utc_offset_minute(0)
}

fn warnings(document: &Document, options: &WriteOptions, fonts: &Fonts, refused: &BTreeSet<String>) -> Vec<Warning> {
    let broken = |link: &String| {
        let message = format!("länken ”{link}” är ingen giltig adress; dess text står kvar utan länk.");
        Warning::new(WarningCode::NotCarried, message)
    };
    let mut warnings: Vec<Warning> = refused.iter().map(broken).collect();
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
    let hidden = hidden(document);
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

/// What the model holds and no page shows.
fn hidden(document: &Document) -> Vec<String> {
    let mut hidden = Vec::new();
    if let Document::ActionPlan(plan) = document {
        if !plan.unplaced.is_empty() {
            hidden.push(format!("{} oplacerade anteckningar", plan.unplaced.len()));
        }
        if plan.items().any(has_history) {
            hidden.push("tidigare status och lydelser".to_owned());
        }
    }
    let leftovers = document.reading().leftovers.len();
    if leftovers > 0 {
        hidden.push(format!("{leftovers} textstycken som inget fält tog"));
    }
    hidden
}

fn has_history(item: &Item) -> bool {
    let earlier = item.follow_up.iter().any(|entry| !entry.earlier.is_empty());
    earlier || !item.status_history.is_empty() || !item.wording_history.is_empty()
}

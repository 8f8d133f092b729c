//! PDF → [`Document`]: the pages' painting is recorded (`device`, `shapes`), then laid out
//! (`layout`) into paragraphs and tables.
//!
//! Read: text in any direction, list points, check boxes, status lights, ruled, shaded and merely
//! aligned tables, rows cut by page breaks, headers and footers, links, passwords, an embedded model.
//! Not read: text in pictures, form fields without an appearance, annotations' pop-up texts.

mod anchors;
mod cuts;
mod device;
mod layout;
mod meaning;
mod page;
mod shapes;
mod source;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::model::{Warning, WarningCode};
use crate::page::{Document, Embedded, Node, Part, PartKind, Place};
use crate::read::{ReadError, ReadOptions};

use layout::{Drawing, Running, Sheet};
use source::Outcome;

/// Reads a PDF.
///
/// # Errors
/// When the file is damaged beyond reading, protected, too large, or holds no text at all.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    lay_out(bytes, options, |_, _, _| {})
}

/// Draws what the layout step found on each page: words, lines, tables and lights, as one SVG with the
/// pages below one another. For people who need to see why a table was read as it was.
///
/// # Errors
/// As [`read`].
pub fn debug_layout(bytes: &[u8], options: &ReadOptions) -> Result<String, ReadError> {
    let mut drawing = Drawing::default();
    lay_out(bytes, options, |sheet, running, grids| drawing.page(sheet, running, grids))?;
    Ok(drawing.svg())
}

fn lay_out(
    bytes: &[u8],
    options: &ReadOptions,
    mut look: impl FnMut(&Sheet, &[bool], &[layout::Grid]),
) -> Result<Document, ReadError> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut warnings: Vec<(Warning, Place)> = Vec::new();
    let source = source::pages(bytes, options, |outcome| {
        let unreadable = |page: u32, why: &str| {
            let message = format!("sida {page} kunde inte läsas: {why}; kontrollera den i originalet");
            (Warning::new(WarningCode::UnreadablePart, message), Place::Page { page, rect: None })
        };
        match outcome {
            Outcome::Page(page) => sheets.push(Sheet::new(*page)),
            Outcome::Failed(page) => warnings.push(unreadable(page, "sidans innehåll är skadat")),
            Outcome::TimedOut(page) => {
                let seconds = options.limits.page_time.as_secs_f32();
                warnings.push(unreadable(page, &format!("den tog mer än {seconds} sekunder att tolka")));
            }
        }
        Ok(())
    })?;
    for sheet in &sheets {
        warnings.extend(remarks(sheet));
    }
    if sheets.iter().all(|sheet| sheet.words.is_empty()) {
        return Err(no_text(&sheets, warnings.first()));
    }
    let running = Running::find(&sheets, source.title.as_deref());
    let vocabulary = layout::vocabulary(&sheets);
    let mut sizes = layout::Sizes::new();
    let mut parts = Vec::new();
    let mut pages: Vec<layout::Laid> = Vec::new();
    let mut unseen: Vec<Part> = Vec::new();
    for (mut sheet, words) in sheets.into_iter().zip(&running.words) {
        let number = sheet.number;
        let hidden = std::mem::take(&mut sheet.hidden.0);
        if !hidden.is_empty() {
            unseen.push(Part { kind: PartKind::Hidden, nodes: hidden.into_iter().map(Node::Paragraph).collect() });
        }
        let before = pages.last().and_then(|page| page.last.as_ref());
        // A fault of ours in the layout costs the page's tables or the page, and says so; never the document.
        let grids = contained(|| sheet.tables(words, before)).unwrap_or_else(|| {
            warnings.push(fault(number, "tabeller kunde inte hittas; dess text står som löpande text"));
            Vec::new()
        });
        look(&sheet, words, &grids);
        let mut laid = contained(|| sheet.lay_out(&grids, words, &vocabulary, &mut sizes)).unwrap_or_else(|| {
            warnings.push(fault(number, "innehåll kunde inte ordnas och är inte med"));
            layout::Laid::default()
        });
        parts.push(Part { kind: PartKind::Page(number), nodes: std::mem::take(&mut laid.nodes) });
        pages.push(laid);
    }
    cuts::judge(&mut parts, &pages);
    anchors::attach(&source.anchors, &mut parts);
    layout::mark_headings(&mut parts, &sizes);
    for (kind, paragraphs) in [(PartKind::Header, running.headers), (PartKind::Footer, running.footers)] {
        if !paragraphs.is_empty() {
            parts.push(Part { kind, nodes: paragraphs.into_iter().map(Node::Paragraph).collect() });
        }
    }
    parts.extend(unseen);
    Ok(Document {
        format: "pdf",
        title: source.title,
        parts,
        embedded: source.model.map(|json| Embedded { json }),
        warnings,
    })
}

/// Runs a step of the layout; none where it panicked.
fn contained<T>(step: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(step)).ok()
}

/// A fault of the program on a page.
fn fault(page: u32, what: &str) -> (Warning, Place) {
    let message = format!("sida {page}s {what} (fel i programmet). Jämför med originalet och rapportera felet.");
    (Warning::new(WarningCode::UnreadablePart, message), Place::Page { page, rect: None })
}

/// What a person should know of a page.
fn remarks(sheet: &Sheet) -> Vec<(Warning, Place)> {
    let page = sheet.number;
    let mut messages = Vec::new();
    if sheet.words.is_empty() && sheet.pictures {
        messages.push((
            WarningCode::ScannedPage,
            format!("sida {page} är en bild utan text (inskannad?) och har inte lästs; kör OCR på filen först"),
        ));
    }
    if sheet.hidden.1 > 0 {
        messages.push((
            WarningCode::HiddenText,
            format!(
                "sida {page} har {} tecken som inte syns på sidan; de står bland resterna, i inget fält",
                sheet.hidden.1
            ),
        ));
    }
    if sheet.unknown > 0 {
        messages.push((
            WarningCode::UnreadablePart,
            format!(
                "sida {page} har {} tecken som filen inte säger vad de betyder; de står som \u{fffd}",
                sheet.unknown
            ),
        ));
    }
    if sheet.capped {
        messages.push((
            WarningCode::UnreadablePart,
            format!("sida {page} har orimligt mycket innehåll och är inte läst till slut"),
        ));
    }
    messages
        .into_iter()
        .map(|(code, message)| (Warning::new(code, message), Place::Page { page, rect: None }))
        .collect()
}

fn no_text(sheets: &[Sheet], first: Option<&(Warning, Place)>) -> ReadError {
    let scanned = sheets.iter().filter(|sheet| sheet.pictures).count();
    let what = match (sheets.len(), scanned) {
        (0, _) => first.map_or_else(|| "ingen sida gick att läsa".to_owned(), |(warning, _)| warning.message.clone()),
        (1, 1) => "sidan är en bild (inskannad?)".to_owned(),
        (count, scanned) if scanned > 0 => format!("{scanned} av {count} sidor är bilder (inskannade?)"),
        (1, _) => "sidan är tom".to_owned(),
        (count, _) => format!("alla {count} sidor är tomma"),
    };
    ReadError::NoText {
        what, help: "Kör OCR (texttolkning) på filen först, eller använd originalet från Word.".into()
    }
}

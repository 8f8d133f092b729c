//! .xlsx and .xlsm: the parts of the file, from the workbook to each sheet with its comments and drawings.

use super::budget::Budget;
use super::grid::{Area, Book, Comment, Sheet};
use super::package::Package;
use super::strings::{Rich, shared};
use super::styles::{Colours, Styles};
use super::text::{Look, paragraphs};
use super::worksheet::Shared;
use super::xml::Element;
use super::{drawing, worksheet, written};
use crate::model::{Warning, WarningCode};
use crate::page::Place;
use crate::read::ReadError;
use crate::read::ooxml::{Relationships, embedded, title};

/// Reads a workbook whose main part is `main`.
pub(super) fn read(package: &Package<'_>, main: &str) -> Result<Book, ReadError> {
    let limits = package.limits();
    let tree = package.tree(main)?.ok_or_else(|| ReadError::damaged("arbetsboken saknas", Some(main)))?;
    let parts = package.relationships(main)?;
    let part = |kind: &str| parts.part(kind);
    let mut book = Book::default();
    book.title = title(package.ground(), &mut book.warnings);
    book.embedded = embedded(package.ground(), &parts, &mut book.warnings);
    let copies = written::copies(&tree);
    let styles = match Styles::read(package, part("styles"), part("theme")) {
        Err(error @ ReadError::TooLarge { .. }) => return Err(error),
        Err(_) => {
            let message = "Bladens utseende går inte att läsa: fyllningar, färger och datum kan saknas.";
            book.warnings.push((Warning::new(WarningCode::UnreadablePart, message), Place::Document));
            Styles::default()
        }
        Ok(styles) => styles,
    };
    let strings = match part("sharedStrings") {
        Some(name) => match package.text(name)? {
            Some(xml) => shared(&xml, name, limits.xml_depth, &styles.colours)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let people = people(package, part("person"))?;
    let from_1904 = tree.child("workbookPr").and_then(|properties| properties.flag("date1904")).unwrap_or(false);
    let sheets: Vec<&Element> = tree.child("sheets").map(|sheets| sheets.all("sheet").collect()).unwrap_or_default();
    if sheets.len() > limits.pages {
        return Err(super::too_many_sheets(limits.pages));
    }
    let mut budget = Budget::new(limits);
    for entry in sheets {
        let mut sheet = Sheet {
            name: entry.attribute("name").unwrap_or("Blad").into(),
            hidden: entry.attribute("state").is_some_and(|state| state != "visible"),
            ..Sheet::default()
        };
        sheet.copy = copies.iter().any(|copy| **copy == *sheet.name);
        let target = entry.relationship("id").and_then(|id| parts.get(id));
        match target.map(|target| (target.kind.as_str(), target.target.as_str())) {
            Some(("worksheet", name)) => {
                let shared = Shared { strings: &strings, styles: &styles, from_1904, depth: limits.xml_depth };
                match read_sheet(package, name, &shared, &people, &mut budget, &mut sheet) {
                    Err(error @ (ReadError::TooLarge { .. } | ReadError::Encrypted { .. })) => return Err(error),
                    Err(error) => {
                        let message = format!("Bladet går inte att läsa till slutet: {error}.");
                        sheet.warn(WarningCode::UnreadablePart, message, None);
                    }
                    Ok(()) => {}
                }
            }
            Some((kind, _)) => {
                let what = if kind == "chartsheet" { "ett diagram" } else { "inget kalkylblad" };
                sheet.warn(WarningCode::Unsupported, format!("Bladet är {what} och läses inte."), None);
            }
            None => sheet.warn(WarningCode::UnreadablePart, "Bladet saknas i filen.", None),
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn read_sheet(
    package: &Package<'_>,
    name: &str,
    shared: &Shared<'_>,
    people: &[(String, String)],
    budget: &mut Budget,
    sheet: &mut Sheet,
) -> Result<(), ReadError> {
    let xml = package.text(name)?.ok_or_else(|| ReadError::damaged("bladet saknas", Some(name)))?;
    let parts = package.relationships(name)?;
    let sizes = worksheet::read(&xml, name, shared, &parts, budget, sheet)?;
    for part in parts.of_kind("drawing") {
        if let Some(tree) = package.tree(&part.target)? {
            drawing::read(&tree, &sizes, shared.styles, sheet);
        }
    }
    comments(package, &parts, people, shared.styles, sheet)
}

/// Comments: the threads of newer programs, then the notes that stand in no thread.
fn comments(
    package: &Package<'_>,
    parts: &Relationships,
    people: &[(String, String)],
    styles: &Styles,
    sheet: &mut Sheet,
) -> Result<(), ReadError> {
    for part in parts.of_kind("threadedComment") {
        let Some(tree) = package.tree(&part.target)? else { continue };
        for comment in tree.all("threadedComment") {
            let Some(area) = comment.attribute("ref").and_then(Area::parse) else { continue };
            let person = comment.attribute("personId");
            let author = people.iter().find(|(id, _)| person == Some(id)).map(|(_, name)| name.clone());
            let text = comment.child("text").map(Element::text).unwrap_or_default();
            let date = comment.attribute("dT").map(str::to_owned);
            add_comment(sheet, area, author, date, &Rich::plain(&text));
        }
    }
    let threads: Vec<(u32, u32)> = sheet.comments.iter().map(|comment| (comment.row, comment.column)).collect();
    for part in parts.of_kind("comments") {
        let Some(tree) = package.tree(&part.target)? else { continue };
        let authors: Vec<String> =
            tree.child("authors").map(|authors| authors.children().map(Element::text).collect()).unwrap_or_default();
        for comment in tree.child("commentList").iter().flat_map(|list| list.all("comment")) {
            let Some(area) = comment.attribute("ref").and_then(Area::parse) else { continue };
            // Beside a thread the file keeps its text once more for old programs.
            if threads.contains(&(area.first_row, area.first_column)) {
                continue;
            }
            let author = comment.number::<usize>("authorId").and_then(|index| authors.get(index)).cloned();
            let rich = comment.child("text").map(|text| Rich::parse(text, &styles.colours)).unwrap_or_default();
            add_comment(sheet, area, author.filter(|author| !author.trim().is_empty()), None, &rich);
        }
    }
    Ok(())
}

fn add_comment(sheet: &mut Sheet, area: Area, author: Option<String>, date: Option<String>, text: &Rich) {
    let (row, column) = (area.first_row, area.first_column);
    let paragraphs = paragraphs(&text.spans(Look::default()), &sheet.place(Area::cell(row, column)));
    if !paragraphs.is_empty() {
        sheet.comments.push(Comment { row, column, author, date, paragraphs });
    }
}

/// The people who write in threads: id and name.
fn people(package: &Package<'_>, part: Option<&str>) -> Result<Vec<(String, String)>, ReadError> {
    let Some(tree) = part.map(|part| package.tree(part)).transpose()?.flatten() else { return Ok(Vec::new()) };
    let person = |person: &Element| {
        Some((person.attribute("id")?.to_owned(), person.attribute("displayName").unwrap_or_default().to_owned()))
    };
    Ok(tree.all("person").filter_map(person).collect())
}

impl Colours {
    /// A colour of a drawing (`a:srgbClr`, `a:schemeClr`).
    pub(super) fn drawn(&self, element: &Element) -> Option<crate::page::Rgb> {
        match element.name.as_str() {
            "srgbClr" => crate::page::Rgb::from_hex(element.attribute("val")?),
            "sysClr" => crate::page::Rgb::from_hex(element.attribute("lastClr")?),
            "prstClr" => named(element.attribute("val")?),
            "schemeClr" => self.scheme(element.attribute("val")?),
            _ => None,
        }
    }
}

fn named(name: &str) -> Option<crate::page::Rgb> {
    use crate::page::Rgb;
    Some(match name {
        "red" => Rgb::new(255, 0, 0),
        "green" => Rgb::new(0, 128, 0),
        "yellow" => Rgb::new(255, 255, 0),
        "lime" => Rgb::new(0, 255, 0),
        "orange" => Rgb::new(255, 165, 0),
        "black" => Rgb::BLACK,
        "white" => Rgb::WHITE,
        _ => return None,
    })
}

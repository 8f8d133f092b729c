//! A cell of an .ods file: its text, its comment, and what is drawn at it.

use super::styles::{DateForm, Resolved, Styles, points};
use crate::page::{Mark, Paragraph, Place, Rgb, Span};
use crate::read::xlsx::grid::{Area, Comment, Float, GridCell, Sheet};
use crate::read::xlsx::number::general;
use crate::read::xlsx::sizes::{Frame, Sizes};
use crate::read::xlsx::text::{Look, paragraphs, span};
use crate::read::xlsx::worksheet::iso_date;
use crate::read::xlsx::xml::{Content, Element};

/// A cell's content.
pub(super) fn read(tree: &Element, column: u32, style: Option<&Resolved>, styles: &Styles, place: &Place) -> GridCell {
    let look = style.map(|style| style.look).unwrap_or_default();
    let mut cell = GridCell { column, fill: style.and_then(|style| style.fill), ..GridCell::default() };
    cell.number = tree.number::<f64>("value");
    cell.paragraphs = text(tree, look, styles, place);
    if let Some(value) = tree.attribute("date-value") {
        let (shown, date) = iso_date(value);
        let form = style.map_or(DateForm::Day, |style| style.date);
        let shown = match (form, date) {
            (DateForm::Month, Some(date)) => date.strftime("%Y-%m").to_string(),
            (DateForm::Year, Some(date)) => date.strftime("%Y").to_string(),
            _ => shown,
        };
        cell.date = date.filter(|_| form == DateForm::Day);
        cell.paragraphs = paragraphs(&[span(&shown, look)], place);
    } else if cell.paragraphs.is_empty() {
        let shown = cell.number.map(general).or_else(|| tree.attribute("string-value").map(str::to_owned));
        cell.paragraphs = shown.map(|shown| paragraphs(&[span(&shown, look)], place)).unwrap_or_default();
    }
    cell
}

/// A comment on a cell.
pub(super) fn comment(note: &Element, row: u32, column: u32, styles: &Styles, sheet: &Sheet) -> Option<Comment> {
    let own = |name: &str| note.child(name).map(|child| child.text().trim().to_owned()).filter(|text| !text.is_empty());
    let paragraphs = text(note, Look::default(), styles, &sheet.place(Area::cell(row, column)));
    (!paragraphs.is_empty()).then(|| Comment { row, column, author: own("creator"), date: own("date"), paragraphs })
}

/// The paragraphs of an element, those in lists too.
fn text(element: &Element, look: Look, styles: &Styles, place: &Place) -> Vec<Paragraph> {
    let mut spans: Vec<Span> = Vec::new();
    let mut stack: Vec<&Element> = vec![element];
    while let Some(element) = stack.pop() {
        match element.name.as_str() {
            "p" | "h" => {
                runs(element, look, None, styles, &mut spans);
                spans.push(span("\n", look));
            }
            _ => {
                let children: Vec<&Element> = element
                    .children()
                    .filter(|child| matches!(child.name.as_str(), "p" | "h" | "list" | "list-item" | "text-box"))
                    .collect();
                stack.extend(children.into_iter().rev());
            }
        }
    }
    paragraphs(&spans, place)
}

/// The runs of a paragraph. As deep as the XML, which is capped.
fn runs(element: &Element, look: Look, link: Option<&str>, styles: &Styles, into: &mut Vec<Span>) {
    for content in &element.content {
        let child = match content {
            Content::Text(text) => {
                let text = text.replace(['\n', '\r', '\t'], " ");
                into.push(Span { link: link.map(str::to_owned), ..span(&text, look) });
                continue;
            }
            Content::Element(child) => child,
        };
        match child.name.as_str() {
            "s" => {
                let count = child.number::<usize>("c").unwrap_or(1).min(1000);
                into.push(span(&" ".repeat(count), look));
            }
            "tab" => into.push(span(" ", look)),
            "line-break" => into.push(span("\n", look)),
            "a" => runs(child, look, child.attribute("href").or(link), styles, into),
            "span" => {
                let own = child.attribute("style-name").and_then(|name| styles.get("text", name));
                // A run's style says only what differs from the cell.
                let look = own.map_or(look, |own| Look {
                    bold: own.look.bold || (look.bold && !own.says_weight),
                    italic: own.look.italic || (look.italic && !own.says_slope),
                    colour: own.look.colour.or(look.colour),
                });
                runs(child, look, link, styles, into);
            }
            "annotation" => {}
            _ => runs(child, look, link, styles, into),
        }
    }
}

/// Something drawn, before the sizes of all rows are known.
pub(super) struct Shape {
    /// The cell it is anchored in; none for one that is anchored on the sheet.
    anchor: Option<(u32, u32)>,
    corner: (f64, f64),
    size: (f64, f64),
    mark: Option<Mark>,
    paragraphs: Vec<Paragraph>,
}

/// What is drawn in a cell or on the sheet.
pub(super) fn shapes(tree: &Element, anchor: Option<(u32, u32)>, styles: &Styles, sheet: &Sheet) -> Vec<Shape> {
    let place = anchor.map_or(Place::Document, |(row, column)| sheet.place(Area::cell(row, column)));
    let mut shapes = Vec::new();
    let mut stack: Vec<&Element> = tree.children().collect();
    stack.reverse();
    while let Some(element) = stack.pop() {
        let length = |name: &str| element.attribute(name).and_then(points).unwrap_or(0.0);
        let fill = || {
            let style = element.attribute("style-name").and_then(|name| styles.get("graphic", name));
            style.and_then(|style| style.drawn)
        };
        let size = (length("width"), length("height"));
        let mark = match element.name.as_str() {
            "ellipse" | "circle" => Some(mark("ellipse", fill(), size, element)),
            "custom-shape" => {
                let kind =
                    element.child("enhanced-geometry").and_then(|geometry| geometry.attribute("type")).unwrap_or("");
                let fill = fill();
                let round = kind.contains("ellipse") || kind == "mso-spt3" || kind == "ooxml-ellipse";
                match (round, fill) {
                    (true, fill) => Some(mark("ellipse", fill, size, element)),
                    (false, Some(fill)) => Some(mark(kind, Some(fill), size, element)),
                    (false, None) => None,
                }
            }
            "rect" | "polygon" | "path" => fill().map(|fill| mark(&element.name, Some(fill), size, element)),
            "frame" if element.child("image").is_some() => Some(Mark::Picture { alt: alt(element) }),
            "frame" => None,
            "g" => {
                let children: Vec<&Element> = element.children().collect();
                stack.extend(children.into_iter().rev());
                continue;
            }
            _ => continue,
        };
        let paragraphs = text(element, Look::default(), styles, &place);
        if mark.is_some() || !paragraphs.is_empty() {
            shapes.push(Shape { anchor, corner: (length("x"), length("y")), size, mark, paragraphs });
        }
    }
    shapes
}

fn mark(geometry: &str, fill: Option<Rgb>, size: (f64, f64), element: &Element) -> Mark {
    let (size, alt) = ((size.0 as f32, size.1 as f32), alt(element));
    match geometry {
        "ellipse" => Mark::Ellipse { fill, size, alt },
        geometry => Mark::Shape { geometry: geometry.to_owned(), fill, size, alt },
    }
}

fn alt(element: &Element) -> Option<String> {
    let own = |name: &str| element.child(name).map(Element::text).filter(|text| !text.trim().is_empty());
    own("desc").or_else(|| own("title")).or_else(|| element.attribute("name").map(str::to_owned))
}

impl Shape {
    /// Finds the cell under the centre and puts the shape in its sheet.
    pub(super) fn place(self, sizes: &Sizes, sheet: &mut Sheet) {
        let (left, top) = match self.anchor {
            Some((row, column)) => (sizes.left(column) + self.corner.0, sizes.top(row) + self.corner.1),
            None => self.corner,
        };
        let (area, row, column) = sizes.under(Frame { left, top, width: self.size.0, height: self.size.1 });
        sheet.floats.push(Float { row, column, area, mark: self.mark, paragraphs: self.paragraphs });
    }
}

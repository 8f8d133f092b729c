//! What is drawn over a sheet of an .xlsx file: `xl/drawings/drawing*.xml`.

use super::grid::{Area, Float, MAX_COLUMN, MAX_ROW, Sheet};
use super::sizes::{Frame, Sizes};
use super::styles::Styles;
use super::text::{Look, paragraphs, span};

use super::xml::Element;
use crate::model::WarningCode;
use crate::page::{Mark, Place, Rgb};

/// English metric units in a point.
const EMU: f64 = 12_700.0;

/// Adds the shapes, text boxes and pictures of a drawing to its sheet.
pub(super) fn read(tree: &Element, sizes: &Sizes, styles: &Styles, sheet: &mut Sheet) {
    for anchor in tree.children().filter(|anchor| anchor.name.ends_with("Anchor")) {
        let Some(frame) = place(anchor, sizes) else {
            if !anchor.text().trim().is_empty() {
                sheet.warn(WarningCode::UnreadablePart, "En ritad figur med text saknar plats i bladet.", None);
            }
            continue;
        };
        for child in anchor.children() {
            drawn(child, frame, sizes, styles, sheet);
        }
    }
}

/// Adds what an element draws in a frame; the shapes of a group each have a frame of their own.
/// As deep as the XML, which is capped.
fn drawn(element: &Element, frame: Frame, sizes: &Sizes, styles: &Styles, sheet: &mut Sheet) {
    let (area, row, column) = sizes.under(frame);
    match element.name.as_str() {
        "sp" | "cxnSp" => {
            let spot = sheet.place(Area::cell(row, column));
            let size = (frame.width as f32, frame.height as f32);
            let float = shape(element, size, styles, &spot);
            sheet.floats.push(Float { row, column, area, ..float });
        }
        "pic" => {
            let mark = Some(Mark::Picture { alt: name(element) });
            sheet.floats.push(Float { row, column, area, mark, paragraphs: Vec::new() });
        }
        "graphicFrame" => sheet.warn(WarningCode::Unsupported, "Ett diagram läses inte.", Some(area)),
        "grpSp" => {
            let inner = element.path(&["grpSpPr", "xfrm"]).and_then(|xfrm| own_frame(xfrm, "chOff", "chExt"));
            for child in element.children() {
                let own = child.path(&["spPr", "xfrm"]).or_else(|| child.path(&["grpSpPr", "xfrm"]));
                let own = own.and_then(|xfrm| own_frame(xfrm, "off", "ext"));
                let within = inner.zip(own).map_or(frame, |(inner, own)| inside(frame, inner, own));
                drawn(child, within, sizes, styles, sheet);
            }
        }
        _ => {}
    }
}

/// The frame of a transform, in the units that it is written in.
fn own_frame(xfrm: &Element, corner: &str, extent: &str) -> Option<Frame> {
    let (corner, extent) = (xfrm.child(corner)?, xfrm.child(extent)?);
    Some(Frame {
        left: corner.number("x")?,
        top: corner.number("y")?,
        width: extent.number("cx")?,
        height: extent.number("cy")?,
    })
}

/// Where a shape of a group is shown: `own` in the group's measure `inner`, which fills `frame`.
fn inside(frame: Frame, inner: Frame, own: Frame) -> Frame {
    let scale = |shown: f64, told: f64| if told > 0.0 { shown / told } else { 1.0 };
    let (across, down) = (scale(frame.width, inner.width), scale(frame.height, inner.height));
    Frame {
        left: frame.left + (own.left - inner.left) * across,
        top: frame.top + (own.top - inner.top) * down,
        width: own.width * across,
        height: own.height * down,
    }
}

/// What a drawing covers.
fn place(anchor: &Element, sizes: &Sizes) -> Option<Frame> {
    let corner = |name: &str| {
        let corner = anchor.child(name)?;
        let value = |name: &str| corner.child(name).and_then(|value| value.text().trim().parse::<f64>().ok());
        let row = (value("row")?.max(0.0) as u32).min(MAX_ROW);
        let column = (value("col")?.max(0.0) as u32).min(MAX_COLUMN);
        let x = sizes.left(column) + value("colOff").unwrap_or(0.0) / EMU;
        let y = sizes.top(row) + value("rowOff").unwrap_or(0.0) / EMU;
        Some((x, y))
    };
    let extent = |element: Option<&Element>| {
        let element = element?;
        Some((element.number::<f64>("cx")? / EMU, element.number::<f64>("cy")? / EMU))
    };
    let (left, top) = match anchor.child("pos") {
        Some(pos) => (pos.number::<f64>("x")? / EMU, pos.number::<f64>("y")? / EMU),
        None => corner("from")?,
    };
    let (right, bottom) = match corner("to") {
        Some(to) => to,
        None => extent(anchor.child("ext")).map(|(width, height)| (left + width, top + height))?,
    };
    Some(Frame { left, top, width: (right - left).max(0.0), height: (bottom - top).max(0.0) })
}

fn shape(shape: &Element, size: (f32, f32), styles: &Styles, spot: &Place) -> Float {
    let properties = shape.child("spPr");
    let geometry = properties
        .and_then(|properties| properties.child("prstGeom"))
        .and_then(|geometry| geometry.attribute("prst"))
        .unwrap_or("custom");
    let fill = fill(shape, styles);
    let mut spans = Vec::new();
    for (index, paragraph) in shape.child("txBody").iter().flat_map(|body| body.all("p")).enumerate() {
        if index > 0 {
            spans.push(span("\n", Look::default()));
        }
        for run in paragraph.children() {
            let flag = |name: &str| run.child("rPr").and_then(|look| look.flag(name)).unwrap_or(false);
            let look = Look { bold: flag("b"), italic: flag("i"), colour: None };
            match run.name.as_str() {
                "r" | "fld" => spans.push(span(&run.all("t").map(Element::text).collect::<String>(), look)),
                "br" => spans.push(span("\n", look)),
                _ => {}
            }
        }
    }
    let paragraphs = paragraphs(&spans, spot);
    let alt = name(shape);
    let mark = match geometry {
        "ellipse" => Some(Mark::Ellipse { fill, size, alt }),
        // A text box or an arrow without a fill says nothing but its text.
        geometry if fill.is_some() => Some(Mark::Shape { geometry: geometry.to_owned(), fill, size, alt }),
        _ => None,
    };
    Float { row: 0, column: 0, area: Area::cell(0, 0), mark, paragraphs }
}

fn fill(shape: &Element, styles: &Styles) -> Option<Rgb> {
    let properties = shape.child("spPr")?;
    if properties.child("noFill").is_some() {
        return None;
    }
    if let Some(colour) = properties.child("solidFill").and_then(|fill| fill.children().next()) {
        return styles.colours.drawn(colour);
    }
    // Else the shape's style says, by a place in the theme; 0 is no fill.
    let reference = shape.path(&["style", "fillRef"])?;
    if reference.attribute("idx") == Some("0") {
        return None;
    }
    styles.colours.drawn(reference.children().next()?)
}

fn name(shape: &Element) -> Option<String> {
    let properties = shape.descendants("cNvPr").into_iter().next()?;
    properties
        .attribute("descr")
        .filter(|alt| !alt.is_empty())
        .or_else(|| properties.attribute("name"))
        .map(str::to_owned)
}

//! What is drawn over a sheet of an .xlsx file: `xl/drawings/drawing*.xml`.

use super::grid::{Area, Float, MAX_COLUMN, MAX_ROW, Sheet};
use super::styles::Styles;
use super::text::{Look, paragraphs, span};
use super::worksheet::Sizes;
use super::xml::Element;
use crate::model::WarningCode;
use crate::page::{Mark, Place, Rgb};

/// English metric units in a point.
const EMU: f64 = 12_700.0;

/// Adds the shapes, text boxes and pictures of a drawing to its sheet.
pub(super) fn read(tree: &Element, sizes: &Sizes, styles: &Styles, sheet: &mut Sheet) {
    for anchor in tree.children().filter(|anchor| anchor.name.ends_with("Anchor")) {
        let Some((area, row, column, size)) = place(anchor, sizes) else {
            if !anchor.text().trim().is_empty() {
                sheet.warn(WarningCode::UnreadablePart, "En ritad figur med text saknar plats i bladet.", None);
            }
            continue;
        };
        for shape in anchor.descendants("sp").into_iter().chain(anchor.descendants("cxnSp")) {
            let spot = sheet.place(Area::cell(row, column));
            let float = self::shape(shape, size, styles, &spot);
            sheet.floats.push(Float { row, column, area, ..float });
        }
        for picture in anchor.descendants("pic") {
            let mark = Some(Mark::Picture { alt: name(picture) });
            sheet.floats.push(Float { row, column, area, mark, paragraphs: Vec::new() });
        }
        if !anchor.descendants("graphicFrame").is_empty() {
            sheet.warn(WarningCode::Unsupported, "Ett diagram läses inte.", Some(area));
        }
    }
}

/// The cells a drawing covers, the cell under its centre, and its size in points.
fn place(anchor: &Element, sizes: &Sizes) -> Option<(Area, u32, u32, (f32, f32))> {
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
    let (row, column) = (sizes.row_at((top + bottom) / 2.0), sizes.column_at((left + right) / 2.0));
    let area = Area {
        first_row: sizes.row_at(top).min(row),
        first_column: sizes.column_at(left).min(column),
        last_row: sizes.row_at(bottom).max(row),
        last_column: sizes.column_at(right).max(column),
    };
    Some((area, row, column, ((right - left).max(0.0) as f32, (bottom - top).max(0.0) as f32)))
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

impl Sizes {
    fn width(&self, column: u32) -> f64 {
        let own = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        own.map_or(self.column, |&(.., width)| width)
    }

    pub(super) fn left(&self, column: u32) -> f64 {
        (0..column).map(|column| self.width(column)).sum()
    }

    pub(super) fn column_at(&self, x: f64) -> u32 {
        let mut right = 0.0;
        (0..MAX_COLUMN)
            .find(|&column| {
                right += self.width(column);
                x < right
            })
            .unwrap_or(MAX_COLUMN)
    }

    pub(super) fn top(&self, row: u32) -> f64 {
        let own = self.rows.iter().take_while(|&&(own, _)| own < row);
        own.fold(f64::from(row) * self.row, |top, (_, height)| top + height - self.row)
    }

    pub(super) fn row_at(&self, y: f64) -> u32 {
        let (mut row, mut top) = (0, 0.0);
        let ordinary = |top: f64| if self.row > 0.0 { ((y - top) / self.row).floor().max(0.0) as u32 } else { 0 };
        for &(own, height) in &self.rows {
            if own < row {
                continue;
            }
            let rows = ordinary(top);
            if row + rows < own {
                return row + rows;
            }
            top += f64::from(own - row) * self.row;
            if y < top + height {
                return own;
            }
            (row, top) = (own + 1, top + height);
        }
        (row + ordinary(top)).min(MAX_ROW)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_under_a_point() {
        let sizes = Sizes { rows: vec![(1, 60.0), (3, 0.0)], columns: vec![(0, 1, 100.0)], row: 15.0, column: 50.0 };
        assert_eq!([0.0, 14.0, 16.0, 74.0, 76.0, 91.0].map(|y| sizes.row_at(y)), [0, 0, 1, 1, 2, 4]);
        assert_eq!([0, 1, 2, 3, 4].map(|row| sizes.top(row)), [0.0, 15.0, 75.0, 90.0, 90.0]);
        assert_eq!([0.0, 150.0, 210.0, 260.0].map(|x| sizes.column_at(x)), [0, 1, 2, 3]);
    }
}

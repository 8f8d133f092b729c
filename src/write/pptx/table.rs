//! A section's table, and its XML on a slide.

use super::line::{self, CELL, LIGHT, Line};
use super::notes::Notes;
use super::share::{self, Cells, EDGE, Row, SIDE, WIDTH};
use crate::model::{Item, Light, OtherPart, Section};
use crate::write::docx::light::colours;
use crate::write::shown::{self, Column};
use crate::write::template::xml::escape;

/// Where tables stand on a slide, in the units of drawings.
const LEFT: i64 = 360_000;
const TOP: i64 = 880_000;

/// The rows of one slide.
pub(super) struct Table {
    description: String,
    headings: Vec<Line>,
    widths: Vec<f64>,
    rows: Vec<Cells>,
}

enum Field<'s> {
    Model(Column),
    Own(&'s str),
}

/// A section's table, slide by slide.
pub(super) fn of(section: &Section, other: &[OtherPart], notes: &mut Notes) -> Vec<Table> {
    let mut fields: Vec<(Field<'_>, String, f64)> = shown::columns(section)
        .into_iter()
        .map(|(column, heading)| {
            // A column that no item uses needs no more room than its heading.
            let unused = column == Column::Area && section.items.iter().all(|item| item.area.is_empty());
            let weight = if unused { weight(column) * 0.6 } else { weight(column) };
            (Field::Model(column), notes.clean(heading), weight)
        })
        .collect();
    for heading in shown::own_columns(section, other) {
        fields.push((Field::Own(heading), notes.clean(heading), 13.0));
    }
    let total: f64 = fields.iter().map(|(.., weight)| weight).sum();
    let widths: Vec<f64> = fields.iter().map(|(.., weight)| weight / total * WIDTH).collect();
    let headings: Vec<Line> = fields.iter().map(|(_, heading, _)| Line::bold(heading.clone())).collect();
    let rows =
        section.items.iter().map(|item| fields.iter().map(|(field, ..)| cell(item, field, other, notes)).collect());
    let rows: Vec<Cells> = rows.collect();
    let mut measure = share::standard(&widths, 0.0);
    measure.heading = share::height(&headings.iter().map(|heading| vec![heading.clone()]).collect::<Cells>(), &measure);
    let names: Vec<&str> = fields.iter().map(|(_, heading, _)| heading.as_str()).collect();
    let description = format!("Handlingsplanens tabell: {}", names.join(", "));
    let rows = rows.into_iter().enumerate().map(|(origin, cells)| Row { origin, cells }).collect();
    share::rows(rows, &measure)
        .into_iter()
        .map(|rows| Table {
            description: description.clone(),
            headings: headings.clone(),
            widths: widths.clone(),
            rows: rows.into_iter().map(|row| row.cells).collect(),
        })
        .collect()
}

/// The table of the template that people edit: tags in place of a plan's own.
pub(super) fn tagged(with_area: bool) -> Table {
    let columns = [
        (
            "{{ section.columns.area or (\"Uppdrag\" if section.kind == \"assignment\" else \"Nationellt insatsområde\") }}",
            "{{ item.area }}",
            weight(Column::Area),
        ),
        ("{{ section.columns.priority or \"Prioriterat område\" }}", "{{ item.priority }}", weight(Column::Priority)),
        ("{{ section.columns.activities or \"Aktiviteter\" }}", "{{ item.activities }}", weight(Column::Activities)),
        ("{{ section.columns.follow_up or \"Uppföljning\" }}", "{{ item.follow_up }}", weight(Column::FollowUp)),
        ("{{ section.columns.status or \"Status\" }}", "{{ item.status }}", weight(Column::Status)),
        ("{{ section.own_columns }}", "{{ item.own_columns }}", 13.0),
    ];
    let columns = &columns[usize::from(!with_area)..];
    let total: f64 = columns.iter().map(|(.., weight)| weight).sum();
    let row = |text: &dyn Fn(usize) -> String| -> Cells {
        (0..columns.len())
            .map(|at| vec![Line::plain(text(at))].into_iter().filter(|_| !text(at).is_empty()).collect())
            .collect()
    };
    let tag = |tag: &'static str| row(&move |at| if at == 0 { tag.to_owned() } else { String::new() });
    Table {
        description: "Handlingsplanens tabell".to_owned(),
        headings: columns.iter().map(|(heading, ..)| Line::bold((*heading).to_owned())).collect(),
        widths: columns.iter().map(|(.., weight)| weight / total * WIDTH).collect(),
        rows: vec![tag("{% for item in section.items %}"), row(&|at| columns[at].1.to_owned()), tag("{% endfor %}")],
    }
}

fn weight(column: Column) -> f64 {
    match column {
        Column::Area => 15.0,
        Column::Priority => 19.0,
        Column::Activities => 24.0,
        Column::FollowUp => 29.0,
        Column::Status => 14.0,
    }
}

fn cell(item: &Item, field: &Field<'_>, other: &[OtherPart], notes: &mut Notes) -> Vec<Line> {
    match field {
        Field::Model(Column::Area) => line::of(&item.area, notes),
        Field::Model(Column::Priority) => line::of(&item.priority, notes),
        Field::Model(Column::Activities) => line::of(&item.activities, notes),
        Field::Model(Column::FollowUp) => line::follow_up(&item.follow_up, notes),
        Field::Model(Column::Status) => line::status(&item.status, notes),
        Field::Own(heading) => line::of(shown::own_cell(item, heading, other), notes),
    }
}

fn units(points: f64) -> i64 {
    (points * 12_700.0).round() as i64
}

impl Table {
    /// The table and the lights over it. Shapes are numbered from `id` on.
    pub(super) fn write(&self, mut id: u32, links: &mut Vec<String>, out: &mut String) {
        let headings: Cells = self.headings.iter().map(|heading| vec![heading.clone()]).collect();
        let measure = share::standard(&self.widths, 0.0);
        let heights: Vec<f64> =
            std::iter::once(&headings).chain(&self.rows).map(|row| share::height(row, &measure)).collect();
        let (width, height) = (units(self.widths.iter().sum()), units(heights.iter().sum()));
        out.push_str(&format!(
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Tabell\" descr=\"{}\"/>\
             <p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>\
             <p:xfrm><a:off x=\"{LEFT}\" y=\"{TOP}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></p:xfrm><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>\
             <a:tblPr firstRow=\"1\"/><a:tblGrid>",
            escape(&self.description)
        ));
        for width in &self.widths {
            out.push_str(&format!("<a:gridCol w=\"{}\"/>", units(*width)));
        }
        out.push_str("</a:tblGrid>");
        for (index, (row, height)) in std::iter::once(&headings).chain(&self.rows).zip(&heights).enumerate() {
            out.push_str(&format!("<a:tr h=\"{}\">", units(*height)));
            for lines in row {
                write_cell(lines, index == 0, links, out);
            }
            out.push_str("</a:tr>");
        }
        out.push_str("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>");
        self.write_lights(&heights, &mut id, out);
    }

    /// Each light beside its name, where the text of its cell puts that.
    fn write_lights(&self, heights: &[f64], id: &mut u32, out: &mut String) {
        let mut top = TOP as f64 / 12_700.0 + heights.first().copied().unwrap_or(0.0);
        for (row, height) in self.rows.iter().zip(heights.iter().skip(1)) {
            let mut left = LEFT as f64 / 12_700.0;
            for (lines, width) in row.iter().zip(&self.widths) {
                let mut y = top + EDGE;
                for (index, line) in lines.iter().enumerate() {
                    // Nothing stands before the first paragraph of a cell.
                    y += if index == 0 { 0.0 } else { CELL.before };
                    if let Some(light) = line.light {
                        *id += 1;
                        // Midway up its first line.
                        write_light(light, left + SIDE, y + CELL.pitch() * 0.55, *id, out);
                    }
                    y += line.height(CELL, width - 2.0 * SIDE) - CELL.before;
                }
                left += width;
            }
            top += height;
        }
    }
}

fn write_cell(lines: &[Line], heading: bool, links: &mut Vec<String>, out: &mut String) {
    out.push_str("<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>");
    for line in lines {
        line.write(CELL, heading, links, out);
    }
    if lines.is_empty() {
        out.push_str("<a:p><a:endParaRPr lang=\"sv-SE\" sz=\"1000\"/></a:p>");
    }
    let (side, edge) = (units(SIDE), units(EDGE));
    out.push_str(&format!("</a:txBody><a:tcPr marL=\"{side}\" marR=\"{side}\" marT=\"{edge}\" marB=\"{edge}\">"));
    for line in ["lnL", "lnR", "lnT", "lnB"] {
        out.push_str(&format!(
            "<a:{line} w=\"6350\"><a:solidFill><a:srgbClr val=\"A6B4C8\"/></a:solidFill></a:{line}>"
        ));
    }
    out.push_str(match heading {
        true => "<a:solidFill><a:schemeClr val=\"bg2\"/></a:solidFill></a:tcPr></a:tc>",
        false => "<a:noFill/></a:tcPr></a:tc>",
    });
}

/// A drawn light; colours differ in lightness, too.
fn write_light(light: Light, left: f64, middle: f64, id: u32, out: &mut String) {
    let (fill, line) = colours(light);
    let name = shown::light(light);
    let size = LIGHT - 4.0;
    out.push_str(&format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Statusljus {id}\" descr=\"{name}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>\
         <a:xfrm><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{size}\" cy=\"{size}\"/></a:xfrm><a:prstGeom prst=\"ellipse\"><a:avLst/>\
         </a:prstGeom><a:solidFill><a:srgbClr val=\"{fill}\"/></a:solidFill><a:ln w=\"9525\"><a:solidFill>\
         <a:srgbClr val=\"{line}\"/></a:solidFill></a:ln></p:spPr></p:sp>",
        units(left),
        units(middle - size / 2.0),
        size = units(size),
    ));
}

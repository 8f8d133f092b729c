//! The pages as layout sees them, drawn as one SVG.

use std::fmt::Write as _;

use super::Sheet;
use super::geometry::Area;
use super::grid::{Found, Grid};
use super::lines::{self, Item, Line};
use crate::page::{Mark, Rgb};

/// White between two pages, in points.
const BETWEEN: f32 = 24.0;
/// Room for the legend above the first page.
const LEGEND: f32 = 30.0;

/// The pages drawn so far.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    body: String,
    width: f32,
    height: f32,
}

impl Drawing {
    /// Adds a page below the others.
    pub(crate) fn page(&mut self, sheet: &Sheet, running: &[bool], grids: &[Grid]) {
        let top = if self.height == 0.0 { LEGEND } else { self.height + BETWEEN };
        let (width, height) = sheet.size;
        let mut svg = format!("<g transform=\"translate(0 {top:.1})\">\n");
        let page = Area { x0: 0.0, y0: 0.0, x1: width, y1: height };
        boxed(&mut svg, page, "page", None, "");
        for &(area, colour) in &sheet.fills {
            boxed(&mut svg, area, "fill", Some(colour), "");
        }
        for rule in &sheet.across {
            line(&mut svg, (rule.from, rule.at), (rule.to, rule.at));
        }
        for rule in &sheet.down {
            line(&mut svg, (rule.at, rule.from), (rule.at, rule.to));
        }
        let mut text = Vec::new();
        for (index, word) in sheet.words.iter().enumerate() {
            let runs = running.get(index).copied().unwrap_or(false);
            boxed(&mut svg, word.area, if runs { "running" } else { "word" }, None, "");
            let turn = match word.turn {
                1 => format!(" transform=\"rotate(90 {:.1} {:.1})\"", word.area.x0, word.area.y0),
                2 => format!(" transform=\"rotate(180 {:.1} {:.1})\"", word.area.x1, word.area.y0),
                3 => format!(" transform=\"rotate(-90 {:.1} {:.1})\"", word.area.x1, word.area.y1),
                _ => String::new(),
            };
            let ink = if lines::is_plain(word.colour) {
                String::new()
            } else {
                format!(" style=\"fill:{}\"", hex(word.colour))
            };
            let length = if word.turn.is_multiple_of(2) { word.area.width() } else { word.area.height() };
            let at = match word.turn {
                1 => (word.area.x0, word.area.y0),
                2 => (word.area.x1, word.area.y0),
                3 => (word.area.x1, word.area.y1),
                _ => (word.area.x0, word.baseline),
            };
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"{ink}{turn}>{}</text>",
                at.0,
                at.1,
                word.size,
                escaped(&word.text)
            );
            if word.turn == 0 && !runs {
                text.push(Item::Word(word.clone()));
            }
        }
        for line in lines::lines(text) {
            let widest = (1.1 * line.size).max(6.0);
            for part in line.split(widest) {
                let Line { area, .. } = part;
                boxed(&mut svg, area, "line", None, "");
            }
        }
        for (number, grid) in grids.iter().enumerate() {
            let how = match grid.found {
                Found::Ruled => "linjer",
                Found::Text => "textspalter",
                Found::Aligned => "inpassning",
            };
            for cell in &grid.cells {
                let place = format!("tabell {}, rad {}, kolumn {}", number + 1, cell.row + 1, cell.column + 1);
                boxed(&mut svg, cell.area, "cell", None, &place);
            }
            boxed(&mut svg, grid.area, "table", None, "");
            let label = format!(
                "tabell {} ({how}): {} × {}",
                number + 1,
                grid.ys.len().saturating_sub(1),
                grid.xs.len().saturating_sub(1)
            );
            let _ = writeln!(
                svg,
                "<text class=\"label\" x=\"{:.1}\" y=\"{:.1}\">{label}</text>",
                grid.area.x0,
                grid.area.y0 - 2.0
            );
        }
        for (mark, area) in &sheet.lights {
            let fill = match mark {
                Mark::Ellipse { fill, .. } | Mark::Shape { fill, .. } => *fill,
                _ => None,
            };
            let (x, y) = area.centre();
            let _ = writeln!(
                svg,
                "<ellipse class=\"light\" cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" fill=\"{}\"/>",
                area.width() / 2.0,
                area.height() / 2.0,
                fill.map_or_else(|| "none".to_owned(), hex)
            );
        }
        let _ = writeln!(
            svg,
            "<text class=\"number\" x=\"{:.1}\" y=\"-3\">sida {}</text>\n</g>",
            width - 60.0,
            sheet.number
        );
        self.body.push_str(&svg);
        self.width = self.width.max(width);
        self.height = top + height;
    }

    /// The whole drawing.
    pub(crate) fn svg(&self) -> String {
        let (width, height) = (self.width.max(420.0), self.height + 6.0);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
             <style>\n\
             rect{{fill:none}} .page{{fill:#fff;stroke:#999;stroke-width:.5}} text{{font-family:sans-serif;fill:#333}}\n\
             .word{{stroke:#9ec5fe;stroke-width:.3}} .running{{fill:#ddd;stroke:#aaa;stroke-width:.3}} .line{{stroke:#2a9d5c;stroke-width:.4}}\n\
             .rule{{stroke:#f4a261;stroke-width:1.2}} .fill{{fill-opacity:.5}} .cell{{stroke:#d62828;stroke-width:.8}} .cell:hover{{fill:#d62828;fill-opacity:.12}}\n\
             .table{{stroke:#6a0dad;stroke-width:1.6}} .label{{font-size:7px;fill:#6a0dad}} .number{{font-size:8px}} .light{{stroke:#000;stroke-width:1}}\n\
             </style>\n\
             <g font-size=\"8\"><text x=\"4\" y=\"11\">blå: ord · grön: rader · orange: streck · röd: celler (peka för rad och kolumn) · lila: tabeller</text>\
             <text x=\"4\" y=\"22\">grå yta: sidhuvud och sidfot · svart ring: statusljus</text></g>\n{}</svg>\n",
            self.body
        )
    }
}

fn boxed(svg: &mut String, area: Area, class: &str, fill: Option<Rgb>, title: &str) {
    let fill = fill.map(|colour| format!(" style=\"fill:{}\"", hex(colour))).unwrap_or_default();
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"{fill}",
        area.x0,
        area.y0,
        area.width().max(0.0),
        area.height().max(0.0)
    );
    svg.push_str(&if title.is_empty() { "/>\n".to_owned() } else { format!("><title>{title}</title></rect>\n") });
}

fn line(svg: &mut String, from: (f32, f32), to: (f32, f32)) {
    let _ = writeln!(
        svg,
        "<line class=\"rule\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn hex(colour: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

/// Text for XML; signs that XML forbids are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() || matches!(u32::from(c), 0xfffe | 0xffff) => {}
            c => out.push(c),
        }
    }
    out
}

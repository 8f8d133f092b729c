//! A slide that was filled in → as many slides as the height of its table's rows, or of its text, needs.

use super::super::share::{self, Measure, Row};
use super::paragraph::Para;
use super::{Titles, child_mut, shapes};
use crate::model::Light;
use crate::write::docx::light::colours;
use crate::write::pptx::share::Paragraph;
use crate::write::shown;
use crate::write::template::xml::{Element, Node};

/// What stays free below a table, in points.
const BELOW: f64 = 32.0;
/// What a cell keeps free where it does not say: at its sides, above and below.
const CELL: [f64; 2] = [7.2, 3.6];
/// How large a light is drawn, in points.
const LIGHT: f64 = 10.0;

/// Where a slide's text boxes get their places from.
pub(super) struct Room<'l> {
    pub(super) layout: &'l [Node],
}

/// Shares out slides, and keeps their titles apart.
pub(super) struct Sharer {
    height: f64,
    titles: Titles,
}

impl Sharer {
    /// For slides of this height, in points.
    pub(super) fn new(height: f64) -> Self {
        Self { height, titles: Titles::new() }
    }

    /// The slides that one becomes.
    pub(super) fn slides(&mut self, mut slide: Vec<Node>, room: &Room<'_>) -> Vec<Vec<Node>> {
        finish(&mut slide);
        let mut slides = match self.tables(&slide) {
            Some(slides) => slides,
            None => texts(&slide, room).unwrap_or_else(|| vec![slide]),
        };
        slides.iter_mut().for_each(|slide| self.title(slide));
        slides
    }

    /// Slides with the rows of a table.
    fn tables(&self, slide: &[Node]) -> Option<Vec<Vec<Node>>> {
        let mut first = slide.to_vec();
        let frame =
            shapes(&mut first)?.children.iter().filter_map(Node::element).find(|frame| table_of(frame).is_some())?;
        let table = Table::read(frame)?;
        let measure = Measure {
            setting: (),
            widths: table.inner_widths(),
            heading: table.heading.iter().map(|row| table.height(row)).sum(),
            room: (self.height - table.top - BELOW).max(self.height / 4.0),
            edges: table.edges,
            least: 0.0,
        };
        let rows: Vec<Row<Para>> =
            table.rows.iter().enumerate().map(|(origin, row)| Row { origin, cells: cells(row) }).collect();
        let shared = share::rows(rows, &measure);
        let slides = shared.into_iter().map(|rows| {
            let mut own = slide.to_vec();
            if let Some(tree) = shapes(&mut own) {
                table.put(tree, rows, &measure);
            }
            own
        });
        Some(slides.collect())
    }

    /// Tells slides of one title apart.
    fn title(&mut self, slide: &mut [Node]) {
        let Some(tree) = shapes(slide) else { return };
        let is_title = |shape: &Element| {
            let kind = placeholder(shape).and_then(|place| place.attribute("type"));
            matches!(kind, Some("title" | "ctrTitle"))
        };
        let shape = tree.children.iter_mut().find_map(|node| match node {
            Node::Element(shape) if is_title(shape) => Some(shape),
            _ => None,
        });
        let Some(shape) = shape else { return };
        let mut text = String::new();
        super::texts(shape, &mut text);
        let count = self.titles.entry(text.trim().to_owned()).or_default();
        *count += 1;
        if *count > 1 && !text.trim().is_empty() {
            append(shape, &format!(" (forts. {})", *count - 1));
        }
    }
}

/// Adds to the last text of a shape.
fn append(element: &mut Element, text: &str) -> bool {
    for node in element.children.iter_mut().rev() {
        let Node::Element(child) = node else { continue };
        if child.name == "a:t" {
            child.children.push(Node::Text(text.to_owned()));
            return true;
        }
        if append(child, text) {
            return true;
        }
    }
    false
}

/// Gives each text the paragraph that it must have.
fn finish(nodes: &mut [Node]) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        finish(&mut element.children);
        if matches!(element.name.as_str(), "a:txBody" | "p:txBody") && element.child("a:p").is_none() {
            let empty = Element { name: "a:p".to_owned(), ..Element::default() };
            element.children.push(Node::Element(empty));
        }
    }
}

fn placeholder(shape: &Element) -> Option<&Element> {
    shape.child("p:nvSpPr")?.child("p:nvPr")?.child("p:ph")
}

fn table_of(frame: &Element) -> Option<&Element> {
    if frame.name != "p:graphicFrame" {
        return None;
    }
    frame.child("a:graphic")?.child("a:graphicData")?.child("a:tbl")
}

fn points(element: Option<&Element>, name: &str) -> Option<f64> {
    Some(element?.attribute(name)?.parse::<f64>().ok()? / 12_700.0)
}

fn units(points: f64) -> String {
    ((points * 12_700.0).round() as i64).to_string()
}

fn cells(row: &Element) -> Vec<Vec<Para>> {
    let cells = row.elements().filter(|cell| cell.name == "a:tc");
    cells
        .map(|cell| {
            let body = cell.child("a:txBody").into_iter().flat_map(Element::elements);
            let all: Vec<Para> = body.filter(|child| child.name == "a:p").cloned().map(Para).collect();
            // A paragraph of nothing takes no room.
            if all.iter().all(|paragraph| paragraph.0.child("a:r").is_none()) { Vec::new() } else { all }
        })
        .collect()
}

/// A table as it stands on the filled-in slide, in points.
struct Table {
    left: f64,
    top: f64,
    widths: Vec<f64>,
    /// What a cell keeps free at its left, at both sides, above, and above and below.
    side: f64,
    sides: f64,
    above: f64,
    edges: f64,
    heading: Vec<Element>,
    rows: Vec<Element>,
}

impl Table {
    fn read(frame: &Element) -> Option<Self> {
        let table = table_of(frame)?;
        let offset = frame.child("p:xfrm").and_then(|place| place.child("a:off"));
        let grid = table.child("a:tblGrid").into_iter().flat_map(Element::elements);
        let widths: Vec<f64> = grid.filter_map(|column| points(Some(column), "w")).collect();
        let mut rows: Vec<Element> = table.elements().filter(|row| row.name == "a:tr").cloned().collect();
        let headed = table.child("a:tblPr").and_then(|look| look.attribute("firstRow")) == Some("1");
        let rest = rows.split_off(usize::from(headed).min(rows.len()));
        let margins = rest.first().or(rows.first()).and_then(|row| row.child("a:tc")?.child("a:tcPr"));
        let margin = |name: &str, otherwise: f64| points(margins, name).unwrap_or(otherwise);
        let (left, above) = (margin("marL", CELL[0]), margin("marT", CELL[1]));
        Some(Self {
            left: points(offset, "x").unwrap_or(0.0),
            top: points(offset, "y").unwrap_or(0.0),
            widths,
            side: left,
            sides: left + margin("marR", CELL[0]),
            above,
            edges: above + margin("marB", CELL[1]),
            heading: rows,
            rows: rest,
        })
    }

    fn inner_widths(&self) -> Vec<f64> {
        self.widths.iter().map(|width| (width - self.sides).max(4.0)).collect()
    }

    /// The height of a row that is not shared out.
    fn height(&self, row: &Element) -> f64 {
        let widths = self.inner_widths();
        // Not as high as the file says: that is what the tags needed.
        let text =
            cells(row).iter().zip(&widths).map(|(cell, width)| share::cell(cell, (), *width)).fold(12.0, f64::max);
        text + self.edges
    }

    /// Puts these rows in the table's place, and the lights over them.
    fn put(&self, tree: &mut Element, rows: Vec<Row<Para>>, measure: &Measure<()>) {
        let mut lights = Vec::new();
        let mut new = self.heading.clone();
        for row in &mut new {
            let height = self.height(row);
            set_height(row, height);
        }
        let mut top = self.top + measure.heading;
        for row in rows {
            let height = share::height(&row.cells, measure).max(self.edges + 12.0);
            self.lights(&row.cells, top, measure, &mut lights);
            top += height;
            let Some(mut element) = self.rows.get(row.origin).cloned() else { continue };
            set_height(&mut element, height);
            let mut filled = row.cells.into_iter();
            for node in &mut element.children {
                if let Node::Element(cell) = node
                    && cell.name == "a:tc"
                    && let Some(body) = child_mut(cell, "a:txBody")
                {
                    let own = filled.next().unwrap_or_default();
                    fill(body, own);
                }
            }
            new.push(element);
        }
        let mut id = largest_id(tree);
        for node in &mut tree.children {
            let Node::Element(frame) = node else { continue };
            if table_of(frame).is_none() {
                continue;
            }
            if let Some(extent) = child_mut(frame, "p:xfrm").and_then(|place| child_mut(place, "a:ext")) {
                extent.attributes.retain(|(name, _)| name != "cy");
                extent.attributes.push(("cy".to_owned(), units(top - self.top)));
            }
            let graphic = child_mut(frame, "a:graphic").and_then(|graphic| child_mut(graphic, "a:graphicData"));
            if let Some(table) = graphic.and_then(|data| child_mut(data, "a:tbl")) {
                table.children.retain(|node| node.element().is_none_or(|child| child.name != "a:tr"));
                let at = table.children.iter().take_while(|node| {
                    node.element().is_some_and(|child| matches!(child.name.as_str(), "a:tblPr" | "a:tblGrid"))
                });
                let at = at.count();
                table.children.splice(at..at, new.drain(..).map(Node::Element));
            }
            break;
        }
        for (light, x, y) in lights {
            id += 1;
            tree.children.push(Node::Element(ellipse(light, x, y, id)));
        }
        tree.children.sort_by_key(|node| node.element().is_some_and(|child| child.name == "p:extLst"));
    }

    /// Each light beside its name, midway up its line.
    fn lights(&self, cells: &[Vec<Para>], top: f64, measure: &Measure<()>, out: &mut Vec<(Light, f64, f64)>) {
        let mut left = self.left;
        for ((cell, width), inner) in cells.iter().zip(&self.widths).zip(&measure.widths) {
            let mut y = top + self.above;
            for (index, paragraph) in cell.iter().enumerate() {
                y += if index == 0 { 0.0 } else { paragraph.before() };
                if let Some(light) = paragraph.light() {
                    out.push((light, left + self.side, y + paragraph.pitch() * 0.55 - LIGHT / 2.0));
                }
                y += paragraph.height((), *inner) - paragraph.before();
            }
            left += width;
        }
    }
}

fn set_height(row: &mut Element, height: f64) {
    row.attributes.retain(|(name, _)| name != "h");
    row.attributes.push(("h".to_owned(), units(height)));
}

/// Puts paragraphs in the place of those that a text has.
fn fill(body: &mut Element, paragraphs: Vec<Para>) {
    let end = body.child("a:p").and_then(|paragraph| paragraph.child("a:endParaRPr")).cloned();
    body.children.retain(|node| node.element().is_none_or(|child| child.name != "a:p"));
    if paragraphs.is_empty() {
        let children = end.map(Node::Element).into_iter().collect();
        let empty = Element { name: "a:p".to_owned(), attributes: Vec::new(), children };
        body.children.push(Node::Element(empty));
    }
    body.children.extend(paragraphs.into_iter().map(|paragraph| Node::Element(paragraph.clean())));
}

fn largest_id(element: &Element) -> u32 {
    let own = if element.name == "p:cNvPr" { element.attribute("id").and_then(|id| id.parse().ok()) } else { None };
    element.elements().map(largest_id).chain(own).max().unwrap_or(1)
}

fn ellipse(light: Light, x: f64, y: f64, id: u32) -> Element {
    let node = |name: &str, attributes: &[(&str, &str)], children: Vec<Element>| Element {
        name: name.to_owned(),
        attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        children: children.into_iter().map(Node::Element).collect(),
    };
    let (fill, line) = colours(light);
    let colour = |value: &str| node("a:solidFill", &[], vec![node("a:srgbClr", &[("val", value)], vec![])]);
    let (id, size) = (id.to_string(), units(LIGHT));
    let name = format!("Statusljus {id}");
    let place = vec![
        node("a:off", &[("x", &units(x)), ("y", &units(y))], vec![]),
        node("a:ext", &[("cx", &size), ("cy", &size)], vec![]),
    ];
    node(
        "p:sp",
        &[],
        vec![
            node(
                "p:nvSpPr",
                &[],
                vec![
                    node("p:cNvPr", &[("id", &id), ("name", &name), ("descr", shown::light(light))], vec![]),
                    node("p:cNvSpPr", &[], vec![]),
                    node("p:nvPr", &[], vec![]),
                ],
            ),
            node(
                "p:spPr",
                &[],
                vec![
                    node("a:xfrm", &[], place),
                    node("a:prstGeom", &[("prst", "ellipse")], vec![node("a:avLst", &[], vec![])]),
                    colour(fill),
                    node("a:ln", &[("w", "9525")], vec![colour(line)]),
                ],
            ),
        ],
    )
}

/// Slides with the text of the box that holds the most, where it holds more than it has room for.
fn texts(slide: &[Node], room: &Room<'_>) -> Option<Vec<Vec<Node>>> {
    let mut first = slide.to_vec();
    let tree = shapes(&mut first)?;
    let title = |shape: &Element| {
        matches!(
            placeholder(shape).and_then(|place| place.attribute("type")),
            Some("title" | "ctrTitle" | "sldNum" | "ftr" | "dt")
        )
    };
    let boxes = tree.children.iter().enumerate().filter_map(|(at, node)| {
        let shape = node.element().filter(|shape| shape.name == "p:sp" && !title(shape))?;
        let body = shape.child("p:txBody")?;
        let paragraphs: Vec<Para> = body.elements().filter(|child| child.name == "a:p").cloned().map(Para).collect();
        Some((at, size_of(shape, room.layout)?, paragraphs))
    });
    let (at, (width, height), paragraphs) = boxes.max_by_key(|(.., paragraphs)| paragraphs.len())?;
    let pages = share::pages(paragraphs, (), width - 2.0 * CELL[0], height - 2.0 * CELL[1]);
    let slides = pages.into_iter().map(|page| {
        let mut own = slide.to_vec();
        if let Some(Node::Element(shape)) = shapes(&mut own).and_then(|tree| tree.children.get_mut(at))
            && let Some(body) = child_mut(shape, "p:txBody")
        {
            fill(body, page);
        }
        own
    });
    Some(slides.collect())
}

/// How wide and high a box is: as it says, else as its place in the layout.
fn size_of(shape: &Element, layout: &[Node]) -> Option<(f64, f64)> {
    let own = |shape: &Element| {
        let extent = shape.child("p:spPr")?.child("a:xfrm")?.child("a:ext")?;
        Some((points(Some(extent), "cx")?, points(Some(extent), "cy")?))
    };
    own(shape).or_else(|| {
        let place = placeholder(shape)?;
        let key =
            |place: &Element| (place.attribute("idx").map(str::to_owned), place.attribute("type").map(str::to_owned));
        let mut layout = layout.to_vec();
        let tree = shapes(&mut layout)?;
        let same = |other: &&Element| placeholder(other).is_some_and(|other| key(other).0 == key(place).0);
        tree.elements().find(same).and_then(own)
    })
}

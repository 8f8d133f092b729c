//! Builds PowerPoint files from snippets of XML, and shows what was read as short lines.

use std::io::{Cursor, Write};

use handlingsplan::page::{Document, Inline, Mark, Node, Paragraph, Part, PartKind, Role};
use handlingsplan::read::{ReadOptions, pptx};
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// All the namespaces a snippet may use.
const NAMESPACES: &str = r#"xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:new="urn:something:new""#;

/// A presentation in the making. Its layout has a title, a body and a subtitle; its master makes bodies lists.
pub struct Deck {
    slides: Vec<Slide>,
    parts: Vec<(String, String)>,
    relationships: String,
    order: Option<Vec<usize>>,
    layout: String,
}

/// A slide in the making.
pub struct Slide {
    shapes: String,
    attributes: String,
    after: String,
    relationships: String,
}

impl Slide {
    /// A slide with these shapes.
    pub fn new(shapes: &str) -> Self {
        let own = String::new;
        Self { shapes: shapes.to_owned(), attributes: own(), after: own(), relationships: own() }
    }

    /// Attributes of the slide itself.
    pub fn with(mut self, attributes: &str) -> Self {
        self.attributes = attributes.to_owned();
        self
    }

    /// What stands after the shapes.
    pub fn after(mut self, xml: &str) -> Self {
        self.after = xml.to_owned();
        self
    }

    /// A relationship: its id, the last word of its type, its target.
    pub fn to(mut self, id: &str, kind: &str, target: &str) -> Self {
        let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        self.relationships += &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>"#);
        self
    }
}

impl Deck {
    /// A presentation of these slides.
    pub fn new(slides: impl IntoIterator<Item = Slide>) -> Self {
        Self {
            slides: slides.into_iter().collect(),
            parts: Vec::new(),
            relationships: String::new(),
            order: None,
            layout: String::new(),
        }
    }

    /// The numbers of the slides' parts in the order they are shown.
    pub fn order(mut self, order: &[usize]) -> Self {
        self.order = Some(order.to_vec());
        self
    }

    /// More shapes of the layout.
    pub fn layout(mut self, shapes: &str) -> Self {
        self.layout = shapes.to_owned();
        self
    }

    /// Another part of `ppt/`.
    pub fn part(mut self, name: &str, xml: &str) -> Self {
        self.parts.push((format!("ppt/{name}"), xml.to_owned()));
        self
    }

    /// A relationship of the presentation.
    pub fn to(mut self, id: &str, kind: &str, target: &str) -> Self {
        self.relationships += &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#);
        self
    }

    /// The file.
    pub fn bytes(self) -> Vec<u8> {
        let rels = |inside: &str| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>"#
            )
        };
        let rel = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        };
        let order = self.order.unwrap_or_else(|| (1..=self.slides.len()).collect());
        let list: String = order.iter().map(|n| format!(r#"<p:sldId id="{}" r:id="s{n}"/>"#, 255 + n)).collect();
        let mut own: String =
            (1..=self.slides.len()).map(|n| rel(&format!("s{n}"), "slide", &format!("slides/slide{n}.xml"))).collect();
        own += &self.relationships;
        let tree = |shapes: &str| format!("<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>{shapes}</p:spTree></p:cSld>");
        let placeholders = placeholder("title", 0, (50, 20, 800, 60)) + &placeholder("body", 1, (50, 100, 400, 300));
        let layout = placeholder("title", 0, (50, 30, 800, 60))
            + &placeholder("body", 1, (50, 120, 400, 300))
            + &placeholder("body", 2, (480, 120, 400, 300))
            + &placeholder("subTitle", 3, (50, 430, 800, 60))
                .replace("<a:lstStyle/>", "<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>")
            + &self.layout;
        let level = |n: u8| format!(r#"<a:lvl{n}pPr><a:buChar char="•"/></a:lvl{n}pPr>"#);
        let styles = format!(
            "<p:txStyles><p:titleStyle/><p:bodyStyle>{}{}</p:bodyStyle><p:otherStyle/></p:txStyles>",
            level(1),
            level(2)
        );
        let mut parts = vec![
            ("_rels/.rels".to_owned(), rels(&rel("a", "officeDocument", "ppt/presentation.xml"))),
            (
                "ppt/presentation.xml".to_owned(),
                format!(
                    r#"<p:presentation {NAMESPACES}><p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/></p:presentation>"#
                ),
            ),
            ("ppt/_rels/presentation.xml.rels".to_owned(), rels(&own)),
            (
                "ppt/slideLayouts/slideLayout1.xml".to_owned(),
                format!("<p:sldLayout {NAMESPACES}>{}</p:sldLayout>", tree(&layout)),
            ),
            (
                "ppt/slideLayouts/_rels/slideLayout1.xml.rels".to_owned(),
                rels(&rel("m", "slideMaster", "../slideMasters/slideMaster1.xml")),
            ),
            (
                "ppt/slideMasters/slideMaster1.xml".to_owned(),
                format!(
                    r#"<p:sldMaster {NAMESPACES}>{}<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"/>{styles}</p:sldMaster>"#,
                    tree(&placeholders)
                ),
            ),
        ];
        for (index, slide) in self.slides.into_iter().enumerate() {
            let number = index + 1;
            let xml =
                format!("<p:sld {NAMESPACES} {}>{}{}</p:sld>", slide.attributes, tree(&slide.shapes), slide.after);
            parts.push((format!("ppt/slides/slide{number}.xml"), xml));
            let own = rel("l", "slideLayout", "../slideLayouts/slideLayout1.xml") + &slide.relationships;
            parts.push((format!("ppt/slides/_rels/slide{number}.xml.rels"), rels(&own)));
        }
        parts.extend(self.parts.into_iter().map(|(name, xml)| (name, xml.replace("NAMESPACES", NAMESPACES))));
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// What is read of it.
    pub fn read(self) -> Document {
        pptx::read(&self.bytes(), &ReadOptions::default()).unwrap()
    }
}

type Box4 = (i32, i32, i32, i32);

/// An `a:xfrm` or `p:xfrm` in points.
pub fn xfrm(prefix: &str, (x, y, width, height): Box4) -> String {
    let [x, y, width, height] = [x, y, width, height].map(|side| side * 12_700);
    format!(r#"<{prefix}:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></{prefix}:xfrm>"#)
}

fn placeholder(kind: &str, index: u32, place: Box4) -> String {
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr>
<p:spPr>{}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>Klicka här</a:t></a:r></a:p></p:txBody></p:sp>"#,
        xfrm("a", place)
    )
}

/// Paragraphs of plain text.
pub fn text(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("<a:p><a:r><a:t>{line}</a:t></a:r></a:p>")).collect()
}

/// A placeholder of a slide, placed by its layout.
pub fn filled(kind: &str, index: u32, paragraphs: &str) -> String {
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr>
<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"#
    )
}

/// A text box.
pub fn text_box(place: Box4, paragraphs: &str) -> String {
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="3" name="Text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>
<p:spPr>{}<a:prstGeom prst="rect"/><a:noFill/></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"#,
        xfrm("a", place)
    )
}

/// A drawn ellipse with a fill.
pub fn ellipse(place: Box4, fill: &str) -> String {
    format!(
        r#"<p:sp><p:nvSpPr><p:cNvPr id="4" name="Oval"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>
<p:spPr>{}<a:prstGeom prst="ellipse"/><a:solidFill>{fill}</a:solidFill></p:spPr></p:sp>"#,
        xfrm("a", place)
    )
}

/// A table: the left upper corner, the widths of columns, and rows of a height and cells.
pub fn table((x, y): (i32, i32), columns: &[i32], rows: &[(i32, String)]) -> String {
    let emu = |points: i32| points * 12_700;
    let grid: String = columns.iter().map(|width| format!(r#"<a:gridCol w="{}"/>"#, emu(*width))).collect();
    let body: String =
        rows.iter().map(|(height, cells)| format!(r#"<a:tr h="{}">{cells}</a:tr>"#, emu(*height))).collect();
    let height = rows.iter().map(|(height, _)| height).sum();
    format!(
        r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="Tabell"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{}
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/>
<a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"#,
        xfrm("p", (x, y, columns.iter().sum(), height))
    )
}

/// A cell of plain lines at 10 points.
pub fn cell(lines: &[&str]) -> String {
    let paragraphs: String =
        lines.iter().map(|line| format!(r#"<a:p><a:r><a:rPr sz="1000"/><a:t>{line}</a:t></a:r></a:p>"#)).collect();
    format!("<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody><a:tcPr/></a:tc>")
}

/// Cells of one line each.
pub fn cells(texts: &[&str]) -> String {
    texts.iter().map(|text| cell(&[text])).collect()
}

/// All parts as lines: a part's kind, then its paragraphs and the cells of its tables.
pub fn lines(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for Part { kind, nodes } in &document.parts {
        lines.push(match kind {
            PartKind::Slide(number) => format!("# {number}"),
            PartKind::Comment { author, date } => {
                format!("# comment {} {}", author.as_deref().unwrap_or("?"), date.as_deref().unwrap_or("?"))
            }
            kind => format!("# {kind:?}"),
        });
        for node in nodes {
            match node {
                Node::Paragraph(paragraph) => lines.push(line(paragraph)),
                Node::Table(table) => {
                    for row in &table.rows {
                        let cell = |cell: &handlingsplan::page::Cell| {
                            let text: Vec<String> = cell.paragraphs().into_iter().map(line).collect();
                            let span = match (cell.colspan, cell.rowspan) {
                                (1, 1) => String::new(),
                                (across, down) => format!("{across}x{down} "),
                            };
                            format!("{span}{}", text.join(" / "))
                        };
                        lines.push(row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
                    }
                }
            }
        }
    }
    lines
}

fn line(paragraph: &Paragraph) -> String {
    let mut text = String::new();
    match (paragraph.role, paragraph.list) {
        (Role::Title, _) => text += "= ",
        (_, Some(list)) => {
            text += &format!("{}{} ", " ".repeat(list.level.into()), if list.ordered { "1." } else { "-" })
        }
        _ => {}
    }
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text(span) => text += &span.text,
            Inline::Break => text += "⏎",
            Inline::Mark(Mark::CheckBox { checked }) => text += if *checked { "[x]" } else { "[ ]" },
            Inline::Mark(Mark::Ellipse { fill, .. } | Mark::Shape { fill, .. }) => {
                text += &fill.map_or("()".to_owned(), |fill| format!("({:02x}{:02x}{:02x})", fill.r, fill.g, fill.b));
            }
            Inline::Mark(Mark::Icon { fill }) => text += &format!("<{:02x}{:02x}{:02x}>", fill.r, fill.g, fill.b),
            Inline::Mark(Mark::Picture { .. }) => text += "[picture]",
        }
    }
    text.trim_end().to_owned()
}

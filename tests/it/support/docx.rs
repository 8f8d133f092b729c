//! Builds Word files from snippets of XML, ugly ones too, and shows what was read as short lines.

use std::io::{Cursor, Write};

use handlingsplan::page::{Document, Inline, Mark, Node, Paragraph, Part, PartKind, Rgb, Role};
use handlingsplan::read::{ReadError, ReadOptions, docx};
use zip::write::SimpleFileOptions;

/// All the namespaces a snippet may use.
pub const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
 xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:new="urn:something:new""#;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file in the making.
pub struct Docx {
    parts: Vec<(String, Vec<u8>)>,
    relationships: String,
    body: String,
    main: String,
}

impl Docx {
    /// A file whose `w:body` holds this.
    pub fn new(body: &str) -> Self {
        Self {
            parts: Vec::new(),
            relationships: String::new(),
            body: body.to_owned(),
            main: "word/document.xml".into(),
        }
    }

    /// Puts the main part elsewhere.
    pub fn main(mut self, name: &str) -> Self {
        self.main = name.to_owned();
        self
    }

    /// Adds a part with its bytes as they are.
    pub fn raw(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), bytes.into()));
        self
    }

    /// Adds a part of `word/` that the main part points at by the last word of the relationship's type;
    /// the id is the part's name without its ending.
    pub fn part(mut self, kind: &str, name: &str, root: &str, inside: &str) -> Self {
        let id = name.split('.').next().unwrap();
        self.relationships += &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{name}"/>"#);
        self.raw(&format!("word/{name}"), format!("<{root} {NAMESPACES}>{inside}</{root}>"))
    }

    /// Adds a custom XML part as it is.
    pub fn custom(mut self, name: &str, content: &str) -> Self {
        self.relationships += &format!(r#"<Relationship Id="{name}" Type="{OFFICE}/customXml" Target="{name}"/>"#);
        self.raw(&format!("word/{name}"), content)
    }

    /// Adds an address outside the file.
    pub fn link(mut self, id: &str, target: &str) -> Self {
        self.relationships +=
            &format!(r#"<Relationship Id="{id}" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>"#);
        self
    }

    pub fn styles(self, inside: &str) -> Self {
        self.part("styles", "styles.xml", "w:styles", inside)
    }

    pub fn numbering(self, inside: &str) -> Self {
        self.part("numbering", "numbering.xml", "w:numbering", inside)
    }

    /// The file's bytes.
    pub fn build(self) -> Vec<u8> {
        let document = format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", self.body);
        self.build_with(&document)
    }

    /// The file's bytes with this main part.
    pub fn build_with(self, document: &str) -> Vec<u8> {
        let package = "http://schemas.openxmlformats.org/package/2006";
        let main = &self.main;
        let (folder, name) = main.rsplit_once('/').unwrap();
        let types = format!(
            r#"<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
        );
        let rels = |inside: &str| format!(r#"<Relationships xmlns="{package}/relationships">{inside}</Relationships>"#);
        let core = format!("{package}/relationships/metadata/core-properties");
        let root = rels(&format!(
            r#"<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{main}"/><Relationship Id="r2" Type="{core}" Target="docProps/core.xml"/>"#
        ));
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            ("_rels/.rels".to_owned(), root.into_bytes()),
            (main.clone(), document.as_bytes().to_vec()),
            (format!("{folder}/_rels/{name}.rels"), rels(&self.relationships).into_bytes()),
        ];
        if !self.parts.iter().any(|(name, _)| name == "docProps/core.xml") {
            parts.push(("docProps/core.xml".to_owned(), b"<x/>".to_vec()));
        }
        parts.extend(self.parts);
        zip(&parts)
    }

    /// What is read of it.
    pub fn read(self) -> Document {
        read(&self.build()).unwrap()
    }

    /// The lines of the running text.
    pub fn lines(self) -> Vec<String> {
        let document = self.read();
        lines(&document.parts[0].nodes)
    }
}

/// A zip of these parts.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    docx::read(bytes, &ReadOptions::default())
}

/// The lines of a paragraph or its cell, `body` being what stands in the body.
pub fn lines_of(body: &str) -> Vec<String> {
    Docx::new(body).lines()
}

/// A paragraph of plain text, as XML.
pub fn p(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// A cell of plain text, as XML.
pub fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

/// The parts of one kind.
pub fn parts(document: &Document, kind: impl Fn(&PartKind) -> bool) -> Vec<&Part> {
    document.parts.iter().filter(|part| kind(&part.kind)).collect()
}

/// One line a paragraph: role or list, then the text with its looks; a row of a table is
/// `row: column[+colspan][xrowspan][ fill]: lines | …`.
pub fn lines(nodes: &[Node]) -> Vec<String> {
    let mut all = Vec::new();
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => all.push(line(paragraph)),
            Node::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row
                        .cells
                        .iter()
                        .map(|cell| {
                            let mut head = cell.column.to_string();
                            if cell.colspan > 1 {
                                head += &format!("+{}", cell.colspan);
                            }
                            if cell.rowspan > 1 {
                                head += &format!("x{}", cell.rowspan);
                            }
                            if let Some(fill) = cell.fill {
                                head += &format!(" {}", hex(fill));
                            }
                            format!("{head}: {}", lines(&cell.nodes).join(" ¶ "))
                        })
                        .collect();
                    all.push(format!("{}: {}", if row.heading { "heading" } else { "row" }, cells.join(" | ")));
                }
            }
        }
    }
    all
}

fn hex(colour: Rgb) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

/// A paragraph as one line.
pub fn line(paragraph: &Paragraph) -> String {
    let mut line = match paragraph.role {
        Role::Title => "title: ".to_owned(),
        Role::Heading(level) => format!("h{level}: "),
        Role::Body => String::new(),
    };
    if let Some(list) = paragraph.list {
        line += &format!("{}{} ", if list.ordered { '#' } else { '*' }, list.level);
    }
    for inline in &paragraph.inlines {
        match inline {
            Inline::Break => line.push('⏎'),
            Inline::Text(span) => {
                let mut text = span.text.clone();
                if span.bold {
                    text = format!("<b>{text}</b>");
                }
                if span.italic {
                    text = format!("<i>{text}</i>");
                }
                if let Some(colour) = span.colour {
                    text = format!("<{}>{text}</>", hex(colour));
                }
                if let Some(colour) = span.highlight {
                    text = format!("<on {}>{text}</>", hex(colour));
                }
                if let Some(link) = &span.link {
                    text = format!("[{text}]({link})");
                }
                line += &text;
            }
            Inline::Mark(mark) => line += &mark_line(mark),
        }
    }
    line
}

fn mark_line(mark: &Mark) -> String {
    let fill = |fill: &Option<Rgb>| fill.map_or("none".to_owned(), hex);
    let alt = |alt: &Option<String>| alt.as_ref().map_or(String::new(), |alt| format!(" {alt}"));
    match mark {
        Mark::Ellipse { fill: f, size, alt: a } => {
            format!("(ellipse {} {:.0}x{:.0}{})", fill(f), size.0, size.1, alt(a))
        }
        Mark::Shape { geometry, fill: f, size, alt: a } => {
            format!("({geometry} {} {:.0}x{:.0}{})", fill(f), size.0, size.1, alt(a))
        }
        Mark::Picture { alt: a } => format!("(picture{})", alt(a)),
        Mark::CheckBox { checked } => if *checked { "(x)" } else { "( )" }.to_owned(),
        Mark::Icon { fill } => format!("(icon {})", hex(*fill)),
    }
}

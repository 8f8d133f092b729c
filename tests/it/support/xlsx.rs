//! Builds .xlsx files from snippets of XML.

use std::io::{Cursor, Write};

use handlingsplan::page::Document;
use handlingsplan::read::{ReadOptions, xlsx};
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook in the making.
#[derive(Default)]
pub struct Book {
    properties: String,
    styles: String,
    sheets: Vec<Sheet>,
    parts: Vec<(String, String)>,
    links: Vec<(String, String)>,
}

/// A sheet in the making.
pub struct Sheet {
    name: String,
    attributes: String,
    content: String,
    links: Vec<(String, String, String)>,
}

impl Sheet {
    /// A sheet with what stands in its `worksheet` element.
    pub fn new(name: &str, content: &str) -> Self {
        Self { name: name.into(), attributes: String::new(), content: content.into(), links: Vec::new() }
    }

    /// Attributes of its entry in the workbook.
    pub fn attributes(mut self, attributes: &str) -> Self {
        self.attributes = attributes.into();
        self
    }

    /// A relationship: id, kind and target.
    pub fn to(mut self, id: &str, kind: &str, target: &str) -> Self {
        self.links.push((id.into(), kind.into(), target.into()));
        self
    }
}

impl Book {
    /// A workbook of sheets.
    pub fn new(sheets: impl IntoIterator<Item = Sheet>) -> Self {
        Self { sheets: sheets.into_iter().collect(), ..Self::default() }
    }

    /// What stands before the list of sheets.
    pub fn properties(mut self, xml: &str) -> Self {
        self.properties = xml.into();
        self
    }

    /// What stands in the `styleSheet` element.
    pub fn styles(mut self, xml: &str) -> Self {
        self.styles = xml.into();
        self
    }

    /// Another part under `xl/`.
    pub fn part(mut self, name: &str, content: &str) -> Self {
        self.parts.push((name.into(), content.into()));
        self
    }

    /// A relationship of the workbook: kind and target.
    pub fn to(mut self, kind: &str, target: &str) -> Self {
        self.links.push((kind.into(), target.into()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let relationships = |links: &[(String, String, String)]| {
            let link = |(id, kind, target): &(String, String, String)| {
                let kind = if kind.contains(':') { kind.clone() } else { format!("{OFFICE}/{kind}") };
                let mode = if target.contains(':') { " TargetMode=\"External\"" } else { "" };
                format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>")
            };
            let links: String = links.iter().map(link).collect();
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
            )
        };
        let own = |id: &str, kind: &str, target: &str| (id.to_owned(), kind.to_owned(), target.to_owned());
        let mut entries = String::new();
        let mut links = vec![own("s", "styles", "styles.xml")];
        links.extend(self.links.iter().enumerate().map(|(n, (kind, target))| own(&format!("o{n}"), kind, target)));
        let mut parts =
            vec![("_rels/.rels".to_owned(), relationships(&[own("r", "officeDocument", "xl/workbook.xml")]))];
        for (index, sheet) in self.sheets.iter().enumerate() {
            let number = index + 1;
            entries += &format!(
                "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"b{number}\" {}/>",
                sheet.name, sheet.attributes
            );
            links.push(own(&format!("b{number}"), "worksheet", &format!("worksheets/sheet{number}.xml")));
            let content = format!("<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{}</worksheet>", sheet.content);
            parts.push((format!("xl/worksheets/sheet{number}.xml"), content));
            parts.push((format!("xl/worksheets/_rels/sheet{number}.xml.rels"), relationships(&sheet.links)));
        }
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{}<sheets>{entries}</sheets></workbook>",
                self.properties
            ),
        ));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relationships(&links)));
        parts.push(("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\">{}</styleSheet>", self.styles)));
        parts.extend(self.parts.iter().map(|(name, content)| (format!("xl/{name}"), content.clone())));
        zipped(&parts)
    }

    /// The file as read.
    pub fn read(&self) -> Document {
        xlsx::read(&self.bytes(), &ReadOptions::default()).unwrap()
    }
}

/// A container of parts.
pub fn zipped(parts: &[(String, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A row of cells with text, from column A.
pub fn row(number: u32, cells: &[&str]) -> String {
    let cell = |(index, text): (usize, &&str)| {
        let name = char::from(b'A' + index as u8);
        match *text {
            "" => String::new(),
            text if text.parse::<f64>().is_ok() => format!("<c r=\"{name}{number}\"><v>{text}</v></c>"),
            text => format!("<c r=\"{name}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// The rows of a sheet.
pub fn rows(rows: &[&[&str]]) -> String {
    let rows = rows.iter().enumerate().map(|(index, cells)| row(index as u32 + 1, cells));
    format!("<sheetData>{}</sheetData>", rows.collect::<String>())
}

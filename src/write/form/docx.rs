//! The form in Word: the same columns in a table, the status as a list that takes other words, too.
//!
//! Written as parts and not through a template: a list box is nothing that a visible tag can hold.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{EMPTY_ROWS, Form, WORDS, WriteError};
use crate::write::docx::STANDARD_TEMPLATE;
use crate::write::template::package::Package;
use crate::write::template::xml::{escape, is_allowed};

/// The columns' widths in twentieths of a point: a lying A4 with its margins off.
const WIDTHS: [u32; 5] = [1500, 2900, 4300, 4500, 1700];

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const DOCUMENT_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme" Target="theme/theme1.xml"/></Relationships>"#;

/// Parts that every Word file has and that say nothing of the form: those of the standard template.
const SHARED: [&str; 3] = ["word/settings.xml", "word/fontTable.xml", "word/theme/theme1.xml"];

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="sv-SE" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#;

pub(super) fn write(form: &Form) -> Result<Vec<u8>, WriteError> {
    let mut standard = Package::open(STANDARD_TEMPLATE)?;
    let mut shared = Vec::new();
    for name in SHARED {
        shared.push((name, standard.text(name)?.unwrap_or_default()));
    }
    pack(form, shared).map_err(|error| WriteError::Pack(Box::new(error)))
}

fn pack(form: &Form, shared: Vec<(&str, String)>) -> zip::result::ZipResult<Vec<u8>> {
    // Times are fixed, so that the same form gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let own = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("word/document.xml", document(form)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("docProps/core.xml", properties(form)),
    ];
    for (name, text) in own.into_iter().chain(shared) {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn properties(form: &Form) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}, {}</dc:title><dc:language>sv-SE</dc:language></cp:coreProperties>",
        clean(&form.title),
        form.meeting
    )
}

fn document(form: &Form) -> String {
    let mut body = String::from("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>");
    body.push_str(&run(&form.title, ""));
    body.push_str("</w:p>");
    body.push_str(&paragraph(&format!("{}: {}", WORDS.meeting, form.meeting), "<w:b/>"));
    for line in &WORDS.instructions {
        body.push_str(&paragraph(line, ""));
    }
    body.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        body.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A939B\"/>"));
    }
    body.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in WIDTHS {
        body.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    body.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (width, name) in WIDTHS.iter().zip(&WORDS.columns) {
        body.push_str(&cell(*width, "D5E3EF", &paragraph(name, "<w:b/>")));
    }
    body.push_str("</w:tr>");
    let empty = std::iter::repeat_n(("", "", ""), EMPTY_ROWS);
    let rows = form.rows.iter().map(|row| (row.id.as_str(), row.area.as_str(), row.last.as_str()));
    for (number, (id, area, last)) in rows.chain(empty).enumerate() {
        body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        body.push_str(&cell(WIDTHS[0], "F2F4F6", &lines(id, "<w:sz w:val=\"14\"/>")));
        body.push_str(&cell(WIDTHS[1], if id.is_empty() { "" } else { "F2F4F6" }, &lines(area, "")));
        body.push_str(&cell(WIDTHS[2], "F2F4F6", &lines(last, "")));
        body.push_str(&cell(WIDTHS[3], "", "<w:p/>"));
        body.push_str(&cell(WIDTHS[4], "", &list_box(number)));
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl><w:p/>");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr><w:pgSz \
         w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"850\" w:right=\"850\" w:bottom=\"850\" w:left=\"850\" \
         w:header=\"425\" w:footer=\"425\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// The statuses as a list that other words can be written in, too.
fn list_box(number: usize) -> String {
    let items: String = WORDS
        .statuses
        .iter()
        .map(|status| format!("<w:listItem w:displayText=\"{0}\" w:value=\"{0}\"/>", escape(status)))
        .collect();
    format!(
        "<w:p><w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"status-{number}\"/><w:id w:val=\"{}\"/><w:showingPlcHdr/>\
         <w:comboBox>{items}</w:comboBox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
        escape(&WORDS.columns[4]),
        1000 + number,
        run("Välj eller skriv", "<w:color w:val=\"767676\"/>")
    )
}

fn cell(width: u32, fill: &str, content: &str) -> String {
    let fill = match fill {
        "" => String::new(),
        fill => format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"),
    };
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{fill}</w:tcPr>{content}</w:tc>")
}

fn lines(text: &str, look: &str) -> String {
    match text.is_empty() {
        true => "<w:p/>".to_owned(),
        false => text.lines().map(|line| paragraph(line, look)).collect(),
    }
}

fn paragraph(text: &str, look: &str) -> String {
    format!("<w:p>{}</w:p>", run(text, look))
}

fn run(text: &str, look: &str) -> String {
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    format!("<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>", clean(text))
}

/// Text as XML: without what XML cannot hold.
fn clean(text: &str) -> String {
    escape(&text.chars().filter(|&c| is_allowed(c)).collect::<String>())
}

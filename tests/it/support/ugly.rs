//! Plans as Word documents in every ugly form that people and programs make of them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use handlingsplan::model::Light;
use unicode_normalization::UnicodeNormalization;

use super::gold::{Gold, GoldItem};

/// How a light is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LightForm {
    Ellipse,
    Vml,
    Shading,
    Sign,
    Word,
    Wingdings,
    Emoji,
}

/// What is ugly about the document.
#[derive(Clone, Copy, Debug)]
pub struct Ugly {
    pub light: LightForm,
    /// Text cut into runs in the middle of words.
    pub split_runs: bool,
    /// Deleted text beside, and the text itself inserted.
    pub tracked: bool,
    /// Rows, cells and runs in content controls.
    pub controls: bool,
    /// Letters with their marks as letters of their own.
    pub decomposed: bool,
    /// Entries one after the other in one paragraph.
    pub run_together: bool,
    /// The namespaces of ISO strict, under another prefix.
    pub strict: bool,
    /// A heading row that nothing marks, in capitals.
    pub bare_heading: bool,
    /// Empty columns of the grid between, so that cells span two.
    pub wide_grid: bool,
}

impl Ugly {
    /// Nothing ugly but the form of the lights.
    pub fn plain(light: LightForm) -> Self {
        Self {
            light,
            split_runs: false,
            tracked: false,
            controls: false,
            decomposed: false,
            run_together: false,
            strict: false,
            bare_heading: false,
            wide_grid: false,
        }
    }

    /// The plan of a gold answer as a Word document.
    pub fn docx(&self, gold: &Gold) -> Vec<u8> {
        let mut body = String::new();
        body.push_str(&self.paragraph(gold.group.as_deref().unwrap_or_default(), Some("Title")));
        body.push_str(&self.paragraph(gold.title.as_deref().unwrap_or_default(), Some("Heading1")));
        if let Some(updated) = &gold.updated {
            body.push_str(&self.paragraph(&format!("Uppdaterad efter mötet {}", updated.replace('-', "")), None));
        }
        let mut items = gold.items.iter().peekable();
        while let Some(first) = items.next() {
            let mut rows = vec![first];
            while let Some(next) = items.next_if(|next| next.section == first.section) {
                rows.push(next);
            }
            body.push_str(&self.table(&rows));
            body.push_str("<w:p/>");
        }
        for (heading, lines) in [("Resultat", &gold.results), ("Utmaningar", &gold.challenges)] {
            if !lines.is_empty() {
                body.push_str(&self.paragraph(heading, Some("Heading2")));
                lines.iter().for_each(|line| body.push_str(&self.paragraph(line, None)));
            }
        }
        self.package(&body)
    }

    fn table(&self, rows: &[&GoldItem]) -> String {
        use handlingsplan::model::SectionKind::{Assignment, National, Priority};
        let mut headings = vec![match rows[0].section {
            National => "Nationellt insatsområde NPO",
            Assignment => "Uppdrag från RSL/KR till gruppen",
            Priority => "",
        }];
        headings.extend(["Prioriterat område och/eller patientlöften", "Aktiviteter RPO", "Uppföljning", "Status"]);
        headings.retain(|heading| !heading.is_empty());
        let four = rows[0].section == Priority;
        let mark = if self.bare_heading { "" } else { "<w:trPr><w:tblHeader/></w:trPr>" };
        let mut table = String::from("<w:tbl><w:tblPr/>");
        if !self.controls {
            table.push_str("<w:tblGrid>");
            let columns = headings.len() * if self.wide_grid { 2 } else { 1 };
            (0..columns).for_each(|_| table.push_str("<w:gridCol w:w=\"1200\"/>"));
            table.push_str("</w:tblGrid>");
        }
        let headings = headings.iter().map(|heading| {
            let heading = if self.bare_heading { heading.to_uppercase() } else { (*heading).to_owned() };
            self.cell(&self.paragraph(&heading, None), None)
        });
        let _ = write!(table, "<w:tr>{mark}{}</w:tr>", headings.collect::<String>());
        for item in rows {
            let mut cells: Vec<String> = Vec::new();
            if !four {
                cells.push(self.cell(&self.paragraph(&item.area, None), None));
            }
            cells.push(self.cell(&self.paragraph(&item.priority, None), None));
            cells.push(self.cell(&self.paragraph(&item.activities, None), None));
            cells.push(self.cell(&self.follow_up(item), None));
            cells.push(self.status(item));
            let row = format!("<w:tr>{}</w:tr>", cells.concat());
            table.push_str(&self.control(row));
        }
        table.push_str("</w:tbl>");
        table
    }

    fn follow_up(&self, item: &GoldItem) -> String {
        let entries = item.follow_up.iter().map(|entry| match &entry.date {
            Some(date) if date.len() == 10 => {
                // Whoever goes on in small letters puts a colon.
                let colon = if entry.text.starts_with(char::is_lowercase) { ":" } else { "" };
                format!("{}{colon} {}", date[2..].replace('-', ""), entry.text)
            }
            Some(year) => format!("{year} {}", entry.text),
            None => entry.text.clone(),
        });
        // A year is only an entry's date at the start of a line.
        let together = self.run_together
            && item.follow_up.iter().all(|entry| entry.date.as_ref().is_none_or(|date| date.len() == 10));
        if together {
            self.paragraph(&entries.collect::<Vec<_>>().join(" "), None)
        } else {
            entries.map(|entry| self.paragraph(&entry, None)).collect()
        }
    }

    fn status(&self, item: &GoldItem) -> String {
        let mut lights = String::new();
        let mut fill = None;
        for light in &item.lights {
            if self.light == LightForm::Shading && *light != Light::Closed && item.lights.len() == 1 {
                fill = Some(colour(*light));
            } else {
                let _ = write!(lights, "<w:p>{}</w:p>", self.light(*light));
            }
        }
        self.cell(&format!("{lights}{}", self.paragraph(&item.status_text, None)), fill)
    }

    fn light(&self, light: Light) -> String {
        let hex = colour(light);
        let sign = |text: &str| format!("<w:r><w:rPr><w:color w:val=\"{hex}\"/></w:rPr><w:t>{text}</w:t></w:r>");
        match (self.light, light) {
            (LightForm::Wingdings, Light::Closed) => "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>".to_owned(),
            (LightForm::Ellipse | LightForm::Vml, Light::Closed) => {
                "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>".to_owned()
            }
            (_, Light::Closed) => "<w:r><w:t>☒</w:t></w:r>".to_owned(),
            (LightForm::Ellipse, _) => format!(
                "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:extent cx=\"216000\" cy=\"216000\"/>\
                 <wp:docPr id=\"1\" name=\"Ellips\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
                 <wps:wsp><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"216000\" cy=\"216000\"/></a:xfrm><a:prstGeom prst=\"ellipse\"/>\
                 <a:solidFill><a:srgbClr val=\"{hex}\"/></a:solidFill></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>\
                 <mc:Fallback><w:pict><v:oval fillcolor=\"#{hex}\"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            (LightForm::Vml, _) => {
                format!("<w:r><w:pict><v:oval style=\"position:absolute;width:17pt;height:17pt\" fillcolor=\"#{hex}\"/></w:pict></w:r>")
            }
            (LightForm::Sign | LightForm::Shading, _) => sign("●"),
            (LightForm::Wingdings, _) => {
                format!("<w:r><w:rPr><w:color w:val=\"{hex}\"/></w:rPr><w:sym w:font=\"Wingdings\" w:char=\"F06C\"/></w:r>")
            }
            (LightForm::Word, Light::Green) => sign("Grön"),
            (LightForm::Word, Light::Yellow) => sign("GUL"),
            (LightForm::Word, Light::Red) => sign("röd"),
            (LightForm::Emoji, Light::Green) => sign("🟢"),
            (LightForm::Emoji, Light::Yellow) => sign("🟡"),
            (LightForm::Emoji, Light::Red) => sign("🔴"),
        }
    }

    fn cell(&self, paragraphs: &str, fill: Option<&str>) -> String {
        let span = if self.wide_grid { "<w:gridSpan w:val=\"2\"/>" } else { "" };
        let shading =
            fill.map(|fill| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")).unwrap_or_default();
        let paragraphs = if paragraphs.is_empty() { "<w:p/>" } else { paragraphs };
        self.control(format!("<w:tc><w:tcPr>{span}{shading}</w:tcPr>{paragraphs}</w:tc>"))
    }

    fn control(&self, content: String) -> String {
        if !self.controls {
            return content;
        }
        format!("<w:sdt><w:sdtPr><w:alias w:val=\"Fält\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    }

    fn paragraph(&self, text: &str, style: Option<&str>) -> String {
        if text.is_empty() {
            return "<w:p/>".to_owned();
        }
        let style = style.map(|style| format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")).unwrap_or_default();
        let text: String = if self.decomposed { text.nfd().collect() } else { text.to_owned() };
        let chars: Vec<char> = text.chars().collect();
        let step = if self.split_runs { 3 } else { chars.len() };
        let mut runs = String::new();
        for (index, piece) in chars.chunks(step).enumerate() {
            let piece: String = piece.iter().collect();
            let piece = piece.replace('&', "&amp;").replace('<', "&lt;");
            let bold = if self.split_runs && index % 2 == 1 { "<w:rPr><w:lang w:val=\"sv-SE\"/></w:rPr>" } else { "" };
            let _ = write!(
                runs,
                "<w:r>{bold}<w:t xml:space=\"preserve\">{piece}</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
            );
        }
        if self.tracked {
            runs = format!(
                "<w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>240101 borttaget</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"A\">{runs}</w:ins>"
            );
        }
        format!("<w:p>{style}{}</w:p>", self.control(runs))
    }

    fn package(&self, body: &str) -> Vec<u8> {
        let main = if self.strict {
            "http://purl.oclc.org/ooxml/wordprocessingml/main"
        } else {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        };
        let drawing = if self.strict {
            ("http://purl.oclc.org/ooxml/drawingml/main", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing")
        } else {
            (
                "http://schemas.openxmlformats.org/drawingml/2006/main",
                "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
            )
        };
        let relationships = if self.strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        let mut document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{main}\" xmlns:a=\"{}\" xmlns:wp=\"{}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w:body>{body}<w:sectPr/></w:body></w:document>",
            drawing.0, drawing.1
        );
        let styles = format!(
            "<w:styles xmlns:w=\"{main}\"><w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/></w:style></w:styles>"
        );
        if self.strict {
            document = document
                .replace("<w:", "<x:")
                .replace("</w:", "</x:")
                .replace(" w:", " x:")
                .replace("xmlns:w=", "xmlns:x=");
        }
        let parts = [
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/innehåll/dok.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
            ),
            (
                "_rels/.rels",
                format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relationships}/officeDocument\" Target=\"innehåll/dok.xml\"/></Relationships>"),
            ),
            (
                "innehåll/_rels/dok.xml.rels",
                format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relationships}/styles\" Target=\"stil.xml\"/></Relationships>"),
            ),
            ("innehåll/dok.xml", document),
            ("innehåll/stil.xml", styles),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

fn colour(light: Light) -> &'static str {
    match light {
        Light::Green => "70AD47",
        Light::Yellow => "FFD966",
        Light::Red => "C00000",
        Light::Closed => "404040",
    }
}

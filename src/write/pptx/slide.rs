//! A slide: its XML and its relationships.

use super::line::{Line, PAGE, Setting};
use super::table::Table;
use crate::write::template::xml::escape;

/// The text of the first slide.
const FRONT: Setting = Setting { size: 20.0, before: 6.0, indent: 18.0 };

/// A slide.
pub(super) struct Slide {
    pub(super) xml: String,
    /// Which of the layouts it stands on, from 1.
    pub(super) layout: u8,
    /// What it links to, in the order of its links' ids.
    pub(super) links: Vec<String>,
}

const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                          xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

impl Slide {
    /// The first slide.
    pub(super) fn title(title: &str, lines: &[Line]) -> Self {
        let mut links = Vec::new();
        let mut shapes = placeholder(2, "Rubrik", "type=\"ctrTitle\"", &run(title));
        if !lines.is_empty() {
            shapes.push_str(&placeholder(
                3,
                "Underrubrik",
                "type=\"subTitle\" idx=\"1\"",
                &text(lines, FRONT, &mut links),
            ));
        }
        Self { xml: slide(&shapes), layout: 1, links }
    }

    /// A slide with rows of the plan.
    pub(super) fn table(title: &str, table: &Table) -> Self {
        let mut links = Vec::new();
        let mut shapes = placeholder(2, "Rubrik", "type=\"title\"", &run(title));
        shapes.push_str(&number(3));
        table.write(4, &mut links, &mut shapes);
        Self { xml: slide(&shapes), layout: 2, links }
    }

    /// With a box of tags that say what the slide stands for.
    pub(super) fn with_tags(mut self, tags: &str) -> Self {
        let shape = format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"90\" name=\"Malltaggar\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>\
             <a:off x=\"360000\" y=\"6480000\"/><a:ext cx=\"9000000\" cy=\"260000\"/></a:xfrm><a:prstGeom prst=\"rect\">\
             <a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\"/><a:lstStyle/><a:p><a:r>\
             <a:rPr lang=\"sv-SE\" sz=\"1000\"><a:solidFill><a:srgbClr val=\"7A5195\"/></a:solidFill></a:rPr><a:t>{}</a:t></a:r></a:p>\
             </p:txBody></p:sp></p:spTree>",
            escape(tags)
        );
        self.xml = self.xml.replacen("</p:spTree>", &shape, 1);
        self
    }

    /// A slide of running text.
    pub(super) fn text(title: &str, lines: &[Line]) -> Self {
        let mut links = Vec::new();
        let mut shapes = placeholder(2, "Rubrik", "type=\"title\"", &run(title));
        shapes.push_str(&placeholder(3, "Text", "idx=\"1\"", &text(lines, PAGE, &mut links)));
        shapes.push_str(&number(4));
        Self { xml: slide(&shapes), layout: 3, links }
    }
}

fn slide(shapes: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:sld {NAMESPACES}><p:cSld><p:spTree><p:nvGrpSpPr>\
         <p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree>\
         </p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>\n"
    )
}

fn placeholder(id: u32, name: &str, kind: &str, paragraphs: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
    )
}

fn number(id: u32) -> String {
    let field = "<a:p><a:fld id=\"{B1E4A9F0-3C1D-4A57-9A3E-2D6C8F0A5B11}\" type=\"slidenum\"><a:rPr lang=\"sv-SE\"/>\
                 <a:t>‹#›</a:t></a:fld></a:p>";
    placeholder(id, "Sidnummer", "type=\"sldNum\" sz=\"quarter\" idx=\"4\"", field)
}

/// A title's one paragraph.
fn run(title: &str) -> String {
    format!("<a:p><a:r><a:rPr lang=\"sv-SE\"/><a:t>{}</a:t></a:r></a:p>", escape(&title.replace('\n', " ")))
}

fn text(lines: &[Line], setting: Setting, links: &mut Vec<String>) -> String {
    let mut out = String::new();
    for line in lines {
        line.write(setting, false, links, &mut out);
    }
    if lines.is_empty() {
        out.push_str("<a:p><a:endParaRPr lang=\"sv-SE\"/></a:p>");
    }
    out
}

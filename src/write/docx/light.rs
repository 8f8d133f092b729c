//! The status lights as Word shows them.

use crate::model::Light;
use crate::write::shown;

/// Fill and line. The three differ in lightness too, so that they can be told apart without colours.
pub(in crate::write) fn colours(light: Light) -> (&'static str, &'static str) {
    match light {
        Light::Green => ("2E9E4F", "1B6B33"),
        Light::Yellow => ("FFD21F", "8A6A00"),
        Light::Red | Light::Closed => ("C00020", "6E0012"),
    }
}

/// A light inside a paragraph, in a run of its own: a drawn circle, or for [`Light::Closed`] a ticked box.
///
/// The drawing has a VML twin for programs that know no DrawingML shapes. `docPr` is numbered later.
pub(super) fn run(light: Light) -> String {
    let name = shown::light(light);
    if light == Light::Closed {
        return format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"{name}\"/><w:tag w:val=\"status\"/><w14:checkbox><w14:checked w14:val=\"1\"/>\
             <w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/>\
             </w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" w:hAnsi=\"MS Gothic\" \
             w:eastAsia=\"MS Gothic\" w:cs=\"MS Gothic\" w:hint=\"eastAsia\"/><w:sz w:val=\"26\"/></w:rPr><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"
        );
    }
    let (fill, line) = colours(light);
    format!(
        "<w:r><w:rPr><w:noProof/><w:position w:val=\"-4\"/></w:rPr><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
         <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{SIZE}\" cy=\"{SIZE}\"/>\
         <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:docPr id=\"0\" name=\"Status\" descr=\"{name}\"/>\
         <wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
         <wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{SIZE}\" cy=\"{SIZE}\"/></a:xfrm>\
         <a:prstGeom prst=\"ellipse\"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val=\"{fill}\"/></a:solidFill>\
         <a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"{line}\"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:oval alt=\"{name}\" \
         style=\"width:12pt;height:12pt\" fillcolor=\"#{fill}\" strokecolor=\"#{line}\"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
}

/// A drawn light in a run that needs nothing of the part around it: its names of namespaces stand with it.
///
/// `w` is what the part writes before the names of Word's elements; `number` is the drawing's own.
pub(super) fn standalone_run(light: Light, w: &str, number: usize) -> String {
    let mut names = String::new();
    for (prefix, uri) in super::finish::NAMESPACES {
        if matches!(prefix, "mc" | "wp" | "a" | "wps" | "v") {
            names.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
    }
    let run =
        run(light).replace("<w:", &format!("<{w}")).replace("</w:", &format!("</{w}")).replace(" w:", &format!(" {w}"));
    run.replacen(&format!("<{w}r>"), &format!("<{w}r{names}>"), 1)
        .replace("docPr id=\"0\"", &format!("docPr id=\"{number}\""))
}

/// 12 points in the units of DrawingML.
const SIZE: u32 = 152_400;

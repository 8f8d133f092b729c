//! The parts of a presentation around its slides.

use super::slide::Slide;
use crate::model::Plan;
use crate::write::template::package::build;
use crate::write::template::xml::{escape, is_allowed};
use crate::write::{WriteError, shown};

/// The presentation's main part.
pub(super) const MAIN: &str = "ppt/presentation.xml";

const THEME: &str = include_str!("../../../templates/pptx/theme1.xml");
const MASTER: &str = include_str!("../../../templates/pptx/slideMaster1.xml");
const LAYOUTS: [&str; 3] = [
    include_str!("../../../templates/pptx/slideLayout1.xml"),
    include_str!("../../../templates/pptx/slideLayout2.xml"),
    include_str!("../../../templates/pptx/slideLayout3.xml"),
];

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.presentationml";

/// Packs the slides; without a plan its properties are tags.
pub(super) fn pack(plan: Option<&Plan>, slides: &[Slide]) -> Result<Vec<u8>, WriteError> {
    let mut parts: Vec<(String, String)> = vec![
        ("[Content_Types].xml".into(), content_types(slides.len())),
        (
            "_rels/.rels".into(),
            relationships(&[
                ("rId1", format!("{DOCUMENT}/officeDocument"), MAIN.into()),
                ("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml".into()),
                ("rId3", format!("{DOCUMENT}/extended-properties"), "docProps/app.xml".into()),
            ]),
        ),
        ("docProps/core.xml".into(), core(plan)),
        (
            "docProps/app.xml".into(),
            format!(
                "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
                 <Application>handlingsplan</Application><Slides>{}</Slides></Properties>",
                slides.len()
            ),
        ),
        (MAIN.into(), presentation(slides.len())),
        ("ppt/_rels/presentation.xml.rels".into(), presentation_relationships(slides.len())),
        ("ppt/presProps.xml".into(), properties("presentationPr")),
        ("ppt/viewProps.xml".into(), properties("viewPr")),
        ("ppt/theme/theme1.xml".into(), THEME.into()),
        ("ppt/slideMasters/slideMaster1.xml".into(), MASTER.into()),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels".into(),
            relationships(&[
                ("rId1", format!("{DOCUMENT}/slideLayout"), "../slideLayouts/slideLayout1.xml".into()),
                ("rId2", format!("{DOCUMENT}/slideLayout"), "../slideLayouts/slideLayout2.xml".into()),
                ("rId3", format!("{DOCUMENT}/slideLayout"), "../slideLayouts/slideLayout3.xml".into()),
                ("rId4", format!("{DOCUMENT}/theme"), "../theme/theme1.xml".into()),
            ]),
        ),
    ];
    for (index, layout) in LAYOUTS.iter().enumerate() {
        let number = index + 1;
        parts.push((format!("ppt/slideLayouts/slideLayout{number}.xml"), (*layout).into()));
        let master = ("rId1", format!("{DOCUMENT}/slideMaster"), "../slideMasters/slideMaster1.xml".to_owned());
        parts.push((format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"), relationships(&[master])));
    }
    for (index, slide) in slides.iter().enumerate() {
        let number = index + 1;
        parts.push((format!("ppt/slides/slide{number}.xml"), slide.xml.clone()));
        parts.push((format!("ppt/slides/_rels/slide{number}.xml.rels"), slide_relationships(slide)));
    }
    build(parts)
}

fn relationships(all: &[(&str, String, String)]) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, kind, target) in all {
        out.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>"));
    }
    out + "</Relationships>"
}

fn slide_relationships(slide: &Slide) -> String {
    let layout = format!("../slideLayouts/slideLayout{}.xml", slide.layout);
    let mut out = relationships(&[("rId1", format!("{DOCUMENT}/slideLayout"), layout)]);
    let end = "</Relationships>";
    out.truncate(out.len() - end.len());
    for (index, link) in slide.links.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"rIdLink{}\" Type=\"{DOCUMENT}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
            index + 1,
            escape(link)
        ));
    }
    out + end
}

fn content_types(slides: usize) -> String {
    let mut out = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut part = |name: String, kind: String| {
        out.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    };
    part(MAIN.into(), format!("{TYPE}.presentation.main+xml"));
    part("ppt/slideMasters/slideMaster1.xml".into(), format!("{TYPE}.slideMaster+xml"));
    for number in 1..=LAYOUTS.len() {
        part(format!("ppt/slideLayouts/slideLayout{number}.xml"), format!("{TYPE}.slideLayout+xml"));
    }
    for number in 1..=slides {
        part(format!("ppt/slides/slide{number}.xml"), format!("{TYPE}.slide+xml"));
    }
    part("ppt/presProps.xml".into(), format!("{TYPE}.presProps+xml"));
    part("ppt/viewProps.xml".into(), format!("{TYPE}.viewProps+xml"));
    part("ppt/theme/theme1.xml".into(), "application/vnd.openxmlformats-officedocument.theme+xml".into());
    part("docProps/core.xml".into(), "application/vnd.openxmlformats-package.core-properties+xml".into());
    part("docProps/app.xml".into(), "application/vnd.openxmlformats-officedocument.extended-properties+xml".into());
    out + "</Types>"
}

/// Parts with nothing in them that PowerPoint misses where they are not there.
pub(super) fn properties(root: &str) -> String {
    format!(
        "{HEAD}<p:{root} xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{DOCUMENT}\" \
         xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"
    )
}

fn presentation(slides: usize) -> String {
    let mut out = format!(
        "{HEAD}<p:presentation xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{DOCUMENT}\" \
         xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" saveSubsetFonts=\"1\">\
         <p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rIdMaster\"/></p:sldMasterIdLst><p:sldIdLst>"
    );
    for number in 1..=slides {
        out.push_str(&format!("<p:sldId id=\"{}\" r:id=\"rIdSlide{number}\"/>", 255 + number));
    }
    out.push_str("</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>");
    out.push_str("<p:defaultTextStyle><a:defPPr><a:defRPr lang=\"sv-SE\"/></a:defPPr></p:defaultTextStyle>");
    out + "</p:presentation>"
}

fn presentation_relationships(slides: usize) -> String {
    let ids: Vec<String> = (1..=slides).map(|number| format!("rIdSlide{number}")).collect();
    let mut all = vec![
        ("rIdMaster", format!("{DOCUMENT}/slideMaster"), "slideMasters/slideMaster1.xml".to_owned()),
        ("rIdTheme", format!("{DOCUMENT}/theme"), "theme/theme1.xml".to_owned()),
        ("rIdProperties", format!("{DOCUMENT}/presProps"), "presProps.xml".to_owned()),
        ("rIdView", format!("{DOCUMENT}/viewProps"), "viewProps.xml".to_owned()),
    ];
    for (index, id) in ids.iter().enumerate() {
        all.push((id.as_str(), format!("{DOCUMENT}/slide"), format!("slides/slide{}.xml", index + 1)));
    }
    relationships(&all)
}

/// The file's properties; its date is the plan's own, never the clock's.
fn core(plan: Option<&Plan>) -> String {
    let text = |text: &str| escape(&text.chars().filter(|&c| is_allowed(c)).collect::<String>());
    let day =
        plan.and_then(|plan| plan.updated.as_ref()).and_then(|updated| updated.date).filter(|day| day.year() >= 1900);
    let day = day.map_or_else(|| "2000-01-01".to_owned(), |day| day.to_string());
    let group = plan.map_or(Some("{{ group }}"), |plan| plan.group.as_deref());
    let subject = group.map(|group| format!("<dc:subject>{}</dc:subject>", text(group)));
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>{}<dc:language>sv-SE</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        text(plan.map_or("{{ document_title }}", shown::title)),
        subject.unwrap_or_default()
    )
}

//! A letter, an assignment, minutes → Word: the standard template's styles, header and footer around a text of its own.

use std::collections::BTreeMap;

use minijinja::Value;

use super::context::{Maker, map};
use super::{STANDARD_TEMPLATE, fill};
use crate::model::{Block, SupportingDocument, Warned};
use crate::write::template::package::Package;
use crate::write::{WriteError, shown};

const MAIN: &str = "word/document.xml";

/// What stands between the root of the document and the end of its body.
fn body() -> String {
    let paragraph = |style: &str, runs: &str| {
        let style =
            if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
        format!("<w:p>{style}{runs}</w:p>")
    };
    let run = |properties: &str, text: &str| format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let tag = |text: &str| paragraph("TemplateTag", &run("", text));
    let label = run("<w:rPr><w:b/></w:rPr>", "{{ line.label }}:");
    // As letters are: date, sender and receiver first, then what it is about.
    let mut body = tag("{% for line in head %}");
    body += &paragraph("", &(label + &run("", " {{ line.text }}")));
    body += &tag("{% endfor %}");
    body += &paragraph("Title", &run("", "{{ document_title }}"));
    body += &tag("{% for part in parts %}{% if part.heading %}");
    for (test, style) in
        [("if part.level == 1", "Heading1"), ("elif part.level == 2", "Heading2"), ("else", "Heading3")]
    {
        body += &tag(&format!("{{% {test} %}}"));
        body += &paragraph(style, &run("", "{{ part.heading }}"));
    }
    body += &tag("{% endif %}{% endif %}");
    body += &paragraph("", &run("", "{{ part.blocks }}"));
    body += &tag("{% endfor %}{% for name in signatures %}");
    body += &paragraph("", &run("", "{{ name }}"));
    body += &tag("{% endfor %}");
    // A4 upright, with the template's header and footer.
    body + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader1\"/>\
            <w:footerReference w:type=\"default\" r:id=\"rIdFooter1\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
            <w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1247\" w:left=\"1417\" w:header=\"567\" w:footer=\"454\" \
            w:gutter=\"0\"/></w:sectPr>"
}

/// Writes the document.
pub(super) fn write(document: &SupportingDocument) -> Result<Warned<Vec<u8>>, WriteError> {
    let mut package = Package::open(STANDARD_TEMPLATE)?;
    let standard = package.text(MAIN)?.unwrap_or_default();
    let (head, tail) = ("<w:body>", "</w:body>");
    let parts = standard.split_once(head).zip(standard.rsplit_once(tail));
    let Some(((before, _), (_, after))) = parts else {
        return Err(WriteError::bad_template("standardmallen saknar text", Some(MAIN)));
    };
    package.put(MAIN, format!("{before}{head}{}{tail}{after}", body()).into_bytes());
    let mut maker = Maker::default();
    let context = context(document, &mut maker);
    fill(&mut package, MAIN, &context)?;
    Ok(Warned { value: package.finish()?, warnings: maker.warnings() })
}

fn context(document: &SupportingDocument, maker: &mut Maker<'_>) -> Value {
    let date = document.date.map(|date| date.to_string());
    let head = [("Datum", &date), ("Från", &document.from), ("Till", &document.to)];
    let head: Value = head
        .into_iter()
        .filter_map(|(label, text)| Some(map([("label", Value::from(label)), ("text", maker.text(text.as_ref()?))])))
        .collect();
    let parts: Value = document
        .sections
        .iter()
        .map(|section| {
            let heading = section.heading.as_deref().map(str::trim).filter(|heading| !heading.is_empty());
            let blocks: Vec<Block> = section.blocks.clone();
            map([
                ("heading", maker.optional(heading)),
                ("level", Value::from(section.level)),
                ("blocks", maker.blocks(&blocks)),
            ])
        })
        .collect();
    let signatures: Value = document.signatures.iter().map(|name| maker.text(name)).collect();
    let title = maker.text(shown::supporting_title(document));
    let from = maker.optional(document.from.as_deref());
    Value::from_object(BTreeMap::from([
        ("document_title", title),
        ("region", Value::from(())),
        ("group", from),
        ("head", head),
        ("parts", parts),
        ("signatures", signatures),
    ]))
}

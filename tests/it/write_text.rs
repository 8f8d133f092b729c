//! Documents written as HTML and Markdown: everything is there, and nothing of the text becomes code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;
use crate::support::plans;
use crate::support::rich_plans;

use handlingsplan::model::*;
use handlingsplan::write::{Format, WriteOptions, render};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use support::visible::{blocks, letters};

fn written(document: &Document, format: Format) -> String {
    let bytes = render(document, format, &WriteOptions::default()).unwrap().value;
    assert_eq!(bytes, render(document, format, &WriteOptions::default()).unwrap().value);
    String::from_utf8(bytes).unwrap()
}

/// The text of a page, read as XML: the page is well-formed but for its void elements.
fn text_of_html(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1.replace("<br>", "<br/>");
    let body = format!("<body>{}", body.replace("</html>", ""));
    let mut reader = Reader::from_str(&body);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Xml::Text(piece) => text.push_str(&piece.xml10_content()),
            Xml::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                Some(c) => text.push(c),
                None => text.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap()),
            },
            Xml::Eof => return text,
            _ => {}
        }
    }
}

/// The text of Markdown, and a check that it has no code, no HTML of its own and no picture.
fn text_of_markdown(markdown: &str) -> String {
    let mut text = String::new();
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
    {
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::InlineHtml(tag) => assert!(["<b>", "</b>", "<i>", "</i>"].contains(&&*tag), "{tag}"),
            Event::Start(
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::Table(_) | Tag::Strikethrough,
            ) => {
                panic!("{event:?} in {markdown}")
            }
            Event::Code(_) | Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                panic!("{event:?} in {markdown}")
            }
            _ => {}
        }
    }
    text
}

fn check(plan: &Plan) {
    let document = Document::ActionPlan(plan.clone());
    let html = written(&document, Format::Html);
    let markdown = written(&document, Format::Md);
    for shown in [letters(&text_of_html(&html)), letters(&text_of_markdown(&markdown))] {
        for block in blocks(plan) {
            let text = letters(&block.text());
            assert!(shown.contains(&text), "”{text}” is not shown in {shown}");
        }
    }
    assert!(!html.contains("<script") && !html.contains("src="));
}

/// Left in the build folder for `tests/conformance/axe.cjs`.
#[test]
fn samples_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("html-samples");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, plan) in plans::samples().into_iter().filter(|(name, _)| *name != "long") {
        check(&plan);
        std::fs::write(folder.join(format!("{name}.html")), written(&Document::ActionPlan(plan), Format::Html))
            .unwrap();
    }
    for name in ["skrivelse-2019", "forstudie-2020"] {
        let document = support::convert(&support::fixture(&format!("supporting/{name}.docx")), name);
        assert!(matches!(document, Document::SupportingDocument(_)));
        std::fs::write(folder.join(format!("{name}.html")), written(&document, Format::Html)).unwrap();
    }
}

#[test]
fn a_letter_is_written_whole() {
    let document = support::convert(&support::fixture("supporting/skrivelse-2019.docx"), "brev.docx");
    let Document::SupportingDocument(letter) = &document else { panic!() };
    let html = letters(&text_of_html(&written(&document, Format::Html)));
    let markdown = letters(&text_of_markdown(&written(&document, Format::Md)));
    let texts = letter.sections.iter().flat_map(|section| &section.blocks).map(Block::text);
    for text in texts.chain(letter.signatures.iter().cloned()).chain(letter.to.clone()) {
        assert!(html.contains(&letters(&text)) && markdown.contains(&letters(&text)), "{text}");
    }
}

#[test]
fn a_timeline_has_its_dates() {
    let html = written(&Document::ActionPlan(plans::odd()), Format::Html);
    assert!(html.contains("<time datetime=\"2023-10-13\">231013</time>"), "{html}");
    assert!(html.contains("Grön (Humandiagnostik)"));
    assert!(html.contains("&lt;vinklar&gt; &amp; och"));
}

#[test]
fn new_entries_are_marked_when_asked_for() {
    let options = WriteOptions { mark_new: Some("2024-05-01".parse().unwrap()), ..WriteOptions::default() };
    let html = render(&Document::ActionPlan(plans::odd()), Format::Html, &options).unwrap().value;
    assert_eq!(String::from_utf8(html).unwrap().matches("class=\"new\"").count(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_plan_is_written_whole(plan in rich_plans::plan()) {
        check(&plan);
    }
}

//! PDF files as files: passwords, turned pages, scanned pages, the drawing of the layout.
#![allow(missing_docs, clippy::unwrap_used)]

use crate::support;

use handlingsplan::model::{Calendar, WarningCode};
use handlingsplan::page::{Node, PartKind};
use handlingsplan::read::{Limits, ReadError, ReadOptions, pdf};
use skrifa::{FontRef, MetadataProvider as _};
use support::gold::{Gold, plan};
use support::{convert, fixture};

fn options(password: &str) -> ReadOptions {
    ReadOptions { password: Some(password.to_owned()), ..ReadOptions::default() }
}

fn gold() -> String {
    let gold: Gold = serde_json::from_slice(&fixture("pdf/lines-across-svg-weasyprint.gold.json")).unwrap();
    fold(gold)
}

fn fold(mut gold: Gold) -> String {
    for texts in [&mut gold.results, &mut gold.challenges] {
        *texts = if texts.is_empty() { Vec::new() } else { vec![texts.join(" ")] };
    }
    serde_json::to_string_pretty(&gold).unwrap().replace("- ", "-").replace("– ", "–").replace("/ ", "/")
}

#[test]
fn a_user_password_is_asked_for_and_opens_the_file() {
    let bytes = fixture("pdf/protected-by-user-password.pdf");
    let help = |error: ReadError| match error {
        ReadError::Encrypted { help } => help,
        other => other.to_string(),
    };
    assert!(help(pdf::read(&bytes, &ReadOptions::default()).unwrap_err()).contains("--password"));
    assert!(help(pdf::read(&bytes, &options("fel")).unwrap_err()).contains("stämmer inte"));
    let opened = pdf::read(&bytes, &options("hemligt")).unwrap();
    let plain = pdf::read(&fixture("pdf/lines-across-svg-weasyprint.pdf"), &ReadOptions::default()).unwrap();
    assert_eq!(opened.parts, plain.parts);
}

#[test]
fn a_file_that_only_its_owner_may_change_opens_without_password() {
    let bytes = fixture("pdf/restricted-by-owner.pdf");
    assert_eq!(fold(Gold::of(&plan(convert(&bytes, "plan.pdf")))), gold());
}

#[test]
fn turned_pages_are_read_as_they_are_shown() {
    let bytes = fixture("pdf/turned-90.pdf");
    assert_eq!(fold(Gold::of(&plan(convert(&bytes, "plan.pdf")))), gold());
}

#[test]
fn a_scanned_page_is_named_and_a_scanned_file_refused() {
    let document = pdf::read(&fixture("pdf/scanned-second-page.pdf"), &ReadOptions::default()).unwrap();
    let warnings: Vec<_> = document.warnings.iter().map(|(warning, place)| (warning.code, place.to_string())).collect();
    assert_eq!(warnings, [(WarningCode::ScannedPage, "page 2".to_owned())]);
    let error = pdf::read(&fixture("pdf/scanned.pdf"), &ReadOptions::default()).unwrap_err();
    assert!(matches!(&error, ReadError::NoText { help, .. } if help.contains("OCR")), "{error:?}");
    assert!(error.to_string().contains("2 av 2 sidor"), "{error}");
}

#[test]
fn an_empty_page_after_a_table_is_no_fault() {
    // The page after a table without lines looked for its rest among no lines at all.
    let document = pdf::read(&fixture("pdf/empty-page-after-table.pdf"), &ReadOptions::default()).unwrap();
    assert_eq!(document.parts.len(), 2);
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
}

#[test]
fn the_layout_is_drawn_page_below_page() {
    let svg = pdf::debug_layout(&fixture("pdf/lines-across-svg-weasyprint.pdf"), &ReadOptions::default()).unwrap();
    for part in ["class=\"cell\"", "class=\"light\"", "rad 2, kolumn 3", "(textspalter)", "sida 1</text>"] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
}

#[test]
fn a_calendar_page_becomes_events_and_the_rest_is_left_over() {
    let plan = plan(convert(&fixture("pdf/calendar-page.pdf"), "plan.pdf"));
    let Calendar { year, events, ongoing } = plan.calendar.unwrap();
    assert_eq!(year, Some(2026));
    let events: Vec<_> =
        events.iter().map(|event| (event.when.as_deref(), event.text.as_str(), event.quarter)).collect();
    assert_eq!(
        events,
        [
            (Some("15/1"), "RPO-möte, uppföljning av handlingsplanen", Some(1)),
            (Some("Mars"), "Underlag till verksamhetsberättelsen", Some(1)),
            (Some("15/4–14/6"), "Nationell remissrunda", Some(2)),
            (None, "Planeringsdagar i Eksjö", Some(3)),
            (Some("14/10"), "Beslut om ny handlingsplan", Some(4)),
        ]
    );
    assert_eq!(support::gold::text(&ongoing), "Bevaka nationella kunskapsstöd");
    let left: Vec<&str> = plan.reading.leftovers.iter().map(|leftover| leftover.text.as_str()).collect();
    assert_eq!(left, ["Hela gruppen ansvarar för planeringen"]);
}

/// A PDF with pages of these contents.
fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * page
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {count}\n0000000000 65535 f \n{table}"));
    file.push_str(&format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

const TEXT: &str = "BT /F 12 Tf 72 700 Td (Handlingsplan) Tj ET";

#[test]
fn a_page_with_too_much_on_it_is_named() {
    let lines = format!("{TEXT}{}", " 72 600 m 300 600 l S".repeat(30));
    let bytes = pages(&[TEXT, &lines]);
    for (limits, named) in [
        (Limits { paths: 20, ..Limits::default() }, vec!["page 2"]),
        (Limits { glyphs: 8, ..Limits::default() }, vec!["page 1", "page 2"]),
        (Limits::default(), vec![]),
    ] {
        let document = pdf::read(&bytes, &ReadOptions { limits, ..ReadOptions::default() }).unwrap();
        let places: Vec<String> = document.warnings.iter().map(|(_, place)| place.to_string()).collect();
        assert_eq!(places, named);
    }
}

#[test]
fn pages_that_take_too_long_are_an_error_that_names_one() {
    let endless = format!("{TEXT}{}", " 72 600 m 300 600 l S".repeat(60_000));
    let bytes = pages(&[&endless, &endless]);
    let limits = Limits { page_time: std::time::Duration::from_millis(1), ..Limits::default() };
    let error = pdf::read(&bytes, &ReadOptions { limits, ..ReadOptions::default() }).unwrap_err();
    assert!(error.to_string().contains("sida 2"), "{error}");
}

#[test]
fn pages_without_any_text_are_refused_with_a_hint() {
    let bytes = pages(&["72 600 m 300 600 l S"]);
    let error = pdf::read(&bytes, &ReadOptions::default()).unwrap_err();
    assert!(matches!(&error, ReadError::NoText { help, .. } if help.contains("OCR")), "{error:?}");
}

#[test]
fn text_that_nobody_sees_is_a_leftover_and_in_no_field() {
    let bytes = pages(&[&format!("{TEXT} BT 1 1 1 rg /F 12 Tf 72 500 Td (Hemlig rad) Tj ET")]);
    let document = pdf::read(&bytes, &ReadOptions::default()).unwrap();
    let codes: Vec<WarningCode> = document.warnings.iter().map(|(warning, _)| warning.code).collect();
    assert_eq!(codes, [WarningCode::HiddenText]);
    let supporting = convert(&bytes, "brev.pdf");
    let left: Vec<&str> = supporting.reading().leftovers.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["Hemlig rad"]);
    assert!(!serde_json::to_string(&supporting).unwrap().contains("\"text\":\"Handlingsplan Hemlig"));
}

#[test]
fn a_watermark_is_in_no_cell() {
    // "UTKAST" over each page: slanted, level, slanted.
    let read = |name: &str| plan(convert(&fixture(&format!("pdf/{name}.pdf")), "plan.pdf"));
    let (plain, marked) = (read("lines-below-words-reportlab"), read("watermarks"));
    assert_eq!(fold(Gold::of(&marked)), fold(Gold::of(&plain)));
    let text = serde_json::to_string(&marked).unwrap();
    assert_eq!(text.matches("UTKAST").count(), 1);
}

/// The texts of a document's parts, with the kind of part.
fn texts(bytes: &[u8]) -> Vec<(PartKind, String)> {
    let document = pdf::read(bytes, &ReadOptions::default()).unwrap();
    let text = |node: &Node| match node {
        Node::Paragraph(paragraph) => paragraph.text(),
        Node::Table(_) => "a table".to_owned(),
    };
    document.parts.iter().flat_map(|part| part.nodes.iter().map(|node| (part.kind.clone(), text(node)))).collect()
}

#[test]
fn unpainted_text_counts_where_the_page_is_a_picture_of_it() {
    let found = texts(&fixture("pdf/scanned-with-text-layer.pdf"));
    let text = |kind: PartKind, text: &str| (kind, text.to_owned());
    let expected = [
        text(PartKind::Page(1), "Mötet flyttas till hösten"),
        text(PartKind::Page(2), "Bokstäver ritade som kurvor"),
        text(PartKind::Page(3), "Synlig text"),
        text(PartKind::Hidden, "dold text"),
    ];
    assert_eq!(found, expected);
}

/// A file of one page with one font, /F, and these objects from number 6 on.
fn page(content: &str, font: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let stream = |data: &str| format!("<</Length {}>>stream\n{data}\nendstream", data.len());
    let mut all = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        stream(content).into_bytes(),
        font.as_bytes().to_vec(),
    ];
    all.extend_from_slice(objects);
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in all.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", all.len() + 1).bytes());
    file
}

#[test]
fn a_font_says_what_its_glyphs_mean_where_the_file_does_not() {
    let program = std::fs::read(format!("{}/templates/fonts/Arimo-Regular.ttf", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let font = FontRef::new(&program).unwrap();
    let glyphs: String =
        "Mötet är ok".chars().map(|c| format!("{:04x}", font.charmap().map(c).unwrap().to_u32())).collect();
    let mut file = format!("<</Length {}>>stream\n", program.len()).into_bytes();
    file.extend(&program);
    file.extend(b"\nendstream");
    let descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Arimo/CIDToGIDMap/Identity/DW 556\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>"
        .to_vec();
    let descriptor = b"<</Type/FontDescriptor/FontName/Arimo/Flags 4/FontFile2 8 0 R>>".to_vec();
    let bytes = page(
        &format!("BT /F 12 Tf 30 150 Td <{glyphs}> Tj ET"),
        "<</Type/Font/Subtype/Type0/BaseFont/Arimo/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        &[descendant, descriptor, file],
    );
    assert_eq!(texts(&bytes), [(PartKind::Page(1), "Mötet är ok".to_owned())]);
}

#[test]
fn drawn_letters_may_be_set_in_any_size() {
    // Letters 8 points wide, set in a size of 60: a gap of 4 points is a space all the same.
    let letter = b"<</Length 25>>stream\n8 0 d0 0 0 6 9 re f      \nendstream".to_vec();
    let bytes = page(
        "BT /F 60 Tf 30 150 Td (aaaa) Tj 37 0 Td (bbbb) Tj ET",
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 8 9]/FontMatrix[0.016666 0 0 0.016666 0 0]/FirstChar 97/LastChar 98\
         /Widths[8 8]/CharProcs<</a 6 0 R/b 6 0 R>>/Encoding<</Type/Encoding/Differences[97/a/b]>>>>",
        &[letter],
    );
    assert_eq!(texts(&bytes), [(PartKind::Page(1), "aaaa bbbb".to_owned())]);
}

//! What a sheet can hold beside plain text: one test a feature, on files that the test makes, and one file with all
//! of it in three formats.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(missing_docs, reason = "tests")]

use crate::support::gold::plan;
use crate::support::xlsx::{Book, Sheet, row, rows, zipped};
use crate::support::{convert, fixture};
use handlingsplan::model::{Light, Plan, WarningCode};
use handlingsplan::page::{Cell, Document, Inline, Mark, Node, Part, PartKind, Rgb, Table};
use handlingsplan::read::{Limits, ReadError, ReadOptions, xlsx};

const GREEN: Rgb = Rgb::new(0, 176, 80);
const RED: Rgb = Rgb::new(255, 0, 0);

fn table(part: &Part) -> &Table {
    let tables = part.nodes.iter().find_map(|node| match node {
        Node::Table(table) => Some(table),
        Node::Paragraph(_) => None,
    });
    tables.unwrap()
}

/// A cell by its row and column, as the table has them.
fn cell(document: &Document, row: usize, column: usize) -> &Cell {
    let row = &table(&document.parts[0]).rows[row];
    row.cells.iter().find(|cell| cell.column == column).unwrap_or_else(|| panic!("{row:?}"))
}

fn codes(document: &Document) -> Vec<WarningCode> {
    document.warnings.iter().map(|(warning, _)| warning.code).collect()
}

fn comments(document: &Document) -> Vec<(Option<&str>, String)> {
    let comment = |part: &'_ Part| match &part.kind {
        PartKind::Comment { author, .. } => Some((author.clone(), part.nodes.clone())),
        _ => None,
    };
    let text = |nodes: &[Node]| {
        let lines = nodes.iter().map(|node| match node {
            Node::Paragraph(paragraph) => paragraph.text(),
            Node::Table(_) => String::new(),
        });
        lines.collect::<Vec<_>>().join(" / ")
    };
    let authors = document.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Comment { author, .. } => Some(author.as_deref()),
        _ => None,
    });
    authors.zip(document.parts.iter().filter_map(comment).map(|(_, nodes)| text(&nodes))).collect()
}

/// Everything that the three formats carry alike.
fn everything(file: &str) {
    let document = xlsx::read(&fixture(&format!("xlsx/{file}")), &ReadOptions::default()).unwrap();
    let at = |row, column| cell(&document, row, column);
    assert_eq!(at(0, 1).fill, Some(GREEN), "{file}: a fill");
    assert_eq!(at(0, 2).fill, Some(Rgb::new(255, 255, 0)), "{file}: a fill by its number in the palette");
    assert_eq!(comments(&document).iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["Stäm av först."]);
    assert_eq!((at(3, 0).colspan, at(3, 0).rowspan), (2, 2), "{file}: merged");
    assert!(table(&document.parts[0]).rows[5].hidden, "{file}: a hidden row");
    assert_eq!(at(6, 0).date, Some(jiff::civil::date(2024, 6, 14)), "{file}: a day counted from 1904");
    let looks = |row| {
        let spans = at(row, 0).paragraphs().into_iter().flat_map(|paragraph| &paragraph.inlines);
        let look = |inline: &Inline| match inline {
            Inline::Text(span) => (span.text.trim().to_owned(), span.bold, span.colour),
            other => panic!("{other:?}"),
        };
        spans.map(look).collect::<Vec<_>>()
    };
    let want = [("vanlig", false, None), ("fet", true, None), ("●", false, Some(RED))];
    assert_eq!(looks(7), want.map(|(text, bold, ink)| (text.to_owned(), bold, ink)), "{file}: looks");
    let fills = [at(8, 0).fill, at(9, 0).fill, at(8, 1).fill, at(9, 1).fill, at(8, 2).fill];
    assert_eq!(fills, [Some(GREEN), Some(RED), None, Some(RED), Some(GREEN)], "{file}: rules");
    let point = at(10, 0).paragraphs();
    assert_eq!((point[0].text().as_str(), point[1].text().as_str()), ("rad ett", "punkt"), "{file}: lines");
    assert!(point[1].list.is_some(), "{file}: a point");
    for (column, fill) in [(1, Rgb::new(255, 192, 0)), (2, RED)] {
        // LibreOffice writes an ellipse in .xls as a path.
        let Inline::Mark(Mark::Ellipse { fill: drawn, .. } | Mark::Shape { fill: drawn, .. }) =
            &at(11, column).paragraphs()[0].inlines[0]
        else {
            panic!("{file}: nothing drawn");
        };
        assert_eq!(*drawn, Some(fill), "{file}: a drawn light");
    }
    // A hidden column, a hidden row, a hidden sheet; nothing else is missing.
    assert_eq!(codes(&document), [WarningCode::HiddenPart; 3], "{file}: {:?}", document.warnings);
    let hidden = |part: &Part| matches!(&part.kind, PartKind::Sheet { hidden: true, name } if name == "Dolt blad");
    assert!(document.parts.iter().any(hidden), "{file}: the hidden sheet is read");
}

#[test]
fn everything_in_xlsx() {
    everything("features.xlsx");
}

#[test]
fn everything_in_ods() {
    everything("features-by-libreoffice.ods");
}

#[test]
fn everything_in_xls() {
    everything("features-by-libreoffice.xls");
}

#[test]
fn links_of_cells() {
    let linked = |document: &Document, row| match &cell(document, row, 0).paragraphs()[0].inlines[0] {
        Inline::Text(span) => span.link.clone(),
        other => panic!("{other:?}"),
    };
    for file in ["features.xlsx", "features-by-libreoffice.ods"] {
        let document = xlsx::read(&fixture(&format!("xlsx/{file}")), &ReadOptions::default()).unwrap();
        assert_eq!(
            linked(&document, 1).as_deref().map(|link| link.trim_end_matches('/')),
            Some("https://example.se/plan")
        );
    }
    let links = r#"<hyperlinks><hyperlink ref="A1" r:id="h" location="Del2"/><hyperlink ref="A2" location="Blad2!A1"/></hyperlinks>"#;
    let sheet = Sheet::new("Blad1", &(rows(&[&["ute"], &["inne"]]) + links)).to("h", "hyperlink", "https://example.se");
    let document = Book::new([sheet]).read();
    assert_eq!(linked(&document, 0).as_deref(), Some("https://example.se#Del2"));
    assert_eq!(linked(&document, 1).as_deref(), Some("#Blad2!A1"));
}

#[test]
fn comments_and_threads() {
    let threads = r#"<ThreadedComments><threadedComment ref="A1" dT="2024-02-03T10:00:00" personId="{P}"><text>Fråga</text></threadedComment><threadedComment ref="A1" personId="{P}"><text>Svar</text></threadedComment></ThreadedComments>"#;
    let notes = r#"<comments><authors><author>tc={1}</author><author>Åsa</author></authors><commentList><comment ref="A1" authorId="0"><text><t>[Trådad kommentar] Fråga</t></text></comment><comment ref="A2" authorId="1"><text><r><t>Not</t></r></text></comment></commentList></comments>"#;
    let sheet = Sheet::new("Blad1", &rows(&[&["ett"], &["två"]]))
        .to(
            "t",
            "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
            "../threadedComments/t1.xml",
        )
        .to("c", "comments", "../comments1.xml");
    let book = Book::new([sheet])
        .part("threadedComments/t1.xml", threads)
        .part("comments1.xml", notes)
        .part("persons/person.xml", r#"<personList><person id="{P}" displayName="Bo"/></personList>"#)
        .to("http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml");
    let want = [(Some("Bo"), "Fråga"), (Some("Bo"), "Svar"), (Some("Åsa"), "Not")];
    assert_eq!(comments(&book.read()), want.map(|(author, text)| (author, text.to_owned())));
}

#[test]
fn hidden_columns_rows_and_sheets_are_read_and_told_of() {
    let content = r#"<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="3" hidden="1"><c r="A3"><v>3</v></c></row></sheetData>"#;
    let sheets =
        [Sheet::new("Blad1", content), Sheet::new("Gömt", &rows(&[&["x"]])).attributes(r#"state="veryHidden""#)];
    let document = Book::new(sheets).read();
    let said: Vec<&str> = document.warnings.iter().map(|(warning, _)| warning.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "Kolumn B–C är dold i filen; den har lästs ändå.",
            "Raderna 2–3 är dolda i filen; de har lästs ändå.",
            "Bladet är dolt i filen; det har lästs ändå.",
        ]
    );
    assert_eq!(cell(&document, 0, 2).text(), "3");
}

#[test]
fn days_counted_from_1904() {
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>"#;
    let content = r#"<sheetData><row r="1"><c r="A1" s="1"><v>44000</v></c></row></sheetData>"#;
    let day = |properties: &str| {
        let book = Book::new([Sheet::new("Blad1", content)]).styles(styles).properties(properties);
        cell(&book.read(), 0, 0).date
    };
    assert_eq!(day(""), Some(jiff::civil::date(2020, 6, 18)));
    assert_eq!(day(r#"<workbookPr date1904="1"/>"#), Some(jiff::civil::date(2024, 6, 19)));
}

/// Three cells "G", "1" and "3" under rules.
fn under(rules: &str) -> Document {
    let dxfs = r#"<dxfs><dxf><fill><patternFill><bgColor rgb="FF00B050"/></patternFill></fill></dxf></dxfs>"#;
    let fills = r#"<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills><cellXfs><xf/><xf fillId="1"/></cellXfs>"#;
    let cells = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>G</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3" s="1"><v>3</v></c></row></sheetData>"#;
    let sheets = [Sheet::new("Plan", &format!("{cells}{rules}")), Sheet::new("Listor", &rows(&[&["g"]]))];
    Book::new(sheets).styles(&format!("{fills}{dxfs}")).read()
}

fn extension(rules: &str) -> String {
    format!(
        r#"<extLst><ext xmlns:x14="x14" xmlns:xm="xm"><x14:conditionalFormattings><x14:conditionalFormatting>{rules}<xm:sqref>A1:A3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"#
    )
}

#[test]
fn newer_rules_name_cells_of_other_sheets() {
    let rule = r#"<x14:cfRule type="cellIs" operator="equal" priority="1"><xm:f>Listor!$A$1</xm:f><x14:dxf><fill><patternFill><bgColor rgb="FF00B050"/></patternFill></fill></x14:dxf></x14:cfRule>"#;
    let document = under(&extension(rule));
    assert_eq!([0, 1].map(|row| cell(&document, row, 0).fill), [Some(GREEN), None]);
    assert!(document.warnings.is_empty());
}

#[test]
fn icon_sets_of_both_kinds() {
    let icon = |document: &Document, row| match &cell(document, row, 0).paragraphs()[0].inlines[0] {
        Inline::Mark(Mark::Icon { fill }) => Some(*fill),
        _ => None,
    };
    let plain = r#"<conditionalFormatting sqref="A1:A3"><cfRule type="iconSet" priority="1"><iconSet iconSet="3TrafficLights1"><cfvo type="num" val="0"/><cfvo type="num" val="2"/><cfvo type="num" val="3"/></iconSet></cfRule></conditionalFormatting>"#;
    let document = under(plain);
    assert_eq!([0, 1, 2].map(|row| icon(&document, row)), [None, Some(RED), Some(GREEN)]);
    // Put together by hand: green first, and no sign for the rest.
    let bound = |number: u8| format!(r#"<x14:cfvo type="num"><xm:f>{number}</xm:f></x14:cfvo>"#);
    let signs = r#"<x14:cfIcon iconSet="3TrafficLights1" iconId="2"/><x14:cfIcon iconSet="3TrafficLights1" iconId="0"/><x14:cfIcon iconSet="NoIcons" iconId="0"/>"#;
    let own = format!(
        r#"<x14:cfRule type="iconSet" priority="1"><x14:iconSet custom="1">{}{}{}{signs}</x14:iconSet></x14:cfRule>"#,
        bound(0),
        bound(2),
        bound(3)
    );
    let document = under(&extension(&own));
    assert_eq!([0, 1, 2].map(|row| icon(&document, row)), [None, Some(GREEN), None]);
}

#[test]
fn what_a_rule_may_show_is_not_guessed() {
    for rule in [
        r#"<cfRule type="colorScale" priority="1"/>"#,
        r#"<cfRule type="expression" dxfId="0" priority="1"><formula>COUNTIF($A$1:$A$3,A1)&gt;0</formula></cfRule>"#,
        r#"<cfRule type="duplicateValues" dxfId="0" priority="1"/>"#,
    ] {
        let document = under(&format!(r#"<conditionalFormatting sqref="A1:A3">{rule}</conditionalFormatting>"#));
        // Its own red may not be what is shown.
        assert_eq!(cell(&document, 2, 0).fill, None, "{rule}");
        assert_eq!(codes(&document), [WarningCode::Unsupported], "{rule}");
    }
}

#[test]
fn lights_of_a_group_each_have_a_cell() {
    let light = |y: u32, fill: &str| {
        format!(
            r#"<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="e"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="{y}"/><a:ext cx="100" cy="100"/></a:xfrm><a:prstGeom prst="ellipse"/><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></xdr:spPr></xdr:sp>"#
        )
    };
    let corner = |row: u8, offset: u32| {
        format!(
            "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{offset}</xdr:rowOff>"
        )
    };
    let drawing = format!(
        r#"<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:twoCellAnchor><xdr:from>{}</xdr:from><xdr:to>{}</xdr:to><xdr:grpSp><xdr:grpSpPr><a:xfrm><a:off x="9" y="9"/><a:ext cx="9" cy="9"/><a:chOff x="0" y="0"/><a:chExt cx="100" cy="300"/></a:xfrm></xdr:grpSpPr>{}{}</xdr:grpSp></xdr:twoCellAnchor></xdr:wsDr>"#,
        corner(0, 20_000),
        corner(1, 170_000),
        light(0, "00B050"),
        light(200, "FF0000")
    );
    let content = rows(&[&["ett"], &["två"]]) + r#"<drawing r:id="d"/>"#;
    let sheet = Sheet::new("Blad1", &content).to("d", "drawing", "../drawings/d1.xml");
    let document = Book::new([sheet]).part("drawings/d1.xml", &drawing).read();
    let fill = |row| match &cell(&document, row, 1).paragraphs()[0].inlines[..] {
        [Inline::Mark(Mark::Ellipse { fill, .. })] => *fill,
        other => panic!("{other:?}"),
    };
    assert_eq!([fill(0), fill(1)], [Some(GREEN), Some(RED)]);
}

const HEADINGS: [&str; 5] = ["Prioriterat område", "Aktiviteter", "Datum", "Uppföljning", "Status"];

fn long(entries: &[&[&str]], rest: &str) -> Plan {
    let mut all: Vec<&[&str]> = vec![&["Handlingsplan 2024"], &["RPO Hud- och könssjukdomar"], &HEADINGS];
    all.extend(entries);
    let sheet = Sheet::new("Plan", &(rows(&all) + rest));
    plan(convert(&Book::new([sheet]).bytes(), "x.xlsx"))
}

fn entries(plan: &Plan) -> Vec<Vec<String>> {
    let dates = |item: &handlingsplan::model::Item| {
        item.follow_up.iter().map(|entry| entry.date.map(|date| date.to_string()).unwrap_or_default()).collect()
    };
    plan.items().map(dates).collect()
}

#[test]
fn a_row_an_entry_in_every_way() {
    let merged = r#"<mergeCells><mergeCell ref="A4:A5"/><mergeCell ref="B4:B5"/><mergeCell ref="E4:E5"/></mergeCells>"#;
    let blank: &[&[&str]] = &[
        &["Vård", "Möte", "2024-02-03", "Start", "Grön"],
        &["", "", "2024-05-06", "Mer", ""],
        &["Annat", "Kurs", "2024-05-06", "Planerat", "Gul"],
    ];
    let again: &[&[&str]] = &[blank[0], &["Vård", "Möte", "2024-05-06", "Mer", "Grön"], blank[2]];
    for (rows, rest) in [(blank, merged), (blank, ""), (again, "")] {
        let plan = long(rows, rest);
        assert_eq!(entries(&plan), [vec!["2024-02-03", "2024-05-06"], vec!["2024-05-06"]]);
        let lights: Vec<Light> = plan.items().flat_map(|item| &item.status.lights).map(|light| light.light).collect();
        assert_eq!(lights, [Light::Green, Light::Yellow]);
        assert_eq!(plan.reading.coverage, 1.0, "{:?}", plan.reading);
    }
}

#[test]
fn the_statuses_of_the_days_of_a_long_table() {
    // Days as numbers, so that they are known as days: 45325 is 2024-02-03, 45418 2024-05-06.
    let styles = r#"<cellXfs><xf/><xf numFmtId="14"/></cellXfs>"#;
    let line = |number: u32, day: &str, text: &str, status: &str| {
        row(number, &["Vård", "Möte", day, text, status])
            .replace(&format!("<c r=\"C{number}\""), &format!("<c s=\"1\" r=\"C{number}\""))
    };
    let content = row(1, &HEADINGS) + &line(2, "45418", "Mer", "Gul") + &line(3, "45325", "Start", "Grön");
    let sheet = Sheet::new("Plan", &format!("<sheetData>{content}</sheetData>"));
    let plan = plan(convert(&Book::new([sheet]).styles(styles).bytes(), "x.xlsx"));
    let item = plan.items().next().unwrap();
    assert_eq!(plan.items().count(), 1);
    // The newest stands, whatever order the rows have.
    assert_eq!(item.status.lights[0].light, Light::Yellow);
    let earlier = &item.status_history[0];
    assert_eq!((earlier.date, earlier.lights[0].light), (Some(jiff::civil::date(2024, 2, 3)), Light::Green));
}

#[test]
fn text_shown_in_thousands_of_cells_is_capped() {
    let text = "vård ".repeat(2_000);
    let strings = format!("<sst><si><t>{text}</t></si></sst>");
    let cells: String = (1..=100).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
    let book = Book::new([Sheet::new("Blad1", &format!("<sheetData>{cells}</sheetData>"))])
        .part("sharedStrings.xml", &strings)
        .to("sharedStrings", "sharedStrings.xml");
    let read = |unpacked_bytes| {
        let limits = Limits { unpacked_bytes, ..Limits::default() };
        xlsx::read(&book.bytes(), &ReadOptions { limits, ..ReadOptions::default() })
    };
    assert!(matches!(read(1 << 20), Err(ReadError::TooLarge { .. })));
    assert!(read(8 << 20).is_ok());
}

#[test]
fn a_sheet_that_unpacks_to_more_than_the_cap_is_refused() {
    let blank = " ".repeat(4 << 20);
    let bytes = Book::new([Sheet::new("Blad1", &(rows(&[&["x"]]) + &blank))]).bytes();
    assert!(bytes.len() < 20_000);
    let read = |unpacked_bytes| {
        let limits = Limits { unpacked_bytes, ..Limits::default() };
        xlsx::read(&bytes, &ReadOptions { limits, ..ReadOptions::default() })
    };
    assert!(matches!(read(4 << 20), Err(ReadError::TooLarge { .. })));
    assert!(read(5 << 20).is_ok());
}

#[test]
fn cells_and_sheets_are_capped() {
    let book = Book::new([Sheet::new("Blad1", &rows(&[&["a", "b"]])), Sheet::new("Blad2", &rows(&[&["c"]]))]).bytes();
    for (limits, fits) in [
        (Limits { cells: 2, ..Limits::default() }, false),
        (Limits { cells: 3, ..Limits::default() }, true),
        (Limits { pages: 1, ..Limits::default() }, false),
    ] {
        let read = xlsx::read(&book, &ReadOptions { limits, ..ReadOptions::default() });
        assert_eq!(read.is_ok(), fits, "{read:?}");
        assert!(fits || matches!(read, Err(ReadError::TooLarge { .. })), "{read:?}");
    }
}

#[test]
fn what_xlsb_does_not_give_is_told_of() {
    // Records: id and length, then the data; ids over 127 take two bytes.
    let record = |id: u16, data: &[u8]| {
        let id = if id < 128 { vec![id as u8] } else { vec![id as u8 | 0x80, (id >> 7) as u8] };
        [&id[..], &[data.len() as u8], data].concat()
    };
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(text.encode_utf16().count() as u32).to_le_bytes()[..], &units].concat()
    };
    let entry = [&[0; 4][..], &1_u32.to_le_bytes(), &wide("r1"), &wide("Blad1")].concat();
    let workbook = [record(0x83, &[]), record(0x8f, &[]), record(0x9c, &entry), record(0x90, &[]), record(0x84, &[])];
    let cell = [&0_u32.to_le_bytes()[..], &[0; 4], &wide("vård")].concat();
    let sheet = [
        record(0x81, &[]),
        record(0x94, &[0; 16]),
        record(0x91, &[]),
        record(0x00, &[0; 17]),
        record(0x06, &cell),
        record(0x92, &[]),
        record(0x82, &[]),
    ];
    let relationships = |target: &str, kind: &str| {
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>"#).into_bytes()
    };
    let parts = [
        ("_rels/.rels".to_owned(), relationships("xl/workbook.bin", "officeDocument")),
        ("xl/_rels/workbook.bin.rels".to_owned(), relationships("worksheets/sheet1.bin", "worksheet")),
        ("xl/workbook.bin".to_owned(), workbook.concat()),
        ("xl/worksheets/sheet1.bin".to_owned(), sheet.concat()),
    ];
    let document = xlsx::read(&zipped(&parts), &ReadOptions::default()).unwrap();
    assert_eq!((document.format, codes(&document)), ("xlsb", vec![WarningCode::Unsupported]));
    assert_eq!(table(&document.parts[0]).rows[0].cells[0].text(), "vård");
}

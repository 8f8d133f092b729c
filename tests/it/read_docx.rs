//! What the Word reader reads, one feature a test, and what it refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(missing_docs, unreachable_pub, reason = "test code, helpers too")]

use crate::support::docx;

use docx::{Docx, lines, lines_of, p, parts, read, tc};
use handlingsplan::model::WarningCode;
use handlingsplan::page::{Document, Node, PartKind, Place};
use handlingsplan::read::{Limits, ReadError, ReadOptions};

fn table(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

fn run(properties: &str, text: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn warnings(document: &Document, code: WarningCode) -> Vec<&str> {
    document.warnings.iter().filter(|(w, _)| w.code == code).map(|(w, _)| w.message.as_str()).collect()
}

// --- Text ---------------------------------------------------------------------------------------

#[test]
fn split_runs_and_entities_are_joined_and_letters_composed() {
    let body = "<w:p><w:r><w:t>Sjuk</w:t></w:r><w:r><w:t>va\u{30a}</w:t></w:r><w:r><w:t>rd &amp; om&#228;rkt &lt;A&gt;</w:t></w:r></w:p>";
    assert_eq!(lines_of(body), ["Sjukvård & omärkt <A>"]);
    // The ring stands in a run with another look than its letter.
    let split = format!("<w:p>{}{}</w:p>", run("", "va"), run("<w:b/>", "\u{30a}rd"));
    assert_eq!(lines_of(&split), ["vå<b>rd</b>"]);
}

#[test]
fn white_space_counts_only_where_it_is_kept() {
    let body = "<w:p><w:r><w:t>\n  ett \n</w:t></w:r><w:r><w:t xml:space='preserve'> två\ntre </w:t></w:r></w:p>";
    assert_eq!(lines_of(body), ["ett två tre "]);
}

#[test]
fn tabs_breaks_and_hyphens() {
    let body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>PET</w:t><w:noBreakHyphen/>\
                <w:t>CT sjuk</w:t><w:softHyphen/><w:t>vård o\u{ad}m</w:t></w:r></w:p>";
    assert_eq!(lines_of(body), ["a b⏎c⏎PET-CT sjukvård om"]);
}

#[test]
fn any_prefix_strict_and_transitional() {
    for uri in [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ] {
        let with_prefix = format!(
            "<ns0:document xmlns:ns0='{uri}'><ns0:body><ns0:p><ns0:pPr><ns0:outlineLvl ns0:val='0'/></ns0:pPr><ns0:r><ns0:t>Text</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"
        );
        let without = format!(
            "<document xmlns='{uri}'><body><p><pPr><outlineLvl val='0'/></pPr><r><t>Text</t></r></p></body></document>"
        );
        for document in [with_prefix, without] {
            let read = read(&Docx::new("").build_with(&document)).unwrap();
            assert_eq!(lines(&read.parts[0].nodes), ["h1: Text"]);
        }
    }
}

#[test]
fn parts_are_found_by_relationship_not_by_name() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 2"/></w:style>"#;
    let docx = Docx::new(r#"<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Rubrik</w:t></w:r></w:p>"#)
        .main("word/annat%20namn.xml".replace("%20", "_").as_str())
        .part("styles", "stil7.xml", "w:styles", styles);
    assert_eq!(docx.lines(), ["h2: Rubrik"]);
}

#[test]
fn utf16_parts() {
    let document = format!(r#"<w:document {}><w:body>{}</w:body></w:document>"#, docx::NAMESPACES, p("Åäö"));
    let wide: Vec<u8> = format!("\u{feff}{document}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rels = |inside: &str| {
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inside}</Relationships>").into_bytes()
    };
    let bytes = docx::zip(&[
        ("_rels/.rels".into(), rels("<Relationship Id='a' Type='x/officeDocument' Target='/d.xml'/>")),
        ("d.xml".into(), wide),
    ]);
    assert_eq!(lines(&read(&bytes).unwrap().parts[0].nodes), ["Åäö"]);
}

// --- Styles -------------------------------------------------------------------------------------

const STYLES: &str = r#"
<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
<w:latentStyles><w:lsdException w:name="x"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Planens rubrik"/><w:basedOn w:val="Rubrik1"/></w:style>
<w:style w:type="paragraph" w:styleId="Egen2"><w:name w:val="Djup"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="R3"><w:name w:val="Rubrik 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Innehll"><w:name w:val="TOC Heading"/><w:basedOn w:val="Rubrik1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="ring"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="ring 2"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="Dold"><w:name w:val="Dold"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/><w:i/></w:rPr></w:style>
<w:style w:type="table" w:styleId="T"><w:name w:val="Table Grid"/><w:rPr><w:b/></w:rPr></w:style>"#;

fn styled(style: &str, properties: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{}</w:p>"#, run("", text))
}

#[test]
fn headings_by_style_chain_outline_level_and_swedish_names() {
    let cases = [
        ("Rubrik1", "", "h1: <b>x</b>"),
        ("Egen", "", "h1: <b>x</b>"),
        ("Egen2", "", "h3: x"),
        ("R3", "", "h3: x"),
        ("Rubrik", "", "title: x"),
        ("Innehll", "", "<b>x</b>"),
        ("Ring", "", "x"),
        ("Normal", r#"<w:outlineLvl w:val="1"/>"#, "h2: x"),
        ("Rubrik4", "", "h4: x"),
        ("Saknas", "", "x"),
    ];
    for (style, properties, expected) in cases {
        assert_eq!(Docx::new(&styled(style, properties, "x")).styles(STYLES).lines(), [expected], "{style}");
    }
    let document = Docx::new(&styled("Egen", "", "x")).styles(STYLES).read();
    let Node::Paragraph(paragraph) = &document.parts[0].nodes[0] else { panic!() };
    assert_eq!(paragraph.style.as_deref(), Some("Planens rubrik"));
}

#[test]
fn bold_and_italic_toggle_between_styles() {
    let body = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr>{}{}{}{}</w:p>"#,
        run("", "a"),
        run(r#"<w:rStyle w:val="Stark"/>"#, "b"),
        run(r#"<w:b w:val="0"/>"#, "c"),
        run(r#"<w:rStyle w:val="Stark"/><w:b/><w:i w:val="false"/>"#, "d"),
    );
    assert_eq!(Docx::new(&body).styles(STYLES).lines(), ["h1: <b>a</b><i>b</i>c<b>d</b>"]);
}

#[test]
fn colours_and_highlights() {
    let theme = r#"<a:themeElements><a:clrScheme name="x"><a:accent6><a:srgbClr val="70AD47"/></a:accent6></a:clrScheme></a:themeElements>"#;
    let body = format!(
        "<w:p>{}{}{}{}{}{}</w:p>",
        run(r#"<w:color w:val="00B050"/>"#, "a"),
        run(r#"<w:color w:val="auto"/>"#, "b"),
        run(r#"<w:color w:val="000000"/>"#, "c"),
        run(r#"<w:color w:val="FFFFFF" w:themeColor="accent6" w:themeShade="BF"/>"#, "d"),
        run(r#"<w:highlight w:val="yellow"/>"#, "e"),
        run(r#"<w:shd w:val="clear" w:fill="FF0000"/>"#, "f"),
    );
    let docx = Docx::new(&body).part("theme", "theme1.xml", "a:theme", theme);
    assert_eq!(docx.lines(), ["<#00b050>a</>bc<#548235>d</><on #ffff00>e</><on #ff0000>f</>"]);
}

#[test]
fn hidden_text_is_left_out_and_told_of_once() {
    let body = format!(
        "<w:p>{}{}{}</w:p>{}",
        run("", "syns"),
        run("<w:vanish/>", " dolt"),
        run(r#"<w:vanish w:val="0"/>"#, " syns"),
        styled("Dold", "", "också dolt"),
    );
    let document = Docx::new(&body).styles(STYLES).read();
    assert_eq!(lines(&document.parts[0].nodes), ["syns syns", ""]);
    let told = warnings(&document, WarningCode::HiddenText);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("2 ställen, 13 tecken"), "{}", told[0]);
}

// --- Lists --------------------------------------------------------------------------------------

const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="Steg"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Stil"/><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Stil"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:lvlOverride></w:num>"#;

const LIST_STYLES: &str = r#"
<w:style w:type="paragraph" w:styleId="Punktlista"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Punktlista2"><w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Min punkt"/><w:basedOn w:val="Punktlista"/></w:style>
<w:style w:type="paragraph" w:styleId="Steg"><w:name w:val="Steg"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="UtanLista"><w:name w:val="Punktlista 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Liststycke"><w:name w:val="List Paragraph"/></w:style>"#;

#[test]
fn lists_directly_and_through_styles() {
    let num = |id: u32, level: u32| format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>"#);
    let cases = [
        ("", num(1, 0), "*0 x"),
        ("", num(1, 1), "*1 x"),
        ("", num(1, 2), "x"),
        ("", num(2, 0), "#0 x"),
        ("", num(3, 0), "#0 x"),
        ("", num(4, 0), "*0 x"),
        ("", num(99, 0), "x"),
        ("Punktlista", String::new(), "*0 x"),
        ("Punktlista", num(0, 0), "x"),
        ("Punktlista2", String::new(), "*1 x"),
        ("Egen", String::new(), "*0 x"),
        ("Steg", String::new(), "#1 x"),
        ("UtanLista", String::new(), "*2 x"),
        ("Liststycke", String::new(), "x"),
    ];
    for (style, properties, expected) in cases {
        let docx = Docx::new(&styled(style, &properties, "x")).numbering(NUMBERING).styles(LIST_STYLES);
        assert_eq!(docx.lines(), [expected], "{style} {properties}");
    }
}

#[test]
fn typed_list_signs() {
    assert_eq!(lines_of(&p("• Möte")), ["*0 Möte"]);
    assert_eq!(lines_of(&p("- Möte")), ["*0 Möte"]);
    assert_eq!(lines_of("<w:p><w:r><w:t>–</w:t><w:tab/><w:t>Möte</w:t></w:r></w:p>"), ["*0 Möte"]);
    let symbol = r#"<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:t>Möte</w:t></w:r></w:p>"#;
    assert_eq!(lines_of(symbol), ["*0 Möte"]);
    let wingdings = format!("<w:p>{}{}</w:p>", run(r#"<w:rFonts w:ascii="Wingdings"/>"#, "\u{f0a7}"), run("", " Möte"));
    assert_eq!(lines_of(&wingdings), ["*0 Möte"]);
    // Points after a line break are points of their own; the line before them is not.
    let lines = lines_of(
        "<w:p><w:r><w:t>Beslut:</w:t><w:br/><w:t>- ett</w:t><w:br/><w:t>forts</w:t><w:br/><w:t>- två</w:t></w:r></w:p>",
    );
    assert_eq!(lines, ["Beslut:", "*0 ett⏎forts", "*0 två"]);
    assert_eq!(lines_of(&p("-")), ["-"]);
}

// --- Links and fields ---------------------------------------------------------------------------

#[test]
fn hyperlinks_of_both_kinds() {
    let body = r#"<w:p><w:hyperlink r:id="l1"><w:r><w:t>ett</w:t></w:r></w:hyperlink><w:hyperlink w:anchor="_Toc1"><w:r><w:t>två</w:t></w:r></w:hyperlink>
      <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.se" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>tre</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
      <w:fldSimple w:instr="HYPERLINK &quot;https://c.se&quot;"><w:r><w:t>fyra</w:t></w:r></w:fldSimple></w:p>"#;
    let docx = Docx::new(body).link("l1", "https://a.se/?x=1&amp;y=2");
    assert_eq!(docx.lines(), ["[ett](https://a.se/?x=1&y=2)två[tre](https://b.se)[fyra](https://c.se)"]);
}

#[test]
fn fields_show_their_result_and_not_their_instruction() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let nested = format!(
        "<w:p>{begin}<w:r><w:instrText>IF </w:instrText></w:r>{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{separate}{}{end}{separate}{}{end}{}</w:p>",
        run("", "7"),
        run("", "resultat"),
        run("", " efter")
    );
    assert_eq!(lines_of(&nested), ["resultat efter"]);
    // A field may span paragraphs.
    let long = format!(
        "<w:p>{begin}<w:r><w:instrText>TOC</w:instrText></w:r>{separate}{}</w:p><w:p>{}{end}</w:p>",
        run("", "a"),
        run("", "b")
    );
    assert_eq!(lines_of(&long), ["a", "b"]);
    // One that never ends must not swallow the rest of the document.
    let endless = format!("<w:p>{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{}</w:p>{}", run("", "a"), p("b"));
    assert_eq!(lines_of(&endless), ["a", "b"]);
    let prompt =
        format!("<w:p>{begin}<w:r><w:instrText>MACROBUTTON NoMacro [Skriv här]</w:instrText></w:r>{end}</w:p>");
    assert_eq!(lines_of(&prompt), ["[Skriv här]"]);
}

// --- Check boxes and symbols --------------------------------------------------------------------

#[test]
fn check_boxes_of_every_make() {
    let control = |checked: u8, content: &str| {
        format!(
            r#"<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"#
        )
    };
    let form = |state: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let symbol = |font: &str, code: &str| format!(r#"<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>"#);
    let cases = [
        (control(1, &run("", "☒")) + &run("", " klart"), "(x) klart"),
        (control(0, &run("", "☐")) + &run("", " klart"), "( ) klart"),
        (control(1, &symbol("Wingdings", "F0FE")), "(x)"),
        (control(1, ""), "(x)"),
        (form(r#"<w:default w:val="0"/><w:checked/>"#), "(x)"),
        (form(r#"<w:default w:val="1"/>"#), "(x)"),
        (form(r#"<w:default w:val="1"/><w:checked w:val="0"/>"#), "( )"),
        (symbol("Wingdings", "F0FE"), "(x)"),
        (symbol("Wingdings", "F0A8"), "( )"),
        (symbol("Wingdings 2", "F052"), "(x)"),
        (run(r#"<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>"#, "þ"), "(x)"),
        (run("", "☒ klart ☐ ☑ ✓"), "☒ klart ☐ ☑ ✓"),
        (symbol("MS Gothic", "2612"), "☒"),
    ];
    for (inside, expected) in cases {
        assert_eq!(lines_of(&format!("<w:p>{inside}</w:p>")), [expected], "{inside}");
    }
    // Around a paragraph and around a cell.
    assert_eq!(lines_of(&control(1, &p("☒ klart"))), ["(x) klart"]);
    assert_eq!(
        lines_of(&table(&format!("<w:tr>{}{}</w:tr>", control(1, &tc("", "☒")), tc("", "☒")))),
        ["row: 0: (x) | 1: ☒"]
    );
}

#[test]
fn symbols_by_code() {
    let body = format!(
        r#"<w:p><w:r><w:rPr><w:color w:val="00B050"/></w:rPr><w:sym w:font="Wingdings" w:char="F06C"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Symbol" w:char="F061"/></w:r>{}{}</w:p>"#,
        run(r#"<w:rFonts w:ascii="Wingdings"/>"#, "l"),
        run(r#"<w:rFonts w:ascii="Wingdings"/>"#, "ord är ord"),
    );
    assert_eq!(lines_of(&body), ["<#00b050>●</>→α●ord är ord"]);
    let unknown = Docx::new(r#"<w:p><w:r><w:t>a</w:t><w:sym w:font="Okänd" w:char="F041"/></w:r></w:p>"#).read();
    assert_eq!(lines(&unknown.parts[0].nodes), ["a\u{fffd}"]);
    assert!(warnings(&unknown, WarningCode::Unsupported)[0].contains("F041"));
}

// --- Tables -------------------------------------------------------------------------------------

#[test]
fn merged_cells() {
    let rows = [
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>", tc("<w:gridSpan w:val='2'/>", "A"), tc("", "B")),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            tc("<w:vMerge w:val='restart'/>", "C"),
            tc("", "D"),
            tc("<w:vMerge w:val='restart'/>", "E")
        ),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            tc("<w:vMerge/>", ""),
            tc("", "F"),
            tc("<w:vMerge w:val='continue'/>", "under E")
        ),
        format!("<w:tr>{}{}</w:tr>", tc("<w:vMerge/>", ""), tc("<w:gridSpan w:val='2'/>", "G")),
        format!("<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{}</w:tr>", tc("", "H"), tc("<w:vMerge/>", "I")),
        format!("<w:tr>{}{}{}</w:tr>", tc("<w:hMerge w:val='restart'/>", "J"), tc("<w:hMerge/>", ""), tc("", "K")),
    ];
    assert_eq!(
        lines_of(&table(&rows.concat())),
        [
            "heading: 0+2: A | 2: B",
            "row: 0x3: C | 1: D | 2x2: E ¶ under E",
            "row: 1: F",
            "row: 1+2: G",
            "row: 1: H | 2: I",
            "row: 0+2: J | 2: K",
        ]
    );
}

#[test]
fn a_table_without_grid_and_with_strange_widths() {
    let row = format!(
        "<w:tr>{}{}</w:tr>",
        tc("<w:tcW w:w='33%' w:type='pct'/><w:gridSpan w:val='2'/>", "A"),
        tc("<w:gridSpan w:val='x'/>", "B")
    );
    assert_eq!(lines_of(&format!("<w:tbl>{row}</w:tbl>")), ["row: 0+2: A | 2: B"]);
    let huge = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("<w:gridSpan w:val='4000000000'/>", "A"));
    assert_eq!(lines_of(&huge), ["row: 0+1024: A"]);
}

#[test]
fn nested_tables_and_places() {
    let inner = table(&format!("<w:tr>{}</w:tr>", tc("", "inre")));
    let cell = format!("<w:tc>{}{inner}{}</w:tc>", p("före"), p("efter"));
    let document = Docx::new(&format!(
        "{}{}{}",
        p("a"),
        table(&format!("<w:tr>{}</w:tr><w:tr>{cell}</w:tr>", tc("", "x"))),
        p("b")
    ))
    .read();
    assert_eq!(lines(&document.parts[0].nodes), ["a", "row: 0: x", "row: 0: före ¶ row: 0: inre ¶ efter", "b"]);
    let [Node::Paragraph(a), Node::Table(outer), Node::Paragraph(b)] = &document.parts[0].nodes[..] else { panic!() };
    assert_eq!((&a.place, &b.place), (&Place::Paragraph(1), &Place::Paragraph(2)));
    let row = Place::Row { table: 1, row: 2 };
    assert_eq!(outer.rows[1].place, row);
    for paragraph in outer.rows[1].cells[0].paragraphs() {
        assert_eq!(paragraph.place, row);
    }
}

#[test]
fn content_controls_around_blocks_rows_cells_and_runs() {
    let sdt = |tag: &str, inside: &str| {
        format!(r#"<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"#)
    };
    let body = format!(
        "{}{}<w:p>{}</w:p>",
        sdt("block", &p("a")),
        table(&format!(
            "{}<w:tr>{}{}</w:tr>",
            sdt("rad", &format!("<w:tr>{}</w:tr>", tc("", "b"))),
            sdt("cell", &tc("", "c")),
            tc("", "d")
        )),
        sdt("ord", &run("", "e")),
    );
    let document = Docx::new(&body).read();
    assert_eq!(lines(&document.parts[0].nodes), ["a", "row: 0: b", "row: 0: c | 1: d", "e"]);
    let [Node::Paragraph(a), Node::Table(table), Node::Paragraph(e)] = &document.parts[0].nodes[..] else { panic!() };
    assert_eq!((a.anchors.as_slice(), e.anchors.as_slice()), (&["block".to_owned()][..], &["ord".to_owned()][..]));
    assert_eq!(
        (table.rows[0].anchors.as_slice(), table.rows[1].anchors.as_slice()),
        (&["rad".to_owned()][..], &["cell".to_owned()][..])
    );
}

#[test]
fn bookmarks_stand_with_their_paragraph_and_row() {
    let mark = |name: &str| format!(r#"<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>"#);
    let cell = format!("<w:tc><w:p>{}{}</w:p></w:tc>", mark("i_cell"), run("", "x"));
    let body = format!("{}{}<w:p>{}{}</w:p>", mark("före"), p("a"), mark("_GoBack"), run("", "b"))
        + &table(&format!("{}<w:tr>{cell}</w:tr>", mark("vid_rad")))
        + &mark("sist");
    let document = Docx::new(&body).read();
    let [Node::Paragraph(a), Node::Paragraph(b), Node::Table(table)] = &document.parts[0].nodes[..] else { panic!() };
    assert_eq!(a.anchors, ["före"]);
    assert!(b.anchors.is_empty());
    assert_eq!(table.rows[0].anchors, ["vid_rad", "i_cell"]);
    assert_eq!(table.rows[0].cells[0].paragraphs()[0].anchors, ["i_cell"]);
}

#[test]
fn shading_of_cells() {
    let theme = r#"<a:themeElements><a:clrScheme name="x"><a:accent6><a:srgbClr val="70AD47"/></a:accent6></a:clrScheme></a:themeElements>"#;
    let shd = |attributes: &str| tc(&format!("<w:shd {attributes}/>"), "x");
    let cells = [
        shd(r#"w:val="clear" w:fill="00B050""#),
        shd(r#"w:val="clear" w:fill="auto""#),
        shd(r#"w:val="clear" w:fill="FFFFFF""#),
        shd(r#"w:val="clear" w:fill="auto" w:themeFill="accent6" w:themeFillTint="99""#),
        shd(r#"w:val="solid" w:color="FF0000" w:fill="auto""#),
        shd(r#"w:val="pct50" w:color="FF0000" w:fill="FFFFFF""#),
        shd(r#"w:val="nil""#),
        r#"<w:tc><w:p><w:pPr><w:shd w:val="clear" w:fill="FFC000"/></w:pPr></w:p></w:tc>"#.to_owned(),
    ];
    let docx =
        Docx::new(&table(&format!("<w:tr>{}</w:tr>", cells.concat()))).part("theme", "theme1.xml", "a:theme", theme);
    assert_eq!(
        docx.lines(),
        ["row: 0 #00b050: x | 1: x | 2: x | 3 #a9d18e: x | 4 #ff0000: x | 5 #ff8080: x | 6: x | 7 #ffc000: "]
    );
}

// --- Tracked changes ----------------------------------------------------------------------------

#[test]
fn tracked_changes_are_read_as_accepted_and_counted_once() {
    let deleted_mark = r#"<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>"#;
    let body = format!(
        r#"<w:p>{}<w:ins w:id="1">{}</w:ins><w:del w:id="2"><w:r><w:delText>bort</w:delText></w:r></w:del><w:moveTo w:id="3">{}</w:moveTo><w:moveFrom w:id="4">{}</w:moveFrom></w:p>
        <w:p>{deleted_mark}{}</w:p>{}"#,
        run("", "a"),
        run("", "b"),
        run("", "c"),
        run("", "bort"),
        run("", "d "),
        p("e"),
    ) + &table(&format!(
        "<w:tr>{}</w:tr><w:tr><w:trPr><w:del w:id='5'/></w:trPr>{}</w:tr><w:tr><w:trPr><w:ins w:id='6'/></w:trPr>{}</w:tr>",
        tc("", "f"),
        tc("", "bort"),
        tc("", "g")
    ));
    let document = Docx::new(&body).read();
    assert_eq!(lines(&document.parts[0].nodes), ["abc", "d e", "row: 0: f", "row: 0: g"]);
    let told = warnings(&document, WarningCode::TrackedChanges);
    assert_eq!(
        told,
        ["Dokumentet har spårade ändringar: 3 infogningar togs med och 4 borttagningar lämnades utanför."]
    );
    let Node::Table(table) = &document.parts[0].nodes[2] else { panic!() };
    assert_eq!(table.rows[1].place, Place::Row { table: 1, row: 2 });
}

#[test]
fn a_deleted_mark_at_the_end_of_a_cell_keeps_the_text() {
    let cell = format!("<w:tc><w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p></w:tc>", run("", "kvar"));
    assert_eq!(lines_of(&table(&format!("<w:tr>{cell}</w:tr>"))), ["row: 0: kvar"]);
}

#[test]
fn wrappers_and_unknown_elements_are_seen_through() {
    let body = format!(
        "<w:customXml w:element='x'><w:p><w:smartTag w:element='y'>{}</w:smartTag><new:thing>{}</new:thing><w:bdo>{}</w:bdo></w:p></w:customXml>",
        run("", "a"),
        run("", "b"),
        run("", "c")
    );
    assert_eq!(lines_of(&body), ["abc"]);
    assert_eq!(lines_of("<w:p><m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath></w:p>"), ["x²"]);
}

// --- Drawings -----------------------------------------------------------------------------------

fn anchor(inside: &str) -> String {
    format!(
        r#"<w:drawing><wp:anchor><wp:extent cx="215900" cy="215900"/><wp:docPr id="1" name="Ellips 1" descr="Grön"/><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:anchor></w:drawing>"#
    )
}

fn shape(geometry: &str, fill: &str, rest: &str) -> String {
    format!(r#"<wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst="{geometry}"/>{fill}</wps:spPr>{rest}</wps:wsp>"#)
}

const GREEN: &str = r#"<a:solidFill><a:srgbClr val="00B050"/></a:solidFill>"#;

#[test]
fn drawn_shapes_stay_in_their_cell_with_fill_and_size() {
    let fills = [
        (GREEN, "#00b050"),
        (r#"<a:solidFill><a:schemeClr val="accent6"><a:lumMod val="75000"/></a:schemeClr></a:solidFill>"#, "#548235"),
        (
            r#"<a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs><a:gs pos="1"><a:srgbClr val="FE0000"/></a:gs></a:gsLst></a:gradFill>"#,
            "#ff0000",
        ),
        ("<a:noFill/>", "none"),
        ("", "none"),
    ];
    for (fill, expected) in fills {
        let cell = format!(
            "<w:tc><w:p>{}<w:r>{}</w:r>{}</w:p></w:tc>",
            run("", "a"),
            anchor(&shape("ellipse", fill, "")),
            run("", "b")
        );
        assert_eq!(
            lines_of(&table(&format!("<w:tr>{cell}</w:tr>"))),
            [format!("row: 0: a(ellipse {expected} 17x17 Grön)b")]
        );
    }
    let styled =
        shape("ellipse", "", r#"<wps:style><a:fillRef idx="1"><a:srgbClr val="FFC000"/></a:fillRef></wps:style>"#);
    assert_eq!(lines_of(&format!("<w:p><w:r>{}</w:r></w:p>", anchor(&styled))), ["(ellipse #ffc000 17x17 Grön)"]);
    let star = format!("<w:p><w:r>{}</w:r></w:p>", anchor(&shape("star5", GREEN, "")));
    assert_eq!(lines_of(&star), ["(star5 #00b050 17x17 Grön)"]);
    let line = format!("<w:p><w:r>{}</w:r></w:p>", anchor(&shape("line", "", "")));
    assert_eq!(lines_of(&line), [""]);
}

#[test]
fn shapes_in_groups_and_canvases() {
    let sized = |width: u32| {
        format!(
            r#"<wps:wsp><wps:cNvPr id="1" name="E"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{width}"/></a:xfrm><a:prstGeom prst="ellipse"/><a:grpFill/></wps:spPr></wps:wsp>"#
        )
    };
    let group = format!(
        r#"<wpg:wgp><wpg:grpSpPr><a:xfrm><a:ext cx="127000" cy="127000"/><a:chExt cx="254000" cy="254000"/></a:xfrm>{GREEN}</wpg:grpSpPr>{}<wpg:grpSp><wpg:grpSpPr/>{}</wpg:grpSp></wpg:wgp>"#,
        sized(254_000),
        sized(127_000)
    );
    let body = format!("<w:p><w:r>{}</w:r></w:p>", anchor(&group));
    assert_eq!(lines_of(&body), ["(ellipse #00b050 10x10 Grön)(ellipse #00b050 5x5 Grön)"]);
    let canvas =
        format!("<w:p><w:r>{}</w:r></w:p>", anchor(&format!("<wpc:wpc>{}</wpc:wpc>", shape("ellipse", GREEN, ""))));
    assert_eq!(lines_of(&canvas), ["(ellipse #00b050 0x0 Grön)"]);
}

#[test]
fn alternate_content_is_counted_once() {
    let choice = |requires: &str| {
        format!(
            r##"<mc:AlternateContent><mc:Choice Requires="{requires}">{}</mc:Choice><mc:Fallback><w:pict><v:oval style="width:12pt;height:12pt" fillcolor="#ff0000"/></w:pict></mc:Fallback></mc:AlternateContent>"##,
            anchor(&shape("ellipse", GREEN, ""))
        )
    };
    assert_eq!(lines_of(&format!("<w:p><w:r>{}</w:r></w:p>", choice("wps"))), ["(ellipse #00b050 17x17 Grön)"]);
    assert_eq!(lines_of(&format!("<w:p><w:r>{}</w:r></w:p>", choice("new"))), ["(ellipse #ff0000 12x12)"]);
    assert_eq!(lines_of(&format!("<w:p><w:r>{}</w:r></w:p>", choice("wps new"))), ["(ellipse #ff0000 12x12)"]);
    // Alternatives inside a branch that is not taken.
    let nested = format!(
        "<w:p><mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback><mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></mc:Fallback></mc:AlternateContent>{}</w:p>",
        run("", "a"),
        run("", "b"),
        run("", "c"),
        run("", "d")
    );
    assert_eq!(lines_of(&nested), ["ad"]);
}

#[test]
fn vml_shapes() {
    let cases = [
        (r##"<v:oval style="width:12pt;height:0.5in" fillcolor="#00b050 [3209]"/>"##, "(ellipse #00b050 12x36)"),
        (r##"<v:oval style="width:12pt;height:12pt" fillcolor="red" alt="Röd"/>"##, "(ellipse #ff0000 12x12 Röd)"),
        (r##"<v:oval style="width:12pt;height:12pt" filled="f" fillcolor="red"/>"##, "(ellipse none 12x12)"),
        (r##"<v:oval><v:fill color="yellow"/></v:oval>"##, "(ellipse #ffff00 0x0)"),
        (
            r##"<v:shapetype id="_x0000_t120"/><v:shape type="#_x0000_t120" fillcolor="lime"/>"##,
            "(ellipse #00ff00 0x0)",
        ),
        (r##"<v:roundrect fillcolor="#0f0" style="width:10pt;height:10pt"/>"##, "(roundRect #00ff00 10x10)"),
        (
            r##"<v:group style="width:10pt;height:10pt" coordsize="100,100"><v:oval style="width:50;height:50" fillcolor="red"/></v:group>"##,
            "(ellipse #ff0000 5x5)",
        ),
        (r##"<v:shape type="#_x0000_t75" alt="Logga"><v:imagedata r:id="x"/></v:shape>"##, "(picture Logga)"),
        (r##"<v:oval fillcolor="red" style="visibility:hidden"/>"##, ""),
        (r##"<v:shape><v:textpath string="UTKAST"/></v:shape>"##, "UTKAST"),
    ];
    for (vml, expected) in cases {
        assert_eq!(lines_of(&format!("<w:p><w:r><w:pict>{vml}</w:pict></w:r></w:p>")), [expected], "{vml}");
    }
}

#[test]
fn text_boxes_of_both_kinds() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("i rutan"));
    let drawing = anchor(&shape(
        "rect",
        r#"<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>"#,
        &format!("<wps:txbx>{content}</wps:txbx>"),
    ));
    let vml = format!(r#"<w:pict><v:shape type="_x0000_t202"><v:textbox>{content}</v:textbox></v:shape></w:pict>"#);
    for inside in [
        drawing.clone(),
        vml.clone(),
        format!(
            "<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>"
        ),
    ] {
        let cell = format!("<w:tc><w:p>{}<w:r>{inside}</w:r></w:p>{}</w:tc>", run("", "före"), p("efter"));
        assert_eq!(lines_of(&table(&format!("<w:tr>{cell}</w:tr>"))), ["row: 0: före ¶ i rutan ¶ efter"]);
    }
}

#[test]
fn pictures_diagrams_and_smart_art() {
    let picture = Docx::new(&format!("<w:p><w:r>{}</w:r></w:p>", anchor("<pic:pic/>"))).read();
    assert_eq!(lines(&picture.parts[0].nodes), ["(picture Grön)"]);
    assert_eq!(warnings(&picture, WarningCode::Picture), ["Dokumentet har 1 bild; text i bilder läses inte."]);
    let chart = Docx::new(&format!("<w:p><w:r>{}</w:r></w:p>", anchor("<c:chart r:id='x'/>"))).read();
    assert_eq!(warnings(&chart, WarningCode::Unsupported).len(), 1);
    let data = "<dgm:ptLst><dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>Kvartal </a:t></a:r><a:r><a:t>1</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>";
    let smart = Docx::new(&format!("<w:p><w:r>{}</w:r></w:p>", anchor("<dgm:relIds r:dm='data1'/>"))).part(
        "diagramData",
        "data1.xml",
        "dgm:dataModel",
        data,
    );
    assert_eq!(smart.lines(), ["", "Kvartal 1"]);
    let chunk = Docx::new("<w:altChunk r:id='x'/>").read();
    assert_eq!(warnings(&chunk, WarningCode::Unsupported).len(), 1);
}

// --- Beside the running text --------------------------------------------------------------------

#[test]
fn headers_footers_notes_and_comments() {
    let body = format!(
        r#"<w:p>{}<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>
        <w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>"#,
        run("", "text")
    );
    let note = |id: u8, text: &str| format!(r#"<w:footnote w:id="{id}">{}</w:footnote>"#, p(text));
    let document = Docx::new(&body)
        .part("header", "header1.xml", "w:hdr", &p("huvud"))
        .part("footer", "footer1.xml", "w:ftr", &p("fot"))
        .part(
            "footnotes",
            "footnotes.xml",
            "w:footnotes",
            &(note(0, "streck") + &note(3, "tredje") + &note(7, "sjunde") + &note(8, "bort")),
        )
        .part("endnotes", "endnotes.xml", "w:endnotes", &format!(r#"<w:endnote w:id="2">{}</w:endnote>"#, p("slut")))
        .part(
            "comments",
            "comments.xml",
            "w:comments",
            &format!(
                r#"<w:comment w:id="0" w:author="Åsa" w:date="2024-06-14T10:00:00Z">{}</w:comment>"#,
                p("hör efter")
            ),
        )
        .read();
    let text = |kind: fn(&PartKind) -> bool| {
        parts(&document, kind).iter().flat_map(|part| lines(&part.nodes)).collect::<Vec<_>>()
    };
    assert_eq!(text(|kind| *kind == PartKind::Body), ["text"]);
    assert_eq!(text(|kind| *kind == PartKind::Header), ["huvud"]);
    assert_eq!(text(|kind| *kind == PartKind::Footer), ["fot"]);
    assert_eq!(text(|kind| *kind == PartKind::Footnote), ["sjunde", "tredje", "slut"]);
    let comment = parts(&document, |kind| matches!(kind, PartKind::Comment { .. }))[0];
    assert_eq!(
        comment.kind,
        PartKind::Comment { author: Some("Åsa".into()), date: Some("2024-06-14T10:00:00Z".into()) }
    );
    assert_eq!(lines(&comment.nodes), ["hör efter"]);
    let Node::Paragraph(paragraph) = &comment.nodes[0] else { panic!() };
    assert_eq!(paragraph.place.to_string(), "comment 1");
}

#[test]
fn title_and_hidden_model() {
    let core = "<cp:coreProperties xmlns:cp='x' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title> Plan 2024 </dc:title></cp:coreProperties>";
    let model = r#"<m:model xmlns:m="urn:handlingsplan:model:1">{"a":"&lt;&amp;å"}</m:model>"#;
    let document = Docx::new(&p("x"))
        .raw("docProps/core.xml", core)
        .custom("item1.xml", "<other>not our own</b>")
        .custom("item2.xml", "<other>urn:handlingsplan:model:1</other>")
        .custom("item3.xml", model)
        .read();
    assert_eq!(document.title.as_deref(), Some("Plan 2024"));
    assert_eq!(document.embedded.unwrap().json, r#"{"a":"<&å"}"#);
    assert_eq!(document.warnings, []);
}

// --- Bad input ----------------------------------------------------------------------------------

fn error(bytes: &[u8]) -> ReadError {
    handlingsplan::read::read(bytes, &ReadOptions::default()).unwrap_err()
}

#[test]
fn what_is_no_document_is_named() {
    assert!(matches!(error(b""), ReadError::Empty));
    let named = |bytes: &[u8]| match error(bytes) {
        ReadError::UnknownFormat(what) => what.unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    assert!(named(b"{\\rtf1 x}").contains("RTF"));
    assert!(named(b"\n<!DOCTYPE html><p>").contains("webbsida"));
    assert!(named(b"\x89PNG\r\n").contains("bild"));
    assert!(named("Möte: 2024-09-18\n".as_bytes()).contains("ren text"));
    assert!(named(&docx::zip(&[("a.txt".into(), b"x".to_vec())])).contains("zip-arkiv"));
    let odt = docx::zip(&[("mimetype".into(), b"application/vnd.oasis.opendocument.text".to_vec())]);
    assert!(named(&odt).contains(".odt"));
    assert_eq!(named(b"\0\x01\x02"), "");
}

#[test]
fn truncated_files_are_damaged_wherever_they_are_cut() {
    let bytes = std::fs::read("fixtures/plans/rpo-md-2024.docx").unwrap();
    for part in 1..8 {
        let cut = &bytes[..bytes.len() * part / 8];
        let error = error(cut);
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
        assert!(error.to_string().contains("avhuggen"), "{error}");
    }
}

#[test]
fn a_damaged_byte_never_panics() {
    let bytes = Docx::new(&table(&format!("<w:tr>{}</w:tr>", tc("", "x")))).styles(STYLES).build();
    for at in 0..bytes.len() {
        let mut broken = bytes.clone();
        broken[at] ^= 0x55;
        let _ = handlingsplan::read::read(&broken, &ReadOptions::default());
    }
}

#[test]
fn a_zip_bomb_is_refused_by_what_comes_out_of_it() {
    let bomb = Docx::new("").build_with(&" ".repeat(64 << 20));
    assert!(bomb.len() < 200_000);
    let refused = error(&bomb);
    assert!(matches!(refused, ReadError::TooLarge { .. }), "{refused:?}");
    // Within the ratio but over the budget.
    let options =
        ReadOptions { limits: Limits { unpacked_bytes: 10_000, ..Limits::default() }, ..ReadOptions::default() };
    let large = Docx::new(&p("x")).styles(&"<w:style/>".repeat(5_000)).build();
    let read = handlingsplan::read::docx::read(&large, &options).unwrap();
    assert_eq!(lines(&read.parts[0].nodes), ["x"]);
    assert_eq!(warnings(&read, WarningCode::UnreadablePart).len(), 1);
}

#[test]
fn deep_xml_is_refused() {
    for depth in [10_000, 1_000_000] {
        let body = format!("{}{}", "<w:customXml>".repeat(depth), "</w:customXml>".repeat(depth));
        let refused = error(&Docx::new(&body).build());
        assert!(matches!(refused, ReadError::TooLarge { .. }), "{refused:?}");
    }
    // The cap itself is deep enough for nested tables.
    let nested = (0..40).fold(p("inne"), |inside, _| format!("<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"));
    assert!(lines_of(&nested)[0].ends_with("inne"));
}

#[test]
fn entities_are_never_expanded() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"#;
    let document = format!("{bomb}<w:document {}><w:body>{}</w:body></w:document>", docx::NAMESPACES, p("x &b; &c; y"));
    let read = read(&Docx::new("").build_with(&document)).unwrap();
    assert_eq!(lines(&read.parts[0].nodes), ["x &b; &c; y"]);
}

#[test]
fn too_many_cells_are_refused() {
    let limits = Limits { cells: 10, ..Limits::default() };
    let body = table(&format!("<w:tr>{}</w:tr>", tc("", "x").repeat(11)));
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let refused = handlingsplan::read::docx::read(&Docx::new(&body).build(), &options).unwrap_err();
    assert!(matches!(refused, ReadError::TooLarge { .. }), "{refused:?}");
}

#[test]
fn broken_xml_names_the_part() {
    for document in ["", "<w:document>", "<a></b>", "text", "<w:document xmlns:w='x'><w:body/></w:document>"] {
        let refused = error(&Docx::new("").build_with(document));
        assert!(refused.to_string().contains("word/document.xml"), "{document}: {refused}");
    }
}

#[test]
fn a_part_that_cannot_be_read_is_told_of_and_the_rest_is_read() {
    let document = Docx::new(&p("x")).part("comments", "comments.xml", "w:comments", "<w:comment>").read();
    assert_eq!(lines(&document.parts[0].nodes), ["x"]);
    assert_eq!(document.warnings[0].0.code, WarningCode::UnreadablePart);
    assert_eq!(document.warnings[0].1.to_string(), "word/comments.xml");
}

/// A compound file with these entries at its top and these embedded in a storage.
fn compound(top: &[&str], embedded: &[&str]) -> Vec<u8> {
    const NONE: u32 = 0xffff_ffff;
    let entry = |name: &str, right: u32, child: u32| {
        let mut entry = vec![0; 128];
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[64] = u8::try_from(name.len()).unwrap();
        entry[0x44..0x48].copy_from_slice(&NONE.to_le_bytes());
        entry[0x48..0x4c].copy_from_slice(&right.to_le_bytes());
        entry[0x4c..0x50].copy_from_slice(&child.to_le_bytes());
        entry
    };
    let first_embedded = u32::try_from(2 + top.len()).unwrap();
    let mut entries = vec![entry("Root Entry", NONE, 1)];
    entries.push(entry("ObjectPool", 2, first_embedded));
    for names in [top, embedded] {
        for (number, name) in names.iter().enumerate() {
            let here = u32::try_from(entries.len()).unwrap();
            let right = if number + 1 == names.len() { NONE } else { here + 1 };
            entries.push(entry(name, right, NONE));
        }
    }
    let mut directory = entries.concat();
    directory.resize(directory.len().next_multiple_of(512), 0);
    let sectors = directory.len() / 512;
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    header[0x1e] = 9;
    header[0x30..0x34].copy_from_slice(&1_u32.to_le_bytes());
    header[0x44..0x48].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    header[0x4c..].fill(0xff);
    header[0x4c..0x50].copy_from_slice(&0_u32.to_le_bytes());
    let mut table = vec![0xffff_fffd_u32];
    table.extend((1..sectors).map(|n| u32::try_from(n + 1).unwrap()));
    table.push(0xffff_fffe);
    table.resize(128, NONE);
    [header, table.into_iter().flat_map(u32::to_le_bytes).collect(), directory].concat()
}

#[test]
fn old_and_encrypted_files_say_what_to_do() {
    use handlingsplan::read::{Format, sniff};
    let limits = Limits::default();
    let old = |names: &[&str]| match error(&compound(names, &["Workbook"])) {
        ReadError::OldFormat { format, save_as, .. } => (format, save_as),
        other => panic!("{other:?}"),
    };
    assert_eq!(old(&["WordDocument", "1Table"]), (".doc", "Word-dokument (.docx)"));
    assert_eq!(old(&["Current User", "PowerPoint Document"]).0, ".ppt");
    assert!(matches!(error(&compound(&["EncryptionInfo", "EncryptedPackage"], &[])), ReadError::Encrypted { .. }));
    assert_eq!(
        sniff(&compound(&["a", "b", "c", "d", "e", "Workbook"], &["WordDocument"]), &limits).unwrap(),
        Format::Xls
    );
    assert!(matches!(error(&compound(&["WordDocument"], &[])[..600]), ReadError::Damaged { .. }));
}

#[test]
fn formats_are_told_by_content() {
    use handlingsplan::read::{Format, sniff};
    let limits = Limits::default();
    for (file, format) in [
        ("rpo-md-2024.docx", Format::Docx),
        ("rpo-md-2024.pptx", Format::Pptx),
        ("rpo-md-2024.xlsx", Format::Xlsx),
        ("rpo-md-2024.docx.pdf", Format::Pdf),
    ] {
        let bytes = std::fs::read(format!("fixtures/plans/{file}")).unwrap();
        assert_eq!(sniff(&bytes, &limits).unwrap(), format, "{file}");
    }
    assert_eq!(sniff(b"\xef\xbb\xbf { \"kind\": \"action_plan\" }", &limits).unwrap(), Format::Json);
    let ods = docx::zip(&[("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec())]);
    assert_eq!(sniff(&ods, &limits).unwrap(), Format::Ods);
}

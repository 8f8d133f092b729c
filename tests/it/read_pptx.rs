//! Presentations as read: one test a feature, on files that the test makes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]

use crate::support;

use handlingsplan::model::{Light, WarningCode};
use handlingsplan::page::{Document, Inline, Node};
use handlingsplan::read::{Limits, ReadError, ReadOptions, pptx};
use support::convert;
use support::gold::plan;
use support::pptx::{Deck, Slide, cell, cells, ellipse, filled, lines, table, text, text_box, xfrm};

const GREEN: &str = r#"<a:srgbClr val="00B050"/>"#;
const RED: &str = r#"<a:srgbClr val="FF0000"/>"#;
const HEADINGS: [&str; 4] = ["Prioriterat område", "Aktiviteter", "Uppföljning", "Status"];

fn codes(document: &Document) -> Vec<WarningCode> {
    document.warnings.iter().map(|(warning, _)| warning.code).collect()
}

/// A table with a plan's headings; the last column is the status.
fn plan_table(rows: &[(i32, String)]) -> String {
    let mut all = vec![(20, cells(&HEADINGS))];
    all.extend_from_slice(rows);
    table((20, 60), &[200, 200, 300, 100], &all)
}

#[test]
fn slides_stand_in_the_order_they_are_shown() {
    let slide = |line: &str| Slide::new(&text_box((50, 50, 200, 40), &text(&[line])));
    let deck = Deck::new([slide("ett"), slide("två"), slide("tre")]).order(&[3, 1, 2]);
    assert_eq!(lines(&deck.read()), ["# 1", "tre", "# 2", "ett", "# 3", "två"]);
}

#[test]
fn a_hidden_slide_is_read_and_told_of() {
    let slide = Slide::new(&text_box((50, 50, 200, 40), &text(&["dold"]))).with(r#"show="0""#);
    let document = Deck::new([slide]).read();
    assert_eq!(lines(&document), ["# 1", "dold"]);
    assert_eq!(codes(&document), [WarningCode::HiddenPart]);
}

#[test]
fn merged_cells_cover_others_and_text_under_them_is_left_over() {
    let tc = |attributes: &str, line: &str| cell(&[line]).replacen("<a:tc>", &format!("<a:tc {attributes}>"), 1);
    let rows = [
        (20, tc(r#"gridSpan="2""#, "a") + &tc(r#"hMerge="1""#, "") + &tc(r#"rowSpan="2""#, "c")),
        (20, cells(&["d", "e"]) + &tc(r#"vMerge="1""#, "under")),
        (20, tc(r#"rowSpan="9""#, "f") + &cells(&["g", "h"])),
    ];
    let document = Deck::new([Slide::new(&table((10, 10), &[100, 100, 100], &rows))]).read();
    assert_eq!(lines(&document), ["# 1", "2x1 a | 1x2 c", "d | e", "f | g | h", "# Hidden", "under"]);
    assert_eq!(codes(&document), [WarningCode::HiddenText]);
}

#[test]
fn hidden_text_is_kept_among_the_leftovers_of_a_plan() {
    let tc = |attributes: &str, line: &str| cell(&[line]).replacen("<a:tc>", &format!("<a:tc {attributes}>"), 1);
    let rows = [(30, tc(r#"gridSpan="2""#, "Vård") + &tc(r#"hMerge="1""#, "under") + &cells(&["240101 Start", "Gul"]))];
    let deck = Deck::new([Slide::new(&plan_table(&rows))]);
    let plan = plan(convert(&deck.bytes(), "x.pptx"));
    let left: Vec<&str> = plan.reading.leftovers.iter().map(|leftover| leftover.text.as_str()).collect();
    assert_eq!(left, ["under"]);
    assert!(plan.reading.coverage < 1.0);
    assert!(plan.reading.warnings.iter().all(|warning| warning.code != WarningCode::TextUnaccounted));
}

#[test]
fn placeholders_take_place_and_list_signs_from_layout_and_master() {
    let body = r#"<a:p><a:r><a:t>punkt</a:t></a:r></a:p><a:p><a:pPr lvl="1"/><a:r><a:t>under</a:t></a:r></a:p>
<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>löpande</a:t></a:r></a:p>
<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>numrerad</a:t></a:r></a:p>"#;
    let shapes = filled("body", 2, &text(&["höger"]))
        + &filled("subTitle", 3, &text(&["underrubrik"]))
        + &filled("body", 1, body)
        + &filled("title", 0, &text(&["Rubrik"]));
    let want = ["# 1", "= Rubrik", "- punkt", " - under", "löpande", "1. numrerad", "- höger", "underrubrik"];
    assert_eq!(lines(&Deck::new([Slide::new(&shapes)]).read()), want);
}

#[test]
fn typed_signs_breaks_fields_and_symbols() {
    let paragraphs = r#"<a:p><a:r><a:t>Mål:</a:t></a:r><a:br/><a:r><a:t>• ett</a:t></a:r><a:br/><a:r><a:t>- två</a:t></a:r></a:p>
<a:p><a:r><a:t>Sida </a:t></a:r><a:fld id="{1}" type="slidenum"><a:t>7</a:t></a:fld></a:p>
<a:p><a:r><a:rPr><a:sym typeface="Wingdings"/></a:rPr><a:t>þ</a:t></a:r><a:r><a:t> Klart</a:t></a:r></a:p>
<a:p><a:r><a:t>rad_x000B_ny</a:t></a:r></a:p>"#;
    let document = Deck::new([Slide::new(&text_box((50, 50, 300, 200), paragraphs))]).read();
    assert_eq!(lines(&document), ["# 1", "Mål:", "- ett", "- två", "Sida 7", "[x] Klart", "rad⏎ny"]);
}

#[test]
fn looks_and_links_of_runs() {
    let run = r#"<a:p><a:r><a:rPr b="1"><a:hlinkClick r:id="h"/></a:rPr><a:t>länk</a:t></a:r></a:p>"#;
    let slide = Slide::new(&text_box((50, 50, 300, 200), run)).to("h", "hyperlink", "https://example.se/a");
    let document = Deck::new([slide]).read();
    let Node::Paragraph(paragraph) = &document.parts[0].nodes[0] else { panic!("{document:?}") };
    let Inline::Text(span) = &paragraph.inlines[0] else { panic!("{paragraph:?}") };
    assert_eq!((span.bold, span.link.as_deref()), (true, Some("https://example.se/a")));
}

#[test]
fn the_look_of_a_column_is_no_light() {
    // As LibreOffice writes out a table style with a last column of its own.
    let painted = |text: &str, fill: &str| {
        cell(&[text]).replace("<a:tcPr/>", &format!("<a:tcPr><a:solidFill>{fill}</a:solidFill></a:tcPr>"))
    };
    let read = |fills: [&str; 3]| {
        let row = |name: &str, fill: &str| cells(&[name, "Möte", "240101 Start"]) + &painted("", fill);
        let headings = cells(&["Prioriterat område", "Aktiviteter", "Uppföljning"]) + &painted("Status", fills[0]);
        let rows = [(20, headings), (30, row("Vård", fills[1])), (30, row("Annat", fills[2]))];
        let shapes = table((20, 60), &[200, 200, 300, 100], &rows);
        let plan = plan(convert(&Deck::new([Slide::new(&shapes)]).bytes(), "x.pptx"));
        let lights: Vec<usize> = plan.items().map(|item| item.status.lights.len()).collect();
        (lights, plan.reading.warnings.iter().any(|warning| warning.code == WarningCode::UnknownLight))
    };
    assert_eq!(read([GREEN, GREEN, GREEN]), (vec![0, 0], true));
    assert_eq!(read([GREEN, GREEN, RED]), (vec![1, 1], false));
    assert_eq!(read([RED, GREEN, GREEN]), (vec![1, 1], false));
}

#[test]
fn a_light_in_a_turned_group_goes_to_the_cell_under_it() {
    // The group is mirrored, so that its left circle is shown to the right, over the status.
    let group = format!(
        r#"<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm flipH="1">
<a:off x="254000" y="1016000"/><a:ext cx="10160000" cy="254000"/><a:chOff x="0" y="0"/><a:chExt cx="10160000" cy="254000"/></a:xfrm></p:grpSpPr>{}</p:grpSp>"#,
        ellipse((20, 5, 12, 12), GREEN)
    );
    let shapes = plan_table(&[(40, cells(&["Vård", "Möte", "240101 Start", ""]))]) + &group;
    let plan = plan(convert(&Deck::new([Slide::new(&shapes)]).bytes(), "x.pptx"));
    let item = plan.items().next().unwrap();
    assert_eq!(item.status.lights[0].light, Light::Green);
}

#[test]
fn colours_go_through_the_theme_its_changes_and_the_slides_map() {
    let light = r#"<a:schemeClr val="accent6"><a:lumMod val="75000"/></a:schemeClr>"#;
    let map = r#"<p:clrMapOvr><a:overrideClrMapping bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2" accent1="accent6" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent1" hlink="hlink" folHlink="folHlink"/></p:clrMapOvr>"#;
    let slide =
        |light: &str| plan_table(&[(40, cells(&["Vård", "Möte", "", ""]))]) + &ellipse((730, 90, 12, 12), light);
    let accent = r#"<a:schemeClr val="accent1"/>"#;
    let document = Deck::new([Slide::new(&slide(light)), Slide::new(&slide(accent)).after(map)]).read();
    let lines = lines(&document);
    assert_eq!((lines[2].as_str(), lines[5].as_str()), ("Vård | Möte |  | (548235)", "Vård | Möte |  | (70ad47)"));
}

#[test]
fn a_light_beside_its_label_and_one_above_the_words() {
    let status = |lines: &[&str]| cells(&["Vård", "Möte", "240101 Start"]) + &cell(lines);
    let rows =
        [(40, status(&["      (Kalmar)", "      (Östergötland)", "Väntar."])), (40, status(&["Pågår enligt plan"]))];
    let shapes = plan_table(&rows)
        + &ellipse((727, 84, 12, 12), GREEN)
        + &ellipse((727, 97, 12, 12), RED)
        + &ellipse((727, 124, 12, 12), RED);
    let document = Deck::new([Slide::new(&shapes)]).read();
    let lines = lines(&document);
    assert_eq!(
        lines[2],
        "Vård | Möte | 240101 Start | (00b050)      (Kalmar) / (ff0000)      (Östergötland) / Väntar."
    );
    assert_eq!(lines[3], "Vård | Möte | 240101 Start | (ff0000) / Pågår enligt plan");
}

/// Text that needs some 100 points of height in a column of 300 points.
const LONG: &str = "Arbetsgruppen har tagit fram ett underlag om väntetider som redovisas för styrgruppen i juni och \
    som sedan går ut på remiss till alla tre regionerna med svar senast i september samma år. Projektledaren återkommer \
    med en sammanställning, och processtödet bjuder in till ett möte där alla verksamhetschefer kan ställa frågor. \
    Därefter bereds ärendet i kunskapsrådet, som beslutar om hur arbetet ska gå vidare och vem som ansvarar för det.";

#[test]
fn lights_over_rows_that_their_text_has_made_higher() {
    // The file says 20 points a row; set, each takes several times that. The lights stand 4 points below the upper
    // edges of the rows as they are shown.
    let row = || (20, cells(&["Vård", "Möte", LONG, ""]));
    let rows: Vec<(i32, String)> = (0..3).map(|_| row()).collect();
    let light = |n: i32, fill: &str| ellipse((730, 60 + 20 + 4 + n * 105, 12, 12), fill);
    let shapes = plan_table(&rows) + &light(0, GREEN) + &light(2, RED);
    let document = Deck::new([Slide::new(&shapes)]).read();
    let lights: Vec<String> =
        lines(&document)[2..5].iter().map(|row| row.rsplit(" | ").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(lights, ["(00b050)", "", "(ff0000)"]);
}

#[test]
fn a_light_whose_row_cannot_be_known_is_a_warning_and_no_guess() {
    let rows = [(20, cells(&["Vård", "Möte", LONG, ""])), (20, cells(&["Annat", "Möte", "kort", ""]))];
    let shapes = plan_table(&rows) + &ellipse((730, 109, 12, 12), RED);
    let plan = plan(convert(&Deck::new([Slide::new(&shapes)]).bytes(), "x.pptx"));
    assert!(plan.items().all(|item| item.status.lights.is_empty()));
    assert!(plan.reading.warnings.iter().any(|warning| warning.code == WarningCode::LightOutsideTable));
}

#[test]
fn text_over_a_cell_belongs_to_it() {
    let shapes = plan_table(&[(60, cells(&["Vård", "Möte", "", ""]))])
        + &ellipse((730, 90, 12, 12), GREEN)
        + &text_box((745, 86, 60, 20), &text(&["(vuxna)"]));
    let lines = lines(&Deck::new([Slide::new(&shapes)]).read());
    assert_eq!(
        lines,
        ["# 1", "Prioriterat område | Aktiviteter | Uppföljning | Status", "Vård | Möte |  | (00b050) / (vuxna)"]
    );
}

#[test]
fn a_slides_own_number_at_its_foot_is_in_no_cell() {
    let numbered = |number: &str| {
        let shapes = plan_table(&[(450, cells(&["Vård", "Möte", "", "Vilande"]))])
            + &text_box((745, 510, 40, 20), &text(&[number]));
        lines(&Deck::new([Slide::new(&shapes)]).read())
    };
    let heading = "Prioriterat område | Aktiviteter | Uppföljning | Status";
    assert_eq!(numbered("1"), ["# 1", heading, "Vård | Möte |  | Vilande", "# Footer", "1"]);
    // Another number is text as any other.
    assert_eq!(numbered("7"), ["# 1", heading, "Vård | Möte |  | Vilande / 7"]);
}

#[test]
fn what_a_slide_before_has_at_its_foot_is_in_no_cell() {
    let foot = text_box((20, 510, 180, 20), &text(&["Region Syd"]));
    let first = text_box((50, 50, 300, 40), &text(&["ett"])) + &foot;
    let second = plan_table(&[(450, cells(&["Vård", "Möte", "", "Vilande"]))]) + &foot;
    let heading = "Prioriterat område | Aktiviteter | Uppföljning | Status";
    assert_eq!(
        lines(&Deck::new([Slide::new(&first), Slide::new(&second)]).read()),
        ["# 1", "ett", "# 2", heading, "Vård | Möte |  | Vilande", "# Footer", "Region Syd"]
    );
}

#[test]
fn notes_and_comments_of_both_kinds() {
    let notes = format!(
        "<p:notes NAMESPACES><p:cSld><p:spTree>{}{}</p:spTree></p:cSld></p:notes>",
        filled("body", 1, &text(&["Säg detta."])),
        filled("sldNum", 2, &text(&["1"]))
    );
    let old =
        r#"<p:cmLst NAMESPACES><p:cm authorId="0" dt="2024-01-02T00:00:00"><p:text>Gammal</p:text></p:cm></p:cmLst>"#;
    let new = r#"<n:cmLst xmlns:n="http://schemas.microsoft.com/office/powerpoint/2018/8/main" NAMESPACES><n:cm id="{1}" authorId="{A}" created="2024-03-04T00:00:00"><n:replyLst><n:reply authorId="{A}" created="2024-03-05"><n:txBody><a:bodyPr/><a:p><a:r><a:t>Svar</a:t></a:r></a:p></n:txBody></n:reply></n:replyLst><n:txBody><a:bodyPr/><a:p><a:r><a:t>Ny</a:t></a:r></a:p></n:txBody></n:cm></n:cmLst>"#;
    let slide = Slide::new(&text_box((50, 50, 100, 40), &text(&["text"])))
        .to("n", "notesSlide", "../notesSlides/n1.xml")
        .to("c", "comments", "../comments/c1.xml")
        .to("d", "comments", "../comments/c2.xml");
    let deck = Deck::new([slide])
        .part("notesSlides/n1.xml", &notes)
        .part("comments/c1.xml", old)
        .part("comments/c2.xml", new)
        .part("commentAuthors.xml", r#"<p:cmAuthorLst NAMESPACES><p:cmAuthor id="0" name="Åsa"/></p:cmAuthorLst>"#)
        .part("authors.xml", r#"<n:authorLst xmlns:n="x"><n:author id="{A}" name="Bo"/></n:authorLst>"#)
        .to("ca", "commentAuthors", "commentAuthors.xml")
        .to("au", "authors", "authors.xml");
    let want = [
        "# 1",
        "text",
        "# Notes",
        "Säg detta.",
        "# comment Åsa 2024-01-02T00:00:00",
        "Gammal",
        "# comment Bo 2024-03-04T00:00:00",
        "Ny",
        "# comment Bo 2024-03-05",
        "Svar",
    ];
    assert_eq!(lines(&deck.read()), want);
}

fn frame(data: &str) -> String {
    format!(
        r#"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="6" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri="x">{data}</a:graphicData></a:graphic></p:graphicFrame>"#,
        xfrm("p", (50, 100, 400, 300))
    )
}

#[test]
fn a_diagram_is_read_in_the_order_of_its_tree() {
    let point = |id: &str, line: &str| {
        format!(r#"<dgm:pt modelId="{id}"><dgm:t><a:bodyPr/><a:p><a:r><a:t>{line}</a:t></a:r></a:p></dgm:t></dgm:pt>"#)
    };
    let link = |from: &str, to: &str, order: u8| format!(r#"<dgm:cxn srcId="{from}" destId="{to}" srcOrd="{order}"/>"#);
    let data = format!(
        r#"<dgm:dataModel NAMESPACES><dgm:ptLst><dgm:pt modelId="0" type="doc"/>{}{}{}{}</dgm:ptLst><dgm:cxnLst>{}{}{}</dgm:cxnLst></dgm:dataModel>"#,
        point("2", "Q2"),
        point("3", "Remiss"),
        point("1", "Q1"),
        point("9", "lös"),
        link("0", "2", 1),
        link("0", "1", 0),
        link("1", "3", 0)
    );
    let slide = Slide::new(&frame(r#"<dgm:relIds r:dm="d"/>"#)).to("d", "diagramData", "../diagrams/data1.xml");
    let deck = Deck::new([slide]).part("diagrams/data1.xml", &data);
    assert_eq!(lines(&deck.read()), ["# 1", "Q1", "- Remiss", "Q2", "lös"]);
}

#[test]
fn a_chart_is_read_as_text_and_told_of() {
    let cache = |name: &str, values: &[&str]| {
        let points: String = values.iter().map(|value| format!("<c:pt><c:v>{value}</c:v></c:pt>")).collect();
        format!("<c:{name}><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:{name}>")
    };
    let chart = format!(
        r#"<c:chartSpace NAMESPACES><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Väntetid</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser>{}{}{}</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"#,
        cache("tx", &["2024"]),
        cache("cat", &["Kalmar", "Motala"]),
        cache("val", &["12", "7"])
    );
    let slide = Slide::new(&frame(r#"<c:chart r:id="k"/>"#)).to("k", "chart", "../charts/chart1.xml");
    let document = Deck::new([slide]).part("charts/chart1.xml", &chart).read();
    assert_eq!(lines(&document), ["# 1", "Väntetid", "2024: Kalmar 12; Motala 7"]);
    assert_eq!(codes(&document), [WarningCode::Unsupported]);
}

#[test]
fn embedded_objects_and_pictures_are_told_of() {
    let picture = r#"<p:pic><p:nvPicPr><p:cNvPr id="7" name="b" descr="Logga"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:spPr/></p:pic>"#;
    let shapes = frame(r#"<p:oleObj progId="Excel.Sheet.12"/>"#) + picture;
    let document = Deck::new([Slide::new(&shapes)]).read();
    assert_eq!(codes(&document), [WarningCode::Unsupported, WarningCode::Picture]);
}

#[test]
fn of_alternatives_one_is_read() {
    let one = |line: &str| text_box((50, 50, 100, 40), &text(&[line]));
    let shapes = format!(
        r#"<mc:AlternateContent><mc:Choice Requires="new">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"#,
        one("ny"),
        one("gammal")
    );
    assert_eq!(lines(&Deck::new([Slide::new(&shapes)]).read()), ["# 1", "gammal"]);
}

#[test]
fn what_stands_on_every_slide_is_read_once() {
    let slide = |line: &str| {
        let shapes = text_box((50, 50, 300, 40), &text(&[line]))
            + &text_box((50, 510, 300, 20), &text(&["Region Syd"]))
            + &filled("sldNum", 12, &text(&["3"]));
        Slide::new(&shapes)
    };
    let deck =
        Deck::new([slide("ett"), slide("två")]).layout(&text_box((700, 510, 100, 20), &text(&["Arbetsmaterial"])));
    let want = ["# 1", "ett", "# 2", "två", "# Footer", "3", "# Footer", "Arbetsmaterial", "# Footer", "Region Syd"];
    assert_eq!(lines(&deck.read()), want);
}

#[test]
fn a_shape_that_is_switched_off_is_left_over() {
    let hidden = text_box((50, 50, 100, 40), &text(&["av"])).replace(r#"name="Text""#, r#"name="Text" hidden="1""#);
    let document = Deck::new([Slide::new(&hidden)]).read();
    assert_eq!(lines(&document), ["# 1", "# Hidden", "av"]);
}

#[test]
fn a_table_goes_on_over_slides() {
    let row = |name: &str| (30, cells(&[name, "Möte", "240101 Start", "Grön"]));
    let bare = |name: &str| table((20, 60), &[200, 200, 300, 100], &[row(name)]);
    let title = filled("title", 0, &text(&["Handlingsplan 2024 RPO Hud"]));
    let slides = [
        Slide::new(&(title.clone() + &plan_table(&[row("Ett")]))),
        Slide::new(&(title.clone() + &plan_table(&[row("Två")]))),
        Slide::new(&(title + &bare("Tre"))),
        Slide::new(&bare("Fyra")),
    ];
    let plan = plan(convert(&Deck::new(slides).bytes(), "x.pptx"));
    assert_eq!((plan.sections.len(), plan.items().count()), (1, 4));
    assert_eq!(plan.reading.coverage, 1.0);
}

#[test]
fn a_section_title_repeated_on_the_next_slide_opens_no_new_section() {
    let row = |name: &str| (30, cells(&[name, "Möte", "240101 Start", "Grön"]));
    let slide =
        |title: &str, name: &str| Slide::new(&(filled("title", 0, &text(&[title])) + &plan_table(&[row(name)])));
    let first = Slide::new(&filled("title", 0, &text(&["Handlingsplan 2024 RPO Hud"])));
    let slides = [first, slide("Regionala områden", "Ett"), slide("Regionala områden forts.", "Två")];
    let plan = plan(convert(&Deck::new(slides).bytes(), "x.pptx"));
    assert_eq!((plan.sections.len(), plan.items().count()), (1, 2));
    assert_eq!(plan.sections[0].title.as_deref(), Some("Regionala områden"));
}

#[test]
fn a_row_goes_on_over_slides() {
    let first = [(30, cells(&["Vård", "Möte", "240101 Start", "Grön"]))];
    let blank = [(30, cells(&["", "", "240301 Mer", ""]))];
    let again = [(30, cells(&["Vård (forts.)", "", "240501 Slut", ""])), (30, cells(&["Annat", "", "", ""]))];
    let slides = [&first[..], &blank[..], &again[..]].map(|rows| Slide::new(&plan_table(rows)));
    let plan = plan(convert(&Deck::new(slides).bytes(), "x.pptx"));
    let entries: Vec<usize> = plan.items().map(|item| item.follow_up.len()).collect();
    assert_eq!(entries, [3, 0]);
    assert_eq!(plan.reading.coverage, 1.0);
}

#[test]
fn a_damaged_slide_is_told_of_and_the_rest_is_read() {
    let slide = |line: &str| Slide::new(&text_box((50, 50, 100, 40), &text(&[line])));
    let document = Deck::new([slide("ett"), slide("</p:oj>")]).read();
    assert_eq!(lines(&document), ["# 1", "ett", "# 2"]);
    assert_eq!(codes(&document), [WarningCode::UnreadablePart]);
}

#[test]
fn too_many_slides_or_cells_are_refused() {
    let deck = || Deck::new([Slide::new(&plan_table(&[])), Slide::new("")]).bytes();
    for limits in [Limits { pages: 1, ..Limits::default() }, Limits { cells: 3, ..Limits::default() }] {
        let refused = pptx::read(&deck(), &ReadOptions { limits, ..ReadOptions::default() });
        assert!(matches!(refused, Err(ReadError::TooLarge { .. })), "{refused:?}");
    }
}

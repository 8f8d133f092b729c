//! The standard plan as a Word document with tags: page, styles, tables. Swedish is its content.

use docx_rs::*;

/// Caption and description of the tables, in order: what a screen reader says before it reads them.
pub(crate) const TABLES: [(&str, &str); 2] = [
    (
        "Handlingsplan med fem kolumner",
        "En rad för varje insatsområde eller uppdrag: område, prioriterat område, aktiviteter, uppföljning och status.",
    ),
    (
        "Handlingsplan med fyra kolumner",
        "En rad för varje prioriterat område: prioriterat område, aktiviteter, uppföljning och status.",
    ),
];

const FONT: &str = "Arial";
/// Dark blue, for headings: 12:1 on white, 10:1 on the heading rows.
const DARK: &str = "1F3864";
const HEADING_FILL: &str = "DCE6F2";
const GREY: &str = "595959";
const LINE: &str = "A6B4C8";

/// A4 on its side, and what the margins leave of it, in twentieths of a point.
const PAGE: (u32, u32) = (16838, 11906);
const MARGIN: i32 = 1021;
const FIVE: [usize; 6] = [2020, 2284, 2811, 3914, 1967, 1800];
const FOUR: [usize; 5] = [2811, 3338, 4792, 2055, 1800];
const WIDTH: usize = 14796;

/// The whole document.
pub(crate) fn plan() -> Docx {
    let docx = styles(Docx::new())
        .page_size(PAGE.0, PAGE.1)
        .page_orient(PageOrientationType::Landscape)
        .page_margin(PageMargin {
            top: 1247,
            left: MARGIN,
            bottom: 1021,
            right: MARGIN,
            header: 567,
            footer: 454,
            gutter: 0,
        })
        .header(Header::new().add_paragraph(text("Header", "{{ region }}")))
        .footer(Footer::new().add_paragraph(page_numbers()))
        .add_abstract_numbering(bullets())
        // Word takes the number 1 for its own.
        .add_numbering(Numbering::new(2, 2));
    let docx = shown_if(docx, "group", text("Title", "{{ group }}"));
    let docx = shown_if(docx, "title", text("Heading1", "{{ title }}"));
    let docx = shown_if(docx, "updated", text("Updated", "{{ updated.text }}"));
    let docx = docx
        .add_paragraph(tag("{% for section in sections %}"))
        .add_paragraph(tag("{% if section.title %}"))
        .add_paragraph(text("Heading2", "{{ section.title }}"))
        .add_paragraph(tag("{% endif %}"))
        .add_paragraph(tag("{% if section.has_area %}"))
        .add_table(table(&FIVE, true))
        .add_paragraph(tag("{% else %}"))
        .add_table(table(&FOUR, false))
        .add_paragraph(tag("{% endif %}"))
        .add_paragraph(text("AfterTable", ""))
        .add_paragraph(tag("{% endfor %}"));
    let docx = page(docx, "results", "Resultat");
    let docx = page(docx, "challenges", "Utmaningar");
    let docx = page(docx, "promises", "Patientlöften");
    let docx = page(docx, "instructions", "Instruktioner");
    docx.add_paragraph(tag("{% for part in other %}"))
        .add_paragraph(text("Heading2", "{{ part.heading or \"Övrigt\" }}"))
        .add_paragraph(text("Normal", "{{ part.blocks }}"))
        .add_paragraph(tag("{% endfor %}"))
}

fn shown_if(docx: Docx, field: &str, paragraph: Paragraph) -> Docx {
    docx.add_paragraph(tag(&format!("{{% if {field} %}}"))).add_paragraph(paragraph).add_paragraph(tag("{% endif %}"))
}

/// A heading with its text, where the plan has it.
fn page(docx: Docx, field: &str, heading: &str) -> Docx {
    docx.add_paragraph(tag(&format!("{{% if {field} %}}")))
        .add_paragraph(text("Heading2", heading))
        .add_paragraph(text("Normal", &format!("{{{{ {field} }}}}")))
        .add_paragraph(tag("{% endif %}"))
}

fn text(style: &str, text: &str) -> Paragraph {
    let paragraph = Paragraph::new();
    let paragraph = if style == "Normal" { paragraph } else { paragraph.style(style) };
    if text.is_empty() { paragraph } else { paragraph.add_run(Run::new().add_text(text)) }
}

/// A line of the template that stands for its tags and leaves nothing on the page.
fn tag(tags: &str) -> Paragraph {
    text("TemplateTag", tags)
}

/// Sida 1 av 3.
fn page_numbers() -> Paragraph {
    let field = |code| {
        let run = || Run::new();
        [
            run().add_field_char(FieldCharType::Begin, false),
            run().add_instr_text(code),
            run().add_field_char(FieldCharType::Separate, false),
            run().add_text("1"),
            run().add_field_char(FieldCharType::End, false),
        ]
    };
    let mut paragraph = Paragraph::new().style("Footer").add_run(Run::new().add_text("Sida "));
    for run in field(InstrText::PAGE(InstrPAGE::new())) {
        paragraph = paragraph.add_run(run);
    }
    paragraph = paragraph.add_run(Run::new().add_text(" av "));
    for run in field(InstrText::NUMPAGES(InstrNUMPAGES::new())) {
        paragraph = paragraph.add_run(run);
    }
    paragraph
}

fn table(widths: &[usize], with_area: bool) -> Table {
    let area = "{{ section.columns.area or (\"Uppdrag\" if section.kind == \"assignment\" else \"Nationellt insatsområde\") }}";
    let headings = [
        area,
        "{{ section.columns.priority or \"Prioriterat område\" }}",
        "{{ section.columns.activities or \"Aktiviteter\" }}",
        "{{ section.columns.follow_up or \"Uppföljning\" }}",
        "{{ section.columns.status or \"Status\" }}",
        "{{ section.own_columns }}",
    ];
    let fields = [
        "{{ item.area }}",
        "{{ item.priority }}",
        "{{ item.activities }}",
        "{{ item.follow_up }}",
        "{{ item.status }}",
        "{{ item.own_columns }}",
    ];
    let skip = usize::from(!with_area);
    let row = |texts: &[&str], style: &str, fill: Option<&str>| {
        let cells = texts.iter().zip(widths).map(|(content, &width)| {
            let cell = TableCell::new().width(width, WidthType::Dxa).add_paragraph(text(style, content));
            match fill {
                Some(fill) => cell.shading(Shading::new().shd_type(ShdType::Clear).color("auto").fill(fill)),
                None => cell,
            }
        });
        TableRow::new(cells.collect())
    };
    let tags = |tags: &str| {
        let cell = TableCell::new().width(WIDTH, WidthType::Dxa).grid_span(widths.len()).add_paragraph(tag(tags));
        TableRow::new(vec![cell])
    };
    Table::new(vec![
        row(&headings[skip..], "TableHeading", Some(HEADING_FILL)).cant_split(),
        tags("{% for item in section.items %}"),
        row(&fields[skip..], "TableText", None),
        tags("{% endfor %}"),
    ])
    .style("PlanTable")
    .layout(TableLayoutType::Fixed)
    .width(WIDTH, WidthType::Dxa)
    .set_grid(widths.to_vec())
}

fn bullets() -> AbstractNumbering {
    let signs = ["•", "–", "◦"];
    (0..9).fold(AbstractNumbering::new(2), |list, level| {
        let depth = i32::try_from(level).unwrap_or_default();
        let sign = LevelText::new(signs[level % signs.len()]);
        let mut item = Level::new(level, Start::new(1), NumberFormat::new("bullet"), sign, LevelJc::new("left"))
            .indent(Some(227 * (depth + 1)), Some(SpecialIndentType::Hanging(227)), None, None)
            .fonts(fonts());
        if level == 0 {
            item = item.paragraph_style("ListBullet");
        }
        list.add_level(item)
    })
}

fn fonts() -> RunFonts {
    RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT)
}

fn spacing(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after).line(259).line_rule(LineSpacingType::Auto)
}

fn styles(docx: Docx) -> Docx {
    let paragraph = |id: &str, name: &str, based_on: &str| {
        Style::new(id, StyleType::Paragraph).name(name).based_on(based_on).q_format(true)
    };
    let character = |id: &str, name: &str| Style::new(id, StyleType::Character).name(name).ui_priority(99);
    let docx = docx
        .default_fonts(fonts())
        .default_size(20)
        .default_line_spacing(spacing(0, 100))
        .add_style(
            Style::new("DefaultParagraphFont", StyleType::Character)
                .name("Default Paragraph Font")
                .ui_priority(1)
                .semi_hidden(),
        )
        .add_style(heading("Title", "Title", 40).ui_priority(10).line_spacing(spacing(0, 60)))
        .add_style(heading("Heading1", "heading 1", 26).ui_priority(9).outline_lvl(0).line_spacing(spacing(60, 140)))
        .add_style(heading("Heading2", "heading 2", 24).ui_priority(9).outline_lvl(1).line_spacing(spacing(280, 100)))
        .add_style(heading("Heading3", "heading 3", 21).ui_priority(9).outline_lvl(2).line_spacing(spacing(200, 60)));
    docx.add_style(paragraph("Updated", "Uppdaterad", "Normal").color(GREY).line_spacing(spacing(0, 200)))
        .add_style(paragraph("TableText", "Tabelltext", "Normal").size(18).line_spacing(spacing(0, 60)))
        .add_style(
            paragraph("TableHeading", "Tabellrubrik", "TableText").bold().color(DARK).line_spacing(spacing(20, 60)),
        )
        .add_style(paragraph("AfterTable", "Efter tabell", "Normal").size(12).line_spacing(spacing(0, 120)))
        .add_style(paragraph("ListBullet", "List Bullet", "Normal").line_spacing(spacing(0, 60)))
        .add_style(paragraph("Header", "header", "Normal").size(17).color(GREY).line_spacing(spacing(0, 0)))
        .add_style(
            paragraph("Footer", "footer", "Normal")
                .size(17)
                .color(GREY)
                .align(AlignmentType::Right)
                .line_spacing(spacing(0, 0)),
        )
        .add_style(paragraph("TemplateTag", "Malltagg", "Normal").size(14).color("7A5195").line_spacing(spacing(0, 0)))
        .add_style(character("Hyperlink", "Hyperlink").color("0B57A4").underline("single"))
        .add_style(character("EntryDate", "Datum i uppföljning").bold().color(DARK))
        .add_style(Style::new("TableNormal", StyleType::Table).name("Normal Table").ui_priority(99).semi_hidden())
        .add_style(plan_table())
}

fn heading(id: &str, name: &str, size: usize) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on("Normal")
        .next("Normal")
        .q_format(true)
        .bold()
        .size(size)
        .color(DARK)
}

fn plan_table() -> Style {
    let border = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color(LINE);
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::with_empty(), |borders, position| borders.set(border(position)));
    Style::new("PlanTable", StyleType::Table)
        .name("Plantabell")
        .based_on("TableNormal")
        .ui_priority(59)
        .set_borders(borders)
        .margins(TableCellMargins::new().margin(70, 100, 40, 100))
}

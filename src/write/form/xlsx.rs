//! The form in Excel: the rows on one sheet, the meeting's day and the instructions on another.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions,
    Workbook, Worksheet, XlsxError,
};

use super::{EMPTY_ROWS, Form, WORDS, WriteError};

/// The columns' widths, in characters.
const WIDTHS: [f64; 5] = [16.0, 34.0, 50.0, 62.0, 18.0];
/// A paper size's number in Excel: A4.
const A4: u8 = 9;
/// More than Excel takes in one cell is cut.
const LONGEST: usize = 32_000;

pub(super) fn write(form: &Form) -> Result<Vec<u8>, WriteError> {
    build(form).map_err(|error| WriteError::Pack(Box::new(error)))
}

fn build(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(
        u16::try_from(form.meeting.year()).unwrap_or(2000),
        u8::try_from(form.meeting.month()).unwrap_or(1),
        u8::try_from(form.meeting.day()).unwrap_or(1),
    )?;
    // The file's own times would differ from run to run.
    let properties = DocProperties::new()
        .set_title(format!("{}, {}", form.title, form.meeting))
        .set_author("handlingsplan")
        .set_creation_datetime(&day)
        .set_custom_property(WORDS.meeting.clone(), form.meeting.to_string());
    book.set_properties(&properties);
    let sheet = book.add_worksheet();
    sheet.set_name(format!("{} {}", WORDS.sheet, form.meeting))?;
    rows(sheet, form)?;
    let guide = book.add_worksheet();
    guide.set_name(WORDS.guide.as_str())?;
    instructions(guide, form, &day)?;
    book.save_to_buffer()
}

fn base() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00C8_CDD3))
}

fn rows(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    let heading = base().set_bold().set_background_color(Color::RGB(0x0000_4B87)).set_font_color(Color::White);
    let locked = base().set_background_color(Color::RGB(0x00F2_F4F6));
    let id = locked.clone().set_font_size(8.0).set_font_color(Color::RGB(0x0060_6A73)).set_num_format("@");
    let shown = locked.clone().set_num_format("@");
    // Written as text, so that "240918" and "=…" stay as they are written.
    let open = base().set_unlocked().set_num_format("@");
    for (column, (width, name)) in (0_u16..).zip(WIDTHS.iter().zip(&WORDS.columns)) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, name, &heading)?;
    }
    let mut last = 0;
    // Rows have no height of their own, so that they grow with what is written in them.
    for (row, item) in (1_u32..).zip(&form.rows) {
        sheet.write_string_with_format(row, 0, cut(item.id.as_str()), &id)?;
        sheet.write_string_with_format(row, 1, cut(&item.area), &shown)?;
        sheet.write_string_with_format(row, 2, cut(&item.last), &shown)?;
        sheet.write_blank(row, 3, &open)?;
        sheet.write_blank(row, 4, &open)?;
        last = row;
    }
    let new = last + 1..=last + u32::try_from(EMPTY_ROWS).unwrap_or(0);
    for row in new {
        sheet.write_blank(row, 0, &id)?;
        sheet.write_blank(row, 2, &locked)?;
        for column in [1, 3, 4] {
            sheet.write_blank(row, column, &open)?;
        }
        last = row;
    }
    let statuses = DataValidation::new()
        .allow_list_strings(&WORDS.statuses)?
        .ignore_blank(true)
        // Other words than the list's are welcome.
        .show_error_message(false)
        .set_input_title(WORDS.columns[4].as_str())?
        .set_input_message("Välj i listan eller skriv egna ord. Tomt lämnar statusen som den är.")?;
    sheet.add_data_validation(1, 4, last, 4, &statuses)?;
    sheet.autofilter(0, 0, last, 4)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    print(sheet, form);
    sheet.set_print_area(0, 0, last, 4)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_selection(1, 3, 1, 3)?;
    Ok(())
}

fn instructions(sheet: &mut Worksheet, form: &Form, day: &ExcelDateTime) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14.0);
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let date = base().set_unlocked().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 20.0)?;
    sheet.set_column_width(1, 100.0)?;
    sheet.write_string_with_format(0, 0, cut(&form.title), &title)?;
    sheet.write_string_with_format(2, 0, &WORDS.meeting, &label)?;
    sheet.write_datetime_with_format(2, 1, day, &date)?;
    for (row, line) in (4_u32..).zip(WORDS.instructions.iter().chain(&WORDS.excel)) {
        sheet.write_string_with_format(row, 1, line, &text)?;
    }
    sheet.protect_with_options(&ProtectionOptions { format_columns: true, ..ProtectionOptions::new() });
    print(sheet, form);
    Ok(())
}

/// One page wide on a lying A4, with the plan above and the page's number below.
fn print(sheet: &mut Worksheet, form: &Form) {
    // An ampersand begins a code in Excel's headers; 255 characters is their limit.
    let title: String = form.title.replace('&', "&&").chars().take(150).collect();
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{title}&R{} {}", WORDS.meeting, form.meeting));
    sheet.set_footer("&RSida &P av &N");
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

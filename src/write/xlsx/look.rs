//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Light;

const LINE: u32 = 0x00A6_B4C8;
const DARK: u32 = 0x001F_3864;
const HEADING_FILL: u32 = 0x00DC_E6F2;
const GREY: u32 = 0x0059_5959;
const SIZE: f64 = 10.0;

/// The looks of the sheets' cells.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) quiet: Format,
    pub(super) plain: Format,
    pub(super) section: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) date: Format,
    pub(super) number: Format,
    pub(super) free: Format,
    pub(super) free_heading: Format,
}

fn base() -> Format {
    Format::new().set_font_name("Calibri").set_font_size(SIZE).set_align(FormatAlign::Top)
}

fn framed() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE)).set_text_wrap()
}

impl Default for Looks {
    fn default() -> Self {
        let dark = |format: Format| format.set_font_color(Color::RGB(DARK));
        Self {
            title: dark(base().set_font_size(18).set_bold()),
            quiet: base().set_font_color(Color::RGB(GREY)),
            plain: base().set_font_size(12),
            section: dark(base().set_font_size(13).set_bold().set_align(FormatAlign::Left)),
            heading: dark(framed().set_bold().set_background_color(Color::RGB(HEADING_FILL))),
            text: framed(),
            date: framed().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            number: framed().set_align(FormatAlign::Left),
            free: base().set_text_wrap(),
            free_heading: dark(base().set_font_size(13).set_bold().set_text_wrap()),
        }
    }
}

/// A cell's look with a light's fill, pale enough for black text on it.
pub(super) fn filled(look: &Format, light: Light) -> Format {
    let fill = match light {
        Light::Green => 0x00A9_D99B,
        Light::Yellow => 0x00FF_E06B,
        Light::Red => 0x00FF_9C9C,
        Light::Closed => 0x00E3_E3E3,
    };
    look.clone().set_background_color(Color::RGB(fill))
}

/// The colour of a light's sign inside a text.
pub(super) fn sign(light: Light) -> Format {
    let colour = match light {
        Light::Green => 0x001B_7F3A,
        Light::Yellow => 0x00D9_9C00,
        Light::Red => 0x00C0_0020,
        Light::Closed => GREY,
    };
    run(false, false).set_font_color(Color::RGB(colour))
}

/// A stretch of text.
pub(super) fn run(bold: bool, italic: bool) -> Format {
    let look = Format::new().set_font_name("Calibri").set_font_size(SIZE);
    let look = if bold { look.set_bold() } else { look };
    if italic { look.set_italic() } else { look }
}

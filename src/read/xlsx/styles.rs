//! How the cells of an .xlsx file look: `xl/styles.xml` with its theme and palette.

use super::number::{Format, built_in};
use super::package::Package;
use super::rules::RuleLook;
use super::text::Look;
use super::xml::Element;
use crate::page::Rgb;
use crate::read::ReadError;

/// The look of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct CellStyle {
    pub(super) look: Look,
    pub(super) fill: Option<Rgb>,
    pub(super) format: Format,
}

/// The looks that cells, rules and runs refer to by number.
#[derive(Default)]
pub(super) struct Styles {
    cells: Vec<CellStyle>,
    /// The looks of rules.
    pub(super) rules: Vec<RuleLook>,
    pub(super) colours: Colours,
}

impl Styles {
    /// Reads the parts that are there.
    pub(super) fn read(package: &Package<'_>, styles: Option<&str>, theme: Option<&str>) -> Result<Self, ReadError> {
        let theme = match theme {
            Some(part) => package.tree(part)?,
            None => None,
        };
        let Some(part) = styles else { return Ok(Self::default()) };
        let Some(tree) = package.tree(part)? else { return Ok(Self::default()) };
        let colours = Colours::read(theme.as_ref(), &tree);
        let list =
            |group: &str| tree.child(group).map(|group| group.children().collect::<Vec<_>>()).unwrap_or_default();
        let codes: Vec<(u32, Format)> = list("numFmts")
            .into_iter()
            .filter_map(|format| Some((format.number("numFmtId")?, Format::parse(format.attribute("formatCode")?))))
            .collect();
        let fonts: Vec<Look> = list("fonts").into_iter().map(|font| colours.look(font)).collect();
        let fills: Vec<Option<Rgb>> = list("fills").into_iter().map(|fill| colours.fill(fill, false)).collect();
        let cell = |xf: &Element| {
            let index = |name: &str| xf.number::<usize>(name).unwrap_or(0);
            let format = xf.number::<u32>("numFmtId").unwrap_or(0);
            CellStyle {
                look: fonts.get(index("fontId")).copied().unwrap_or_default(),
                fill: fills.get(index("fillId")).copied().flatten(),
                format: codes
                    .iter()
                    .find(|(id, _)| *id == format)
                    .map_or_else(|| built_in(format), |(_, format)| format.clone()),
            }
        };
        let cells = list("cellXfs").into_iter().map(cell).collect();
        let rules = list("dxfs").into_iter().map(|dxf| colours.rule_look(dxf)).collect();
        Ok(Self { cells, rules, colours })
    }

    /// A cell's look by its number.
    pub(super) fn cell(&self, index: usize) -> Option<&CellStyle> {
        self.cells.get(index)
    }
}

/// The theme's colours and the palette of old files.
pub(super) struct Colours {
    theme: Vec<Option<Rgb>>,
    palette: Vec<Rgb>,
}

impl Default for Colours {
    fn default() -> Self {
        Self { theme: OFFICE.iter().map(|&rgb| Some(hex(rgb))).collect(), palette: palette() }
    }
}

/// The theme of a file that names none: light 1, dark 1, light 2, dark 2, accents, links.
const OFFICE: [u32; 12] = [
    0xFFFFFF, 0x000000, 0xE7E6E6, 0x44546A, 0x4472C4, 0xED7D31, 0xA5A5A5, 0xFFC000, 0x5B9BD5, 0x70AD47, 0x0563C1,
    0x954F72,
];

/// Excel's palette: numbers 8 to 63 (0 to 7 repeat the first eight).
const PALETTE: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080,
    0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080,
    0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF,
    0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00,
    0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399,
    0x333333,
];

fn hex(rgb: u32) -> Rgb {
    let [_, r, g, b] = rgb.to_be_bytes();
    Rgb::new(r, g, b)
}

/// The palette by number, 0 to 63.
pub(super) fn palette() -> Vec<Rgb> {
    PALETTE[..8].iter().chain(&PALETTE).map(|&rgb| hex(rgb)).collect()
}

impl Colours {
    fn read(theme: Option<&Element>, styles: &Element) -> Self {
        let mut colours = Self::default();
        if let Some(scheme) = theme.and_then(|theme| theme.path(&["themeElements", "clrScheme"])) {
            // Cells number light before dark, the theme has dark before light.
            for (index, name) in [
                "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
                "folHlink",
            ]
            .into_iter()
            .enumerate()
            {
                let colour = scheme.child(name).and_then(|colour| colour.children().next());
                if let Some(colour) = colour.and_then(|c| c.attribute("lastClr").or_else(|| c.attribute("val"))) {
                    colours.theme[index] = Rgb::from_hex(colour);
                }
            }
        }
        if let Some(indexed) = styles.path(&["colors", "indexedColors"]) {
            for (index, colour) in indexed.all("rgbColor").enumerate() {
                if let (Some(slot), Some(rgb)) =
                    (colours.palette.get_mut(index), colour.attribute("rgb").and_then(argb))
                {
                    *slot = rgb;
                }
            }
        }
        colours
    }

    /// A colour element; none for "automatic".
    pub(super) fn colour(&self, element: &Element) -> Option<Rgb> {
        let base = if let Some(rgb) = element.attribute("rgb") {
            argb(rgb)?
        } else if let Some(index) = element.number::<usize>("theme") {
            self.theme.get(index).copied().flatten()?
        } else {
            *self.palette.get(element.number::<usize>("indexed")?)?
        };
        Some(tint(base, element.number::<f32>("tint").unwrap_or(0.0)))
    }

    /// A colour of the theme by its name.
    pub(super) fn scheme(&self, name: &str) -> Option<Rgb> {
        let index = match name {
            "lt1" | "bg1" => 0,
            "dk1" | "tx1" => 1,
            "lt2" | "bg2" => 2,
            "dk2" | "tx2" => 3,
            "hlink" => 10,
            "folHlink" => 11,
            accent => {
                3 + accent.strip_prefix("accent")?.parse::<usize>().ok().filter(|number| (1..=6).contains(number))?
            }
        };
        self.theme.get(index).copied().flatten()
    }

    /// A font's look. Black is the ordinary colour.
    pub(super) fn look(&self, font: &Element) -> Look {
        let on = |name: &str| font.child(name).is_some_and(|flag| flag.flag("val").unwrap_or(true));
        let colour = font.child("color").and_then(|colour| self.colour(colour)).filter(|&colour| colour != Rgb::BLACK);
        Look { bold: on("b"), italic: on("i"), colour }
    }

    /// What a rule changes (`dxf`).
    pub(super) fn rule_look(&self, dxf: &Element) -> RuleLook {
        RuleLook {
            fill: dxf.child("fill").map(|fill| self.fill(fill, true)),
            ink: dxf.path(&["font", "color"]).and_then(|colour| self.colour(colour)),
        }
    }

    /// A fill's colour. Rules write a solid fill's colour in the background.
    fn fill(&self, fill: &Element, of_rule: bool) -> Option<Rgb> {
        if let Some(gradient) = fill.child("gradientFill") {
            return self.colour(gradient.all("stop").last()?.child("color")?);
        }
        let pattern = fill.child("patternFill")?;
        let kind = pattern.attribute("patternType");
        if kind.is_some_and(|kind| kind == "none" || kind.starts_with("gray")) || (kind.is_none() && !of_rule) {
            return None;
        }
        let colour = |name: &str| pattern.child(name).and_then(|colour| self.colour(colour));
        let shown = if of_rule { colour("bgColor").or_else(|| colour("fgColor")) } else { colour("fgColor") };
        shown.filter(|&colour| colour != Rgb::WHITE)
    }
}

/// From `AARRGGBB`, or `RRGGBB` of careless programs.
fn argb(text: &str) -> Option<Rgb> {
    let rgb = if text.len() == 8 { text.get(2..)? } else { text };
    Rgb::from_hex(rgb)
}

/// Lighter (above 0) or darker (below 0), in HSL as Excel does.
fn tint(colour: Rgb, tint: f32) -> Rgb {
    if tint == 0.0 || !tint.is_finite() {
        return colour;
    }
    let tint = tint.clamp(-1.0, 1.0);
    let (hue, saturation, lightness) = colour.hsl();
    let lightness = if tint < 0.0 { lightness * (1.0 + tint) } else { lightness + (1.0 - lightness) * tint };
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let second = chroma * (1.0 - ((hue / 60.0) % 2.0 - 1.0).abs());
    let (r, g, b) = match (hue / 60.0) as u8 {
        0 => (chroma, second, 0.0),
        1 => (second, chroma, 0.0),
        2 => (0.0, chroma, second),
        3 => (0.0, second, chroma),
        4 => (second, 0.0, chroma),
        _ => (chroma, 0.0, second),
    };
    let [r, g, b] = [r, g, b].map(|c| ((c + lightness - chroma / 2.0) * 255.0).round().clamp(0.0, 255.0) as u8);
    Rgb::new(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tints_lighten_and_darken() {
        assert_eq!(tint(Rgb::BLACK, 0.5), Rgb::new(128, 128, 128));
        assert_eq!(tint(Rgb::new(0, 176, 80), 0.0), Rgb::new(0, 176, 80));
        assert_eq!(tint(hex(0x4472C4), 0.7999), hex(0xDAE3F3));
        assert_eq!(tint(hex(0x70AD47), -0.25), hex(0x548235));
    }

    #[test]
    fn the_palette_of_old_files() {
        let palette = palette();
        assert_eq!(
            (palette.len(), palette[10], palette[50], palette[2]),
            (64, hex(0xFF0000), hex(0x99CC00), hex(0xFF0000))
        );
    }
}

//! Colours as Office writes them: by value, by name, by place in the theme, with changes on top.

use crate::page::Rgb;

use super::{Element, Ns, Tree};

/// The colours of a theme.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    values: [Rgb; 12],
    /// Which of the first four the names bg1, tx1, bg2 and tx2 mean where a slide's master says otherwise.
    swapped: Option<[usize; 4]>,
}

/// The names that a colour map gives a meaning.
const MAPPED: [&str; 4] = ["bg1", "tx1", "bg2", "tx2"];

/// The names of the theme's colours, in their order: those of DrawingML and those of WordprocessingML.
const SLOTS: [&[&str]; 12] = [
    &["dk1", "tx1", "dark1", "text1"],
    &["lt1", "bg1", "light1", "background1"],
    &["dk2", "tx2", "dark2", "text2"],
    &["lt2", "bg2", "light2", "background2"],
    &["accent1"],
    &["accent2"],
    &["accent3"],
    &["accent4"],
    &["accent5"],
    &["accent6"],
    &["hlink", "hyperlink"],
    &["folHlink", "followedHyperlink"],
];

impl Default for Theme {
    /// Office's own theme, which a file without one is shown with.
    fn default() -> Self {
        let values = [
            0x00_0000, 0xff_ffff, 0x44_546a, 0xe7_e6e6, 0x44_72c4, 0xed_7d31, 0xa5_a5a5, 0xff_c000, 0x5b_9bd5,
            0x70_ad47, 0x05_63c1, 0x95_4f72,
        ];
        Self { values: values.map(rgb), swapped: None }
    }
}

impl Theme {
    /// The theme of a parsed theme part.
    pub(crate) fn read(tree: &Tree<'_>) -> Self {
        let mut theme = Self::default();
        let elements = tree.root().and_then(|root| root.child(Ns::A, "themeElements"));
        let scheme = elements.and_then(|elements| elements.child(Ns::A, "clrScheme"));
        for colour in scheme.into_iter().flat_map(Element::children) {
            let Some(slot) = slot(colour.local()) else { continue };
            if let Some(value) = drawing_colour(colour, &Self::default(), None) {
                theme.values[slot] = value;
            }
        }
        theme
    }

    /// The colour of that name.
    pub(crate) fn colour(&self, name: &str) -> Option<Rgb> {
        let slot = slot(name)?;
        let place = MAPPED.iter().position(|mapped| *mapped == name);
        let swapped = self.swapped.zip(place).map(|(swapped, place)| swapped[place]);
        Some(self.values[swapped.unwrap_or(slot)])
    }

    /// The theme as a colour map (`p:clrMap`, `a:overrideClrMapping`) of a slide or its master shows it.
    #[must_use]
    pub(crate) fn mapped(&self, map: Element<'_>) -> Self {
        let mut theme = self.clone();
        let mut swapped = [1, 0, 3, 2];
        for (place, name) in MAPPED.iter().enumerate() {
            if let Some(slot) = map.attribute(Ns::None, name).and_then(slot) {
                swapped[place] = slot;
            }
        }
        // Accents and links are mapped too, and mean nothing but their new places.
        for (value, names) in theme.values.iter_mut().zip(SLOTS).skip(4) {
            if let Some(to) = map.attribute(Ns::None, names[0]).and_then(slot) {
                *value = self.values[to];
            }
        }
        theme.swapped = Some(swapped);
        theme
    }
}

fn slot(name: &str) -> Option<usize> {
    SLOTS.iter().position(|names| names.contains(&name))
}

fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    Rgb::new(r, g, b)
}

/// The colour that stands in an element of DrawingML (`a:solidFill`, a gradient's stop, a theme's slot);
/// `own` is what `phClr` stands for. None where there is none or where it cannot be seen through.
pub(crate) fn drawing_colour(parent: Element<'_>, theme: &Theme, own: Option<Rgb>) -> Option<Rgb> {
    let number = |element: Element<'_>, name| -> Option<f32> { percentage(element.attribute(Ns::None, name)?) };
    parent.children().filter(|element| element.ns() == Ns::A).find_map(|element| {
        let value = || element.attribute(Ns::None, "val");
        let base = match element.local() {
            "srgbClr" => Rgb::from_hex(value()?)?,
            "schemeClr" if value()? == "phClr" => own?,
            "schemeClr" => theme.colour(value()?)?,
            "sysClr" => match element.attribute(Ns::None, "lastClr").and_then(Rgb::from_hex) {
                Some(last) => last,
                None if value()? == "window" => Rgb::WHITE,
                None => Rgb::BLACK,
            },
            "prstClr" => preset_colour(value()?)?,
            "scrgbClr" => {
                let [r, g, b] = [number(element, "r")?, number(element, "g")?, number(element, "b")?].map(from_linear);
                Rgb::new(r, g, b)
            }
            "hslClr" => {
                let hue: f32 = element.attribute(Ns::None, "hue")?.parse().ok()?;
                from_hsl(hue / 60_000.0, number(element, "sat")?, number(element, "lum")?)
            }
            _ => return None,
        };
        changed(base, element)
    })
}

/// `62000` and `62%` are both 0.62.
fn percentage(text: &str) -> Option<f32> {
    match text.strip_suffix('%') {
        Some(text) => text.parse::<f32>().ok().map(|value| value / 100.0),
        None => text.parse::<f32>().ok().map(|value| value / 100_000.0),
    }
}

/// A colour with the changes that stand in its element.
fn changed(mut colour: Rgb, element: Element<'_>) -> Option<Rgb> {
    for change in element.children() {
        let Some(amount) = change.attribute(Ns::None, "val").and_then(percentage) else { continue };
        let (hue, saturation, lightness) = colour.hsl();
        colour = match change.local() {
            "lumMod" => from_hsl(hue, saturation, lightness * amount),
            "lumOff" => from_hsl(hue, saturation, lightness + amount),
            "lum" => from_hsl(hue, saturation, amount),
            "satMod" => from_hsl(hue, saturation * amount, lightness),
            "satOff" => from_hsl(hue, saturation + amount, lightness),
            "sat" => from_hsl(hue, amount, lightness),
            "hueMod" => from_hsl(hue * amount, saturation, lightness),
            // Degrees are counted in 60,000ths, percentages in 1,000ths.
            "hueOff" => from_hsl(hue + amount * 100.0 / 60.0, saturation, lightness),
            "tint" => per_channel(colour, |c| c * amount + (1.0 - amount)),
            "shade" => per_channel(colour, |c| c * amount),
            "alpha" if amount <= 0.01 => return None,
            _ => colour,
        };
    }
    Some(colour)
}

/// Tints and shades are reckoned in linear light.
fn per_channel(colour: Rgb, change: impl Fn(f32) -> f32) -> Rgb {
    let [r, g, b] = [colour.r, colour.g, colour.b].map(|c| from_linear(change(to_linear(c))));
    Rgb::new(r, g, b)
}

fn to_linear(channel: u8) -> f32 {
    let c = f32::from(channel) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn from_linear(c: f32) -> u8 {
    channel(if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255")]
fn channel(c: f32) -> u8 {
    (c.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> Rgb {
    let (saturation, lightness) = (saturation.clamp(0.0, 1.0), lightness.clamp(0.0, 1.0));
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let hue = hue.rem_euclid(360.0) / 60.0;
    let second = chroma * (1.0 - (hue % 2.0 - 1.0).abs());
    let (r, g, b) = match hue {
        h if h < 1.0 => (chroma, second, 0.0),
        h if h < 2.0 => (second, chroma, 0.0),
        h if h < 3.0 => (0.0, chroma, second),
        h if h < 4.0 => (0.0, second, chroma),
        h if h < 5.0 => (second, 0.0, chroma),
        _ => (chroma, 0.0, second),
    };
    let base = lightness - chroma / 2.0;
    Rgb::new(channel(r + base), channel(g + base), channel(b + base))
}

/// Word's own way to change a theme's colour: the lightness times the shade, or moved to white by the tint.
pub(crate) fn shaded(colour: Rgb, tint: Option<u8>, shade: Option<u8>) -> Rgb {
    let (hue, saturation, mut lightness) = colour.hsl();
    if let Some(shade) = shade {
        lightness *= f32::from(shade) / 255.0;
    }
    if let Some(tint) = tint {
        let part = f32::from(tint) / 255.0;
        lightness = lightness * part + (1.0 - part);
    }
    if tint.is_none() && shade.is_none() { colour } else { from_hsl(hue, saturation, lightness) }
}

/// `part` of the one colour over the other.
pub(crate) fn mix(over: Rgb, under: Rgb, part: f32) -> Rgb {
    let blend = |a: u8, b: u8| channel((f32::from(a) * part + f32::from(b) * (1.0 - part)) / 255.0);
    Rgb::new(blend(over.r, under.r), blend(over.g, under.g), blend(over.b, under.b))
}

/// A colour by its name in Word's highlights, VML (HTML's names) or DrawingML (the same in camel case).
pub(crate) fn preset_colour(name: &str) -> Option<Rgb> {
    let mut folded = name.to_ascii_lowercase();
    for (short, long) in [("dk", "dark"), ("lt", "light"), ("med", "medium")] {
        if let Some(rest) = folded.strip_prefix(short)
            && !rest.starts_with("ium")
        {
            folded = format!("{long}{rest}");
        }
    }
    let folded = folded.replace("grey", "gray");
    PRESETS.iter().find(|(known, _)| *known == folded).map(|&(_, value)| rgb(value))
}

const PRESETS: &[(&str, u32)] = &[
    ("black", 0x00_0000),
    ("white", 0xff_ffff),
    ("red", 0xff_0000),
    ("green", 0x00_8000),
    ("blue", 0x00_00ff),
    ("yellow", 0xff_ff00),
    ("cyan", 0x00_ffff),
    ("magenta", 0xff_00ff),
    ("lime", 0x00_ff00),
    ("maroon", 0x80_0000),
    ("olive", 0x80_8000),
    ("navy", 0x00_0080),
    ("purple", 0x80_0080),
    ("teal", 0x00_8080),
    ("aqua", 0x00_ffff),
    ("fuchsia", 0xff_00ff),
    ("silver", 0xc0_c0c0),
    ("gray", 0x80_8080),
    ("orange", 0xff_a500),
    ("orangered", 0xff_4500),
    ("gold", 0xff_d700),
    ("tomato", 0xff_6347),
    ("crimson", 0xdc_143c),
    ("firebrick", 0xb2_2222),
    ("brown", 0xa5_2a2a),
    ("pink", 0xff_c0cb),
    ("coral", 0xff_7f50),
    ("salmon", 0xfa_8072),
    ("khaki", 0xf0_e68c),
    ("forestgreen", 0x22_8b22),
    ("seagreen", 0x2e_8b57),
    ("limegreen", 0x32_cd32),
    ("lawngreen", 0x7c_fc00),
    ("chartreuse", 0x7f_ff00),
    ("springgreen", 0x00_ff7f),
    ("yellowgreen", 0x9a_cd32),
    ("greenyellow", 0xad_ff2f),
    ("lightgreen", 0x90_ee90),
    ("lightyellow", 0xff_ffe0),
    ("lightgray", 0xd3_d3d3),
    ("lightblue", 0xad_d8e6),
    ("skyblue", 0x87_ceeb),
    ("steelblue", 0x46_82b4),
    ("royalblue", 0x41_69e1),
    ("cornflowerblue", 0x64_95ed),
    ("dodgerblue", 0x1e_90ff),
    ("indigo", 0x4b_0082),
    ("violet", 0xee_82ee),
    // Word's highlights have dark colours of their own, half as bright as the pure ones.
    ("darkred", 0x8b_0000),
    ("darkgreen", 0x00_6400),
    ("darkblue", 0x00_008b),
    ("darkyellow", 0x80_8000),
    ("darkcyan", 0x00_8b8b),
    ("darkmagenta", 0x8b_008b),
    ("darkgray", 0xa9_a9a9),
    ("darkorange", 0xff_8c00),
    ("darkolivegreen", 0x55_6b2f),
    ("darkseagreen", 0x8f_bc8f),
    ("mediumseagreen", 0x3c_b371),
    ("mediumblue", 0x00_00cd),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn colour(xml: &str) -> Option<Rgb> {
        let source =
            format!("<a:solidFill xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>{xml}</a:solidFill>");
        let tree = Tree::parse(&source, "x", &Limits::default()).unwrap();
        drawing_colour(tree.root().unwrap(), &Theme::default(), None)
    }

    #[test]
    fn every_kind_of_colour() {
        for (xml, hex) in [
            ("<a:srgbClr val='00B050'/>", "00b050"),
            ("<a:schemeClr val='accent6'/>", "70ad47"),
            ("<a:schemeClr val='bg1'/>", "ffffff"),
            ("<a:sysClr val='windowText' lastClr='123456'/>", "123456"),
            ("<a:prstClr val='ltGreen'/>", "90ee90"),
            ("<a:scrgbClr r='100%' g='0%' b='0%'/>", "ff0000"),
            ("<a:hslClr hue='7200000' sat='100%' lum='50%'/>", "00ff00"),
        ] {
            assert_eq!(colour(xml), Rgb::from_hex(hex), "{xml}");
        }
        assert_eq!(colour("<a:srgbClr val='00B050'><a:alpha val='0'/></a:srgbClr>"), None);
        assert_eq!(colour("<a:schemeClr val='phClr'/>"), None);
    }

    #[test]
    fn a_colour_map_swaps_light_and_dark() {
        let source = "<p:clrMap xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' bg1='dk1' \
                      tx1='lt1' bg2='dk2' tx2='lt2' accent1='accent6' hlink='hlink'/>";
        let tree = Tree::parse(source, "x", &Limits::default()).unwrap();
        let theme = Theme::default().mapped(tree.root().unwrap());
        let names = ["bg1", "tx1", "dk1", "accent1", "accent6"].map(|name| theme.colour(name));
        let hex = ["000000", "ffffff", "000000", "70ad47", "70ad47"].map(Rgb::from_hex);
        assert_eq!(names, hex);
    }

    /// The values that Office itself shows for "Green, Accent 6, Lighter 40 %" and "Darker 25 %".
    #[test]
    fn changes_come_out_as_in_office() {
        let close = |a: Rgb, hex: &str| {
            let b = Rgb::from_hex(hex).unwrap();
            a.r.abs_diff(b.r) <= 1 && a.g.abs_diff(b.g) <= 1 && a.b.abs_diff(b.b) <= 1
        };
        let light = colour("<a:schemeClr val='accent6'><a:lumMod val='60000'/><a:lumOff val='40000'/></a:schemeClr>");
        assert!(close(light.unwrap(), "a9d18e"), "{light:?}");
        let dark = colour("<a:schemeClr val='accent6'><a:lumMod val='75000'/></a:schemeClr>");
        assert!(close(dark.unwrap(), "548235"), "{dark:?}");
        let accent = Theme::default().colour("accent6").unwrap();
        assert!(close(shaded(accent, Some(0x99), None), "a8d08d"));
        assert!(close(shaded(accent, None, Some(0xbf)), "538135"));
    }
}

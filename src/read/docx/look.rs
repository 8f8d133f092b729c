//! Run properties: what is said of a run, and what it comes to.

use crate::page::Rgb;
use crate::read::ooxml::{Element, Look, Ns, SymbolFont, Theme, mix, preset_colour, shaded};

/// What one element says of a run's look; none where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunProperties {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) colour: Option<Colour>,
    pub(super) highlight: Option<Colour>,
    /// Outer none: nothing is said; inner none: an ordinary font.
    pub(super) font: Option<Option<SymbolFont>>,
}

/// A colour as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Colour {
    /// The ordinary one.
    Auto,
    Value(Rgb),
    /// A slot of the theme: kept until it is known that the theme must be read.
    Theme {
        name: &'static str,
        tint: Option<u8>,
        shade: Option<u8>,
        written: Option<Rgb>,
    },
}

/// Whether a switch (`<w:b/>`, `<w:b w:val="0"/>`) is on.
pub(super) fn is_on(element: Element<'_>) -> bool {
    !matches!(element.attribute(Ns::W, "val"), Some("0" | "false" | "off" | "none"))
}

/// Whether the switch of that name stands in an element and is on.
pub(super) fn switch(parent: Option<Element<'_>>, name: &str) -> bool {
    parent.and_then(|parent| parent.child(Ns::W, name)).is_some_and(is_on)
}

impl RunProperties {
    /// Reads a `w:rPr`.
    pub(super) fn read(properties: Element<'_>) -> Self {
        let mut read = Self::default();
        for element in properties.children().filter(|element| element.ns() == Ns::W) {
            match element.local() {
                "b" => read.bold = Some(is_on(element)),
                "i" => read.italic = Some(is_on(element)),
                "vanish" => read.hidden = Some(is_on(element)),
                "color" => read.colour = Colour::read(element, "val", "theme"),
                "highlight" => {
                    let name = element.attribute(Ns::W, "val");
                    read.highlight = Some(name.and_then(highlight).map_or(Colour::Auto, Colour::Value));
                }
                "shd" if read.highlight.is_none() => read.highlight = shading(element),
                "rFonts" => {
                    let name = element.attribute(Ns::W, "ascii").or_else(|| element.attribute(Ns::W, "hAnsi"));
                    read.font = name.map(SymbolFont::of);
                }
                _ => {}
            }
        }
        read
    }

    /// What the two say together, this one first.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            hidden: self.hidden.or(other.hidden),
            colour: self.colour.or(other.colour),
            highlight: self.highlight.or(other.highlight),
            font: self.font.or(other.font),
        }
    }

    /// What a run looks like by its own properties, its character style, its paragraph's style and the
    /// document's defaults. Bold, italic and hidden are toggles: two styles that both set them cancel out.
    pub(super) fn look(own: Self, character: Self, paragraph: Self, defaults: Self, theme: impl Fn() -> Theme) -> Look {
        let toggle = |of: fn(&Self) -> Option<bool>| {
            let by_style = of(&character).unwrap_or(false) ^ of(&paragraph).unwrap_or(false);
            of(&own).unwrap_or(by_style || of(&defaults).unwrap_or(false))
        };
        let all = own.or(character).or(paragraph).or(defaults);
        Look {
            bold: toggle(|p| p.bold),
            italic: toggle(|p| p.italic),
            hidden: toggle(|p| p.hidden),
            colour: all.colour.and_then(|colour| colour.resolve(&theme)).filter(|&colour| colour != Rgb::BLACK),
            highlight: all.highlight.and_then(|colour| colour.resolve(&theme)).filter(|&colour| colour != Rgb::WHITE),
            font: all.font.flatten(),
        }
    }
}

impl Colour {
    /// Reads the colour attributes of an element: `value` holds RRGGBB or "auto"; the theme's attributes
    /// begin with `theme` ("theme" of a text, "themeFill" of a shading).
    pub(super) fn read(element: Element<'_>, value: &str, theme: &str) -> Option<Self> {
        let attribute = |name: &str| element.attribute(Ns::W, name);
        let written = attribute(value);
        let value = written.and_then(|text| Rgb::from_hex(text).or_else(|| preset_colour(text)));
        let name = attribute(if theme == "theme" { "themeColor" } else { theme }).and_then(theme_slot);
        if let Some(name) = name {
            let part =
                |kind: &str| attribute(&format!("{theme}{kind}")).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            return Some(Self::Theme { name, tint: part("Tint"), shade: part("Shade"), written: value });
        }
        match value {
            Some(value) => Some(Self::Value(value)),
            None => written.map(|_| Self::Auto),
        }
    }

    /// The colour itself; none for the ordinary one.
    pub(super) fn resolve(self, theme: &impl Fn() -> Theme) -> Option<Rgb> {
        match self {
            Self::Auto => None,
            Self::Value(value) => Some(value),
            Self::Theme { name, tint, shade, written } => {
                theme().colour(name).map(|colour| shaded(colour, tint, shade)).or(written)
            }
        }
    }
}

/// The theme's slots by the names of WordprocessingML, where the ordinary text colours may be swapped.
fn theme_slot(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 16] = [
        "dark1",
        "light1",
        "dark2",
        "light2",
        "accent1",
        "accent2",
        "accent3",
        "accent4",
        "accent5",
        "accent6",
        "hyperlink",
        "followedHyperlink",
        "background1",
        "text1",
        "background2",
        "text2",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

/// The colour that a `w:shd` comes to; patterns are seen as the mean of their two colours.
pub(super) fn shading(element: Element<'_>) -> Option<Colour> {
    let fill = Colour::read(element, "fill", "themeFill");
    let part = match element.attribute(Ns::W, "val").unwrap_or("clear") {
        "clear" => return fill,
        "nil" => return Some(Colour::Auto),
        "solid" => 1.0,
        pattern => match pattern.strip_prefix("pct").and_then(|part| part.parse::<f32>().ok()) {
            Some(part) => part / 100.0,
            None if pattern.starts_with("thin") => 0.25,
            None => 0.5,
        },
    };
    let over = Colour::read(element, "color", "theme");
    if part >= 1.0 {
        return Some(over.unwrap_or(Colour::Value(Rgb::BLACK)));
    }
    let plain = |colour: Option<Colour>, otherwise| match colour {
        Some(Colour::Value(value) | Colour::Theme { written: Some(value), .. }) => value,
        _ => otherwise,
    };
    Some(Colour::Value(mix(plain(over, Rgb::BLACK), plain(fill, Rgb::WHITE), part)))
}

/// Word's highlighter has fifteen colours of its own.
fn highlight(name: &str) -> Option<Rgb> {
    Some(match name {
        "none" => return None,
        "green" => Rgb::new(0, 255, 0),
        "darkBlue" => Rgb::new(0, 0, 128),
        "darkCyan" => Rgb::new(0, 128, 128),
        "darkGreen" => Rgb::new(0, 128, 0),
        "darkMagenta" => Rgb::new(128, 0, 128),
        "darkRed" => Rgb::new(128, 0, 0),
        "darkYellow" => Rgb::new(128, 128, 0),
        "darkGray" => Rgb::new(128, 128, 128),
        "lightGray" => Rgb::new(192, 192, 192),
        other => return preset_colour(other),
    })
}

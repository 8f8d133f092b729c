//! Text of DrawingML: paragraphs, runs, list signs, and how all of it looks by inheritance.

use crate::page::{Inline, List, Mark, Paragraph, Place, Rgb, Role};
use crate::read::ooxml::{Element, Line, Look, Ns, Relationships, SymbolFont, Theme, drawing_colour, split_points};

/// What one element says of text at one level of a list; none where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    pub(super) bullet: Option<Bullet>,
    /// The sign's own colour.
    sign_colour: Option<Rgb>,
    pub(super) run: RunProperties,
    /// Space between lines, before and after a paragraph.
    pub(super) line: Option<Spacing>,
    pub(super) before: Option<Spacing>,
    pub(super) after: Option<Spacing>,
}

/// What stands before a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bullet {
    None,
    Sign,
    Number,
}

/// A space: a part of the font's size, or points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spacing {
    Part(f32),
    Points(f32),
}

/// What one element says of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RunProperties {
    /// In points.
    pub(super) size: Option<f32>,
    bold: Option<bool>,
    italic: Option<bool>,
    colour: Option<Rgb>,
    highlight: Option<Rgb>,
    /// Outer none: nothing is said; inner none: an ordinary font.
    font: Option<Option<SymbolFont>>,
}

/// The nine levels of a list's style.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels([Level; 9]);

const NAMES: [&str; 9] =
    ["lvl1pPr", "lvl2pPr", "lvl3pPr", "lvl4pPr", "lvl5pPr", "lvl6pPr", "lvl7pPr", "lvl8pPr", "lvl9pPr"];

impl Levels {
    /// The levels of a style (`a:lstStyle`, `p:bodyStyle` …).
    pub(super) fn read(style: Element<'_>, theme: &Theme) -> Self {
        let of = |name| style.child(Ns::A, name).map(|level| Level::read(level, theme)).unwrap_or_default();
        let all = of("defPPr");
        Self(NAMES.map(|name| of(name).or(all)))
    }

    /// The same before any theme is known: the presentation's defaults name ordinary colours.
    pub(super) fn plain(style: Element<'_>) -> Self {
        Self::read(style, &Theme::default())
    }

    /// What the two say together, this one first.
    pub(super) fn or(&self, other: &Self) -> Self {
        let mut levels = self.clone();
        for (own, other) in levels.0.iter_mut().zip(other.0) {
            *own = own.or(other);
        }
        levels
    }

    pub(super) fn at(&self, level: u8) -> Level {
        self.0[usize::from(level.min(8))]
    }
}

impl Level {
    /// Reads an `a:pPr` or a style's level.
    pub(super) fn read(properties: Element<'_>, theme: &Theme) -> Self {
        let mut level = Self::default();
        for element in properties.children().filter(|element| element.ns() == Ns::A) {
            match element.local() {
                "buNone" => level.bullet = Some(Bullet::None),
                "buChar" => {
                    let sign = element.attribute(Ns::None, "char").unwrap_or_default();
                    // A blank sign is how some take the sign away.
                    let blank = sign.trim().is_empty() || sign == "\u{200b}";
                    level.bullet = Some(if blank { Bullet::None } else { Bullet::Sign });
                }
                "buBlip" => level.bullet = Some(Bullet::Sign),
                "buAutoNum" => level.bullet = Some(Bullet::Number),
                "buClr" => level.sign_colour = drawing_colour(element, theme, None),
                "defRPr" => level.run = RunProperties::read(element, theme),
                "lnSpc" => level.line = Spacing::read(element),
                "spcBef" => level.before = Spacing::read(element),
                "spcAft" => level.after = Spacing::read(element),
                _ => {}
            }
        }
        level
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bullet: self.bullet.or(other.bullet),
            sign_colour: self.sign_colour.or(other.sign_colour),
            run: self.run.or(other.run),
            line: self.line.or(other.line),
            before: self.before.or(other.before),
            after: self.after.or(other.after),
        }
    }
}

impl Spacing {
    fn read(element: Element<'_>) -> Option<Self> {
        element.children().find_map(|child| {
            let value = child.attribute(Ns::None, "val")?;
            match child.local() {
                "spcPct" => match value.strip_suffix('%') {
                    Some(value) => value.parse::<f32>().ok().map(|part| Self::Part(part / 100.0)),
                    None => value.parse::<f32>().ok().map(|part| Self::Part(part / 100_000.0)),
                },
                "spcPts" => value.parse::<f32>().ok().map(|points| Self::Points(points / 100.0)),
                _ => None,
            }
        })
    }
}

impl RunProperties {
    /// Reads an `a:rPr` or `a:defRPr`.
    pub(super) fn read(properties: Element<'_>, theme: &Theme) -> Self {
        let flag = |name| properties.attribute(Ns::None, name).map(|value| matches!(value, "1" | "true" | "on"));
        let size = properties.attribute(Ns::None, "sz").and_then(|size| size.parse::<f32>().ok());
        let mut read = Self {
            size: size.map(|size| size / 100.0).filter(|size| (0.5..=4000.0).contains(size)),
            bold: flag("b"),
            italic: flag("i"),
            ..Self::default()
        };
        let mut latin = None;
        for element in properties.children().filter(|element| element.ns() == Ns::A) {
            match element.local() {
                "solidFill" => read.colour = drawing_colour(element, theme, None),
                "highlight" => read.highlight = drawing_colour(element, theme, None),
                "latin" => latin = element.attribute(Ns::None, "typeface").map(SymbolFont::of),
                "sym" => {
                    let font = element.attribute(Ns::None, "typeface").and_then(SymbolFont::of);
                    read.font = font.map(Some).or(read.font);
                }
                _ => {}
            }
        }
        read.font = read.font.or(latin);
        read
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            size: self.size.or(other.size),
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            colour: self.colour.or(other.colour),
            highlight: self.highlight.or(other.highlight),
            font: self.font.or(other.font),
        }
    }

    fn look(self) -> Look {
        Look {
            bold: self.bold.unwrap_or(false),
            italic: self.italic.unwrap_or(false),
            hidden: false,
            colour: self.colour.filter(|&colour| colour != Rgb::BLACK),
            highlight: self.highlight.filter(|&colour| colour != Rgb::WHITE),
            font: self.font.flatten(),
        }
    }
}

/// What the text of a shape takes from what it stands in.
pub(super) struct TextContext<'c> {
    pub(super) levels: &'c Levels,
    pub(super) theme: &'c Theme,
    pub(super) relationships: &'c Relationships,
    pub(super) place: Place,
    pub(super) role: Role,
}

/// The paragraphs of a text body (`p:txBody`, `a:txBody`, `dgm:t`); and the codes of signs that no character
/// is known for.
pub(super) fn paragraphs(body: Element<'_>, context: &TextContext<'_>) -> (Vec<Paragraph>, Vec<u32>) {
    let own = body.child(Ns::A, "lstStyle").filter(|style| style.children().next().is_some());
    let own = own.map(|style| Levels::read(style, context.theme).or(context.levels));
    let levels = own.as_ref().unwrap_or(context.levels);
    let (mut read, mut unknown) = (Vec::new(), Vec::new());
    for paragraph in body.children().filter(|child| child.is(Ns::A, "p")) {
        self::paragraph(paragraph, levels, context, &mut read, &mut unknown);
    }
    (read, unknown)
}

/// The level of a paragraph and what holds there.
pub(super) fn level_of(paragraph: Element<'_>, levels: &Levels, theme: &Theme) -> (u8, Level) {
    let properties = paragraph.child(Ns::A, "pPr");
    let number = properties.and_then(|p| p.attribute(Ns::None, "lvl")).and_then(|level| level.parse().ok());
    let number: u8 = number.unwrap_or(0).min(8);
    let own = properties.map(|properties| Level::read(properties, theme)).unwrap_or_default();
    (number, own.or(levels.at(number)))
}

fn paragraph(
    paragraph: Element<'_>,
    levels: &Levels,
    context: &TextContext<'_>,
    read: &mut Vec<Paragraph>,
    unknown: &mut Vec<u32>,
) {
    let (number, level) = level_of(paragraph, levels, context.theme);
    let mut line = Line::default();
    for element in paragraph.children() {
        match (element.ns(), element.local()) {
            (Ns::A, "r" | "fld") => run(element, level, context, &mut line, unknown),
            (Ns::A, "br") => line.line_break(),
            (Ns::A, "pPr" | "endParaRPr") => {}
            // Formulas: the text of their runs.
            _ => {
                for text in element.descendants().filter(|inner| inner.ns() == Ns::M && inner.local() == "t") {
                    line.text(text.text(), level.run.look(), None);
                }
            }
        }
    }
    let list = match level.bullet {
        Some(Bullet::Sign) => Some(List { level: number, ordered: false }),
        Some(Bullet::Number) => Some(List { level: number, ordered: true }),
        Some(Bullet::None) | None => None,
    };
    let mut inlines = Line::finish(line.inlines);
    // A sign that is coloured for this paragraph alone may be a light.
    if let (Some(_), Some(fill)) = (list, own_sign_colour(paragraph, context.theme))
        && Some(fill) != level.run.look().colour
    {
        inlines.insert(0, Inline::Mark(Mark::Icon { fill }));
    }
    let list = list.filter(|_| context.role == Role::Body);
    let paragraph = Paragraph { role: context.role, list, place: context.place.clone(), ..Paragraph::default() };
    read.extend(split_points(paragraph, inlines));
}

fn own_sign_colour(paragraph: Element<'_>, theme: &Theme) -> Option<Rgb> {
    let colour = paragraph.child(Ns::A, "pPr")?.child(Ns::A, "buClr")?;
    drawing_colour(colour, theme, None)
}

fn run(run: Element<'_>, level: Level, context: &TextContext<'_>, line: &mut Line, unknown: &mut Vec<u32>) {
    let properties = run.child(Ns::A, "rPr");
    let own = properties.map(|properties| RunProperties::read(properties, context.theme)).unwrap_or_default();
    let look = own.or(level.run).look();
    let link = properties.and_then(|properties| properties.child(Ns::A, "hlinkClick"));
    let link = link.and_then(|link| link.attribute(Ns::R, "id")).and_then(|id| context.relationships.get(id));
    let link = link.filter(|link| link.external).map(|link| link.target.as_str());
    for text in run.children().filter(|child| child.is(Ns::A, "t")) {
        // A line break that somebody pasted into a run.
        for (index, piece) in text.text().split(['\u{b}', '\n']).flat_map(|piece| piece.split("_x000B_")).enumerate() {
            if index > 0 {
                line.line_break();
            }
            unknown.extend(line.run_text(piece, look, link));
        }
    }
}

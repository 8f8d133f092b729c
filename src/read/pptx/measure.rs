//! How high the rows of a table become when its text is set: what a file says is only the least.
//!
//! Fonts are not known here, so that the widths of letters are those of an ordinary one, and the answer is
//! asked for twice: with letters somewhat narrower and somewhat wider.

use crate::read::ooxml::{Element, Ns, Theme, points_of};

use super::text::{Bullet, Level, Levels, RunProperties, Spacing, level_of};

/// A cell's text as it stands in the file.
#[derive(Clone, Copy)]
pub(super) struct CellText<'t> {
    pub(super) body: Option<Element<'t>>,
    pub(super) properties: Option<Element<'t>>,
    pub(super) column: usize,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
}

/// How letters and lines are taken.
#[derive(Clone, Copy)]
pub(super) struct Type<'c> {
    /// How wide letters are, as a part of an ordinary font's.
    pub(super) wide: f32,
    /// How high a line is, as a part of the font's size.
    pub(super) high: f32,
    pub(super) levels: &'c Levels,
    pub(super) theme: &'c Theme,
}

/// One line of text as set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SetParagraph {
    /// From the cell's upper edge.
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// How far its first line reaches from the cell's left edge.
    pub(super) first_line: f32,
}

/// The margins of a cell: left, top, right, bottom.
fn margins(properties: Option<Element<'_>>) -> [f32; 4] {
    let side = |name, otherwise| match properties.filter(|p| p.attribute(Ns::None, name).is_some()) {
        Some(properties) => points_of(properties, name),
        None => otherwise,
    };
    [side("marL", 7.2), side("marT", 3.6), side("marR", 7.2), side("marB", 3.6)]
}

/// How far below its upper edge a cell's text begins.
pub(super) fn upper_margin(cell: &CellText<'_>) -> f32 {
    margins(cell.properties)[1]
}

/// The paragraphs of a cell as set, and the height that the cell needs.
pub(super) fn set_cell(cell: &CellText<'_>, edges: &[f32], with: Type<'_>) -> (Vec<SetParagraph>, f32) {
    let [left, top, right, bottom] = margins(cell.properties);
    let edge = |column: usize| edges.get(column).or(edges.last()).copied().unwrap_or(0.0);
    let width = (edge(cell.column + cell.colspan) - edge(cell.column) - left - right).max(4.0);
    let mut set = Vec::new();
    let mut down = top;
    let Some(body) = cell.body else { return (set, top + bottom) };
    let own = body.child(Ns::A, "lstStyle").filter(|style| style.children().next().is_some());
    let own = own.map(|style| Levels::read(style, with.theme).or(with.levels));
    let levels = own.as_ref().unwrap_or(with.levels);
    for (index, paragraph) in body.children().filter(|child| child.is(Ns::A, "p")).enumerate() {
        let (_, level) = level_of(paragraph, levels, with.theme);
        let (lines, size, first) = lines(paragraph, level, width, with);
        let line = match level.line {
            Some(Spacing::Part(part)) => size * with.high * part,
            Some(Spacing::Points(points)) => points,
            None => size * with.high,
        };
        let space = |spacing| match spacing {
            Some(Spacing::Part(part)) => size * with.high * part,
            Some(Spacing::Points(points)) => points,
            None => 0.0,
        };
        if index > 0 {
            down += space(level.before);
        }
        let start = down;
        down += line * lines as f32;
        set.push(SetParagraph { top: start, bottom: down, first_line: left + first });
        down += space(level.after);
    }
    (set, down + bottom)
}

/// How many lines a paragraph takes, its font size, and how long its first line is.
fn lines(paragraph: Element<'_>, level: Level, width: f32, with: Type<'_>) -> (usize, f32, f32) {
    let properties = paragraph.child(Ns::A, "pPr");
    let side = |name| properties.filter(|p| p.attribute(Ns::None, name).is_some()).map(|p| points_of(p, name));
    let hangs = matches!(level.bullet, Some(Bullet::Sign | Bullet::Number));
    let indent = side("marL").unwrap_or(if hangs { 12.0 } else { 0.0 });
    let width = (width - indent).max(4.0);
    let size_of = |properties: Option<Element<'_>>| {
        let own = properties.map(|p| RunProperties::read(p, with.theme)).unwrap_or_default();
        own.or(level.run).size.unwrap_or(18.0)
    };
    let (mut lines, mut across, mut largest, mut first) = (1_usize, 0.0_f32, None::<f32>, None::<f32>);
    // The word that the line may not break, over all runs.
    let mut word = 0.0_f32;
    for run in paragraph.children() {
        match run.local() {
            "br" => {
                first.get_or_insert(across);
                (lines, across, word) = (lines + 1, 0.0, 0.0);
            }
            "r" | "fld" => {
                let size = size_of(run.child(Ns::A, "rPr"));
                let text = run.child(Ns::A, "t").map_or("", Element::text);
                if !text.is_empty() {
                    largest = Some(largest.map_or(size, |largest| largest.max(size)));
                }
                for c in text.chars() {
                    let letter = width_of(c) * size * with.wide;
                    if c.is_whitespace() {
                        word = 0.0;
                        across += letter;
                        continue;
                    }
                    word += letter;
                    across += letter;
                    if across > width {
                        // The whole word goes down, unless it alone is wider than the line.
                        let carried = if word < width { word } else { letter };
                        first.get_or_insert(across - carried);
                        (lines, across, word) = (lines + 1, carried, carried);
                    }
                    if matches!(c, '-' | '–') {
                        word = 0.0;
                    }
                }
            }
            _ => {}
        }
    }
    let size = largest.unwrap_or_else(|| size_of(paragraph.child(Ns::A, "endParaRPr")));
    (lines, size, indent + first.unwrap_or(across))
}

/// The width of a letter of an ordinary font without serifs, as a part of its size.
fn width_of(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | '\'' => 0.23,
        'f' | 't' | ' ' | '.' | ',' | ':' | ';' | '/' | '!' | 'I' | '\u{a0}' => 0.28,
        'r' | '-' | '(' | ')' | '"' | '”' | '“' => 0.34,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' | '%' => 0.83,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.72,
        'G' | 'O' | 'Q' | 'Ö' => 0.78,
        'W' => 0.94,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | 'Å' | 'Ä' => 0.67,
        'F' | 'L' | 'T' | 'Z' => 0.6,
        c if (c as u32) < 0x2000 => 0.556,
        c if (c as u32) < 0x2e80 => 0.7,
        _ => 1.0,
    }
}

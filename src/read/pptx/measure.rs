//! How high the rows of a table become when its text is set: what a file says is only the least.
//!
//! Fonts are not known here, so that the widths of letters are those of an ordinary one, and the answer is
//! asked for twice: with letters somewhat narrower and somewhat wider.

use crate::read::ooxml::{Element, Ns, Theme, points_of};

use super::text::{Bullet, Levels, RunProperties, Spacing, level_of};

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
pub(super) struct Type {
    /// How wide letters are, as a part of an ordinary font's.
    pub(super) wide: f32,
    /// How high a line is, as a part of the font's size.
    pub(super) high: f32,
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

/// A cell's text, read once to be set in several ways.
pub(super) struct Prepared {
    /// Left, top, right, bottom.
    margins: [f32; 4],
    /// Between its margins.
    width: f32,
    pub(super) rowspan: usize,
    paragraphs: Vec<PreparedParagraph>,
}

struct PreparedParagraph {
    line: Option<Spacing>,
    before: Option<Spacing>,
    after: Option<Spacing>,
    indent: f32,
    /// The size of its largest letters, in points.
    size: f32,
    steps: Vec<Step>,
    /// How wide each letter of its words is, one word after the other.
    letters: Vec<f32>,
}

/// What a line goes over, with widths in points of an ordinary font.
#[derive(Clone, Copy)]
enum Step {
    /// What no line may break, unless it alone is wider than the line: its width, and how many letters it has.
    Word(f32, usize),
    Space(f32),
    Break,
}

impl Prepared {
    /// Reads the text of a cell whose columns begin at `edges`.
    pub(super) fn new(cell: &CellText<'_>, edges: &[f32], levels: &Levels, theme: &Theme) -> Self {
        let margins = margins(cell.properties);
        let edge = |column: usize| edges.get(column).or(edges.last()).copied().unwrap_or(0.0);
        let width = (edge(cell.column + cell.colspan) - edge(cell.column) - margins[0] - margins[2]).max(4.0);
        let mut prepared = Self { margins, width, rowspan: cell.rowspan, paragraphs: Vec::new() };
        let Some(body) = cell.body else { return prepared };
        let own = body.child(Ns::A, "lstStyle").filter(|style| style.children().next().is_some());
        let own = own.map(|style| Levels::read(style, theme).or(levels));
        let levels = own.as_ref().unwrap_or(levels);
        let paragraphs = body.children().filter(|child| child.is(Ns::A, "p"));
        prepared.paragraphs = paragraphs.map(|paragraph| PreparedParagraph::new(paragraph, levels, theme)).collect();
        prepared
    }

    /// Its paragraphs as set, and the height that it needs.
    pub(super) fn set(&self, with: Type) -> (Vec<SetParagraph>, f32) {
        let [left, top, _, bottom] = self.margins;
        let mut set = Vec::with_capacity(self.paragraphs.len());
        let mut down = top;
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            let (lines, first) = paragraph.lines(self.width, with.wide);
            let high = paragraph.size * with.high;
            let points = |spacing| match spacing {
                Some(Spacing::Part(part)) => Some(high * part),
                Some(Spacing::Points(points)) => Some(points),
                None => None,
            };
            if index > 0 {
                down += points(paragraph.before).unwrap_or(0.0);
            }
            let start = down;
            down += points(paragraph.line).unwrap_or(high) * lines as f32;
            set.push(SetParagraph { top: start, bottom: down, first_line: left + first });
            down += points(paragraph.after).unwrap_or(0.0);
        }
        (set, down + bottom)
    }
}

impl PreparedParagraph {
    fn new(paragraph: Element<'_>, levels: &Levels, theme: &Theme) -> Self {
        let (_, level) = level_of(paragraph, levels, theme);
        let properties = paragraph.child(Ns::A, "pPr");
        let side = |name| properties.filter(|p| p.attribute(Ns::None, name).is_some()).map(|p| points_of(p, name));
        let hangs = matches!(level.bullet, Some(Bullet::Sign | Bullet::Number));
        let indent = side("marL").unwrap_or(if hangs { 12.0 } else { 0.0 });
        let size_of = |properties: Option<Element<'_>>| {
            let own = properties.map(|p| RunProperties::read(p, theme)).unwrap_or_default();
            own.or(level.run).size.unwrap_or(18.0)
        };
        let mut largest = None::<f32>;
        let (mut steps, mut letters) = (Vec::new(), Vec::new());
        // Words go on from run to run.
        let mut goes_on = false;
        for run in paragraph.children() {
            match run.local() {
                "br" => {
                    steps.push(Step::Break);
                    goes_on = false;
                }
                "r" | "fld" => {
                    let text = run.child(Ns::A, "t").map_or("", Element::text);
                    if text.is_empty() {
                        continue;
                    }
                    let size = size_of(run.child(Ns::A, "rPr"));
                    largest = Some(largest.map_or(size, |largest| largest.max(size)));
                    for c in text.chars() {
                        let width = width_of(c) * size;
                        if c.is_whitespace() {
                            steps.push(Step::Space(width));
                            goes_on = false;
                            continue;
                        }
                        letters.push(width);
                        match steps.last_mut() {
                            Some(Step::Word(word, count)) if goes_on => (*word, *count) = (*word + width, *count + 1),
                            _ => steps.push(Step::Word(width, 1)),
                        }
                        // A line may end after a hyphen.
                        goes_on = !matches!(c, '-' | '–');
                    }
                }
                _ => {}
            }
        }
        let size = largest.unwrap_or_else(|| size_of(paragraph.child(Ns::A, "endParaRPr")));
        Self { line: level.line, before: level.before, after: level.after, indent, size, steps, letters }
    }

    /// How many lines it takes in a cell of this width, and how far its first line reaches.
    fn lines(&self, width: f32, wide: f32) -> (usize, f32) {
        let width = (width - self.indent).max(4.0);
        let (mut lines, mut across, mut first) = (1_usize, 0.0_f32, None::<f32>);
        let mut letters = self.letters.as_slice();
        for step in &self.steps {
            match *step {
                Step::Break => {
                    first.get_or_insert(across);
                    (lines, across) = (lines + 1, 0.0);
                }
                Step::Space(space) => across += space * wide,
                Step::Word(word, count) => {
                    let own;
                    (own, letters) = letters.split_at(count.min(letters.len()));
                    let word = word * wide;
                    if across + word <= width {
                        across += word;
                    } else if word < width {
                        first.get_or_insert(across);
                        (lines, across) = (lines + 1, word);
                    } else {
                        // Broken wherever a line of its own ends.
                        if across > 0.0 {
                            first.get_or_insert(across);
                            (lines, across) = (lines + 1, 0.0);
                        }
                        for letter in own.iter().map(|letter| letter * wide) {
                            if across + letter > width {
                                first.get_or_insert(across);
                                (lines, across) = (lines + 1, 0.0);
                            }
                            across += letter;
                        }
                    }
                }
            }
        }
        (lines, self.indent + first.unwrap_or(across))
    }
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

//! Lines of one column → paragraphs and list points.

use super::broken;
use super::geometry::Area;
use super::hyphens::{Joint, Vocabulary};
use super::lines::{Item, Line, is_plain};
use super::signs;
use super::words::Word;
use crate::page::{Inline, List, Mark, Paragraph, Place, Span};

/// What paragraphs need to know of the page around them.
pub(crate) struct Setting<'a> {
    pub(crate) page: u32,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) links: &'a [(crate::page::Rect, String)],
}

/// Joins the lines of one column that stands between two edges.
pub(crate) fn paragraphs(lines: Vec<Line>, column: Option<Area>, setting: &Setting<'_>) -> Vec<(Area, Paragraph)> {
    paragraphs_within(lines, column, None, setting)
}

/// The same where other cells show how far lines of this column reach.
pub(crate) fn paragraphs_within(
    lines: Vec<Line>,
    column: Option<Area>,
    reach: Option<f32>,
    setting: &Setting<'_>,
) -> Vec<(Area, Paragraph)> {
    if lines.is_empty() {
        return Vec::new();
    }
    let mut measure = Measure::of(&lines, column, setting.vocabulary.spaces_at_ends);
    if let Some(reach) = reach {
        measure.limit = measure.reached.max(reach);
    }
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            Some(group) if measure.goes_on(group, &line) => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    let levels = levels(&groups);
    groups
        .into_iter()
        .map(|group| {
            let area = Area::around(group.iter().map(|line| line.area));
            (area, paragraph(&group, &levels, &measure, setting))
        })
        .collect()
}

/// A space between words is narrower than this, in sizes of the letters.
const SPACE: f32 = 0.3;

/// Where the text of a column begins and ends, and how far apart its lines are.
struct Measure {
    left: f32,
    right: f32,
    /// How far the longest line reaches: there was room up to there.
    reached: f32,
    /// How far a line can reach, as near as that is known.
    limit: f32,
    pitch: f32,
    spaces_at_ends: bool,
}

impl Measure {
    fn of(lines: &[Line], column: Option<Area>, spaces_at_ends: bool) -> Self {
        let texts = || lines.iter().filter(|line| line.words().next().is_some());
        let left = texts().map(|line| line.area.x0).fold(f32::MAX, f32::min);
        let mut right = texts().map(|line| line.area.x1).fold(f32::MIN, f32::max);
        let reached = right;
        if let Some(column) = column {
            // The padding to the right is as wide as the one to the left.
            let padding = (left - column.x0).clamp(1.0, 8.0);
            right = right.max(column.x1 - padding);
        }
        let mut gaps: Vec<f32> = lines
            .windows(2)
            .map(|pair| (pair[1].baseline - pair[0].baseline) / pair[1].size.max(1.0))
            .filter(|gap| (0.8..2.2).contains(gap))
            .collect();
        gaps.sort_by(f32::total_cmp);
        // Lines of one paragraph are the closest ones.
        let pitch = gaps.get(gaps.len() / 4).copied().unwrap_or(1.2);
        Self { left, right, reached, limit: right.max(reached), pitch, spaces_at_ends }
    }

    /// Whether the line goes on with the paragraph.
    fn goes_on(&self, group: &[Line], line: &Line) -> bool {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return false };
        if line.bullet() || line.words().next().is_none() || last.words().next().is_none() {
            return false;
        }
        if line.words().next().is_some_and(|word| word.text.chars().all(|c| signs::check_box(c).is_some())) {
            return false;
        }
        let size = line.size.max(last.size);
        if (line.size - last.size).abs() > 0.12 * size {
            return false;
        }
        let step = (line.baseline - last.baseline) / size.max(1.0);
        if step > self.pitch + 0.3 || step > 2.2 {
            return false;
        }
        if first.bullet() {
            // A point's lines hang under its text; a bracket that is still open goes on wherever the line begins.
            return is_open(group)
                || line.area.x0 > first.hanging() - 3.0
                || (line.area.x0 > first.area.x0 + 3.0 && step < self.pitch + 0.1);
        }
        let bold = |line: &Line| line.words().all(|word| word.bold);
        if bold(last) != bold(line) && group.iter().all(bold) {
            return false;
        }
        if begins_with_day(first) && begins_with_day(line) && ends_with_word(last) {
            // A full line before it hides where a paragraph ends; it begins as this one began.
            return false;
        }
        !self.ends_short(last, line) && !self.ends_unspaced(last, line)
    }

    /// The space sign at a line's end, where its presence or absence says something.
    fn space_after(&self, line: &Line) -> Option<bool> {
        let last = line.words().next_back().filter(|_| self.spaces_at_ends)?;
        if last.spaced {
            return Some(true);
        }
        (self.reached - line.area.x1 > 0.35 * line.size).then_some(false)
    }

    /// A line between letters breaks at a space only: with room for one and none there, it is the last.
    fn ends_unspaced(&self, line: &Line, next: &Line) -> bool {
        let (end, start) = (line.text(), next.text());
        self.space_after(line) == Some(false)
            && end.ends_with(|c: char| c.is_alphanumeric() || ".!?:)”".contains(c))
            && start.starts_with(|c: char| c.is_alphanumeric() || "(”".contains(c))
    }

    /// Whether a word longer than the column was cut, with no hyphen, where the line was full.
    fn breaks_word(&self, line: &Line, next: &Line, vocabulary: &Vocabulary) -> bool {
        let (Some(last), Some(first)) = (line.words().next_back(), next.words().next()) else { return false };
        let (Some(a), Some(b)) = (last.text.chars().next_back(), first.text.chars().next()) else { return false };
        let fits = a.is_alphabetic() && b.is_lowercase() || a.is_uppercase() && b.is_uppercase();
        if !fits || last.spaced {
            return false;
        }
        let limit = self.limit;
        let letter = first.area.width() / first.text.chars().count().max(1) as f32;
        // What was glued to the word counts with it.
        let mut from = last.area.x0;
        for pair in line.words().collect::<Vec<_>>().windows(2).rev() {
            if !pair[1].glued {
                break;
            }
            from = pair[0].area.x0;
        }
        let tail: f32 = next.words().skip(1).take_while(|word| word.glued).map(|word| word.area.width()).sum();
        let whole = line.area.x1 - from + first.area.width() + tail;
        let room = limit - next.area.x0;
        if limit - line.area.x1 > 2.5 * letter || whole < room - 0.1 * line.size {
            return false;
        }
        let left = limit - line.area.x1;
        // Where every wrapped line ends with its space sign, one that had room for it and has none is proof.
        if self.spaces_at_ends && left > SPACE * line.size || vocabulary.is_cut(&last.text, &first.text) {
            return true;
        }
        left < first.first + 0.06 * line.size
            && (self.spaces_at_ends || vocabulary.breaks_words)
            && !vocabulary.are_words(&last.text, &first.text)
            && broken::meet_inside_syllable(&last.text, &first.text)
    }

    /// Whether the next line's first word would have had room on this one.
    fn ends_short(&self, line: &Line, next: &Line) -> bool {
        let Some(first) = next.words().next() else { return true };
        let (indent, room) = (line.area.x0 - self.left, self.right - line.area.x1);
        let centred = indent > line.size && (indent - room).abs() < 0.15 * (self.right - self.left);
        let room = if centred { indent + room } else { room };
        // A word may break after a hyphen, so its first part counts.
        let part = hyphen(&first.text).map_or(1.0, |before| before as f32 / first.text.chars().count().max(1) as f32);
        let mut width = first.area.width() * part.min(1.0);
        if part >= 1.0 {
            // The pieces of a word that changes its look go together.
            let rest = next.words().skip(1).take_while(|word| word.glued);
            width += rest.map(|word| word.area.width()).sum::<f32>();
        }
        let space = 0.25 * line.size;
        room > width + space + 0.6 * line.size
    }
}

/// Whether a line begins with a day in digits ("231013", "2023-10-13:") and a sentence after it.
fn begins_with_day(line: &Line) -> bool {
    let mut words = line.words();
    let (Some(day), Some(next)) = (words.next(), words.next()) else { return false };
    let digits = day.text.trim_end_matches(':');
    let parts: Vec<&str> = digits.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && matches!(lengths[..], [6 | 8] | [2 | 4, 2, 2])
        && (digits.len() < day.text.len() || next.text.starts_with(char::is_uppercase))
}

/// Whether a line may be the end of a paragraph: its last word is none of the small ones that a date goes with.
fn ends_with_word(line: &Line) -> bool {
    let text = line.text();
    let last = text.rsplit(' ').next().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphanumeric()).count();
    !last.ends_with([',', '-', '–', '/', '(', ':', '&']) && (letters > 4 || last.ends_with(['.', ')', '!', '?']))
}

/// Whether the last line opens a bracket that nothing closes.
fn is_open(group: &[Line]) -> bool {
    group.last().is_some_and(|line| {
        let text = line.text();
        text.matches('(').count() > text.matches(')').count()
    })
}

/// How many characters a word has up to a hyphen between letters.
fn hyphen(word: &str) -> Option<usize> {
    let chars: Vec<char> = word.chars().collect();
    chars
        .windows(3)
        .position(|three| three[0].is_alphanumeric() && matches!(three[1], '-' | '‐') && three[2].is_alphabetic())
        .map(|at| at + 2)
}

/// The distinct left edges of list points, from the outermost in.
fn levels(groups: &[Vec<Line>]) -> Vec<f32> {
    let mut edges: Vec<f32> =
        groups.iter().filter_map(|group| group.first().filter(|line| line.bullet()).map(|line| line.area.x0)).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|next, first| *next - *first < 6.0);
    edges
}

fn paragraph(group: &[Line], levels: &[f32], measure: &Measure, setting: &Setting<'_>) -> Paragraph {
    let mut paragraph = Paragraph::default();
    let area = Area::around(group.iter().map(|line| line.area));
    paragraph.place = Place::Page { page: setting.page, rect: Some(area.into()) };
    let is_point = group.first().is_some_and(Line::bullet);
    if let Some(first) = group.first().filter(|_| is_point) {
        let level = levels.iter().rposition(|&edge| edge <= first.area.x0 + 1.0).unwrap_or(0);
        paragraph.list = Some(List { level: u8::try_from(level).unwrap_or(u8::MAX), ordered: false });
    }
    let mut writer = Writer { inlines: Vec::new(), end: String::new(), setting };
    // A coloured sign or a tick may be more than a list's sign: whoever knows the table decides.
    if let Some(sign) = group.first().filter(|_| is_point).and_then(|line| line.words().next()) {
        if !is_plain(sign.colour) {
            writer.mark(Mark::Icon { fill: sign.colour });
        } else if signs::is_tick(&sign.text) {
            writer.mark(Mark::CheckBox { checked: true });
        }
    }
    for (number, line) in group.iter().enumerate() {
        let skip = usize::from(number == 0 && is_point);
        for (place, item) in line.items.iter().enumerate().skip(skip) {
            let starts_line = place == skip && number > 0;
            match item {
                Item::Word(word) => {
                    if starts_line {
                        let before = &group[number - 1];
                        let joint = if measure.breaks_word(before, line, setting.vocabulary) {
                            Joint::Nothing
                        } else {
                            setting.vocabulary.joint(&writer.end, &line.text(), measure.space_after(before))
                        };
                        writer.word(word, joint);
                    } else {
                        writer.word(word, if word.glued { Joint::Nothing } else { Joint::Space });
                    }
                }
                Item::Mark(mark, _) => writer.mark(mark.clone()),
            }
        }
    }
    paragraph.inlines = writer.inlines;
    paragraph
}

/// Appends words to inlines, one span a look.
struct Writer<'a> {
    inlines: Vec<Inline>,
    /// The text of the line so far, for the joint to the next.
    end: String,
    setting: &'a Setting<'a>,
}

impl Writer<'_> {
    fn mark(&mut self, mark: Mark) {
        self.inlines.push(Inline::Mark(mark));
        self.end.clear();
    }

    fn word(&mut self, word: &Word, joint: Joint) {
        let mut chars = word.text.chars();
        if let (Some(sign), None) = (chars.next(), chars.next())
            && let Some(checked) = signs::check_box(sign)
        {
            self.mark(Mark::CheckBox { checked });
            return;
        }
        let link = word.link.and_then(|index| self.setting.links.get(usize::from(index))).map(|(_, to)| to.clone());
        let colour = (!is_plain(word.colour)).then_some(word.colour);
        let span = Span { text: String::new(), bold: word.bold, italic: word.italic, link, colour, highlight: None };
        let text = word.text.replace('\u{ad}', "");
        let starts = self.inlines.is_empty();
        if joint == Joint::DropHyphen
            && let Some(Inline::Text(last)) = self.inlines.last_mut()
        {
            let kept = last.text.trim_end_matches(['-', '\u{2010}', '\u{2011}']).len();
            last.text.truncate(kept);
        }
        let space = joint == Joint::Space && !starts;
        match self.inlines.last_mut() {
            Some(Inline::Text(last))
                if last.bold == span.bold
                    && last.italic == span.italic
                    && last.link == span.link
                    && last.colour == span.colour =>
            {
                if space {
                    last.text.push(' ');
                }
                last.text.push_str(&text);
            }
            last => {
                let mut span = span;
                if space {
                    match last {
                        Some(Inline::Text(before)) => before.text.push(' '),
                        _ => span.text.push(' '),
                    }
                }
                span.text.push_str(&text);
                self.inlines.push(Inline::Text(span));
            }
        }
        if joint == Joint::Space {
            self.end.clear();
        }
        self.end.push_str(&word.text);
    }
}

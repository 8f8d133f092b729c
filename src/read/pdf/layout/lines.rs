//! Words and marks → lines.

use super::geometry::Area;
use super::signs;
use super::words::Word;
use crate::page::{Mark, Rgb};

/// Something that stands in a line.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// Text.
    Word(Word),
    /// A drawn sign.
    Mark(Mark, Area),
}

impl Item {
    pub(crate) fn area(&self) -> Area {
        match self {
            Self::Word(word) => word.area,
            Self::Mark(_, area) => *area,
        }
    }
}

/// What stands on one baseline, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) items: Vec<Item>,
    pub(crate) area: Area,
    pub(crate) baseline: f32,
    /// The size of most of its letters.
    pub(crate) size: f32,
}

impl Line {
    fn new(mut items: Vec<Item>) -> Self {
        glue_raised(&mut items);
        let area = Area::around(items.iter().map(Item::area));
        // A sign may be larger than the text, and takes many bytes: letters count first.
        let weight = |word: &Word| {
            let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
            (letters as f32 * word.size, word.text.chars().count() as f32 * word.size)
        };
        let mut main: Option<&Word> = None;
        for item in &items {
            if let Item::Word(word) = item
                && main.is_none_or(|most| weight(word) > weight(most))
            {
                main = Some(word);
            }
        }
        let (baseline, size) = main.map_or((area.y1, area.height()), |word| (word.baseline, word.size));
        Self { items, area, baseline, size }
    }

    /// The words alone.
    pub(crate) fn words(&self) -> impl DoubleEndedIterator<Item = &Word> {
        self.items.iter().filter_map(|item| match item {
            Item::Word(word) => Some(word),
            Item::Mark(..) => None,
        })
    }

    /// Its text, pieces apart by a space where there is one.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for word in self.words() {
            if !text.is_empty() && !word.glued {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// The sign that makes it a list point, where a gap or a drawn dot shows that it is one.
    pub(crate) fn bullet(&self) -> bool {
        let [Item::Word(first), rest @ ..] = self.items.as_slice() else { return false };
        if !signs::is_bullet(&first.text) {
            return false;
        }
        match rest.first() {
            None => signs::is_certain_bullet(&first.text),
            Some(next) => {
                let gap = next.area().x0 - first.area.x1;
                signs::is_certain_bullet(&first.text) || gap > 0.2 * first.size
            }
        }
    }

    /// Where the text of a list point begins.
    pub(crate) fn hanging(&self) -> f32 {
        self.items.get(1).map_or(self.area.x1, |item| item.area().x0)
    }

    /// Where the line is split by gaps wider than this, as lines of their own.
    pub(crate) fn split(self, widest: f32) -> Vec<Self> {
        let mut parts: Vec<Vec<Item>> = Vec::new();
        let mut end = f32::MIN;
        let mut after_bullet = false;
        for item in self.items {
            let area = item.area();
            if parts.is_empty() || (area.x0 - end > widest && !after_bullet) {
                parts.push(Vec::new());
            }
            after_bullet = parts.last().is_some_and(Vec::is_empty)
                && matches!(&item, Item::Word(word) if signs::is_certain_bullet(&word.text));
            end = end.max(area.x1);
            if let Some(part) = parts.last_mut() {
                part.push(item);
            }
        }
        parts.into_iter().map(Self::new).collect()
    }
}

/// Raised and lowered signs close no gap of their own kind: "m²" is one word.
const CLOSE: f32 = 0.12;

/// Marks words that follow one on another height with no gap: nothing says that a space stands between.
fn glue_raised(items: &mut [Item]) {
    let mut before: Option<(f32, f32, bool)> = None;
    for item in items {
        let Item::Word(word) = item else {
            before = None;
            continue;
        };
        if let Some((end, baseline, spaced)) = before
            && !spaced
            && (word.baseline - baseline).abs() > 0.05 * word.size
            && (-0.3..CLOSE).contains(&((word.area.x0 - end) / word.size.max(1.0)))
        {
            word.glued = true;
        }
        before = Some((word.area.x1, word.baseline, word.spaced));
    }
}

/// Sorts items into lines from top to bottom.
pub(crate) fn lines(mut items: Vec<Item>) -> Vec<Line> {
    items.sort_by(|a, b| key(a).total_cmp(&key(b)).then(a.area().x0.total_cmp(&b.area().x0)));
    // Words with their own baselines first; marks and raised signs join the line that they stand beside.
    let mut groups: Vec<Vec<Item>> = Vec::new();
    let mut marks = Vec::new();
    for item in items {
        if matches!(item, Item::Mark(..)) {
            marks.push(item);
            continue;
        }
        let place = groups.len().saturating_sub(3);
        let fits = groups[place..].iter().rposition(|group| same_line(group, &item));
        match fits {
            Some(found) => groups[place + found].push(item),
            None => groups.push(vec![item]),
        }
    }
    join_raised(&mut groups);
    for mark in marks {
        let middle = mark.area().centre().1;
        let height = mark.area().height();
        let beside = groups.iter().position(|group| {
            let area = Area::around(group.iter().map(Item::area));
            let overlap = mark.area().y1.min(area.y1) - mark.area().y0.max(area.y0);
            (area.y0..area.y1).contains(&middle) && overlap > 0.4 * height.min(area.height())
        });
        match beside {
            Some(found) => groups[found].push(mark),
            None => groups.push(vec![mark]),
        }
    }
    let mut lines: Vec<Line> = groups
        .into_iter()
        .map(|mut group| {
            group.sort_by(|a, b| a.area().x0.total_cmp(&b.area().x0));
            Line::new(group)
        })
        .collect();
    lines.sort_by(|a, b| a.area.centre().1.total_cmp(&b.area.centre().1));
    lines
}

fn key(item: &Item) -> f32 {
    match item {
        Item::Word(word) => word.baseline_on_page(),
        Item::Mark(_, area) => area.centre().1,
    }
}

/// Brings raised signs that came before their line, for they stand higher, to the word that they stand beside.
fn join_raised(groups: &mut Vec<Vec<Item>>) {
    let mut index = 0;
    while index < groups.len() {
        let beside = |line: &[Item], sign: &Item| {
            line.iter()
                .any(|other| matches!((other, sign), (Item::Word(word), Item::Word(sign)) if is_raised(word, sign)))
        };
        let home = (index + 1..groups.len().min(index + 3))
            .find(|&line| groups[index].iter().all(|sign| beside(&groups[line], sign)));
        match home {
            Some(line) => {
                let signs = std::mem::take(&mut groups[index]);
                groups[line].extend(signs);
                groups.remove(index);
            }
            None => index += 1,
        }
    }
}

/// Whether a sign is smaller than a word, higher or lower, and right beside it.
fn is_raised(word: &Word, sign: &Word) -> bool {
    let (a, b) = (word.area, sign.area);
    sign.size < 0.85 * word.size
        && (sign.baseline - word.baseline).abs() < 0.6 * word.size
        && ((b.x0 - a.x1).abs() < 0.3 * word.size || (a.x0 - b.x1).abs() < 0.3 * word.size)
}

/// How many of a line's last words a new one is held against.
const NEAREST: usize = 12;

fn same_line(group: &[Item], item: &Item) -> bool {
    let Item::Word(word) = item else { return false };
    let others = group.iter().rev().take(NEAREST).chain(group.first()).filter_map(|item| match item {
        Item::Word(other) => Some(other),
        Item::Mark(..) => None,
    });
    // A raised sign may come first: any word of the line may tell.
    others.into_iter().any(|other| {
        let small = other.size.min(word.size);
        (other.baseline - word.baseline).abs() <= 0.3 * small || is_raised(other, word) || is_raised(word, other)
    })
}

impl Word {
    fn baseline_on_page(&self) -> f32 {
        if self.turn == 0 { self.baseline } else { self.area.y1 }
    }
}

/// The colour of running text: no need to mention it.
pub(crate) fn is_plain(colour: Rgb) -> bool {
    let (_, saturation, lightness) = colour.hsl();
    saturation < 0.25 || !(0.15..=0.97).contains(&lightness)
}

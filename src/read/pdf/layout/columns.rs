//! The columns of an unruled table: white rivers that run between the words of its lines.

use super::geometry::Area;
use super::lines::{Item, Line};
use super::values;

/// A gap of this many times the letters' size parts a line: three spaces or so.
pub(super) const WIDE: f32 = 0.9;
/// A river is at least so wide, in the middle line's size.
const NARROWEST: f32 = 0.2;
/// Where words of a heading stand further apart than this, an edge of a column may run between them.
const LOOSE: f32 = 0.45;

/// A line cut at its wide gaps.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub(super) area: Area,
    pub(super) size: f32,
    pub(super) words: Vec<CutWord>,
    pub(super) parts: Vec<Part>,
}

/// A word between spaces.
#[derive(Clone, Copy, Debug)]
pub(super) struct CutWord {
    pub(super) area: Area,
    pub(super) letters: usize,
    pub(super) is_value: bool,
    /// Dots that lead the eye to the next column: no text.
    pub(super) is_leader: bool,
}

/// A stretch of a line with no wide gap in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) area: Area,
    pub(super) letters: usize,
    pub(super) is_value: bool,
}

/// A part as it lies over the columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) area: Area,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) words: usize,
}

impl Cut {
    pub(super) fn of(line: &Line) -> Self {
        let mut words: Vec<CutWord> = Vec::new();
        let mut text = String::new();
        let finish = |words: &mut Vec<CutWord>, text: &str| {
            if let Some(word) = words.last_mut() {
                word.letters = text.chars().count() + 1;
                word.is_value = values::is_value(text);
                word.is_leader = text.chars().count() > 2 && text.chars().all(|c| matches!(c, '.' | '…' | '_' | '·'));
            }
        };
        for item in &line.items {
            let (area, glued) = match item {
                Item::Word(word) => (word.area, word.glued),
                Item::Mark(_, area) => (*area, false),
            };
            match words.last_mut() {
                Some(last) if glued => last.area = last.area.union(area),
                _ => {
                    finish(&mut words, &text);
                    text.clear();
                    words.push(CutWord { area, letters: 0, is_value: false, is_leader: false });
                }
            }
            if let Item::Word(word) = item {
                text.push_str(&word.text);
            }
        }
        finish(&mut words, &text);
        let mut cut = Self { area: line.area, size: line.size, words, parts: Vec::new() };
        cut.part();
        cut
    }

    /// The words that lie to one side of a place, as a line of their own.
    pub(super) fn side(&self, keep: impl Fn(&CutWord) -> bool) -> Option<Self> {
        let words: Vec<CutWord> = self.words.iter().filter(|word| keep(word)).copied().collect();
        if words.is_empty() {
            return None;
        }
        let area = Area::around(words.iter().map(|word| word.area));
        let mut cut = Self { area, size: self.size, words, parts: Vec::new() };
        cut.part();
        Some(cut)
    }

    fn part(&mut self) {
        let widest = (WIDE * self.size).max(4.0);
        let mut parts: Vec<Part> = Vec::new();
        let mut values = true;
        for word in self.words.iter().filter(|word| !word.is_leader) {
            match parts.last_mut() {
                Some(part) if word.area.x0 - part.area.x1 <= widest => {
                    part.area = part.area.union(word.area);
                    part.letters += word.letters;
                    values &= word.is_value;
                    part.is_value = values;
                }
                _ => {
                    values = word.is_value;
                    parts.push(Part { area: word.area, letters: word.letters, is_value: values });
                }
            }
        }
        self.parts = parts;
    }
}

/// The edges of columns, one more than columns.
#[derive(Clone, Debug)]
pub(super) struct Xs(pub(super) Vec<f32>);

impl Xs {
    pub(super) fn count(&self) -> usize {
        self.0.len() - 1
    }

    /// The column at a place.
    pub(super) fn column(&self, x: f32) -> usize {
        self.0.partition_point(|&edge| edge <= x).clamp(1, self.count()) - 1
    }

    /// The parts of a line with the columns that each lies over: parted at wide gaps, and where an edge runs between
    /// words that are loose or both values.
    pub(super) fn parts(&self, cut: &Cut) -> Vec<Placed> {
        let mut parts: Vec<Placed> = Vec::new();
        let mut before: Option<&CutWord> = None;
        for word in cut.words.iter().filter(|word| !word.is_leader) {
            let apart = before.is_none_or(|last| {
                let gap = word.area.x0 - last.area.x1;
                let edge = self.column(last.area.centre().0) != self.column(word.area.centre().0);
                gap > (WIDE * cut.size).max(4.0)
                    || (edge && (gap > LOOSE * cut.size || (last.is_value && word.is_value)))
            });
            let inset = (0.25 * word.area.width()).min(0.25 * cut.size);
            let first = self.column(word.area.x0 + inset);
            let last = self.column(word.area.x1 - inset).max(first);
            match parts.last_mut() {
                Some(part) if !apart => {
                    part.area = part.area.union(word.area);
                    part.last = part.last.max(last);
                    part.words += 1;
                }
                _ => parts.push(Placed { area: word.area, first, last, words: 1 }),
            }
            before = Some(word);
        }
        parts
    }
}

/// A white stretch between words, from top to bottom but for a few lines.
struct River {
    from: f32,
    to: f32,
}

impl River {
    fn width(&self) -> f32 {
        self.to - self.from
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.from, self.to)
    }
}

/// The columns of a run of lines; none when there is but one.
pub(super) fn edges(cuts: &[Cut]) -> Option<Xs> {
    let rich: Vec<&Cut> = cuts.iter().filter(|cut| cut.parts.len() > 1).collect();
    if rich.len() < 2 {
        return None;
    }
    let area = Area::around(cuts.iter().map(|cut| cut.area)).grown(1.0);
    let mut sizes: Vec<f32> = rich.iter().map(|cut| cut.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    let mut xs = vec![area.x0];
    xs.extend(between_columns(rivers(&rich, size), &rich).iter().map(|river| place(river, cuts)));
    xs.push(area.x1);
    (xs.len() > 2).then_some(Xs(xs))
}

fn rivers(rich: &[&Cut], size: f32) -> Vec<River> {
    let mut events: Vec<(f32, i32)> = Vec::new();
    for word in rich.iter().flat_map(|cut| &cut.words).filter(|word| !word.is_leader) {
        events.push((word.area.x0, 1));
        events.push((word.area.x1, -1));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let allowed = i32::try_from(rich.len() / 8).unwrap_or(0);
    let mut found = Vec::new();
    let mut depth = 0;
    let mut from: Option<f32> = None;
    let mut text_since = false;
    for (x, change) in events {
        depth += change;
        if change < 0 && depth <= allowed && from.is_none() {
            from = Some(x);
        } else if change > 0 && depth > allowed {
            if let Some(from) = from.take()
                && x - from > NARROWEST * size
                && text_since
            {
                found.push(River { from, to: x });
            }
            text_since = true;
        }
    }
    found
}

/// What the lines say of a river.
#[derive(Clone, Copy, Default)]
struct Witness {
    /// Lines whose words stand right on both sides of it, with no other river between.
    both: usize,
    /// Of these, those with a wide gap.
    wide: usize,
    /// Of these, those with values on both sides.
    values: usize,
}

impl Witness {
    /// Whether it parts columns rather than words: wide gaps in most lines, or values on both sides. Thousands set
    /// apart by a space are values too; a column of them has wide gaps beside it.
    fn parts_columns(self) -> bool {
        let Self { both, wide, values } = self;
        wide * 2 >= both || (both >= 4 && values * 10 >= both * 7 && wide * 10 >= both)
    }
}

/// Rivers that part columns. A gap over several rivers witnesses for none of them, so those that part mere words are
/// taken out one round after another; of rivers without a witness the widest stays.
fn between_columns(mut rivers: Vec<River>, rich: &[&Cut]) -> Vec<River> {
    loop {
        let witnesses = witnesses(&rivers, rich);
        let before = rivers.len();
        let mut told = witnesses.iter();
        rivers.retain(|_| told.next().is_none_or(|witness| witness.both == 0 || witness.parts_columns()));
        if rivers.len() < before {
            continue;
        }
        let unseen = (0..before).filter(|&index| witnesses[index].both == 0);
        match unseen.min_by(|&a, &b| rivers[a].width().total_cmp(&rivers[b].width())) {
            Some(narrowest) => drop(rivers.remove(narrowest)),
            None => return rivers,
        }
    }
}

fn witnesses(rivers: &[River], rich: &[&Cut]) -> Vec<Witness> {
    let mut witnesses = vec![Witness::default(); rivers.len()];
    for cut in rich {
        let mut before: Option<&CutWord> = None;
        for word in cut.words.iter().filter(|word| !word.is_leader) {
            if let Some(last) = before {
                let from = rivers.partition_point(|river| river.middle() < last.area.centre().0);
                let to = rivers.partition_point(|river| river.middle() < word.area.centre().0);
                if to == from + 1 {
                    let witness = &mut witnesses[from];
                    witness.both += 1;
                    witness.wide += usize::from(word.area.x0 - last.area.x1 > (WIDE * cut.size).max(4.0));
                    witness.values += usize::from(last.is_value && word.is_value);
                }
            }
            before = Some(word);
        }
    }
    witnesses
}

/// Where in a river the edge runs: where the fewest words of any line lie over it.
fn place(river: &River, cuts: &[Cut]) -> f32 {
    let middle = f32::midpoint(river.from, river.to);
    let steps = 9;
    let crossed =
        |x: f32| cuts.iter().flat_map(|cut| &cut.words).filter(|word| word.area.x0 < x && x < word.area.x1).count();
    let mut best = (crossed(middle), middle);
    for step in 1..steps {
        let x = river.from + (river.to - river.from) * step as f32 / steps as f32;
        let count = crossed(x);
        if count < best.0 {
            best = (count, x);
        }
    }
    best.1
}

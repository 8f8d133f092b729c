//! Whether what a page shows is what a model says, apart from what no page can show: blanks, line breaks inside a
//! paragraph, signs that files cannot hold.

use std::collections::HashMap;

use crate::model::{
    Block, BlockKind, Calendar, Entry, Item, Leftover, OtherPart, StatusLight, blocks_text, fold_words, normalise,
    words,
};

/// Whether a format shows bold and italics for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// A change of look is somebody's wish.
    Certain,
    /// The same, but a paragraph may be parted where a slide is full.
    Parted,
    /// The look may come from the reader's guess.
    Doubtful,
}

/// A paragraph as the eye sees it: list or not, how deep among its neighbours, its signs with their look.
type Seen = (BlockKind, usize, Vec<(char, bool, bool)>);

/// Whether two texts look the same.
pub(super) fn blocks(shown: &[Block], known: &[Block], looks: Looks) -> bool {
    let (left, right) = (seen(shown, looks), seen(known, looks));
    // A paragraph of no end is cut where a cell is full.
    let parted = looks == Looks::Parted && left.len() > right.len() && whole(&left).eq(whole(&right));
    left == right || parted || (longest(known) > 20_000 && signs(&left).eq(signs(&right)))
}

/// The same for an entry's text, whose first signs may belong to the date before it.
pub(super) fn entry_text(shown: &[Block], known: &[Block], looks: Looks) -> bool {
    let begun = |blocks: &[Block]| -> Vec<Seen> {
        let mut all = seen(blocks, looks);
        if let Some((_, _, line)) = all.first_mut() {
            let at = line.iter().position(|(c, ..)| !matches!(c, ' ' | ':' | '.' | '=' | '-' | '–' | ',' | ';'));
            line.drain(..at.unwrap_or(line.len()));
        }
        all.retain(|(_, _, line)| !line.is_empty());
        all
    };
    let (left, right) = (begun(shown), begun(known));
    let parted = looks == Looks::Parted && left.len() > right.len() && whole(&left).eq(whole(&right));
    blocks(shown, known, looks) || left == right || parted
}

fn longest(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.runs.iter().map(|run| run.text.len()).sum()).max().unwrap_or(0)
}

/// All signs with their looks, wherever a paragraph ends.
fn whole(seen: &[Seen]) -> impl Iterator<Item = &(char, bool, bool)> {
    seen.iter().flat_map(|(.., line)| line).filter(|(c, ..)| *c != ' ')
}

fn signs(seen: &[Seen]) -> impl Iterator<Item = char> + '_ {
    seen.iter().flat_map(|(.., line)| line.iter().map(|(c, ..)| *c)).filter(|c| *c != ' ')
}

fn seen(blocks: &[Block], looks: Looks) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    let mut open: Vec<u8> = Vec::new();
    for block in blocks {
        let mut lines: Vec<Vec<(char, bool, bool)>> = vec![Vec::new()];
        for run in &block.runs {
            for c in normalise(&run.text).chars() {
                let Some(line) = lines.last_mut() else { continue };
                match c {
                    '\n' | '\r' | '\u{b}' | '\u{2028}' | '\u{2029}' => lines.push(Vec::new()),
                    c if c.is_whitespace() => {
                        if !matches!(line.last(), None | Some((' ', ..))) {
                            line.push((' ', false, false));
                        }
                    }
                    // Choose between two pictures of one sign, or cannot be written at all.
                    '\u{fe0e}' | '\u{fe0f}' | '\u{fffe}' | '\u{ffff}' => {}
                    c if c.is_control() => {}
                    c if looks == Looks::Doubtful && !is_common(c) => {}
                    c if looks == Looks::Doubtful => line.push((c, false, false)),
                    c => line.push((c, run.bold, run.italic)),
                }
            }
        }
        for mut line in lines {
            while line.last().is_some_and(|(c, ..)| *c == ' ') {
                line.pop();
            }
            if line.is_empty() {
                continue;
            }
            let depth = match block.kind {
                BlockKind::Paragraph => {
                    open.clear();
                    0
                }
                BlockKind::Bullet => {
                    let level = block.level.min(8);
                    while open.last().is_some_and(|&last| last > level) {
                        open.pop();
                    }
                    if open.last() != Some(&level) {
                        open.push(level);
                    }
                    open.len()
                }
            };
            all.push((block.kind, depth, line));
        }
    }
    all
}

/// Whether fonts for Swedish text have the sign: what a PDF's fonts lack may come back as any other sign.
pub(super) fn is_common(c: char) -> bool {
    matches!(c, '\u{21}'..='\u{17f}' | '\u{2010}'..='\u{2044}' | '€' | '\u{2190}'..='\u{21ff}' | '\u{2200}'..='\u{22ff}')
}

/// Whether two lines say the same.
pub(super) fn line(shown: &str, known: &str) -> bool {
    let plain = |text: &str| seen(&[Block::paragraph(text.replace('\n', " "))], Looks::Doubtful);
    plain(shown) == plain(known)
}

/// Whether two lists of parts say the same, wherever one ends and the next begins.
pub(super) fn parts(shown: &[&OtherPart], known: &[&OtherPart], looks: Looks) -> bool {
    let headings_of = |parts: &[&OtherPart]| {
        // Two parts of one heading may be shown as one.
        let mut all: Vec<String> = parts.iter().filter_map(|part| part.heading.clone()).collect();
        all.sort();
        all.dedup();
        all
    };
    let texts = |parts: &[&OtherPart]| {
        let all = parts.iter().flat_map(|part| &part.blocks).cloned().collect::<Vec<_>>();
        let mut text: Vec<String> = words(&blocks_text(&all)).collect();
        text.extend(headings_of(parts).iter().flat_map(|heading| words(heading).collect::<Vec<_>>()));
        text.sort();
        text
    };
    let (shown_words, known_words) = (texts(shown), texts(known));
    // A heading may have grown by words that say which item it is about; the text itself may not.
    let missing = count_missing(&known_words, &shown_words);
    let body_words = |parts: &[&OtherPart]| {
        let blocks = parts.iter().flat_map(|part| &part.blocks);
        let mut all: Vec<String> = blocks.flat_map(|block| words(&block.text()).collect::<Vec<_>>()).collect();
        all.sort();
        all
    };
    let body = |parts: &[&OtherPart]| {
        let mut lines: Vec<String> = parts
            .iter()
            .flat_map(|part| &part.blocks)
            .flat_map(|block| block.text().split('\n').map(fold_words).collect::<Vec<_>>())
            .filter(|line| !line.is_empty())
            .collect();
        lines.sort();
        lines
    };
    if looks == Looks::Parted && missing == 0 && body_words(shown) == body_words(known) {
        return true;
    }
    let (shown_body, known_body) = (body(shown), body(known));
    let headings: Vec<String> = known.iter().filter_map(|part| part.heading.as_deref()).map(fold_words).collect();
    // Without marked headings, a heading has become a line of the text.
    let extra = shown_body.iter().filter(|line| !known_body.contains(line) && !headings.contains(line)).count();
    missing == 0 && extra == 0 && known_body.iter().all(|line| shown_body.contains(line))
}

/// How many words of one sorted list the other lacks.
fn count_missing(of: &[String], within: &[String]) -> usize {
    let mut within = within.iter().peekable();
    of.iter()
        .filter(|word| {
            while within.next_if(|candidate| candidate < word).is_some() {}
            within.next_if(|candidate| candidate == word).is_none()
        })
        .count()
}

/// Whether a page of the year wheel says what a model says: what was placed and what was left over, together. Words
/// that only label the page's parts do not count.
///
/// Gives the numbers of the leftovers that belong to it.
pub(super) fn calendar(
    shown: Option<&Calendar>,
    leftovers: &[Leftover],
    known: &Calendar,
    labels: &[String],
) -> Option<Vec<usize>> {
    let mut left: HashMap<String, i64> = HashMap::new();
    let mut count = |calendar: &Calendar, by: i64| {
        let ongoing = calendar.ongoing.iter().map(Block::text);
        let events = calendar.events.iter().flat_map(|one| [one.when.clone().unwrap_or_default(), one.text.clone()]);
        for word in ongoing.chain(events).flat_map(|text| words(&text).collect::<Vec<_>>()) {
            *left.entry(word).or_default() += by;
        }
    };
    count(known, 1);
    if let Some(shown) = shown {
        count(shown, -1);
    }
    let year = known.year.map(|year| year.to_string());
    let mut own = Vec::new();
    for (number, leftover) in leftovers.iter().enumerate() {
        let mut after = left.clone();
        let belongs = words(&leftover.text).all(|word| {
            let wanted = after.entry(word.clone()).or_default();
            *wanted -= 1;
            *wanted >= 0 || labels.contains(&word) || year.as_ref() == Some(&word)
        });
        if belongs {
            left = after;
            own.push(number);
        }
    }
    // What the model has and the page lacks, or the page has besides its labels, is another year wheel.
    let mut words: Vec<(&String, &i64)> = left.iter().collect();
    words.sort();
    let same = |(word, left): (&String, &i64)| {
        *left == 0 || *left < 0 && (labels.contains(word) || year.as_ref() == Some(word))
    };
    words.into_iter().all(same).then_some(own)
}

/// Whether two rows of lights are the same.
pub(super) fn lights(shown: &[StatusLight], known: &[StatusLight]) -> bool {
    let label = |light: &StatusLight| fold_words(&normalise(light.label.as_deref().unwrap_or_default()));
    shown.len() == known.len()
        && shown.iter().zip(known).all(|(shown, known)| shown.light == known.light && label(shown) == label(known))
}

/// Whether two follow-up cells show the same words, dates as they are written there.
pub(super) fn entries(shown: &[Entry], known: &[Entry]) -> bool {
    rendered(shown) == rendered(known)
}

fn rendered(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        text.extend(entry.shown_date());
        text.push(' ');
        text.push_str(&normalise(&blocks_text(&entry.text)));
        text.push(' ');
    }
    // After its date an entry may or may not have a colon.
    text.chars()
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(
                    c,
                    ':' | '.' | '=' | '-' | '–' | ',' | ';' | '\u{fe0e}' | '\u{fe0f}' | '\u{fffe}' | '\u{ffff}'
                )
        })
        .collect()
}

/// What tells an item by its wording.
pub(super) fn wording(item: &Item) -> String {
    let cells = [&item.area, &item.priority, &item.activities];
    cells.map(|cell| fold_words(&normalise(&blocks_text(cell)))).join("|")
}

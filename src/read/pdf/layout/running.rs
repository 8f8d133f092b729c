//! Headers, footers and page numbers: what stands at the same place on several pages.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use super::geometry::Area;
use super::hyphens::Vocabulary;
use super::lines::{self, Item};
use super::paragraphs::{self, Setting};
use crate::page::Paragraph;

/// What is repeated, each thing once.
#[derive(Debug, Default)]
pub(crate) struct Running {
    pub(crate) headers: Vec<Paragraph>,
    pub(crate) footers: Vec<Paragraph>,
    /// For each page and word: whether it belongs to a header or footer.
    pub(crate) words: Vec<Vec<bool>>,
}

/// A line near an edge of a page.
struct Edge {
    page: usize,
    area: Area,
    /// Its text with digits made alike.
    text: String,
    words: Vec<usize>,
}

/// How much of the page's height counts as its head or foot.
const MARGIN: f32 = 0.14;
/// How many lines at most a header or footer has.
const LINES: usize = 5;

impl Running {
    /// Finds what is repeated.
    pub(crate) fn find(sheets: &[Sheet], title: Option<&str>) -> Self {
        let mut running =
            Self { words: sheets.iter().map(|sheet| vec![false; sheet.words.len()]).collect(), ..Self::default() };
        for paragraph in sheets.iter().flat_map(|sheet| &sheet.watermarks) {
            // A watermark is the same on each page.
            if !running.headers.iter().any(|known| known.text() == paragraph.text()) {
                running.headers.push(paragraph.clone());
            }
        }
        if sheets.len() < 2 {
            running.number_pages(sheets, title);
            return running;
        }
        for head in [true, false] {
            let edges: Vec<Vec<Edge>> =
                sheets.iter().enumerate().map(|(page, sheet)| edges(page, sheet, head)).collect();
            // Where: the text and its height, to the nearest few points.
            let mut pages: BTreeMap<(String, i32), usize> = BTreeMap::new();
            for edge in edges.iter().flatten() {
                for slot in slots(edge, sheets) {
                    *pages.entry((edge.text.clone(), slot)).or_default() += 1;
                }
            }
            let repeated = |page_edges: &[Edge]| {
                let is_repeated = |edge: &&Edge| {
                    let found = slots(edge, sheets).map(|slot| pages.get(&(edge.text.clone(), slot)).copied());
                    let repeated = found.into_iter().flatten().max().unwrap_or(0);
                    repeated >= 2 && repeated * 5 >= sheets.len()
                };
                // What stands nearer the text than a line that is not repeated is not running either.
                page_edges.iter().take_while(is_repeated).count()
            };
            let mut counts: Vec<usize> = edges.iter().map(|page_edges| repeated(page_edges)).collect();
            if head {
                // A page with little text does not show that a line is a table's heading; others with the same do.
                let mut headings: BTreeSet<&str> = BTreeSet::new();
                for (page_edges, count) in edges.iter().zip(&mut counts) {
                    let first = first_of_heading(&page_edges[..*count], sheets);
                    headings.extend(page_edges[first..*count].iter().map(|edge| edge.text.as_str()));
                    *count = first;
                }
                for (page_edges, count) in edges.iter().zip(&mut counts) {
                    let known = |edge: &Edge| headings.contains(edge.text.as_str());
                    *count = page_edges[..*count].iter().position(known).unwrap_or(*count);
                }
            }
            let mut seen: Vec<Shown> = Vec::new();
            for (page_edges, count) in edges.iter().zip(counts) {
                for edge in &page_edges[..count] {
                    for &word in &edge.words {
                        running.words[edge.page][word] = true;
                    }
                    let shown = Shown::of(&sheets[edge.page], edge);
                    if !seen.iter().any(|other| other.stands_for(&shown)) {
                        seen.push(shown);
                        let found = once(&sheets[edge.page], edge);
                        if head { running.headers.extend(found) } else { running.footers.extend(found) }
                    }
                }
            }
        }
        running.number_pages(sheets, title);
        running
    }

    /// A page's number in the outermost line of its head or foot, not repeated in the same wording.
    fn number_pages(&mut self, sheets: &[Sheet], title: Option<&str>) {
        for (page, sheet) in sheets.iter().enumerate() {
            for head in [true, false] {
                let lines = edges(page, sheet, head);
                let Some(line) = lines.first() else { continue };
                let apart = lines.get(1).is_none_or(|next| {
                    let gap = line.area.y0.max(next.area.y0) - line.area.y1.min(next.area.y1);
                    gap > 1.2 * line.area.height()
                });
                if !apart
                    || line.words.iter().any(|&word| self.words[page][word])
                    || !(numbers(sheet, line) || names(sheet, line, title))
                {
                    continue;
                }
                for &word in &line.words {
                    self.words[page][word] = true;
                }
                let found = once(sheet, line);
                if head { self.headers.extend(found) } else { self.footers.extend(found) }
            }
        }
    }
}

/// "3", "Sida 3", "3 (7)", "3 av 7", be it at the end of a line with a wide gap before: the page's number
/// and little else.
fn numbers(sheet: &Sheet, line: &Edge) -> bool {
    let parts = parts(sheet, line);
    let number = sheet.number.to_string();
    parts.last().is_some_and(|last| {
        let tokens: Vec<&str> = last
            .iter()
            .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
            .filter(|token| !token.is_empty())
            .collect();
        let digits = |token: &&&str| token.bytes().all(|byte| byte.is_ascii_digit());
        let counted = tokens.iter().filter(digits).count();
        tokens.len() <= 4
            && counted <= 2
            && (parts.len() == 1 || counted == tokens.len())
            && tokens.iter().find(digits).is_some_and(|first| **first == number)
            && tokens.iter().all(|token| token.chars().count() <= 5)
    })
}

/// The document's own title beside a date with a time: what browsers print at the head of a page.
fn names(sheet: &Sheet, line: &Edge, title: Option<&str>) -> bool {
    let parts = parts(sheet, line);
    let Some(title) = title else { return false };
    parts.len() >= 2
        && parts.iter().any(|part| part.join(" ") == title.trim())
        && parts[0].iter().any(|word| word.contains(':') && word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The words of a line, parted at its wide gaps.
fn parts<'a>(sheet: &'a Sheet, line: &Edge) -> Vec<Vec<&'a str>> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    let mut end = f32::MIN;
    for word in line.words.iter().map(|&word| &sheet.words[word]) {
        match parts.last_mut() {
            Some(part) if word.area.x0 - end < 2.0 * word.size => part.push(&word.text),
            _ => parts.push(vec![&word.text]),
        }
        end = word.area.x1;
    }
    parts
}

/// What a header or footer says: its words apart from its numbers, and how its numbers go with the page's.
struct Shown {
    words: String,
    page: i64,
    numbers: Vec<i64>,
}

impl Shown {
    fn of(sheet: &Sheet, edge: &Edge) -> Self {
        let text: Vec<&str> = edge.words.iter().map(|&index| sheet.words[index].text.as_str()).collect();
        let text = text.join(" ");
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
        Self { words: edge.text.clone(), page: i64::from(sheet.number), numbers }
    }

    /// Whether the other says the same, or differs only in numbers that count the pages.
    fn stands_for(&self, other: &Self) -> bool {
        self.words == other.words
            && self.numbers.len() == other.numbers.len()
            && self
                .numbers
                .iter()
                .zip(&other.numbers)
                .all(|(own, theirs)| own == theirs || theirs - own == other.page - self.page)
    }
}

/// Where a table's heading begins among the lines at a page's head: a heading that is repeated on each page is none of
/// the page's. One of its lines stands in several parts, under which the text of the page begins too.
fn first_of_heading(lines: &[Edge], sheets: &[Sheet]) -> usize {
    let Some(sheet) = lines.first().map(|line| &sheets[line.page]) else { return 0 };
    let starts: Vec<Area> = starts(sheet).collect();
    let is_row = |line: &Edge| {
        let own: Vec<f32> =
            starts.iter().filter(|word| line.area.grown(0.5).holds(word.centre())).map(|word| word.x0).collect();
        let below = |x: f32| {
            let near = |word: &Area| (1.0..BELOW).contains(&(word.y0 - line.area.y1)) && (word.x0 - x).abs() < 1.5;
            starts.iter().any(near)
        };
        own.len() >= 3 && own.iter().filter(|&&x| below(x)).count() + 1 >= own.len()
    };
    let Some(mut first) = lines.iter().position(is_row) else { return lines.len() };
    let look = |line: &Edge| {
        let first = line.words.first().map(|&word| &sheet.words[word]);
        let centre = first.map_or(line.area.centre(), |word| word.area.centre());
        let shade = sheet.fills.iter().rev().find(|(fill, _)| fill.holds(centre)).map(|&(_, colour)| colour);
        (first.map(|word| word.bold), shade)
    };
    while first > 0
        && lines[first].area.y0 - lines[first - 1].area.y1 < 0.5 * lines[first].area.height()
        && look(&lines[first - 1]) == look(&lines[first])
    {
        first -= 1;
    }
    first
}

/// How far below a heading the text of its columns begins at most, in points.
const BELOW: f32 = 600.0;

/// The words that begin a part of a line, with a wide gap before them.
fn starts(sheet: &Sheet) -> impl Iterator<Item = Area> + '_ {
    let mut last: Option<&super::words::Word> = None;
    sheet.words.iter().filter(|word| word.turn == 0).filter_map(move |word| {
        let before = last.replace(word);
        let beside = |before: &super::words::Word| {
            (before.baseline - word.baseline).abs() < 2.0
                && (-0.5..1.0).contains(&((word.area.x0 - before.area.x1) / word.size.max(1.0)))
        };
        (!before.is_some_and(beside)).then_some(word.area)
    })
}

/// Two neighbouring slots, so that a point's difference does not part what is alike.
fn slots(edge: &Edge, sheets: &[Sheet]) -> [i32; 2] {
    let height = sheets[edge.page].size.1;
    let y = if edge.area.y0 < height / 2.0 { edge.area.y0 } else { height - edge.area.y0 };
    [(y / 6.0).floor() as i32, (y / 6.0 + 0.5).floor() as i32 + 10_000]
}

/// The lines at the head or foot, from the page's edge inwards, up to the first table.
fn edges(page: usize, sheet: &Sheet, head: bool) -> Vec<Edge> {
    let height = sheet.size.1;
    let near = |area: Area| if head { area.y1 < MARGIN * height } else { area.y0 > (1.0 - MARGIN) * height };
    let in_grid = |area: Area| sheet.grids.iter().any(|grid| grid.area.holds(area.centre()));
    let mut indices: Vec<usize> = (0..sheet.words.len())
        .filter(|&index| {
            let word = &sheet.words[index];
            word.turn == 0 && near(word.area) && !in_grid(word.area)
        })
        .collect();
    let key = |index: usize| (sheet.words[index].baseline, sheet.words[index].area.x0);
    indices.sort_by(|&a, &b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in indices {
        match groups.last_mut() {
            Some(group) if key(index).0 - key(group[0]).0 < 2.0 => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    if !head {
        groups.reverse();
    }
    groups.truncate(LINES);
    groups
        .into_iter()
        .map(|mut words| {
            words.sort_by(|&a, &b| key(a).1.total_cmp(&key(b).1));
            let text: String = words
                .iter()
                .flat_map(|&index| sheet.words[index].text.chars().chain([' ']))
                .map(|c| if c.is_numeric() { '#' } else { c })
                .collect();
            // Page numbers of one, two and three digits are alike.
            let mut folded = String::new();
            for c in text.chars() {
                if !(c == '#' && folded.ends_with('#')) {
                    folded.push(c);
                }
            }
            let area = Area::around(words.iter().map(|&index| sheet.words[index].area));
            Edge { page, area, text: folded, words }
        })
        .collect()
}

fn once(sheet: &Sheet, edge: &Edge) -> Vec<Paragraph> {
    let items = edge.words.iter().map(|&index| Item::Word(sheet.words[index].clone())).collect();
    let setting = Setting { page: sheet.number, vocabulary: &Vocabulary::default(), links: &sheet.links };
    paragraphs::paragraphs(lines::lines(items), None, &setting).into_iter().map(|(_, paragraph)| paragraph).collect()
}

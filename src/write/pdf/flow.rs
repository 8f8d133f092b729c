//! Content → pages: what stands on which page, and where.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::blocks::{self, Laid};
use super::content::{self, Part, Piece};
use super::fonts::Fonts;
use super::look::{self, Colour, LEADING, NORMAL, Sheet, Style, TITLE, TOP, UPDATED};
use super::outline;
use super::tags::{Element, Kind, Tags};

/// What is painted on a page, in order.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) marks: Vec<Mark>,
}

/// Something to paint.
#[derive(Debug)]
pub(super) enum Mark {
    /// A line of text whose top is at `y`; `real` is false for what a page only repeats.
    Line { laid: Laid, x: f32, y: f32, real: bool },
    /// An element that takes its place here even if it stays empty.
    Open(Element),
    /// A ruling line: decoration.
    Rule { from: (f32, f32), to: (f32, f32), colour: Colour, width: f32 },
    /// A filled rectangle: decoration.
    Fill { at: (f32, f32), size: (f32, f32), colour: Colour },
}

/// An entry of the outline, and where it leads to.
#[derive(Debug)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// An item's name and where its row begins.
#[derive(Debug)]
pub(super) struct Anchor {
    pub(super) id: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// Fills pages from top to bottom.
pub(super) struct Flow<'f> {
    pub(super) sheet: Sheet,
    pub(super) fonts: &'f mut Fonts,
    pub(super) tags: Tags,
    pub(super) pages: Vec<Page>,
    pub(super) y: f32,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) anchors: Vec<Anchor>,
    /// Headings that wait for what they stand over.
    waiting: Vec<Heading>,
    /// The level of the last heading: the next may be one deeper, no more.
    level: u8,
}

struct Heading {
    lines: Vec<Laid>,
    style: Style,
    bookmark: Option<(u8, String)>,
    /// A line below it.
    ruled: bool,
}

impl<'f> Flow<'f> {
    pub(super) fn new(sheet: Sheet, fonts: &'f mut Fonts) -> Self {
        Self {
            sheet,
            fonts,
            tags: Tags::default(),
            pages: vec![Page::default()],
            y: TOP,
            bookmarks: Vec::new(),
            anchors: Vec::new(),
            waiting: Vec::new(),
            level: 0,
        }
    }

    /// Puts the whole document on pages.
    pub(super) fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Group(text) => self.wait(text, TITLE, None),
                Part::Title(text) => self.wait(text, TITLE, Some(1)),
                Part::Heading(level, text) => self.wait(text, look::heading_style(*level), Some(*level)),
                Part::Small(text) => self.wait(text, UPDATED, None),
                Part::Text(lines) => self.text(lines),
                Part::Table(table) => self.table(table),
            }
        }
        self.place_waiting(0.0);
    }

    pub(super) fn page(&self) -> usize {
        self.pages.len() - 1
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    pub(super) fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// A heading, or for no level a line that belongs to one.
    fn wait(&mut self, text: &str, style: Style, level: Option<u8>) {
        let level = level.map(|level| level.min(self.level + 1));
        self.level = level.unwrap_or(self.level);
        let kind = level.map_or(Kind::Paragraph, |level| Kind::Heading(level, outline::shortened(text)));
        let ruled = style.size >= TITLE.size;
        let element = self.tags.add(kind, None);
        let piece = Piece::Text { text: text.to_owned(), bold: false, italic: false, link: None };
        let lines = blocks::paragraph(&[piece], self.sheet.measure(), &style, element, self.fonts, &mut self.tags);
        let bookmark = level.map(|level| (level, text.to_owned()));
        self.waiting.push(Heading { lines, style, bookmark, ruled });
    }

    /// Places the headings that wait, on a page that has room for them and so much of what follows.
    pub(super) fn place_waiting(&mut self, follows: f32) {
        let waiting = std::mem::take(&mut self.waiting);
        let height = |heading: &Heading| {
            heading.style.before + heading.style.after + heading.lines.iter().map(|line| line.height).sum::<f32>()
        };
        let needed = waiting.iter().map(height).sum::<f32>() + follows;
        if !self.at_top() && self.y + needed > self.sheet.bottom() && needed < self.sheet.room() {
            self.new_page();
        }
        for heading in waiting {
            if !self.at_top() {
                self.y += heading.style.before;
            }
            if let Some((level, text)) = heading.bookmark {
                self.bookmarks.push(Bookmark { level, text, page: self.page(), y: self.y });
            }
            self.lines(&heading.lines);
            if heading.ruled {
                let y = self.y + 0.45 * heading.style.after;
                self.mark(Mark::Rule {
                    from: (self.sheet.left, y),
                    to: (self.sheet.right(), y),
                    colour: look::LINE,
                    width: 1.0,
                });
            }
            self.y += heading.style.after;
        }
    }

    fn text(&mut self, content: &[content::Line]) {
        let lines = blocks::lay(content, self.sheet.measure(), &NORMAL, None, self.fonts, &mut self.tags);
        self.place_waiting(2.0 * LEADING * NORMAL.size);
        self.lines(&lines);
        self.y += NORMAL.after;
    }

    /// Puts lines one under another, on new pages where there is no more room.
    fn lines(&mut self, lines: &[Laid]) {
        let mut start = 0;
        while start < lines.len() {
            let mut end = start;
            let mut height = 0.0;
            while let Some(line) = lines.get(end) {
                let gap = if end == start && self.at_top() { 0.0 } else { line.gap };
                if self.y + height + gap + line.height > self.sheet.bottom() {
                    break;
                }
                height += gap + line.height;
                end += 1;
            }
            let full = end;
            while end > start && !blocks::may_part(lines, end) {
                end -= 1;
            }
            if end == start && self.at_top() {
                end = full.max(start + 1);
            }
            for line in &lines[start..end] {
                if !self.at_top() {
                    self.y += line.gap;
                }
                self.line(line.clone(), self.sheet.left, self.y, true);
                self.y += line.height;
            }
            start = end;
            if start < lines.len() {
                self.new_page();
            }
        }
    }

    pub(super) fn line(&mut self, laid: Laid, x: f32, y: f32, real: bool) {
        self.mark(Mark::Line { x: x + laid.x, laid, y, real });
    }
}

/// A line that is the same on every page.
pub(super) fn running(text: &str, fonts: &mut Fonts) -> Rc<super::lines::SetLine> {
    let piece = Piece::Text { text: text.to_owned(), bold: false, italic: false, link: None };
    let (atoms, _) = super::words::atoms(&[piece], &look::RUNNING, fonts, &mut BTreeSet::new());
    Rc::new(
        super::lines::lines(atoms, look::LANDSCAPE.measure(), &look::RUNNING, fonts)
            .into_iter()
            .next()
            .unwrap_or_default(),
    )
}

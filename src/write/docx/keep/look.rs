//! How the entries of a cell look, so that a new one looks the same.

use std::ops::Range;

use jiff::civil::Date;

use super::editor::{Editor, NewParagraph};
use super::lines::Line;
use super::spans::{Id, Spans};
use super::story::{Kind, Story};
use crate::model::Run;
use crate::write::template::xml::escape_into;

/// The look of a cell's text.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// The paragraphs that entries start with, and those they go on with.
    pub(super) opening: Option<Paragraph>,
    pub(super) going_on: Option<Paragraph>,
    pub(super) bullet: Option<Paragraph>,
    /// The look of an entry's date and of its text: what stands in `w:rPr`.
    date: Vec<(String, String)>,
    text: Vec<(String, String)>,
    /// What the style around makes of text that says nothing itself.
    bold: bool,
    italic: bool,
    /// What stands between the date and the text.
    separator: Option<String>,
    form: Option<DateForm>,
    /// Entries stand apart by an empty paragraph.
    gap: bool,
    /// Entries are lines of one paragraph.
    pub(super) breaks: bool,
    /// Entries are list points of this level.
    pub(super) points: Option<u8>,
    /// The date has a line of its own.
    alone: bool,
    /// The number of the document's bullet list, for points where none stand yet.
    list: Option<String>,
}

/// A paragraph's properties, and the sign that is typed before a list point.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    properties: Vec<(String, String)>,
    mark: String,
    sign: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateForm {
    Short,
    Long,
    Dashed,
}

impl DateForm {
    fn of(written: &str) -> Option<Self> {
        let digits = written.bytes().all(|b| b.is_ascii_digit());
        match written.len() {
            6 if digits => Some(Self::Short),
            8 if digits => Some(Self::Long),
            10 if written
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() }) =>
            {
                Some(Self::Dashed)
            }
            _ => None,
        }
    }

    fn write(self, date: Date) -> String {
        match self {
            Self::Short => date.strftime("%y%m%d").to_string(),
            Self::Long => date.strftime("%Y%m%d").to_string(),
            Self::Dashed => date.to_string(),
        }
    }
}

impl Look {
    /// The look of lines that stand at these places of a story.
    pub(super) fn of(editor: &Editor<'_, '_>, story: &Story, lines: &[Line], places: &[Option<Range<usize>>]) -> Self {
        let spans = editor.spans;
        let mut look = Self::default();
        let mut texts: Votes<Vec<(String, String)>> = Votes::default();
        let mut dates = Votes::default();
        let mut separators = Votes::default();
        let mut forms = Votes::default();
        let (mut openings, mut others, mut bullets) = (Votes::default(), Votes::default(), Votes::default());
        let (mut bold, mut italic, mut all) = (0, 0, 0);
        let (mut points, mut plain) = (Votes::default(), 0);
        let mut last: Option<usize> = None;
        let (mut gaps, mut pairs, mut broken) = (0, 0, 0);
        for (line, place) in lines.iter().zip(places) {
            let Some(place) = place else { continue };
            let date_letters = line.date.as_deref().map_or(0, |date| super::story::folded(date).count());
            let letters: Vec<usize> = place.clone().filter(|&at| is_letter(story, at)).collect();
            let Some(&first) = letters.first() else { continue };
            let text = letters.get(date_letters).copied();
            for &at in letters.iter().skip(date_letters) {
                if !in_link(spans, story.tokens[at].run) {
                    texts.vote(look_in(spans, story.tokens[at].run), 1);
                }
            }
            for run in &line.block.runs {
                let letters = run.text.chars().count();
                all += letters;
                bold += if run.bold { letters } else { 0 };
                italic += if run.italic { letters } else { 0 };
            }
            let paragraph = story.tokens[first].paragraph;
            let node = story.paragraphs[paragraph].node;
            let same_line = text.is_none_or(|text| {
                story.tokens[text].paragraph == paragraph
                    && story.tokens[first..text].iter().all(|token| token.kind != Kind::Break)
            });
            if line.is_bullet() && (line.date.is_none() || same_line) {
                bullets.vote(Paragraph::of(editor, story, node, first), 1);
            } else if line.opens {
                openings.vote(Paragraph::of(editor, story, node, first), 1);
            } else {
                others.vote(Paragraph::of(editor, story, node, first), 1);
            }
            if let Some(date) = &line.date {
                dates.vote(look_in(spans, story.tokens[first].run), 1);
                forms.vote(DateForm::of(date).map(|form| form as u8), 1);
                if let Some(text) = text.filter(|_| !line.block.is_blank()) {
                    let from = letters.get(date_letters - 1).map_or(first, |&last| last + 1);
                    separators.vote(same_line.then(|| separator(&story.text(from..text))), 1);
                }
                if line.is_bullet() && same_line {
                    points.vote(line.block.level, 1);
                } else {
                    plain += 1;
                }
            }
            if let Some(last) = last.filter(|_| line.opens) {
                let before = story.tokens[last].paragraph;
                pairs += 1;
                gaps += usize::from(paragraph > before + 1);
                let break_between = story.tokens[last..first].iter().any(|token| token.kind == Kind::Break);
                broken += usize::from(paragraph == before && break_between);
            }
            last = letters.last().copied();
        }
        look.text = texts.best().unwrap_or_default();
        look.date = dates.best().unwrap_or_default();
        let says = |name: &str| look.text.iter().any(|(known, _)| known == name);
        look.bold = bold * 2 > all && !says("b");
        look.italic = italic * 2 > all && !says("i");
        for list in [&mut look.text, &mut look.date] {
            list.retain(|(name, _)| !name.is_empty());
        }
        look.text.retain(|(name, _)| !matches!(name.as_str(), "b" | "bCs" | "i" | "iCs"));
        look.opening = openings.best();
        look.going_on = others.best();
        look.bullet = bullets.best();
        if let Some(found) = separators.best() {
            look.alone = found.is_none();
            look.separator = found;
        }
        look.form = forms.best().flatten().map(|form| match form {
            1 => DateForm::Long,
            2 => DateForm::Dashed,
            _ => DateForm::Short,
        });
        look.points = if points.total() > plain { points.best() } else { None };
        look.gap = pairs > 0 && gaps * 2 > pairs;
        look.breaks = pairs > 0 && broken == pairs;
        look
    }

    /// The look of an empty cell: its first paragraph's.
    pub(super) fn of_empty(editor: &Editor<'_, '_>, story: &Story) -> Self {
        let Some(paragraph) = story.paragraphs.first() else { return Self::default() };
        let mut look = Paragraph::default();
        if let Some(properties) = editor.spans.child(paragraph.node, "pPr") {
            look = Paragraph::read(editor, properties);
        }
        let own = look.mark.clone();
        let text = named(editor.spans, paragraph.node);
        let mut found = Self { opening: Some(look), ..Self::default() };
        if !own.is_empty() {
            found.text = text;
            found.date = found.text.clone();
        }
        found
    }

    /// Takes what it lacks from a neighbour's.
    pub(super) fn or(mut self, other: &Self) -> Self {
        if self.opening.is_none() && self.going_on.is_none() && self.bullet.is_none() {
            return other.clone();
        }
        self.opening = self.opening.or_else(|| self.going_on.clone()).or_else(|| other.opening.clone());
        self.going_on = self.going_on.or_else(|| other.going_on.clone());
        self.bullet = self.bullet.or_else(|| other.bullet.clone());
        self.separator = self.separator.or_else(|| other.separator.clone());
        self.form = self.form.or(other.form);
        self
    }

    /// With the number of the document's bullet list.
    pub(super) fn with_list(self, list: Option<&str>) -> Self {
        Self { list: list.map(str::to_owned), ..self }
    }

    /// How a day is written here.
    pub(super) fn written(&self, date: Date) -> String {
        self.form.unwrap_or(DateForm::Short).write(date)
    }

    /// Whether it is known how paragraphs look here.
    pub(super) fn is_known(&self) -> bool {
        self.opening.is_some() || self.bullet.is_some()
    }

    /// New lines as paragraphs.
    pub(super) fn paragraphs(&self, w: &str, lines: &[Line], after_entry: bool) -> Vec<NewParagraph> {
        let mut paragraphs: Vec<NewParagraph> = Vec::new();
        for line in lines {
            if line.opens && self.gap && (after_entry || !paragraphs.is_empty()) {
                let look = self.plain(true);
                paragraphs.push(NewParagraph { properties: look.join(), mark: look.mark, runs: String::new() });
            }
            let date_alone = line.date.is_some()
                && (self.alone || (line.is_bullet() && self.points.is_none()))
                && !line.block.is_blank();
            if date_alone {
                let look = self.plain(true);
                let runs = self.date(w, line);
                paragraphs.push(NewParagraph { properties: look.join(), mark: look.mark, runs });
            }
            // Where all entries are list points, a new one is one, too.
            let level = match self.points.filter(|_| line.opens && line.date.is_some() && !date_alone) {
                Some(level) if !line.is_bullet() => Some(level),
                _ => line.is_bullet().then_some(line.block.level),
            };
            let (look, properties) = match level {
                Some(level) => {
                    let look = self.point(w);
                    let properties = look.at_level(w, level);
                    (look, properties)
                }
                None => {
                    let look = self.plain(line.opens);
                    let properties = look.join();
                    (look, properties)
                }
            };
            let mut runs = String::new();
            if let Some(sign) = look.sign.as_deref().filter(|_| level.is_some()) {
                runs.push_str(&self.run(w, &self.text, sign));
            }
            let mark = look.mark;
            runs.push_str(&self.line(w, line, date_alone));
            paragraphs.push(NewParagraph { properties, mark, runs });
        }
        // An empty paragraph before all others parts nothing.
        while !after_entry && paragraphs.first().is_some_and(|first| first.runs.is_empty()) {
            paragraphs.remove(0);
        }
        paragraphs
    }

    /// New lines in one paragraph, a break before each, or after each.
    pub(super) fn broken_lines(&self, w: &str, lines: &[Line], breaks_first: bool) -> String {
        let mut runs = String::new();
        for line in lines {
            let line_break = format!("<{w}r><{w}br/></{w}r>");
            if breaks_first {
                runs.push_str(&line_break);
            }
            if line.is_bullet() {
                runs.push_str(&self.run(w, &self.text, "• "));
            }
            runs.push_str(&self.line(w, line, false));
            if !breaks_first {
                runs.push_str(&line_break);
            }
        }
        runs
    }

    /// The runs of a line, without a list sign.
    pub(super) fn line(&self, w: &str, line: &Line, without_date: bool) -> String {
        let mut runs = String::new();
        if line.date.is_some() && !without_date {
            runs.push_str(&self.date(w, line));
            if !line.block.is_blank() {
                let separator = self.separator.as_deref().filter(|separator| !separator.is_empty()).unwrap_or(" ");
                // Who goes on in small letters puts a colon, or the line would read as one sentence.
                let small = line.block.text().starts_with(char::is_lowercase) && !separator.contains([':', '\t']);
                let separator = if small { ": " } else { separator };
                runs.push_str(&self.run(w, &self.text, separator));
            }
        }
        runs.push_str(&self.runs(w, &line.block.runs));
        runs
    }

    fn date(&self, w: &str, line: &Line) -> String {
        self.run(w, &self.date, line.date.as_deref().unwrap_or_default())
    }

    /// Runs of text.
    pub(super) fn runs(&self, w: &str, runs: &[Run]) -> String {
        let mut out = String::new();
        for run in runs {
            let mut look: Vec<(String, String)> = Vec::new();
            let first = |name: &str| matches!(name, "rStyle" | "rFonts");
            look.extend(self.text.iter().filter(|(name, _)| first(name)).cloned());
            for (name, wanted, given) in [("b", run.bold, self.bold), ("i", run.italic, self.italic)] {
                if wanted != given {
                    let off = if wanted { String::new() } else { format!(" {w}val=\"0\"") };
                    look.push((name.to_owned(), format!("<{w}{name}{off}/><{w}{name}Cs{off}/>")));
                }
            }
            look.extend(self.text.iter().filter(|(name, _)| !first(name)).cloned());
            let text = self.run(w, &look, &run.text);
            match run.link.as_deref().filter(|link| !link.contains('"')) {
                Some(link) => {
                    let field = |kind: &str| format!("<{w}r><{w}fldChar {w}fldCharType=\"{kind}\"/></{w}r>");
                    out.push_str(&field("begin"));
                    out.push_str(&format!("<{w}r><{w}instrText xml:space=\"preserve\"> HYPERLINK \""));
                    escape_into(link, &mut out);
                    out.push_str(&format!("\" </{w}instrText></{w}r>{}{text}{}", field("separate"), field("end")));
                }
                None => out.push_str(&text),
            }
        }
        out
    }

    fn run(&self, w: &str, look: &[(String, String)], text: &str) -> String {
        let mut out = format!("<{w}r>");
        if !look.is_empty() {
            out.push_str(&format!("<{w}rPr>"));
            look.iter().for_each(|(_, raw)| out.push_str(raw));
            out.push_str(&format!("</{w}rPr>"));
        }
        for (number, piece) in text.split('\t').enumerate() {
            if number > 0 {
                out.push_str(&format!("<{w}tab/>"));
            }
            if !piece.is_empty() {
                out.push_str(&format!("<{w}t xml:space=\"preserve\">"));
                let allowed: String = piece.chars().filter(|&c| crate::write::template::xml::is_allowed(c)).collect();
                escape_into(&allowed, &mut out);
                out.push_str(&format!("</{w}t>"));
            }
        }
        out.push_str(&format!("</{w}r>"));
        out
    }

    /// A list point: like those that stand here, else of the document's list, else with a typed sign.
    fn point(&self, w: &str) -> Paragraph {
        if let Some(bullet) = &self.bullet {
            return bullet.clone();
        }
        let mut plain = self.plain(false);
        let Some(list) = &self.list else { return Paragraph { sign: Some("• ".to_owned()), ..plain } };
        plain.properties.retain(|(name, _)| name != "ind");
        let before = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"];
        let at = plain.properties.iter().take_while(|(name, _)| before.contains(&name.as_str())).count();
        let number = format!("<{w}numPr><{w}ilvl {w}val=\"0\"/><{w}numId {w}val=\"{list}\"/></{w}numPr>");
        plain.properties.insert(at, ("numPr".to_owned(), number));
        plain
    }

    /// A paragraph that is no list point.
    fn plain(&self, opens: bool) -> Paragraph {
        let (first, second) = if opens { (&self.opening, &self.going_on) } else { (&self.going_on, &self.opening) };
        match first.as_ref().or(second.as_ref()) {
            Some(look) => look.without_list(),
            None => self.bullet.as_ref().map(Paragraph::without_list).unwrap_or_default(),
        }
    }

    /// The look of a text that stands in a run, for what is put in beside it.
    pub(super) fn of_run(spans: &Spans<'_>, run: Id, bold: bool, italic: bool) -> Self {
        let mut text = look_in(spans, run);
        let says = |name: &str| text.iter().any(|(known, _)| known == name);
        let (bold, italic) = (bold && !says("b"), italic && !says("i"));
        text.retain(|(name, _)| !matches!(name.as_str(), "b" | "bCs" | "i" | "iCs"));
        Self { date: text.clone(), text, bold, italic, ..Self::default() }
    }
}

impl Paragraph {
    fn of(editor: &Editor<'_, '_>, story: &Story, node: Id, first: usize) -> Self {
        let spans = editor.spans;
        let properties = spans.child(node, "pPr");
        let mut look = properties.map(|properties| Self::read(editor, properties)).unwrap_or_default();
        let tokens = story.paragraphs[story.tokens[first].paragraph].tokens.clone();
        let line = (tokens.start..first).rev().take_while(|&at| story.tokens[at].kind != Kind::Break).last();
        let before = story.text(line.unwrap_or(first)..first);
        let sign = before.trim_start();
        let is_sign =
            sign.starts_with(['•', '‣', '▪', '◦', '⁃', '➢', '❖', '▫', '∙', '-', '–', '—', '*', '·', '●', '○', '■']);
        look.sign = is_sign.then(|| sign.to_owned());
        look
    }

    fn read(editor: &Editor<'_, '_>, properties: Id) -> Self {
        let spans = editor.spans;
        let mut look = Self::default();
        for child in spans.children(properties) {
            match spans.local(child) {
                "sectPr" | "pPrChange" | "pageBreakBefore" | "framePr" => {}
                "rPr" => {
                    for inner in spans.children(child) {
                        if !matches!(spans.local(inner), "ins" | "del" | "moveFrom" | "moveTo" | "rPrChange") {
                            look.mark.push_str(spans.source(inner));
                        }
                    }
                }
                name => look.properties.push((name.to_owned(), spans.source(child).to_owned())),
            }
        }
        look
    }

    fn join(&self) -> String {
        self.properties.iter().map(|(_, raw)| raw.as_str()).collect()
    }

    /// The properties of a list point of a level.
    fn at_level(&self, w: &str, level: u8) -> String {
        let level = level.min(8);
        let set = |(name, raw): &(String, String)| {
            if name != "numPr" {
                return raw.clone();
            }
            let from = raw.find("ilvl").and_then(|at| raw[at..].find('"').map(|quote| at + quote + 1));
            match from.and_then(|from| raw[from..].find('"').map(|to| (from, from + to))) {
                Some((from, to)) => format!("{}{level}{}", &raw[..from], &raw[to..]),
                None if level == 0 => raw.clone(),
                None => match raw.find('>') {
                    Some(open) => {
                        format!("{}<{w}ilvl {w}val=\"{level}\"/>{}", &raw[..=open], &raw[open + 1..])
                    }
                    None => raw.clone(),
                },
            }
        };
        self.properties.iter().map(set).collect()
    }

    fn without_list(&self) -> Self {
        let is_list = self.properties.iter().any(|(name, _)| name == "numPr");
        let mut plain = Self { sign: None, ..self.clone() };
        if is_list {
            plain.properties.retain(|(name, _)| !matches!(name.as_str(), "numPr" | "ind" | "tabs"));
        }
        plain
    }
}

/// The most voted for; of several, the last.
struct Votes<T>(Vec<(T, usize)>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Votes<T> {
    fn vote(&mut self, for_what: T, weight: usize) {
        match self.0.iter_mut().find(|(known, _)| *known == for_what) {
            Some((_, votes)) => *votes += weight,
            None => self.0.push((for_what, weight)),
        }
    }

    fn total(&self) -> usize {
        self.0.iter().map(|(_, votes)| votes).sum()
    }

    fn best(self) -> Option<T> {
        self.0.into_iter().max_by_key(|(_, votes)| *votes).map(|(best, _)| best)
    }
}

fn is_letter(story: &Story, at: usize) -> bool {
    matches!(story.tokens[at].kind, Kind::Char(c) if super::story::folded(c.encode_utf8(&mut [0; 4])).next().is_some())
}

fn in_link(spans: &Spans<'_>, run: Id) -> bool {
    spans.owner(run, "hyperlink").is_some()
}

/// The look of a run or a paragraph's mark, without what tells of changes or hides.
fn look_in(spans: &Spans<'_>, owner: Id) -> Vec<(String, String)> {
    let Some(properties) = spans.child(owner, "rPr") else { return Vec::new() };
    let kept = |name: &str| {
        !matches!(
            name,
            "ins"
                | "del"
                | "moveFrom"
                | "moveTo"
                | "rPrChange"
                | "vanish"
                | "specVanish"
                | "webHidden"
                | "strike"
                | "dstrike"
                | "noProof"
        )
    };
    spans
        .children(properties)
        .filter(|&child| kept(spans.local(child)))
        .map(|child| (spans.local(child).to_owned(), spans.source(child).to_owned()))
        .collect()
}

/// The look of a paragraph's mark as a list.
fn named(spans: &Spans<'_>, paragraph: Id) -> Vec<(String, String)> {
    let mut look = spans.child(paragraph, "pPr").map(|properties| look_in(spans, properties)).unwrap_or_default();
    look.retain(|(name, _)| !matches!(name.as_str(), "b" | "bCs" | "i" | "iCs"));
    look
}

/// What may stand between a date and its text.
fn separator(between: &str) -> String {
    let end = between.find(|c: char| !c.is_whitespace() && !matches!(c, ':' | ',' | '.' | '-' | '–'));
    between[..end.unwrap_or(between.len())].to_owned()
}

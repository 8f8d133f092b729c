//! Makes plans' follow-up cells with known entries, the way people write them. The same seed makes the same cells.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::super::random::Random;

use super::phrases::Phrases;
use super::{Document, LabelledCell, fold};

/// How one document's secretary writes.
struct Manner {
    form: usize,
    mixed_forms: bool,
    colons: usize,
    full_stops: usize,
    bold: bool,
    newest_first: bool,
    /// What stands between a date and its text where there is no colon.
    after: &'static str,
    /// No-break spaces and forgotten spaces.
    careless: bool,
}

/// How a cell lays its entries out.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    Paragraphs,
    RunTogether,
    SoftBreaks,
    Mixed,
    /// Every entry a list point.
    Points,
}

pub struct Generator<'a> {
    random: Random,
    phrases: &'a Phrases,
    year: i16,
    meetings: Vec<Date>,
}

pub fn documents(phrases: &Phrases, name: &str, seed: u64, count: usize) -> Vec<Document> {
    (0..count)
        .map(|index| {
            let mut random = Random(seed.wrapping_add(index as u64 * 7919));
            let year = 2021 + random.below(6) as i16;
            let mut meetings = Vec::new();
            let mut day = Date::new(year - 1, 8, 20).unwrap();
            for _ in 0..5 + random.below(4) {
                day += Span::new().days(25 + random.below(70) as i64);
                meetings.push(day);
            }
            Generator { random, phrases, year, meetings }.document(format!("{name}-{index}"), index)
        })
        .collect()
}

impl Generator<'_> {
    fn document(&mut self, name: String, index: usize) -> Document {
        let random = &mut self.random;
        let manner = Manner {
            form: *random.pick(&[0, 0, 0, 0, 1, 2]),
            mixed_forms: random.chance(25),
            colons: *random.pick(&[0, 10, 50, 95]),
            full_stops: *random.pick(&[20, 50, 90]),
            bold: random.chance(20),
            newest_first: random.chance(8),
            after: *random.pick(&[" ", " ", " ", " ", " - ", " – ", ". "]),
            careless: random.chance(20),
        };
        // Every fourth document is one cell alone, with nothing recurring.
        let rows = if index % 4 == 3 { 1 } else { 3 + random.below(10) };
        let updated = random.chance(75).then(|| *self.meetings.last().unwrap());
        let cells = (0..rows).map(|_| self.cell(&manner)).collect();
        Document { name, updated, year: Some(self.year), cells }
    }

    fn form(&mut self, date: Date, manner: &Manner) -> String {
        let form = if manner.mixed_forms && self.random.chance(30) { self.random.below(4) } else { manner.form };
        let (y, m, d) = (date.year(), date.month(), date.day());
        match form {
            0 => format!("{:02}{m:02}{d:02}", y % 100),
            1 => format!("{y}{m:02}{d:02}"),
            2 => format!("{y}-{m:02}-{d:02}"),
            _ => format!("{y}.{m:02}.{d:02}"),
        }
    }

    /// A sentence's blanks filled in, by an entry of a given day.
    fn fill(&mut self, sentence: &str, at: Date, manner: &Manner) -> String {
        let plus = |days: i64| at + days.days();
        let near = plus(self.random.below(80) as i64 - 60);
        let far = plus(40 + self.random.below(400) as i64);
        let near2 = near + 9.days();
        let (near, near2, far) = (self.form(near, manner), self.form(near2, manner), self.form(far, manner));
        let meeting = *self.random.pick(&self.meetings.clone());
        let meeting = self.form(meeting, manner);
        let year = self.year - self.random.below(2) as i16;
        let number = match self.random.below(4) {
            0 => format!("{}-{:06}", 2000 + self.random.below(25), 210_101 + self.random.below(40) * 100),
            1 => format!("2401{:02}", 10 + self.random.below(15)),
            2 => format!("{} 000", 100 + self.random.below(400)),
            _ => "850412-1234".to_owned(),
        };
        sentence
            .replace("{d}", &near)
            .replace("{d2}", &near2)
            .replace("{f}", &far)
            .replace("{m}", &meeting)
            .replace("{dm}", &format!("{}/{}", 1 + self.random.below(28), 1 + self.random.below(12)))
            .replace("{y}", &year.to_string())
            .replace("{y2}", &(year + 1).to_string())
            .replace("{n}", &number)
    }

    fn cell(&mut self, manner: &Manner) -> LabelledCell {
        let phrases = self.phrases;
        let layout = *self.random.pick(&[
            Layout::Paragraphs,
            Layout::RunTogether,
            Layout::RunTogether,
            Layout::SoftBreaks,
            Layout::Mixed,
            Layout::Points,
        ]);
        let mut kinds = vec![match layout {
            Layout::Paragraphs => "paragraphs",
            Layout::RunTogether => "run together",
            Layout::SoftBreaks => "soft breaks",
            Layout::Mixed => "mixed",
            Layout::Points => "points",
        }];
        let mut days: Vec<Date> = self.meetings.clone().into_iter().filter(|_| self.random.chance(55)).collect();
        if self.random.chance(15) {
            days.push(self.meetings[0] + (7 + self.random.below(120) as i64).days());
            days.sort();
        }
        if self.random.chance(6) && days.len() > 2 {
            let (a, b) = (self.random.below(days.len()), self.random.below(days.len()));
            days.swap(a, b);
            kinds.push("out of order");
        }
        if manner.newest_first {
            days.reverse();
            kinds.push("newest first");
        }
        let mut lines: Vec<String> = Vec::new();
        let mut entries: Vec<(Option<String>, String)> = Vec::new();
        if self.random.chance(25) || days.is_empty() {
            let intro = self.random.pick(&phrases.intro).clone();
            let intro = self.fill(&intro, self.meetings[0], manner);
            lines.push(intro.clone());
            entries.push((None, intro));
        }
        if self.random.chance(15) {
            kinds.push("years");
            let year = self.year - 2 - self.random.below(2) as i16;
            for year in year..year + 1 + self.random.below(2) as i16 {
                let text = self.random.pick(&phrases.year).clone();
                lines.push(format!("{year} {text}"));
                entries.push((Some(year.to_string()), text));
            }
        }
        // Years and introductions stand on lines of their own; what follows is laid out in the cell's way.
        let mut fresh = true;
        for day in days {
            let (text, inline) = self.text(day, manner);
            if inline && !kinds.contains(&"inline") {
                kinds.push("inline");
            }
            let mut written = self.form(day, manner);
            let colon = self.random.chance(manner.colons);
            if manner.bold {
                written = format!("**{written}**");
            }
            let small = self.random.chance(if colon { 30 } else { 4 });
            let text = if small { format!("{}. {text}", self.random.pick(&phrases.small)) } else { text };
            let own = if colon { format!("{written}: {text}") } else { format!("{written}{}{text}", manner.after) };
            let own = if manner.careless && self.random.chance(30) { own.replacen(' ', "\u{a0}", 1) } else { own };
            match (layout, lines.last_mut()) {
                (Layout::RunTogether, Some(last)) if !fresh && manner.careless && last.ends_with('.') => {
                    last.push_str(&own)
                }
                (Layout::RunTogether, Some(last)) if !fresh => *last = format!("{last} {own}"),
                (Layout::Points, _) => lines.push(format!("* {own}")),
                (Layout::SoftBreaks, Some(last)) if !fresh => *last = format!("{last}\n{own}"),
                (Layout::Mixed, Some(last)) if !fresh && self.random.chance(50) => *last = format!("{last} {own}"),
                _ => lines.push(own),
            }
            fresh = false;
            let mut whole = text;
            // Points or a line under the entry; in a run-together cell they would cut the paragraph.
            if layout == Layout::Paragraphs && self.random.chance(20) {
                for _ in 0..1 + self.random.below(3) {
                    let point = self.random.pick(&phrases.bullets).clone();
                    let point = self.fill(&point, day, manner);
                    lines.push(format!("* {point}"));
                    whole = format!("{whole} {point}");
                }
            } else if layout == Layout::Paragraphs && self.random.chance(6) {
                let label = self.random.pick(&phrases.year_label).clone();
                let label = self.fill(&label, day, manner);
                lines.push(label.clone());
                whole = format!("{whole} {label}");
                kinds.push("year label");
            }
            entries.push((Some(day.to_string()), whole));
        }
        kinds.sort_unstable();
        kinds.dedup();
        let entries = entries.into_iter().map(|(date, text)| (date, fold(&text))).collect();
        LabelledCell { kind: kinds.join(", "), blocks: lines, entries, warnings: None }
    }

    /// One to three sentences, some with a date inside.
    fn text(&mut self, day: Date, manner: &Manner) -> (String, bool) {
        let count = 1 + self.random.below(3);
        let mut text = String::new();
        let mut inline = false;
        for index in 0..count {
            let dated = self.random.chance(28);
            let sentence = self.random.pick(if dated { &self.phrases.inline } else { &self.phrases.plain }).clone();
            let sentence = self.fill(&sentence, day, manner);
            inline |= dated;
            if index > 0 {
                text.push(' ');
            }
            text.push_str(&sentence);
            let ended = text.ends_with(['.', '!', '?']);
            // A date at the end of a sentence gets its full stop, or nobody could tell the next sentence from an entry.
            let dated_end = text.ends_with(|c: char| c.is_ascii_digit());
            if !ended && (self.random.chance(manner.full_stops) || dated_end && index + 1 < count) {
                text.push('.');
            }
        }
        (text, inline)
    }
}

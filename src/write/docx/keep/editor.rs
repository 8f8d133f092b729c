//! Changes to a part: gathered first, then put into its text all at once. What they do not touch stays byte for byte.
//!
//! With an author the changes are tracked: what goes stays in the file as a deletion, what comes is an insertion.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::spans::{Id, Spans};
use super::story::{Kind, Story};
use crate::write::docx::track::Marks;

/// Changes in the making.
pub(super) struct Editor<'a, 's> {
    pub(super) spans: &'a Spans<'s>,
    pub(super) marks: &'a mut Marks,
    /// Pieces of the text, each with what takes its place.
    edits: Vec<(Range<usize>, String)>,
    runs: BTreeMap<Id, RunEdits>,
    /// What is put before a run or another thing in a paragraph.
    before: Vec<(Range<usize>, String)>,
    paragraphs: BTreeMap<Id, ParagraphEdits>,
    /// Drawings that were copied need numbers of their own.
    next_drawing: usize,
}

/// Changes inside one run.
#[derive(Default)]
struct RunEdits {
    deleted: BTreeSet<usize>,
    /// By the number of the token that they stand before.
    inserted: BTreeMap<usize, String>,
    /// The tokens of the run.
    tokens: Vec<(usize, Kind, Id, Range<usize>)>,
}

/// Changes of a paragraph as a whole.
#[derive(Default)]
struct ParagraphEdits {
    /// `w:ins` or `w:del` for its mark.
    mark: String,
    /// Runs at its end.
    append: String,
    removed: bool,
    before: String,
    after: String,
}

/// A paragraph to put in.
#[derive(Clone, Debug, Default)]
pub(super) struct NewParagraph {
    /// What stands in its properties, without the mark's look.
    pub(super) properties: String,
    /// The look of its mark: what stands in `w:rPr`.
    pub(super) mark: String,
    /// Its runs.
    pub(super) runs: String,
}

impl<'a, 's> Editor<'a, 's> {
    pub(super) fn new(spans: &'a Spans<'s>, marks: &'a mut Marks) -> Self {
        let drawings = spans.ids().filter(|&id| spans.local(id) == "docPr");
        let numbers = drawings.filter_map(|id| spans.value(id, "id")?.parse::<usize>().ok());
        let next_drawing = numbers.max().unwrap_or(0).saturating_add(1);
        Self {
            spans,
            marks,
            edits: Vec::new(),
            runs: BTreeMap::new(),
            before: Vec::new(),
            paragraphs: BTreeMap::new(),
            next_drawing,
        }
    }

    pub(super) fn is_tracked(&self) -> bool {
        self.marks.is_on()
    }

    /// Whether nothing is to be changed.
    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.runs.is_empty() && self.before.is_empty() && self.paragraphs.is_empty()
    }

    /// A number for a drawing that is put in.
    pub(super) fn drawing(&mut self) -> usize {
        self.next_drawing += 1;
        self.next_drawing - 1
    }

    /// Puts something in the place of a piece of the text, untracked.
    pub(super) fn replace(&mut self, at: Range<usize>, with: impl Into<String>) {
        self.edits.push((at, with.into()));
    }

    /// Takes tokens away.
    pub(super) fn delete(&mut self, story: &Story, tokens: Range<usize>) {
        for number in tokens {
            let token = &story.tokens[number];
            if matches!(token.kind, Kind::Box | Kind::FormBox) {
                self.delete_box(token.kind, token.run, token.node);
            } else {
                self.run(story, number).deleted.insert(number);
            }
        }
    }

    fn delete_box(&mut self, kind: Kind, run: Id, node: Id) {
        if kind == Kind::Box {
            let whole = self.spans.whole(node);
            let with = if self.is_tracked() {
                let inner = as_deleted(&self.spans.text[whole.clone()], &self.spans.w);
                self.marks.deleted(&self.spans.w, &inner)
            } else {
                String::new()
            };
            self.edits.push((whole, with));
            return;
        }
        // A form field is several runs: from the one that begins it to the one that ends it.
        let Some(owner) = self.spans.parent(run) else { return };
        let ends = |id: Id| {
            self.spans.descendants(id).any(|inner| {
                self.spans.local(inner) == "fldChar" && self.spans.value(inner, "fldCharType") == Some("end")
            })
        };
        let runs: Vec<Id> = self.spans.children(owner).skip_while(|&id| id != run).collect();
        let last = runs.iter().position(|&id| ends(id)).map_or(run, |at| runs[at]);
        let whole = self.spans.whole(run).start..self.spans.whole(last).end;
        let with = if self.is_tracked() {
            let inner = as_deleted(&self.spans.text[whole.clone()], &self.spans.w);
            self.marks.deleted(&self.spans.w, &inner)
        } else {
            String::new()
        };
        self.edits.push((whole, with));
    }

    fn run(&mut self, story: &Story, number: usize) -> &mut RunEdits {
        let run = story.tokens[number].run;
        self.runs.entry(run).or_insert_with(|| {
            let mut edits = RunEdits::default();
            let is_same = |at: &usize| story.tokens[*at].run == run;
            let first = (0..=number).rev().take_while(is_same).last().unwrap_or(number);
            for at in (first..story.tokens.len()).take_while(is_same) {
                let token = &story.tokens[at];
                edits.tokens.push((at, token.kind, token.node, token.at.clone()));
            }
            edits
        })
    }

    /// Puts runs before a token, or at the end of the paragraph when it is the first of the next.
    pub(super) fn insert(&mut self, story: &Story, paragraph: usize, before: usize, runs: &str) {
        let runs = self.marks.inserted(&self.spans.w, runs);
        let tokens = story.paragraphs[paragraph].tokens.clone();
        if before >= tokens.end {
            self.paragraphs.entry(story.paragraphs[paragraph].node).or_default().append.push_str(&runs);
            return;
        }
        let token = &story.tokens[before];
        let inside = before > tokens.start && story.tokens[before - 1].run == token.run;
        if inside && !matches!(token.kind, Kind::Box | Kind::FormBox) {
            self.run(story, before).inserted.entry(before).or_default().push_str(&runs);
            return;
        }
        // Before the run, and before what is around the run alone.
        let mut at = token.run;
        let previous = before.checked_sub(1).filter(|previous| tokens.contains(previous));
        while let Some(owner) = self.spans.parent(at) {
            let holds_previous =
                previous.is_some_and(|previous| self.spans.whole(owner).contains(&story.tokens[previous].at.start));
            if self.spans.is(owner, "p") || self.spans.is(owner, "sdtContent") || holds_previous {
                break;
            }
            at = owner;
        }
        let start = self.spans.whole(at).start;
        self.before.push((start..start, runs));
    }

    /// Puts paragraphs after one.
    pub(super) fn paragraphs_after(&mut self, paragraph: Id, mut new: Vec<NewParagraph>) {
        let w = self.spans.w.clone();
        let Some(last) = new.len().checked_sub(1) else { return };
        let ends_story = !self.paragraph_follows(paragraph);
        if self.is_tracked() && ends_story {
            // The mark at the end of a cell stays where it is: the one before it is the new one.
            let mark = self.marks.mark(&w, "ins");
            self.paragraphs.entry(paragraph).or_default().mark.push_str(&mark);
            let old = self.properties(paragraph).map(|(inside, _)| inside).unwrap_or_default();
            if old != new[last].properties {
                let change = self.marks.properties_change(&w, "pPrChange", "pPr", &old);
                let mark = std::mem::take(&mut new[last].mark);
                new[last].properties.push_str(&mark_look(&w, &mark));
                new[last].properties.push_str(&change);
            }
        }
        for (number, paragraph_new) in new.iter().enumerate() {
            let mark = !(ends_story && number == last);
            let xml = self.new_paragraph(paragraph_new, mark);
            self.paragraphs.entry(paragraph).or_default().after.push_str(&xml);
        }
    }

    /// Puts paragraphs before one.
    pub(super) fn paragraphs_before(&mut self, paragraph: Id, new: &[NewParagraph]) {
        for paragraph_new in new {
            let xml = self.new_paragraph(paragraph_new, true);
            self.paragraphs.entry(paragraph).or_default().before.push_str(&xml);
        }
    }

    /// Makes a paragraph that stands there an insertion.
    pub(super) fn make_new(&mut self, paragraph: Id) {
        let w = self.spans.w.clone();
        for run in self.spans.children(paragraph).filter(|&id| self.spans.is(id, "r")) {
            let inserted = self.marks.inserted(&w, self.spans.source(run));
            self.edits.push((self.spans.whole(run), inserted));
        }
        let mark = self.marks.mark(&w, "ins");
        self.paragraphs.entry(paragraph).or_default().mark.push_str(&mark);
    }

    /// A new paragraph; with `mark` its mark is new, too.
    pub(super) fn new_paragraph(&mut self, new: &NewParagraph, mark: bool) -> String {
        let w = self.spans.w.clone();
        let mark = if mark { self.marks.mark(&w, "ins") } else { String::new() };
        let look = if mark.is_empty() && new.mark.is_empty() {
            String::new()
        } else {
            format!("<{w}rPr>{mark}{}</{w}rPr>", new.mark)
        };
        let properties = if look.is_empty() && new.properties.is_empty() {
            String::new()
        } else {
            format!("<{w}pPr>{}{look}</{w}pPr>", new.properties)
        };
        let runs = self.marks.inserted(&w, &new.runs);
        format!("<{w}p>{properties}{runs}</{w}p>")
    }

    /// Takes a whole paragraph away.
    pub(super) fn delete_paragraph(&mut self, story: &Story, number: usize) {
        let node = story.paragraphs[number].node;
        let tokens = story.paragraphs[number].tokens.clone();
        let alone = !self.paragraph_follows(node) && !self.paragraph_precedes(node);
        if !self.is_tracked() && !alone && self.paragraph_follows(node) {
            self.paragraphs.entry(node).or_default().removed = true;
            return;
        }
        self.delete(story, tokens);
        if self.is_tracked() && !alone {
            let w = self.spans.w.clone();
            let before = number.checked_sub(1).map(|before| story.paragraphs[before].node);
            // The mark at the end of a cell cannot go: the one before it does.
            let marked = if self.paragraph_follows(node) { Some(node) } else { before };
            if let Some(marked) = marked {
                let mark = self.marks.mark(&w, "del");
                self.paragraphs.entry(marked).or_default().mark.push_str(&mark);
            }
        } else if !self.is_tracked() && !alone {
            // Nothing but a paragraph may end a cell: where one stands before it, this one can go.
            self.paragraphs.entry(node).or_default().removed = true;
        }
    }

    fn paragraph_follows(&self, paragraph: Id) -> bool {
        self.sibling(paragraph, true)
    }

    fn paragraph_precedes(&self, paragraph: Id) -> bool {
        self.sibling(paragraph, false)
    }

    /// Whether the next, or the last, block in the same owner is a paragraph.
    fn sibling(&self, paragraph: Id, next: bool) -> bool {
        let Some(owner) = self.spans.parent(paragraph) else { return false };
        let blocks: Vec<Id> = self
            .spans
            .children(owner)
            .filter(|&id| !self.spans.local(id).ends_with("Pr") && !self.is_mark(id))
            .collect();
        let at = blocks.iter().position(|&id| id == paragraph);
        let other = at.and_then(|at| if next { Some(at + 1) } else { at.checked_sub(1) });
        other.and_then(|at| blocks.get(at)).is_some_and(|&id| self.spans.is(id, "p"))
    }

    fn is_mark(&self, id: Id) -> bool {
        matches!(
            self.spans.local(id),
            "bookmarkStart" | "bookmarkEnd" | "proofErr" | "commentRangeStart" | "commentRangeEnd"
        )
    }

    /// A paragraph's properties: what stands in them without the mark's look, and that look.
    pub(super) fn properties(&self, paragraph: Id) -> Option<(String, String)> {
        let properties = self.spans.child(paragraph, "pPr")?;
        let mut inside = String::new();
        let mut mark = String::new();
        for child in self.spans.children(properties) {
            match self.spans.local(child) {
                "rPr" => {
                    for look in self.spans.children(child) {
                        if !matches!(self.spans.local(look), "ins" | "del" | "moveFrom" | "moveTo" | "rPrChange") {
                            mark.push_str(self.spans.source(look));
                        }
                    }
                }
                "sectPr" | "pPrChange" | "pageBreakBefore" | "framePr" => {}
                _ => inside.push_str(self.spans.source(child)),
            }
        }
        Some((inside, mark))
    }

    /// The part with all changes.
    pub(super) fn finish(mut self) -> String {
        let mut edits = std::mem::take(&mut self.edits);
        edits.append(&mut self.before);
        for (run, run_edits) in std::mem::take(&mut self.runs) {
            let with = self.rebuilt(run, &run_edits);
            edits.push((self.spans.whole(run), with));
        }
        for (paragraph, changes) in std::mem::take(&mut self.paragraphs) {
            self.paragraph(paragraph, changes, &mut edits);
        }
        apply(self.spans.text, edits)
    }

    fn paragraph(&self, paragraph: Id, changes: ParagraphEdits, edits: &mut Vec<(Range<usize>, String)>) {
        let w = &self.spans.w;
        let whole = self.spans.whole(paragraph);
        if !changes.before.is_empty() {
            edits.push((whole.start..whole.start, changes.before));
        }
        if changes.removed {
            edits.push((whole.clone(), String::new()));
        } else if self.spans.is_single(paragraph) {
            if !changes.mark.is_empty() || !changes.append.is_empty() {
                let tag = self.spans.source(paragraph).trim_end_matches("/>").trim_end();
                let look = match changes.mark.as_str() {
                    "" => String::new(),
                    mark => format!("<{w}pPr><{w}rPr>{mark}</{w}rPr></{w}pPr>"),
                };
                let name = &self.spans.text[self.spans.tag(paragraph).start + 1..];
                let name = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
                edits.push((whole.clone(), format!("{tag}>{look}{}</{name}>", changes.append)));
            }
        } else {
            if !changes.mark.is_empty() {
                edits.push(self.mark(paragraph, &changes.mark));
            }
            if !changes.append.is_empty() {
                let end = self.spans.inside(paragraph).end;
                edits.push((end..end, changes.append));
            }
        }
        if !changes.after.is_empty() {
            edits.push((whole.end..whole.end, changes.after));
        }
    }

    /// The edit that tells of a paragraph's mark that it is new or gone.
    fn mark(&self, paragraph: Id, mark: &str) -> (Range<usize>, String) {
        let (w, spans) = (&self.spans.w, self.spans);
        let Some(properties) = spans.child(paragraph, "pPr") else {
            let at = spans.tag(paragraph).end;
            return (at..at, format!("<{w}pPr><{w}rPr>{mark}</{w}rPr></{w}pPr>"));
        };
        if spans.is_single(properties) {
            return (spans.whole(properties), format!("<{w}pPr><{w}rPr>{mark}</{w}rPr></{w}pPr>"));
        }
        if let Some(look) = spans.child(properties, "rPr") {
            if spans.is_single(look) {
                return (spans.whole(look), format!("<{w}rPr>{mark}</{w}rPr>"));
            }
            let at = spans.tag(look).end;
            return (at..at, mark.to_owned());
        }
        let after = spans.children(properties).find(|&child| matches!(spans.local(child), "sectPr" | "pPrChange"));
        let at = after.map_or(spans.inside(properties).end, |after| spans.whole(after).start);
        (at..at, format!("<{w}rPr>{mark}</{w}rPr>"))
    }

    /// A run with signs taken away and others put in.
    fn rebuilt(&mut self, run: Id, edits: &RunEdits) -> String {
        let spans = self.spans;
        let w = spans.w.clone();
        let open = &spans.text[spans.tag(run)];
        let name = &spans.text[spans.tag(run).start + 1..];
        let name = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
        let look = spans.child(run, "rPr").map_or("", |look| spans.source(look));
        let mut out = String::new();
        // What has been gathered for a run: kept signs, or signs that go.
        let mut piece = (false, String::new());
        let flush = |marks: &mut Marks, piece: &mut (bool, String), out: &mut String| {
            let content = std::mem::take(&mut piece.1);
            if content.is_empty() {
                return;
            }
            let whole = format!("{open}{look}{content}</{name}>");
            if !piece.0 {
                out.push_str(&whole);
            } else if marks.is_on() {
                out.push_str(&marks.deleted(&w, &as_deleted(&whole, &w)));
            }
        };
        let mut tokens = edits.tokens.iter().peekable();
        for child in spans.children(run) {
            if spans.local(child) == "rPr" {
                continue;
            }
            let mut own = Vec::new();
            while let Some(token) =
                tokens.next_if(|(_, _, node, _)| *node == child || spans.descendants(child).contains(node))
            {
                own.push(token);
            }
            if own.is_empty() {
                if piece.0 {
                    flush(self.marks, &mut piece, &mut out);
                    piece.0 = false;
                }
                piece.1.push_str(spans.source(child));
                continue;
            }
            let is_text = spans.local(child) == "t";
            let mut text = String::new();
            for (number, _, _, at) in own {
                let gone = edits.deleted.contains(number);
                let inserted = edits.inserted.get(number);
                if inserted.is_some() || gone != piece.0 {
                    close_text(&mut text, &mut piece.1, child, spans);
                    flush(self.marks, &mut piece, &mut out);
                    out.push_str(inserted.map_or("", String::as_str));
                    piece.0 = gone;
                }
                if is_text {
                    text.push_str(&spans.text[at.clone()]);
                } else {
                    piece.1.push_str(spans.source(child));
                }
            }
            close_text(&mut text, &mut piece.1, child, spans);
        }
        flush(self.marks, &mut piece, &mut out);
        out
    }
}

/// Closes a text element of a run that is cut.
fn close_text(text: &mut String, out: &mut String, node: Id, spans: &Spans<'_>) {
    if text.is_empty() {
        return;
    }
    let name = &spans.text[spans.tag(node).start + 1..];
    let name = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or("");
    out.push_str(&format!("<{name} xml:space=\"preserve\">{}</{name}>", std::mem::take(text)));
}

fn mark_look(w: &str, mark: &str) -> String {
    if mark.is_empty() { String::new() } else { format!("<{w}rPr>{mark}</{w}rPr>") }
}

/// Runs as a deletion holds them.
pub(super) fn as_deleted(runs: &str, w: &str) -> String {
    runs.replace(&format!("<{w}t>"), &format!("<{w}delText>"))
        .replace(&format!("<{w}t "), &format!("<{w}delText "))
        .replace(&format!("</{w}t>"), &format!("</{w}delText>"))
        .replace(&format!("<{w}instrText"), &format!("<{w}delInstrText"))
        .replace(&format!("</{w}instrText"), &format!("</{w}delInstrText"))
}

/// Puts edits into a text; those at one place keep their order.
pub(super) fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|(_, with)| with.len()).sum::<usize>());
    let mut from = 0;
    for (at, with) in edits {
        // An edit inside what another took away has nothing left to change.
        if at.start < from {
            continue;
        }
        out.push_str(&text[from..at.start]);
        out.push_str(&with);
        from = at.end;
    }
    out.push_str(&text[from..]);
    out
}

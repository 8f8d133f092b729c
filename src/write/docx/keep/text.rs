//! The text of a cell: lines put in, changed and taken away where they stand.

use std::ops::Range;

use super::editor::Editor;
use super::lines::{self, Line, runs_in};
use super::look::Look;
use super::story::{Kind, Story};

/// Where lines stand in a story, by the tokens of their letters; nothing for a line without letters.
pub(super) type Places = Vec<Option<Range<usize>>>;

/// Finds lines by their letters, one after the other.
pub(super) fn places(letters: &[(char, usize)], lines: &[Line]) -> Option<Places> {
    let mut at = 0;
    let mut places = Vec::with_capacity(lines.len());
    for line in lines {
        let wanted = line.letters();
        if wanted.is_empty() {
            places.push(None);
            continue;
        }
        // As a rule they follow upon each other; what the page shows beside them is passed over.
        let rest = letters.get(at..)?;
        let found = if starts_with(rest, &wanted) {
            0
        } else {
            (0..rest.len()).find(|&from| starts_with(&rest[from..], &wanted))?
        };
        let from = at + found;
        at = from + wanted.len();
        places.push(Some(letters[from].1..letters[at - 1].1 + 1));
    }
    Some(places)
}

fn starts_with(letters: &[(char, usize)], wanted: &[char]) -> bool {
    letters.len() >= wanted.len() && letters.iter().zip(wanted).all(|((letter, _), wanted)| letter == wanted)
}

/// A text that is being changed.
pub(super) struct TextEdit<'t> {
    pub(super) story: &'t Story,
    pub(super) places: &'t [Option<Range<usize>>],
    pub(super) look: &'t Look,
}

impl TextEdit<'_> {
    /// Makes the old lines the new ones; says which new lines found no place.
    pub(super) fn apply(&self, editor: &mut Editor<'_, '_>, old: &[Line], new: &[Line]) -> Result<(), ()> {
        for hunk in lines::diff(old, new) {
            let pairs = pairs(&old[hunk.old.clone()], &new[hunk.new.clone()]);
            let mut next_new = hunk.new.start;
            let mut next_old = hunk.old.start;
            for (old_at, new_at) in pairs {
                let (old_at, new_at) = (hunk.old.start + old_at, hunk.new.start + new_at);
                self.delete(editor, next_old..old_at);
                self.insert(editor, next_old.max(hunk.old.start), &new[next_new..new_at])?;
                if !self.replace(editor, old_at, &old[old_at], &new[new_at]) {
                    self.delete(editor, old_at..old_at + 1);
                    self.insert(editor, old_at + 1, &new[new_at..=new_at])?;
                }
                (next_old, next_new) = (old_at + 1, new_at + 1);
            }
            self.delete(editor, next_old..hunk.old.end);
            self.insert(editor, hunk.old.end, &new[next_new..hunk.new.end])?;
        }
        Ok(())
    }

    /// The last line with a place before one, and the first from it on.
    fn around(&self, at: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let before = self.places[..at].iter().rev().flatten().next().cloned();
        let after = self.places[at..].iter().flatten().next().cloned();
        (before, after)
    }

    fn has_letters(&self, tokens: Range<usize>) -> bool {
        self.story.tokens[tokens].iter().any(|token| matches!(token.kind, Kind::Char(c) if c.is_alphanumeric()))
    }

    /// Puts new lines in before the old one of this number.
    fn insert(&self, editor: &mut Editor<'_, '_>, at: usize, new: &[Line]) -> Result<(), ()> {
        if new.is_empty() {
            return Ok(());
        }
        let (story, w) = (self.story, editor.spans.w.clone());
        let (before, after) = self.around(at);
        let Some(before) = before else {
            let Some(after) = after else { return self.fill(editor, new) };
            let paragraph = story.tokens[after.start].paragraph;
            let owner = &story.paragraphs[paragraph];
            if self.look.breaks {
                editor.insert(story, paragraph, owner.tokens.start, &self.look.broken_lines(&w, new, false));
            } else if !self.has_letters(owner.tokens.start..after.start) {
                editor.paragraphs_before(owner.node, &self.look.paragraphs(&w, new, false));
            } else {
                editor.insert(story, paragraph, after.start, &self.running(&w, new, false));
            }
            return Ok(());
        };
        let last = before.end - 1;
        let paragraph = story.tokens[last].paragraph;
        let owner = &story.paragraphs[paragraph];
        let rest = last + 1..owner.tokens.end;
        if !self.has_letters(rest.clone()) {
            if self.look.breaks {
                editor.insert(story, paragraph, owner.tokens.end, &self.look.broken_lines(&w, new, true));
            } else {
                editor.paragraphs_after(owner.node, self.look.paragraphs(&w, new, true));
            }
            return Ok(());
        }
        let line_break = rest.clone().find(|&at| story.tokens[at].kind == Kind::Break);
        let letter = rest.clone().find(|&at| self.has_letters(at..at + 1)).unwrap_or(rest.end);
        match line_break.filter(|&line_break| line_break < letter) {
            Some(line_break) => {
                editor.insert(story, paragraph, line_break + 1, &self.look.broken_lines(&w, new, false));
            }
            None => editor.insert(story, paragraph, letter, &self.running(&w, new, false)),
        }
        Ok(())
    }

    /// Lines that run on in a paragraph.
    fn running(&self, w: &str, new: &[Line], space_first: bool) -> String {
        let space = [crate::model::Run::plain(" ")];
        let mut runs = String::new();
        for line in new {
            if space_first {
                runs.push_str(&self.look.runs(w, &space));
            }
            runs.push_str(&self.look.line(w, line, false));
            if !space_first {
                runs.push_str(&self.look.runs(w, &space));
            }
        }
        runs
    }

    /// Puts lines into a story that has none.
    fn fill(&self, editor: &mut Editor<'_, '_>, new: &[Line]) -> Result<(), ()> {
        let (story, w) = (self.story, editor.spans.w.clone());
        let mut paragraphs = self.look.paragraphs(&w, new, false);
        let blank = story.paragraphs.iter().position(|paragraph| story.is_blank(paragraph.tokens.clone()));
        let Some(first) = blank else {
            // Signs alone: a light. The words stand under it.
            let last = story.paragraphs.last().ok_or(())?;
            editor.paragraphs_after(last.node, paragraphs);
            return Ok(());
        };
        let owner = &story.paragraphs[first];
        let own = editor.properties(owner.node).map(|(inside, _)| inside).unwrap_or_default();
        if !editor.is_tracked() && paragraphs.first().is_some_and(|first| first.properties != own) {
            let bare = editor.spans.children(owner.node).all(|child| editor.spans.local(child) == "pPr");
            if bare {
                let xml: String = paragraphs.iter().map(|new| editor.new_paragraph(new, false)).collect();
                editor.replace(editor.spans.whole(owner.node), xml);
                return Ok(());
            }
        }
        if paragraphs.is_empty() {
            return Ok(());
        }
        if editor.is_tracked() && paragraphs[0].properties != own {
            editor.paragraphs_before(owner.node, &paragraphs);
            return Ok(());
        }
        let first_new = paragraphs.remove(0);
        editor.insert(story, first, owner.tokens.end, &first_new.runs);
        editor.paragraphs_after(owner.node, paragraphs);
        Ok(())
    }

    /// Takes old lines away.
    fn delete(&self, editor: &mut Editor<'_, '_>, lines: Range<usize>) {
        for place in self.places[lines].iter().flatten() {
            let story = self.story;
            let (first, last) = (story.tokens[place.start].paragraph, story.tokens[place.end - 1].paragraph);
            let whole = story.paragraphs[first].tokens.start..story.paragraphs[last].tokens.end;
            let holds_object = story.tokens[whole.clone()]
                .iter()
                .any(|token| matches!(token.kind, Kind::Object | Kind::Box | Kind::FormBox));
            if !self.has_letters(whole.start..place.start) && !self.has_letters(place.end..whole.end) && !holds_object {
                (first..=last).for_each(|number| editor.delete_paragraph(story, number));
                continue;
            }
            let from = self.start_of(place.start);
            let mut end = self.end_of(place.end);
            // The break or the space after it goes with it.
            if story
                .tokens
                .get(end)
                .is_some_and(|token| token.paragraph == last && matches!(token.kind, Kind::Break | Kind::Char(' ')))
            {
                end += 1;
            }
            editor.delete(story, from..end);
        }
    }

    /// Back from a line's first letter over the signs that belong to it.
    fn start_of(&self, first: usize) -> usize {
        let tokens = &self.story.tokens;
        let belongs = |at: &usize| {
            tokens[*at].paragraph == tokens[first].paragraph
                && matches!(tokens[*at].kind, Kind::Char(c) if !c.is_whitespace() && !c.is_alphanumeric())
        };
        (0..first).rev().take_while(belongs).last().unwrap_or(first)
    }

    /// On from a line's last letter over the signs that belong to it.
    fn end_of(&self, end: usize) -> usize {
        let tokens = &self.story.tokens;
        let paragraph = tokens[end - 1].paragraph;
        let belongs = |at: &usize| {
            tokens[*at].paragraph == paragraph && matches!(tokens[*at].kind, Kind::Char(c) if !c.is_alphanumeric())
        };
        let reach = (end..tokens.len()).take_while(belongs).last().map_or(end, |last| last + 1);
        // Signs before the next line's first letter ("(", "”") are that line's.
        let mut stop = reach;
        let next_is_letter =
            tokens.get(reach).is_some_and(|token| token.paragraph == paragraph && matches!(token.kind, Kind::Char(_)));
        if next_is_letter {
            stop = (end..reach).find(|&at| is_space(&tokens[at].kind)).unwrap_or(reach);
        }
        while stop > end && is_space(&tokens[stop - 1].kind) {
            stop -= 1;
        }
        stop
    }

    /// Changes the words of a line that stands in one paragraph; says whether it could.
    fn replace(&self, editor: &mut Editor<'_, '_>, number: usize, old: &Line, new: &Line) -> bool {
        let Some(place) = &self.places[number] else { return false };
        if old.date != new.date || old.block.kind != new.block.kind || old.block.level != new.block.level {
            return false;
        }
        let story = self.story;
        let dated = old.date.as_deref().map_or(0, |date| super::story::folded(date).count());
        let mut letters = place.clone().filter(|&at| self.has_letters(at..at + 1)).skip(dated);
        let Some(first) = letters.next() else { return false };
        let (from, to) = (self.start_of(first).max(place.start), self.end_of(place.end));
        let tokens = &story.tokens[from..to];
        let paragraph = tokens[0].paragraph;
        let mut chars: Vec<char> = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token.kind {
                Kind::Char(c) if token.paragraph == paragraph => chars.push(c),
                _ => return false,
            }
        }
        let text = new.block.text();
        let wanted: Vec<(usize, char)> = text.char_indices().collect();
        let same = |a: char, b: char| a == b || (a.is_whitespace() && b.is_whitespace());
        let mut head = chars.iter().zip(&wanted).take_while(|(a, (_, b))| same(**a, *b)).count();
        if head < chars.len() || head < wanted.len() {
            // Whole words are exchanged, not letters inside them.
            let inside = |at: usize| {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let before = at > 0 && letter(chars.get(at - 1).copied());
                before && (letter(chars.get(at).copied()) || letter(wanted.get(at).map(|(_, c)| *c)))
            };
            while inside(head) {
                head -= 1;
            }
        }
        let most = chars.len().min(wanted.len()) - head;
        let tails = chars.iter().rev().zip(wanted.iter().rev());
        let mut tail = tails.take(most).take_while(|(a, (_, b))| same(**a, *b)).count();
        while tail > 0 && chars[chars.len() - tail].is_alphanumeric() {
            tail -= 1;
        }
        let bytes = |at: usize| wanted.get(at).map_or(text.len(), |(byte, _)| *byte);
        let middle = runs_in(&new.block, bytes(head)..bytes(wanted.len() - tail));
        let (cut_from, cut_to) = (from + head, to - tail);
        let beside = if head > 0 { cut_from - 1 } else { cut_from.min(to - 1) };
        let old_runs = runs_in(&old.block, 0..old.block.text().len());
        let shown = old_runs.first().map_or((false, false), |run| (run.bold, run.italic));
        let look = Look::of_run(editor.spans, story.tokens[beside].run, shown.0, shown.1);
        let runs = look.runs(&editor.spans.w, &middle);
        editor.delete(story, cut_from..cut_to);
        if !runs.is_empty() {
            editor.insert(story, paragraph, cut_to, &runs);
        }
        true
    }
}

fn is_space(kind: &Kind) -> bool {
    matches!(kind, Kind::Char(c) if c.is_whitespace())
}

/// Which old lines live on as which new ones, both in order.
fn pairs(old: &[Line], new: &[Line]) -> Vec<(usize, usize)> {
    if old.len() == 1 && new.len() == 1 {
        return vec![(0, 0)];
    }
    let mut pairs = Vec::new();
    let mut from = 0;
    for (number, line) in old.iter().enumerate() {
        let text = line.block.text();
        let lives_on = |other: &Line| {
            let words = other.block.text();
            other.date == line.date
                && other.opens == line.opens
                && !text.trim().is_empty()
                && (words.contains(&text) || text.contains(&words) || common(&words, &text) * 2 > text.len())
        };
        if let Some(found) = new[from..].iter().position(lives_on) {
            pairs.push((number, from + found));
            from += found + 1;
        }
    }
    pairs
}

/// How many bytes two texts begin with in common.
fn common(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

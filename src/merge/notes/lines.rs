//! Notes line by line: what each line is, and which note it belongs to.

use jiff::civil::Date;

use crate::model::{Block, BlockKind, Warned, Warning, WarningCode, is_blank, normalise};

use super::date::{Start, date_at_start};
use super::vocabulary::VOCABULARY;
use super::{Note, Notes, NotesError, inline, status};

/// Spaces of indentation that make one level of a list; a tab counts as four.
const SPACES_PER_LEVEL: usize = 2;
const DEEPEST_LEVEL: u8 = 8;

pub(super) fn parse(text: &str) -> Result<Warned<Notes>, NotesError> {
    let text =
        text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n");
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader::default();
    let mut skip = false;
    for (index, line) in lines.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let underlined = lines.get(index + 1).is_some_and(|next| is_underline(next));
        if let Some((heading, depth)) = atx_heading(line) {
            reader.heading(heading, depth, index + 1)?;
        } else if underlined && reader.open.is_none() && is_plain(line) {
            skip = true;
            reader.heading(line.trim(), if lines[index + 1].trim().starts_with('=') { 1 } else { 2 }, index + 1)?;
        } else {
            reader.line(line, index + 1)?;
        }
    }
    Ok(reader.finish())
}

#[derive(Default)]
struct Reader {
    meeting: Option<(usize, Date)>,
    notes: Vec<(Note, usize)>,
    /// The block that a following line goes on with.
    open: Option<OpenBlock>,
}

struct OpenBlock {
    kind: BlockKind,
    level: u8,
    text: String,
}

impl Reader {
    fn heading(&mut self, heading: &str, depth: usize, line: usize) -> Result<(), NotesError> {
        self.close();
        let runs = inline::runs(heading);
        let heading: String = runs.iter().map(|run| run.text.as_str()).collect();
        let heading = heading.trim();
        if let Some((date, "")) = self.meeting_date(heading, line, true)? {
            return self.set_meeting(date, line);
        }
        let heading = heading.strip_suffix(':').unwrap_or(heading).trim_end().to_owned();
        self.notes.push((Note { heading, line, ..Note::default() }, depth));
        Ok(())
    }

    fn line(&mut self, line: &str, number: usize) -> Result<(), NotesError> {
        let trimmed = line.trim();
        if trimmed.is_empty() || is_rule(trimmed) {
            self.close();
            return Ok(());
        }
        if self.before_notes()
            && let Some((date, rest)) = self.meeting_date(trimmed, number, false)?
            && (rest.is_empty() || !self.under_title())
        {
            self.close();
            self.set_meeting(date, number)?;
            if rest.is_empty() {
                return Ok(());
            }
        }
        if let Some(written) = status_line(trimmed) {
            self.close();
            let status = status::status(written);
            let note = self.note(number);
            match &mut note.status {
                Some(first) => status::join(first, status),
                none => *none = Some(status),
            }
            return Ok(());
        }
        if let Some((level, text)) = bullet(line) {
            self.close();
            self.open = Some(OpenBlock { kind: BlockKind::Bullet, level, text: text.to_owned() });
        } else if let Some(open) = self.open.as_mut().filter(|_| !is_numbered(trimmed)) {
            open.text.push(' ');
            open.text.push_str(trimmed);
        } else {
            self.close();
            self.open = Some(OpenBlock { kind: BlockKind::Paragraph, level: 0, text: trimmed.to_owned() });
        }
        self.note(number);
        // Two spaces or a backslash at the end of a line: Markdown's line break.
        if line.ends_with("  ") || line.ends_with('\\') {
            if let Some(open) = &mut self.open {
                open.text.truncate(open.text.trim_end_matches('\\').len());
            }
            self.close();
        }
        Ok(())
    }

    /// Whether a meeting line may stand here: before the first heading, or at once under what may be the title.
    fn before_notes(&self) -> bool {
        self.notes.iter().all(|(note, _)| note.heading.is_empty()) || self.under_title()
    }

    fn under_title(&self) -> bool {
        let only_heading = matches!(self.notes.as_slice(), [(note, _)] if note.is_empty() && !note.heading.is_empty());
        only_heading && self.open.is_none() && self.meeting.is_none()
    }

    /// The note that a line belongs to; text before the first heading makes one with no heading.
    fn note(&mut self, line: usize) -> &mut Note {
        if self.notes.is_empty() {
            self.notes.push((Note { line, ..Note::default() }, 0));
        }
        let last = self.notes.len() - 1;
        &mut self.notes[last].0
    }

    fn close(&mut self) {
        let (Some(open), Some((note, _))) = (self.open.take(), self.notes.last_mut()) else { return };
        let block = Block { kind: open.kind, level: open.level, runs: inline::runs(&open.text) }.tidy();
        if !block.is_blank() {
            note.text.push(block);
        }
    }

    fn meeting_date<'a>(
        &self,
        line: &'a str,
        number: usize,
        heading: bool,
    ) -> Result<Option<(Date, &'a str)>, NotesError> {
        let Some((after, colon)) = after_key(line, &VOCABULARY.meeting) else { return Ok(None) };
        match date_at_start(after) {
            Start::Day(date, rest) => {
                let rest = rest.trim_matches(|c: char| c.is_whitespace() || "*_.,;".contains(c));
                // Without a colon and with more words it is a sentence about a meeting.
                Ok((colon || rest.is_empty()).then_some((date, rest)))
            }
            Start::Impossible => Err(NotesError::WrongMeeting { line: number, written: after.trim().to_owned() }),
            Start::NoDate if colon && !heading && self.meeting.is_none() && starts_like_a_date(after) => {
                Err(NotesError::WrongMeeting { line: number, written: after.trim().to_owned() })
            }
            Start::NoDate => Ok(None),
        }
    }

    fn set_meeting(&mut self, date: Date, line: usize) -> Result<(), NotesError> {
        match self.meeting {
            Some((first_line, first)) if first != date => {
                Err(NotesError::TwoMeetings { first_line, first, line, second: date })
            }
            _ => {
                self.meeting = Some((line, date));
                Ok(())
            }
        }
    }

    fn finish(mut self) -> Warned<Notes> {
        self.close();
        let mut warnings = Vec::new();
        // A heading above the others with nothing under it is the title of the notes.
        let title = match self.notes.as_slice() {
            [(first, depth), (_, next), ..] => first.is_empty() && !first.heading.is_empty() && depth < next,
            _ => false,
        };
        if title {
            let (note, _) = self.notes.remove(0);
            let message =
                format!("Rad {}: ”{}” lästes som anteckningarnas titel, inte som en punkt.", note.line, note.heading);
            warnings.push(Warning::new(WarningCode::NoteEmpty, message));
        }
        let meeting = self.meeting.map(|(_, date)| date);
        let mut notes: Vec<Note> = self.notes.into_iter().map(|(note, _)| note).collect();
        for note in &mut notes {
            if let Some(date) = meeting {
                strip_own_date(&mut note.text, date);
            }
        }
        if let Some(first) = notes.first().filter(|note| note.heading.is_empty()) {
            let message = format!(
                "Rad {}: text före första rubriken hör inte till någon punkt. \
                 Den ligger kvar bland det oplacerade; skriv en rubrik över den.",
                first.line
            );
            warnings.push(Warning::new(WarningCode::NoteUnplaced, message));
        }
        if notes.is_empty() {
            warnings.push(Warning::new(WarningCode::NoteEmpty, "Anteckningarna innehåller inga punkter."));
        }
        Warned { value: Notes { meeting, notes }, warnings }
    }
}

/// A note that begins with the meeting's own date: the entry carries the date already.
pub(in crate::merge) fn strip_own_date(text: &mut Vec<Block>, meeting: Date) {
    let Some(run) = text.first_mut().and_then(|block| block.runs.first_mut()) else { return };
    if let Start::Day(date, rest) = date_at_start(&run.text)
        && date == meeting
        && (rest.is_empty() || rest.starts_with([':', ' ', '.', '\u{a0}']))
    {
        run.text = rest.trim_start_matches([':', ' ', '.', '\u{a0}']).to_owned();
        if let Some(first) = text.first_mut() {
            *first = std::mem::take(first).tidy();
        }
        if is_blank(text) {
            text.clear();
        }
    }
}

/// `# heading`, one to six signs; a sign with no space after it too, where a letter follows.
fn atx_heading(line: &str) -> Option<(&str, usize)> {
    let trimmed = line.trim();
    let depth = trimmed.len() - trimmed.trim_start_matches('#').len();
    let rest = &trimmed[depth..];
    let good = (1..=6).contains(&depth) && rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic());
    let heading = rest.trim().trim_end_matches('#').trim();
    (good && !heading.is_empty()).then_some((heading, depth))
}

/// A line that underlines a heading: at least three signs, so that a stray hyphen is none.
fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

fn is_rule(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3 && signs.iter().all(|c| *c == signs[0]) && "-*_=".contains(signs[0])
}

/// Whether a line can be a heading when it is underlined.
fn is_plain(line: &str) -> bool {
    let trimmed = line.trim();
    !trimmed.is_empty() && !is_rule(trimmed) && bullet(line).is_none() && status_line(trimmed).is_none()
}

fn bullet(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let indent: usize = line[..line.len() - text.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let sign = text.chars().next().filter(|c| "-*+•–·‣▪".contains(*c))?;
    let rest = &text[sign.len_utf8()..];
    if !rest.starts_with([' ', '\t', '\u{a0}']) && !matches!(sign, '•' | '‣' | '▪') || rest.trim().is_empty() {
        return None;
    }
    let level = u8::try_from(indent / SPACES_PER_LEVEL).unwrap_or(u8::MAX).min(DEEPEST_LEVEL);
    Some((level, rest.trim()))
}

/// `1. text`, `2) text`: a line of its own, with its number, since the model has no numbered lists.
fn is_numbered(line: &str) -> bool {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=2).contains(&digits) && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "))
}

/// What stands after "Status:", "**Status:**", "Status –"; without a sign only where a light follows.
pub(in crate::merge) fn status_line(line: &str) -> Option<&str> {
    let line = bullet(line).map_or(line, |(_, text)| text);
    let (after, colon) = after_key(line, &VOCABULARY.status)?;
    let written = after.trim_start_matches(['–', '-', '=', ' ']).trim();
    let signed = colon || after.trim_start().starts_with(['–', '-', '=']);
    let is_status = if signed { !written.is_empty() } else { !status::status(written).lights.is_empty() };
    is_status.then_some(written)
}

/// The text after a key word at the start of a line, and whether a colon stood between.
fn after_key<'a>(line: &'a str, keys: &[String]) -> Option<(&'a str, bool)> {
    let line = line.trim_start_matches(['*', '_', ' ']);
    keys.iter().filter_map(|key| strip_key(line, key)).min_by_key(|rest| rest.len()).map(|rest| {
        let bare = rest.trim_start_matches(['*', '_', ' ', '\u{a0}']);
        match bare.strip_prefix(':') {
            Some(after) => (after.trim_start_matches(['*', '_', ' ', '\u{a0}']), true),
            None => (rest.trim_start(), false),
        }
    })
}

/// Strips a key word that is in lower case from a line, whatever the line's case and composition.
fn strip_key<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let end = line.char_indices().map(|(at, _)| at).chain([line.len()]).find(|&at| {
        at >= key.len() && normalise(&line[..at]).to_lowercase() == key && !line[at..].starts_with('\u{308}')
            || at > 2 * key.len() + 8
    })?;
    let rest = &line[end..];
    (normalise(&line[..end]).to_lowercase() == key && !rest.starts_with(|c: char| c.is_alphanumeric())).then_some(rest)
}

fn starts_like_a_date(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

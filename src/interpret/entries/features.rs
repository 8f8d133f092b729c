//! What speaks for and against a candidate being the start of an entry, each with its weight.
//!
//! The weights are log odds: +1 makes a start about three times as likely, −5 all but rules it out.
//! `docs/entries.md` explains them one by one; the words stand in `templates/entries.toml`.

use jiff::civil::Date;

use super::Context;
use super::candidate::{Candidate, Shape, When, lower};
use super::flat::{Flat, Line};
use super::habits::Habits;
use super::lexicon::LEXICON;
use crate::model::EntryDate;

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $name:ident = $weight:literal,)+) => {
        /// One thing that speaks for (positive weight) or against a date being the start of an entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Feature { $($(#[doc = $doc])+ $name,)+ }

        impl Feature {
            /// Log odds.
            pub fn weight(self) -> f32 {
                match self { $(Self::$name => $weight,)+ }
            }

            /// Every feature, for the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

features! {
    /// First thing in the cell.
    CellStart = 5.0,
    /// First thing in its paragraph or list point.
    ParagraphStart = 4.5,
    /// First thing after a soft line break.
    LineStart = 3.7,
    /// In running text: nothing that ends a sentence before it.
    RunningText = -0.8,
    /// After a full stop, question mark or exclamation mark.
    AfterSentence = 2.0,
    /// After a closing bracket or quotation mark.
    AfterBracket = 0.4,
    /// After a comma or semicolon.
    AfterComma = -2.0,
    /// After a colon: it tells when something is.
    AfterColon = -2.5,
    /// After a dash with space before it.
    AfterDash = -0.3,
    /// Tied to a sign or word before with no space between.
    Tied = -5.0,
    /// Within brackets.
    InBrackets = -4.5,
    /// The word before binds a date to it (till, från, den …), and the date stands on the same line.
    Binding = -5.0,
    /// The line before ends with a binding word, and no new paragraph begins.
    BindingLineBefore = -4.0,
    /// The paragraph before ends with a binding word.
    BindingParagraphBefore = -2.0,
    /// The word before joins it to something (och, samt …).
    Joining = -3.5,
    /// The word before says that something happens (hölls, skickades, klar …).
    Happening = -0.9,
    /// The word before is a paper or gathering known by its date (möte, enkät …).
    Dated = -1.0,
    /// That word has a capital letter, and a colon follows the date ("Protokoll 230412: …"): it names what follows.
    DatedColon = -3.0,
    /// The word before makes it another kind of number (dnr, tel …).
    Reference = -8.0,
    /// The word before is a date or number.
    AfterNumber = -1.0,
    /// A capital letter follows, in running text.
    CapitalAfter = 1.3,
    /// A small letter follows, in running text, with no colon between.
    SmallAfter = -1.0,
    /// A colon follows the date.
    ColonAfter = 3.0,
    /// A dash and a space follow the date.
    DashAfter = 0.8,
    /// A full stop follows the date in running text.
    StopAfter = -2.5,
    /// A comma, closing bracket or the like follows the date in running text.
    CommaAfter = -3.0,
    /// A comma follows the date at a line's start.
    CommaAfterAtLineStart = -1.0,
    /// Nothing follows on the line.
    LineEndAfter = -3.0,
    /// A verb follows, in running text ("Enkät 230412 visar").
    VerbAfter = -2.8,
    /// A small word that goes on with the sentence follows, in running text ("230914 i Linköping").
    GoingOnAfter = -2.5,
    /// Such a word follows at a line's start.
    GoingOnAfterAtLineStart = -0.7,
    /// A counted thing follows ("kr", "patienter").
    UnitAfter = -7.0,
    /// A number follows, in running text.
    NumberAfter = -1.0,
    /// Goes on to a second day, in running text.
    Range = -4.0,
    /// The date is bold and the text around it is not.
    BoldAlone = 2.5,
    /// Another cell, surely, has an entry of this day.
    MeetingOnce = 1.3,
    /// Two other cells have one.
    MeetingTwice = 1.9,
    /// Three other cells or more have one.
    MeetingOften = 2.4,
    /// The other entries are of meeting days that recur, and this day is none of them.
    NoMeeting = -0.5,
    /// The day the plan was last updated, in running text.
    UpdatedDay = 1.0,
    /// After the day the plan was last updated, in running text.
    Future = -3.0,
    /// After the day the plan was last updated, at a line's start.
    FutureAtLineStart = -1.7,
    /// After that day too, but the day of another cell's entry.
    FutureMeeting = -0.7,
    /// More than seven years before the plan, or after the year that follows it.
    FarAway = -2.5,
    /// In running text, in a cell whose entries begin at line starts.
    LinesHabit = -0.8,
    /// Bold alone, as the document's other dates of entries are.
    BoldAsOthers = 2.0,
    /// Not bold, where the document's other dates of entries are.
    BoldHabit = -1.5,
    /// A sign after it that stands after many of the document's other dates of entries (colon, full stop, dash), in running text.
    MarkAsOthers = 2.0,
    /// No such sign, in running text, where nearly all the others have one.
    MarkHabit = -1.2,
    /// Written in another way than the document's other dates of entries, in running text.
    ShapeHabit = -0.8,
    /// A list point under a line that ends with a colon.
    ListAfterColon = -4.5,
    /// A line under a line that ends with a colon.
    LineAfterColon = -2.0,
    /// A year alone says less than a day.
    Year = -3.0,
    /// A year with a colon or dash after it.
    YearMark = 2.5,
    /// A year and then a verb ("2022 genomfördes").
    YearVerb = 3.0,
    /// A year and then a capital letter.
    YearCapital = 1.5,
    /// A year and then another small word.
    YearSmall = -1.5,
    /// A year that is part of a name or label ("2024 års plan").
    YearLabel = -7.0,
    /// A year after the plan's own.
    YearAhead = -3.5,
    /// A day and month without a year, or written with words: rarer than the other forms.
    LooseShape = -0.5,
}

/// The features of a candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    pub(super) features: Vec<Feature>,
    pub(super) sum: f32,
    /// The sign right after the date, where it is one that sets it off.
    pub(super) mark: Option<char>,
}

impl Score {
    pub(super) fn add(&mut self, feature: Feature) {
        self.features.push(feature);
        self.sum += feature.weight();
    }
}

/// What the document as a whole says of a candidate: laid on top of what its own place says.
pub(super) fn of_document(score: &mut Score, candidate: &Candidate, cell: usize, habits: &Habits, context: &Context) {
    let Some(date) = candidate.date() else { return };
    let running = !candidate.at_line_start;
    match habits.other_cells_with(date, cell) {
        0 if running && habits.meetings_recur => score.add(Feature::NoMeeting),
        0 => {}
        1 => score.add(Feature::MeetingOnce),
        2 => score.add(Feature::MeetingTwice),
        _ => score.add(Feature::MeetingOften),
    }
    if running {
        if habits.begins_at_lines(cell) {
            score.add(Feature::LinesHabit);
        }
        match score.mark {
            Some(mark) if habits.marks.contains(&mark) => score.add(Feature::MarkAsOthers),
            _ if habits.always_marked => score.add(Feature::MarkHabit),
            _ => {}
        }
        if habits.shape.is_some_and(|shape| shape != candidate.shape) {
            score.add(Feature::ShapeHabit);
        }
    }
    if habits.bold {
        let bold = score.features.contains(&Feature::BoldAlone);
        score.add(if bold { Feature::BoldAsOthers } else { Feature::BoldHabit });
    }
    if let EntryDate::Day(day) = date {
        if context.updated == Some(day) && running {
            score.add(Feature::UpdatedDay);
        }
        // Without the day of the last update, a plan may be up to date until the first month after its year.
        let last = context.updated.or_else(|| Date::new(context.year?.checked_add(1)?, 1, 31).ok());
        if last.is_some_and(|last| day > last) {
            score.add(match (habits.other_cells_with(date, cell), running) {
                (0, true) => Feature::Future,
                (0, false) => Feature::FutureAtLineStart,
                _ => Feature::FutureMeeting,
            });
        }
    } else if context.year.is_some_and(|year| date.year() > year) {
        score.add(Feature::YearAhead);
    }
    if context.year.is_some_and(|year| !(year.saturating_sub(7)..=year.saturating_add(1)).contains(&date.year())) {
        score.add(Feature::FarAway);
    }
}

/// What the candidate's own place says.
pub(super) fn of_place(flat: &Flat<'_>, candidate: &Candidate) -> Score {
    let mut score = Score::default();
    place(flat, candidate, &mut score);
    if candidate.shape == Shape::Year {
        after_year(flat, candidate, &mut score);
    } else {
        after(flat, candidate, &mut score);
    }
    if score.features.contains(&Feature::Dated) && score.mark == Some(':') && named(flat, candidate) {
        score.add(Feature::DatedColon);
    }
    if candidate.in_brackets {
        score.add(Feature::InBrackets);
    }
    if bold_alone(flat, candidate) {
        score.add(Feature::BoldAlone);
    }
    if matches!(candidate.when, When::DayMonth(..)) || matches!(candidate.shape, Shape::Words) {
        score.add(Feature::LooseShape);
    }
    score
}

fn place(flat: &Flat<'_>, candidate: &Candidate, score: &mut Score) {
    let line = &flat.lines[candidate.line];
    if !candidate.at_line_start {
        let from = candidate.span.start - usize::from(candidate.bracketed);
        return before_in_line(&flat.text[line.span.start..from], score);
    }
    let above = flat.lines[..candidate.line].iter().rev().take(8).find_map(|line| {
        let text = flat.text[line.span.clone()].trim_end();
        (!text.is_empty()).then_some((line, text))
    });
    score.add(match above {
        None if flat.text[..candidate.cut.start].trim().is_empty() => Feature::CellStart,
        _ if line.opens_block => Feature::ParagraphStart,
        _ => Feature::LineStart,
    });
    let Some((above, text)) = above else { return };
    let word = last_word(text);
    let lexicon = &LEXICON.before;
    let open_end =
        text.ends_with(char::is_alphanumeric) || text.ends_with('.') && LEXICON.abbreviations.contains(&word);
    if text.ends_with(':') {
        // Below a heading that opens the cell ("Uppföljning:") come entries; further down, a list.
        if line.bullet && !above.bullet && !is_heading(flat, above) {
            score.add(Feature::ListAfterColon);
        } else if !is_heading(flat, above) {
            score.add(Feature::LineAfterColon);
        }
    } else if open_end
        && (lexicon.binding.contains(&word) || lexicon.joining.contains(&word) || lexicon.reference.contains(&word))
    {
        score.add(if line.opens_block { Feature::BindingParagraphBefore } else { Feature::BindingLineBefore });
    }
    // A list goes on: the points before this one stood under the same colon.
    if line.bullet && above.bullet && under_colon(flat, candidate.line) {
        score.add(Feature::ListAfterColon);
    }
}

/// Whether the list that a line belongs to stands under a line that ends with a colon.
fn under_colon(flat: &Flat<'_>, line: usize) -> bool {
    let above = flat.lines[..line].iter().rev().take(40).find(|line| !line.bullet);
    above.is_some_and(|line| flat.text[line.span.clone()].trim_end().ends_with(':') && !is_heading(flat, line))
}

/// Whether a line that ends with a colon is the heading of the whole cell, and no entry itself.
fn is_heading(flat: &Flat<'_>, line: &Line) -> bool {
    line.span.start == flat.lines[0].span.start
        && !flat.text[line.span.clone()].trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn before_in_line(line: &str, score: &mut Score) {
    let text = line.trim_end();
    let last = text.chars().next_back().unwrap_or(' ');
    let word = last_word(text);
    if text.len() == line.len() {
        // No space before: "(231013", "”231013", "klart:231013".
        match last {
            '.' | '!' | '?' | '…' => {}
            _ => score.add(Feature::Tied),
        }
    }
    let lexicon = &LEXICON.before;
    let abbreviated = last == '.' && LEXICON.abbreviations.contains(&word);
    match last {
        '.' | '!' | '?' | '…' if !abbreviated => score.add(Feature::AfterSentence),
        ')' | ']' | '”' | '"' | '»' => score.add(Feature::AfterBracket),
        ',' | ';' => score.add(Feature::AfterComma),
        ':' => score.add(Feature::AfterColon),
        '-' | '–' | '—' => score.add(Feature::AfterDash),
        _ => score.add(Feature::RunningText),
    }
    // A sentence that has ended binds nothing; a reference keeps its number in any case.
    if lexicon.reference.contains(&word) && last != '!' && last != '?' && (last != '.' || abbreviated) {
        return score.add(Feature::Reference);
    }
    if matches!(last, '!' | '?' | '…' | ';' | ']' | '»') || last == '.' && !abbreviated || last == ',' || last == ')'
    {
        return;
    }
    if lexicon.joining.contains(&word) {
        score.add(Feature::Joining);
    } else if lexicon.binding.contains(&word) {
        score.add(Feature::Binding);
    } else if lexicon.happening.contains(&word) {
        score.add(Feature::Happening);
    } else if lexicon.is_dated(&word) {
        score.add(Feature::Dated);
    } else if word.ends_with(|c: char| c.is_ascii_digit()) {
        let whole_number = word.chars().all(|c| c.is_ascii_digit());
        if whole_number && !matches!(word.len(), 4 | 6 | 8) {
            score.add(Feature::AfterNumber);
        }
    }
}

/// The last word of a text in lower case, without the stops in it: "(t.o.m." gives "tom".
fn last_word(text: &str) -> String {
    // A word longer than this binds no date; the bound keeps the work linear.
    let mut from = text.len().saturating_sub(48);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let word = text[from..].rsplit(char::is_whitespace).find(|word| !word.is_empty()).unwrap_or_default();
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '+');
    lower(word).replace('.', "")
}

/// The first word of a text, in its own case, without the signs round it.
fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text
        .char_indices()
        .take(48)
        .find(|(_, c)| c.is_whitespace())
        .map_or_else(|| text.char_indices().nth(48).map_or(text.len(), |(at, _)| at), |(at, _)| at);
    text[..end].trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
}

fn after(flat: &Flat<'_>, candidate: &Candidate, score: &mut Score) {
    let line_end = flat.lines[candidate.line].span.end;
    let end = candidate.span.end + usize::from(candidate.bracketed);
    let rest = &flat.text[end..line_end];
    let mark = rest.trim_start().chars().next();
    let spaced = rest.starts_with(char::is_whitespace);
    let running = !candidate.at_line_start;
    let mut small_is_fine = false;
    score.mark = match mark {
        Some(sign @ (':' | '.')) => Some(sign),
        Some('-' | '–' | '—') => Some('-'),
        _ => None,
    };
    match mark {
        None if running => return score.add(Feature::LineEndAfter),
        None => return,
        Some(':') => {
            score.add(Feature::ColonAfter);
            small_is_fine = true;
        }
        Some('-' | '–' | '—') => {
            score.add(Feature::DashAfter);
            small_is_fine = true;
        }
        Some('.') if running && !spaced => score.add(Feature::StopAfter),
        Some(',' | ';' | ')' | ']' | '?' | '!' | '”' | '"' | '/') => {
            score.add(if running { Feature::CommaAfter } else { Feature::CommaAfterAtLineStart });
        }
        Some(_) => {}
    }
    if candidate.range && running {
        score.add(Feature::Range);
    }
    let following = &flat.text[candidate.cut.end.max(end).min(line_end)..line_end];
    let word = first_word(following);
    let Some(first) = word.chars().next() else {
        return if running && following.trim_start().is_empty() {
            score.add(Feature::LineEndAfter)
        };
    };
    let folded = lower(word).replace('.', "");
    if candidate.shape == Shape::Six && !first.is_uppercase() && LEXICON.after.units.contains(&folded) {
        return score.add(Feature::UnitAfter);
    }
    if first.is_ascii_digit() {
        if running {
            score.add(Feature::NumberAfter);
        }
        return;
    }
    let capital = first.is_uppercase();
    if !running {
        if LEXICON.after.going_on.contains(&folded) && !capital && !small_is_fine {
            score.add(Feature::GoingOnAfterAtLineStart);
        }
        return;
    }
    if capital {
        score.add(Feature::CapitalAfter);
    } else if !small_is_fine {
        score.add(Feature::SmallAfter);
        if LEXICON.after.verbs.contains(&folded) {
            score.add(Feature::VerbAfter);
        } else if LEXICON.after.going_on.contains(&folded) {
            score.add(Feature::GoingOnAfter);
        }
    }
}

fn after_year(flat: &Flat<'_>, candidate: &Candidate, score: &mut Score) {
    score.add(Feature::Year);
    let line_end = flat.lines[candidate.line].span.end;
    let rest = &flat.text[candidate.span.end + usize::from(candidate.bracketed)..line_end];
    let mark = rest.trim_start().chars().next();
    let folded = lower(first_word(rest)).replace('.', "");
    if LEXICON.after.units.contains(&folded) || LEXICON.year.units.contains(&folded) {
        return score.add(Feature::UnitAfter);
    }
    match mark {
        // A year alone on its line is a heading over what follows.
        None | Some(':' | '–' | '—') => return score.add(Feature::YearMark),
        Some('-') if rest.starts_with(char::is_whitespace) => return score.add(Feature::YearMark),
        Some('-') => return score.add(Feature::YearLabel),
        Some(',' | ';' | ')' | '/' | '?' | '!') => return score.add(Feature::YearSmall),
        Some(_) => {}
    }
    if LEXICON.year.labels.contains(&folded) {
        score.add(Feature::YearLabel);
    } else if LEXICON.year.is_verb(&folded) {
        score.add(Feature::YearVerb);
    } else if first_word(rest).starts_with(char::is_uppercase) {
        score.add(Feature::YearCapital);
    } else {
        score.add(Feature::YearSmall);
    }
}

/// Whether the word before has a capital letter.
fn named(flat: &Flat<'_>, candidate: &Candidate) -> bool {
    let before = flat.text[..candidate.cut.start].trim_end();
    let word = before.char_indices().rev().take(48).take_while(|(_, c)| c.is_alphanumeric()).last();
    word.is_some_and(|(_, c)| c.is_uppercase())
}

/// Bold, with text around it that is not.
fn bold_alone(flat: &Flat<'_>, candidate: &Candidate) -> bool {
    let bold = |at: usize| flat.bold_at(at);
    if !bold(candidate.span.start) || !bold(candidate.span.end - 1) {
        return false;
    }
    let line = &flat.lines[candidate.line];
    let before = flat.text[line.span.start..candidate.span.start].trim_end();
    let plain_before =
        before.is_empty() || !bold(line.span.start + before.char_indices().next_back().map_or(0, |(at, _)| at));
    let after = candidate.cut.end;
    plain_before && after < line.span.end && !bold(after)
}

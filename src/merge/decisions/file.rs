//! The file of decisions: read, and written with the open questions.

use std::collections::HashMap;

use crate::model::ItemId;

use super::super::report::{Doubtful, DoubtfulKind};
use super::super::vocabulary::VOCABULARY;
use super::{Decision, Decisions, DecisionsError, Named, Verdict};

/// Reads a file of decisions.
pub fn parse(bytes: &[u8]) -> Result<Decisions, DecisionsError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DecisionsError::NotText)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut decisions = Decisions::default();
    let mut said: HashMap<[ItemId; 2], (Verdict, usize)> = HashMap::new();
    for (number, line) in text.lines().enumerate().map(|(number, line)| (number + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = || DecisionsError::WrongLine { line: number, written: line.to_owned() };
        let (words, comment) = tokens(line).ok_or_else(wrong)?;
        let [verdict, first, second] = words.try_into().map_err(|_| wrong())?;
        let verdict = verdict_of(&verdict).ok_or_else(wrong)?;
        let mut names = quoted(comment).into_iter();
        let items =
            [first, second].map(|id| Named { id: ItemId::new(id), words: names.next().filter(|w| !w.is_empty()) });
        let mut key = items.clone().map(|named| named.id);
        key.sort_unstable();
        match said.get(&key) {
            Some(&(other, first)) if other != verdict => {
                return Err(DecisionsError::Contradiction { first, second: number });
            }
            Some(_) => continue,
            None => said.insert(key, (verdict, number)),
        };
        decisions.lines.push(Decision { verdict, items, line: number, written: line.to_owned() });
    }
    Ok(decisions)
}

fn verdict_of(word: &str) -> Option<Verdict> {
    let word = word.to_lowercase();
    let words = &VOCABULARY.verdicts;
    if words.same.contains(&word) {
        Some(Verdict::Same)
    } else if words.different.contains(&word) {
        Some(Verdict::Different)
    } else {
        None
    }
}

/// The words of a line, some of them between "…", and the comment after them.
fn tokens(line: &str) -> Option<(Vec<String>, &str)> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        if let Some(after) = rest.strip_prefix('"') {
            let mut word = String::new();
            let mut letters = after.char_indices();
            let end = loop {
                match letters.next()? {
                    (at, '"') => break at + 1,
                    (_, '\\') => word.push(letters.next()?.1),
                    (_, letter) => word.push(letter),
                }
            };
            words.push(word);
            rest = after[end..].trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
    }
    Some((words, rest))
}

/// What stands between ”…” in a comment.
fn quoted(comment: &str) -> Vec<String> {
    comment.split('”').skip(1).step_by(2).map(|words| words.trim().to_owned()).collect()
}

fn id(id: &ItemId) -> String {
    let id = id.as_str();
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c == '"' || c == '\\') || id.starts_with('#') {
        // A line break cannot stand in a line: such an id is found by its words.
        let escaped = id.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " ");
        return format!("\"{escaped}\"");
    }
    id.to_owned()
}

/// The file of decisions anew: what a person wrote stays, word for word; the open questions follow as
/// commented lines. Nothing where there is nothing to say.
pub fn render(old: &str, questions: &[Doubtful]) -> Option<String> {
    let words = &VOCABULARY.decisions;
    let old = old.trim_start_matches('\u{feff}');
    let (kept, below) = match old.find(words.open.as_str()) {
        Some(at) => (&old[..at], &old[at..]),
        None => (old, ""),
    };
    // An answered question is a line that is no comment any more: it moves up to the decisions.
    let answered = below.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut out =
        if kept.trim().is_empty() { words.header.trim().to_owned() + "\n" } else { kept.trim_end().to_owned() };
    if !out.ends_with('\n') {
        out.push('\n');
    }
    let mut says = !kept.trim().is_empty();
    for line in answered {
        out.push_str(line);
        out.push('\n');
        says = true;
    }
    if !questions.is_empty() {
        out.push('\n');
        out.push_str(&words.open);
        out.push('\n');
    }
    for question in questions {
        let text = if question.kind == DoubtfulKind::Same { &words.question } else { &words.split };
        let confidence = format!("{:.2}", question.likeness).replace('.', ",");
        let quote = |name: &str| format!("”{}”", name.replace('”', "'").replace(['\n', '\r'], " "));
        let (older, newer) = (quote(&question.older_name), quote(&question.newer_name));
        let source = |source: &Option<String>| source.clone().unwrap_or_default();
        out.push_str(&format!("\n{}\n", text.replace("{confidence}", &confidence)));
        let about = |line: &str, words: &str, source: &str| {
            line.replace("{words}", words).replace("{source}", source).replace(" []", "").replace(['\n', '\r'], " ")
        };
        out.push_str(&format!("{}\n", about(&words.older, &older, &source(&question.older_source))));
        out.push_str(&format!("{}\n", about(&words.newer, &newer, &source(&question.newer_source))));
        let (first, second) = (id(&question.older), id(&question.newer));
        for verdict in [&VOCABULARY.verdicts.same, &VOCABULARY.verdicts.different] {
            let verdict = verdict.first().map_or("", String::as_str);
            out.push_str(&format!("# {verdict} {first} {second}   # {older} – {newer}\n"));
        }
        says = true;
    }
    says.then_some(out)
}

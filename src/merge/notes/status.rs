//! "Status: gul (Molekylär), väntar på svar" → lights and words.

use crate::model::{Block, Light, StatusLight, blocks_text};

use super::vocabulary::VOCABULARY;
use super::{NoteStatus, inline};

/// Reads what stands after "Status:". Words that are no light are status words.
pub(in crate::merge) fn status(written: &str) -> NoteStatus {
    let block = Block { runs: inline::runs(written), ..Block::default() }.tidy();
    let text = block.text();
    let bare = text.trim_end_matches(['.', '!', ' ']).to_lowercase();
    if let Some(light) = VOCABULARY.light_alone(&bare) {
        let lights = vec![StatusLight { light, label: None }];
        return NoteStatus { lights, text: Vec::new(), written: written.to_owned() };
    }
    let (lights, words) = lights_and_words(last_of_change(&text));
    // With no light the words keep their bold and their links.
    let text = match (lights.is_empty(), words.is_empty()) {
        (true, false) => vec![block],
        (false, false) => vec![Block::paragraph(words)],
        (_, true) => Vec::new(),
    };
    NoteStatus { lights, text, written: written.to_owned() }
}

/// Joins two status lines of one note: both count, in their order.
pub(super) fn join(first: &mut NoteStatus, second: NoteStatus) {
    first.lights.extend(second.lights);
    if blocks_text(&first.text) != blocks_text(&second.text) {
        first.text.extend(second.text);
    }
    first.written = format!("{}; {}", first.written, second.written);
}

/// "gul → grön" says that it was yellow and is green.
fn last_of_change(text: &str) -> &str {
    for arrow in ["→", "->", "=>", "➔", "➜"] {
        if let Some((before, after)) = text.rsplit_once(arrow)
            && light_at_start(before.trim()).is_some_and(|(_, rest)| rest.trim().is_empty())
            && light_at_start(after.trim()).is_some()
        {
            return after.trim();
        }
    }
    text
}

fn lights_and_words(text: &str) -> (Vec<StatusLight>, String) {
    let mut lights: Vec<StatusLight> = Vec::new();
    let mut rest = text.trim();
    let mut worded = false;
    while let Some((light, after)) = light_at_start(rest) {
        let (label, after) = label_at_start(after);
        lights.push(StatusLight { light, label });
        rest = after.trim_start();
        // Only another light is looked for after a separator; other words are the status text.
        let next = rest.trim_start_matches([',', ';', '/', '+', '&', '.', ':', '–', '—', '-', ' ']);
        let next = next.strip_prefix("och ").unwrap_or(next).trim_start();
        if let Some((label, after)) = worded_label(rest, next)
            && let Some(last) = lights.last_mut().filter(|last| last.label.is_none())
        {
            last.label = Some(label);
            rest = after;
            worded = true;
            continue;
        }
        if light_at_start(next).is_none() {
            rest = rest.trim_start_matches([',', ';', '/', '+', '&', '.', ':', '–', '—', '-', '=', ' ']);
            break;
        }
        rest = next;
    }
    let rest = rest.trim().to_owned();
    match lights.last_mut().filter(|last| worded && last.label.is_none() && !rest.is_empty()) {
        Some(last) => last.label = Some(rest),
        None => return (lights, rest),
    }
    (lights, String::new())
}

/// "grön Human, gul Molekylär": the words up to a comma that another light follows are a label.
fn worded_label<'a>(rest: &'a str, next: &str) -> Option<(String, &'a str)> {
    if rest.len() != next.len() || light_at_start(rest).is_some() {
        return None;
    }
    let (label, after) = rest.split_once([',', ';', '/'])?;
    let after = after.trim_start();
    let after = after.strip_prefix("och ").unwrap_or(after);
    light_at_start(after).map(|_| (label.trim().to_owned(), after)).filter(|(label, _)| !label.is_empty())
}

/// "(Humandiagnostik)": which part of the work the light speaks of.
fn label_at_start(text: &str) -> (Option<String>, &str) {
    let inner = text.trim_start();
    match inner.strip_prefix('(').and_then(|after| after.find(')')) {
        Some(end) => (Some(inner[..end + 2].to_owned()), &inner[end + 2..]),
        None => (None, text),
    }
}

fn light_at_start(text: &str) -> Option<(Light, &str)> {
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    if len > 0 {
        return VOCABULARY.light(&text[..len].to_lowercase()).map(|light| (light, &text[len..]));
    }
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    VOCABULARY
        .light(sign.encode_utf8(&mut [0; 4]))
        .or_else(|| VOCABULARY.light(&format!("{sign}\u{fe0f}")))
        .map(|light| (light, rest.strip_prefix('\u{fe0f}').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str) -> String {
        let status = status(written);
        let lights: Vec<String> = status
            .lights
            .iter()
            .map(|l| format!("{:?}{}", l.light, l.label.as_ref().map(|l| format!(" {l}")).unwrap_or_default()))
            .collect();
        format!("{} | {}", lights.join(", "), blocks_text(&status.text))
    }

    #[test]
    fn lights_labels_and_words() {
        for (written, wanted) in [
            ("gul", "Yellow | "),
            ("**Grön**.", "Green | "),
            ("RÖD – personalbrist", "Red | personalbrist"),
            ("röd, personalbrist och sjukdom", "Red | personalbrist och sjukdom"),
            ("gul väntar på svar", "Yellow | väntar på svar"),
            ("grön (Human), gul (Molekylär)", "Green (Human), Yellow (Molekylär) | "),
            (
                "grön (Human) och gul (Molekylär). Nytt möte i maj",
                "Green (Human), Yellow (Molekylär) | Nytt möte i maj",
            ),
            ("grön Human, gul Molekylär", "Green Human, Yellow Molekylär | "),
            ("gul/röd", "Yellow, Red | "),
            ("🟢", "Green | "),
            ("🔴 försenat", "Red | försenat"),
            ("☑️", "Closed | "),
            ("☑ klart 240901", "Closed | klart 240901"),
            ("Avslutat", "Closed | "),
            ("klar", "Closed | "),
            ("klar till hälften", " | klar till hälften"),
            ("gul → grön", "Green | "),
            ("ej grön", " | ej grön"),
            ("Vilande.", " | Vilande."),
            ("gulmarkerad", " | gulmarkerad"),
            ("", " | "),
        ] {
            assert_eq!(shown(written), wanted, "{written}");
        }
    }
}

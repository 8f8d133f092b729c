//! Fields: an instruction, which is never shown, and its result, which is.

use std::rc::Rc;

use crate::read::Changes;
use crate::read::ooxml::{Element, Ns};

use super::look::is_on;

/// A field that has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    /// The result has begun.
    pub(super) in_result: bool,
    /// What stands around the field is shown.
    pub(super) outside_shown: bool,
    /// Where the result, or the field around this one, links to.
    pub(super) link: Option<Rc<str>>,
    /// What the field shows where it has no result of its own.
    pub(super) form: Option<Form>,
}

/// A legacy form field that keeps its value beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    CheckBox(bool),
    Choice(String),
}

impl Form {
    /// Reads the form data in a `w:fldChar`.
    pub(super) fn read(field_char: Element<'_>) -> Option<Self> {
        let data = field_char.child(Ns::W, "ffData")?;
        if let Some(check_box) = data.child(Ns::W, "checkBox") {
            let state = |name| check_box.child(Ns::W, name).map(is_on);
            return Some(Self::CheckBox(state("checked").or_else(|| state("default")).unwrap_or(false)));
        }
        let list = data.child(Ns::W, "ddList")?;
        let number = |name| list.child(Ns::W, name)?.attribute(Ns::W, "val")?.parse::<usize>().ok();
        let chosen = number("result").or_else(|| number("default")).unwrap_or(0);
        let entry = list.children().filter(|child| child.is(Ns::W, "listEntry")).nth(chosen)?;
        Some(Self::Choice(entry.attribute(Ns::W, "val")?.to_owned()))
    }
}

/// What an instruction links to: an address, a place in the document, or both.
pub(super) fn link(instruction: &str) -> Option<Rc<str>> {
    let words = words(instruction);
    if !words.first()?.text.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let (mut address, mut place) = (String::new(), String::new());
    let mut rest = words.into_iter().skip(1);
    while let Some(word) = rest.next() {
        match word.as_switch() {
            Some("\\l") => place = rest.next().unwrap_or_default().text,
            // Screen tip and target frame have a value too.
            Some("\\o" | "\\t") => drop(rest.next()),
            None if address.is_empty() => address = word.text,
            _ => {}
        }
    }
    link_to(&address, &place)
}

/// An address with a place in it. Places that Word itself makes for tables of contents are no links.
pub(super) fn link_to(address: &str, place: &str) -> Option<Rc<str>> {
    let own = address.is_empty() && (place.starts_with("_Toc") || place.starts_with("_Ref"));
    match (address, place) {
        ("", "") => None,
        _ if own => None,
        (address, "") => Some(address.into()),
        (address, place) => Some(format!("{address}#{place}").into()),
    }
}

/// The text that a field without a result shows: that of `MACROBUTTON`, which templates use for prompts.
pub(super) fn implied_text(instruction: &str) -> Option<&str> {
    let (name, rest) = instruction.trim().split_once(char::is_whitespace)?;
    if !name.eq_ignore_ascii_case("MACROBUTTON") && !name.eq_ignore_ascii_case("GOTOBUTTON") {
        return None;
    }
    rest.trim_start().split_once(char::is_whitespace).map(|(_, text)| text.trim())
}

/// The code and the font of a `SYMBOL` field.
pub(super) fn symbol(instruction: &str) -> Option<(u32, String)> {
    let words = words(instruction);
    if !words.first()?.text.eq_ignore_ascii_case("SYMBOL") {
        return None;
    }
    let code = &words.get(1)?.text;
    let code = match code.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    let font = words.iter().position(|word| word.as_switch() == Some("\\f")).and_then(|at| words.get(at + 1));
    Some((code, font.map(|font| font.text.clone()).unwrap_or_default()))
}

/// A word of an instruction.
#[derive(Default)]
struct Word {
    text: String,
    is_quoted: bool,
}

impl Word {
    /// The word, if it is a switch (`\l`): a path to a server begins the same way but stands in quotes.
    fn as_switch(&self) -> Option<&str> {
        (!self.is_quoted && self.text.starts_with('\\')).then_some(self.text.as_str())
    }
}

/// The words of an instruction; quotes hold words together, and `\\` in them is one backslash.
fn words(instruction: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = instruction.trim_start();
    while !rest.is_empty() {
        let quoted = rest.strip_prefix('"');
        let (word, after) = match quoted {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(Word { text: word.replace("\\\\", "\\"), is_quoted: quoted.is_some() });
        rest = after.trim_start();
    }
    words
}

/// The fields of a part that never end: taken at their word, they would swallow all text after them.
pub(super) fn endless(root: Element<'_>, changes: Changes) -> Vec<u32> {
    let mut open = Vec::new();
    root.visit(&mut |element| {
        if element.is(Ns::W, "fldChar") {
            match element.attribute(Ns::W, "fldCharType") {
                Some("begin") => open.push(element.id()),
                Some("end") => drop(open.pop()),
                _ => {}
            }
        }
        !changes.leave_out(element)
    });
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_instructions() {
        let link = |text| link(text).map(|link| link.to_string());
        assert_eq!(link(r#" HYPERLINK "https://sosr.se/a b" "#).as_deref(), Some("https://sosr.se/a b"));
        assert_eq!(link(r#"HYPERLINK https://sosr.se \o "Tips" \t "_blank""#).as_deref(), Some("https://sosr.se"));
        assert_eq!(
            link(r#"HYPERLINK "\\\\server\\plan.docx" \l "punkt""#).as_deref(),
            Some(r"\\server\plan.docx#punkt")
        );
        assert_eq!(link(r#"HYPERLINK \l "punkt""#).as_deref(), Some("#punkt"));
        assert_eq!(link(r#"HYPERLINK \l "_Toc1""#), None);
        assert_eq!(link("PAGE"), None);
        assert_eq!(link(r#"HYPERLINK ""#), None);
    }

    #[test]
    fn fields_without_a_result() {
        assert_eq!(implied_text(" MACROBUTTON NoMacro [Skriv namn här] "), Some("[Skriv namn här]"));
        assert_eq!(implied_text("PAGE"), None);
        assert_eq!(symbol(r#"SYMBOL 254 \f "Wingdings" \s 12"#), Some((254, "Wingdings".to_owned())));
    }
}

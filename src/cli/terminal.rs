//! What is said on standard error: names of files and words of documents may hold what commands a terminal.

use std::io::Write;

/// Says a line on standard error.
pub(crate) fn say(line: &str) {
    // A closed standard error leaves nowhere to say it.
    let _ = writeln!(std::io::stderr(), "{}", harmless(line));
}

/// Text without what commands a terminal: control characters and changes of direction are replaced, colours stay.
pub(crate) fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = colour(rest).unwrap_or(next.len_utf8());
        let commands = length == next.len_utf8() && commands(next);
        harmless.push_str(if commands { "\u{fffd}" } else { &rest[..length] });
        rest = &rest[length..];
    }
    harmless
}

fn commands(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The length of the change of colour that a text begins with (ECMA-48, SGR): ESC `[` digits and `;` `m`.
fn colour(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\u{1b}[")?;
    let end = inside.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    inside[end..].starts_with('m').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn commands_are_replaced_and_colours_stay() {
        assert_eq!(harmless("rad å\n\ttvå"), "rad å\n\ttvå");
        assert_eq!(harmless("\u{1b}[31;1mröd\u{1b}[0m"), "\u{1b}[31;1mröd\u{1b}[0m");
        assert_eq!(harmless("\u{1b}[2Ja\u{7}b\u{202e}c\r\u{9b}m"), "\u{fffd}[2Ja\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}m");
        assert_eq!(harmless("\u{1b}[1"), "\u{fffd}[1");
        assert_eq!(harmless("\u{1b}"), "\u{fffd}");
    }
}

//! Finds a template's tags in the text a person sees, whichever runs that text is cut into.

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `{{ … }}`: shows a value.
    Show,
    /// `{% … %}`: a loop, a condition.
    Statement,
    /// `{# … #}`: a remark that is left out.
    Remark,
}

/// A tag in a text.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    /// What it does.
    pub(crate) kind: TagKind,
    /// Where it starts and ends in the text, in bytes, with its brackets.
    pub(crate) start: usize,
    /// See `start`.
    pub(crate) end: usize,
    /// What stands between the brackets, with plain quotes and spaces.
    pub(crate) inside: String,
}

/// All tags of a text in order; the error is the text of one that never ends.
pub(crate) fn find(text: &str) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find('{') {
        let start = from + offset;
        let (kind, close) = match text.as_bytes().get(start + 1) {
            Some(b'{') => (TagKind::Show, "}}"),
            Some(b'%') => (TagKind::Statement, "%}"),
            Some(b'#') => (TagKind::Remark, "#}"),
            _ => {
                from = start + 1;
                continue;
            }
        };
        let Some(length) = text[start + 2..].find(close) else {
            return Err(text[start..].chars().take(60).collect());
        };
        let inside = &text[start + 2..start + 2 + length];
        let end = start + 2 + length + 2;
        tags.push(Tag { kind, start, end, inside: plain(inside) });
        from = end;
    }
    Ok(tags)
}

/// Word turns typed quotes into printed ones and spaces into hard ones; the template language knows the plain.
fn plain(inside: &str) -> String {
    let inside: String = inside
        .chars()
        .map(|c| match c {
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '‘' | '’' | '‚' | '‛' => '\'',
            '\n' | '\r' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            c => c,
        })
        .collect();
    // Signs that trim white space mean nothing in a Word document.
    inside.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim().to_owned()
}

/// The start or end of a name that a `for` gives its values: `for item in items` → `item`.
pub(crate) fn loop_variable(statement: &str) -> Option<&str> {
    let (name, _) = statement.strip_prefix("for ")?.trim_start().split_once(" in ")?;
    let name = name.trim();
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_printed_quotes() {
        let tags = find("a {{ title or “Plan” }} b {%\u{a0}if x %}{# no #}").unwrap();
        let inside: Vec<_> = tags.iter().map(|tag| (tag.kind, tag.inside.as_str())).collect();
        assert_eq!(
            inside,
            [(TagKind::Show, "title or \"Plan\""), (TagKind::Statement, "if x"), (TagKind::Remark, "no")]
        );
    }

    #[test]
    fn a_tag_that_never_ends_is_named() {
        assert_eq!(find("x {{ title").unwrap_err(), "{{ title");
        assert!(find("{ } {x}").unwrap().is_empty());
    }

    #[test]
    fn the_name_of_a_loop() {
        assert_eq!(loop_variable("for item in section.items"), Some("item"));
        assert_eq!(loop_variable("for a, b in c"), None);
        assert_eq!(loop_variable("endfor"), None);
    }
}

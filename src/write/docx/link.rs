//! Link targets that Word can open: one malformed address makes it refuse the whole file.

/// The target as it can stand in a relationship; none where no address can be made of it.
pub(in crate::write) fn target(link: &str) -> Option<String> {
    let link = link.trim();
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    let mut target = String::with_capacity(link.len());
    let bytes = link.as_bytes();
    for (at, c) in link.char_indices() {
        let escaped = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match c {
            '%' if escaped(at) => target.push('%'),
            '%'
            | ' '
            | '"'
            | '<'
            | '>'
            | '\\'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '['
            | ']'
            | '\u{0}'..='\u{1f}'
            | '\u{7f}' => {
                target.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => target.push(c),
        }
    }
    is_address(&target).then_some(target)
}

/// Whether scheme and host, where there are any, are such.
fn is_address(target: &str) -> bool {
    let head = target.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else { return !target.starts_with("//") };
    let mut letters = scheme.chars();
    if !letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        || !letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        return false;
    }
    let rest = &target[scheme.len() + 1..];
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ftp") {
        return !rest.is_empty();
    }
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let in_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    !host.is_empty() && host.chars().all(in_host) && port.parse::<u16>().is_ok() | port.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_and_odd_signs_are_escaped() {
        for same in
            ["https://www.regionostergotland.se/vård?a=1&b=%20#x", "mailto:a@b.se", "plan.docx", "file:///C:/a.docx"]
        {
            assert_eq!(target(same).as_deref(), Some(same));
        }
        assert_eq!(target("https://a.se/en plan|100%").as_deref(), Some("https://a.se/en%20plan%7C100%25"));
    }

    #[test]
    fn what_is_no_address_is_none() {
        for wrong in ["", " ", "http://", "http:///x", "https://a b/", "1: läs", "http://a:b/", "//x", "#bokmärke"] {
            assert_eq!(target(wrong), None, "{wrong}");
        }
    }
}

//! Private-use codes of symbol fonts → the characters they show, bullets, check boxes.

/// The sign that stands for every bullet of a symbol font.
pub(crate) const BULLET: char = '•';
/// An empty check box.
pub(crate) const UNTICKED: char = '☐';
/// A ticked one.
pub(crate) const TICKED: char = '☒';

/// What a character of a font shows.
pub(crate) fn shown(c: char, font: &str) -> char {
    let font = font.to_lowercase();
    let code = match u32::from(c) {
        code @ 0xf020..=0xf0ff => code - 0xf000,
        code @ 0x20..=0xff => code,
        0xfffd => return c,
        code @ 0xe000..=0xf8ff => return if font.contains("symbol") { open_symbol(code) } else { c },
        _ => return c,
    };
    let private = u32::from(c) >= 0xf000;
    // A font with its own letters may still use the codes as text; then only private ones are signs.
    if font.contains("wingdings2") || font.contains("wingdings-2") || font.contains("wingdings 2") {
        return match code {
            0x50..=0x54 => TICKED,
            0xa3 | 0x2a | 0x30 => UNTICKED,
            0x97 | 0x98 | 0x99 | 0x9f => BULLET,
            _ => c,
        };
    }
    if font.contains("wingdings") {
        return match code {
            0x6f | 0x70 | 0x71 | 0x72 | 0xa8 => UNTICKED,
            0xfd | 0xfe | 0x78 => TICKED,
            0x6c => '●',
            0x4a => '☺',
            0x4b => '😐',
            0x4c => '☹',
            0xe0 => '→',
            0xfc => '✓',
            0x76 | 0x77 | 0x6e | 0x73..=0x75 | 0x9e | 0x9f | 0xa1 | 0xa7 | 0xb2 | 0xd8 | 0xfb => BULLET,
            _ if private => BULLET,
            _ => c,
        };
    }
    if !private {
        return c;
    }
    match code {
        0x6c => '●',
        0xfc => '✓',
        0xfd | 0xfe => TICKED,
        0xb7 | 0xa7 | 0xd8 | 0x76 | 0x6e | 0x2d | 0x9f | 0xa8 => BULLET,
        0xae => '→',
        0xb3 => '≥',
        0xa3 => '≤',
        0xb1 => '±',
        0xb0 => '°',
        0x6d => 'µ',
        _ => c,
    }
}

fn open_symbol(code: u32) -> char {
    match code {
        0xe00a | 0xe00c | 0xe010..=0xe014 => BULLET,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// A sign that begins a list point when a gap follows it.
pub(crate) fn is_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(
        c,
        '•' | '◦'
            | '●'
            | '○'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '➢'
            | '➤'
            | '❖'
            | '✓'
            | '✔'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '–'
            | '-'
            | '—'
            | '*'
            | '►'
    ) || matches!(u32::from(c), 0xf000..=0xf0ff | 0xe00a | 0xe00c)
}

/// Whether the sign is one that reads as a bullet even with no gap after it.
pub(crate) fn is_certain_bullet(text: &str) -> bool {
    is_bullet(text) && !matches!(text, "-" | "–" | "—" | "*" | "·")
}

/// A tick, be it a list's sign or a status.
pub(crate) fn is_tick(text: &str) -> bool {
    matches!(text, "✓" | "✔")
}

/// A check box, and whether it is ticked.
pub(crate) fn check_box(c: char) -> Option<bool> {
    match c {
        '☐' | '❏' | '❑' => Some(false),
        '☑' | '☒' | '🗹' | '🗷' => Some(true),
        _ => None,
    }
}

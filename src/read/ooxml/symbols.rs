//! What the characters of Microsoft's symbol fonts look like, as Unicode.
//!
//! In these fonts a code means a picture, not a letter: code FE of Wingdings is a ticked box.
//! Codes are written as they are, or moved up to U+F000.

/// A font whose codes mean pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SymbolFont {
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    Symbol,
}

/// What a code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    Char(char),
    CheckBox(bool),
    Unknown,
}

impl SymbolFont {
    /// The font of that name, if it is one of them.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
        Some(match () {
            () if is("Wingdings") => Self::Wingdings,
            () if is("Wingdings 2") => Self::Wingdings2,
            () if is("Wingdings 3") => Self::Wingdings3,
            () if is("Webdings") => Self::Webdings,
            () if is("Symbol") => Self::Symbol,
            () => return None,
        })
    }

    /// What the font shows for a code.
    pub(crate) fn glyph(self, code: u32) -> Glyph {
        let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
        let Ok(code) = u8::try_from(code) else { return char::from_u32(code).map_or(Glyph::Unknown, Glyph::Char) };
        match (self, code) {
            (_, 0x20) => return Glyph::Char(' '),
            (Self::Wingdings, 0x6f..=0x72 | 0xa8) | (Self::Wingdings2, 0xa3) | (Self::Webdings, 0x63) => {
                return Glyph::CheckBox(false);
            }
            (Self::Wingdings, 0x78 | 0xfd | 0xfe) | (Self::Wingdings2, 0x51..=0x54) => return Glyph::CheckBox(true),
            _ => {}
        }
        let found = match self {
            Self::Wingdings => nth(WINGDINGS, code),
            Self::Symbol => nth(SYMBOL, code),
            Self::Wingdings2 => listed(WINGDINGS_2, code),
            Self::Wingdings3 => listed(WINGDINGS_3, code),
            Self::Webdings => listed(WEBDINGS, code),
        };
        found.map_or(Glyph::Unknown, Glyph::Char)
    }
}

/// What stands for a picture that has no known Unicode character: visible, so that nothing disappears.
pub(crate) const PLACEHOLDER: char = '\u{fffd}';

fn nth(table: &str, code: u8) -> Option<char> {
    table.chars().nth(usize::from(code.checked_sub(0x20)?)).filter(|&c| c != PLACEHOLDER)
}

fn listed(table: &[(u8, char)], code: u8) -> Option<char> {
    table.iter().find(|(known, _)| *known == code).map(|&(_, c)| c)
}

/// From code 20, sixteen a line.
const WINGDINGS: &str = "\
\x20✏✂✁👓🕭🕮🕯☎✆🖂🖃📪📫📬📭\
📁📂📄🗏🗐🗄⏳🖮🖰🖲🖳🖴🖫🖬✇✍\
🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳\
🏱✈☼💧❄🕆✞🕈✠✡☪☯🕉☸♈♉\
♊♋♌♍♎♏♐♑♒♓&&●❍■□\
□❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶\"\"▯\
⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹\
❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•\
▪○⭕◉◉◎○▪□🟂✦★✶✴✹✵\
⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘\
🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗\
🙖🙐🙑🙒🙓⌫⌦◀➢▲▼⮈➲⮉⮋←\
→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦\
⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✘✔☒☑⊞";

/// From code 20, sixteen a line; the replacement character stands where the font has nothing.
const SYMBOL: &str = "\
\x20!∀#∃%&∋()∗+,−./\
0123456789:;<=>?\
≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ\
ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
‾αβχδεφγηιϕκλμνο\
πθρστυϖωξψζ{|}∼�\
����������������\
����������������\
€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓\
°±″≥×∝∂•÷≠≡≈…⏐⎯↵\
ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉\
∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓\
◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\
�〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�";

const WINGDINGS_2: &[(u8, char)] = &[
    (0x4f, '✘'),
    (0x50, '✔'),
    (0x96, '•'),
    (0x97, '●'),
    (0x98, '●'),
    (0x99, '○'),
    (0x9a, '○'),
    (0xa1, '▪'),
    (0xa2, '■'),
    (0xae, '◆'),
];

const WINGDINGS_3: &[(u8, char)] = &[
    (0x21, '→'),
    (0x22, '↑'),
    (0x23, '↓'),
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x74, '◀'),
    (0x75, '▶'),
    (0x7d, '▶'),
];

const WEBDINGS: &[(u8, char)] = &[
    (0x33, '◀'),
    (0x34, '▶'),
    (0x35, '▲'),
    (0x36, '▼'),
    (0x61, '✔'),
    (0x67, '■'),
    (0x69, 'ℹ'),
    (0x6e, '●'),
    (0x72, '✘'),
    (0x78, '✘'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(WINGDINGS.chars().count(), 0xe0);
        assert_eq!(SYMBOL.chars().count(), 0xe0);
    }

    #[test]
    fn codes_as_word_writes_them() {
        use SymbolFont::{Symbol, Webdings, Wingdings, Wingdings2};
        for (font, code, glyph) in [
            (Wingdings, 0xf0fe, Glyph::CheckBox(true)),
            (Wingdings, 0xf0fd, Glyph::CheckBox(true)),
            (Wingdings, 0xf078, Glyph::CheckBox(true)),
            (Wingdings, 0xa8, Glyph::CheckBox(false)),
            (Wingdings, 0xf06f, Glyph::CheckBox(false)),
            (Wingdings, 0xf06c, Glyph::Char('●')),
            (Wingdings, 0xf0e0, Glyph::Char('→')),
            (Wingdings, 0xf0fc, Glyph::Char('✔')),
            (Wingdings, 0xf0a7, Glyph::Char('▪')),
            (Wingdings, 0xf0d8, Glyph::Char('➢')),
            (Wingdings2, 0xf052, Glyph::CheckBox(true)),
            (Webdings, 0xf06e, Glyph::Char('●')),
            (Webdings, 0xf0ff, Glyph::Unknown),
            (Symbol, 0xf0b7, Glyph::Char('•')),
            (Symbol, 0xf061, Glyph::Char('α')),
            (Symbol, 0xf0de, Glyph::Char('⇒')),
            (Symbol, 0xf0f0, Glyph::Unknown),
            (Wingdings, 0x2192, Glyph::Char('→')),
        ] {
            assert_eq!(font.glyph(code), glyph, "{font:?} {code:x}");
        }
    }
}

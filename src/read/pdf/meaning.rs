//! What a glyph means where the file has no table for it: the embedded font's own (its `cmap`), read backwards.

use std::collections::HashMap;

use hayro_interpret::font::OutlineGlyph;
use skrifa::{FontRef, MetadataProvider as _};

/// A font with more of them than Unicode has characters is no honest one.
const MAPPINGS: usize = 200_000;

/// The tables of the fonts asked for so far.
#[derive(Default)]
pub(super) struct Meanings(HashMap<u128, HashMap<u32, char>>);

impl Meanings {
    /// The character that the font shows with this glyph; none where the font does not say.
    pub(super) fn of(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let id = glyph.glyph_id().to_u32();
        if id == 0 {
            return None; // the sign for what the font does not have
        }
        let font = glyph.font_data()?;
        let data: &[u8] = font.data.as_ref().as_ref();
        self.0.entry(font.cache_key).or_insert_with(|| backwards(data)).get(&id).copied()
    }
}

/// Glyph → character. A glyph of several has the one that a text would most likely hold: none for private use before
/// any other, then the lowest (a space before a hard one).
fn backwards(data: &[u8]) -> HashMap<u32, char> {
    let mut found: HashMap<u32, char> = HashMap::new();
    let Ok(font) = FontRef::new(data) else { return found };
    for (code, glyph) in font.charmap().mappings().take(MAPPINGS) {
        let Some(c) = char::from_u32(code).filter(|c| !c.is_control() && !is_private(*c)) else { continue };
        let known = found.entry(glyph.to_u32()).or_insert(c);
        *known = c.min(*known);
    }
    found
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

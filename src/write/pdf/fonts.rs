//! The fonts that ship with the program: which one has a sign, and the shaping of words.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

/// Arimo in its four styles, then the signs of DejaVu Sans.
const FILES: [&[u8]; 5] = [
    include_bytes!("../../../templates/fonts/Arimo-Regular.ttf"),
    include_bytes!("../../../templates/fonts/Arimo-Bold.ttf"),
    include_bytes!("../../../templates/fonts/Arimo-Italic.ttf"),
    include_bytes!("../../../templates/fonts/Arimo-BoldItalic.ttf"),
    include_bytes!("../../../templates/fonts/DejaVuSans-Signs.ttf"),
];
const SIGNS: usize = 4;

/// Stands for a sign that no font has.
const REPLACEMENT: char = '\u{fffd}';

/// Whether text is bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// One of the fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Face(usize);

/// Text of one font with its glyphs, in units of its size.
#[derive(Clone, Debug)]
pub(super) struct Shaped {
    pub(super) face: Face,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

/// The loaded fonts, with the words shaped so far.
pub(super) struct Fonts {
    faces: Vec<Loaded>,
    shaped: HashMap<(Face, String), Rc<[Rc<Shaped>]>>,
    /// Signs that no font has.
    pub(super) missing: BTreeSet<char>,
}

struct Loaded {
    shaper: rustybuzz::Face<'static>,
    font: Font,
    scale: f32,
}

impl Fonts {
    /// None only if a shipped font is broken, which a test rules out.
    pub(super) fn load() -> Option<Self> {
        let load = |data: &'static [u8]| {
            let shaper = rustybuzz::Face::from_slice(data, 0)?;
            let scale = 1.0 / shaper.units_per_em() as f32;
            Some(Loaded { shaper, font: Font::new(data.into(), 0)?, scale })
        };
        let faces = FILES.into_iter().map(load).collect::<Option<Vec<_>>>()?;
        Some(Self { faces, shaped: HashMap::new(), missing: BTreeSet::new() })
    }

    pub(super) fn font(&self, face: Face) -> Font {
        self.faces[face.0].font.clone()
    }

    /// The text font of a style.
    pub(super) fn face(weight: Weight, italic: bool) -> Face {
        Face(usize::from(weight == Weight::Bold) + 2 * usize::from(italic))
    }

    /// The glyphs of a word, one piece a font.
    pub(super) fn shape(&mut self, face: Face, text: &str) -> Rc<[Rc<Shaped>]> {
        if let Some(known) = self.shaped.get(&(face, text.to_owned())) {
            return Rc::clone(known);
        }
        let mut pieces: Vec<(Face, String)> = Vec::new();
        // What no font shows is a piece of its own: the sign for it stands for that character alone.
        let mut after_missing = false;
        for c in text.chars().filter(|&c| !is_invisible(c)) {
            let (face, c) = self.face_for(face, c);
            let is_missing = c == REPLACEMENT || self.missing.contains(&c);
            match pieces.last_mut() {
                Some((last, text)) if *last == face && !is_missing && !after_missing => text.push(c),
                _ => pieces.push((face, c.to_string())),
            }
            after_missing = is_missing;
        }
        let shaped: Rc<[Rc<Shaped>]> = pieces.into_iter().map(|(face, text)| Rc::new(self.run(face, text))).collect();
        self.shaped.insert((face, text.to_owned()), Rc::clone(&shaped));
        shaped
    }

    /// A hyphen at a line's end: it reads as a soft one, which belongs to no word.
    ///
    /// `shown` is false where an address is broken: a hyphen there would be taken for a part of it.
    pub(super) fn line_end(&self, face: Face, shown: bool) -> Shaped {
        const SOFT: &str = "\u{ad}";
        let face = if face.0 == SIGNS { Face(0) } else { face };
        self.single(face, if shown { '\u{ad}' } else { '\u{200b}' }, SOFT.to_owned())
    }

    /// A sign drawn instead of written.
    pub(super) fn sign(&self, sign: char) -> Shaped {
        self.single(Face(SIGNS), sign, sign.to_string())
    }

    /// Which font shows a character.
    fn face_for(&mut self, face: Face, c: char) -> (Face, char) {
        let has = |face: Face| self.faces[face.0].shaper.glyph_index(c).is_some();
        if has(face) {
            return (face, c);
        }
        if !has(Face(SIGNS)) {
            self.missing.insert(c);
            // A private code may not stand in an archived file's text.
            let private = matches!(u32::from(c), 0xe000..=0xf8ff | 0xfffe | 0xffff | 0xf_0000..);
            return (Face(SIGNS), if private { REPLACEMENT } else { c });
        }
        (Face(SIGNS), c)
    }

    fn run(&self, face: Face, text: String) -> Shaped {
        if text.chars().all(|c| c == REPLACEMENT || self.missing.contains(&c)) {
            return self.single(face, REPLACEMENT, text);
        }
        let loaded = &self.faces[face.0];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        let output = rustybuzz::shape(&loaded.shaper, &[], buffer);
        let infos = output.glyph_infos();
        if infos.iter().any(|info| info.glyph_id == 0) {
            return self.single(Face(SIGNS), REPLACEMENT, text);
        }
        let mut glyphs = Vec::with_capacity(infos.len());
        for (index, (info, position)) in infos.iter().zip(output.glyph_positions()).enumerate() {
            let start = info.cluster as usize;
            let next = infos[index..].iter().map(|info| info.cluster as usize).find(|&cluster| cluster > start);
            let length = |value: i32| value as f32 * loaded.scale;
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                length(position.x_advance),
                length(position.x_offset),
                length(position.y_offset),
                0.0,
                start..next.unwrap_or(text.len()),
                None,
            ));
        }
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Shaped { face, text, glyphs, width }
    }

    /// One glyph that stands for a text.
    fn single(&self, face: Face, glyph: char, text: String) -> Shaped {
        let loaded = &self.faces[face.0];
        let id = loaded.shaper.glyph_index(glyph).unwrap_or_default();
        let width = f32::from(loaded.shaper.glyph_hor_advance(id).unwrap_or(0)) * loaded.scale;
        let glyph = KrillaGlyph::new(GlyphId::new(id.0.into()), width, 0.0, 0.0, 0.0, 0..text.len(), None);
        Shaped { face, text, glyphs: vec![glyph], width }
    }
}

impl Shaped {
    /// The part of the text in a range, which begins and ends between glyphs.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let inside = |glyph: &&KrillaGlyph| glyph.text_range.start >= range.start && glyph.text_range.start < range.end;
        let glyphs: Vec<_> = self
            .glyphs
            .iter()
            .filter(inside)
            .map(|glyph| {
                let own = glyph.text_range.start - range.start..glyph.text_range.end.min(range.end) - range.start;
                KrillaGlyph { text_range: own, ..glyph.clone() }
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Self { face: self.face, text: self.text.get(range).unwrap_or_default().to_owned(), glyphs, width }
    }

    /// Where the text can be cut without cutting a glyph, and how wide what stands before is.
    pub(super) fn cuts(&self) -> impl Iterator<Item = (usize, f32)> {
        let mut width = 0.0;
        self.glyphs.iter().enumerate().filter_map(move |(index, glyph)| {
            let before = width;
            width += glyph.x_advance;
            let starts = index == 0 || self.glyphs[index - 1].text_range != glyph.text_range;
            starts.then_some((glyph.text_range.start, before))
        })
    }
}

/// Signs that show nothing: controls, joiners, variation selectors.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_font_loads_and_has_what_plans_need() {
        let mut fonts = Fonts::load().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            for italic in [false, true] {
                fonts.shape(Fonts::face(weight, italic), "Åtgärd –”é” §5 ≥10 µSv/h α→β €½²☒☐✓●▪…");
            }
        }
        assert!(fonts.missing.is_empty(), "{:?}", fonts.missing);
    }

    #[test]
    fn a_sign_that_no_font_has_is_kept_as_text_and_remembered() {
        let mut fonts = Fonts::load().unwrap();
        let shaped = fonts.shape(Fonts::face(Weight::Regular, false), "a中b");
        assert_eq!(shaped.iter().map(|piece| piece.text.as_str()).collect::<String>(), "a中b");
        assert!(shaped.iter().flat_map(|piece| &piece.glyphs).all(|glyph| glyph.glyph_id.to_u32() != 0));
        assert_eq!(fonts.missing.iter().collect::<String>(), "中");
    }

    #[test]
    fn a_sign_that_no_font_has_stands_alone_beside_signs() {
        let mut fonts = Fonts::load().unwrap();
        for text in ["\u{107b2}☐", "☐\u{107b2}", "\u{107b2}\u{107b3}☒a", "中\u{301}☐"] {
            let shaped = fonts.shape(Fonts::face(Weight::Regular, false), text);
            assert_eq!(shaped.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
            assert!(shaped.iter().flat_map(|piece| &piece.glyphs).all(|glyph| glyph.glyph_id.to_u32() != 0), "{text}");
        }
    }

    #[test]
    fn a_soft_hyphen_has_a_glyph_of_its_own() {
        let mut fonts = Fonts::load().unwrap();
        let face = Fonts::face(Weight::Regular, false);
        let hard = fonts.shape(face, "-");
        let (soft, hidden) = (fonts.line_end(face, true), fonts.line_end(face, false));
        assert_ne!(hard[0].glyphs[0].glyph_id, soft.glyphs[0].glyph_id);
        assert_eq!(hard[0].width, soft.width);
        assert_eq!((soft.text.as_str(), hidden.text.as_str(), hidden.width), ("\u{ad}", "\u{ad}", 0.0));
    }

    #[test]
    fn cutting_keeps_every_glyph() {
        let mut fonts = Fonts::load().unwrap();
        let word = Rc::clone(&fonts.shape(Fonts::face(Weight::Regular, false), "sjukvård")[0]);
        let (head, tail) = (word.slice(0..4), word.slice(4..word.text.len()));
        assert_eq!((head.text.as_str(), tail.text.as_str()), ("sjuk", "vård"));
        assert!((head.width + tail.width - word.width).abs() < 1e-4);
        assert_eq!(tail.glyphs[0].text_range, 0..1);
    }
}

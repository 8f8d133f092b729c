//! Listens to the interpreter and keeps what layout needs: glyphs, lines, boxes, ellipses.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph as PaintedGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect as BigRect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint, SoftMask,
};

use super::meaning::Meanings;
use super::page::{Font, Glyph, Path, PdfPage, Shape, Sign};
use super::shapes;
use crate::page::{Rect, Rgb};
use crate::read::Limits;

/// So many letters of a drawn font tell how large they are.
const DRAWN_LETTERS: usize = 4;

/// What is drawn shows within these bounds only; `round` where they are an ellipse's.
#[derive(Clone, Copy)]
struct Clip {
    bounds: BigRect,
    round: bool,
}

/// A device that writes down what is painted.
pub(super) struct Recorder {
    pub(super) page: PdfPage,
    clips: Vec<Clip>,
    fonts: HashMap<u128, u16>,
    meanings: Meanings,
    /// How large the letters of drawn fonts are, by the size they are set in.
    drawn: HashMap<u32, f64>,
    bounds: BigRect,
    limits: Limits,
    order: u32,
    /// Opacity of the groups around; text in an invisible group is not seen.
    groups: Vec<f32>,
}

impl Recorder {
    /// A recorder for a page of this size.
    pub(super) fn new(number: u32, size: (f32, f32), limits: Limits) -> Self {
        let bounds = BigRect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        let mut page = PdfPage { number, size, ..PdfPage::default() };
        page.fonts.push(Font::default());
        Self {
            page,
            clips: Vec::new(),
            fonts: HashMap::new(),
            meanings: Meanings::default(),
            drawn: HashMap::new(),
            bounds,
            limits,
            order: 0,
            groups: Vec::new(),
        }
    }

    fn clip(&self) -> BigRect {
        self.clips.last().map_or(self.bounds, |clip| clip.bounds)
    }

    fn unseen_group(&self) -> bool {
        self.groups.iter().any(|&opacity| opacity < 0.02)
    }

    fn font(&mut self, glyph: &PaintedGlyph<'_>) -> u16 {
        let PaintedGlyph::Outline(outline) = glyph else { return 0 };
        let Some(data) = outline.font_data() else { return 0 };
        if let Some(&index) = self.fonts.get(&data.cache_key) {
            return index;
        }
        let name = data.postscript_name.unwrap_or_default();
        let name = name.split_once('+').map_or(name.as_str(), |(_, rest)| rest).to_owned();
        let lower = name.to_lowercase();
        let bold = data.weight.is_some_and(|weight| weight >= 600)
            || ["bold", "black", "heavy", "semibold", "demi"].iter().any(|word| lower.contains(word));
        let italic = data.is_italic || lower.contains("italic") || lower.contains("oblique");
        let index = u16::try_from(self.page.fonts.len()).unwrap_or(0);
        self.page.fonts.push(Font { name, bold, italic });
        self.fonts.insert(data.cache_key, index);
        index
    }

    /// How large the letters of a run are against the size it is set in. In a font of drawings (Type 3) that size may
    /// be any number; letters are about half as wide as they are large.
    fn drawn_em(&mut self, run: &GlyphRun<'_, '_>, size: f64) -> f64 {
        let widths: Vec<f32> = run
            .glyphs()
            .iter()
            .filter_map(|glyph| match &**glyph {
                PaintedGlyph::Type3(type3) => type3.advance_width().map(f32::abs),
                PaintedGlyph::Outline(_) => None,
            })
            .filter(|&width| width > 0.0)
            .collect();
        if widths.is_empty() {
            return 1.0;
        }
        let size = (size as f32).to_bits();
        if let Some(&em) = self.drawn.get(&size) {
            return em;
        }
        let middle = widths.iter().sum::<f32>() / widths.len() as f32;
        let em = if (200.0..=1200.0).contains(&middle) { 1.0 } else { f64::from(middle) / 500.0 };
        if widths.len() >= DRAWN_LETTERS {
            self.drawn.insert(size, em);
        }
        em
    }

    fn add_path(&mut self, shape: Shape, colour: Option<Rgb>) {
        if self.page.paths.len() >= self.limits.paths {
            self.page.capped = true;
            return;
        }
        let clip = self.clip();
        let (Shape::Box(rect) | Shape::Ellipse(rect) | Shape::Other(rect) | Shape::Drawing(rect)) = shape else {
            if let Shape::Line { from, to, width } = shape {
                let clamp = |(x, y): (f32, f32)| {
                    (x.clamp(clip.x0 as f32, clip.x1 as f32), y.clamp(clip.y0 as f32, clip.y1 as f32))
                };
                let kept = Shape::Line { from: clamp(from), to: clamp(to), width };
                let outside = |(x, y): (f32, f32)| {
                    f64::from(x) < clip.x0 - 2.0
                        || f64::from(x) > clip.x1 + 2.0
                        || f64::from(y) < clip.y0 - 2.0
                        || f64::from(y) > clip.y1 + 2.0
                };
                if !(outside(from) && outside(to) && clamp(from) == clamp(to)) {
                    self.page.paths.push(Path { shape: kept, colour, order: self.order });
                }
            }
            return;
        };
        let big = to_big(rect).intersect(clip.inflate(0.5, 0.5));
        if big.width() <= 0.0 || big.height() <= 0.0 {
            return;
        }
        // A box that a circle cuts out is the circle.
        let round = self.clips.last().is_some_and(|clip| clip.round && big.area() > 0.97 * clip.bounds.area());
        let shape = match shape {
            Shape::Box(_) if round => Shape::Ellipse(to_small(big)),
            Shape::Box(_) => Shape::Box(to_small(big)),
            other => other,
        };
        self.page.paths.push(Path { shape, colour, order: self.order });
    }
}

pub(super) fn to_small(rect: BigRect) -> Rect {
    Rect { x: rect.x0 as f32, y: rect.y0 as f32, width: rect.width() as f32, height: rect.height() as f32 }
}

fn to_big(rect: Rect) -> BigRect {
    BigRect::new(f64::from(rect.x), f64::from(rect.y), f64::from(rect.x + rect.width), f64::from(rect.y + rect.height))
}

/// The colour and how opaque it is.
fn colour_of(paint: &Paint<'_>) -> (Option<Rgb>, u8) {
    match paint {
        Paint::Color(colour) => {
            let [r, g, b, a] = colour.to_rgba().to_rgba8();
            (Some(Rgb::new(r, g, b)), a)
        }
        Paint::Pattern(_) => (None, 255),
    }
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.order += 1;
        let (colour, alpha) = colour_of(&props.paint);
        if alpha < 5 || self.unseen_group() {
            return;
        }
        if path.elements().len() > 20_000 {
            return; // a drawing, no table
        }
        let path = props.transform * path;
        match mode {
            DrawMode::Fill(rule) => {
                for shape in shapes::filled(&path, matches!(rule, FillRule::EvenOdd)) {
                    self.add_path(shape, colour);
                }
            }
            DrawMode::Stroke(stroke) => {
                let scale = props.transform.determinant().abs().sqrt() as f32;
                for shape in shapes::stroked(&path, stroke.line_width * scale) {
                    self.add_path(shape, colour);
                }
            }
            DrawMode::FillAndStroke(rule, stroke) => {
                let scale = props.transform.determinant().abs().sqrt() as f32;
                let filled = shapes::filled(&path, matches!(rule, FillRule::EvenOdd));
                for shape in filled.into_iter().chain(shapes::stroked(&path, stroke.line_width * scale)) {
                    self.add_path(shape, colour);
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let own = clip.path.bounding_box();
        let bounds = self.clip().intersect(own);
        let round = matches!(shapes::filled(&clip.path, false)[..], [Shape::Ellipse(_)]) && bounds == own;
        self.clips.push(Clip { bounds, round });
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups.push(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.order += 1;
        let area = BigRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = props.transform.transform_rect_bbox(area).intersect(self.clip());
        if rect.width() > 1.0 && rect.height() > 1.0 && self.page.images.len() < 10_000 {
            self.page.images.push(to_small(rect));
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.order += 1;
        let (colour, alpha) = colour_of(&props.paint);
        let clip = self.clip();
        let unpainted = matches!(mode, DrawMode::Invisible) || alpha < 5 || self.unseen_group();
        // A run has one font.
        let font = run.glyphs().first().map_or(0, |glyph| self.font(glyph));
        let mut em = None;
        for glyph in run.glyphs() {
            if self.page.glyphs.len() + self.page.unseen.len() >= self.limits.glyphs {
                self.page.capped = true;
                return;
            }
            let transform: Affine = props.transform * glyph.transform();
            let origin = transform * Point::ZERO;
            let up = transform * Point::new(0.0, 1000.0) - origin;
            let size = up.hypot() * *em.get_or_insert_with(|| self.drawn_em(run, up.hypot()));
            if !size.is_finite() || !origin.x.is_finite() || !origin.y.is_finite() || size < 0.05 {
                continue;
            }
            let (advance, exact) = match &**glyph {
                PaintedGlyph::Outline(outline) => (outline.advance_width(), outline.font_data().is_some()),
                PaintedGlyph::Type3(type3) => (type3.advance_width(), true),
            };
            let width = f64::from(advance.unwrap_or(500.0));
            let mut along = transform * Point::new(width, 0.0) - origin;
            if !exact && along.hypot() > 0.0 {
                // A substitute font is stretched glyph by glyph; the font's own width counts.
                along *= size * width / 1000.0 / along.hypot();
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => Sign::Char(c),
                Some(BfString::String(text)) => {
                    let mut chars = text.chars();
                    match (chars.next(), chars.next()) {
                        (Some(c), None) => Sign::Char(c),
                        (None, _) => continue,
                        _ => Sign::Text(text.into()),
                    }
                }
                None => {
                    let meant = match &**glyph {
                        PaintedGlyph::Outline(outline) => self.meanings.of(outline),
                        PaintedGlyph::Type3(_) => None,
                    };
                    self.page.unknown += usize::from(meant.is_none());
                    Sign::Char(meant.unwrap_or(char::REPLACEMENT_CHARACTER))
                }
            };
            let centre = origin + along / 2.0 + up * 0.3;
            let seen = clip.inflate(1.0, 1.0).contains(centre);
            let into = if seen { &mut self.page.glyphs } else { &mut self.page.unseen };
            into.push(Glyph {
                text,
                origin: (origin.x as f32, origin.y as f32),
                advance: (along.x as f32, along.y as f32),
                size: size as f32,
                font,
                colour: colour.unwrap_or(Rgb::BLACK),
                order: self.order,
                invisible: unpainted,
            });
        }
    }
}

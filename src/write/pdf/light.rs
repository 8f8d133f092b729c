//! The status lights as they are drawn: a circle with a sign in it, so that no one needs to tell the colours apart.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;

use super::look::{Colour, LIGHT};
use crate::model::Light;

/// Fill, edge, and the sign inside. The colours differ in lightness, too.
fn colours(light: Light) -> (Colour, Colour, Colour) {
    match light {
        Light::Green => ((0x2e, 0x9e, 0x4f), (0x1b, 0x6b, 0x33), (0xff, 0xff, 0xff)),
        Light::Yellow => ((0xff, 0xd2, 0x1f), (0x8a, 0x6a, 0x00), (0x3d, 0x2f, 0x00)),
        Light::Red | Light::Closed => ((0xc0, 0x00, 0x20), (0x6e, 0x00, 0x12), (0xff, 0xff, 0xff)),
    }
}

/// Draws a circle with its upper left corner at a point.
pub(super) fn draw(light: Light, (x, y): (f32, f32), surface: &mut Surface<'_>) {
    let (fill, edge, sign) = colours(light);
    let radius = LIGHT / 2.0;
    let (cx, cy) = (x + radius, y + radius);
    surface.set_fill(Some(self::fill(fill)));
    surface.set_stroke(Some(stroke(edge, 0.75)));
    if let Some(circle) = circle(cx, cy, radius - 0.375) {
        surface.draw_path(&circle);
    }
    surface.set_fill(None);
    surface.set_stroke(Some(stroke(sign, 1.25)));
    // In tenths of the radius from the middle: a tick, a dash, an exclamation mark.
    let strokes: &[&[(f32, f32)]] = match light {
        Light::Green => &[&[(-4.2, 0.2), (-1.2, 3.2), (4.4, -3.2)]],
        Light::Yellow => &[&[(-4.2, 0.0), (4.2, 0.0)]],
        Light::Red | Light::Closed => &[&[(0.0, -5.0), (0.0, 1.0)], &[(0.0, 4.4), (0.0, 4.5)]],
    };
    for points in strokes {
        let mut path = PathBuilder::new();
        for (index, (dx, dy)) in points.iter().enumerate() {
            let (x, y) = (cx + dx * radius / 10.0, cy + dy * radius / 10.0);
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
}

/// Four curves, as every program draws a circle.
fn circle(cx: f32, cy: f32, r: f32) -> Option<Path> {
    let k = 0.552_285 * r;
    let mut path = PathBuilder::new();
    path.move_to(cx + r, cy);
    path.cubic_to(cx + r, cy + k, cx + k, cy + r, cx, cy + r);
    path.cubic_to(cx - k, cy + r, cx - r, cy + k, cx - r, cy);
    path.cubic_to(cx - r, cy - k, cx - k, cy - r, cx, cy - r);
    path.cubic_to(cx + k, cy - r, cx + r, cy - k, cx + r, cy);
    path.close();
    path.finish()
}

pub(super) fn fill((r, g, b): Colour) -> Fill {
    Fill { paint: rgb::Color::new(r, g, b).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

pub(super) fn stroke((r, g, b): Colour, width: f32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(r, g, b).into(),
        width,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }
}

//! Where on a slide a shape stands, through all the groups around it.

use crate::page::Rect;
use crate::read::ooxml::{Element, Ns, points};

/// A shape's own box: where it would stand unturned, and how far it is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    /// In radians, clockwise.
    turn: f32,
    flip: (bool, bool),
}

impl Frame {
    /// From an `a:xfrm` or `p:xfrm`.
    pub(super) fn read(xfrm: Element<'_>) -> Option<Self> {
        let (width, height) = points(xfrm.child(Ns::A, "ext")?);
        let (x, y) = offset(xfrm.child(Ns::A, "off")?);
        let turn: f32 = xfrm.attribute(Ns::None, "rot").and_then(|turn| turn.parse().ok()).unwrap_or(0.0);
        let flipped = |name| matches!(xfrm.attribute(Ns::None, name), Some("1" | "true" | "on"));
        let turn = (turn / 60_000.0).to_radians();
        Some(Self { x, y, width, height, turn, flip: (flipped("flipH"), flipped("flipV")) })
    }

    fn centre(self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }
}

/// A point (`x`, `y`) in points.
fn offset(off: Element<'_>) -> (f32, f32) {
    let side = |name| off.attribute(Ns::None, name).and_then(|side| side.parse().ok()).unwrap_or(0.0_f32);
    (side("x") / 12_700.0, side("y") / 12_700.0)
}

/// From the inside of a group to the slide: each row gives a coordinate from x, y and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform([[f32; 3]; 2]);

impl Transform {
    /// Right on the slide.
    pub(super) const SLIDE: Self = Self([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);

    fn point(self, (x, y): (f32, f32)) -> (f32, f32) {
        let [across, down] = self.0;
        (across[0] * x + across[1] * y + across[2], down[0] * x + down[1] * y + down[2])
    }

    /// This one after another.
    fn after(self, first: Self) -> Self {
        let [across, down] = first.0;
        let row = |own: [f32; 3]| {
            let mut row = [0.0; 3];
            for (column, value) in row.iter_mut().enumerate() {
                *value = own[0] * across[column] + own[1] * down[column];
            }
            row[2] += own[2];
            row
        };
        Self(self.0.map(row))
    }

    /// How many times its own size something is drawn.
    pub(super) fn scale(self) -> (f32, f32) {
        let [across, down] = self.0;
        (across[0].hypot(down[0]), across[1].hypot(down[1]))
    }

    /// Turns and mirrors about the centre of a frame.
    fn about(frame: Frame) -> Self {
        let (x, y) = frame.centre();
        let (sin, cos) = frame.turn.sin_cos();
        let (across, down) = (if frame.flip.0 { -1.0 } else { 1.0 }, if frame.flip.1 { -1.0 } else { 1.0 });
        let (a, b, c, d) = (cos * across, -sin * down, sin * across, cos * down);
        Self([[a, b, x - a * x - b * y], [c, d, y - c * x - d * y]])
    }

    /// The transform for what stands in a group with these properties.
    pub(super) fn into_group(self, properties: Option<Element<'_>>) -> Self {
        let Some(xfrm) = properties.and_then(|properties| properties.child(Ns::A, "xfrm")) else { return self };
        let Some(frame) = Frame::read(xfrm) else { return self };
        let inside = xfrm.child(Ns::A, "chExt").map(points).filter(|&(width, height)| width > 0.0 && height > 0.0);
        let (width, height) = inside.unwrap_or((frame.width, frame.height));
        let (x, y) = xfrm.child(Ns::A, "chOff").map_or((frame.x, frame.y), offset);
        let part = |shown: f32, own: f32| if own > 0.0 { shown / own } else { 1.0 };
        let (across, down) = (part(frame.width, width), part(frame.height, height));
        let placed = Self([[across, 0.0, frame.x - x * across], [0.0, down, frame.y - y * down]]);
        self.after(Self::about(frame)).after(placed)
    }

    /// The upright box on the slide that holds a shape.
    pub(super) fn rect(self, frame: Frame) -> Rect {
        let turned = self.after(Self::about(frame));
        let (right, bottom) = (frame.x + frame.width, frame.y + frame.height);
        let corners = [(frame.x, frame.y), (right, frame.y), (frame.x, bottom), (right, bottom)];
        let corners = corners.map(|corner| turned.point(corner));
        let least = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
        let (x, y) = (least(|corner| corner.0), least(|corner| corner.1));
        Rect { x, y, width: most(|corner| corner.0) - x, height: most(|corner| corner.1) - y }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;
    use crate::read::ooxml::Tree;

    fn frame(x: f32, y: f32, width: f32, height: f32) -> Frame {
        Frame { x, y, width, height, ..Frame::default() }
    }

    fn group(xfrm: &str) -> Transform {
        let source = format!(
            "<p:grpSpPr xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' \
             xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>{xfrm}</p:grpSpPr>"
        );
        let tree = Tree::parse(&source, "x", &Limits::default()).unwrap();
        Transform::SLIDE.into_group(tree.root())
    }

    fn close(a: Rect, b: (f32, f32, f32, f32)) {
        let pairs = [(a.x, b.0), (a.y, b.1), (a.width, b.2), (a.height, b.3)];
        assert!(pairs.iter().all(|(a, b)| (a - b).abs() < 0.01), "{a:?} {b:?}");
    }

    #[test]
    fn a_group_moves_and_scales_what_is_in_it() {
        let group = group(
            "<a:xfrm><a:off x='127000' y='254000'/><a:ext cx='254000' cy='127000'/>\
             <a:chOff x='0' y='0'/><a:chExt cx='127000' cy='127000'/></a:xfrm>",
        );
        close(group.rect(frame(5.0, 5.0, 2.0, 2.0)), (20.0, 25.0, 4.0, 2.0));
        assert_eq!(group.scale(), (2.0, 1.0));
    }

    #[test]
    fn a_mirrored_and_a_turned_group() {
        let xfrm = |extra: &str| {
            format!(
                "<a:xfrm {extra}><a:off x='0' y='0'/><a:ext cx='1270000' cy='1270000'/>\
                 <a:chOff x='0' y='0'/><a:chExt cx='1270000' cy='1270000'/></a:xfrm>"
            )
        };
        close(group(&xfrm("flipH='1'")).rect(frame(0.0, 10.0, 10.0, 10.0)), (90.0, 10.0, 10.0, 10.0));
        close(group(&xfrm("rot='5400000'")).rect(frame(0.0, 0.0, 10.0, 20.0)), (80.0, 0.0, 20.0, 10.0));
    }

    #[test]
    fn a_turned_shape_stands_about_its_centre() {
        let turned = Frame { turn: std::f32::consts::FRAC_PI_2, ..frame(0.0, 0.0, 40.0, 20.0) };
        close(Transform::SLIDE.rect(turned), (10.0, -10.0, 20.0, 40.0));
    }
}

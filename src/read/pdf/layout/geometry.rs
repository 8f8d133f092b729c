//! Boxes by their edges.

use crate::page::Rect;

/// A box by its edges; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

impl Area {
    /// Nothing: the start of a union.
    pub(crate) const NONE: Self = Self { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };

    pub(crate) fn width(self) -> f32 {
        self.x1 - self.x0
    }

    pub(crate) fn height(self) -> f32 {
        self.y1 - self.y0
    }

    pub(crate) fn size(self) -> f32 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    pub(crate) fn centre(self) -> (f32, f32) {
        (f32::midpoint(self.x0, self.x1), f32::midpoint(self.y0, self.y1))
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub(crate) fn common(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    pub(crate) fn grown(self, by: f32) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    pub(crate) fn holds(self, (x, y): (f32, f32)) -> bool {
        x >= self.x0 && x < self.x1 && y >= self.y0 && y < self.y1
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    /// The box around many.
    pub(crate) fn around(areas: impl IntoIterator<Item = Self>) -> Self {
        areas.into_iter().fold(Self::NONE, Self::union)
    }
}

impl From<Rect> for Area {
    fn from(rect: Rect) -> Self {
        Self { x0: rect.x, y0: rect.y, x1: rect.x + rect.width, y1: rect.y + rect.height }
    }
}

impl From<Area> for Rect {
    fn from(area: Area) -> Self {
        Self { x: area.x0, y: area.y0, width: area.width(), height: area.height() }
    }
}

//! Paths → the few forms that layout asks for.

use hayro_interpret::kurbo::{BezPath, PathEl, Point, Shape as _};

use super::device::to_small;
use super::page::Shape;

/// How thin a filled box is to be a line, in points.
const THIN: f64 = 3.0;

/// The forms of a filled path, one or more for each part of it; `even_odd` says that a part within another is a hole.
pub(super) fn filled(path: &BezPath, even_odd: bool) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut round: Vec<(hayro_interpret::kurbo::Rect, f64)> = Vec::new();
    let mut corners: Vec<hayro_interpret::kurbo::Rect> = Vec::new();
    for part in parts(path) {
        let bounds = part.bounding_box();
        if !bounds.is_finite() {
            continue;
        }
        if let Some(line) = thin_box(bounds) {
            shapes.push(line);
            continue;
        }
        let area = part.area().abs();
        let full = bounds.width() * bounds.height();
        let curves = part.elements().iter().filter(|el| matches!(el, PathEl::CurveTo(..) | PathEl::QuadTo(..))).count();
        let share = area / full.max(1e-9);
        if (share - std::f64::consts::FRAC_PI_4).abs() < 0.04 && (curves >= 4 || part.elements().len() >= 14) {
            round.push((bounds, part.area().signum()));
            shapes.push(Shape::Ellipse(to_small(bounds)));
        } else if share > 0.97 || (curves > 0 && share > 0.9) {
            corners.push(bounds);
            shapes.push(Shape::Box(to_small(bounds)));
        } else {
            shapes.push(Shape::Other(to_small(bounds)));
            if curves == 0 {
                shapes.extend(staircase(&part));
            }
        }
    }
    if let ([(a, way), (b, other)], 2) = (&round[..], shapes.len())
        && (even_odd || way != other)
        && a.union(*b).area() <= a.area().max(b.area()) * 1.01
    {
        // A rim painted as one circle with a hole: what is inside shows.
        return vec![Shape::Drawing(to_small(a.union(*b)))];
    }
    if let [outer, inner] = corners[..] {
        // A frame painted as one box with a hole: its sides are lines.
        let (outer, inner) = if outer.area() >= inner.area() { (outer, inner) } else { (inner, outer) };
        let sides = [inner.x0 - outer.x0, outer.x1 - inner.x1, inner.y0 - outer.y0, outer.y1 - inner.y1];
        if shapes.len() == 2 && sides.iter().all(|&side| (-0.1..THIN).contains(&side)) {
            return edges(outer, 0.5).to_vec();
        }
    }
    shapes
}

/// The lines of a stroked path that run along an axis, and the extent of what curves or slants in it.
pub(super) fn stroked(path: &BezPath, width: f32) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for part in parts(path) {
        let mut start = Point::ZERO;
        let mut at = Point::ZERO;
        let mut slanting: Option<hayro_interpret::kurbo::Rect> = None;
        let mut slants = |from: Point, to: Point| {
            let reach = hayro_interpret::kurbo::Rect::from_points(from, to);
            slanting = Some(slanting.map_or(reach, |before| before.union(reach)));
        };
        for element in part.elements() {
            let next = match *element {
                PathEl::MoveTo(point) => {
                    start = point;
                    at = point;
                    continue;
                }
                PathEl::LineTo(point) => point,
                PathEl::ClosePath => start,
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    slants(at, point);
                    at = point;
                    continue;
                }
            };
            match line(at, next, width) {
                Some(found) => shapes.push(found),
                None => slants(at, next),
            }
            at = next;
        }
        if let Some(reach) = slanting.filter(|reach| reach.is_finite() && reach.width().max(reach.height()) > 1.0) {
            shapes.push(Shape::Drawing(to_small(reach)));
        }
    }
    shapes
}

/// The sides of a polygon of right angles that is no rectangle: shading around a corner.
fn staircase(part: &BezPath) -> Vec<Shape> {
    if part.elements().len() > 40 {
        return Vec::new();
    }
    stroked(part, 0.0).into_iter().filter(|shape| matches!(shape, Shape::Line { .. })).collect()
}

fn line(a: Point, b: Point, width: f32) -> Option<Shape> {
    let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
    let small = |p: Point| (p.x as f32, p.y as f32);
    if dx.max(dy) < 1.0 || !dx.is_finite() || !dy.is_finite() {
        return None;
    }
    // A stroke as wide as it is long is a box.
    if f64::from(width) > 8.0 && f64::from(width) > dx.max(dy) / 4.0 {
        let half = f64::from(width) / 2.0;
        let (grow_x, grow_y) = if dx > dy { (0.0, half) } else { (half, 0.0) };
        let bounds = hayro_interpret::kurbo::Rect::from_points(a, b).inflate(grow_x, grow_y);
        return Some(Shape::Box(to_small(bounds)));
    }
    if dy < 0.7 && dy < dx / 10.0 {
        let (from, to) = if a.x <= b.x { (a, b) } else { (b, a) };
        return Some(Shape::Line { from: small(from), to: small(to), width });
    }
    if dx < 0.7 && dx < dy / 10.0 {
        let (from, to) = if a.y <= b.y { (a, b) } else { (b, a) };
        return Some(Shape::Line { from: small(from), to: small(to), width });
    }
    None
}

fn thin_box(bounds: hayro_interpret::kurbo::Rect) -> Option<Shape> {
    let (width, height) = (bounds.width(), bounds.height());
    let centre = bounds.center();
    if height <= THIN && width > height * 2.0 {
        return line(Point::new(bounds.x0, centre.y), Point::new(bounds.x1, centre.y), height as f32);
    }
    if width <= THIN && height > width * 2.0 {
        return line(Point::new(centre.x, bounds.y0), Point::new(centre.x, bounds.y1), width as f32);
    }
    None
}

/// The four sides of a box.
pub(super) fn edges(bounds: hayro_interpret::kurbo::Rect, width: f32) -> [Shape; 4] {
    let (x0, y0, x1, y1) = (bounds.x0 as f32, bounds.y0 as f32, bounds.x1 as f32, bounds.y1 as f32);
    [
        Shape::Line { from: (x0, y0), to: (x1, y0), width },
        Shape::Line { from: (x0, y1), to: (x1, y1), width },
        Shape::Line { from: (x0, y0), to: (x0, y1), width },
        Shape::Line { from: (x1, y0), to: (x1, y1), width },
    ]
}

fn parts(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for &element in path.elements() {
        match element {
            PathEl::MoveTo(_) => {
                parts.push(BezPath::new());
            }
            _ if parts.is_empty() => continue,
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(element);
        }
    }
    parts
}

//! What is drawn over a sheet of an .xls file: the shapes' kinds, fills and places, from the records of its drawing.

use super::{u16, u32};
use crate::page::{Mark, Rgb};
use crate::read::xlsx::grid::Area;
use crate::read::xlsx::sizes::{Frame, Sizes};

/// A shape of a drawing.
pub(super) struct Drawn {
    /// By its number in the format: 3 is an ellipse.
    kind: u16,
    fill: Option<Rgb>,
    /// Where it stands; none for one in a group.
    anchor: Option<[u16; 8]>,
    /// An object record goes with it.
    pub(super) is_object: bool,
}

const CONTAINER: u16 = 0x0f;
const SHAPE: u16 = 0xf004;

/// The shapes of a drawing, in order.
pub(super) fn shapes(data: &[u8], palette: &[Rgb]) -> Vec<Drawn> {
    let mut shapes = Vec::new();
    let mut at = 0;
    let mut open: Option<Drawn> = None;
    while let (Some(version), Some(id), Some(length)) = (u16(data, at), u16(data, at + 2), u32(data, at + 4)) {
        at += 8;
        if id == SHAPE {
            shapes.extend(open.take());
            open = Some(Drawn { kind: 0, fill: None, anchor: None, is_object: false });
        }
        // Containers are gone into, what they hold follows.
        if version & 0x0f == CONTAINER {
            continue;
        }
        let Some(body) = data.get(at..at.saturating_add(length as usize)) else { break };
        at += body.len();
        let Some(shape) = &mut open else { continue };
        match id {
            0xf00a => shape.kind = version >> 4,
            0xf00b => shape.fill = fill(body, version >> 4, palette),
            0xf010 => {
                let numbers = body.get(2..18).unwrap_or_default().chunks_exact(2);
                let numbers: Vec<u16> = numbers.filter_map(|pair| u16(pair, 0)).collect();
                shape.anchor = numbers.try_into().ok();
            }
            0xf011 => shape.is_object = true,
            _ => {}
        }
    }
    shapes.extend(open);
    shapes
}

/// The colour of a solid fill, from a shape's properties.
fn fill(body: &[u8], count: u16, palette: &[Rgb]) -> Option<Rgb> {
    let mut colour = None;
    for property in body.chunks_exact(6).take(usize::from(count)) {
        let (id, value) = (u16(property, 0)? & 0x3fff, u32(property, 2)?);
        match id {
            // Patterns and pictures are no lights.
            0x0180 if value != 0 => return None,
            0x0181 => colour = Some(value),
            // Switched off.
            0x01bf if value & 0x0010_0010 == 0x0010_0000 => return None,
            _ => {}
        }
    }
    let [r, g, b, how] = colour?.to_le_bytes();
    if how & 0x08 != 0 { palette.get(usize::from(r)).copied() } else { (how == 0).then(|| Rgb::new(r, g, b)) }
}

impl Drawn {
    /// The cells it covers, and the row and column under its centre.
    pub(super) fn under(&self, sizes: &Sizes) -> Option<(Area, u32, u32)> {
        Some(sizes.under(self.frame(sizes)?))
    }

    fn frame(&self, sizes: &Sizes) -> Option<Frame> {
        let corner = |[column, across, row, down]: [u16; 4]| {
            let edge = |low: f64, high: f64, share: u16, of: f64| low + (high - low) * (f64::from(share) / of).min(1.0);
            let (column, row) = (u32::from(column), u32::from(row));
            (
                edge(sizes.left(column), sizes.left(column + 1), across, 1024.0),
                edge(sizes.top(row), sizes.top(row + 1), down, 256.0),
            )
        };
        let [c1, x1, r1, y1, c2, x2, r2, y2] = self.anchor?;
        let ((left, top), (right, bottom)) = (corner([c1, x1, r1, y1]), corner([c2, x2, r2, y2]));
        Some(Frame { left, top, width: (right - left).max(0.0), height: (bottom - top).max(0.0) })
    }

    /// The sign that it is; none for a text box or a line.
    pub(super) fn mark(&self, sizes: &Sizes) -> Option<Mark> {
        let frame = self.frame(sizes)?;
        let (fill, size, alt) = (self.fill, (frame.width as f32, frame.height as f32), None);
        match (self.kind, fill) {
            (3, _) => Some(Mark::Ellipse { fill, size, alt }),
            (202, _) | (_, None) => None,
            (kind, Some(_)) => Some(Mark::Shape { geometry: format!("shape{kind}"), fill, size, alt }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(version: u16, id: u16, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u32).to_le_bytes();
        [&version.to_le_bytes()[..], &id.to_le_bytes(), &length, body].concat()
    }

    fn property(id: u16, value: u32) -> Vec<u8> {
        [&id.to_le_bytes()[..], &value.to_le_bytes()].concat()
    }

    fn ellipse(properties: &[Vec<u8>]) -> Vec<u8> {
        let anchor: Vec<u8> = [0u16, 4, 100, 2, 10, 4, 300, 2, 200].iter().flat_map(|n| n.to_le_bytes()).collect();
        let body = [
            record(3 << 4 | 2, 0xf00a, &[0; 8]),
            record((properties.len() as u16) << 4 | 3, 0xf00b, &properties.concat()),
            record(0, 0xf010, &anchor),
            record(0, 0xf011, &[]),
        ]
        .concat();
        record(CONTAINER, SHAPE, &body)
    }

    #[test]
    fn an_ellipse_over_a_cell() {
        let mut sizes = Sizes::ordinary(15.0, 50.0);
        sizes.settle();
        let drawing = ellipse(&[property(0x0181, 0x0050_b000), property(0x01bf, 0x0010_0010)]);
        let shapes = shapes(&drawing, &[]);
        assert_eq!(shapes[0].under(&sizes).map(|(_, row, column)| (row, column)), Some((2, 4)));
        let Some(Mark::Ellipse { fill, .. }) = shapes[0].mark(&sizes) else { panic!() };
        assert_eq!(fill, Some(Rgb::new(0, 176, 80)));
    }

    #[test]
    fn fills_that_are_none_or_of_the_palette() {
        let fill = |properties: &[Vec<u8>]| {
            let palette = [Rgb::BLACK, Rgb::new(255, 0, 0)];
            shapes(&ellipse(properties), &palette)[0].fill
        };
        assert_eq!(fill(&[property(0x0181, 0x0800_0001)]), Some(Rgb::new(255, 0, 0)));
        assert_eq!(fill(&[property(0x0181, 0xff), property(0x01bf, 0x0010_0000)]), None);
        assert_eq!(fill(&[property(0x0180, 3), property(0x0181, 0xff)]), None);
        assert_eq!(fill(&[]), None);
    }
}

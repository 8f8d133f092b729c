//! The order in which a person reads what stands on a slide.
//!
//! A page is cut where gaps run across it, between upper and lower or between left and right, at the
//! widest gaps; and so on in each piece. What no gap parts is read by its upper edges, then from the left.

use crate::page::Rect;

/// Overlaps up to this many points still leave a gap: boxes are wider than their text.
const SLACK: f32 = 6.0;
/// Gaps of at least this part of the widest are cut with it.
const NEARLY: f32 = 0.8;
/// More boxes than this are no page that is read: they are put in order without any cuts.
const MANY: usize = 2_000;

/// The indices of boxes in reading order.
pub(super) fn reading_order(boxes: &[Rect]) -> Vec<usize> {
    let mut order = Vec::with_capacity(boxes.len());
    // The pieces still to be cut, the first on top.
    let mut open: Vec<Vec<usize>> = vec![(0..boxes.len()).collect()];
    while let Some(mut piece) = open.pop() {
        if piece.len() <= 1 {
            order.extend(piece);
            continue;
        }
        let many = piece.len() > MANY;
        let down = bands(boxes, &piece, |rect| (rect.y, rect.height));
        let across = bands(boxes, &piece, |rect| (rect.x, rect.width));
        let chosen = match (down.1, across.1) {
            _ if many => None,
            (None, None) => None,
            (Some(upper), Some(left)) if left > upper => Some(across.0),
            (Some(_), _) => Some(down.0),
            (None, Some(_)) => Some(across.0),
        };
        match chosen {
            Some(bands) => open.extend(bands.into_iter().rev()),
            None => {
                let key = |index: usize| (boxes[index].y, boxes[index].x);
                piece.sort_by(|&a, &b| {
                    let ((upper_a, left_a), (upper_b, left_b)) = (key(a), key(b));
                    upper_a.total_cmp(&upper_b).then(left_a.total_cmp(&left_b)).then(a.cmp(&b))
                });
                order.extend(piece);
            }
        }
    }
    order
}

/// The boxes between the widest gaps in one direction, and how wide the widest is; no gap, no width.
fn bands(boxes: &[Rect], piece: &[usize], side: impl Fn(&Rect) -> (f32, f32)) -> (Vec<Vec<usize>>, Option<f32>) {
    let mut sorted = piece.to_vec();
    sorted.sort_by(|&a, &b| side(&boxes[a]).0.total_cmp(&side(&boxes[b]).0).then(a.cmp(&b)));
    let mut reach = f32::NEG_INFINITY;
    // How far below the ones before each box begins; none where they overlap.
    let gaps: Vec<Option<f32>> = sorted
        .iter()
        .map(|&index| {
            let (start, length) = side(&boxes[index]);
            let gap = start - reach;
            reach = reach.max(start + length);
            // A thin box must lie half inside to stay.
            (gap.is_finite() && gap + SLACK.min(length / 2.0) >= 0.0).then_some(gap.max(0.0))
        })
        .collect();
    let widest = gaps.iter().flatten().copied().reduce(f32::max);
    let mut bands: Vec<Vec<usize>> = Vec::new();
    for (index, gap) in sorted.into_iter().zip(gaps) {
        let cut = gap.zip(widest).is_some_and(|(gap, widest)| gap >= widest * NEARLY);
        match bands.last_mut() {
            Some(band) if !cut => band.push(index),
            _ => bands.push(vec![index]),
        }
    }
    (bands, widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect { x, y, width, height }
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let boxes = [
            rect(300.0, 100.0, 200.0, 50.0),
            rect(50.0, 160.0, 200.0, 50.0),
            rect(50.0, 10.0, 450.0, 40.0),
            rect(50.0, 100.0, 200.0, 55.0),
            rect(300.0, 156.0, 200.0, 60.0),
        ];
        assert_eq!(reading_order(&boxes), [2, 3, 1, 0, 4]);
    }

    #[test]
    fn boxes_that_touch_are_read_from_above() {
        let boxes = [rect(0.0, 48.0, 100.0, 50.0), rect(0.0, 0.0, 100.0, 50.0)];
        assert_eq!(reading_order(&boxes), [1, 0]);
    }

    #[test]
    fn what_overlaps_is_read_by_its_upper_edge() {
        let boxes = [rect(10.0, 30.0, 100.0, 100.0), rect(0.0, 0.0, 100.0, 100.0), rect(60.0, 10.0, 90.0, 90.0)];
        assert_eq!(reading_order(&boxes), [1, 2, 0]);
    }

    #[test]
    fn numbers_that_are_none_break_nothing() {
        let boxes = [rect(f32::NAN, 0.0, 1.0, 1.0), rect(0.0, f32::NAN, 1.0, f32::INFINITY), rect(0.0, 0.0, 0.0, 0.0)];
        assert_eq!(reading_order(&boxes).len(), 3);
    }
}

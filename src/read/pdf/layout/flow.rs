//! Text and tables of a page → reading order, by cutting the page at its white gaps.

use super::geometry::Area;
use super::lines::Line;

/// What is put in order.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A line of text, or the part of it that stands in one column.
    Line(Line),
    /// A table, by its number.
    Table(usize, Area),
}

impl Block {
    pub(crate) fn area(&self) -> Area {
        match self {
            Self::Line(line) => line.area,
            Self::Table(_, area) => *area,
        }
    }
}

/// Groups in reading order: each is one column's stretch of lines, or one table.
pub(crate) fn order(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut groups = Vec::new();
    cut(blocks, 0, &mut groups);
    groups
}

fn cut(mut blocks: Vec<Block>, depth: usize, groups: &mut Vec<Vec<Block>>) {
    blocks.sort_by(|a, b| a.area().y0.total_cmp(&b.area().y0).then(a.area().x0.total_cmp(&b.area().x0)));
    if blocks.len() < 2 || depth > 24 {
        push(blocks, groups);
        return;
    }
    if let Some(at) = gutter(&blocks) {
        let (left, right) = blocks.into_iter().partition(|block| block.area().centre().0 < at);
        cut(left, depth + 1, groups);
        cut(right, depth + 1, groups);
        return;
    }
    // No gutter through all of it: perhaps through a part, above or below a line that spans the columns.
    if let Some(place) = spanning(&blocks) {
        let below = blocks.split_off(place);
        cut(blocks, depth + 1, groups);
        cut(below, depth + 1, groups);
        return;
    }
    push(blocks, groups);
}

/// Lines go to one group; a table is a group of its own.
fn push(blocks: Vec<Block>, groups: &mut Vec<Vec<Block>>) {
    let mut open: Vec<Block> = Vec::new();
    for block in blocks {
        if matches!(block, Block::Table(..)) {
            if !open.is_empty() {
                groups.push(std::mem::take(&mut open));
            }
            groups.push(vec![block]);
        } else {
            open.push(block);
        }
    }
    if !open.is_empty() {
        groups.push(open);
    }
}

/// The middle of a white gap from top to bottom with running text on both sides.
fn gutter(blocks: &[Block]) -> Option<f32> {
    let mut spans: Vec<(f32, f32)> = blocks.iter().map(|block| (block.area().x0, block.area().x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = typical_size(blocks);
    let mut end = spans.first()?.1;
    let mut best: Option<(f32, f32)> = None;
    for &(from, to) in &spans[1..] {
        let gap = from - end;
        if gap > (0.9 * size).max(6.0) && best.is_none_or(|(width, _)| gap > width) {
            let at = end + gap / 2.0;
            if is_column(blocks, |area| area.x1 <= at) && is_column(blocks, |area| area.x0 >= at) {
                best = Some((gap, at));
            }
        }
        end = end.max(to);
    }
    best.map(|(_, at)| at)
}

fn typical_size(blocks: &[Block]) -> f32 {
    let mut sizes: Vec<f32> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some(line.size),
            Block::Table(..) => None,
        })
        .collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Running text or a table, rather than a few words set apart by a tab.
fn is_column(blocks: &[Block], inside: impl Fn(Area) -> bool) -> bool {
    let mut lines = 0;
    let mut letters = 0;
    for block in blocks.iter().filter(|block| inside(block.area())) {
        match block {
            Block::Line(line) => {
                lines += 1;
                letters += line.words().map(|word| word.text.chars().count()).sum::<usize>();
            }
            Block::Table(..) => return true,
        }
    }
    lines >= 3 && letters / lines >= 12
}

/// Where to cut across so that one of the parts has columns: before or after a block that
/// reaches over the middle of a would-be gutter.
fn spanning(blocks: &[Block]) -> Option<usize> {
    if blocks.len() < 6 || blocks.len() > 400 {
        return None;
    }
    // The first stretch from the top that has a gutter, at least four blocks long; else drop lines from the top.
    let all = Area::around(blocks.iter().map(Block::area));
    let wide = |block: &Block| block.area().width() > 0.55 * all.width();
    let first_narrow = blocks.iter().position(|block| !wide(block))?;
    if first_narrow > 0 && gutter(&blocks[first_narrow..]).is_some() {
        return Some(first_narrow);
    }
    let next_wide = first_narrow + blocks[first_narrow..].iter().position(wide)?;
    if next_wide - first_narrow >= 6 && gutter(&blocks[first_narrow..next_wide]).is_some() {
        return Some(if first_narrow > 0 { first_narrow } else { next_wide });
    }
    // Look further down, past this stretch.
    let mut from = next_wide;
    while from < blocks.len() {
        let narrow = from + blocks[from..].iter().position(|block| !wide(block))?;
        let end = blocks[narrow..].iter().position(wide).map_or(blocks.len(), |at| narrow + at);
        if end - narrow >= 6 && gutter(&blocks[narrow..end]).is_some() {
            return Some(narrow);
        }
        from = end;
    }
    None
}

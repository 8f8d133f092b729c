//! The rows of an unruled table: which lines make one.

use super::columns::{Cut, Xs};

/// Which lines make a row: all those with no wider gap between, or each on its own. `whole` are the heights of lines
/// drawn over the whole width: they part rows.
pub(super) fn rows(cuts: &[Cut], xs: &Xs, whole: &[f32]) -> Vec<std::ops::Range<usize>> {
    if cuts.is_empty() {
        return Vec::new();
    }
    let gaps: Vec<f32> = cuts
        .windows(2)
        .map(|pair| (pair[1].area.y0 - pair[0].area.y1) / pair[1].size.max(pair[0].size).max(1.0))
        .collect();
    let ruled: Vec<bool> = cuts
        .windows(2)
        .map(|pair| whole.iter().any(|&at| pair[0].area.centre().1 < at && at < pair[1].area.centre().1))
        .collect();
    if let Some(groups) = between_rules(cuts, &ruled) {
        return groups;
    }
    let mut sorted = gaps.clone();
    sorted.sort_by(f32::total_cmp);
    let least = sorted.get(sorted.len() / 10).copied().unwrap_or(0.0);
    let filled = |cut: &Cut| -> Vec<usize> { cut.parts.iter().map(|part| xs.column(part.area.centre().0)).collect() };
    let mut groups: Vec<std::ops::Range<usize>> = std::iter::once(0..1).collect();
    for index in 1..cuts.len() {
        let tight = gaps[index - 1] < least + 0.35 && !ruled[index - 1];
        let (above, here) = (filled(&cuts[index - 1]), filled(&cuts[index]));
        let first = groups.last().map_or(0, |group| group.start);
        let row: Vec<usize> = cuts[first..index].iter().flat_map(&filled).collect();
        // A wrapped cell: nothing in the first column, and only under what the row already has.
        let numbers = |cut: &Cut| {
            cut.parts.len() > 1 && cut.parts.iter().filter(|part| part.letters < 12).count() * 2 > cut.parts.len()
        };
        let wrapped = tight
            && !here.contains(&0)
            && row.contains(&0)
            && here.iter().all(|column| row.contains(column))
            && here.len() < above.len().max(2)
            && !cuts[index].parts.iter().any(|part| part.is_value)
            && !numbers(&cuts[index]);
        if wrapped {
            if let Some(group) = groups.last_mut() {
                group.end = index + 1;
            }
        } else {
            groups.push(index..index + 1);
        }
    }
    // Rows set apart by wider gaps throughout: the gaps are the rows' borders.
    let wide: Vec<usize> = (0..gaps.len()).filter(|&at| gaps[at] > least + 0.45).collect();
    let paragraphs_like = cuts.iter().flat_map(|cut| &cut.parts).filter(|part| part.letters > 12).count() * 2
        > cuts.iter().map(|cut| cut.parts.len()).sum::<usize>();
    if paragraphs_like && !wide.is_empty() && wide.len() * 2 < gaps.len() {
        return ranges(wide.iter().map(|at| at + 1), cuts.len());
    }
    groups
}

/// Where lines are drawn between the rows: what stands between two of them is a row, unless values stand below one
/// another there.
fn between_rules(cuts: &[Cut], ruled: &[bool]) -> Option<Vec<std::ops::Range<usize>>> {
    let bands = ranges((0..ruled.len()).filter(|&at| ruled[at]).map(|at| at + 1), cuts.len());
    let stacked = bands
        .iter()
        .any(|band| cuts[band.clone()].iter().filter(|cut| cut.parts.iter().any(|part| part.is_value)).count() > 1);
    (bands.len() >= 3 && !stacked).then_some(bands)
}

fn ranges(starts: impl Iterator<Item = usize>, end: usize) -> Vec<std::ops::Range<usize>> {
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    starts.iter().zip(starts.iter().skip(1).chain([&end])).map(|(&from, &to)| from..to).collect()
}

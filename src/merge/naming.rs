//! Items in words, for questions and reports.

use crate::model::{Block, Item};

use super::pairing::is_promise;

/// How long what is added to a name may be, in characters.
const WORK_LEN: usize = 60;

/// An item in words. Where its name is only one of the region's promises, which many items share, the first
/// activity that says what it is about stands after it.
pub fn telling_name(item: &Item) -> String {
    let name = item.name();
    let blocks = [&item.area, &item.priority].into_iter().flatten().filter(|block| !block.is_blank());
    let mut said = blocks.map(Block::text).peekable();
    if said.peek().is_none() || !said.all(|text| is_promise(&text)) {
        return name;
    }
    let work = item.activities.iter().map(Block::text).find(|text| !text.trim().is_empty() && !is_promise(text));
    work.map_or(name.clone(), |work| format!("{name} – {}", cut(work.trim())))
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(WORK_LEN).collect();
    if short.len() < text.len() {
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_alone_is_told_with_what_is_done() {
        let item = |priority: &str, activities: &[&str]| Item {
            priority: vec![Block::paragraph(priority)],
            activities: activities.iter().map(|text| Block::bullet(0, *text)).collect(),
            ..Item::default()
        };
        let promise = "Få tillgång till jämlik vård";
        let name = telling_name(&item(promise, &["", "Kartlägga väntetider till gastroskopi"]));
        assert_eq!(name, "Få tillgång till jämlik vård – Kartlägga väntetider till gastroskopi");
        assert_eq!(telling_name(&item(promise, &[])), promise);
        let own = "Jämlik vård vid gastroskopi";
        assert_eq!(telling_name(&item(own, &["Kartlägga väntetider"])), own);
    }
}

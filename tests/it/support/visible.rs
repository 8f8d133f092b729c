//! What a reader of a written plan must be able to see.

use handlingsplan::model::{Block, Plan};

/// The blocks that every visible output shows, in no order.
pub fn blocks(plan: &Plan) -> Vec<&Block> {
    let mut blocks: Vec<&Block> = Vec::new();
    for page in [&plan.results, &plan.challenges, &plan.promises, &plan.instructions] {
        blocks.extend(page);
    }
    blocks.extend(plan.other.iter().flat_map(|part| &part.blocks));
    for item in plan.items() {
        for cell in [&item.area, &item.priority, &item.activities, &item.status.text] {
            blocks.extend(cell);
        }
        blocks.extend(item.follow_up.iter().flat_map(|entry| &entry.text));
        blocks.extend(item.other.iter().flat_map(|part| &part.blocks));
    }
    blocks
}

/// The letters and digits of a text.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

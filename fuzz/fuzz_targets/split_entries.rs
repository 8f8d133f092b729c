//! Any text as the follow-up cells of a plan: a form feed divides cells, a line feed lines. Nothing may be lost.
#![no_main]

use handlingsplan::interpret::entries::{Context, split};
use handlingsplan::model::{Block, blocks_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let cells: Vec<[Block; 1]> = text.split('\x0c').map(|cell| [Block::paragraph(cell)]).collect();
    let borrowed: Vec<&[Block]> = cells.iter().map(|blocks| blocks.as_slice()).collect();
    let read = split(&borrowed, &Context { updated: None, year: Some(2024) });
    for (cell, read) in cells.iter().zip(read) {
        let shown: String = read
            .entries
            .iter()
            .map(|e| e.written.clone().unwrap_or_default() + " " + &blocks_text(&e.text) + " ")
            .collect();
        let (before, after) = (cell[0].text(), shown);
        let kept = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert_eq!(kept(&before), kept(&after));
    }
});

//! The sentences that cells are made of: `fixtures/entries/{tuning,held_out}.toml`.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Phrases {
    pub plain: Vec<String>,
    pub small: Vec<String>,
    pub inline: Vec<String>,
    pub intro: Vec<String>,
    pub bullets: Vec<String>,
    pub year: Vec<String>,
    pub year_label: Vec<String>,
}

pub fn load(name: &str) -> Phrases {
    let path = format!("{}/fixtures/entries/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    toml::from_str(&std::fs::read_to_string(path).expect("the file is there")).expect("the file is well formed")
}

//! The word lists that ship with the program.

/// Reads a list of `templates/` by its name, from the JSON that `build.rs` makes of it.
macro_rules! shipped {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))
    };
}

pub(crate) use shipped;

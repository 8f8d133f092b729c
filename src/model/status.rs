use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Block;

/// A status light as the plan's instruction defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// On plan (grön).
    Green,
    /// Minor problems (gul).
    Yellow,
    /// Serious problems (röd).
    Red,
    /// Closed: a ticked box.
    Closed,
}

/// One light of an item, with the text beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct StatusLight {
    /// Which light.
    pub light: Light,
    /// The text beside it: which part of the work the light speaks of.
    pub label: Option<String>,
}

/// What the status cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// The lights, in reading order.
    pub lights: Vec<StatusLight>,
    /// The words that belong to no light.
    pub text: Vec<Block>,
    /// After a merge: no version showed just this. A light without words left the words before it as they
    /// were, or the other way round; what each version showed is in the item's history.
    #[serde(default, skip_serializing_if = "is_false")]
    pub composed: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Status {
    /// Whether the cell shows nothing.
    pub fn is_empty(&self) -> bool {
        self.lights.is_empty() && super::is_blank(&self.text)
    }
}

/// A status that stood before the present one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct StatusChange {
    /// The day the plan with this status was last updated, where known.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// The lights then.
    pub lights: Vec<StatusLight>,
    /// The words then.
    pub text: Vec<Block>,
}

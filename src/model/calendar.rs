use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Block;

/// The plan's year wheel (årshjul).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Calendar {
    /// The year it is for, where it says.
    pub year: Option<i16>,
    /// What happens when.
    pub events: Vec<CalendarEvent>,
    /// What goes on all the year.
    pub ongoing: Vec<Block>,
}

/// One event of the year wheel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarEvent {
    /// When, as written ("15/9–14/11", "mars").
    pub when: Option<String>,
    /// What.
    pub text: String,
    /// The quarter it belongs to, 1 to 4.
    #[schemars(range(min = 1, max = 4))]
    pub quarter: Option<u8>,
}

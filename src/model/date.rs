use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// When an entry was written: a day, or a year alone where the plan says no more.
///
/// In JSON `"2023-10-13"` or `"2022"`. A year sorts before the days of that year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryDate {
    /// A day.
    Day(Date),
    /// A year alone.
    Year(i16),
}

impl EntryDate {
    /// The year.
    pub fn year(self) -> i16 {
        match self {
            Self::Day(date) => date.year(),
            Self::Year(year) => year,
        }
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Year(_) => None,
        }
    }

    fn order(self) -> (i16, i8, i8) {
        match self {
            Self::Day(date) => (date.year(), date.month(), date.day()),
            Self::Year(year) => (year, 0, 0),
        }
    }
}

impl Ord for EntryDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for EntryDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Date> for EntryDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl fmt::Display for EntryDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A text that is neither `YYYY-MM-DD` nor `YYYY`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("”{0}” är varken ett datum (ÅÅÅÅ-MM-DD) eller ett årtal (ÅÅÅÅ)")]
pub struct DateError(String);

impl FromStr for EntryDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.to_owned());
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Year).map_err(|_| wrong());
        }
        // jiff also takes times, week dates and signs; the model has one form only.
        if text.len() != 10 {
            return Err(wrong());
        }
        text.parse().map(Self::Day).map_err(|_| wrong())
    }
}

impl Serialize for EntryDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntryDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for EntryDate {
    fn schema_name() -> Cow<'static, str> {
        "EntryDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A day (YYYY-MM-DD), or a year alone (YYYY).",
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_sorts_before_its_days() {
        let year: EntryDate = "2022".parse().unwrap();
        let day: EntryDate = "2022-01-01".parse().unwrap();
        assert!(year < day);
        assert!("2021-12-31".parse::<EntryDate>().unwrap() < year);
    }

    #[test]
    fn only_the_two_forms_are_dates() {
        for wrong in ["", "22", "220101", "2022-1-1", "2022-02-30", "2022-01-01T10:00", "+2022", "2022-W01-1"] {
            assert!(wrong.parse::<EntryDate>().is_err(), "{wrong}");
        }
    }
}

//! The day it is: the only place of the program that asks the clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use miette::{Report, miette};

/// Today by `SOURCE_DATE_EPOCH` where it is set, else by the clock; none where neither makes sense.
///
/// The day is the world's (UTC): near midnight it may differ from the wall's by one.
pub(crate) fn today() -> Result<Option<Date>, Report> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => Some(text.trim().parse::<i64>().map_err(|_| {
            miette!(
                help = "Den anges som sekunder sedan 1970, till exempel 1718323200, eller tas bort.",
                "miljövariabeln SOURCE_DATE_EPOCH är inget heltal: ”{text}”"
            )
        })?),
        Err(_) => std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_secs()).ok()),
    };
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(moment.map(|moment| TimeZone::UTC.to_datetime(moment).date()))
}

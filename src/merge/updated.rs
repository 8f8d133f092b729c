//! The plan's line of update after a meeting.

use jiff::civil::Date;

use crate::model::{Plan, Updated};

use super::notes::vocabulary::VOCABULARY;

/// Makes the plan's line of update name a newer meeting, in the plan's own phrasing where it has one.
pub(super) fn follow(plan: &mut Plan, meeting: Date) {
    let old = plan.updated.as_ref();
    if old.and_then(|updated| updated.date).is_some_and(|date| date >= meeting) {
        return;
    }
    let own = old.and_then(|updated| replace_date(&updated.text, updated.date?, meeting));
    let text = own.unwrap_or_else(|| VOCABULARY.updated.replace("{date}", &meeting.to_string()));
    plan.updated = Some(Updated { date: Some(meeting), text });
}

/// The line with one date in place of another, written in the same form.
fn replace_date(text: &str, old: Date, new: Date) -> Option<String> {
    let forms = |date: Date| {
        let (y, m, d) = (date.year(), date.month(), date.day());
        let month = usize::try_from(m - 1).ok().and_then(|m| VOCABULARY.months.get(m)).map_or("", String::as_str);
        [
            format!("{y:04}-{m:02}-{d:02}"),
            format!("{y:04}{m:02}{d:02}"),
            format!("{:02}-{m:02}-{d:02}", y % 100),
            format!("{:02}{m:02}{d:02}", y % 100),
            format!("{d} {month} {y}"),
            format!("{d}/{m} {y}"),
            format!("{d}/{m}-{y}"),
            format!("{d}.{m}.{y}"),
        ]
    };
    forms(old).iter().zip(forms(new)).find_map(|(old, new)| {
        let at = text.find(old.as_str())?;
        Some(format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(date: Option<&str>, text: &str) -> String {
        let updated = Updated { date: date.map(|d| d.parse().unwrap()), text: text.to_owned() };
        let mut plan = Plan { updated: Some(updated), ..Plan::default() };
        follow(&mut plan, "2024-09-18".parse().unwrap());
        plan.updated.unwrap().text
    }

    #[test]
    fn the_plans_own_phrasing_stays() {
        let old = Some("2024-06-14");
        assert_eq!(after(old, "Uppdaterad efter mötet 20240614"), "Uppdaterad efter mötet 20240918");
        assert_eq!(after(old, "Rev. 240614 av NN"), "Rev. 240918 av NN");
        assert_eq!(after(old, "Uppdaterad 14 juni 2024"), "Uppdaterad 18 september 2024");
        assert_eq!(after(None, "Uppdaterad i juni"), "Uppdaterad efter mötet 2024-09-18");
        assert_eq!(after(Some("2024-11-01"), "Uppdaterad 241101"), "Uppdaterad 241101", "a newer line stands");
    }
}

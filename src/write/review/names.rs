//! What columns, lights and pages are called in Swedish.

use crate::model::{Light, SectionKind, Status};
use crate::review::check::Column;
use crate::review::diff::{HeadField, Page, Spot};

pub(super) fn column(column: Column) -> &'static str {
    match column {
        Column::Area => "Område",
        Column::Priority => "Prioriterat område",
        Column::Activities => "Aktiviteter",
        Column::FollowUp => "Uppföljning",
        Column::Status => "Status",
    }
}

pub(super) fn light(light: Light) -> &'static str {
    match light {
        Light::Green => "grön",
        Light::Yellow => "gul",
        Light::Red => "röd",
        Light::Closed => "avslutad",
    }
}

/// The lights with their labels: "grön (Human), gul (Molekylär)"; a dash where there is none.
pub(super) fn lights(status: &Status) -> String {
    let named = status.lights.iter().map(|one| match &one.label {
        Some(label) => format!("{} {label}", light(one.light)),
        None => light(one.light).to_owned(),
    });
    let named: Vec<String> = named.collect();
    if named.is_empty() { "–".to_owned() } else { named.join(", ") }
}

pub(super) fn section(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::National => "nationella insatsområden",
        SectionKind::Assignment => "uppdrag",
        SectionKind::Priority => "prioriterade områden",
    }
}

pub(super) fn spot(spot: &Spot) -> String {
    match &spot.heading {
        Some(heading) => format!("{} (”{heading}”)", section(spot.kind)),
        None => section(spot.kind).to_owned(),
    }
}

pub(super) fn field(field: HeadField) -> &'static str {
    match field {
        HeadField::Region => "Region",
        HeadField::Group => "Grupp",
        HeadField::Title => "Rubrik",
        HeadField::Year => "År",
        HeadField::Updated => "Uppdaterad",
    }
}

pub(super) fn page(page: Page) -> &'static str {
    match page {
        Page::Instructions => "Instruktioner",
        Page::Promises => "Patientlöften",
        Page::Headings => "Tabellernas rubriker",
        Page::Results => "Resultat",
        Page::Challenges => "Utmaningar",
        Page::Calendar => "Årshjul",
        Page::Other => "Övrigt",
        Page::Unplaced => "Oplacerade anteckningar",
    }
}

/// "1 ny punkt", "3 nya punkter".
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

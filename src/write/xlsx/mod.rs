//! Plan → Excel: the plan's table to read, print, sort and filter, a sheet with one row an entry for pivot tables, and a
//! sheet for each standing page.
//!
//! The items' ids stand in a hidden column, so that they follow their rows when people sort, and the whole model in a
//! custom XML part. Text is always text: nothing that begins with `=` becomes a formula.

mod cell;
mod entries;
mod look;
mod pages;
mod plan;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::cell::Notes;
use self::look::Looks;
use super::formats::plan_only;
use super::template::package::Package;
use super::{Format, WriteError, WriteOptions, docx, shown};
use crate::model::{Document, Plan, Warned, Warning, WarningCode};

/// The name of the sheet with the plan's table.
const PLAN_SHEET: &str = "Handlingsplan";
/// The name of the sheet with one row an entry.
const ENTRIES_SHEET: &str = "Uppföljning";
/// The defined name by which a reader knows that sheet for a copy of what stands in the plan.
const COPY_NAME: &str = "_hp_copy";

/// Writes a plan.
pub(super) fn render(document: &Document, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    let plan = plan_only(document, Format::Xlsx)?;
    let mut notes = Notes::default();
    let bytes = workbook(plan, options, &mut notes).map_err(|error| WriteError::Pack(Box::new(error)))?;
    let mut package = Package::open(&bytes)?;
    language(&mut package)?;
    heights(&mut package)?;
    if options.embed_model {
        docx::embed::embed(&mut package, "xl/workbook.xml", plan)?;
    }
    let mut warnings = notes.warnings();
    warnings.extend(docx::not_shown(plan, options).into_iter().filter(|_| !options.embed_model));
    Ok(Warned { value: package.finish()?, warnings })
}

fn workbook(plan: &Plan, options: &WriteOptions, notes: &mut Notes) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::default();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(plan)?);
    plan::write(workbook.add_worksheet(), plan, options, &looks, notes)?;
    if plan.items().any(|item| !item.follow_up.is_empty()) {
        entries::write(workbook.add_worksheet(), plan, options, &looks)?;
        workbook.define_name(COPY_NAME, &format!("={ENTRIES_SHEET}!$A$1"))?;
    }
    pages::write(&mut workbook, plan, &looks, notes)?;
    workbook.save_to_buffer()
}

/// The file's properties; its date is the plan's own, never the clock's.
fn properties(plan: &Plan) -> Result<DocProperties, XlsxError> {
    let day = plan.updated.as_ref().and_then(|updated| updated.date).filter(|day| day.year() >= 1900);
    let created = match day {
        Some(day) => {
            ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?
        }
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let text = |text: &str| cell::allowed(text).chars().take(LONGEST_PROPERTY).collect::<String>();
    let properties = DocProperties::new().set_title(text(shown::title(plan))).set_creation_datetime(&created);
    Ok(match plan.group.as_deref() {
        Some(group) => properties.set_subject(text(group)),
        None => properties,
    })
}

/// Excel takes no longer properties, in characters.
const LONGEST_PROPERTY: usize = 250;

/// Says in the file's properties that it is in Swedish.
fn language(package: &mut Package<'_>) -> Result<(), WriteError> {
    const CORE: &str = "docProps/core.xml";
    const END: &str = "</cp:coreProperties>";
    if let Some(core) = package.text(CORE)?.filter(|core| !core.contains("<dc:language>")) {
        let core = core.replace(END, &format!("<dc:language>sv-SE</dc:language>{END}"));
        package.put(CORE, core.into_bytes());
    }
    Ok(())
}

/// Lets the rows grow again: their heights are what the text needs now, and nobody's wish.
fn heights(package: &mut Package<'_>) -> Result<(), WriteError> {
    for name in package.names().iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
        if let Some(sheet) = package.text(name)? {
            package.put(name, sheet.replace(" customHeight=\"1\"", "").into_bytes());
        }
    }
    Ok(())
}

impl Notes {
    fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.removed > 0 {
            let message = format!(
                "{} osynliga styrtecken har tagits bort ur den synliga texten: Excel kan inte visa dem. Inget annat är ändrat.",
                self.removed
            );
            warnings.push(Warning::new(WarningCode::NotCarried, message));
        }
        if self.split > 0 {
            let message = format!(
                "{} stycke(n) är längre än vad en cell i Excel rymmer (32 767 tecken) och fortsätter på nästa rad.",
                self.split
            );
            warnings.push(Warning::new(WarningCode::NotCarried, message));
        }
        warnings
    }
}

//! .ods: `content.xml`, read as a stream of sheets, rows and cells.

mod cell;
mod styles;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::budget::Budget;
use super::grid::{Area, Book, GridCell, GridRow, MAX_COLUMN, MAX_ROW, Sheet};
use super::package::{Package, encrypted};
use super::rules::{Bound, Icons, Rule, RuleKind, RuleLook, Step, Unknown, icon_colours};
use super::sizes::Sizes;
use super::xml::{Element, attribute, damaged, too_deep};
use crate::read::{Limits, ReadError};
use cell::Shape;
use styles::{Resolved, Styles};

const CONTENT: &str = "content.xml";

/// Reads a workbook.
pub(super) fn read(package: &Package<'_>) -> Result<Book, ReadError> {
    if let Some(manifest) = package.text("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(encrypted());
    }
    let mut styles = Styles::default();
    if let Some(tree) = package.tree("styles.xml")? {
        styles.add(&tree);
    }
    let title = package.tree("meta.xml").ok().flatten();
    let title =
        title.and_then(|meta| Some(meta.path(&["meta", "title"])?.text())).filter(|title| !title.trim().is_empty());
    let xml = package.text(CONTENT)?.ok_or_else(|| ReadError::damaged("innehållet saknas", Some(CONTENT)))?;
    let limits = package.limits();
    let mut walk = Walk {
        styles,
        book: Book { title, ..Book::default() },
        at: None,
        budget: Budget::new(limits),
        limits,
        xml: &xml,
    };
    walk.run()?;
    Ok(walk.book)
}

/// The sheet being read.
#[derive(Default)]
struct Open {
    sheet: Sheet,
    sizes: Sizes,
    /// First and last column, and the style of cells that name none.
    columns: Vec<(u32, u32, Option<String>)>,
    next_column: u32,
    row: u32,
    column: u32,
    repeat: u32,
    shapes: Vec<Shape>,
    /// Cells of styles with conditions, by the style.
    conditional: BTreeMap<String, Vec<Area>>,
    /// The row has something to keep.
    content: bool,
}

struct Walk<'a> {
    styles: Styles,
    book: Book,
    at: Option<Open>,
    budget: Budget,
    limits: Limits,
    xml: &'a str,
}

impl Walk<'_> {
    fn run(&mut self) -> Result<(), ReadError> {
        let mut reader = Reader::from_str(self.xml);
        let mut level = 0usize;
        loop {
            let before = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|error| damaged(error, CONTENT))?;
            match event {
                Event::Start(start) => {
                    let name = start.local_name();
                    if matches!(
                        name.as_ref(),
                        "automatic-styles" | "table-cell" | "covered-table-cell" | "shapes" | "conditional-formats"
                    ) {
                        // What is short is read as a tree of its own.
                        reader.read_to_end(start.name()).map_err(|error| damaged(error, CONTENT))?;
                        let whole = self.xml.get(before..reader.buffer_position() as usize).unwrap_or_default();
                        let tree = Element::parse(whole, CONTENT, self.limits.xml_depth)?;
                        self.tree(&tree)?;
                        continue;
                    }
                    level += 1;
                    if level > self.limits.xml_depth {
                        return Err(too_deep(self.limits.xml_depth, CONTENT));
                    }
                    self.open(&start)?;
                }
                Event::Empty(start) => {
                    self.open(&start)?;
                    match start.local_name().as_ref() {
                        "table-row" => self.end_row()?,
                        "table" => self.end_sheet(),
                        "table-cell" | "covered-table-cell" => self.blank_cell(&start)?,
                        _ => {}
                    }
                }
                Event::End(end) => {
                    level = level.saturating_sub(1);
                    match end.local_name().as_ref() {
                        "table-row" => self.end_row()?,
                        "table" => self.end_sheet(),
                        _ => {}
                    }
                }
                Event::Eof => {
                    self.end_sheet();
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        match start.local_name().as_ref() {
            "body" => self.styles.resolve(),
            "table" => {
                if self.book.sheets.len() >= self.limits.pages {
                    return Err(super::too_many_sheets(self.limits.pages));
                }
                self.end_sheet();
                let hidden = attribute(start, "style-name")
                    .is_some_and(|style| self.styles.get("table", &style).is_some_and(|style| style.hides));
                let name = attribute(start, "name").unwrap_or_else(|| "Blad".to_owned()).into();
                let sheet = Sheet { name, hidden, ..Sheet::default() };
                let sizes = Sizes::ordinary(12.8, 64.0);
                self.at = Some(Open { sheet, sizes, ..Open::default() });
            }
            "table-column" => {
                let Some(at) = &mut self.at else { return Ok(()) };
                let (first, last) =
                    (at.next_column, (at.next_column + repeated(start, "number-columns-repeated") - 1).min(MAX_COLUMN));
                at.next_column = last + 1;
                let hidden = is_hidden(start);
                if hidden {
                    at.sheet.hidden_columns.push((first, last));
                }
                let own =
                    attribute(start, "style-name").and_then(|style| self.styles.get("table-column", &style)?.size);
                if let Some(width) = if hidden { Some(0.0) } else { own } {
                    at.sizes.columns.push((first, last, width));
                }
                at.columns.push((first, last, attribute(start, "default-cell-style-name")));
            }
            "table-row" => {
                let Some(at) = &mut self.at else { return Ok(()) };
                at.repeat = repeated(start, "number-rows-repeated").min(MAX_ROW + 1);
                (at.column, at.content) = (0, false);
                let hidden = is_hidden(start);
                let own = attribute(start, "style-name").and_then(|style| self.styles.get("table-row", &style)?.size);
                if let Some(height) = if hidden { Some(0.0) } else { own } {
                    let rows = at.row..=(at.row + at.repeat.min(1000) - 1);
                    at.sizes.rows.extend(rows.map(|row| (row, height)));
                }
                at.sheet.rows.push(GridRow { row: at.row, hidden, ..GridRow::default() });
            }
            _ => {}
        }
        Ok(())
    }

    fn tree(&mut self, tree: &Element) -> Result<(), ReadError> {
        match tree.name.as_str() {
            "automatic-styles" => {
                self.styles.add_group(tree);
                Ok(())
            }
            "shapes" => {
                if let Some(at) = &mut self.at {
                    at.shapes.extend(cell::shapes(tree, None, &self.styles, &at.sheet));
                }
                Ok(())
            }
            "conditional-formats" => {
                if let Some(at) = &mut self.at {
                    let rules = tree.all("conditional-format").enumerate();
                    let rules = rules.flat_map(|(index, format)| rules_of(format, index, &self.styles));
                    at.sheet.rules.extend(rules);
                }
                Ok(())
            }
            _ => self.cell(tree),
        }
    }

    /// A cell with something in it.
    fn cell(&mut self, tree: &Element) -> Result<(), ReadError> {
        let Some(at) = &mut self.at else { return Ok(()) };
        let number = |name: &str| tree.number::<u32>(name).unwrap_or(1).max(1);
        let (row, column) = (at.row, at.column);
        let style_name =
            tree.attribute("style-name").or_else(|| default_style(&at.columns, column)).unwrap_or("Default");
        let style = self.styles.get("table-cell", style_name);
        if let Some(area) = span(row, column, number("number-rows-spanned"), number("number-columns-spanned")) {
            at.sheet.merges.push(area);
        }
        for note in tree.all("annotation") {
            let comment = cell::comment(note, row, column, &self.styles, &at.sheet);
            at.sheet.comments.extend(comment);
        }
        at.shapes.extend(cell::shapes(tree, Some((row, column)), &self.styles, &at.sheet));
        let read = cell::read(tree, column, style, &self.styles, &at.sheet.place(Area::cell(row, column)));
        let repeat = number("number-columns-repeated");
        at.content |= !read.paragraphs.is_empty();
        let name = style_name.to_owned();
        self.push(&read, repeat, &name)
    }

    /// A cell of which there is only the start tag.
    fn blank_cell(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some(at) = &mut self.at else { return Ok(()) };
        let spanned = |name: &str| repeated(start, name);
        let (row, column) = (at.row, at.column);
        if let Some(area) = span(row, column, spanned("number-rows-spanned"), spanned("number-columns-spanned")) {
            at.sheet.merges.push(area);
        }
        let own = attribute(start, "style-name");
        let name = own.or_else(|| default_style(&at.columns, column).map(str::to_owned)).unwrap_or_default();
        let fill = self.styles.get("table-cell", &name).and_then(|style| style.fill);
        let cell = GridCell { column, fill, ..GridCell::default() };
        self.push(&cell, repeated(start, "number-columns-repeated"), &name)
    }

    fn push(&mut self, cell: &GridCell, repeat: u32, style: &str) -> Result<(), ReadError> {
        let Some(at) = &mut self.at else { return Ok(()) };
        let (column, row) = (at.column, at.row);
        at.column = (column + repeat.min(MAX_COLUMN + 1)).min(MAX_COLUMN + 1);
        if self.styles.get("table-cell", style).is_some_and(|style: &Resolved| !style.maps.is_empty()) {
            let last_column = at.column.saturating_sub(1);
            let area = Area { first_row: row, first_column: column, last_row: row + at.repeat - 1, last_column };
            at.conditional.entry(style.to_owned()).or_default().push(area);
        }
        if cell.paragraphs.is_empty() && cell.fill.is_none() {
            return Ok(());
        }
        // A fill that goes on to the edge of the sheet is decoration.
        let repeat = if cell.paragraphs.is_empty() { repeat.min(64) } else { repeat };
        let last = (column + repeat).min(MAX_COLUMN + 1);
        self.budget.take(cell, (last - column) as usize)?;
        if let Some(row) = at.sheet.rows.last_mut() {
            row.cells.extend((column..last).map(|column| GridCell { column, ..cell.clone() }));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let Some(at) = &mut self.at else { return Ok(()) };
        let repeat = at.repeat.max(1);
        at.row = (at.row + repeat).min(MAX_ROW);
        let empty = at.sheet.rows.last().is_none_or(|row| row.cells.is_empty());
        if empty {
            at.sheet.rows.pop();
            return Ok(());
        }
        let Some(row) = at.sheet.rows.last() else { return Ok(()) };
        // Repeated rows of fills alone are decoration too.
        let copies = if at.content { repeat - 1 } else { (repeat - 1).min(63) };
        for cell in row.cells.iter().filter(|_| copies > 0) {
            self.budget.take(cell, copies as usize)?;
        }
        let (first, hidden, cells) = (row.row, row.hidden, row.cells.clone());
        for copy in 1..=copies {
            at.sheet.rows.push(GridRow {
                row: (first + copy).min(MAX_ROW),
                hidden,
                cells: cells.clone(),
                ..GridRow::default()
            });
        }
        Ok(())
    }

    fn end_sheet(&mut self) {
        let Some(mut at) = self.at.take() else { return };
        // Newer programs write the same rules twice; the newer form says more.
        let conditional = if at.sheet.rules.is_empty() { std::mem::take(&mut at.conditional) } else { BTreeMap::new() };
        for (name, areas) in conditional {
            let style = self.styles.get("table-cell", &name);
            for (index, (map, look)) in style.into_iter().flat_map(|style| &style.maps).enumerate() {
                let kind = styles::rule(map.test.clone(), *look);
                let priority = index as i64;
                at.sheet.rules.push(Rule { areas: areas.clone(), base: map.base, priority, stops: false, kind });
            }
        }
        at.sizes.settle();
        for shape in at.shapes {
            shape.place(&at.sizes, &mut at.sheet);
        }
        self.book.sheets.push(at.sheet);
    }
}

fn default_style(columns: &[(u32, u32, Option<String>)], column: u32) -> Option<&str> {
    columns.get(columns.partition_point(|&(_, last, _)| last < column))?.2.as_deref()
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_ROW + 1)
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn span(row: u32, column: u32, rows: u32, columns: u32) -> Option<Area> {
    (rows > 1 || columns > 1).then(|| Area {
        first_row: row,
        first_column: column,
        last_row: row.saturating_add(rows - 1).min(MAX_ROW),
        last_column: column.saturating_add(columns - 1).min(MAX_COLUMN),
    })
}

/// The rules of a `calcext:conditional-format`.
fn rules_of(format: &Element, index: usize, styles: &Styles) -> Vec<Rule> {
    let areas: Vec<Area> = addresses(format.attribute("target-range-address").unwrap_or_default());
    let kind = |rule: &Element| match rule.name.as_str() {
        "condition" => {
            // Here the style goes by the name that is shown; styles themselves go by that name encoded.
            let style = rule.attribute("apply-style-name").and_then(|name| {
                let encoded = || styles.get("table-cell", &name.replace('_', "_5f_").replace(' ', "_20_"));
                styles.get("table-cell", name).or_else(encoded)
            });
            let look =
                style.map(|style| RuleLook { fill: style.says_fill.then_some(style.fill), ink: style.look.colour });
            let look = look.filter(RuleLook::colours)?;
            Some(styles::rule(rule.attribute("value").and_then(styles::condition), look))
        }
        "icon-set" => Some(icons(rule).map_or(RuleKind::Unknown(Unknown::Icons), RuleKind::Icons)),
        "color-scale" => Some(RuleKind::Unknown(Unknown::Scale)),
        _ => None,
    };
    let rules = format.children().enumerate();
    rules
        .filter_map(|(rule, element)| {
            let priority = i64::try_from(index * 1000 + rule).unwrap_or(i64::MAX);
            Some(Rule {
                areas: areas.clone(),
                base: styles::base(element),
                priority,
                stops: false,
                kind: kind(element)?,
            })
        })
        .collect()
}

fn icons(set: &Element) -> Option<Icons> {
    let colours = icon_colours(set.attribute("icon-set-type")?)?;
    let step = |entry: &Element| {
        let value: Option<f64> = entry.number("value");
        let bound = match entry.attribute("type")? {
            "number" => Bound::Number(value?),
            "percent" => Bound::Percent(value?),
            "percentile" => Bound::Percentile(value?),
            "minimum" => Bound::Percent(0.0),
            "maximum" => Bound::Percent(100.0),
            _ => return None,
        };
        Some(Step { bound, inclusive: true })
    };
    let steps: Option<Vec<Step>> = set.all("formatting-entry").skip(1).map(step).collect();
    let steps = steps.filter(|steps| steps.len() + 1 == colours.len())?;
    Some(Icons { colours, steps, shows_value: set.flag("show-value") != Some(false) })
}

/// Areas such as `Blad1.A1:Blad1.B2 'Två ord'.C3`.
fn addresses(text: &str) -> Vec<Area> {
    let mut quoted = false;
    let parts = text.split(|c: char| {
        quoted ^= c == '\'';
        c == ' ' && !quoted
    });
    let cells = |part: &str| {
        let ends: Vec<&str> = part.rsplit(':').map(|end| end.rsplit('.').next().unwrap_or(end)).take(2).collect();
        match ends.as_slice() {
            [last, first] => Area::parse(&format!("{first}:{last}")),
            [only] => Area::parse(only),
            _ => None,
        }
    };
    parts.filter_map(cells).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_names_of_sheets() {
        let names: Vec<String> = addresses("Blad1.A1:Blad1.B2 'Två ord'.C3").iter().map(Area::name).collect();
        assert_eq!(names, ["A1:B2", "C3"]);
    }
}

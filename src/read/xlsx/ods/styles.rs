//! How things look in an .ods file: `styles.xml` and the automatic styles of `content.xml`.

use std::collections::BTreeMap;

use crate::page::Rgb;
use crate::read::xlsx::formula::{Compare, Formula, Function};
use crate::read::xlsx::grid::Area;
use crate::read::xlsx::rules::{RuleKind, RuleLook, Unknown};
use crate::read::xlsx::text::Look;
use crate::read::xlsx::xml::Element;

/// A style; what it leaves unsaid is its parent's.
#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    fill: Option<Option<Rgb>>,
    bold: Option<bool>,
    italic: Option<bool>,
    colour: Option<Option<Rgb>>,
    drawn: Option<Option<Rgb>>,
    data: Option<String>,
    hides: bool,
    /// Height of a row or width of a column, in points.
    size: Option<f64>,
    maps: Vec<(Map, String)>,
}

/// A style with everything it takes from its parents.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    pub(super) look: Look,
    /// It says itself whether it is bold, and whether it is italic.
    pub(super) says_weight: bool,
    pub(super) says_slope: bool,
    pub(super) fill: Option<Rgb>,
    /// It says itself what fill it has.
    pub(super) says_fill: bool,
    /// The fill of a drawn shape.
    pub(super) drawn: Option<Rgb>,
    /// A sheet that is not displayed.
    pub(super) hides: bool,
    pub(super) size: Option<f64>,
    pub(super) date: DateForm,
    /// Tests and the looks they give.
    pub(super) maps: Vec<(Map, RuleLook)>,
}

/// A test that a style is changed by.
#[derive(Clone, Debug)]
pub(super) struct Map {
    /// None where it is not understood.
    pub(super) test: Option<Formula>,
    /// Row and column of the cell that it is written for.
    pub(super) base: Option<(u32, u32)>,
}

/// How much of a day a date format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DateForm {
    #[default]
    Day,
    Month,
    Year,
}

/// All styles by family and name.
#[derive(Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    dates: BTreeMap<String, DateForm>,
    resolved: BTreeMap<String, Resolved>,
}

impl Styles {
    /// Takes in the styles of a file's root.
    pub(super) fn add(&mut self, root: &Element) {
        for group in root.children().filter(|group| group.name.ends_with("styles")) {
            self.add_group(group);
        }
    }

    /// Takes in a group of styles.
    pub(super) fn add_group(&mut self, group: &Element) {
        for child in group.children() {
            match child.name.as_str() {
                "style" | "default-style" => {
                    let name = child.attribute("name").unwrap_or("");
                    let family = child.attribute("family").unwrap_or("");
                    self.styles.insert(key(family, name), style(child));
                }
                "date-style" => {
                    let has = |name: &str| child.child(name).is_some();
                    let form = match (has("day"), has("month"), has("year")) {
                        (false, true, _) => DateForm::Month,
                        (false, false, true) => DateForm::Year,
                        _ => DateForm::Day,
                    };
                    self.dates.insert(child.attribute("name").unwrap_or("").to_owned(), form);
                }
                _ => {}
            }
        }
    }

    /// Works out every style, once all are in.
    pub(super) fn resolve(&mut self) {
        self.resolved = self.styles.keys().map(|key| (key.clone(), self.flat(key))).collect();
    }

    /// A style by family and name.
    pub(super) fn get(&self, family: &str, name: &str) -> Option<&Resolved> {
        self.resolved.get(&key(family, name))
    }

    fn flat(&self, name: &str) -> Resolved {
        let family = name.split('/').next().unwrap_or("");
        let mut chain: Vec<&Style> = Vec::new();
        let mut next = self.styles.get(name);
        while let Some(style) = next.filter(|_| chain.len() < 16) {
            chain.push(style);
            next = style.parent.as_ref().and_then(|parent| self.styles.get(&key(family, parent)));
        }
        chain.extend(self.styles.get(&key(family, "")));
        let first = |pick: fn(&Style) -> Option<Option<Rgb>>| chain.iter().find_map(|style| pick(style)).flatten();
        let flag = |pick: fn(&Style) -> Option<bool>| chain.iter().find_map(|style| pick(style)).unwrap_or(false);
        let data = chain.iter().find_map(|style| style.data.as_ref());
        let look_of = |name: &String| {
            let style = self.styles.get(&key("table-cell", name))?;
            Some(RuleLook { fill: style.fill, ink: style.colour.flatten() }).filter(RuleLook::colours)
        };
        Resolved {
            look: Look { bold: flag(|s| s.bold), italic: flag(|s| s.italic), colour: first(|s| s.colour) },
            says_weight: chain.iter().any(|style| style.bold.is_some()),
            says_slope: chain.iter().any(|style| style.italic.is_some()),
            fill: first(|s| s.fill),
            says_fill: first(|s| s.fill).is_some() || chain.first().is_some_and(|style| style.fill.is_some()),
            drawn: first(|s| s.drawn),
            hides: chain.first().is_some_and(|style| style.hides),
            size: chain.iter().find_map(|style| style.size),
            date: data.and_then(|data| self.dates.get(data)).copied().unwrap_or_default(),
            maps: chain
                .iter()
                .flat_map(|style| &style.maps)
                .filter_map(|(map, name)| Some((map.clone(), look_of(name)?)))
                .collect(),
        }
    }
}

fn key(family: &str, name: &str) -> String {
    format!("{family}/{name}")
}

fn style(element: &Element) -> Style {
    let mut style = Style {
        parent: element.attribute("parent-style-name").map(str::to_owned),
        data: element.attribute("data-style-name").map(str::to_owned),
        ..Style::default()
    };
    for child in element.children() {
        match child.name.as_str() {
            "table-cell-properties" => {
                style.fill =
                    child.attribute("background-color").map(|colour| visible(Rgb::from_hex(colour), Rgb::WHITE));
            }
            "text-properties" => {
                style.bold = child
                    .attribute("font-weight")
                    .map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
                style.italic = child.attribute("font-style").map(|slope| slope != "normal");
                style.colour = child.attribute("color").map(|colour| visible(Rgb::from_hex(colour), Rgb::BLACK));
                if child.flag("use-window-font-color") == Some(true) {
                    style.colour = Some(None);
                }
            }
            "graphic-properties" => {
                let colour = || child.attribute("fill-color").and_then(Rgb::from_hex);
                style.drawn = match child.attribute("fill") {
                    Some("none") => Some(None),
                    Some(_) => Some(colour()),
                    None => colour().map(Some),
                };
            }
            "table-properties" => style.hides = child.attribute("display") == Some("false"),
            "table-row-properties" => style.size = child.attribute("row-height").and_then(points),
            "table-column-properties" => style.size = child.attribute("column-width").and_then(points),
            "map" => {
                let map = Map { test: child.attribute("condition").and_then(condition), base: base(child) };
                style.maps.extend(child.attribute("apply-style-name").map(|name| (map, name.to_owned())));
            }
            _ => {}
        }
    }
    style
}

fn visible(colour: Option<Rgb>, ordinary: Rgb) -> Option<Rgb> {
    colour.filter(|&colour| colour != ordinary)
}

/// A condition as the format writes it: `cell-content()="Grön"`, `="Grön"`, `contains-text("Grön")`, `between(1,2)`.
pub(super) fn condition(text: &str) -> Option<Formula> {
    let text = references(text.trim());
    let text = text.strip_prefix("of:").unwrap_or(&text);
    let bare = text.strip_prefix("cell-content()").unwrap_or(text).trim();
    if let Some((compare, value)) = Compare::strip(bare) {
        return Some(Formula::this(compare, Formula::parse(value)?));
    }
    let (name, rest) = bare.split_once('(')?;
    let inner = rest.strip_suffix(')')?.trim();
    let quoted = || inner.strip_prefix('"')?.strip_suffix('"').map(|text| text.replace("\"\"", "\""));
    match name {
        "contains-text" => quoted().map(|text| Formula::contains(&text)),
        "not-contains-text" => quoted().map(|text| Formula::contains(&text).not()),
        "begins-with" => quoted().map(|text| Formula::edge(Function::Left, &text)),
        "ends-with" => quoted().map(|text| Formula::edge(Function::Right, &text)),
        "between" | "not-between" | "cell-content-is-between" | "cell-content-is-not-between" => {
            let (low, high) = inner.split_once(',')?;
            let between = Formula::between(Formula::parse(low)?, Formula::parse(high)?);
            Some(if name.contains("not") { between.not() } else { between })
        }
        "formula-is" | "is-true-formula" => Formula::parse(inner),
        _ => None,
    }
}

/// Cells as other programs write them: `[.$E2]` is `$E2`, `[$Listor.$A$1]` is `Listor!$A$1`.
fn references(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, (inside, after))) =
        rest.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)))
    {
        plain.push_str(before);
        match inside.rsplit_once('.') {
            Some((sheet, cell)) if !sheet.is_empty() => {
                plain.push_str(sheet.trim_start_matches('$'));
                plain.push('!');
                plain.push_str(cell);
            }
            Some((_, cell)) => plain.push_str(cell),
            None => plain.push_str(inside),
        }
        rest = after;
    }
    plain + rest
}

/// The cell that a condition is written for.
pub(super) fn base(element: &Element) -> Option<(u32, u32)> {
    let cell = Area::parse(element.attribute("base-cell-address")?.rsplit('.').next()?)?;
    Some((cell.first_row, cell.first_column))
}

/// The rule of a condition and a look.
pub(super) fn rule(test: Option<Formula>, look: RuleLook) -> RuleKind {
    test.map_or(RuleKind::Unknown(Unknown::Formula), |test| RuleKind::Look { test, look })
}

/// A length in points.
pub(super) fn points(length: &str) -> Option<f64> {
    let length = length.trim();
    let digits = length.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(length.len());
    let number: f64 = length[..digits].parse().ok()?;
    Some(match &length[digits..] {
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        "in" => number * 72.0,
        "pc" => number * 12.0,
        "px" => number * 0.75,
        _ => number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_in_every_form() {
        let green = || Some(Formula::this(Compare::Equal, Formula::parse("\"Grön\"").unwrap()));
        assert_eq!(condition("cell-content()=\"Grön\""), green());
        assert_eq!(condition("=\"Grön\""), green());
        assert_eq!(condition("contains-text(\"gul\")"), Some(Formula::contains("gul")));
        let number = |text: &str| Formula::parse(text).unwrap();
        assert_eq!(condition("between(1,2.5)"), Some(Formula::between(number("1"), number("2.5"))));
        assert_eq!(condition("formula-is([.$E2]=\"x\")"), Formula::parse("$E2=\"x\""));
        assert_eq!(condition("formula-is([$Listor.$A$1]=2.5)"), Formula::parse("Listor!$A$1=2.5"));
        assert_eq!(condition("duplicate"), None);
    }

    #[test]
    fn lengths_in_points() {
        assert_eq!(points("1in"), Some(72.0));
        assert_eq!(points("2.54cm").map(f64::round), Some(72.0));
        assert_eq!(points("x"), None);
    }
}

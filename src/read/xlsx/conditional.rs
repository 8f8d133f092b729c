//! Conditional formatting as .xlsx files write it: beside the cells, and in the newer form among the extensions (x14),
//! which programs take for rules that name another sheet and for icon sets put together by hand.

use super::formula::{Compare, Formula, Function};
use super::grid::Area;
use super::rules::{Bound, Icons, Rule, RuleKind, Step, Unknown, icon_colours};
use super::styles::Styles;
use super::xml::Element;
use crate::page::Rgb;

/// The rules of a `conditionalFormatting` element of either form.
pub(super) fn rules(element: &Element, styles: &Styles) -> Vec<Rule> {
    let written = element.child("sqref").map(Element::text);
    let written = written.as_deref().or_else(|| element.attribute("sqref")).unwrap_or_default();
    let areas: Vec<Area> = written.split_whitespace().filter_map(Area::parse).collect();
    element
        .all("cfRule")
        .filter_map(|rule| {
            let kind = kind(rule, styles)?;
            let priority = rule.number("priority").unwrap_or(i64::MAX);
            Some(Rule {
                areas: areas.clone(),
                base: None,
                priority,
                stops: rule.flag("stopIfTrue") == Some(true),
                kind,
            })
        })
        .collect()
}

fn kind(rule: &Element, styles: &Styles) -> Option<RuleKind> {
    match rule.attribute("type")? {
        "colorScale" => return Some(RuleKind::Unknown(Unknown::Scale)),
        // A bar as long as the number says no more than the number.
        "dataBar" => return None,
        "iconSet" => return Some(icons(rule).map_or(RuleKind::Unknown(Unknown::Icons), RuleKind::Icons)),
        _ => {}
    }
    let look = match rule.child("dxf") {
        Some(own) => styles.colours.rule_look(own),
        None => rule.number::<usize>("dxfId").and_then(|index| styles.rules.get(index).copied()).unwrap_or_default(),
    };
    match test(rule) {
        Some(test) => Some(RuleKind::Look { test, look }),
        // A rule that changes no colour (bold, borders) shows no light.
        None => look.colours().then_some(RuleKind::Unknown(Unknown::Formula)),
    }
}

/// When a rule applies.
fn test(rule: &Element) -> Option<Formula> {
    let formulas: Vec<String> =
        rule.children().filter(|child| matches!(child.name.as_str(), "formula" | "f")).map(Element::text).collect();
    let formula = |at: usize| formulas.get(at).and_then(|text| Formula::parse(text));
    let text = || rule.attribute("text");
    match rule.attribute("type")? {
        "cellIs" => {
            let compare = match rule.attribute("operator").unwrap_or("equal") {
                "equal" => Compare::Equal,
                "notEqual" => Compare::NotEqual,
                "lessThan" => Compare::Less,
                "lessThanOrEqual" => Compare::LessOrEqual,
                "greaterThan" => Compare::Greater,
                "greaterThanOrEqual" => Compare::GreaterOrEqual,
                "between" => return Some(Formula::between(formula(0)?, formula(1)?)),
                "notBetween" => return Some(Formula::between(formula(0)?, formula(1)?).not()),
                _ => return None,
            };
            Some(Formula::this(compare, formula(0)?))
        }
        // The formula says the same as the text; where there is no text, the text stands in a cell that the formula names.
        "containsText" => text().map(Formula::contains).or_else(|| formula(0)),
        "notContainsText" => text().map(|text| Formula::contains(text).not()).or_else(|| formula(0)),
        "beginsWith" => text().map(|text| Formula::edge(Function::Left, text)).or_else(|| formula(0)),
        "endsWith" => text().map(|text| Formula::edge(Function::Right, text)).or_else(|| formula(0)),
        "containsBlanks" | "notContainsBlanks" | "containsErrors" | "notContainsErrors" | "expression" => formula(0),
        _ => None,
    }
}

fn icons(rule: &Element) -> Option<Icons> {
    let set = rule.child("iconSet")?;
    let mut colours: Vec<Option<Rgb>> = match set.flag("custom") {
        // Each sign taken from a set of its own.
        Some(true) => set
            .all("cfIcon")
            .map(|icon| {
                let name = icon.attribute("iconSet")?;
                if name == "NoIcons" {
                    return Some(None);
                }
                icon_colours(name)?.get(icon.number::<usize>("iconId")?).copied()
            })
            .collect::<Option<_>>()?,
        _ => icon_colours(set.attribute("iconSet").unwrap_or("3TrafficLights1"))?,
    };
    if set.flag("reverse") == Some(true) {
        colours.reverse();
    }
    let step = |bound: &Element| {
        let value = || bound.number("val").or_else(|| bound.child("f")?.text().trim().parse().ok());
        let kind = match bound.attribute("type")? {
            "num" => Bound::Number(value()?),
            "percent" => Bound::Percent(value()?),
            "percentile" => Bound::Percentile(value()?),
            "min" => Bound::Percent(0.0),
            "max" => Bound::Percent(100.0),
            _ => return None,
        };
        Some(Step { bound: kind, inclusive: bound.flag("gte") != Some(false) })
    };
    let steps: Option<Vec<Step>> = set.all("cfvo").skip(1).map(step).collect();
    let steps = steps.filter(|steps| steps.len() + 1 == colours.len())?;
    Some(Icons { colours, steps, shows_value: set.flag("showValue") != Some(false) })
}

//! Conditional formatting as .xlsx files write it.

use super::grid::Area;
use super::rules::{Bound, Compare, Icons, Rule, RuleKind, Step, Test, Value, icon_colours};
use super::xml::Element;
use crate::page::Rgb;

/// The rules of a `conditionalFormatting` element.
pub(super) fn rules(element: &Element, fills: &[Option<Rgb>]) -> Vec<Rule> {
    let areas: Vec<Area> =
        element.attribute("sqref").unwrap_or_default().split_whitespace().filter_map(Area::parse).collect();
    element
        .all("cfRule")
        .filter_map(|rule| {
            let kind = kind(rule, fills)?;
            Some(Rule { areas: areas.clone(), priority: rule.number("priority").unwrap_or(i64::MAX), kind })
        })
        .collect()
}

fn kind(rule: &Element, fills: &[Option<Rgb>]) -> Option<RuleKind> {
    match rule.attribute("type")? {
        "colorScale" => return Some(RuleKind::Unknown("färgskala")),
        // A bar as long as the number says no more than the number.
        "dataBar" => return None,
        "iconSet" => return Some(icons(rule).map_or(RuleKind::Unknown("ikonuppsättning"), RuleKind::Icons)),
        _ => {}
    }
    // A rule that changes no fill (bold, borders) shows no light.
    let fill = rule.number::<usize>("dxfId").and_then(|index| fills.get(index).copied().flatten());
    fill?;
    Some(match test(rule) {
        Some(test) => RuleKind::Fill { test, fill },
        None => RuleKind::Unknown("en regel med formel"),
    })
}

fn test(rule: &Element) -> Option<Test> {
    let formulas: Vec<String> = rule.all("formula").map(Element::text).collect();
    let text = || rule.attribute("text").map(str::to_owned);
    let formula = || formulas.first().map(String::as_str);
    match rule.attribute("type")? {
        "cellIs" => {
            let value = Value::parse(formula()?)?;
            let compare = match rule.attribute("operator").unwrap_or("equal") {
                "equal" => Compare::Equal,
                "notEqual" => Compare::NotEqual,
                "lessThan" => Compare::Less,
                "lessThanOrEqual" => Compare::LessOrEqual,
                "greaterThan" => Compare::Greater,
                "greaterThanOrEqual" => Compare::GreaterOrEqual,
                operator @ ("between" | "notBetween") => {
                    let (Value::Number(low), Value::Number(high)) = (value, Value::parse(formulas.get(1)?)?) else {
                        return None;
                    };
                    return Some(Test::Between(low, high, operator == "between"));
                }
                _ => return None,
            };
            Some(Test::Compare(compare, value))
        }
        "containsText" => Some(Test::Contains(text()?)),
        "notContainsText" => Some(Test::Lacks(text()?)),
        "beginsWith" => Some(Test::Begins(text()?)),
        "endsWith" => Some(Test::Ends(text()?)),
        "expression" => Test::formula(formula()?),
        _ => None,
    }
}

fn icons(rule: &Element) -> Option<Icons> {
    let set = rule.child("iconSet")?;
    let mut colours = icon_colours(set.attribute("iconSet").unwrap_or("3TrafficLights1"))?;
    if set.flag("reverse") == Some(true) {
        colours.reverse();
    }
    let step = |bound: &Element| {
        let value: Option<f64> = bound.number("val");
        let kind = match bound.attribute("type")? {
            "num" => Bound::Number(value?),
            "percent" => Bound::Percent(value?),
            "percentile" => Bound::Percentile(value?),
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

//! Conditional formatting with fixed rules: which cells a rule colours, which signs an icon set shows.

use super::grid::{Area, Sheet, reference};
use crate::model::WarningCode;
use crate::page::{Inline, Mark, Paragraph, Rgb};

/// A rule over some cells.
pub(super) struct Rule {
    pub(super) areas: Vec<Area>,
    /// The lowest goes first.
    pub(super) priority: i64,
    pub(super) kind: RuleKind,
}

/// What a rule does.
pub(super) enum RuleKind {
    /// Fills the cells that pass a test.
    Fill {
        /// The test.
        test: Test,
        /// The fill; none where the rule changes something else only.
        fill: Option<Rgb>,
    },
    /// Shows one of several signs.
    Icons(Icons),
    /// A rule that colours cells in a way that is not read; the text names it.
    Unknown(&'static str),
}

/// A test of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// The cell's value against a fixed one.
    Compare(Compare, Value),
    /// Between two numbers, or not.
    Between(f64, f64, bool),
    /// Text in the cell.
    Contains(String),
    /// Text not in the cell.
    Lacks(String),
    /// Text at its start.
    Begins(String),
    /// Text at its end.
    Ends(String),
    /// The same on another cell: how far down and to the right of the tested one.
    Of(Relative, Box<Test>),
}

/// Another cell, from the area's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relative {
    row: u32,
    column: u32,
    fixed_row: bool,
    fixed_column: bool,
}

/// How to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A fixed value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
}

/// An icon set.
pub(super) struct Icons {
    /// From the lowest value to the highest.
    pub(super) colours: Vec<Option<Rgb>>,
    /// The least value of each sign after the first.
    pub(super) steps: Vec<Step>,
    /// Whether the value stands beside the sign.
    pub(super) shows_value: bool,
}

/// Where the next sign begins.
pub(super) struct Step {
    pub(super) bound: Bound,
    /// A value on the bound belongs to the next sign.
    pub(super) inclusive: bool,
}

/// A bound between two signs.
pub(super) enum Bound {
    Number(f64),
    /// Of the way from the least to the greatest value.
    Percent(f64),
    /// Of the values in order.
    Percentile(f64),
}

impl Value {
    /// A fixed value in a formula: `"text"` or a number.
    pub(super) fn parse(formula: &str) -> Option<Self> {
        let formula = formula.trim();
        if let Some(text) = formula.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            let text = text.replace("\"\"", "\u{0}");
            return (!text.contains('"')).then(|| Self::Text(text.replace('\u{0}', "\"")));
        }
        formula.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number)
    }
}

impl Compare {
    /// Cuts an operator off the start of a condition.
    pub(super) fn strip(text: &str) -> Option<(Self, &str)> {
        [
            ("<>", Self::NotEqual),
            ("!=", Self::NotEqual),
            ("<=", Self::LessOrEqual),
            (">=", Self::GreaterOrEqual),
            ("<", Self::Less),
            (">", Self::Greater),
            ("=", Self::Equal),
        ]
        .into_iter()
        .find_map(|(sign, compare)| Some((compare, text.trim_start().strip_prefix(sign)?.trim())))
    }

    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl Test {
    /// A formula of a simple form: `$E2="Grön"`, `ISNUMBER(SEARCH("grön",$E2))`, `NOT(ISERROR(SEARCH(…)))`.
    pub(super) fn formula(formula: &str) -> Option<Self> {
        let formula = formula.trim().trim_start_matches('=').trim();
        let upper = formula.to_ascii_uppercase();
        for prefix in ["NOT(ISERROR(SEARCH(", "ISNUMBER(SEARCH(", "NOT(ISERROR(FIND(", "ISNUMBER(FIND("] {
            if upper.starts_with(prefix) {
                let inner = formula[prefix.len()..].trim_end_matches(')');
                let (text, cell) = inner.rsplit_once(',').or_else(|| inner.rsplit_once(';'))?;
                let Value::Text(text) = Value::parse(text)? else { return None };
                return Some(Self::Of(Relative::parse(cell)?, Box::new(Self::Contains(text))));
            }
        }
        let at = formula.find(['=', '<', '>'])?;
        let (compare, value) = Compare::strip(&formula[at..])?;
        Some(Self::Of(Relative::parse(&formula[..at])?, Box::new(Self::Compare(compare, Value::parse(value)?))))
    }

    fn passes(&self, sheet: &Sheet, first: Area, row: u32, column: u32) -> bool {
        if let Self::Of(relative, test) = self {
            let (row, column) = relative.from(first, row, column);
            return test.passes(sheet, first, row, column);
        }
        let Some(cell) = sheet.find(row, column).filter(|cell| cell.has_content()) else { return false };
        let text = || cell.text().trim().to_lowercase();
        match self {
            Self::Compare(compare, Value::Number(number)) => {
                cell.number.is_some_and(|value| value.partial_cmp(number).is_some_and(|order| compare.holds(order)))
            }
            Self::Compare(compare, Value::Text(wanted)) => compare.holds(text().cmp(&wanted.trim().to_lowercase())),
            Self::Between(low, high, inside) => {
                cell.number.is_some_and(|value| (*low..=*high).contains(&value) == *inside)
            }
            Self::Contains(part) => text().contains(&part.to_lowercase()),
            Self::Lacks(part) => !text().contains(&part.to_lowercase()),
            Self::Begins(part) => text().starts_with(&part.to_lowercase()),
            Self::Ends(part) => text().ends_with(&part.to_lowercase()),
            Self::Of(..) => false,
        }
    }
}

impl Relative {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (row, column) = reference(text)?;
        Some(Self {
            row: row?,
            column: column?,
            fixed_column: text.starts_with('$'),
            fixed_row: text.get(1..)?.contains('$'),
        })
    }

    fn from(self, first: Area, row: u32, column: u32) -> (u32, u32) {
        let moved = |at: u32, from: u32, to: u32, fixed: bool| {
            if fixed { at } else { (at + to).saturating_sub(from) }
        };
        (
            moved(self.row, first.first_row, row, self.fixed_row),
            moved(self.column, first.first_column, column, self.fixed_column),
        )
    }
}

/// The colours of Excel's icon sets, from the lowest value to the highest; none where a sign has no colour of its own.
pub(super) fn icon_colours(name: &str) -> Option<Vec<Option<Rgb>>> {
    const RED: Rgb = Rgb::new(255, 0, 0);
    const YELLOW: Rgb = Rgb::new(255, 192, 0);
    const GREEN: Rgb = Rgb::new(0, 176, 80);
    match name {
        "3TrafficLights1" | "3TrafficLights2" | "3Signs" | "3Symbols" | "3Symbols2" | "3Flags" | "3Arrows"
        | "3TrafficLights" => Some(vec![Some(RED), Some(YELLOW), Some(GREEN)]),
        "4TrafficLights" => Some(vec![Some(Rgb::BLACK), Some(RED), Some(YELLOW), Some(GREEN)]),
        "4Arrows" | "4RedToBlack" => None,
        _ => None,
    }
}

/// Colours the cells of a sheet by its rules; of several that match a cell the first stands.
pub(super) fn apply(sheet: &mut Sheet) {
    let mut rules = std::mem::take(&mut sheet.rules);
    rules.sort_by_key(|rule| rule.priority);
    let mut fills: Vec<(usize, usize, Rgb)> = Vec::new();
    let mut icons: Vec<(usize, usize, Rgb, bool)> = Vec::new();
    for rule in &rules {
        let Some(&first) = rule.areas.first() else { continue };
        if let RuleKind::Unknown(what) = rule.kind {
            let message = format!("Villkorsstyrd formatering ({what}) läses inte: en färg som den visar kan saknas.");
            sheet.warn(WarningCode::Unsupported, message, Some(first));
            continue;
        }
        let sheet: &Sheet = sheet;
        let cells = rule.areas.iter().flat_map(|&area| {
            sheet.rows_of(area).flat_map(move |row| {
                sheet.rows[row].cells_of(area.first_column, area.last_column).map(move |cell| (row, cell))
            })
        });
        match &rule.kind {
            RuleKind::Fill { test, fill: Some(fill) } => {
                let passing = cells.filter(|&(row, cell)| {
                    let row = &sheet.rows[row];
                    test.passes(sheet, first, row.row, row.cells[cell].column)
                });
                fills.extend(passing.map(|(row, cell)| (row, cell, *fill)));
            }
            RuleKind::Icons(set) => {
                let values: Vec<(usize, usize, f64)> =
                    cells.filter_map(|(row, cell)| Some((row, cell, sheet.rows[row].cells[cell].number?))).collect();
                let bounds = set.bounds(values.iter().map(|&(.., value)| value).collect());
                for (row, cell, value) in values {
                    let sign =
                        set.steps.iter().zip(&bounds).take_while(|(step, bound)| {
                            if step.inclusive { value >= **bound } else { value > **bound }
                        });
                    if let Some(Some(colour)) = set.colours.get(sign.count()) {
                        icons.push((row, cell, *colour, set.shows_value));
                    }
                }
            }
            _ => {}
        }
    }
    // The first rule of a cell is written last.
    for (row, cell, fill) in fills.into_iter().rev() {
        sheet.rows[row].cells[cell].fill = Some(fill);
    }
    for (row, cell, fill, shows_value) in icons {
        let cell = &mut sheet.rows[row].cells[cell];
        let mark = Inline::Mark(Mark::Icon { fill });
        if !shows_value {
            cell.paragraphs.clear();
        }
        match cell.paragraphs.first_mut() {
            Some(first) => first.inlines.insert(0, mark),
            None => cell.paragraphs.push(Paragraph { inlines: vec![mark], ..Paragraph::default() }),
        }
    }
}

impl Icons {
    fn bounds(&self, mut values: Vec<f64>) -> Vec<f64> {
        values.sort_by(f64::total_cmp);
        let (low, high) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
        let bound = |step: &Step| match step.bound {
            Bound::Number(number) => number,
            Bound::Percent(share) => low + (high - low) * share / 100.0,
            Bound::Percentile(share) => {
                let at = (share / 100.0).clamp(0.0, 1.0) * values.len().saturating_sub(1) as f64;
                let (below, above) = (at.floor() as usize, at.ceil() as usize);
                match (values.get(below), values.get(above)) {
                    (Some(below), Some(above)) => below + (above - below) * at.fract(),
                    _ => low,
                }
            }
        };
        self.steps.iter().map(bound).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_formulas_are_understood() {
        let Some(Test::Of(relative, test)) = Test::formula("$E2=\"Grön\"") else { panic!() };
        assert_eq!(*test, Test::Compare(Compare::Equal, Value::Text("Grön".into())));
        assert_eq!(relative.from(Area::cell(1, 0), 4, 3), (4, 4));
        assert!(matches!(Test::formula("NOT(ISERROR(SEARCH(\"gul\",E2)))"), Some(Test::Of(..))));
        for unknown in ["AND(A1=1,B1=2)", "A1=B1", "TODAY()>A1", "", "COUNTIF(A:A,A1)>1"] {
            assert_eq!(Test::formula(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn quoted_values() {
        assert_eq!(Value::parse("\"a \"\"b\"\"\""), Some(Value::Text("a \"b\"".into())));
        assert_eq!(Value::parse("2"), Some(Value::Number(2.0)));
        assert_eq!(Value::parse("$A$1"), None);
    }
}

//! Formulas of rules, as far as rules need them: values, cells, comparisons and the common functions.
//!
//! What is not understood is no formula at all, so that its rule becomes a warning; nothing is half understood.

mod parse;

use std::cmp::Ordering;

use super::grid::reference;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    Value(Value),
    /// The cell that the rule is asked about.
    This,
    Cell(Relative),
    /// A cell of another sheet, by the sheet's name.
    Elsewhere(String, Relative),
    Not(Box<Formula>),
    Compare(Compare, Box<Formula>, Box<Formula>),
    Arithmetic(char, Box<Formula>, Box<Formula>),
    Call(Function, Vec<Formula>),
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Number(f64),
    Text(String),
    Bool(bool),
    Error,
}

/// Another cell, from the area's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relative {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) fixed_row: bool,
    pub(super) fixed_column: bool,
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

/// The functions that rules use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    And,
    Or,
    Not,
    If,
    IsBlank,
    IsNumber,
    IsText,
    IsError,
    Len,
    Trim,
    Upper,
    Lower,
    Left,
    Right,
    Exact,
    Search,
    Find,
    True,
    False,
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

    pub(super) fn holds(self, order: Ordering) -> bool {
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

impl Function {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "AND" => Self::And,
            "OR" => Self::Or,
            "NOT" => Self::Not,
            "IF" => Self::If,
            "ISBLANK" => Self::IsBlank,
            "ISNUMBER" => Self::IsNumber,
            "ISTEXT" => Self::IsText,
            "ISERROR" | "ISERR" => Self::IsError,
            "LEN" => Self::Len,
            "TRIM" => Self::Trim,
            "UPPER" => Self::Upper,
            "LOWER" => Self::Lower,
            "LEFT" => Self::Left,
            "RIGHT" => Self::Right,
            "EXACT" => Self::Exact,
            "SEARCH" => Self::Search,
            "FIND" => Self::Find,
            "TRUE" => Self::True,
            "FALSE" => Self::False,
            _ => return None,
        })
    }

    /// How few and how many values it takes.
    pub(super) fn takes(self) -> (usize, usize) {
        match self {
            Self::True | Self::False => (0, 0),
            Self::And | Self::Or => (1, 32),
            Self::If => (2, 3),
            Self::Left | Self::Right => (1, 2),
            Self::Exact => (2, 2),
            Self::Search | Self::Find => (2, 2),
            _ => (1, 1),
        }
    }
}

impl Relative {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (row, column) = reference(text)?;
        Some(Self {
            row: row?,
            column: column?,
            fixed_column: text.starts_with('$'),
            fixed_row: text.get(1..)?.contains('$'),
        })
    }

    /// The cell, seen from `at` in an area that begins at `first`; both are row and column.
    pub(super) fn from(self, first: (u32, u32), at: (u32, u32)) -> (u32, u32) {
        let moved = |own: u32, from: u32, to: u32, fixed: bool| {
            if fixed { own } else { (own + to).saturating_sub(from) }
        };
        (moved(self.row, first.0, at.0, self.fixed_row), moved(self.column, first.1, at.1, self.fixed_column))
    }

    /// Where it stands, if that is the same for every cell of the area.
    pub(super) fn fixed(self) -> Option<(u32, u32)> {
        (self.fixed_row && self.fixed_column).then_some((self.row, self.column))
    }
}

/// What a formula is asked about: the area's first cell, the cell itself, and what stands in a cell.
pub(super) struct Asked<'a> {
    pub(super) first: (u32, u32),
    pub(super) at: (u32, u32),
    pub(super) cell: &'a dyn Fn(u32, u32) -> Value,
}

impl Value {
    /// Whether a rule whose formula gives this applies.
    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true)) || matches!(self, Self::Number(number) if *number != 0.0)
    }

    fn text(&self) -> Option<String> {
        Some(match self {
            Self::Blank => String::new(),
            Self::Number(number) => super::number::general(*number),
            Self::Text(text) => text.clone(),
            Self::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Error => return None,
        })
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Blank => Some(0.0),
            Self::Number(number) => Some(*number),
            Self::Bool(flag) => Some(f64::from(u8::from(*flag))),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Error => None,
        }
    }

    /// As spreadsheets order values: numbers before text before truth; a blank cell is 0, nothing or false.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Error, _) | (_, Self::Error) => None,
            (Self::Blank, Self::Blank) => Some(Ordering::Equal),
            (Self::Blank, Self::Number(number)) => 0.0_f64.partial_cmp(number),
            (Self::Number(number), Self::Blank) => number.partial_cmp(&0.0),
            (Self::Blank, Self::Text(text)) => Some("".cmp(text.as_str())),
            (Self::Text(text), Self::Blank) => Some(text.as_str().cmp("")),
            (Self::Blank, Self::Bool(flag)) => Some(false.cmp(flag)),
            (Self::Bool(flag), Self::Blank) => Some(flag.cmp(&false)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Text(a), Self::Text(b)) => Some(a.to_lowercase().cmp(&b.to_lowercase())),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Number(_), _) | (Self::Text(_), Self::Bool(_)) => Some(Ordering::Less),
            (Self::Text(_), Self::Number(_)) | (Self::Bool(_), _) => Some(Ordering::Greater),
        }
    }
}

impl Formula {
    /// A formula as a file writes it, with or without the sign before it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        parse::formula(text)
    }

    /// Whether text stands somewhere in the asked cell.
    pub(super) fn contains(text: &str) -> Self {
        let found = Self::Call(Function::Find, vec![Self::lower(Self::text(text)), Self::lower(Self::This)]);
        Self::Call(Function::IsNumber, vec![found])
    }

    /// Whether the asked cell's text begins or ends with another.
    pub(super) fn edge(edge: Function, text: &str) -> Self {
        let length = Self::Value(Value::Number(text.chars().count() as f64));
        let own = Self::Call(edge, vec![Self::This, length]);
        Self::Compare(Compare::Equal, Box::new(own), Box::new(Self::text(text)))
    }

    /// The opposite.
    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// The asked cell against a value.
    pub(super) fn this(compare: Compare, value: Self) -> Self {
        Self::Compare(compare, Box::new(Self::This), Box::new(value))
    }

    /// The asked cell between two values.
    pub(super) fn between(low: Self, high: Self) -> Self {
        let ends = vec![Self::this(Compare::GreaterOrEqual, low), Self::this(Compare::LessOrEqual, high)];
        Self::Call(Function::And, ends)
    }

    /// Itself, unless it searches with signs that stand for any letter.
    pub(super) fn known(self) -> Option<Self> {
        let wild =
            |of: &[Self]| matches!(of.first(), Some(Self::Value(Value::Text(text))) if text.contains(['?', '*', '~']));
        match &self {
            Self::Call(Function::Search, of) if wild(of) => None,
            _ => Some(self),
        }
    }

    fn text(text: &str) -> Self {
        Self::Value(Value::Text(text.to_owned()))
    }

    fn lower(of: Self) -> Self {
        Self::Call(Function::Lower, vec![of])
    }

    /// Every formula that this one is made of, itself too.
    pub(super) fn each(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::Value(_) | Self::This | Self::Cell(_) | Self::Elsewhere(..) => {}
            Self::Not(of) => of.each(visit),
            Self::Compare(_, a, b) | Self::Arithmetic(_, a, b) => {
                a.each(visit);
                b.each(visit);
            }
            Self::Call(_, of) => of.iter_mut().for_each(|one| one.each(visit)),
        }
    }

    /// What it gives.
    pub(super) fn value(&self, asked: &Asked<'_>) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::This => (asked.cell)(asked.at.0, asked.at.1),
            Self::Cell(cell) => {
                let (row, column) = cell.from(asked.first, asked.at);
                (asked.cell)(row, column)
            }
            Self::Elsewhere(..) => Value::Error,
            Self::Not(of) => match of.value(asked) {
                Value::Error => Value::Error,
                value => Value::Bool(!value.is_true()),
            },
            Self::Compare(compare, a, b) => match a.value(asked).order(&b.value(asked)) {
                Some(order) => Value::Bool(compare.holds(order)),
                None => Value::Error,
            },
            Self::Arithmetic(sign, a, b) => {
                let (a, b) = (a.value(asked), b.value(asked));
                if *sign == '&' {
                    return a.text().zip(b.text()).map_or(Value::Error, |(a, b)| Value::Text(a + &b));
                }
                let Some((a, b)) = a.number().zip(b.number()) else { return Value::Error };
                let result = match sign {
                    '+' => a + b,
                    '-' => a - b,
                    '*' => a * b,
                    _ => a / b,
                };
                if result.is_finite() { Value::Number(result) } else { Value::Error }
            }
            Self::Call(function, of) => call(*function, of, asked),
        }
    }
}

fn call(function: Function, of: &[Formula], asked: &Asked<'_>) -> Value {
    let value = |at: usize| of.get(at).map_or(Value::Blank, |formula| formula.value(asked));
    let text = |at: usize| value(at).text();
    let of_text = |change: fn(&str) -> Value| text(0).map_or(Value::Error, |text| change(&text));
    let all = |wanted: bool| {
        let values: Vec<Value> = of.iter().map(|formula| formula.value(asked)).collect();
        if values.contains(&Value::Error) { None } else { Some(values.iter().all(|value| value.is_true() == wanted)) }
    };
    let flag = |flag: Option<bool>| flag.map_or(Value::Error, Value::Bool);
    match function {
        Function::True => Value::Bool(true),
        Function::False => Value::Bool(false),
        Function::And => flag(all(true)),
        Function::Or => flag(all(false).map(|none| !none)),
        Function::Not => match value(0) {
            Value::Error => Value::Error,
            value => Value::Bool(!value.is_true()),
        },
        Function::If => match value(0) {
            Value::Error => Value::Error,
            test if test.is_true() => value(1),
            _ if of.len() > 2 => value(2),
            _ => Value::Bool(false),
        },
        Function::IsBlank => Value::Bool(value(0) == Value::Blank),
        Function::IsNumber => Value::Bool(matches!(value(0), Value::Number(_))),
        Function::IsText => Value::Bool(matches!(value(0), Value::Text(_))),
        Function::IsError => Value::Bool(value(0) == Value::Error),
        Function::Len => of_text(|text| Value::Number(text.chars().count() as f64)),
        Function::Trim => of_text(|text| Value::Text(text.split_whitespace().collect::<Vec<_>>().join(" "))),
        Function::Upper => of_text(|text| Value::Text(text.to_uppercase())),
        Function::Lower => of_text(|text| Value::Text(text.to_lowercase())),
        Function::Left | Function::Right => {
            let count = if of.len() > 1 { value(1).number() } else { Some(1.0) };
            let Some((text, count)) = text(0).zip(count.filter(|count| *count >= 0.0)) else { return Value::Error };
            let (length, count) = (text.chars().count(), count as usize);
            let skip = if function == Function::Right { length.saturating_sub(count) } else { 0 };
            Value::Text(text.chars().skip(skip).take(count).collect())
        }
        Function::Exact => flag(text(0).zip(text(1)).map(|(a, b)| a == b)),
        Function::Search | Function::Find => {
            let Some((part, whole)) = text(0).zip(text(1)) else { return Value::Error };
            let fold = |text: String| if function == Function::Search { text.to_lowercase() } else { text };
            let (part, whole) = (fold(part), fold(whole));
            whole.find(&part).map_or(Value::Error, |at| Value::Number(whole[..at].chars().count() as f64 + 1.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a formula gives for cell B2 of an area that begins there; A1 is "Grön", B2 is 3, C2 is " gul, sen".
    fn value(formula: &str) -> Value {
        let cell = |row: u32, column: u32| match (row, column) {
            (0, 0) => Value::Text("Grön".into()),
            (1, 1) => Value::Number(3.0),
            (1, 2) => Value::Text(" gul, sen".into()),
            _ => Value::Blank,
        };
        let asked = Asked { first: (1, 1), at: (1, 1), cell: &cell };
        Formula::parse(formula).unwrap_or_else(|| panic!("{formula}")).value(&asked)
    }

    #[test]
    fn the_formulas_that_rules_are_made_of() {
        for holds in [
            "$A$1=\"grön\"",
            "=B2>=3",
            "AND(B2>1;B2<5)",
            "OR($A$1=\"Gul\",$B2=3)",
            "NOT(ISERROR(SEARCH(\"GUL\",C2)))",
            "ISNUMBER(SEARCH(\"gul\",$C2))",
            "LEN(TRIM(D2))=0",
            "ISBLANK(D2)",
            "LEFT(TRIM(C2),3)=\"gul\"",
            "RIGHT($A$1)=\"n\"",
            "IF(B2=3,TRUE,FALSE)",
            "EXACT(A1,\"Grön\")",
            "UPPER($A$1)=\"GRÖN\"",
            "$A$1&\"t\"=\"grönt\"",
            "D2=\"\"",
            "D2=0",
            "$A$1>99",
            "B2-1=2",
            "(B2=3)",
            "-B2<0",
            "B2<>2.5",
            "$A$1<>\"Gul\"",
        ] {
            assert_eq!(value(holds), Value::Bool(true), "{holds}");
        }
        for fails in ["B2=\"3\"", "FIND(\"GUL\",C2)>0", "AND(B2=3,$A$1=\"Gul\")", "ISTEXT(B2)"] {
            assert!(!value(fails).is_true(), "{fails}");
        }
    }

    #[test]
    fn what_is_not_understood_is_no_formula() {
        for unknown in [
            "TODAY()>A1",
            "COUNTIF(A:A,A1)>1",
            "A1:A3=1",
            "",
            "A1=",
            "(A1",
            "Namn=1",
            "A1 1",
            "SEARCH(\"g?l\",A1)",
            "LEN()",
            "#REF!=1",
        ] {
            assert_eq!(Formula::parse(unknown), None, "{unknown}");
        }
        assert_eq!(Formula::parse(&"(".repeat(10_000)), None);
        assert_eq!(Formula::parse(&"-".repeat(10_000)), None);
    }

    #[test]
    fn cells_of_other_sheets() {
        let cell = Relative::parse("$A$2").unwrap();
        let elsewhere = |name: &str| Some(Formula::Elsewhere(name.to_owned(), cell));
        assert_eq!(Formula::parse("Listor!$A$2"), elsewhere("Listor"));
        assert_eq!(Formula::parse("'Två ''ord'''!$A$2"), elsewhere("Två 'ord'"));
    }
}

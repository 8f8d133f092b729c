//! Conditional formatting with fixed rules: which cells a rule colours, which signs an icon set shows.

use std::collections::BTreeMap;

use super::formula::{Asked, Formula, Value};
use super::grid::{Area, Book, GridCell, Sheet};
use crate::model::WarningCode;
use crate::page::{Inline, Mark, Paragraph, Rgb};

/// A rule over some cells.
pub(super) struct Rule {
    pub(super) areas: Vec<Area>,
    /// The row and column that its formula is written for, where that is not the first of the first area.
    pub(super) base: Option<(u32, u32)>,
    /// The lowest goes first.
    pub(super) priority: i64,
    /// Where it applies, no later rule does.
    pub(super) stops: bool,
    pub(super) kind: RuleKind,
}

/// What a rule does.
pub(super) enum RuleKind {
    /// Changes the look of the cells that pass a test.
    Look {
        /// The test.
        test: Formula,
        /// What it changes.
        look: RuleLook,
    },
    /// Shows one of several signs.
    Icons(Icons),
    /// A rule that colours cells in a way that is not read.
    Unknown(Unknown),
}

/// What a rule changes; what it leaves alone is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RuleLook {
    /// The fill: a colour, or none at all.
    pub(super) fill: Option<Option<Rgb>>,
    /// The text's colour.
    pub(super) ink: Option<Rgb>,
}

impl RuleLook {
    /// Whether a light may show by it.
    pub(super) fn colours(&self) -> bool {
        self.fill.is_some() || self.ink.is_some()
    }
}

/// A way of colouring that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// From one colour to another, by the number.
    Scale,
    /// Signs without a known colour, or with bounds that are worked out.
    Icons,
    /// By a formula that is not understood.
    Formula,
    /// One of more rules than are tried.
    TooMany,
}

impl Unknown {
    fn name(self) -> &'static str {
        match self {
            Self::Scale => "färgskala",
            Self::Icons => "ikonuppsättning",
            Self::Formula => "en regel med formel",
            Self::TooMany => "fler regler än som prövas",
        }
    }

    /// Whether the fill of a cell may be another than the file's own.
    fn may_fill(self, cell: &GridCell) -> bool {
        match self {
            Self::Scale => cell.number.is_some(),
            Self::Icons => false,
            Self::Formula | Self::TooMany => true,
        }
    }
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

/// Puts the values of cells on other sheets into the formulas that name them. Once the sheets are in order.
pub(super) fn settle(book: &mut Book) {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (index, sheet) in book.sheets.iter().enumerate() {
        named.entry(sheet.name.to_lowercase()).or_insert(index);
    }
    let mut rules: Vec<Vec<Rule>> = book.sheets.iter_mut().map(|sheet| std::mem::take(&mut sheet.rules)).collect();
    for rule in rules.iter_mut().flatten() {
        let RuleKind::Look { test, .. } = &mut rule.kind else { continue };
        let mut known = true;
        test.each(&mut |formula| {
            let Formula::Elsewhere(name, cell) = formula else { return };
            let found = named.get(&name.to_lowercase()).zip(cell.fixed());
            match found {
                Some((&sheet, (row, column))) => *formula = Formula::Value(book.sheets[sheet].value(row, column)),
                None => known = false,
            }
        });
        if !known {
            rule.kind = RuleKind::Unknown(Unknown::Formula);
        }
    }
    for (sheet, rules) in book.sheets.iter_mut().zip(rules) {
        sheet.rules = rules;
    }
}

/// What the rules decided for a cell so far.
#[derive(Default)]
struct Decided {
    fill: Option<Option<Rgb>>,
    ink: Option<Rgb>,
    icon: Option<(Rgb, bool)>,
    /// A rule that is not read may have decided otherwise.
    unsure: bool,
    stopped: bool,
}

/// The widest area whose blank cells are asked too.
const WIDEST: u32 = 8;

/// How often the rules of a sheet may be tried on a cell; thousands of rules over whole columns are left out.
const MOST_TRIES: usize = 5_000_000;

/// Colours the cells of a sheet by its rules; of several that match a cell the first stands.
pub(super) fn apply(sheet: &mut Sheet) {
    let mut rules = std::mem::take(&mut sheet.rules);
    rules.sort_by_key(|rule| rule.priority);
    // By row and column, so that blank cells have a place too.
    let mut decided: BTreeMap<(u32, u32), Decided> = BTreeMap::new();
    let mut tries = MOST_TRIES;
    for rule in &rules {
        let Some(&first) = rule.areas.first() else { continue };
        let cost =
            |area: &Area| sheet.rows_of(*area).len() * (area.last_column - area.first_column + 1).min(WIDEST) as usize;
        let left = tries.checked_sub(rule.areas.iter().map(cost).sum());
        let kind = if left.is_none() { &RuleKind::Unknown(Unknown::TooMany) } else { &rule.kind };
        tries = left.unwrap_or(tries);
        match kind {
            RuleKind::Unknown(what) => {
                let what_for = what.name();
                let message =
                    format!("Villkorsstyrd formatering ({what_for}) läses inte: en färg som den visar kan saknas.");
                sheet.warn(WarningCode::Unsupported, message, Some(first));
                for (at, cell) in cells(sheet, rule).filter(|(_, cell)| what.may_fill(cell)) {
                    if cell.fill.is_some() || decided.contains_key(&at) {
                        decided.entry(at).or_default().unsure = true;
                    }
                }
            }
            RuleKind::Look { test, look } => {
                for at in asked(sheet, rule) {
                    let value = |row: u32, column: u32| sheet.value(row, column);
                    let corner = rule.base.unwrap_or((first.first_row, first.first_column));
                    if decided.get(&at).is_some_and(|so_far| so_far.stopped)
                        || !test.value(&Asked { first: corner, at, cell: &value }).is_true()
                    {
                        continue;
                    }
                    let so_far = decided.entry(at).or_default();
                    if so_far.fill.is_none() && !so_far.unsure {
                        so_far.fill = look.fill;
                    }
                    so_far.ink = so_far.ink.or(look.ink);
                    so_far.stopped = rule.stops;
                }
            }
            RuleKind::Icons(set) => {
                let values: Vec<((u32, u32), f64)> =
                    cells(sheet, rule).filter_map(|(at, cell)| Some((at, cell.number?))).collect();
                let bounds = set.bounds(values.iter().map(|&(_, value)| value).collect());
                for (at, value) in values {
                    let sign =
                        set.steps.iter().zip(&bounds).take_while(|(step, bound)| {
                            if step.inclusive { value >= **bound } else { value > **bound }
                        });
                    let so_far = decided.entry(at).or_default();
                    if let (Some(Some(colour)), false) = (set.colours.get(sign.count()), so_far.stopped) {
                        so_far.icon = so_far.icon.or(Some((*colour, set.shows_value)));
                    }
                }
            }
        }
    }
    for (at, decided) in decided {
        decide(sheet, at, &decided);
    }
}

/// Gives a cell the look that the rules decided.
fn decide(sheet: &mut Sheet, (row, column): (u32, u32), decided: &Decided) {
    let Ok(index) = sheet.rows.binary_search_by_key(&row, |row| row.row) else { return };
    let row = &mut sheet.rows[index];
    let index = match row.cells.binary_search_by_key(&column, |cell| cell.column) {
        Ok(index) => index,
        Err(index) if decided.fill.flatten().is_some() => {
            row.cells.insert(index, GridCell { column, ..GridCell::default() });
            index
        }
        Err(_) => return,
    };
    let cell = &mut row.cells[index];
    match decided.fill {
        Some(fill) => cell.fill = fill,
        // The colour of the file's own may not be the one that is shown: no guess.
        None if decided.unsure => cell.fill = None,
        None => {}
    }
    if let Some(ink) = decided.ink {
        for inline in cell.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.inlines) {
            if let Inline::Text(span) = inline {
                span.colour = Some(ink);
            }
        }
    }
    if let Some((fill, shows_value)) = decided.icon {
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

/// The cells under a rule that have something.
fn cells<'a>(sheet: &'a Sheet, rule: &'a Rule) -> impl Iterator<Item = ((u32, u32), &'a GridCell)> {
    rule.areas.iter().flat_map(move |&area| {
        sheet.rows[sheet.rows_of(area)].iter().flat_map(move |row| {
            row.cells[row.cells_of(area.first_column, area.last_column)]
                .iter()
                .map(move |cell| ((row.row, cell.column), cell))
        })
    })
}

/// The places under a rule that are asked: every cell of a narrow area, those that have something of a wide one.
fn asked(sheet: &Sheet, rule: &Rule) -> Vec<(u32, u32)> {
    let mut places = Vec::new();
    for &area in &rule.areas {
        for row in &sheet.rows[sheet.rows_of(area)] {
            if area.last_column - area.first_column < WIDEST {
                places.extend((area.first_column..=area.last_column).map(|column| (row.row, column)));
            } else {
                let cells = &row.cells[row.cells_of(area.first_column, area.last_column)];
                places.extend(cells.iter().map(|cell| (row.row, cell.column)));
            }
        }
    }
    places
}

impl Sheet {
    /// A cell's value, as rules see it.
    fn value(&self, row: u32, column: u32) -> Value {
        let Some(cell) = self.find(row, column).filter(|cell| cell.has_content()) else { return Value::Blank };
        if let Some(number) = cell.number {
            return Value::Number(number);
        }
        match cell.text() {
            _ if cell.date.is_some() => Value::Error,
            text if text == "SANT" => Value::Bool(true),
            text if text == "FALSKT" => Value::Bool(false),
            text => Value::Text(text),
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
    use crate::read::xlsx::formula::Compare;
    use crate::read::xlsx::grid::GridRow;

    const GREEN: Rgb = Rgb::new(0, 176, 80);
    const RED: Rgb = Rgb::new(255, 0, 0);

    fn cell(column: u32, text: &str) -> GridCell {
        let paragraphs = if text.is_empty() { Vec::new() } else { vec![Paragraph::plain(text)] };
        GridCell { column, paragraphs, number: text.parse().ok(), ..GridCell::default() }
    }

    /// One row: A "1", B "Klart", C filled red.
    fn sheet(rules: Vec<Rule>) -> Sheet {
        let cells = vec![cell(0, "1"), cell(1, "Klart"), GridCell { fill: Some(RED), ..cell(2, "") }];
        Sheet { rows: vec![GridRow { cells, ..GridRow::default() }], rules, ..Sheet::default() }
    }

    fn rule(column: u32, priority: i64, formula: &str, fill: Option<Option<Rgb>>) -> Rule {
        let kind = match Formula::parse(formula) {
            Some(test) => RuleKind::Look { test, look: RuleLook { fill, ink: None } },
            None => RuleKind::Unknown(Unknown::Formula),
        };
        Rule { areas: vec![Area::cell(0, column)], base: None, priority, stops: false, kind }
    }

    fn fill(rules: Vec<Rule>, column: u32) -> Option<Rgb> {
        let mut sheet = sheet(rules);
        apply(&mut sheet);
        sheet.find(0, column).and_then(|cell| cell.fill)
    }

    #[test]
    fn the_first_rule_that_applies_stands() {
        let green = Some(Some(GREEN));
        let red = Some(Some(RED));
        assert_eq!(fill(vec![rule(1, 2, "A1=1", red), rule(1, 1, "B1=\"klart\"", green)], 1), Some(GREEN));
        let stop = Rule { stops: true, ..rule(1, 0, "A1=1", None) };
        assert_eq!(fill(vec![stop, rule(1, 1, "A1=1", green)], 1), None);
        // A rule may take a colour away.
        assert_eq!(fill(vec![rule(2, 1, "A1=1", Some(None))], 2), None);
    }

    #[test]
    fn a_blank_cell_is_coloured_by_the_cell_beside_it() {
        assert_eq!(fill(vec![rule(3, 1, "$A1=1", Some(Some(GREEN)))], 3), Some(GREEN));
    }

    #[test]
    fn a_rule_that_is_not_read_leaves_no_colour_to_be_guessed() {
        assert_eq!(fill(vec![rule(2, 1, "TODAY()>1", None)], 2), None);
        assert_eq!(fill(vec![rule(2, 1, "TODAY()>1", None), rule(2, 2, "A1=1", Some(Some(GREEN)))], 2), None);
        // One that comes later than the rule that applies changes nothing.
        assert_eq!(fill(vec![rule(2, 2, "TODAY()>1", None), rule(2, 1, "A1=1", Some(Some(GREEN)))], 2), Some(GREEN));
    }

    #[test]
    fn rules_that_would_be_tried_too_often_are_told_of_and_guessed_by_none() {
        let rows = 1_001;
        let column = Area { last_row: rows, ..Area::cell(0, 2) };
        let row =
            |row| GridRow { row, cells: vec![GridCell { fill: Some(RED), ..cell(2, "x") }], ..GridRow::default() };
        // The last one comes after as many tries as there may be.
        let most = (MOST_TRIES / rows as usize) as i64;
        let rule = |priority| Rule { areas: vec![column], ..rule(2, priority, "A1=1", Some(Some(GREEN))) };
        let tried = |rules: i64| {
            let mut sheet =
                Sheet { rows: (0..rows).map(row).collect(), rules: (0..rules).map(rule).collect(), ..Sheet::default() };
            apply(&mut sheet);
            (sheet.warnings.len(), sheet.find(5, 2).and_then(|cell| cell.fill))
        };
        assert_eq!(tried(most), (0, Some(RED)));
        assert_eq!(tried(most + 1), (1, None));
    }

    #[test]
    fn values_from_a_list_on_another_sheet() {
        let list = Sheet { name: "Listor".into(), rows: sheet(Vec::new()).rows, ..Sheet::default() };
        let test = Formula::this(Compare::Equal, Formula::parse("Listor!$B$1").unwrap());
        let look = RuleLook { fill: Some(Some(GREEN)), ink: None };
        let kind = RuleKind::Look { test, look };
        let own = Rule { areas: vec![Area::cell(0, 1)], base: None, priority: 1, stops: false, kind };
        let mut book =
            Book { sheets: vec![sheet(vec![own, rule(1, 0, "Borta!$A$1=1", Some(None))]), list], ..Book::default() };
        settle(&mut book);
        apply(&mut book.sheets[0]);
        assert_eq!(book.sheets[0].find(0, 1).and_then(|cell| cell.fill), Some(GREEN));
        assert_eq!(book.sheets[0].warnings.len(), 1);
    }
}

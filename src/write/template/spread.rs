//! A column of a template that stands for several, or for none: the own columns of a plan's table.
//!
//! Its cells hold nothing but `{{ section.own_columns }}` (the headings) and `{{ item.own_columns }}`. The widths of the
//! other columns follow, so that the table stays as wide as it is drawn.

use minijinja::Environment;

use super::WriteError;
use super::compile::Compiler;
use super::xml::{Element, escape};

/// The end of the names whose values are columns.
const COLUMNS: &str = ".own_columns";
/// The most that such columns take of a table's width together, if they are several.
const MOST: f64 = 0.4;
/// One of the values.
const VALUE: &str = "_own";

/// The column of the table that is being compiled.
pub(super) struct Spread {
    /// What its first cell shows, and the tag as it stands there.
    expression: String,
    raw: String,
    /// Which column of the grid it is.
    column: usize,
    /// What share of the table's width it has.
    share: f64,
    /// The next column of the grid, and of the present row.
    grid: usize,
    cell: usize,
    /// The cell that is being compiled reaches over the column and others beside it.
    reaches_over: bool,
    /// The value of the cell that is being compiled, where that is one of the column's own.
    value: Option<String>,
}

impl Compiler<'_> {
    /// The column of a table that stands for several.
    pub(super) fn spread_of(&self, table: &Element) -> Result<Option<Spread>, WriteError> {
        for row in table.elements().filter(|child| child.name == self.dialect.row) {
            let mut column = 0;
            for cell in row.elements().filter(|child| child.name == self.dialect.cell) {
                if let Some((expression, raw)) = self.one_shown(cell)?.filter(|(inside, _)| inside.ends_with(COLUMNS)) {
                    let widths = self.widths(table);
                    let total: f64 = widths.iter().sum();
                    let share = widths.get(column).filter(|_| total > 0.0).map_or(0.1, |own| own / total);
                    let (grid, cell, reaches_over, value) = (0, 0, false, None);
                    return Ok(Some(Spread { expression, raw, column, share, grid, cell, reaches_over, value }));
                }
                column += span(cell);
            }
        }
        Ok(None)
    }

    fn widths(&self, table: &Element) -> Vec<f64> {
        let (name, width) = self.dialect.grid_column;
        let columns = table.elements().flat_map(Element::elements).filter(|child| child.name == name);
        columns.map(|column| column.attribute(width).and_then(|width| width.parse().ok()).unwrap_or(0.0)).collect()
    }

    pub(super) fn row_of_spread(&mut self, row: &Element) {
        if let Some(spread) = &mut self.spread {
            spread.cell = row
                .elements()
                .flat_map(Element::elements)
                .find(|child| child.name == "w:gridBefore")
                .and_then(|before| before.attribute("w:val")?.parse().ok())
                .unwrap_or(0);
        }
    }

    /// A cell: one of the column's own becomes as many as there are values.
    pub(super) fn cell(&mut self, cell: &Element) -> Result<(), WriteError> {
        let Some(spread) = &mut self.spread else { return self.whole(cell) };
        let (start, width) = (spread.cell, span(cell));
        spread.cell += width;
        spread.reaches_over = (start..start + width).contains(&spread.column) && width > 1;
        let shown = self.one_shown(cell)?.filter(|(inside, _)| inside.ends_with(COLUMNS));
        let Some((expression, raw)) = shown else { return self.whole(cell) };
        self.echo(&format!("{{% for {VALUE} in ({expression}) %}}"), &raw);
        if let Some(spread) = &mut self.spread {
            spread.value = Some(expression);
        }
        self.whole(cell)?;
        if let Some(spread) = &mut self.spread {
            spread.value = None;
        }
        self.echo("{% endfor %}", &raw);
        Ok(())
    }

    /// What a tag shows: in one of the column's own cells, the value at hand.
    pub(super) fn spread_value(&self, inside: &str) -> String {
        let own = self.spread.as_ref().and_then(|spread| spread.value.as_ref());
        if own.is_some_and(|own| own == inside) { VALUE.to_owned() } else { inside.to_owned() }
    }

    /// Writes an element that says how wide a column or a cell is, if it must follow the column's number.
    pub(super) fn spread_width(&mut self, element: &Element) -> bool {
        let (grid_column, grid_width) = self.dialect.grid_column;
        let Some(spread) = &mut self.spread else { return false };
        let count = format!("({})|length", spread.expression);
        let (attribute, own) = match element.name.as_str() {
            name if name == grid_column => {
                spread.grid += 1;
                (grid_width, spread.grid == spread.column + 1)
            }
            "w:tcW" if !spread.reaches_over => ("w:w", spread.value.is_some()),
            "w:gridSpan" if spread.reaches_over => {
                let raw = spread.raw.clone();
                let value = element.attribute("w:val").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
                self.attribute(element, "w:val", &format!("{{{{ {} + {count} }}}}", value.saturating_sub(1)), &raw);
                return true;
            }
            _ => return false,
        };
        let Some(width) = element.attribute(attribute).and_then(|width| width.parse::<f64>().ok()) else {
            return false;
        };
        let (raw, expression, share) = (spread.raw.clone(), spread.expression.clone(), spread.share);
        let fitted = format!("{{{{ _width({width}, {share:.6}, {own}, {count}) }}}}");
        let repeated = own && element.name == grid_column;
        if repeated {
            self.echo(&format!("{{% for {VALUE} in ({expression}) %}}"), &raw);
        }
        self.attribute(element, attribute, &fitted, &raw);
        if repeated {
            self.echo("{% endfor %}", &raw);
        }
        true
    }

    /// An empty element with code for one attribute's value.
    fn attribute(&mut self, element: &Element, name: &str, code: &str, raw: &str) {
        self.push(&format!("<{}", element.name));
        for (key, value) in &element.attributes {
            if key == name {
                // The line begins before the name: blanks within a number are not for every reader.
                self.echo(&format!(" {key}=\"{code}\""), raw);
            } else {
                self.push(&format!(" {key}=\"{}\"", escape(&super::xml::unescape(value))));
            }
        }
        self.push("/>");
    }
}

/// How many columns of the grid a cell takes.
fn span(cell: &Element) -> usize {
    let word = || cell.child("w:tcPr")?.child("w:gridSpan")?.attribute("w:val");
    cell.attribute("gridSpan").or_else(word).and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 64)
}

/// What the compiled source calls for widths.
pub(super) fn functions(environment: &mut Environment<'_>) {
    environment.add_function("_width", width);
}

/// A width with so many columns in the place of one that is drawn with this share of the whole.
fn width(drawn: f64, share: f64, own: bool, count: f64) -> i64 {
    let all = match count {
        count if count < 2.0 => share * count,
        count => (share * count).min(MOST.max(share)),
    };
    let factor = if own { all / count.max(1.0) / share } else { (1.0 - all) / (1.0 - share).max(0.01) };
    (drawn * factor).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stays_as_wide_as_it_is_drawn() {
        for count in 0..6 {
            let count = f64::from(count);
            let whole = width(800.0, 0.2, false, count) as f64 + width(200.0, 0.2, true, count) as f64 * count;
            assert!((whole - 1000.0).abs() < 4.0, "{count}: {whole}");
        }
        assert_eq!((width(800.0, 0.2, false, 1.0), width(200.0, 0.2, true, 1.0)), (800, 200));
    }
}

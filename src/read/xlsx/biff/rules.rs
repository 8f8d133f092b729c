//! Conditional formatting of .xls files: the records CONDFMT and CF, with their formulas as tokens.

use super::{u16, u32};
use crate::page::Rgb;
use crate::read::xlsx::formula::{Compare, Formula, Function, Relative, Value};
use crate::read::xlsx::grid::Area;
use crate::read::xlsx::rules::{Rule, RuleKind, RuleLook, Unknown};

/// A formula of more tokens is not one that chooses a colour.
const MOST_TOKENS: usize = 256;

/// The areas of a CONDFMT record.
pub(super) fn areas(data: &[u8]) -> Option<Vec<Area>> {
    let count = usize::from(u16(data, 12)?);
    let area = |area: &[u8]| {
        let part = |at: usize| u16(area, at).map(u32::from);
        Some(Area { first_row: part(0)?, last_row: part(2)?, first_column: part(4)?, last_column: part(6)? })
    };
    Some(data.get(14..)?.chunks_exact(8).take(count).filter_map(area).collect())
}

/// The rule of a CF record over some areas; none where it changes no colour.
pub(super) fn rule(data: &[u8], areas: &[Area], priority: i64, palette: &[Rgb]) -> Option<Rule> {
    let (kind, operator) = (*data.first()?, *data.get(1)?);
    let (first, second) = (usize::from(u16(data, 2)?), usize::from(u16(data, 4)?));
    let look = look(data.get(6..)?, palette)?;
    let formulas = data.get(data.len().checked_sub(first + second)?..)?;
    let base = areas.first().map_or((0, 0), |area| (area.first_row, area.first_column));
    let low = formula(formulas.get(..first)?, base);
    let high = || formula(formulas.get(first..)?, base);
    let test = match (kind, operator) {
        (2, _) => low,
        (1, 1) => low.zip(high()).map(|(low, high)| Formula::between(low, high)),
        (1, 2) => low.zip(high()).map(|(low, high)| Formula::between(low, high).not()),
        (1, operator) => {
            let compare = match operator {
                3 => Some(Compare::Equal),
                4 => Some(Compare::NotEqual),
                5 => Some(Compare::Greater),
                6 => Some(Compare::Less),
                7 => Some(Compare::GreaterOrEqual),
                8 => Some(Compare::LessOrEqual),
                _ => None,
            };
            compare.zip(low).map(|(compare, value)| Formula::this(compare, value))
        }
        _ => None,
    };
    let kind = match test {
        Some(test) => RuleKind::Look { test, look },
        None if look.colours() => RuleKind::Unknown(Unknown::Formula),
        None => return None,
    };
    Some(Rule { areas: areas.to_vec(), base: None, priority, stops: true, kind })
}

/// What a rule changes: flags, then the blocks that the flags name.
fn look(data: &[u8], palette: &[Rgb]) -> Option<RuleLook> {
    let (flags, own_format) = (u32(data, 0)?, u16(data, 4)? & 1 != 0);
    let has = |bit: u32| flags & (1 << bit) != 0;
    let mut at = 6;
    let mut look = RuleLook::default();
    if has(25) {
        at += if own_format { usize::from(u16(data, at)?) } else { 2 };
    }
    if has(26) {
        let ink = u32(data, at + 80)?;
        look.ink = usize::try_from(ink).ok().and_then(|ink| palette.get(ink)).copied();
        at += 118;
    }
    at += if has(27) { 8 } else { 0 } + if has(28) { 8 } else { 0 };
    if has(29) {
        let (pattern, colours) = (u16(data, at)? >> 10, u16(data, at + 2)?);
        let (front, back) = (usize::from(colours & 0x7f), usize::from(colours >> 7));
        // A bit that is set leaves its part as it is. A solid fill shows the colour behind.
        let (keeps_front, keeps_back) = (has(17), has(18));
        let shown = if !keeps_back { Some(back) } else { (!keeps_front).then_some(front) };
        let none = pattern == 0 && !has(16);
        look.fill = shown
            .map(|shown| palette.get(shown).copied().filter(|&colour| colour != Rgb::WHITE && shown < 64 && !none));
    }
    Some(look)
}

/// A formula from its tokens.
fn formula(tokens: &[u8], base: (u32, u32)) -> Option<Formula> {
    let mut stack: Vec<Formula> = Vec::new();
    let mut rest = tokens;
    let mut count = 0;
    while let Some((&token, body)) = rest.split_first() {
        count += 1;
        if count > MOST_TOKENS {
            return None;
        }
        let mut length = 0;
        let two = |stack: &mut Vec<Formula>| {
            let (b, a) = (stack.pop()?, stack.pop()?);
            Some((Box::new(a), Box::new(b)))
        };
        match token {
            0x03..=0x06 | 0x08 => {
                let sign = [(0x03, '+'), (0x04, '-'), (0x05, '*'), (0x06, '/'), (0x08, '&')];
                let (_, sign) = *sign.iter().find(|(id, _)| *id == token)?;
                let (a, b) = two(&mut stack)?;
                stack.push(Formula::Arithmetic(sign, a, b));
            }
            0x09..=0x0e => {
                let compare = [
                    Compare::Less,
                    Compare::LessOrEqual,
                    Compare::Equal,
                    Compare::GreaterOrEqual,
                    Compare::Greater,
                    Compare::NotEqual,
                ];
                let (a, b) = two(&mut stack)?;
                stack.push(Formula::Compare(compare[usize::from(token - 0x09)], a, b));
            }
            // Brackets, and a plus before a number, change nothing.
            0x12 | 0x15 => {}
            0x13 => {
                let of = stack.pop()?;
                stack.push(Formula::Arithmetic('-', Box::new(Formula::Value(Value::Number(0.0))), Box::new(of)));
            }
            0x17 => {
                let text = super::string(body, false)?;
                length = 2 + usize::from(*body.first()?) * if body.get(1)? & 1 == 0 { 1 } else { 2 };
                stack.push(Formula::Value(Value::Text(text)));
            }
            // Hints for working out; only a jump over a branch keeps the order of the rest.
            0x19 if body.first()? & 0x14 == 0 => length = 3,
            0x1d => {
                length = 1;
                stack.push(Formula::Value(Value::Bool(*body.first()? != 0)));
            }
            0x1e => {
                length = 2;
                stack.push(Formula::Value(Value::Number(f64::from(u16(body, 0)?))));
            }
            0x1f => {
                length = 8;
                let number = f64::from_le_bytes(body.get(..8)?.try_into().ok()?);
                stack.push(Formula::Value(Value::Number(number)));
            }
            0x24 | 0x44 | 0x64 | 0x2c | 0x4c | 0x6c => {
                length = 4;
                stack.push(Formula::Cell(cell(u16(body, 0)?, u16(body, 2)?, token & 0x0f == 0x0c, base)));
            }
            0x21 | 0x41 | 0x61 => {
                length = 2;
                call(&mut stack, u16(body, 0)?, None)?;
            }
            0x22 | 0x42 | 0x62 => {
                length = 3;
                call(&mut stack, u16(body, 1)?, Some(usize::from(body.first()? & 0x7f)))?;
            }
            _ => return None,
        }
        rest = body.get(length..)?;
    }
    stack.pop().filter(|_| stack.is_empty())
}

/// A cell, told by its place or by how far it is from the first of the area.
fn cell(row: u16, column: u16, from_base: bool, base: (u32, u32)) -> Relative {
    let (fixed_row, fixed_column) = (column & 0x8000 == 0, column & 0x4000 == 0);
    let moved = |told: i64, base: u32| u32::try_from(i64::from(base) + told).unwrap_or(0);
    let letter = (column & 0xff) as u8;
    Relative {
        row: if from_base && !fixed_row { moved(i64::from(row as i16), base.0) } else { u32::from(row) },
        column: if from_base && !fixed_column { moved(i64::from(letter as i8), base.1) } else { u32::from(letter) },
        fixed_row,
        fixed_column,
    }
}

fn call(stack: &mut Vec<Formula>, id: u16, count: Option<usize>) -> Option<()> {
    let function = match id {
        1 => Function::If,
        3 | 126 => Function::IsError,
        32 => Function::Len,
        34 => Function::True,
        35 => Function::False,
        36 => Function::And,
        37 => Function::Or,
        38 => Function::Not,
        82 => Function::Search,
        112 => Function::Lower,
        113 => Function::Upper,
        115 => Function::Left,
        116 => Function::Right,
        117 => Function::Exact,
        118 => Function::Trim,
        124 => Function::Find,
        127 => Function::IsText,
        128 => Function::IsNumber,
        129 => Function::IsBlank,
        _ => return None,
    };
    let (least, most) = function.takes();
    let count = count.unwrap_or(least);
    let of = stack.split_off(stack.len().checked_sub(count)?);
    let call = Formula::Call(function, of).known()?;
    (least..=most).contains(&count).then(|| stack.push(call))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xlsx::styles::palette;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// `$F5=1` over E5:E9, with a red fill; as LibreOffice writes it.
    const RULE: &str = "020009000000ffff38200000000410054c000005801e01000b";

    #[test]
    fn a_rule_by_the_cell_beside() {
        let areas = areas(&bytes("03000100040008000400040001000400080004000400")).unwrap();
        assert_eq!(areas[0].name(), "E5:E9");
        let rule = rule(&bytes(RULE), &areas, 1, &palette()).unwrap();
        let RuleKind::Look { test, look } = rule.kind else { panic!() };
        assert_eq!(look, RuleLook { fill: Some(Some(Rgb::new(255, 0, 0))), ink: None });
        assert_eq!(test, Formula::parse("$F5=1").unwrap());
    }

    #[test]
    fn formulas_from_tokens() {
        // NOT(ISERROR(SEARCH("gul",B2))) over B2.
        let search = bytes("17030067756c44010001c042025200410300412600");
        assert_eq!(formula(&search, (1, 1)), Formula::parse("NOT(ISERROR(SEARCH(\"gul\",B2)))"));
        let number = bytes("1f0000000000000440");
        assert_eq!(formula(&number, (0, 0)), Some(Formula::Value(Value::Number(2.5))));
        for broken in ["0b", "1e01", "2400", "ff", "1e01001e0200", "19040000", ""] {
            assert_eq!(formula(&bytes(broken), (0, 0)), None, "{broken}");
        }
    }
}

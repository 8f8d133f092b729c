//! The text of a formula → a [`Formula`].

use super::{Compare, Formula, Function, Relative, Value};

/// How deep brackets may stand in each other.
const DEEPEST: usize = 32;

/// A longer formula is not one that chooses a colour; it would also be read in too many steps within each other.
const LONGEST: usize = 1024;

/// A whole formula; none where something in it is not understood.
pub(super) fn formula(text: &str) -> Option<Formula> {
    let text = text.trim().trim_start_matches('=');
    if text.len() > LONGEST {
        return None;
    }
    let mut parser = Parser { rest: text, depth: 0 };
    let formula = parser.comparison()?;
    parser.rest.trim().is_empty().then_some(formula)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn comparison(&mut self) -> Option<Formula> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.level(0)?;
        while let Some((compare, rest)) = Compare::strip(self.rest) {
            self.rest = rest;
            left = Formula::Compare(compare, Box::new(left), Box::new(self.level(0)?));
        }
        self.depth -= 1;
        Some(left)
    }

    /// `&`, then `+` and `-`, then `*` and `/`.
    fn level(&mut self, level: usize) -> Option<Formula> {
        let Some(&signs) = [&['&'][..], &['+', '-'], &['*', '/']].get(level) else { return self.atom() };
        let mut left = self.level(level + 1)?;
        while let Some(&sign) = signs.iter().find(|&&sign| self.take(sign)) {
            left = Formula::Arithmetic(sign, Box::new(left), Box::new(self.level(level + 1)?));
        }
        Some(left)
    }

    fn atom(&mut self) -> Option<Formula> {
        if self.take('-') {
            self.depth += 1;
            let of = (self.depth <= DEEPEST).then(|| self.atom())??;
            self.depth -= 1;
            return Some(Formula::Arithmetic('-', Box::new(Formula::Value(Value::Number(0.0))), Box::new(of)));
        }
        if self.take('(') {
            let inner = self.comparison()?;
            return self.take(')').then_some(inner);
        }
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '"' => self.quoted('"').map(|text| Formula::Value(Value::Text(text))),
            '\'' => {
                let sheet = self.quoted('\'')?;
                self.take('!').then_some(())?;
                self.word().and_then(Relative::parse).map(|cell| Formula::Elsewhere(sheet, cell))
            }
            c if c.is_ascii_digit() || c == '.' => {
                let end = self.rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(self.rest.len());
                let (number, rest) = self.rest.split_at(end);
                self.rest = rest;
                number.parse().ok().map(|number| Formula::Value(Value::Number(number)))
            }
            _ => self.name(),
        }
    }

    /// A cell, a function, TRUE or FALSE.
    fn name(&mut self) -> Option<Formula> {
        let word = self.word()?;
        if self.take('!') {
            let cell = self.word().and_then(Relative::parse)?;
            return Some(Formula::Elsewhere(word.to_owned(), cell));
        }
        let upper = word.to_ascii_uppercase();
        if self.take('(') {
            let function = Function::named(&upper)?;
            let mut of = Vec::new();
            if !self.take(')') {
                loop {
                    of.push(self.comparison()?);
                    if self.take(')') {
                        break;
                    }
                    (self.take(',') || self.take(';')).then_some(())?;
                }
            }
            let ((least, most), count) = (function.takes(), of.len());
            let call = Formula::Call(function, of);
            return (least..=most).contains(&count).then_some(call)?.known();
        }
        match upper.as_str() {
            "TRUE" => Some(Formula::Value(Value::Bool(true))),
            "FALSE" => Some(Formula::Value(Value::Bool(false))),
            _ => Relative::parse(word).map(Formula::Cell),
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        let end =
            self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '$' | '_' | '.'))).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    /// Text in quotes, where the quote written twice is itself.
    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix(quote)?;
        loop {
            let end = rest.find(quote)?;
            text.push_str(&rest[..end]);
            rest = &rest[end + quote.len_utf8()..];
            match rest.strip_prefix(quote) {
                Some(more) => {
                    text.push(quote);
                    rest = more;
                }
                None => break,
            }
        }
        self.rest = rest;
        Some(text)
    }
}

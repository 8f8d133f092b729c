//! Looks through a template's tags before anybody needs it: every problem at once, not the first alone.

use minijinja::Environment;

use super::WriteError;
use super::compile::{Compiled, TagPlace};
use super::engine::nearest_of;
use super::tags::{self, TagKind};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Something to show.
    Value,
    /// Something with names of its own.
    Record(&'static [(&'static str, Type)]),
    /// Several of one type, to loop over.
    List(&'static Type),
    /// What cannot be known here.
    Any,
}

/// Names that the template language brings along.
const BUILT_IN: [&str; 7] = ["loop", "range", "dict", "namespace", "true", "false", "none"];

/// An open `for` or `if`.
struct Open<'c> {
    word: &'static str,
    tag: &'c TagPlace,
    /// How many variables there were before it.
    variables: usize,
}

/// What the tags of all parts have in common while they are looked through.
pub(crate) struct Checker {
    root: Type,
    environment: Environment<'static>,
    pub(crate) problems: Vec<WriteError>,
    /// The names of the tags that are looked at, from the root on ("sections.items.area").
    used: Vec<String>,
    /// Those that are shown, not only asked for.
    pub(crate) shown: Vec<String>,
}

struct Variable {
    name: String,
    kind: Type,
    /// What it stands for, from the root on.
    path: String,
}

impl Checker {
    pub(crate) fn new(root: Type) -> Self {
        Self { root, environment: Environment::new(), problems: Vec::new(), used: Vec::new(), shown: Vec::new() }
    }

    /// Looks through the tags of a part, of which the first ones (so many) hold until its end.
    pub(crate) fn part(&mut self, compiled: &Compiled, around: usize) {
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut variables: Vec<Variable> = Vec::new();
        for tag in compiled.tags.iter().filter(|tag| !tag.echo) {
            let Ok(found) = tags::find(&tag.tag) else { continue };
            let Some(inside) = found.first() else { continue };
            match inside.kind {
                TagKind::Show => {
                    let asked = self.used.len();
                    self.expression(&inside.inside, tag, &variables);
                    let shown = self.used.split_off(asked);
                    self.shown.extend(shown);
                }
                TagKind::Statement => self.statement(&inside.inside, tag, &mut open, &mut variables),
                TagKind::Remark => {}
            }
        }
        for left in open.into_iter().skip(around) {
            let end = format!("end{}", left.word);
            self.problem(left.tag, &format!("den avslutas aldrig: {{% {end} %}} saknas"), &format!(
                "Skriv {{% {end} %}} där det som {} ska gälla tar slut: i en egen rad eller ett eget stycke, som den här taggen.",
                if left.word == "for" { "ska upprepas" } else { "villkoret" }
            ));
        }
    }

    fn problem(&mut self, tag: &TagPlace, what: &str, help: &str) {
        self.problems.push(WriteError::Tag {
            tag: tag.tag.clone(),
            place: tag.place.clone(),
            what: what.to_owned(),
            help: help.to_owned(),
        });
    }

    fn statement<'c>(
        &mut self,
        inside: &str,
        tag: &'c TagPlace,
        open: &mut Vec<Open<'c>>,
        variables: &mut Vec<Variable>,
    ) {
        let (word, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        match word {
            "for" => {
                let Some((names, list)) = rest.split_once(" in ") else {
                    let help = "En loop skrivs {% for item in section.items %}: ett eget namn, ”in” och en lista.";
                    return self.problem(tag, "loopen saknar ”in”", help);
                };
                // "… in items if item.status" loops over some of them.
                let list = list.split(" if ").next().unwrap_or(list).trim();
                self.expression(list, tag, variables);
                let (kind, path) = self.resolve(list, variables);
                let kind = match kind {
                    Some(Type::List(item)) => *item,
                    Some(Type::Value) => Type::Value,
                    _ => Type::Any,
                };
                open.push(Open { word: "for", tag, variables: variables.len() });
                let single = !names.contains(',');
                for name in names.split(',') {
                    let kind = if single { kind } else { Type::Any };
                    variables.push(Variable { name: name.trim().to_owned(), kind, path: path.clone() });
                }
            }
            "if" => {
                self.expression(rest, tag, variables);
                open.push(Open { word: "if", tag, variables: variables.len() });
            }
            "elif" | "else" => {
                if word == "elif" {
                    self.expression(rest, tag, variables);
                }
                if open.is_empty() {
                    let help = "Ta bort taggen, eller skriv {% if … %} där villkoret börjar.";
                    self.problem(tag, "den hör inte till något {% if … %}", help);
                }
            }
            "endfor" | "endif" => {
                let expected = &word[3..];
                match open.pop() {
                    Some(last) if last.word == expected => variables.truncate(last.variables),
                    Some(last) => {
                        let what = format!(
                            "den avslutar {{% {expected} %}}, men det som är öppet är {} ({})",
                            last.tag.tag, last.tag.place
                        );
                        let help = format!("Byt plats på taggarna, eller skriv {{% end{} %}} här.", last.word);
                        variables.truncate(last.variables);
                        self.problem(tag, &what, &help);
                    }
                    None => {
                        let help = format!("Ta bort taggen, eller skriv {{% {expected} … %}} där det ska börja.");
                        self.problem(
                            tag,
                            &format!("den avslutar något som aldrig börjar: {{% {expected} … %}} saknas"),
                            &help,
                        );
                    }
                }
            }
            "set" => {
                if let Some((name, value)) = rest.split_once('=') {
                    self.expression(value.trim(), tag, variables);
                    let (name, path) = (name.trim().to_owned(), String::new());
                    variables.push(Variable { name, kind: Type::Any, path });
                }
            }
            _ => {
                const WORDS: [&str; 7] = ["for", "endfor", "if", "elif", "else", "endif", "set"];
                let help = match nearest_of(word, WORDS) {
                    Some(right) => format!("Menade du ”{right}” i stället för ”{word}”?"),
                    None => {
                        "Mallar har {% for … %}, {% if … %}, {% else %} och deras slut; allt annat visas med {{ … }}."
                            .to_owned()
                    }
                };
                self.problem(tag, &format!("”{word}” finns inte i mallspråket"), &help);
            }
        }
    }

    /// An expression: whether it can be understood, and whether its names exist.
    fn expression(&mut self, expression: &str, tag: &TagPlace, variables: &[Variable]) {
        let compiled = match self.environment.compile_expression(expression) {
            Ok(compiled) => compiled,
            Err(error) => {
                let detail = error.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
                let help = "Kontrollera att citattecken och parenteser är parade och att namnen skrivs som i docs/templates.md.";
                return self.problem(tag, &format!("den går inte att förstå{detail}"), help);
            }
        };
        let mut names: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
        names.sort();
        for name in names {
            self.name(&name, tag, variables);
        }
    }

    fn name(&mut self, name: &str, tag: &TagPlace, variables: &[Variable]) {
        let mut steps = name.split('.');
        let first = steps.next().unwrap_or_default();
        if BUILT_IN.contains(&first) {
            return;
        }
        let known = variables.iter().rev().find(|variable| variable.name == first);
        let (mut kind, mut path) = match known {
            Some(variable) => (variable.kind, variable.path.clone()),
            None => match field(self.root, first) {
                Some(kind) => (kind, first.to_owned()),
                None => {
                    let mut names: Vec<&str> = variables.iter().map(|variable| variable.name.as_str()).collect();
                    for name in fields(self.root) {
                        names.push(name);
                    }
                    return self.unknown(first, &names, "", tag);
                }
            },
        };
        let mut before = first.to_owned();
        for step in steps {
            match kind {
                Type::Any => return,
                Type::Record(_) => match field(kind, step) {
                    Some(next) => kind = next,
                    None => {
                        let names: Vec<&str> = fields(kind).collect();
                        return self.unknown(step, &names, &before, tag);
                    }
                },
                Type::List(_) => {
                    let what = format!("”{before}” är en lista, som man går igenom med en loop");
                    let help = format!("Skriv {{% for x in {before} %}} … {{{{ x.{step} }}}} … {{% endfor %}}.");
                    return self.problem(tag, &what, &help);
                }
                Type::Value => {
                    let help = format!("Skriv bara {{{{ {before} }}}}.");
                    return self.problem(tag, &format!("”{before}” har inga delar, så ”{step}” finns inte"), &help);
                }
            }
            before = format!("{before}.{step}");
            path = format!("{path}.{step}");
        }
        self.used.push(path);
    }

    fn unknown(&mut self, wrong: &str, names: &[&str], owner: &str, tag: &TagPlace) {
        let what = if owner.is_empty() {
            format!("namnet ”{wrong}” finns inte")
        } else {
            format!("”{owner}” har inget som heter ”{wrong}”")
        };
        let help = match nearest_of(wrong, names.iter().copied()) {
            Some(right) => format!("Menade du ”{right}” i stället för ”{wrong}”?"),
            None => format!("Här finns: {}.", names.join(", ")),
        };
        self.problem(tag, &what, &help);
    }

    /// What a plain path stands for, and the path from the root on.
    fn resolve(&self, path: &str, variables: &[Variable]) -> (Option<Type>, String) {
        let mut steps = path.split('.').map(str::trim);
        let first = steps.next().unwrap_or_default();
        let known = variables.iter().rev().find(|variable| variable.name == first);
        let (mut kind, mut full) = match known {
            Some(variable) => (Some(variable.kind), variable.path.clone()),
            None => (field(self.root, first), first.to_owned()),
        };
        for step in steps {
            kind = kind.and_then(|kind| field(kind, step));
            full = format!("{full}.{step}");
        }
        (kind, full)
    }
}

fn field(kind: Type, name: &str) -> Option<Type> {
    match kind {
        Type::Record(fields) => fields.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind),
        Type::Any => Some(Type::Any),
        _ => None,
    }
}

fn fields(kind: Type) -> impl Iterator<Item = &'static str> {
    let fields = if let Type::Record(fields) = kind { fields } else { &[] };
    fields.iter().map(|(name, _)| *name)
}

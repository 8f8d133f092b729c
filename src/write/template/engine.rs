//! Renders a compiled part, and says which tag an error comes from.

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::WriteError;
use super::compile::{Compiled, names};

/// The name a part has in its environment.
const PART: &str = "part";

/// An environment in which a wrong name is an error and nothing is escaped: what is shown goes through the
/// format's own functions, which escape.
pub(crate) fn environment<'s>() -> Environment<'s> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    super::spread::functions(&mut environment);
    environment
}

/// Renders a part; `known` are the names that tags may use.
pub(crate) fn render<'s>(
    environment: &mut Environment<'s>,
    compiled: &'s Compiled,
    context: &Value,
    known: &[&str],
) -> Result<String, WriteError> {
    environment.add_template(PART, &compiled.source).map_err(|error| explain(&error, compiled, known))?;
    let template = environment.get_template(PART).map_err(|error| explain(&error, compiled, known))?;
    template.render(context).map_err(|error| explain(&error, compiled, known))
}

fn explain(error: &minijinja::Error, compiled: &Compiled, known: &[&str]) -> WriteError {
    // The first line of the source holds no tag; each further line starts with one.
    let tag = error.line().and_then(|line| line.checked_sub(2)).and_then(|index| compiled.tags.get(index));
    let (text, place) = match tag {
        Some(found) => (found.tag.clone(), found.place.clone()),
        None => ("{% … %}".to_owned(), "någonstans i mallen".to_owned()),
    };
    let (what, help) = match error.kind() {
        ErrorKind::UndefinedError => {
            let help = match nearest(&text, known) {
                Some((wrong, right)) => format!("Menade du ”{right}” i stället för ”{wrong}”?"),
                None => "Kontrollera stavningen mot listan i docs/templates.md.".to_owned(),
            };
            ("namnet finns inte".to_owned(), help)
        }
        ErrorKind::SyntaxError => (
            format!("den går inte att förstå{}", detail(error)),
            "Kontrollera att varje {% for … %} har sitt {% endfor %}, varje {% if … %} sitt {% endif %}, och att citattecken och parenteser är parade.".to_owned(),
        ),
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => (
            format!("den använder något som mallspråket inte har{}", detail(error)),
            "Se vilka filter och fält som finns i docs/templates.md.".to_owned(),
        ),
        _ => (
            format!("den kan inte fyllas i{}", detail(error)),
            "Se vad fältet innehåller i docs/templates.md.".to_owned(),
        ),
    };
    WriteError::Tag { tag: text, place, what, help }
}

/// The engine's own words, which are English.
fn detail(error: &minijinja::Error) -> String {
    error.detail().map(|detail| format!(" ({detail})")).unwrap_or_default()
}

/// The tag's first unknown name and the known one nearest to it, if one is near.
fn nearest<'t>(tag: &'t str, known: &[&'t str]) -> Option<(&'t str, &'t str)> {
    const WORDS: [&str; 12] = ["for", "in", "if", "else", "elif", "not", "and", "or", "is", "endif", "endfor", "loop"];
    let wrong = names(tag).filter(|name| !known.contains(name) && !WORDS.contains(name));
    wrong.filter_map(|name| nearest_of(name, known.iter().copied()).map(|right| (name, right))).next()
}

/// The known name nearest to a wrong one, if one is near.
pub(crate) fn nearest_of<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let right = known.into_iter().min_by_key(|right| distance(wrong, right))?;
    (distance(wrong, right) <= wrong.chars().count().div_ceil(3)).then_some(right)
}

/// How many letters must change to make one word of the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_told() {
        assert_eq!(nearest("{{ item.activites }}", &["item", "activities", "area"]), Some(("activites", "activities")));
        assert_eq!(nearest("{{ item.xyzzy }}", &["item", "activities"]), None);
    }
}

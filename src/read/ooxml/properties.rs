//! What a file says of itself beside its pages: its title, a hidden model; and parts that cannot be read.

use crate::model::{Warning, WarningCode};
use crate::page::{Embedded, Place};
use crate::read::ReadError;

use super::{Element, Ns, Package, Relationships, Tree};

/// The title in the file's properties.
pub(crate) fn title(package: &Package<'_>, warnings: &mut Vec<(Warning, Place)>) -> Option<String> {
    let relationships = package.relationships("").ok()?;
    let part = relationships.part("core-properties")?;
    let read = || -> Result<Option<String>, ReadError> {
        let source = package.text(part)?;
        let tree = Tree::parse(&source, part, package.limits())?;
        let title = tree.root().and_then(|root| root.child(Ns::Dc, "title")).map(Element::text);
        Ok(title.map(str::trim).filter(|title| !title.is_empty()).map(crate::model::normalise))
    };
    read().unwrap_or_else(|error| {
        warnings.push(unreadable(part, &error));
        None
    })
}

/// The model that this program hid in the file when it wrote it; `relationships` are those of the main part.
pub(crate) fn embedded(
    package: &Package<'_>,
    relationships: &Relationships,
    warnings: &mut Vec<(Warning, Place)>,
) -> Option<Embedded> {
    for part in relationships.of_kind("customXml").map(|relationship| relationship.target.as_str()) {
        let Ok(source) = package.text(part) else { continue };
        // Other programs' parts are of no interest, and need not even be well-formed.
        if !source.contains("urn:handlingsplan:model:") {
            continue;
        }
        match Tree::parse(&source, part, package.limits()) {
            Ok(tree) => {
                if let Some(root) = tree.root().filter(|root| root.is(Ns::Model, "model")) {
                    return Some(Embedded { json: root.text().to_owned() });
                }
            }
            Err(error) => warnings.push(unreadable(part, &error)),
        }
    }
    None
}

/// The remark that a part could not be read while the rest could.
pub(crate) fn unreadable(part: &str, error: &ReadError) -> (Warning, Place) {
    let message = format!("En del av filen kunde inte läsas ({part}): {error}. Resten är läst.");
    (Warning::new(WarningCode::UnreadablePart, message), Place::Part(part.into()))
}

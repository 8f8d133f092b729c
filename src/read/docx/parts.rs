//! What stands beside the running text: headers, footers, notes, comments, properties.

use std::mem::take;

use crate::page::{Part, PartKind, Place};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, Relationships};

use super::Reading;
use super::block::{Scope, Walker};

impl Reading<'_> {
    /// The headers and footers that the document's sections name, each once.
    pub(super) fn headers_and_footers(
        &mut self,
        body: Element<'_>,
        relationships: &Relationships,
    ) -> Result<Vec<Part>, ReadError> {
        let mut seen: Vec<&str> = Vec::new();
        let mut parts = Vec::new();
        let (mut headers, mut footers) = (0, 0);
        // Pictures in headers are the organisation's mark: nobody needs to be told of them.
        let pictures = self.tally.pictures;
        for reference in body.descendants().filter(|element| element.ns() == Ns::W) {
            let (kind, name, count) = match reference.local() {
                "headerReference" => (PartKind::Header, "header", &mut headers),
                "footerReference" => (PartKind::Footer, "footer", &mut footers),
                _ => continue,
            };
            let target = reference.attribute(Ns::R, "id").and_then(|id| relationships.get(id));
            let Some(target) = target.map(|target| target.target.as_str()) else { continue };
            if seen.contains(&target) {
                continue;
            }
            seen.push(target);
            *count += 1;
            let place = numbered(name, *count);
            let nodes = self.part(target, |reading, relationships, root| {
                Walker::new(reading, relationships, root).story(root, &Scope::Inside(place))
            })?;
            parts.extend(nodes.map(|nodes| Part { kind, nodes }));
        }
        self.tally.pictures = pictures;
        Ok(parts)
    }

    /// The footnotes and endnotes that the text refers to, in the order it does so.
    pub(super) fn notes(&mut self, relationships: &Relationships) -> Result<Vec<Part>, ReadError> {
        let mut parts = Vec::new();
        for (kind, element, name) in [("footnotes", "footnote", "footnote"), ("endnotes", "endnote", "endnote")] {
            let wanted = if name == "footnote" { take(&mut self.footnotes) } else { take(&mut self.endnotes) };
            let Some(part) = relationships.part(kind).filter(|_| !wanted.is_empty()) else { continue };
            let notes = self.part(part, |reading, relationships, root| {
                let mut notes = Vec::new();
                for note in root.children().filter(|child| child.is(Ns::W, element)) {
                    let number = note.attribute(Ns::W, "id").and_then(|id| wanted.get(id));
                    let Some(&number) = number else { continue };
                    let scope = Scope::Inside(numbered_always(name, number));
                    let nodes = Walker::new(reading, relationships, note).story(note, &scope)?;
                    notes.push((number, Part { kind: PartKind::Footnote, nodes }));
                }
                notes.sort_by_key(|(number, _)| *number);
                Ok(notes)
            })?;
            parts.extend(notes.into_iter().flatten().map(|(_, note)| note));
        }
        Ok(parts)
    }

    /// The comments, with who wrote them and when.
    pub(super) fn comments(&mut self, relationships: &Relationships) -> Result<Vec<Part>, ReadError> {
        let Some(part) = relationships.part("comments") else { return Ok(Vec::new()) };
        let comments = self.part(part, |reading, relationships, root| {
            let mut comments = Vec::new();
            for comment in root.children().filter(|child| child.is(Ns::W, "comment")) {
                let written = |name| {
                    let text = comment.attribute(Ns::W, name).map(str::trim).filter(|text| !text.is_empty());
                    text.map(crate::model::normalise)
                };
                let scope = Scope::Inside(numbered_always("comment", comments.len() + 1));
                let nodes = Walker::new(reading, relationships, comment).story(comment, &scope)?;
                let kind = PartKind::Comment { author: written("author"), date: written("date") };
                comments.push(Part { kind, nodes });
            }
            Ok(comments)
        })?;
        Ok(comments.unwrap_or_default())
    }
}

/// "header", "header 2".
fn numbered(name: &str, number: usize) -> Place {
    if number == 1 { Place::Part(name.into()) } else { numbered_always(name, number) }
}

/// "comment 1".
fn numbered_always(name: &str, number: usize) -> Place {
    Place::Part(format!("{name} {number}").into())
}

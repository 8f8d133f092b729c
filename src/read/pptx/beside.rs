//! What stands beside the slides: the speaker's notes, and comments of both kinds.

use std::collections::BTreeMap;

use crate::model::normalise;
use crate::page::{Node, Part, PartKind, Place, Rect, Role};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, Relationships};

use super::Reading;
use super::masters::{Kind, Name};
use super::shapes::Context;
use super::text::{Levels, TextContext};

/// Who writes comments, by id.
#[derive(Default)]
pub(super) struct Authors(BTreeMap<String, String>);

impl Authors {
    /// The authors that a presentation's parts name.
    pub(super) fn read(reading: &mut Reading<'_>, relationships: &Relationships) -> Self {
        let mut authors = Self::default();
        for kind in ["commentAuthors", "authors"] {
            let Some(part) = relationships.part(kind).map(str::to_owned) else { continue };
            let read = reading.part(&part, |_, _, root| {
                let own = |author: Element<'_>| {
                    let (id, name) = (author.attribute(Ns::None, "id")?, author.attribute(Ns::None, "name")?);
                    Some((id.to_owned(), normalise(name.trim())))
                };
                Ok(root.children().filter_map(own).collect::<Vec<_>>())
            });
            authors.0.extend(read.ok().flatten().into_iter().flatten());
        }
        authors
    }
}

impl Reading<'_> {
    /// The notes and comments of a slide.
    pub(super) fn beside(&mut self, context: &Context<'_>, beside: &mut Vec<Part>) -> Result<(), ReadError> {
        if let Some(part) = context.relationships.part("notesSlide") {
            let nodes = self.part(part, |reading, relationships, root| reading.notes(root, relationships, context))?;
            if let Some(nodes) = nodes.filter(|nodes| !nodes.is_empty()) {
                beside.push(Part { kind: PartKind::Notes, nodes });
            }
        }
        for part in context.relationships.of_kind("comments") {
            let comments = self.part(&part.target, |reading, relationships, root| {
                Ok(reading.comments(root, relationships, context))
            })?;
            beside.extend(comments.into_iter().flatten());
        }
        Ok(())
    }

    /// The text of a notes page; the picture of the slide, numbers and dates are not the speaker's.
    fn notes(
        &mut self,
        root: Element<'_>,
        relationships: &Relationships,
        context: &Context<'_>,
    ) -> Result<Vec<Node>, ReadError> {
        let base = relationships.part("notesMaster").map(|part| self.base(part, None)).transpose()?;
        let mut nodes = Vec::new();
        for shape in root.descendants().filter(|element| element.is(Ns::P, "sp")) {
            let name = Name::of(shape);
            if !matches!(name.as_ref().map(|name| name.kind), None | Some(Kind::Body | Kind::Subtitle)) {
                continue;
            }
            let Some(body) = shape.child(Ns::P, "txBody") else { continue };
            let levels = base.as_ref().map(|base| base.inherited(name.as_ref(), &Levels::default()).levels);
            let own = Context {
                slide: context.slide,
                base: context.base,
                theme: context.theme.clone(),
                relationships,
                defaults: context.defaults,
            };
            let plain = Levels::default();
            let (read, has_text) =
                self.text(body, Some(levels.as_ref().unwrap_or(&plain)), Role::Body, Rect::default(), &own);
            if has_text {
                nodes.extend(read.into_iter().filter(|node| !is_blank(node)));
            }
        }
        Ok(nodes)
    }

    /// Comments and the answers to them. Both kinds of parts name their elements alike.
    fn comments(&mut self, root: Element<'_>, relationships: &Relationships, context: &Context<'_>) -> Vec<Part> {
        let levels = Levels::default();
        let mut parts = Vec::new();
        for comment in root.descendants().filter(|element| matches!(element.local(), "cm" | "reply")) {
            let written = |names: [&str; 2]| {
                let found = names.into_iter().find_map(|name| comment.attribute(Ns::None, name))?;
                Some(found.trim().to_owned()).filter(|text| !text.is_empty())
            };
            let place = Place::Slide { slide: context.slide, row: None, rect: None };
            let text = TextContext {
                levels: &levels,
                theme: &context.theme,
                relationships,
                place: place.clone(),
                role: Role::Body,
            };
            let body = comment.children().find(|child| child.local() == "txBody");
            let plain = comment.children().find(|child| child.local() == "text");
            let mut paragraphs = body.map(|body| self.paragraphs(body, &text)).unwrap_or_default();
            for line in plain.map_or("", Element::text).lines() {
                let paragraph = crate::page::Paragraph::plain(normalise(line));
                paragraphs.push(crate::page::Paragraph { place: place.clone(), ..paragraph });
            }
            paragraphs.retain(|paragraph| !paragraph.is_blank());
            if paragraphs.is_empty() {
                continue;
            }
            let author = written(["authorId", "author"]).and_then(|id| self.authors.0.get(&id).cloned());
            let kind = PartKind::Comment { author, date: written(["dt", "created"]) };
            parts.push(Part { kind, nodes: paragraphs.into_iter().map(Node::Paragraph).collect() });
        }
        parts
    }
}

/// Whether a node shows nothing.
pub(super) fn is_blank(node: &Node) -> bool {
    match node {
        Node::Paragraph(paragraph) => paragraph.is_blank(),
        Node::Table(_) => false,
    }
}

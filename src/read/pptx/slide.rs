//! One slide.

use std::rc::Rc;

use crate::model::WarningCode;
use crate::page::{Inline, Mark, Node, Paragraph, Part, PartKind, Place, Rect};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Ns, Relationships};

use super::Reading;
use super::beside::is_blank;
use super::masters::{Base, override_map, shows_master};
use super::order::reading_order;
use super::overlay::{Overlays, settle};
use super::running;
use super::shapes::{Context, Found, What};

impl Reading<'_> {
    /// Reads a slide into a part, and its notes, comments and running texts into others.
    pub(super) fn slide(
        &mut self,
        part: &str,
        number: u32,
        parts: &mut Vec<Part>,
        beside: &mut Vec<Part>,
    ) -> Result<(), ReadError> {
        let nodes =
            self.part(part, |reading, relationships, root| reading.slide_nodes(root, relationships, number, beside))?;
        parts.push(Part { kind: PartKind::Slide(number), nodes: nodes.unwrap_or_default() });
        Ok(())
    }

    fn slide_nodes(
        &mut self,
        root: Element<'_>,
        relationships: &Relationships,
        number: u32,
        beside: &mut Vec<Part>,
    ) -> Result<Vec<Node>, ReadError> {
        let layout = relationships.part("slideLayout").map(|part| self.base(part, Some("slideMaster"))).transpose()?;
        let base = layout.unwrap_or_else(|| Rc::new(Base::empty()));
        let theme = match override_map(root) {
            Some(map) => Rc::new(base.plain_theme.mapped(map)),
            None => base.theme.clone(),
        };
        let defaults = self.defaults.clone();
        let context = Context { slide: number, base: &base, theme, relationships, defaults: &defaults };
        let tree = root.child(Ns::P, "cSld").and_then(|slide| slide.child(Ns::P, "spTree"));
        let found = tree.map(|tree| self.shapes(tree, &context)).transpose()?.unwrap_or_default();
        let nodes = self.laid_out(found, &context, beside);
        if matches!(root.attribute(Ns::None, "show"), Some("0" | "false" | "off"))
            && nodes.iter().any(|node| !is_blank(node))
        {
            let place = Place::Slide { slide: number, row: None, rect: None };
            self.warn(WarningCode::HiddenPart, "Sidan är dold i presentationen; den har lästs ändå.", place);
        }
        if shows_master(root) {
            let above = base.above.as_deref().filter(|_| base.shows_master);
            for base in [Some(&*base), above].into_iter().flatten().filter(|base| !base.fixed.is_empty()) {
                let part = Part { kind: PartKind::Footer, nodes: base.fixed.clone() };
                if !beside.contains(&part) {
                    beside.push(part);
                }
            }
        }
        self.beside(&context, beside)?;
        Ok(nodes)
    }

    /// What was found, in reading order: titles first.
    fn laid_out(&mut self, mut found: Vec<Found<'_>>, context: &Context<'_>, beside: &mut Vec<Part>) -> Vec<Node> {
        running::tell(&mut found, context.slide, self.height, &mut self.foot_lines);
        let levels = context.base.inherited(None, context.defaults).levels;
        let Overlays { rest, unknown } = settle(found, &levels, &context.theme);
        let place = |rect| Place::Slide { slide: context.slide, row: None, rect: Some(rect) };
        for rect in unknown {
            let message = "Något är ritat över en tabell där radernas höjd inte säger vilken rad det hör till; det \
                           står efter tabellen. Kontrollera.";
            self.warn(WarningCode::DoubtfulRow, message, place(rect));
        }
        let mut titles = Vec::new();
        let mut pieces: Vec<(Rect, Vec<Node>)> = Vec::new();
        for Found { rect, what } in rest {
            match what {
                What::Title(nodes) => titles.push((rect, nodes)),
                What::Text { nodes, .. } => pieces.push((rect, nodes)),
                What::Table(table) => {
                    if !table.hidden.is_empty() {
                        let message = "Text ligger dold under sammanslagna celler; den sparas bland resterna.";
                        self.warn(WarningCode::HiddenText, message, place(rect));
                        beside.push(Part { kind: PartKind::Hidden, nodes: table.hidden });
                    }
                    pieces.push((rect, vec![Node::Table(table.table)]));
                }
                What::Mark(Mark::Picture { .. }) => {}
                What::Mark(mark) => {
                    let paragraph =
                        Paragraph { inlines: vec![Inline::Mark(mark)], place: place(rect), ..Paragraph::default() };
                    pieces.push((rect, vec![Node::Paragraph(paragraph)]));
                }
                What::Running(nodes) => {
                    let part = Part { kind: PartKind::Footer, nodes };
                    let same = |own: &Part| own.kind == PartKind::Footer && texts(own) == texts(&part);
                    if !beside.iter().any(same) {
                        beside.push(part);
                    }
                }
                What::Hidden(nodes) => {
                    let message = "Text som är dold på sidan sparas bland resterna.";
                    self.warn(WarningCode::HiddenText, message, place(rect));
                    beside.push(Part { kind: PartKind::Hidden, nodes });
                }
            }
        }
        let mut nodes = Vec::new();
        for mut group in [titles, pieces] {
            let boxes: Vec<Rect> = group.iter().map(|(rect, _)| *rect).collect();
            for index in reading_order(&boxes) {
                nodes.append(&mut group[index].1);
            }
        }
        nodes
    }
}

fn texts(part: &Part) -> Vec<String> {
    let text = |node: &Node| match node {
        Node::Paragraph(paragraph) => paragraph.text(),
        Node::Table(_) => String::new(),
    };
    part.nodes.iter().map(text).collect()
}

//! What is drawn with DrawingML: shapes, groups, pictures, text boxes, SmartArt.

use crate::page::{Mark, Node, Paragraph, Rgb};
use crate::read::ReadError;
use crate::read::ooxml::{Element, Line, Look, Ns, ShapeLook, alt_text, fill_in, is_ellipse, look_of, points};

use super::block::{Scope, Walker};

/// What shapes take from the group they stand in.
#[derive(Clone, Copy)]
struct Group {
    fill: Option<Rgb>,
    scale: (f32, f32),
}

impl Walker<'_, '_> {
    /// A `w:drawing`.
    pub(super) fn drawing(&mut self, drawing: Element<'_>, scope: &Scope, line: &mut Line) -> Result<(), ReadError> {
        for frame in drawing.children().filter(|child| matches!(child.local(), "inline" | "anchor")) {
            let properties = frame.child(Ns::Wp, "docPr");
            let hidden = properties.and_then(|properties| properties.attribute(Ns::None, "hidden"));
            if matches!(hidden, Some("1" | "true" | "on")) {
                let place = self.place(scope);
                for text in frame.descendants().filter(|inner| inner.local() == "t") {
                    self.reading.tally.hide(text.text(), &place);
                }
                continue;
            }
            let alt = properties.and_then(alt_text);
            let name = properties.and_then(|properties| properties.attribute(Ns::None, "name"));
            let extent = frame.child(Ns::Wp, "extent").map(points);
            let data = frame.descendants().find(|inner| inner.is(Ns::A, "graphicData"));
            let group = Group { fill: None, scale: (1.0, 1.0) };
            for object in data.into_iter().flat_map(Element::children) {
                self.object(object, group, extent, (alt.clone(), name), scope, line)?;
            }
        }
        Ok(())
    }

    /// Something drawn; `name` is its text alternative and the automatic name it may go by.
    fn object(
        &mut self,
        object: Element<'_>,
        group: Group,
        extent: Option<(f32, f32)>,
        (alt, name): (Option<String>, Option<&str>),
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        match object.local() {
            "wsp" | "sp" => {
                let mut look = look_of(object, self.reading.theme(), group.fill, group.scale);
                if look.size == (0.0, 0.0) {
                    look.size = extent.unwrap_or_default();
                }
                let content = object.descendants().find(|inner| inner.is(Ns::W, "txbxContent"));
                let plain = object.children().find(|child| child.local() == "txBody");
                let has_text = content.or(plain).is_some_and(|text| {
                    text.descendants().any(|inner| inner.local() == "t" && !inner.text().trim().is_empty())
                });
                if let Some(mark) = shape_mark(look, alt.or_else(|| name.map(str::to_owned)), has_text) {
                    line.mark(mark);
                }
                if let Some(content) = content {
                    self.text_box(content, scope, line)?;
                } else if let Some(plain) = plain {
                    self.drawn_text(plain, scope, line);
                }
            }
            "wgp" | "grpSp" | "wpc" | "lockedCanvas" => {
                let properties = object.children().find(|child| child.local() == "grpSpPr");
                let theme = self.reading.theme();
                let own = properties.and_then(|properties| fill_in(properties, theme, None, group.fill));
                let inner = Group { fill: own.unwrap_or(group.fill), scale: group_scale(properties, group.scale) };
                for child in object.children() {
                    let own = child.children().find(|part| matches!(part.local(), "cNvPr" | "nvSpPr" | "nvPicPr"));
                    let own = own.map(|part| part.children().find(|p| p.local() == "cNvPr").unwrap_or(part));
                    let name = own.and_then(|own| own.attribute(Ns::None, "name"));
                    self.object(
                        child,
                        inner,
                        None,
                        (own.and_then(alt_text).or_else(|| alt.clone()), name),
                        scope,
                        line,
                    )?;
                }
            }
            "pic" | "contentPart" => self.picture(alt, line),
            "chart" | "chartex" => {
                let what = "Ett diagram läses inte. Skriv dess siffror som text om de hör till planen.";
                self.reading.unsupported(what, &self.place(scope));
                self.picture(alt, line);
            }
            "relIds" => self.smart_art(object, scope, line)?,
            _ => {}
        }
        Ok(())
    }

    /// A picture: counted, since text in it is not read.
    pub(super) fn picture(&mut self, alt: Option<String>, line: &mut Line) {
        self.reading.tally.pictures += 1;
        line.mark(Mark::Picture { alt });
    }

    /// The text of a text box: it comes after the paragraph it is anchored in.
    pub(super) fn text_box(&mut self, content: Element<'_>, scope: &Scope, line: &mut Line) -> Result<(), ReadError> {
        let place = self.place(scope);
        // Fields around the box have nothing to do with those in it.
        let fields = std::mem::take(&mut self.fields);
        let nodes = self.story(content, &Scope::Inside(place));
        self.fields = fields;
        line.beside.extend(nodes?.into_iter().filter(|node| match node {
            Node::Paragraph(paragraph) => !(paragraph.is_blank() && paragraph.anchors.is_empty()),
            Node::Table(_) => true,
        }));
        Ok(())
    }

    /// The paragraphs of a DrawingML text, which knows nothing of Word's styles.
    fn drawn_text(&mut self, body: Element<'_>, scope: &Scope, line: &mut Line) {
        let place = self.place(scope);
        for paragraph in body.children().filter(|child| child.is(Ns::A, "p")) {
            let mut text = Line::default();
            for piece in paragraph.descendants() {
                match piece.local() {
                    "t" => text.text(piece.text(), Look::default(), None),
                    "br" => text.line_break(),
                    _ => {}
                }
            }
            let paragraph =
                Paragraph { inlines: Line::finish(text.inlines), place: place.clone(), ..Paragraph::default() };
            if !paragraph.is_blank() {
                line.beside.push(Node::Paragraph(paragraph));
            }
        }
    }

    /// SmartArt keeps its text in a part of its own.
    fn smart_art(&mut self, ids: Element<'_>, scope: &Scope, line: &mut Line) -> Result<(), ReadError> {
        let data = ids.attribute(Ns::R, "dm").and_then(|id| self.relationships.get(id));
        let Some(part) = data.map(|data| data.target.clone()) else { return Ok(()) };
        let place = self.place(scope);
        let texts = self.reading.part(&part, |reading, relationships, root| {
            let mut walker = Walker::new(reading, relationships, root);
            let (scope, mut line) = (Scope::Inside(place), Line::default());
            for text in root.descendants().filter(|inner| inner.is(Ns::Diagram, "t")) {
                walker.drawn_text(text, &scope, &mut line);
            }
            Ok(line.beside)
        })?;
        line.beside.extend(texts.into_iter().flatten());
        Ok(())
    }
}

/// The mark of a shape. What frames text or shows no colour is no sign.
pub(super) fn shape_mark(look: ShapeLook, alt: Option<String>, has_text: bool) -> Option<Mark> {
    let ShapeLook { geometry, fill, size } = look;
    if is_ellipse(&geometry) {
        return Some(Mark::Ellipse { fill, size, alt });
    }
    fill.filter(|&fill| !(has_text && fill == Rgb::WHITE))?;
    Some(Mark::Shape { geometry, fill, size, alt })
}

/// How many times its own size a group's inside is drawn.
fn group_scale(properties: Option<Element<'_>>, outer: (f32, f32)) -> (f32, f32) {
    let side = |name| Some(points(properties?.child(Ns::A, "xfrm")?.child(Ns::A, name)?));
    match (side("ext"), side("chExt")) {
        (Some(shown), Some(inside)) if inside.0 > 0.0 && inside.1 > 0.0 => {
            (outer.0 * shown.0 / inside.0, outer.1 * shown.1 / inside.1)
        }
        _ => outer,
    }
}

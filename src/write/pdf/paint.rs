//! Pages → the file's own drawing, each piece tagged with its element or marked as decoration.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect};
use krilla::page::{Page as OpenPage, PageSettings};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag};
use krilla::text::KrillaGlyph;

use super::blocks::{Laid, Link};
use super::flow::{self, Mark, Page};
use super::fonts::Fonts;
use super::light::{self, fill, stroke};
use super::lines::{SetLine, Span};
use super::look::{self, BASELINE, HEAD, LIGHT, RUNNING, Sheet};
use super::tags::{Kind, Tags};
use super::words::Look;
use crate::write::shown;

/// What stands on every page.
pub(super) struct Running<'a> {
    pub(super) sheet: Sheet,
    pub(super) head: Option<&'a str>,
}

/// Paints all pages.
pub(super) fn pages(
    document: &mut Document,
    pages: &[Page],
    running: &Running<'_>,
    fonts: &mut Fonts,
    tags: &mut Tags,
) {
    let sheet = running.sheet;
    let head = running.head.map(|head| flow::running(head, fonts));
    for (number, page) in pages.iter().enumerate() {
        let foot = flow::running(&format!("Sida {} av {}", number + 1, pages.len()), fonts);
        let Some(settings) = PageSettings::from_wh(sheet.width, sheet.height) else { return };
        let mut open = document.start_page_with(settings);
        let mut painter = Painter { surface: open.surface(), fonts, tags, number, links: BTreeMap::new() };
        if let Some(head) = &head {
            painter.running(head, sheet.left, HEAD, ArtifactType::Header);
        }
        for mark in &page.marks {
            painter.mark(mark);
        }
        painter.running(&foot, sheet.right() - foot.width, sheet.foot(), ArtifactType::Footer);
        let links = painter.finish();
        annotate(&mut open, links, tags);
        open.finish();
    }
}

/// Makes the boxes of a page's links live.
fn annotate(page: &mut OpenPage<'_>, links: BTreeMap<usize, Live>, tags: &mut Tags) {
    for live in links.into_values() {
        let quads: Vec<Quadrilateral> = live.boxes.into_iter().map(Quadrilateral::from).collect();
        if quads.is_empty() {
            continue;
        }
        let target = Target::Action(Action::Link(LinkAction::new(live.link.target)));
        let link = LinkAnnotation::new_with_quad_points(quads, target);
        let content = page.add_tagged_annotation(Annotation::new_link(link, Some(live.link.address)));
        tags.content(live.link.element, content);
    }
}

/// A link on one page.
struct Live {
    link: Link,
    boxes: Vec<Rect>,
}

struct Painter<'p, 's> {
    surface: Surface<'s>,
    fonts: &'p Fonts,
    tags: &'p mut Tags,
    number: usize,
    /// By the order in which they come.
    links: BTreeMap<usize, Live>,
}

impl Painter<'_, '_> {
    /// The page's links.
    fn finish(self) -> BTreeMap<usize, Live> {
        self.surface.finish();
        self.links
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Open(element) => self.tags.open(*element),
            Mark::Line { laid, x, y, real } => self.laid(laid, *x, *y, *real),
            Mark::Rule { from, to, colour, width } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                if let Some(path) = path.finish() {
                    self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                    self.surface.set_fill(None);
                    self.surface.set_stroke(Some(stroke(*colour, *width)));
                    self.surface.draw_path(&path);
                    self.surface.set_stroke(None);
                    self.surface.end_tagged();
                }
            }
            Mark::Fill { at, size, colour } => {
                let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) else { return };
                let mut path = PathBuilder::new();
                path.push_rect(rect);
                if let Some(path) = path.finish() {
                    self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                    self.surface.set_fill(Some(fill(*colour)));
                    self.surface.draw_path(&path);
                    self.surface.end_tagged();
                }
            }
        }
    }

    fn running(&mut self, line: &SetLine, x: f32, baseline: f32, kind: ArtifactType) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        self.artifact(line, x, baseline, RUNNING.size);
        self.surface.end_tagged();
    }

    fn artifact(&mut self, line: &SetLine, x: f32, baseline: f32, size: f32) {
        for span in &line.spans {
            if let Span::Text { x: from, look, text, glyphs, .. } = span {
                self.text(x + from, baseline, look, text, glyphs, size);
            }
        }
    }

    fn text(&mut self, x: f32, baseline: f32, look: &Look, text: &str, glyphs: &[KrillaGlyph], size: f32) {
        self.surface.set_fill(Some(fill(look.colour)));
        self.surface.set_stroke(None);
        self.surface.draw_glyphs(Point::from_xy(x, baseline), glyphs, self.fonts.font(look.face), text, size, false);
    }

    fn laid(&mut self, laid: &Laid, x: f32, y: f32, real: bool) {
        let baseline = y + laid.baseline();
        if !real {
            let repeated = Artifact::with_kind(ArtifactType::PaginationOther);
            self.surface.start_tagged(ContentTag::Artifact(repeated));
            self.artifact(&laid.line, x, baseline, laid.size);
            self.surface.end_tagged();
            return;
        }
        if laid.new {
            self.new_bar(laid, x, y);
        }
        if let Some((sign, left, element)) = &laid.sign {
            let content = self.surface.start_tagged(ContentTag::Other);
            self.artifact(sign, x - left, baseline, laid.size);
            self.surface.end_tagged();
            self.tags.content(*element, content);
        }
        // An empty paragraph is one, too.
        self.tags.open(laid.element);
        let mut spans = laid.line.spans.iter().peekable();
        while let Some(span) = spans.next() {
            match span {
                Span::Light { x: from, light } => self.light(laid, *light, x + from, baseline),
                Span::Text { look, .. } => {
                    let content = self.surface.start_tagged(ContentTag::Other);
                    let (from, mut to) = (x + span.start(), x + span.end());
                    self.span(span, x, baseline, laid.size);
                    while let Some(next) = spans.next_if(|next| next.link() == Some(look.link)) {
                        self.span(next, x, baseline, laid.size);
                        to = x + next.end();
                    }
                    self.surface.end_tagged();
                    let link = look.link.and_then(|index| laid.links.get(index));
                    self.tags.content(link.map_or(laid.element, |link| link.element), content);
                    if let Some(link) = link {
                        self.link(link, (from, to), baseline, laid.size);
                    }
                }
            }
        }
    }

    fn span(&mut self, span: &Span, x: f32, baseline: f32, size: f32) {
        let Span::Text { x: from, width, look, text, glyphs } = span else { return };
        self.text(x + from, baseline, look, text, glyphs, size);
        if look.link.is_some() {
            // The underline belongs to the link: colour alone would not show it.
            let mut path = PathBuilder::new();
            path.move_to(x + from, baseline + 0.12 * size);
            path.line_to(x + from + width, baseline + 0.12 * size);
            if let Some(path) = path.finish() {
                self.surface.set_fill(None);
                self.surface.set_stroke(Some(stroke(look.colour, 0.05 * size)));
                self.surface.draw_path(&path);
                self.surface.set_stroke(None);
            }
        }
    }

    fn link(&mut self, link: &Link, (from, to): (f32, f32), baseline: f32, size: f32) {
        let Some(area) = Rect::from_ltrb(from, baseline - BASELINE * size, to, baseline + 0.28 * size) else { return };
        let live = self.links.entry(link.element.number());
        live.or_insert_with(|| Live { link: link.clone(), boxes: Vec::new() }).boxes.push(area);
    }

    fn light(&mut self, laid: &Laid, light: crate::model::Light, x: f32, baseline: f32) {
        let top = baseline - 0.36 * laid.size - LIGHT / 2.0;
        let figure = self.tags.add(Kind::Figure(shown::light(light)), Some(laid.element));
        let content = self.surface.start_tagged(ContentTag::Other);
        if light == crate::model::Light::Closed {
            self.ticked_box(x, baseline);
        } else {
            light::draw(light, (x, top), &mut self.surface);
        }
        self.surface.end_tagged();
        self.tags.content(figure, content);
        if let Some(area) = Rect::from_xywh(x, top, LIGHT, LIGHT) {
            self.tags.bound(figure, BBox::new(self.number, area));
        }
    }

    /// The bar beside a line of a new entry: where the paragraph begins it says so, further down it is decoration.
    fn new_bar(&mut self, laid: &Laid, x: f32, y: f32) {
        let left = x - laid.x - 3.2;
        let first = laid.before == 0 && laid.sign.is_none();
        let Some(area) = Rect::from_xywh(left, y + 0.8, 1.6, laid.height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(area);
        let Some(path) = path.finish() else { return };
        let tag =
            if first { ContentTag::Other } else { ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)) };
        let content = self.surface.start_tagged(tag);
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(look::LINK)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
        if first {
            let figure = self.tags.add(Kind::Figure("Ny"), Some(laid.element));
            self.tags.content(figure, content);
            self.tags.bound(figure, BBox::new(self.number, area));
        }
    }

    /// A ticked box, as a sign: what is drawn for the group's own box in Word, too.
    fn ticked_box(&mut self, x: f32, baseline: f32) {
        let shaped = self.fonts.sign('☒');
        let look = Look { face: shaped.face, colour: look::BLACK, link: None };
        self.text(x, baseline + 0.4, &look, &shaped.text, &shaped.glyphs, LIGHT / shaped.width.max(0.1));
    }
}

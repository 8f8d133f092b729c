//! A paragraph of a slide as it stands in the file: how high it is, and where it can be cut.

use super::super::share::Paragraph;
use super::rich::LIGHT_MARK;
use crate::model::Light;
use crate::write::metrics::{self, Stretch};
use crate::write::shown;
use crate::write::template::xml::{Element, Node};

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Para(pub(super) Element);

/// The size of text that says none, in points.
const SIZE: f64 = 18.0;

impl Para {
    /// The light that is drawn beside it.
    pub(super) fn light(&self) -> Option<Light> {
        let name = self.0.attribute(LIGHT_MARK)?;
        [Light::Green, Light::Yellow, Light::Red].into_iter().find(|light| shown::light(*light) == name)
    }

    /// Without what only this program knows.
    pub(super) fn clean(mut self) -> Element {
        self.0.attributes.retain(|(name, _)| name != LIGHT_MARK);
        self.0
    }

    fn properties(&self) -> Option<&Element> {
        self.0.child("a:pPr")
    }

    fn number(of: Option<&Element>, name: &str) -> Option<f64> {
        of?.attribute(name)?.parse().ok()
    }

    /// The size of its largest text.
    pub(super) fn size(&self) -> f64 {
        let runs = self.0.elements().filter_map(|child| child.child("a:rPr"));
        let own = runs.filter_map(|run| Self::number(Some(run), "sz")).fold(0.0, f64::max);
        let size = if own > 0.0 { own } else { Self::number(self.0.child("a:endParaRPr"), "sz").unwrap_or(0.0) };
        if size > 0.0 { size / 100.0 } else { SIZE }
    }

    /// From line to line.
    pub(super) fn pitch(&self) -> f64 {
        let spacing = self.properties().and_then(|properties| properties.child("a:lnSpc"));
        let points = spacing.and_then(|spacing| Self::number(spacing.child("a:spcPts"), "val"));
        let part = spacing.and_then(|spacing| Self::number(spacing.child("a:spcPct"), "val"));
        match (points, part) {
            (Some(points), _) => points / 100.0,
            (None, Some(part)) => self.size() * metrics::LINE * part / 100_000.0,
            (None, None) => self.size() * metrics::LINE,
        }
    }

    /// The space before it.
    pub(super) fn before(&self) -> f64 {
        let before = self.properties().and_then(|properties| properties.child("a:spcBef"));
        before.and_then(|before| Self::number(before.child("a:spcPts"), "val")).unwrap_or(0.0) / 100.0
    }

    /// How wide the fonts are, as a part of the measured one.
    fn wide(&self) -> f64 {
        let mut faces = self.0.elements().filter_map(|run| run.child("a:rPr")?.child("a:latin")?.attribute("typeface"));
        match faces.next().map(str::to_lowercase).as_deref() {
            Some("calibri" | "carlito" | "aptos narrow" | "times new roman" | "liberation serif" | "garamond") => 1.0,
            Some("verdana" | "dejavu sans" | "bitstream vera sans") => 1.3,
            // The theme's font, or one that is not known: as wide as Arial. Rows too high are better than lights beside
            // the wrong row.
            _ => 1.15,
        }
    }

    fn texts(&self) -> impl Iterator<Item = (bool, String)> + '_ {
        self.0.elements().filter_map(|child| match child.name.as_str() {
            "a:br" => Some((false, "\n".to_owned())),
            "a:r" | "a:fld" => {
                let bold = child.child("a:rPr").and_then(|run| run.attribute("b")) == Some("1");
                Some((bold, child.child("a:t").map(Element::text).unwrap_or_default()))
            }
            _ => None,
        })
    }

    /// The first signs of its text, or all after them.
    fn part(&self, count: usize, first: bool) -> Self {
        let mut left = count;
        let mut element = Element { children: Vec::new(), ..self.0.clone() };
        for node in &self.0.children {
            let Some(child) = node.element() else { continue };
            match child.name.as_str() {
                "a:br" => {
                    let within = left > 0;
                    left = left.saturating_sub(1);
                    if within == first {
                        element.children.push(node.clone());
                    }
                }
                "a:r" | "a:fld" => {
                    let text = child.child("a:t").map(Element::text).unwrap_or_default();
                    let at = text.char_indices().nth(left).map_or(text.len(), |(at, _)| at);
                    left -= text[..at].chars().count().min(left);
                    let own = if first { &text[..at] } else { &text[at..] };
                    if !own.is_empty() {
                        let mut run = child.clone();
                        for node in &mut run.children {
                            if let Node::Element(inner) = node
                                && inner.name == "a:t"
                            {
                                inner.children = vec![Node::Text(own.to_owned())];
                            }
                        }
                        element.children.push(Node::Element(run));
                    }
                }
                _ => element.children.push(node.clone()),
            }
        }
        if !first {
            element.attributes.retain(|(name, _)| name != LIGHT_MARK);
        }
        Self(element)
    }
}

impl Paragraph for Para {
    type Setting = ();

    fn height(&self, (): (), width: f64) -> f64 {
        let margin = Self::number(self.properties(), "marL").unwrap_or(0.0) / 12_700.0;
        let texts: Vec<(bool, String)> = self.texts().collect();
        let stretches: Vec<Stretch<'_>> = texts.iter().map(|(bold, text)| Stretch { text, bold: *bold }).collect();
        let lines = metrics::lines(&stretches, self.size() * self.wide(), (width - margin) * 0.98);
        lines as f64 * self.pitch() + self.before()
    }

    fn cut(&self, (): (), width: f64, height: f64) -> Option<(Self, Self)> {
        let all: Vec<char> = self.texts().flat_map(|(_, text)| text.chars().collect::<Vec<_>>()).collect();
        let (mut low, mut high) = (0, all.len());
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.part(middle, true).height((), width) <= height {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        let blank = all[..low].iter().rposition(|c| c.is_whitespace()).map(|at| at + 1);
        let at = blank.filter(|&at| at > low / 2).unwrap_or(low);
        let says = |signs: &[char]| signs.iter().any(|c| !c.is_whitespace());
        (says(&all[..at]) && says(&all[at..])).then(|| (self.part(at, true), self.part(at, false)))
    }

    fn continued(like: Option<&Self>) -> Self {
        let text = |text: &str| {
            Node::Element(Element {
                name: "a:t".to_owned(),
                attributes: Vec::new(),
                children: vec![Node::Text(text.to_owned())],
            })
        };
        let mut properties = like
            .and_then(|like| like.0.elements().find_map(|run| run.child("a:rPr")).cloned())
            .unwrap_or(Element { name: "a:rPr".to_owned(), ..Element::default() });
        properties.attributes.retain(|(name, _)| !matches!(name.as_str(), "b" | "i"));
        properties.attributes.push(("i".to_owned(), "1".to_owned()));
        properties.children.retain(|node| node.element().is_none_or(|child| child.name != "a:hlinkClick"));
        let run = Element {
            name: "a:r".to_owned(),
            attributes: Vec::new(),
            children: vec![Node::Element(properties), text("(forts.)")],
        };
        let own = Element { name: "a:p".to_owned(), attributes: Vec::new(), children: vec![Node::Element(run)] };
        Self(own)
    }
}

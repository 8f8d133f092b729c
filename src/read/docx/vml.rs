//! What is drawn with VML, the drawing language of older Word files.

use crate::page::Rgb;
use crate::read::ReadError;
use crate::read::ooxml::{Element, Line, Look, Ns, ShapeLook, preset_colour};

use super::block::{Scope, Walker};
use super::shapes::shape_mark;

impl Walker<'_, '_> {
    /// A `w:pict` or `w:object`, or a group in it.
    pub(super) fn vml(&mut self, parent: Element<'_>, scope: &Scope, line: &mut Line) -> Result<(), ReadError> {
        self.vml_shapes(parent, (1.0, 1.0), scope, line)
    }

    fn vml_shapes(
        &mut self,
        parent: Element<'_>,
        scale: (f32, f32),
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        for shape in parent.children() {
            let style = shape.attribute(Ns::None, "style").unwrap_or_default();
            if property(style, "visibility") == Some("hidden") {
                let place = self.place(scope);
                for text in shape.descendants().filter(|inner| inner.is(Ns::W, "t")) {
                    self.reading.tally.hide(text.text(), &place);
                }
                continue;
            }
            match (shape.ns(), shape.local()) {
                (Ns::V, "shapetype" | "shadow" | "formulas" | "path" | "stroke") => {}
                (Ns::V, "group") => self.vml_shapes(shape, group_scale(shape, style, scale), scope, line)?,
                (Ns::V, _) => self.vml_shape(shape, style, scale, scope, line)?,
                (Ns::W, "drawing") => self.drawing(shape, scope, line)?,
                (Ns::W, "txbxContent") => self.text_box(shape, scope, line)?,
                (Ns::W | Ns::O, _) => {}
                _ => self.vml_shapes(shape, scale, scope, line)?,
            }
        }
        Ok(())
    }

    fn vml_shape(
        &mut self,
        shape: Element<'_>,
        style: &str,
        scale: (f32, f32),
        scope: &Scope,
        line: &mut Line,
    ) -> Result<(), ReadError> {
        let attribute = |name| shape.attribute(Ns::None, name).map(str::trim).filter(|text| !text.is_empty());
        let alt = attribute("alt").or_else(|| attribute("title")).map(crate::model::normalise);
        if shape.child(Ns::V, "imagedata").is_some() || shape.local() == "image" {
            self.picture(alt, line);
            return Ok(());
        }
        // WordArt: its text is an attribute.
        if let Some(text) = shape.child(Ns::V, "textpath").and_then(|path| path.attribute(Ns::None, "string")) {
            line.text(text, Look::default(), None);
            return Ok(());
        }
        let side = |name| property(style, name).and_then(points).unwrap_or(0.0);
        let content = shape.descendants().find(|inner| inner.is(Ns::W, "txbxContent"));
        let has_text = content.is_some_and(|content| {
            content.descendants().any(|inner| inner.is(Ns::W, "t") && !inner.text().trim().is_empty())
        });
        let look = ShapeLook {
            geometry: geometry(shape),
            fill: fill(shape),
            size: (side("width") * scale.0, side("height") * scale.1),
        };
        if let Some(mark) = shape_mark(look, alt.or_else(|| attribute("id").map(str::to_owned)), has_text) {
            line.mark(mark);
        }
        match content {
            Some(content) => self.text_box(content, scope, line),
            None => Ok(()),
        }
    }
}

/// The form by DrawingML's name.
fn geometry(shape: Element<'_>) -> String {
    let name = match shape.local() {
        "oval" => "ellipse",
        "roundrect" => "roundRect",
        "shape" => {
            let by_type = shape.attribute(Ns::None, "type").and_then(|name| name.rsplit("_x0000_t").next());
            match shape.attribute(Ns::O, "spt").or(by_type) {
                Some("3") => "ellipse",
                Some("120") => "flowChartConnector",
                Some("2") => "roundRect",
                Some("1" | "202") => "rect",
                Some("12") => "star5",
                Some("96") => "smileyFace",
                _ => "custom",
            }
        }
        other => other,
    };
    name.to_owned()
}

fn fill(shape: Element<'_>) -> Option<Rgb> {
    let is_off = |value: Option<&str>| matches!(value, Some("f" | "false" | "0"));
    let inner = shape.child(Ns::V, "fill");
    if is_off(shape.attribute(Ns::None, "filled")) || is_off(inner.and_then(|fill| fill.attribute(Ns::None, "on"))) {
        return None;
    }
    let own = inner.and_then(|fill| fill.attribute(Ns::None, "color"));
    match shape.attribute(Ns::None, "fillcolor").or(own) {
        Some(written) => colour(written),
        // Where nothing is said, these are white; a free form takes its fill from its type.
        None => matches!(shape.local(), "oval" | "rect" | "roundrect").then_some(Rgb::WHITE),
    }
}

/// `#00b050`, `#0f0`, `lime`, `rgb(0,176,80)`, with the theme's number after it or not.
fn colour(text: &str) -> Option<Rgb> {
    if let Some(list) = text.strip_prefix("rgb(") {
        let mut parts = list.trim_end_matches(')').split(',').map(|part| part.trim().parse::<u8>());
        return Some(Rgb::new(parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?));
    }
    let word = text.split_whitespace().next()?;
    match word.strip_prefix('#') {
        Some(hex) if hex.len() == 3 => Rgb::from_hex(&hex.chars().flat_map(|c| [c, c]).collect::<String>()),
        _ => Rgb::from_hex(word).or_else(|| preset_colour(word)),
    }
}

/// A property of a VML style ("width:12pt;height:12pt").
fn property<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    style.split(';').find_map(|pair| {
        let (key, value) = pair.split_once(':')?;
        (key.trim() == name).then_some(value.trim())
    })
}

/// A length in points.
fn points(length: &str) -> Option<f32> {
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: f32 = digits.trim().parse().ok()?;
    Some(match &length[digits.len()..] {
        "in" => number * 72.0,
        "cm" => number * 72.0 / 2.54,
        "mm" => number * 72.0 / 25.4,
        "pc" => number * 12.0,
        "px" => number * 0.75,
        _ => number,
    })
}

/// How many times its own measure a group's inside is drawn.
fn group_scale(group: Element<'_>, style: &str, outer: (f32, f32)) -> (f32, f32) {
    let inside = group.attribute(Ns::None, "coordsize").and_then(|size| size.split_once(','));
    let inside = inside.and_then(|(w, h)| Some((w.trim().parse::<f32>().ok()?, h.trim().parse::<f32>().ok()?)));
    let shown = property(style, "width").and_then(points).zip(property(style, "height").and_then(points));
    match (inside, shown) {
        (Some(inside), Some(shown)) if inside.0 > 0.0 && inside.1 > 0.0 => {
            (outer.0 * shown.0 / inside.0, outer.1 * shown.1 / inside.1)
        }
        _ => outer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_lengths() {
        assert_eq!(colour("#00b050"), Some(Rgb::new(0, 176, 80)));
        assert_eq!(colour("#0f0"), Some(Rgb::new(0, 255, 0)));
        assert_eq!(colour("#70ad47 [3209]"), Some(Rgb::new(0x70, 0xad, 0x47)));
        assert_eq!(colour("rgb(255, 192,0)"), Some(Rgb::new(255, 192, 0)));
        assert_eq!(colour("red"), Some(Rgb::new(255, 0, 0)));
        assert_eq!(colour(""), None);
        assert_eq!(points("12pt"), Some(12.0));
        assert_eq!(points("1in"), Some(72.0));
        assert_eq!(points("16px"), Some(12.0));
        assert_eq!(points("auto"), None);
        assert_eq!(property("width:12pt; height: 13pt", "height"), Some("13pt"));
    }
}

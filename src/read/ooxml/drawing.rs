//! Drawn shapes of DrawingML: what they look like, not where they stand.

use crate::page::Rgb;

use super::colour::mix;
use super::{Element, Ns, Theme, drawing_colour};

/// English Metric Units in a point.
const EMU_PER_POINT: f32 = 12_700.0;

/// What a shape looks like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShapeLook {
    /// The name of its form ("ellipse", "star5").
    pub(crate) geometry: String,
    /// Its fill, where it has one.
    pub(crate) fill: Option<Rgb>,
    /// Width and height in points.
    pub(crate) size: (f32, f32),
}

/// Whether a form of DrawingML looks like a circle or an ellipse.
pub(crate) fn is_ellipse(geometry: &str) -> bool {
    matches!(geometry, "ellipse" | "flowChartConnector")
}

/// The look of a shape (`wps:wsp`, `p:sp`) in a group that is drawn `scale` times its own size.
pub(crate) fn look_of(shape: Element<'_>, theme: &Theme, group_fill: Option<Rgb>, scale: (f32, f32)) -> ShapeLook {
    let properties = shape.children().find(|child| child.local() == "spPr");
    let style = shape.children().find(|child| child.local() == "style");
    let fill = match properties.and_then(|properties| fill_in(properties, theme, None, group_fill)) {
        Some(fill) => fill,
        None => style.and_then(|style| style_fill(style, theme)),
    };
    let extent = properties.and_then(|p| p.child(Ns::A, "xfrm")).and_then(|xfrm| xfrm.child(Ns::A, "ext"));
    let (width, height) = extent.map_or((0.0, 0.0), points);
    ShapeLook {
        geometry: properties.map_or_else(|| "custom".to_owned(), geometry),
        fill,
        size: (width * scale.0, height * scale.1),
    }
}

/// An extent (`cx`, `cy`) in points.
pub(crate) fn points(extent: Element<'_>) -> (f32, f32) {
    (points_of(extent, "cx"), points_of(extent, "cy"))
}

/// A length in an attribute, in points; none is nought.
pub(crate) fn points_of(element: Element<'_>, name: &str) -> f32 {
    let length = element.attribute(Ns::None, name).and_then(|length| length.parse().ok());
    length.map_or(0.0, |length: f32| length / EMU_PER_POINT)
}

/// The text alternative of non-visual properties: the description, else the title; never the automatic name.
pub(crate) fn alt_text(properties: Element<'_>) -> Option<String> {
    let written = |name| properties.attribute(Ns::None, name).map(str::trim).filter(|text| !text.is_empty());
    written("descr").or_else(|| written("title")).map(crate::model::normalise)
}

/// The fill among a shape's or group's properties; outer none: nothing is said of it.
pub(crate) fn fill_in(
    properties: Element<'_>,
    theme: &Theme,
    own: Option<Rgb>,
    group_fill: Option<Rgb>,
) -> Option<Option<Rgb>> {
    properties.children().filter(|child| child.ns() == Ns::A).find_map(|child| match child.local() {
        "solidFill" => Some(drawing_colour(child, theme, own)),
        "gradFill" => Some(gradient(child, theme, own)),
        "pattFill" => {
            let side = |name| child.child(Ns::A, name).and_then(|colour| drawing_colour(colour, theme, own));
            Some(side("fgClr").zip(side("bgClr")).map(|(a, b)| mix(a, b, 0.5)).or_else(|| side("fgClr")))
        }
        "grpFill" => Some(group_fill),
        "noFill" | "blipFill" => Some(None),
        _ => None,
    })
}

/// A gradient has no one colour; the middle of its stops is the nearest to what is seen.
fn gradient(fill: Element<'_>, theme: &Theme, own: Option<Rgb>) -> Option<Rgb> {
    let stops = fill.child(Ns::A, "gsLst")?;
    let mut colours = stops.children().filter_map(|stop| drawing_colour(stop, theme, own));
    let first = colours.next()?;
    let mut part = 1.0_f32;
    Some(colours.fold(first, |mean, colour| {
        part += 1.0;
        mix(colour, mean, 1.0 / part)
    }))
}

/// The fill that a shape takes from the theme's styles: the colour alone, which is what tells lights apart.
fn style_fill(style: Element<'_>, theme: &Theme) -> Option<Rgb> {
    let reference = style.child(Ns::A, "fillRef")?;
    if reference.attribute(Ns::None, "idx") == Some("0") {
        return None;
    }
    drawing_colour(reference, theme, None)
}

fn geometry(properties: Element<'_>) -> String {
    if let Some(preset) = properties.child(Ns::A, "prstGeom").and_then(|g| g.attribute(Ns::None, "prst")) {
        return preset.to_owned();
    }
    let Some(custom) = properties.child(Ns::A, "custGeom") else { return "rect".to_owned() };
    // What converters write for a circle: arcs or four curves, and no straight line.
    let count = |name| custom.descendants().filter(|element| element.is(Ns::A, name)).count();
    let round = count("lnTo") == 0 && (count("arcTo") >= 2 || matches!(count("cubicBezTo"), 4 | 8));
    if round { "ellipse".to_owned() } else { "custom".to_owned() }
}

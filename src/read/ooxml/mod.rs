//! The ground that Word and PowerPoint files share: the container, its relationships, XML trees,
//! theme colours and drawn shapes, symbol fonts, list signs and paragraphs in the making.

mod bullets;
mod colour;
mod diagram;
mod drawing;
mod line;
mod ns;
mod package;
mod properties;
mod symbols;
mod tree;
mod xml;

pub(crate) use bullets::split_points;
pub(crate) use colour::{Theme, drawing_colour, mix, preset_colour, shaded};
pub(crate) use diagram::diagram_points;
pub(crate) use drawing::{ShapeLook, alt_text, fill_in, is_ellipse, look_of, points, points_of};
pub(crate) use line::{Line, Look, unknown_sign};
pub(crate) use ns::Ns;
pub(crate) use package::{Package, Relationships};
pub(crate) use properties::{embedded, title, unreadable};
pub(crate) use symbols::{Glyph, SymbolFont};
pub(crate) use tree::{Element, Tree};
pub(crate) use xml::Keep;

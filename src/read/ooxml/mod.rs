//! The ground that Word and PowerPoint files share: the container, its relationships, XML trees,
//! theme colours and drawn shapes.

mod colour;
mod drawing;
mod ns;
mod package;
mod tree;
mod xml;

pub(crate) use colour::{Theme, drawing_colour, mix, preset_colour, shaded};
pub(crate) use drawing::{ShapeLook, alt_text, fill_in, is_ellipse, look_of, points};
pub(crate) use ns::Ns;
pub(crate) use package::{Package, Relationships};
pub(crate) use tree::{Element, Tree};
pub(crate) use xml::Keep;

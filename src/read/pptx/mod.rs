//! PowerPoint presentations (.pptx, .pptm, .potx): one part a slide, what a person sees on it in reading order.
//!
//! Read are: slides in the order the presentation shows them, hidden ones too (with a remark); titles, text boxes
//! and placeholders (place and list signs inherited from layout and master), groups with their transforms;
//! tables with merged cells and fills; what is drawn over a table, in the cell it lies over; list points by
//! inheritance or by a typed sign; bold, italic, colours through the theme and its maps, links; symbol fonts;
//! fields by their text; diagrams (SmartArt) and charts as text; running texts of masters; speaker's notes and
//! comments of both kinds.
//! Not read, and told of: embedded objects, text in pictures, a sign over a table whose row cannot be known.

mod beside;
mod chart;
mod masters;
mod measure;
mod order;
mod overlay;
mod running;
mod shapes;
mod slide;
mod table;
mod text;
mod transform;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::{Warning, WarningCode};
use crate::page::{Document, Place};
use crate::read::ooxml::{Element, Ns, Package, Relationships, Tree, embedded, points, title, unreadable};
use crate::read::{ReadError, ReadOptions};

use beside::Authors;
use masters::Base;
use text::Levels;

/// Reads a presentation.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let package = Package::open(bytes, &options.limits)?;
    let Some((main, _)) = package.main_part()? else {
        return Err(ReadError::damaged("filen har ingen presentationsdel", None));
    };
    let relationships = package.relationships(&main)?;
    let source = package.text(&main)?;
    let tree = Tree::parse(&source, &main, package.limits())?;
    let root = tree.root().ok_or_else(|| ReadError::damaged("presentationsdelen är tom", Some(&main)))?;
    let mut reading = Reading::new(&package);
    reading.defaults = root.child(Ns::P, "defaultTextStyle").map(Levels::plain).unwrap_or_default();
    reading.height = root.child(Ns::P, "sldSz").map_or(540.0, |size| points(size).1);
    reading.authors = Authors::read(&mut reading, &relationships);
    let slides = slides(root, &relationships);
    if slides.len() > options.limits.pages {
        return Err(ReadError::TooLarge {
            what: format!("den har fler än {} sidor", options.limits.pages),
            help: "Ta bort sidor som inte hör till planen.".to_owned(),
        });
    }
    let mut parts = Vec::with_capacity(slides.len());
    let mut beside = Vec::new();
    for (index, part) in slides.into_iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Some(part) = part else {
            let place = Place::Slide { slide: number, row: None, rect: None };
            reading.warn(WarningCode::UnreadablePart, "Sidan saknas i filen.", place);
            continue;
        };
        reading.slide(part, number, &mut parts, &mut beside)?;
    }
    running::take_out(&mut parts, &mut beside, reading.height);
    parts.append(&mut beside);
    reading.tell_of_pictures();
    let title = title(&package, &mut reading.warnings);
    let embedded = embedded(&package, &relationships, &mut reading.warnings);
    Ok(Document { format: "pptx", title, parts, embedded, warnings: reading.warnings })
}

/// The parts of the slides in the order they are shown; none for one that is not there.
fn slides<'r>(root: Element<'_>, relationships: &'r Relationships) -> Vec<Option<&'r str>> {
    let list = root.child(Ns::P, "sldIdLst").into_iter().flat_map(Element::children);
    let listed: Vec<Option<&str>> = list
        .filter(|entry| entry.is(Ns::P, "sldId"))
        .map(|entry| {
            let found = entry.attribute(Ns::R, "id").and_then(|id| relationships.get(id));
            found.filter(|found| !found.external).map(|found| found.target.as_str())
        })
        .collect();
    if listed.is_empty() {
        return relationships.of_kind("slide").map(|slide| Some(slide.target.as_str())).collect();
    }
    listed
}

/// What holds for a whole presentation while it is read.
struct Reading<'p> {
    package: &'p Package<'p>,
    /// How text looks that no master says anything of.
    defaults: Levels,
    /// How high a slide is, in points.
    height: f32,
    /// What stands at the foot of the slides so far.
    foot_lines: Vec<running::FootLine>,
    /// Layouts and masters by part, read once.
    bases: BTreeMap<String, Rc<Base>>,
    authors: Authors,
    cells: usize,
    pictures: usize,
    warnings: Vec<(Warning, Place)>,
}

impl<'p> Reading<'p> {
    fn new(package: &'p Package<'p>) -> Self {
        Self {
            package,
            defaults: Levels::default(),
            height: 540.0,
            foot_lines: Vec::new(),
            bases: BTreeMap::new(),
            authors: Authors::default(),
            cells: 0,
            pictures: 0,
            warnings: Vec::new(),
        }
    }

    /// Notes something a person may need to know, once.
    fn warn(&mut self, code: WarningCode, message: impl Into<String>, place: Place) {
        let warning = (Warning::new(code, message), place);
        if self.warnings.last() != Some(&warning) {
            self.warnings.push(warning);
        }
    }

    fn tell_of_pictures(&mut self) {
        if self.pictures > 0 {
            let what = if self.pictures == 1 { "bild" } else { "bilder" };
            let message = format!("Presentationen har {} {what}; text i bilder läses inte.", self.pictures);
            self.warnings.push((Warning::new(WarningCode::Picture, message), Place::Document));
        }
    }

    /// Reads another part's XML; one that cannot be read is told of and left out.
    fn part<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&mut Self, &Relationships, Element<'_>) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        let opened = self.package.relationships(part).and_then(|rels| Ok((rels, self.package.text(part)?)));
        let (relationships, source) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.warnings.push(unreadable(part, &error));
                return Ok(None);
            }
        };
        match Tree::parse(&source, part, self.package.limits()) {
            Ok(tree) => tree.root().map(|root| read(self, &relationships, root)).transpose(),
            Err(error) => {
                self.warnings.push(unreadable(part, &error));
                Ok(None)
            }
        }
    }
}

//! Word documents (.docx, .docm, .dotx): what a person sees on their pages.
//!
//! Read are: paragraphs with their style, role (heading by style, by the style it is based on or by
//! outline level) and place in a list (by numbering, by style or by a typed sign); bold, italic,
//! colours, links; line breaks; tables with merged cells, nested tables, shading; drawn shapes, VML
//! shapes, pictures, text boxes, SmartArt; check boxes as content control, form field or symbol;
//! symbol fonts; fields by their result; content controls, smart tags and custom XML by their content;
//! headers, footers, footnotes, endnotes, comments; bookmarks and tags as anchors.
//! Tracked changes are read as if accepted; hidden text is left out; both are told of.
//! Not read, and told of: charts, embedded documents, text in pictures.

mod block;
mod changes;
mod fields;
mod look;
mod numbering;
mod parts;
mod run;
mod shapes;
mod styles;
mod table;
mod vml;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::{Warning, WarningCode};
use crate::page::{Document, Part, PartKind, Place};
use crate::read::ooxml::{Element, Ns, Package, Relationships, Theme, Tree, embedded, title, unreadable};
use crate::read::{Changes, ReadError, ReadOptions};

use block::{Scope, Walker};
use changes::Tally;
use numbering::Numbering;
use styles::{ParagraphStyle, Styles};

/// Reads a Word document.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, ReadError> {
    let package = Package::open(bytes, &options.limits)?;
    let Some((main, _)) = package.main_part()? else {
        return Err(ReadError::damaged("filen har ingen dokumentdel", None));
    };
    let relationships = package.relationships(&main)?;
    let source = package.text(&main)?;
    let tree = Tree::parse(&source, &main, package.limits())?;
    let body = tree.root().filter(|root| root.is(Ns::W, "document")).and_then(|root| root.child(Ns::W, "body"));
    let Some(body) = body else {
        return Err(ReadError::damaged("delen är inget Word-dokument", Some(&main)));
    };

    let mut reading = Reading::new(&package, &relationships, options.changes);
    let nodes = Walker::new(&mut reading, &relationships, body).story(body, &Scope::Body)?;
    let mut parts = vec![Part { kind: PartKind::Body, nodes }];
    parts.extend(reading.headers_and_footers(body, &relationships)?);
    parts.extend(reading.notes(&relationships)?);
    parts.extend(reading.comments(&relationships)?);
    let title = title(&package, &mut reading.warnings);
    let embedded = embedded(&package, &relationships, &mut reading.warnings);
    let mut warnings = reading.warnings;
    warnings.extend(reading.tally.warnings());
    Ok(Document { format: "docx", title, parts, embedded, warnings })
}

/// What holds for a whole document while it is read.
struct Reading<'p> {
    package: &'p Package<'p>,
    styles: Styles,
    /// Paragraph styles by id, resolved once.
    resolved: BTreeMap<String, Rc<ParagraphStyle>>,
    numbering_part: Option<String>,
    numbering: Option<Numbering>,
    theme_part: Option<String>,
    theme: OnceCell<Theme>,
    changes: Changes,
    tally: Tally,
    cells: usize,
    /// The notes that the text refers to, with the number it shows for each.
    footnotes: BTreeMap<String, usize>,
    endnotes: BTreeMap<String, usize>,
    warnings: Vec<(Warning, Place)>,
}

impl<'p> Reading<'p> {
    fn new(package: &'p Package<'p>, relationships: &Relationships, changes: Changes) -> Self {
        let mut warnings = Vec::new();
        let styles = relationships.part("styles").and_then(|part| {
            let read = || Styles::read(&package.text(part)?, part, package.limits());
            read().map_err(|error| warnings.push(unreadable(part, &error))).ok()
        });
        Self {
            package,
            styles: styles.unwrap_or_default(),
            resolved: BTreeMap::new(),
            numbering_part: relationships.part("numbering").map(str::to_owned),
            numbering: None,
            theme_part: relationships.part("theme").map(str::to_owned),
            theme: OnceCell::new(),
            changes,
            tally: Tally::default(),
            cells: 0,
            footnotes: BTreeMap::new(),
            endnotes: BTreeMap::new(),
            warnings,
        }
    }

    /// The theme, read when the first colour asks for it.
    fn theme(&self) -> &Theme {
        self.theme.get_or_init(|| {
            let read = || -> Option<Theme> {
                let part = self.theme_part.as_deref()?;
                let source = self.package.text(part).ok()?;
                Some(Theme::read(&Tree::parse(&source, part, self.package.limits()).ok()?))
            };
            read().unwrap_or_default()
        })
    }

    /// The lists, read when the first paragraph asks for them.
    fn numbering(&mut self) -> &Numbering {
        if self.numbering.is_none() {
            let read = |part: &str| Numbering::read(&self.package.text(part)?, part, self.package.limits());
            let numbering = match self.numbering_part.as_deref().map(|part| (part, read(part))) {
                Some((_, Ok(numbering))) => numbering,
                Some((part, Err(error))) => {
                    self.warnings.push(unreadable(part, &error));
                    Numbering::default()
                }
                None => Numbering::default(),
            };
            self.numbering = Some(numbering);
        }
        self.numbering.get_or_insert_default()
    }

    fn paragraph_style(&mut self, id: Option<&str>) -> Rc<ParagraphStyle> {
        let key = id.unwrap_or_default();
        if let Some(style) = self.resolved.get(key) {
            return style.clone();
        }
        let style = Rc::new(self.styles.paragraph(id));
        self.resolved.insert(key.to_owned(), style.clone());
        style
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
        let tree = match Tree::parse(&source, part, self.package.limits()) {
            Ok(tree) => tree,
            Err(error) => {
                self.warnings.push(unreadable(part, &error));
                return Ok(None);
            }
        };
        tree.root().map(|root| read(self, &relationships, root)).transpose()
    }

    /// Notes something of the format that is not read.
    fn unsupported(&mut self, what: &str, place: &Place) {
        let warning = (Warning::new(WarningCode::Unsupported, what), place.clone());
        if self.warnings.last() != Some(&warning) {
            self.warnings.push(warning);
        }
    }
}

use super::{Place, Rgb, Table};

/// A piece of a part, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// What it is, by its style or its look.
    pub role: Role,
    /// If it is a list point: where in the list.
    pub list: Option<List>,
    /// The name of its style as a person sees it ("Rubrik 1"), where the format has styles.
    pub style: Option<std::sync::Arc<str>>,
    /// What it shows. A line break is a `Break`, never a newline in a span.
    pub inlines: Vec<Inline>,
    /// Hidden names that stand in it: bookmarks, tags.
    pub anchors: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// The document's or the slide's title.
    Title,
    /// A heading of level 1 to 9.
    Heading(u8),
}

/// Where in a list a paragraph stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Depth, 0 for the outermost.
    pub level: u8,
    /// Numbered rather than marked with a sign.
    pub ordered: bool,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text.
    Text(Span),
    /// A new line in the same paragraph.
    Break,
    /// A sign that is no text: a drawn shape, a check box.
    Mark(Mark),
}

/// Text with one look. The text is composed (NFC), without soft hyphens, line breaks or tabs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Where it links to.
    pub link: Option<String>,
    /// The text's own colour, where it is not the ordinary one.
    pub colour: Option<Rgb>,
    /// The colour behind it (highlight), where it has one.
    pub highlight: Option<Rgb>,
}

/// A sign that is no text.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A drawn circle or ellipse.
    Ellipse {
        /// Its fill, where it has one.
        fill: Option<Rgb>,
        /// Width and height in points.
        size: (f32, f32),
        /// Its text alternative or name.
        alt: Option<String>,
    },
    /// Another drawn shape with a fill.
    Shape {
        /// The shape's name in the format's terms ("rect", "star5").
        geometry: String,
        /// Its fill, where it has one.
        fill: Option<Rgb>,
        /// Width and height in points.
        size: (f32, f32),
        /// Its text alternative or name.
        alt: Option<String>,
    },
    /// A picture.
    Picture {
        /// Its text alternative.
        alt: Option<String>,
    },
    /// A check box of any make (content control, form field, symbol).
    CheckBox {
        /// Ticked or crossed.
        checked: bool,
    },
    /// A coloured sign of a cell that is shown by a rule or an icon set rather than by text.
    Icon {
        /// Its colour.
        fill: Rgb,
    },
}

impl Paragraph {
    /// A paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { inlines: vec![Inline::Text(Span { text: text.into(), ..Span::default() })], ..Self::default() }
    }

    /// The text, with a space for each line break.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for inline in &self.inlines {
            match inline {
                Inline::Text(span) => text.push_str(&span.text),
                Inline::Break => text.push(' '),
                Inline::Mark(_) => {}
            }
        }
        text
    }

    /// Whether it shows neither text nor a mark.
    pub fn is_blank(&self) -> bool {
        self.inlines.iter().all(|inline| match inline {
            Inline::Text(span) => span.text.trim().is_empty(),
            Inline::Break => true,
            Inline::Mark(_) => false,
        })
    }
}

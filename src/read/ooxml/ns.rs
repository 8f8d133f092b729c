/// The namespaces that matter here, strict and transitional alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ns {
    /// No namespace.
    None,
    /// WordprocessingML.
    W,
    /// Word 2010 and later additions.
    W14,
    /// PresentationML.
    P,
    /// DrawingML.
    A,
    /// DrawingML placed in a Word document.
    Wp,
    /// Shapes, groups and canvases of Word 2010.
    Wps,
    /// DrawingML pictures.
    Pic,
    /// DrawingML charts.
    Chart,
    /// SmartArt.
    Diagram,
    /// Relationship ids in content.
    R,
    /// VML.
    V,
    /// Office's additions to VML.
    O,
    /// Formulas.
    M,
    /// Markup compatibility.
    Mc,
    /// `.rels` parts.
    Rels,
    /// `[Content_Types].xml`.
    Types,
    /// Dublin Core.
    Dc,
    /// `xml:`.
    Xml,
    /// The model that this program hides in what it writes.
    Model,
    /// Additions that may be chosen in `mc:AlternateContent` since they change nothing that is read here.
    Harmless,
    /// Anything else.
    Other,
}

impl Ns {
    /// The namespace of a URI.
    pub(crate) fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::W,
            "http://schemas.microsoft.com/office/word/2010/wordml" => Self::W14,
            "http://schemas.openxmlformats.org/presentationml/2006/main"
            | "http://purl.oclc.org/ooxml/presentationml/main" => Self::P,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::A
            }
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Self::Wp,
            "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" => Self::Wps,
            "http://schemas.openxmlformats.org/drawingml/2006/picture"
            | "http://purl.oclc.org/ooxml/drawingml/picture" => Self::Pic,
            "http://schemas.openxmlformats.org/drawingml/2006/chart" | "http://purl.oclc.org/ooxml/drawingml/chart" => {
                Self::Chart
            }
            "http://schemas.openxmlformats.org/drawingml/2006/diagram"
            | "http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::R,
            "urn:schemas-microsoft-com:vml" => Self::V,
            "urn:schemas-microsoft-com:office:office" => Self::O,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::M,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Mc,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::Rels,
            "http://schemas.openxmlformats.org/package/2006/content-types" => Self::Types,
            "http://purl.org/dc/elements/1.1/" => Self::Dc,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            "urn:handlingsplan:model:1" => Self::Model,
            "http://schemas.microsoft.com/office/word/2012/wordml"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
            | "http://schemas.microsoft.com/office/drawing/2010/main"
            | "http://schemas.microsoft.com/office/powerpoint/2010/main" => Self::Harmless,
            _ => Self::Other,
        }
    }

    /// Whether content that requires the namespace is understood here.
    pub(crate) fn is_understood(self) -> bool {
        !matches!(self, Self::Other | Self::None)
    }
}

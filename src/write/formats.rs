//! The one table of writers: what can be written, how it is called, and what writes it.
//!
//! A new format is one folder beside this file and one line in [`formats!`] below; the command line, its help and its
//! error messages follow.

#[cfg(feature = "pdf")]
use super::pdf;
use super::template::package::Package;
use super::{WriteError, WriteOptions, csv, docx, html, json, markdown, pptx, xlsx};
use crate::model::{Document, Plan, Warned};

/// Makes the enum and its table from one line a format: the variant, its ending, its name, what it is good for, its writer.
macro_rules! formats {
    ($($(#[$when:meta])? $variant:ident $ending:literal $name:literal $about:literal $render:path;)+) => {
        /// A format that documents are written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$when])? #[doc = concat!($name, ": ", $about, ".")] $variant,)+
        }

        impl Format {
            /// Every format, in the order they are listed to people.
            pub const ALL: &[Self] = &[$($(#[$when])? Self::$variant,)+];

            /// The ending of its files, without the dot; `--to` takes the same word.
            pub fn ending(self) -> &'static str {
                match self { $($(#[$when])? Self::$variant => $ending,)+ }
            }

            /// What people call it.
            pub fn name(self) -> &'static str {
                match self { $($(#[$when])? Self::$variant => $name,)+ }
            }

            /// What it is good for, in a few Swedish words.
            pub fn about(self) -> &'static str {
                match self { $($(#[$when])? Self::$variant => $about,)+ }
            }

            fn writer(self) -> Writer {
                match self { $($(#[$when])? Self::$variant => $render,)+ }
            }
        }
    };
}

/// Document and options in, bytes out.
type Writer = fn(&Document, &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError>;

formats! {
    Json "json" "JSON" "modellen, för program" json::render;
    Docx "docx" "Word" "planen på standardmallen eller en egen mall" docx::render;
    Pptx "pptx" "PowerPoint" "planen som bilder, rader delade efter textens höjd" pptx::render;
    Xlsx "xlsx" "Excel" "planen som kalkylblad, med en rad per uppföljning för pivottabeller" xlsx::render;
    #[cfg(feature = "pdf")] Pdf "pdf" "PDF" "taggad och arkivbeständig, med modellen som bilaga" pdf::render;
    Html "html" "HTML" "en tillgänglig webbsida i en enda fil" html::render;
    Md "md" "Markdown" "läsbar text, för e-post och versionshantering" markdown::render;
    Csv "csv" "CSV" "en rad för varje anteckning, för statistik" csv::render;
}

impl Format {
    /// The format of files with this ending, in any case, with or without its dot.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let ending = ending.strip_prefix('.').unwrap_or(ending);
        Self::ALL.iter().copied().find(|format| format.ending().eq_ignore_ascii_case(ending))
    }

    /// Whether a template of the user's own may stand in place of the standard one.
    pub fn has_template(self) -> bool {
        matches!(self, Self::Docx | Self::Pptx)
    }

    /// The format whose outputs a template is for; none where the file is no template.
    pub fn of_template(bytes: &[u8]) -> Option<Self> {
        let types = Package::open(bytes).ok()?.text("[Content_Types].xml").ok()??;
        match () {
            () if types.contains("wordprocessingml") => Some(Self::Docx),
            () if types.contains("presentationml") => Some(Self::Pptx),
            () => None,
        }
    }

    /// All endings with their dots, for messages: ".json, .docx eller .xlsx".
    pub fn endings() -> String {
        let mut list = String::new();
        for (index, format) in Self::ALL.iter().enumerate() {
            match index {
                0 => {}
                _ if index + 1 == Self::ALL.len() => list.push_str(" eller "),
                _ => list.push_str(", "),
            }
            list.push('.');
            list.push_str(format.ending());
        }
        list
    }
}

/// Writes a document in a format. The same document and options give the same bytes.
///
/// The warnings tell what the format cannot carry.
pub fn render(document: &Document, format: Format, options: &WriteOptions) -> Result<Warned<Vec<u8>>, WriteError> {
    format.writer()(document, options)
}

/// The plan that a format which writes nothing else is given.
pub(super) fn plan_only(document: &Document, format: Format) -> Result<&Plan, WriteError> {
    match document {
        Document::ActionPlan(plan) => Ok(plan),
        Document::SupportingDocument(_) => Err(WriteError::NotAPlan { format: format.name() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_names_its_format() {
        for &format in Format::ALL {
            assert_eq!(Format::from_ending(format.ending()), Some(format));
            assert_eq!(Format::from_ending(&format!(".{}", format.ending().to_uppercase())), Some(format));
        }
        assert_eq!(Format::from_ending("doc"), None);
        assert!(Format::endings().starts_with(".json, ") || Format::ALL.len() == 2);
    }

    #[test]
    fn every_format_writes_a_plan() {
        let plan = Document::ActionPlan(Plan { title: Some("Plan".into()), ..Plan::default() });
        for &format in Format::ALL {
            assert!(!render(&plan, format, &WriteOptions::default()).unwrap().value.is_empty(), "{format:?}");
        }
    }
}

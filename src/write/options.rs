use jiff::civil::Date;

/// How to write. Each writer takes what it needs of it.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Put the whole model into the file, unseen, so that reading the file gives back what the page does not show.
    pub embed_model: bool,
    /// A template of the user's own in place of the standard one, as its file's bytes.
    pub template: Option<Vec<u8>>,
    /// Mark the entries from this day on as new.
    pub mark_new: Option<Date>,
    /// Make the changes to a Word document as tracked ones, by this author.
    pub track: Option<super::docx::Track>,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { embed_model: true, template: None, mark_new: None, track: None }
    }
}

/// How to write.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Put the whole model into the file, unseen, so that reading the file gives back what the page does not show.
    pub embed_model: bool,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { embed_model: true }
    }
}

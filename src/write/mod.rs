//! model::Plan → bytes.
//!
//! Each writer is a pure function: the model and options in, bytes out. [`mod@file`] puts bytes on disk, whole or not at all.

pub mod docx;
mod error;
pub mod file;
pub mod json;
mod options;
pub mod review;
mod template;

pub use error::WriteError;
pub use options::WriteOptions;

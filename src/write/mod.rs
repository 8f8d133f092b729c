//! model::Plan → bytes.
//!
//! Each writer is a pure function: the model and options in, bytes out; [`Format`] is the table of them and [`render`] the
//! way in. [`mod@file`] puts bytes on disk, whole or not at all.

pub mod csv;
pub mod docx;
mod error;
pub mod file;
pub mod form;
mod formats;
mod html;
pub mod json;
mod markdown;
pub mod merge_page;
mod metrics;
mod options;
#[cfg(feature = "pdf")]
pub mod pdf;
mod places;
pub mod pptx;
pub mod review;
mod shown;
mod template;
mod xlsx;

pub use error::WriteError;
pub use formats::{Format, render};
pub use options::WriteOptions;

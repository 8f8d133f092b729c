//! Bytes → [`page::Document`]: one folder a format, told by content and not by ending.

mod error;
mod options;
pub mod pdf;
pub mod xlsx;

pub use error::ReadError;
pub use options::{Limits, ReadOptions};

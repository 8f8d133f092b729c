//! Findings about plans → text for a terminal, JSON, SARIF, HTML pages.
//!
//! Text carries terminal colours; the caller strips them where they do not belong.

pub mod check;
pub mod diff;
pub mod history;
mod names;
mod page;
mod sarif;
mod style;
mod timeline;

pub use page::PageError;
pub use style::plain;

//! Findings about plans → text for a terminal, JSON, SARIF, HTML pages.
//!
//! Text carries terminal colours; the caller strips them where they do not belong.

pub mod check;
pub mod diff;
mod names;
mod page;
mod sarif;
mod style;

pub use page::PageError;
pub use style::plain;

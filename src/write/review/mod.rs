//! Findings about plans → text for a terminal, JSON, SARIF.
//!
//! Text carries terminal colours; the caller strips them where they do not belong.

pub mod check;
mod sarif;
mod style;

pub use style::plain;

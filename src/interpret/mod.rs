//! page::Document → model::Document: headings, rows, entries, status, standing pages.
pub mod entries;

//! Reads, updates and writes *översiktliga handlingsplaner*: the living plans of the
//! programme areas and collaboration groups of Sydöstra sjukvårdsregionen.
//!
//! Data flows one way, and no module imports one that stands later in the line:
//!
//! ```text
//! bytes ──read──▶ page::Document ──interpret──▶ model::Plan ──merge──▶ model::Plan ──write──▶ bytes
//! ```
//!
//! Between merge and write stands [`review`]: plans in, what a person should see about them out.
//!
//! The library never prints and never touches the network: what a step could not do is
//! in the [`model::Warning`]s that travel with its result.

pub mod batch;
pub mod interpret;
pub mod merge;
pub mod model;
pub mod open;
pub mod page;
pub mod read;
pub mod review;
pub mod revise;
mod shipped;
pub mod write;

//! Office files as templates: visible minijinja tags in text that people edit in Word or PowerPoint.
//!
//! `tags` finds the tags, `compile` (with `spread`) turns a part into minijinja source, `engine` renders it, and `package` holds the
//! parts of the file. What a value looks like in a format (paragraphs, lights) is the format's own writer's business.

pub(crate) mod check;
pub(crate) mod compile;
pub(crate) mod engine;
pub(crate) mod package;
mod spread;
pub(crate) mod tags;
pub(crate) mod xml;

use super::WriteError;

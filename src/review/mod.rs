//! What a person should see about plans: [`check`](mod@check) remarks on one, [`diff`](mod@diff) compares two,
//! [`history`](mod@history) follows items over many.
//!
//! Plans in, typed findings out. How findings look is up to [`write`](crate::write).

pub mod check;
pub mod diff;
pub mod history;
mod words;

//! What a person should see about plans: [`check`] remarks on one plan.
//!
//! Plans in, typed findings out. How findings look is up to [`write`](crate::write).

pub mod check;

//! model::Plan → bytes.

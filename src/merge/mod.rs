//! Plans with plans and with notes: identity, matching, union.

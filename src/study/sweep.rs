//! Many scenarios of one case: a grid of settings, and chance within it.

pub mod row;

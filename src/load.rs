//! Bytes to a [`crate::case::Case`], or to every fault in them.

pub mod schema;

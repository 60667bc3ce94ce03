//! Certified figures to pages and bytes.

pub mod matches;
pub mod template;

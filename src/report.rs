//! Certified figures to pages and bytes.

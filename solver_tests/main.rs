//! Tests through the public API; each expected answer says where its truth comes from.

mod outputs;

//! Tests through the public API; each expected answer says where its truth comes from.

mod floors;
mod generate;
mod oracle;
mod theorems;
mod truth;

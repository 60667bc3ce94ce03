//! Tests through the public API; each expected answer says where its truth comes from.

mod data;
mod generate;
mod matching;
mod oracle;
mod template;
mod theorems;
mod truth;

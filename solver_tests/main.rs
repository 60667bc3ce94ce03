//! Tests through the public API; each expected answer says where its truth comes from.

mod blends;
mod blocks;
mod cases;
mod certify;
mod check;
mod cli;
mod data;
mod docs;
mod floors;
mod generate;
mod instances;
mod kill;
mod matching;
mod mutants;
mod oracle;
mod outputs;
mod proofs;
mod ranks;
mod readme;
mod staff;
mod template;
mod theorems;
mod truth;
mod variant;
mod warm;
mod witnesses;

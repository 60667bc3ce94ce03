//! Tests through the public API; each expected answer says where its truth comes from.

mod answers;
#[path = "../benches/family/binding.rs"]
mod binding;
mod blends;
mod blocks;
mod cases;
mod certify;
mod charts;
mod check;
mod cli;
mod compare;
#[path = "../benches/family/contradictions.rs"]
mod contradictions;
mod data;
mod decide;
mod docs;
mod documents;
mod docx;
mod explain;
#[allow(dead_code, unused_imports, reason = "the benches use the rest")]
#[path = "../benches/family/family.rs"]
mod family;
mod family_leave;
mod floors;
mod generate;
mod generated;
mod html;
mod impossible;
mod instances;
mod kill;
mod letters;
mod matching;
mod material;
mod monitor;
mod mutants;
mod oracle;
mod outputs;
mod packed;
mod paper;
mod pdf;
mod price;
mod proofs;
mod ranks;
mod raster;
mod readme;
mod rounding;
mod settlement;
mod sheet;
mod staff;
mod sweep;
mod sweep_summary;
mod template;
mod theorems;
mod truth;
mod vacancies;
mod variant;
mod warm;
mod witnesses;

//! Certified figures to pages, lists and bytes.
//!
//! One view model, [`page::Page`]; the writers only write it. No arithmetic happens in a writer, and nothing here knows
//! how a plan was found: a number on paper comes from a [`crate::certify::Certified`] or not at all.

pub mod answers;
pub mod captions;
pub mod charts;
pub mod compare;
pub mod curve;
pub mod decide;
pub mod document;
pub mod docx;
pub mod explain;
pub mod fixes;
pub mod generate;
pub mod html;
pub mod information_list;
mod json;
pub mod letters;
pub mod lists;
pub mod matches;
pub mod material;
pub mod monitor;
pub mod packed;
pub mod page;
pub mod paper;
pub mod parquet;
pub mod pdf;
pub mod plan;
pub mod price;
pub mod provenance;
pub mod raster;
pub mod rules;
pub mod scores;
pub mod sections;
pub mod sheet;
pub mod shown;
pub mod svg;
pub mod sweep;
pub mod sweep_only;
pub mod sweep_rows;
pub mod template;
pub mod terminal;
pub mod typed;
pub mod typeface;
pub mod vacancies;
pub mod words;

//! Staff allocation for shared services that separate: exact, explained, checkable.

pub mod case;
pub mod certify;
pub mod cli;
pub mod diagnostic;
pub mod files;
pub mod id;
pub mod kernel;
pub mod load;
pub mod model;
pub mod quantity;
pub mod report;
pub mod solve;
pub mod study;

//! What the comparisons with other solvers and the target `kernel` share.

#[allow(dead_code, reason = "the comparisons use the rest")]
#[path = "../../benches/family/engine.rs"]
pub(crate) mod engine;

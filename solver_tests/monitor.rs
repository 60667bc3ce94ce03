//! Equality monitoring: exact tests, small numbers kept back, and data that no plan can feel.

mod apart;
mod chance;
mod protected;
mod secrets;
mod shown;

//! The `demerge` binary.

fn main() {}

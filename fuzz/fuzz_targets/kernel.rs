//! Whatever the numbers, the kernel finds what trying every point finds, and its proofs hold when they are multiplied out:
//! `cargo +nightly fuzz run kernel`.
//!
//! The bytes are the draws of a small problem with rows, switches and objectives; they are checked in
//! `benches/family/small.rs`.

#![no_main]

mod family;
#[path = "../../benches/peers/prices.rs"]
mod prices;
#[path = "../../benches/family/small.rs"]
mod small;
#[path = "../../benches/peers/verify.rs"]
mod verify;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut bytes = data.iter();
    // Bytes that have run out are noughts: the problem ends early and stays small.
    let mut below = |end: u64| i64::try_from(u64::from(bytes.next().copied().unwrap_or(0)) % end).expect("a byte");
    small::check(&mut below);
});

//! Draws from a seed: the one place where chance comes in, and it is the caller's.
//!
//! ChaCha with 8 rounds (Bernstein 2008; crate `chacha20` of RustCrypto), keyed by the whole request. Each purpose has a
//! stream of its own, so that one more draw for pins changes no salary.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

use crate::study::generate::Ask;

/// Changes with every change of what is drawn, so that two versions are never mistaken for each other.
const VERSION: u32 = 1;

/// What a stream of draws is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Families = 1,
    People = 2,
    Places = 3,
    Authorities = 4,
    Posts = 5,
    JointPosts = 6,
    Pairs = 7,
    Ranks = 8,
    Pins = 9,
    Links = 10,
    Protected = 11,
}

/// A stream of draws.
pub(super) struct Dice {
    stream: ChaCha8Rng,
}

impl Dice {
    /// The draws of a request for one purpose, from the first on.
    pub(super) fn of(ask: &Ask, purpose: Purpose) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&ask.seed.to_le_bytes());
        key[8..12].copy_from_slice(&ask.people.to_le_bytes());
        key[12..16].copy_from_slice(&ask.authorities.to_le_bytes());
        key[16..20].copy_from_slice(&VERSION.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(purpose as u64);
        Self { stream }
    }

    /// A number from 0 up to, not including, `count`; the bias is below one in 2^32.
    pub(super) fn below(&mut self, count: usize) -> usize {
        assert!(count > 0, "there must be something to choose from");
        let high = (u128::from(self.stream.next_u64()) * count as u128) >> 64;
        usize::try_from(high).expect("below a usize")
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).expect("low <= high");
        low + i64::try_from(self.below(width)).expect("below an i64")
    }

    /// True in so many of a thousand draws.
    pub(super) fn per_mille(&mut self, chances: usize) -> bool {
        self.below(1_000) < chances
    }

    /// True in so many of a hundred draws.
    pub(super) fn percent(&mut self, chances: usize) -> bool {
        self.below(100) < chances
    }

    /// One of these, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, items: &[(usize, T)]) -> T {
        let mut at = self.below(items.iter().map(|item| item.0).sum());
        for &(weight, item) in items {
            if at < weight {
                return item;
            }
            at -= weight;
        }
        unreachable!("the draw lies below the sum of the weights")
    }

    /// One of these.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Puts these in a random order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

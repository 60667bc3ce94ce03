//! A counter put through a mixer: the n-th draw of a seed depends on nothing else.
//!
//! Source of the mixer: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators" (SplitMix64).

/// Draws of one seed.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// The draws of this seed, from the first on.
    pub(crate) fn new(seed: u64) -> Self {
        // The seed itself is mixed, so that neighbouring seeds do not share draws.
        Self { state: mix(seed ^ 0x5851_f42d_4c95_7f2d) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A number from 0 up to, not including, `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        assert!(count > 0, "there must be something to choose from");
        let high = (u128::from(self.next()) * count as u128) >> 64;
        usize::try_from(high).expect("below a usize")
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).expect("low <= high");
        low + i64::try_from(self.below(width)).expect("below an i64")
    }

    /// The same as an `i32`.
    pub(crate) fn int(&mut self, low: i32, high: i32) -> i32 {
        i32::try_from(self.between(low.into(), high.into())).expect("between two i32")
    }

    /// The same as a `u32`.
    pub(crate) fn count(&mut self, low: u32, high: u32) -> u32 {
        u32::try_from(self.between(low.into(), high.into())).expect("between two u32")
    }

    /// True in `percent` of a hundred draws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// Each of these with that chance, in their order.
    pub(crate) fn some<T: Copy>(&mut self, items: &[T], percent: usize) -> Vec<T> {
        items.iter().copied().filter(|_| self.chance(percent)).collect()
    }

    /// Puts these in a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

//! One look at a row of cells: which lanes are nearer by it, and which is the nearest now.
//!
//! The lanes that a search knows are arguments of their own, so that the compiler sees that they do not overlap.

use crate::kernel::transport::plane::Lanes;
use crate::kernel::transport::plane::lane::Lane;

/// What a search knows of each lane.
pub(super) struct Known<L, const N: usize> {
    /// How far it is; beyond everything where it is done with.
    pub(super) key: Lanes<L, N>,
    /// Who came last.
    pub(super) from: Lanes<L, N>,
    /// What is taken off a cell: the price of a column; for an agent, what its place costs.
    pub(super) less: Lanes<L, N>,
}

impl<L: Lane, const N: usize> Known<L, N> {
    /// The first row of a search, at distance `base`.
    #[inline(always)]
    pub(super) fn first(row: &[L; N], less: &Lanes<L, N>, base: L, who: L) -> (Self, L) {
        let mut known = Self { key: Lanes([L::CLOSED; N]), from: Lanes([who; N]), less: Lanes([L::default(); N]) };
        let least = first(&mut known.key.0, &mut known.less.0, row, &less.0, base);
        (known, least)
    }

    /// A lane is done with, and a row is reached: the nearest lane that is left.
    #[inline(always)]
    pub(super) fn leave_and_look(&mut self, lane: L, row: &[L; N], base: L, who: L) -> L {
        leave_and_look(&mut self.key.0, &mut self.less.0, &mut self.from.0, lane, row, base, who)
    }

    /// A lane is done with, and nothing is reached by it: the nearest lane that is left.
    #[inline(always)]
    pub(super) fn leave(&mut self, lane: L) -> L {
        leave(&mut self.key.0, &mut self.less.0, lane)
    }

    /// A further row is reached: the nearest lane that is left.
    #[inline(always)]
    pub(super) fn look(&mut self, row: &[L; N], base: L, who: L) -> L {
        look(&mut self.key.0, &mut self.from.0, &self.less.0, row, base, who)
    }
}

#[inline(always)]
fn first<L: Lane, const N: usize>(key: &mut [L; N], own: &mut [L; N], row: &[L; N], less: &[L; N], base: L) -> L {
    let mut least = L::CLOSED;
    for j in 0..N {
        own[j] = less[j];
        key[j] = base + row[j] - less[j];
        least = least.min(key[j]);
    }
    least
}

#[inline(always)]
fn leave_and_look<L: Lane, const N: usize>(
    key: &mut [L; N],
    less: &mut [L; N],
    from: &mut [L; N],
    lane: L,
    row: &[L; N],
    base: L,
    who: L,
) -> L {
    let number = L::numbers::<N>();
    let mut least = L::CLOSED;
    for j in 0..N {
        let is_left = number[j] == lane;
        let (old, off) = if is_left { (L::CLOSED, L::GONE) } else { (key[j], less[j]) };
        let reach = (row[j] - off) + base;
        from[j] = if reach < old { who } else { from[j] };
        less[j] = off;
        key[j] = old.min(reach);
        least = least.min(key[j]);
    }
    least
}

#[inline(always)]
fn leave<L: Lane, const N: usize>(key: &mut [L; N], less: &mut [L; N], lane: L) -> L {
    let number = L::numbers::<N>();
    let mut least = L::CLOSED;
    for j in 0..N {
        let is_left = number[j] == lane;
        key[j] = if is_left { L::CLOSED } else { key[j] };
        less[j] = if is_left { L::GONE } else { less[j] };
        least = least.min(key[j]);
    }
    least
}

#[inline(always)]
fn look<L: Lane, const N: usize>(
    key: &mut [L; N],
    from: &mut [L; N],
    less: &[L; N],
    row: &[L; N],
    base: L,
    who: L,
) -> L {
    let mut least = L::CLOSED;
    for j in 0..N {
        let reach = (row[j] - less[j]) + base;
        from[j] = if reach < key[j] { who } else { from[j] };
        key[j] = key[j].min(reach);
        least = least.min(key[j]);
    }
    least
}

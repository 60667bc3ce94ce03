//! From a free agent to a seat.

use crate::kernel::problem::NONE;
use crate::kernel::transport::plane::lane::{Lane, SHIFT};
use crate::kernel::transport::plane::scan::Known;
use crate::kernel::transport::plane::{Lanes, Plane};

impl<L: Lane> Plane<L> {
    /// The shortest path from a free agent to room or to someone who stays out; false where there is none.
    #[inline(always)]
    pub(super) fn insert<const N: usize>(&mut self, start: u32) -> bool {
        let nought = L::default();
        let price = self.prices::<N>();
        let (mut known, mut least) = Known::first(self.row(start as usize), &price, nought, Self::lane(start));
        let mut scans = 1;
        let mut best = if self.out[start as usize] { (nought, start) } else { (L::FAR, NONE) };
        let mut via = [NONE; N];
        // Distance of the columns that are done with.
        let mut distance = Lanes([L::CLOSED; N]);
        let end = loop {
            let (now, column) = (least.bare(), least.column());
            if now >= best.0 {
                break None;
            }
            via[column] = Self::agent(known.from.0[column]);
            if self.room[column] > 0 {
                best.0 = now;
                break Some(column);
            }
            distance.0[column] = now;
            let holder = self.head[column];
            if holder == NONE {
                // A column without seats: nobody to move on.
                least = known.leave(Self::place(column));
                continue;
            }
            let (row, base) = self.behind::<N>(holder, column, now, &mut best);
            least = known.leave_and_look(Self::place(column), row, base, Self::lane(holder));
            scans += 1;
            let mut holder = self.next[holder as usize];
            while holder != NONE {
                let (row, base) = self.behind::<N>(holder, column, now, &mut best);
                least = known.look(row, base, Self::lane(holder));
                scans += 1;
                holder = self.next[holder as usize];
            }
        };
        self.effort.arcs += scans * N as u64;
        self.effort.augmentations += 1;
        let total = best.0;
        if end.is_none() && best.1 == NONE {
            for (price, &distance) in self.price.0.iter_mut().zip(&distance.0) {
                *price = L::lane(if distance < L::FAR { -1 << SHIFT } else { 0 });
            }
            return false;
        }
        for (price, &distance) in self.price.0.iter_mut().zip(&distance.0) {
            *price = *price + (distance - total).min(nought);
        }
        let mut column = match end {
            Some(column) => column,
            None if best.1 == start => return true,
            None => {
                let column = self.seat[best.1 as usize];
                self.leave(best.1, column as usize);
                column as usize
            }
        };
        loop {
            let agent = via[column];
            let seat = self.seat[agent as usize];
            if seat != NONE {
                self.leave(agent, seat as usize);
            }
            self.join(agent, column);
            if agent == start {
                return true;
            }
            column = seat as usize;
        }
    }

    /// What someone in a column can reach, and from where; staying out may be the nearest end.
    #[inline(always)]
    fn behind<const N: usize>(&self, holder: u32, column: usize, now: L, best: &mut (L, u32)) -> (&[L; N], L) {
        let row = self.row::<N>(holder as usize);
        let base = now + self.price.0[column] - self.paid[holder as usize];
        if self.out[holder as usize] && base < best.0 {
            *best = (base, holder);
        }
        (row, base)
    }

    #[inline(always)]
    fn prices<const N: usize>(&self) -> Lanes<L, N> {
        Lanes(*self.price.0.first_chunk().expect("at most 64 lanes"))
    }

    #[inline(always)]
    pub(super) fn lane(agent: u32) -> L {
        L::lane(i64::from(agent))
    }

    #[inline(always)]
    fn agent(lane: L) -> u32 {
        u32::try_from(lane.number()).expect("a lane holds an agent")
    }
}

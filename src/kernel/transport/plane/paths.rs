//! The two searches in a table: from a free agent to a seat, and from a free seat with a price to whoever would come.

use crate::kernel::problem::NONE;
use crate::kernel::transport::plane::lane::{Lane, SHIFT};
use crate::kernel::transport::plane::{Lanes, Plane, WIDEST};

impl<L: Lane> Plane<L> {
    /// The shortest path from a free agent to room or to someone who stays out; false where there is none.
    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "one index for several lanes")]
    pub(super) fn insert<const N: usize>(&mut self, start: u32) -> bool {
        let mut key = Lanes([L::default(); N]);
        let mut from = Lanes([L::lane(i64::from(start)); N]);
        let mut price = Lanes([L::default(); N]);
        let mut least = L::CLOSED;
        let row = self.row::<N>(start as usize);
        for j in 0..N {
            price.0[j] = self.price.0[j];
            key.0[j] = row[j] - price.0[j];
            least = least.min(key.0[j]);
        }
        let mut scans = 1;
        let mut best = if self.out[start as usize] { (L::default(), start) } else { (L::FAR, NONE) };
        let mut via = [NONE; N];
        // Distance of the columns that are done with.
        let mut distance = Lanes([L::CLOSED; N]);
        let end = loop {
            let (now, column) = (least.bare(), least.column());
            if now >= best.0 {
                break None;
            }
            via[column] = Self::agent(from.0[column]);
            if self.room[column] > 0 {
                best.0 = now;
                break Some(column);
            }
            distance.0[column] = now;
            // All lanes are written: a single one written on its own would hold up the next read of the whole.
            let from_key: &[L; N] = self.mark[0][WIDEST - column..][..N].try_into().expect("N lanes");
            let from_price: &[L; N] = self.mark[1][WIDEST - column..][..N].try_into().expect("N lanes");
            for j in 0..N {
                key.0[j] = key.0[j].max(from_key[j]);
                price.0[j] = price.0[j].min(from_price[j]);
            }
            let mut holder = self.head[column];
            if holder == NONE {
                // A column without seats: nobody to move on, so the next nearest is as it was.
                least = key.0.iter().fold(L::CLOSED, |least, &key| least.min(key));
            }
            while holder != NONE {
                let row = self.row::<N>(holder as usize);
                let base = now - (row[column] - self.price.0[column]).bare();
                if self.out[holder as usize] && base < best.0 {
                    best = (base, holder);
                }
                let who = L::lane(i64::from(holder));
                least = L::CLOSED;
                for j in 0..N {
                    let reach = base + row[j] - price.0[j];
                    let nearer = reach < key.0[j];
                    from.0[j] = if nearer { who } else { from.0[j] };
                    key.0[j] = if nearer { reach } else { key.0[j] };
                    least = least.min(key.0[j]);
                }
                scans += 1;
                holder = self.next[holder as usize];
            }
        };
        self.effort.arcs += scans * N as u64;
        self.effort.augmentations += 1;
        let total = best.0;
        if end.is_none() && best.1 == NONE {
            for j in 0..N {
                self.price.0[j] = L::lane(if distance.0[j] < L::FAR { -1 << SHIFT } else { 0 });
            }
            return false;
        }
        for j in 0..N {
            self.price.0[j] = self.price.0[j] + (distance.0[j] - total).min(L::default());
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

    #[inline(always)]
    fn agent(lane: L) -> u32 {
        u32::try_from(lane.number()).expect("a lane holds an agent")
    }

    /// From a column with room and a price: who would come, down to a place that nobody misses.
    pub(super) fn draw<const N: usize>(&mut self, start: usize) {
        let nought = L::default();
        let mut distance = [L::FAR; N];
        let mut via = [(NONE, 0usize); N];
        let mut done = 0u64;
        distance[start] = nought;
        let mut best = (nought - self.price.0[start], Some(start), (NONE, 0));
        loop {
            let open = (0..N).filter(|&j| done >> j & 1 == 0).map(|j| (distance[j], j)).min();
            let Some((now, column)) = open.filter(|&(now, _)| now < best.0) else { break };
            done |= 1 << column;
            let price = self.price.0[column];
            if now - price < best.0 {
                best = (now - price, Some(column), (NONE, 0));
            }
            self.effort.arcs += self.agents as u64;
            for agent in 0..self.agents {
                let cell = self.cells[self.start + agent * N + column];
                let seat = self.seat[agent] as usize;
                if cell >= L::FAR || seat == column {
                    continue;
                }
                let who = u32::try_from(agent).expect("fewer than 2^32 agents");
                let reach = now + (cell - price).bare() - self.held::<N>(agent);
                if self.seat[agent] == NONE {
                    if reach < best.0 {
                        best = (reach, None, (who, column));
                    }
                } else if reach < distance[seat] {
                    distance[seat] = reach;
                    via[seat] = (who, column);
                }
            }
        }
        self.effort.augmentations += 1;
        while done != 0 {
            let column = done.trailing_zeros() as usize;
            done &= done - 1;
            if distance[column] < best.0 {
                self.price.0[column] = self.price.0[column] + best.0 - distance[column];
            }
        }
        let mut column = best.1.unwrap_or_else(|| {
            let (agent, column) = best.2;
            self.join(agent, column);
            column
        });
        while column != start {
            let (agent, to) = via[column];
            self.leave(agent, column);
            self.join(agent, to);
            column = to;
        }
    }
}

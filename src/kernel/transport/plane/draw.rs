//! From a seat that is free and has a price: who would come, down to a place that nobody misses.
//!
//! With at most as many agents as a row has lanes the table is turned, and the search is the one of `paths` with agents and
//! columns changed over.

use crate::kernel::problem::NONE;
use crate::kernel::transport::plane::lane::Lane;
use crate::kernel::transport::plane::scan::Known;
use crate::kernel::transport::plane::{Lanes, Plane, WIDEST};

/// Who comes to a column: an agent, and the column that it comes to.
type Way = (u32, u32);

impl<L: Lane> Plane<L> {
    /// Writes an agent's lane of the turned table.
    pub(super) fn turn(&mut self, agent: usize) {
        self.layout.turn(self.layout.arcs_of(agent), self.cells.all(), self.turned.all_mut());
    }

    /// Turns the table, if that is not done and it is as wide as it is long.
    pub(in crate::kernel::transport) fn turn_all(&mut self) {
        if self.is_turned || self.agents > WIDEST {
            return;
        }
        // Cells without an arc stay closed as long as the layout does.
        if self.turned.is_empty() {
            self.turned.clear(WIDEST * WIDEST);
        }
        self.layout.turn(0..self.layout.arcs(), self.cells.all(), self.turned.all_mut());
        self.is_turned = true;
    }

    /// From a column with room and a price, over the turned table.
    #[inline(always)]
    pub(super) fn draw_turned(&mut self, start: usize) {
        self.turn_all();
        let nought = L::default();
        let mut own = Lanes([nought; WIDEST]);
        // The least lane of a seat is a column, and of `NONE` some other one, which is not used.
        for (own, (&seat, &paid)) in own.0.iter_mut().zip(self.seat.iter().zip(&self.paid)) {
            let least = paid - self.price.0[seat as usize % WIDEST];
            *own = if seat == NONE { nought } else { least };
        }
        let mut gone = self.gone;
        while gone != 0 {
            own.0[gone.trailing_zeros() as usize] = L::GONE;
            gone &= gone - 1;
        }
        let mut distance = [L::CLOSED; WIDEST];
        let mut via = [(NONE, 0); WIDEST];
        let mut done = 1u64 << start;
        distance[start] = nought;
        let mut best: (L, Option<usize>, Way) = (nought - self.price.0[start], Some(start), (NONE, 0));
        let (mut known, mut least) = Known::first(self.turned.row(start), &own, best.0, Self::place(start));
        let mut scans = 1;
        while least.bare() < best.0 {
            let (now, agent) = (least.bare(), least.column());
            let who = u32::try_from(agent).expect("few agents");
            let way = (who, Self::narrow(known.from.0[agent].column()));
            let seat = self.seat[agent];
            if seat == NONE {
                best = (now, None, way);
                break;
            }
            let column = seat as usize;
            if done >> column & 1 == 1 {
                // Another in the same column was nearer.
                least = known.leave(Self::lane(who));
                continue;
            }
            done |= 1 << column;
            distance[column] = now;
            via[column] = way;
            let price = self.price.0[column];
            if now - price < best.0 {
                best = (now - price, Some(column), (NONE, 0));
            }
            let row = self.turned.row::<WIDEST>(column);
            least = known.leave_and_look(Self::lane(who), row, now - price, Self::place(column));
            scans += 1;
        }
        self.effort.arcs += scans * WIDEST as u64;
        self.effort.augmentations += 1;
        self.raise(done, &distance, best.0);
        self.come(start, best.1, best.2, &via);
    }

    #[inline(always)]
    fn narrow(column: usize) -> u32 {
        u32::try_from(column).expect("few columns")
    }

    #[inline(always)]
    pub(super) fn place(column: usize) -> L {
        L::lane(i64::try_from(column).expect("few columns"))
    }

    /// The prices of columns that are done with rise as far as the path is longer.
    fn raise(&mut self, mut done: u64, distance: &[L], total: L) {
        while done != 0 {
            let column = done.trailing_zeros() as usize;
            done &= done - 1;
            if distance[column] < total {
                self.price.0[column] = self.price.0[column] + total - distance[column];
            }
        }
    }

    /// Everyone on the path moves one place on, towards the start.
    fn come(&mut self, start: usize, end: Option<usize>, way: Way, via: &[Way]) {
        let mut column = end.unwrap_or_else(|| {
            self.join(way.0, way.1 as usize);
            way.1 as usize
        });
        while column != start {
            let (agent, to) = via[column];
            self.leave(agent, column);
            self.join(agent, to as usize);
            column = to as usize;
        }
    }

    /// From a column with room and a price: who would come, down to a place that nobody misses.
    pub(super) fn draw<const N: usize>(&mut self, start: usize) {
        let nought = L::default();
        let mut distance = [L::FAR; N];
        let mut via = [(NONE, 0); N];
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
                let cell = self.row::<N>(agent)[column];
                let seat = self.seat[agent] as usize;
                if cell >= L::FAR || seat == column {
                    continue;
                }
                let who = u32::try_from(agent).expect("fewer than 2^32 agents");
                let reach = now + (cell - price).bare() - self.held(agent);
                if self.seat[agent] == NONE {
                    if reach < best.0 {
                        best = (reach, None, (who, Self::narrow(column)));
                    }
                } else if reach < distance[seat] {
                    distance[seat] = reach;
                    via[seat] = (who, Self::narrow(column));
                }
            }
        }
        self.effort.augmentations += 1;
        self.raise(done, &distance, best.0);
        self.come(start, best.1, best.2, &via);
    }
}

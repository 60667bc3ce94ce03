//! From a column that was left: who would come, down to a place that nobody misses.
//!
//! A price below nought says that the column is full. Where it is not, the price rises until it is nought or until
//! somebody comes; the shortest path from the column says which, and how far the other prices rise with it.

use std::cmp::Reverse;

use crate::kernel::problem::NONE;
use crate::kernel::transport::web::Web;
use crate::kernel::transport::web::layout::Layout;
use crate::kernel::transport::width::Width;

/// Arcs by column.
#[derive(Debug, Clone, Default)]
pub(super) struct Incoming {
    first: Vec<u32>,
    /// `(agent, arc)`.
    arcs: Vec<(u32, u32)>,
}

impl Incoming {
    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.first.capacity() * size_of::<u32>() + self.arcs.capacity() * size_of::<(u32, u32)>()
    }

    pub(super) fn clear(&mut self) {
        self.first.clear();
    }

    fn prepare(&mut self, layout: &Layout) {
        if !self.first.is_empty() {
            return;
        }
        let columns = layout.columns.len();
        self.first.resize(columns + 1, 0);
        layout.column.iter().for_each(|&column| self.first[column as usize + 1] += 1);
        for column in 0..columns {
            self.first[column + 1] += self.first[column];
        }
        self.arcs.clear();
        self.arcs.resize(layout.column.len(), (NONE, NONE));
        let mut at = self.first.clone();
        let mut arc = 0u32;
        for (agent, range) in (0u32..).zip(layout.first.windows(2)) {
            for &column in &layout.column[range[0] as usize..range[1] as usize] {
                self.arcs[at[column as usize] as usize] = (agent, arc);
                at[column as usize] += 1;
                arc += 1;
            }
        }
    }
}

/// Where a path from a column ends.
#[derive(Clone, Copy)]
enum Source {
    /// This column is left with room, at no price.
    Column(u32),
    /// This agent, who stays out, comes in by this arc.
    Out(u32, u32),
}

impl<T: Width> Web<T> {
    /// Fills the shaken columns or brings their prices to nought.
    pub(super) fn settle(&mut self) {
        let shaken = std::mem::take(&mut self.shaken);
        for &column in &shaken {
            while self.columns[column as usize].room > 0 && self.columns[column as usize].price < T::default() {
                self.incoming.prepare(&self.layout);
                self.draw(column);
            }
        }
        self.shaken = shaken;
    }

    fn draw(&mut self, start: u32) {
        let nought = T::default();
        self.done.clear();
        let mut best = (nought - self.columns[start as usize].price, Source::Column(start));
        self.columns[start as usize].distance = nought;
        self.touched.push(start);
        self.heap.push(Reverse((nought, start)));
        while let Some(Reverse((now, column))) = self.heap.pop() {
            let j = column as usize;
            if now >= best.0 {
                break;
            }
            if now > self.columns[j].distance {
                continue;
            }
            self.done.push(column);
            if now - self.columns[j].price < best.0 {
                best = (now - self.columns[j].price, Source::Column(column));
            }
            self.attract(column, now, &mut best);
        }
        self.heap.clear();
        for &column in &self.done {
            let column = &mut self.columns[column as usize];
            column.price += best.0 - column.distance;
        }
        self.follow(start, best.1);
        self.forget();
    }

    /// Looks at everyone who could come to a column.
    fn attract(&mut self, column: u32, now: T, best: &mut (T, Source)) {
        let range = self.incoming.first[column as usize] as usize..self.incoming.first[column as usize + 1] as usize;
        self.effort.arcs += range.len() as u64;
        let price = self.columns[column as usize].price;
        for &(agent, arc) in &self.incoming.arcs[range] {
            let (cost, held) = (self.cost[arc as usize], self.held[agent as usize]);
            if cost >= T::FAR {
                continue;
            }
            if held == NONE {
                let distance = now + (cost - price);
                if distance < best.0 {
                    *best = (distance, Source::Out(agent, arc));
                }
                continue;
            }
            let from = self.layout.column[held as usize];
            let left = &mut self.columns[from as usize];
            let distance = now + (cost - price) - (self.cost[held as usize] - left.price);
            if from == column || distance >= best.0 || distance >= left.distance {
                continue;
            }
            if left.distance == T::FAR {
                self.touched.push(from);
            }
            left.distance = distance;
            left.agent = agent;
            left.arc = arc;
            self.heap.push(Reverse((distance, from)));
        }
    }

    /// Moves everyone on the path one place on, towards the start; a column may be overfull for a moment.
    fn follow(&mut self, start: u32, source: Source) {
        let mut column = match source {
            Source::Column(column) => column,
            Source::Out(agent, arc) => {
                let column = self.layout.column[arc as usize];
                self.join(agent, column, arc);
                column
            }
        };
        self.effort.augmentations += 1;
        while column != start {
            let (agent, arc) = (self.columns[column as usize].agent, self.columns[column as usize].arc);
            self.leave(agent, column);
            column = self.layout.column[arc as usize];
            self.join(agent, column, arc);
        }
    }
}

//! The cells of a table, and which arc stands where; what does not depend on costs is laid out once for a network.

use std::ops::Range;

use crate::kernel::problem::{NONE, Network};
use crate::kernel::transport::plane::WIDEST;
use crate::kernel::transport::plane::lane::{Lane, SHIFT};
use crate::kernel::transport::width::Width;

/// Bytes of a cache line: every row begins at one.
const LINE: usize = 64;

/// Cells in rows, the first at the beginning of a cache line.
#[derive(Debug, Default)]
pub(super) struct Cells<L> {
    cells: Vec<L>,
    start: usize,
}

impl<L: Clone> Clone for Cells<L> {
    fn clone(&self) -> Self {
        let mut copy = Self { cells: Vec::new(), start: 0 };
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, other: &Self) {
        let size = other.size();
        let own = &other.cells[other.start.min(other.cells.len())..][..size];
        if self.cells.len() == other.cells.len() {
            self.cells[self.start..self.start + size].clone_from_slice(own);
            return;
        }
        self.cells.clear();
        self.cells.reserve(other.cells.len());
        self.start = self.cells.as_ptr().align_offset(LINE).min(LINE);
        // What stands before and after is not read.
        let around = &other.cells[..other.cells.len() - size];
        self.cells.extend_from_slice(&around[..self.start.min(around.len())]);
        self.cells.extend_from_slice(own);
        self.cells.extend_from_slice(&around[self.start.min(around.len())..]);
    }
}

impl<L> Cells<L> {
    fn size(&self) -> usize {
        self.cells.len().saturating_sub(LINE)
    }
}

impl<L: Lane> Cells<L> {
    /// So many closed cells.
    pub(super) fn clear(&mut self, size: usize) {
        self.cells.clear();
        self.cells.resize(size + LINE, L::CLOSED);
        // A pointer that cannot be aligned would only be slower.
        self.start = self.cells.as_ptr().align_offset(LINE).min(LINE);
    }

    pub(super) fn forget(&mut self) {
        self.cells.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    #[inline(always)]
    pub(super) fn row<const N: usize>(&self, row: usize) -> &[L; N] {
        let at = self.start + row * N;
        self.cells[at..at + N].try_into().expect("a row has N cells")
    }

    #[inline(always)]
    pub(super) fn cell(&self, at: usize) -> L {
        self.cells[self.start + at]
    }

    pub(super) fn all(&self) -> &[L] {
        &self.cells[self.start..self.start + self.size()]
    }

    pub(super) fn all_mut(&mut self) -> &mut [L] {
        let end = self.start + self.size();
        &mut self.cells[self.start..end]
    }

    pub(super) fn row_of(&self, row: usize, lanes: usize) -> &[L] {
        let at = self.start + row * lanes;
        &self.cells[at..at + lanes]
    }

    #[inline(always)]
    pub(super) fn row_mut(&mut self, row: usize, lanes: usize) -> &mut [L] {
        let at = self.start + row * lanes;
        &mut self.cells[at..at + lanes]
    }
}

/// The network that a table is laid out for.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    first: Vec<u32>,
    column: Vec<u32>,
    /// Where each arc's cell stands among all.
    place: Vec<u32>,
    /// Where it stands among all of a table that is turned, if that is as wide: in its lowest bits, the agent.
    turned: Vec<u32>,
    /// The columns of each agent, a bit each.
    columns: Vec<u64>,
    /// Whether each agent's arcs are in the order of their columns, and no two lead to one.
    ascending: bool,
    /// Where they are not: the arc that each cell is the cost of.
    cheapest: Vec<u32>,
    pub(super) lanes: usize,
}

impl Layout {
    /// Lays a network out; false where that had been done.
    pub(super) fn lay_out(&mut self, network: &Network) -> bool {
        let lanes = network.columns().next_multiple_of(16).max(16);
        if self.lanes == lanes && self.first == network.first && self.column == network.column {
            return false;
        }
        self.lanes = lanes;
        self.first.clone_from(&network.first);
        self.column.clone_from(&network.column);
        self.columns.clear();
        self.place.clear();
        self.turned.clear();
        self.cheapest.clear();
        self.ascending = true;
        for agent in 0..network.agents() {
            let own = &self.column[network.arcs_of(agent)];
            self.ascending &= own.is_sorted_by(|one, next| one < next);
            self.columns.push(own.iter().fold(0, |all, &column| all | 1 << column));
            let row = u32::try_from(agent * lanes).expect("fewer than 2^32 cells");
            self.place.extend(own.iter().map(|column| row + column));
            if network.agents() <= WIDEST {
                let lane = u32::try_from(agent).expect("few agents");
                self.turned.extend(own.iter().map(|column| (column << SHIFT) + lane));
            }
        }
        if !self.ascending {
            self.cheapest.resize(lanes * network.agents(), NONE);
        }
        true
    }

    /// Takes over which arc each cell is the cost of, from another of the same network.
    pub(super) fn take_over(&mut self, other: &Self) {
        if !self.ascending {
            self.cheapest.clone_from(&other.cheapest);
        }
    }

    /// How many arcs there are.
    pub(super) fn arcs(&self) -> usize {
        self.column.len()
    }

    /// The arcs of an agent.
    pub(super) fn arcs_of(&self, agent: usize) -> Range<usize> {
        self.first[agent] as usize..self.first[agent + 1] as usize
    }

    /// Writes all rows from the costs of all arcs and which are open; where that is no matter of one cell after another, nothing.
    ///
    /// All arcs at once, as so many short loops would be left at a different arc each; and first what can be done in vectors.
    #[inline(always)]
    pub(super) fn write_all<T: Width, L: Lane>(
        &self,
        cells: &mut [L],
        cost: &[T],
        open: &[bool],
        made: &mut Vec<L>,
    ) -> bool {
        if !self.ascending {
            return false;
        }
        made.resize(self.column.len(), L::CLOSED);
        for (made, ((&column, &cost), &open)) in made.iter_mut().zip(self.column.iter().zip(cost).zip(open)) {
            let cell = cell(column, cost);
            *made = if open & (cost < T::FAR) { cell } else { L::CLOSED };
        }
        for (&place, &made) in self.place.iter().zip(&*made) {
            cells[place as usize] = made;
        }
        true
    }

    /// Writes the row of an agent from the costs of its arcs and which are open.
    ///
    /// Of several open arcs to one column the cheapest counts, of equal ones the first.
    #[inline(always)]
    pub(super) fn write<T: Width, L: Lane>(&mut self, row: &mut [L], agent: usize, cost: &[T], open: &[bool]) {
        let range = self.arcs_of(agent);
        let column = &self.column[range.clone()];
        if self.ascending {
            for ((&column, &cost), &open) in column.iter().zip(cost).zip(open) {
                let cell = cell(column, cost);
                row[column as usize] = if open && cost < T::FAR { cell } else { L::CLOSED };
            }
            return;
        }
        column.iter().for_each(|&column| row[column as usize] = L::CLOSED);
        let arcs = range.zip(column.iter().zip(cost));
        for ((arc, (&column, &cost)), _) in arcs.zip(open).filter(|&((_, (_, &cost)), &open)| open && cost < T::FAR) {
            let cell = cell(column, cost);
            if cell < row[column as usize] {
                row[column as usize] = cell;
                let arc = u32::try_from(arc).expect("fewer than 2^32 arcs");
                self.cheapest[agent * self.lanes + column as usize] = arc;
            }
        }
    }

    /// Writes the cells of these arcs in a table that is turned.
    #[inline(always)]
    pub(super) fn turn<L: Lane>(&self, arcs: Range<usize>, cells: &[L], turned: &mut [L]) {
        for (&from, &to) in self.place[arcs.clone()].iter().zip(&self.turned[arcs]) {
            let agent = L::lane(i64::from(to % (1 << SHIFT)));
            turned[to as usize] = cells[from as usize].bare() + agent;
        }
    }

    /// The arcs by which agents hold their seats.
    #[inline(always)]
    pub(super) fn read(&self, seats: &[u32], choice: &mut Vec<u32>) {
        choice.clear();
        if self.ascending {
            // As many arcs stand before it as there are columns before its own.
            let arc = |((&seat, &first), &columns): ((&u32, &u32), &u64)| match seat {
                NONE => NONE,
                seat => first + (columns & ((1 << seat) - 1)).count_ones(),
            };
            choice.extend(seats.iter().zip(&self.first).zip(&self.columns).map(arc));
        } else {
            let arc = |(row, &seat): (&[u32], &u32)| if seat == NONE { NONE } else { row[seat as usize] };
            choice.extend(self.cheapest.chunks_exact(self.lanes).zip(seats).map(arc));
        }
    }
}

#[inline(always)]
fn cell<T: Width, L: Lane>(column: u32, cost: T) -> L {
    let cost = cost.dense().expect("only narrow costs have a table");
    L::lane((cost << SHIFT) + i64::from(column))
}

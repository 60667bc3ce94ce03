//! Steps that keep rows whole: the least cost of a knapsack, worked out here again by splitting its members in halves.
//!
//! `docs/MODEL.md` states what is computed; the solver does it another way, and no code is shared.

use crate::certify::rows::Row;

/// A block with more cells than this is refused: multiplying it out would take too long.
const MOST_CELLS: i128 = 1 << 16;

/// One option of a person in a block; `choice` is `None` for staying away from the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) choice: Option<usize>,
    cells: usize,
    cost: i128,
}

/// What a person may do in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) person: usize,
    pub(super) options: Vec<Taken>,
}

/// A row kept whole, over the options still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) members: Vec<Member>,
    room: usize,
}

/// Why a block gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    /// Nothing fits: no plan keeps the row here.
    Room,
    /// More cells or larger numbers than the checker multiplies out.
    Reach,
}

/// An open option before it is counted in cells: the choice, its term in the row and its cost.
type Weighted = (Option<usize>, i128, i128);

impl Block {
    /// The block of a row.
    ///
    /// - `unit`: at least 1; coefficients above the lightest option are counted in wholes of it.
    /// - `cost`: of an option of a person, if it is open.
    /// - `away`: whether the person has an open option elsewhere.
    pub(super) fn new(
        row: &Row,
        unit: i64,
        cost: impl Fn(usize, usize) -> Option<i128>,
        away: impl Fn(usize) -> bool,
    ) -> Result<Self, Without> {
        let mut open: Vec<(usize, Vec<Weighted>)> = Vec::new();
        for &(person, choice, weight) in row.terms.iter() {
            if let Some(cost) = cost(person, choice) {
                match open.last_mut().filter(|(last, _)| *last == person) {
                    Some((_, options)) => options.push((Some(choice), weight, cost)),
                    None => open.push((person, vec![(Some(choice), weight, cost)])),
                }
            }
        }
        let mut left = row.limit;
        let mut members = Vec::new();
        let mut needed = 0i128;
        for (person, mut options) in open {
            if away(person) {
                options.push((None, 0, 0));
            }
            let lightest = options.iter().map(|&(_, weight, _)| weight).min().ok_or(Without::Room)?;
            left = left.checked_sub(lightest).ok_or(Without::Reach)?;
            let counted = |(choice, weight, cost): Weighted| {
                let cells = weight.checked_sub(lightest)?.div_euclid(unit.into());
                Some(Taken { choice, cells: usize::try_from(cells).ok()?, cost })
            };
            let options: Vec<Taken> = options.into_iter().map(counted).collect::<Option<_>>().ok_or(Without::Reach)?;
            let heaviest = options.iter().map(|option| option.cells).max().and_then(|cells| i128::try_from(cells).ok());
            needed = heaviest.and_then(|cells| needed.checked_add(cells)).ok_or(Without::Reach)?;
            members.push(Member { person, options });
        }
        if left < 0 {
            return Err(Without::Room);
        }
        let room = left.div_euclid(unit.into()).min(needed);
        let dearest = |member: &Member| member.options.iter().map(|option| option.cost.unsigned_abs()).max();
        let total = members.iter().filter_map(dearest).try_fold(0u128, u128::checked_add);
        match (usize::try_from(room), total) {
            // Every sum of one option for each member now fits, so the tables need no further check.
            (Ok(cells), Some(total)) if room <= MOST_CELLS && total < 1 << 126 => Ok(Self { members, room: cells }),
            (Ok(_) | Err(_), Some(_) | None) => Err(Without::Reach),
        }
    }

    /// The least cost of one option for each member within the room.
    pub(super) fn least(&self) -> i128 {
        let mut table = vec![0; self.room + 1];
        let resting: i128 = self.members.iter().filter(|member| !member.pays()).map(Member::base).sum();
        for member in self.members.iter().filter(|member| member.pays()) {
            table = member.added_to(&table);
        }
        resting + table[self.room]
    }

    /// The least cost with each option of each member; `None` where it does not fit. In the members' order.
    pub(super) fn with_each(&self) -> Vec<Vec<Option<i128>>> {
        let mut found = vec![Vec::new(); self.members.len()];
        let resting: i128 = self.members.iter().filter(|member| !member.pays()).map(Member::base).sum();
        let paying: Vec<usize> = (0..self.members.len()).filter(|&at| self.members[at].pays()).collect();
        let mut all = vec![resting; self.room + 1];
        self.leave_out(&paying, &all, &mut found);
        for &at in &paying {
            all = self.members[at].added_to(&all);
        }
        for (member, found) in self.members.iter().zip(&mut found).filter(|(member, _)| !member.pays()) {
            let base = member.base();
            *found = self.with(member, &all).into_iter().map(|cost| cost.map(|cost| cost - base)).collect();
        }
        found
    }

    /// Finds what `with_each` says of these members; `table` has everyone else.
    fn leave_out(&self, members: &[usize], table: &[i128], found: &mut [Vec<Option<i128>>]) {
        match members {
            [] => {}
            &[at] => found[at] = self.with(&self.members[at], table),
            [_, ..] => {
                let (first, second) = members.split_at(members.len() / 2);
                for (stay, go) in [(first, second), (second, first)] {
                    let mut table = table.to_vec();
                    for &at in go {
                        table = self.members[at].added_to(&table);
                    }
                    self.leave_out(stay, &table, found);
                }
            }
        }
    }

    fn with(&self, member: &Member, others: &[i128]) -> Vec<Option<i128>> {
        let cost = |option: &Taken| Some(others[self.room.checked_sub(option.cells)?] + option.cost);
        member.options.iter().map(cost).collect()
    }
}

impl Member {
    /// The cheapest option that takes no cell; the lightest one takes none.
    fn base(&self) -> i128 {
        let light = self.options.iter().filter(|option| option.cells == 0);
        light.map(|option| option.cost).min().expect("the lightest option takes no cell")
    }

    /// Whether an option that takes cells is cheaper than those that take none.
    fn pays(&self) -> bool {
        let base = self.base();
        self.options.iter().any(|option| option.cost < base)
    }

    /// The table with this member as well: entry `c` is the least cost within `c` cells.
    fn added_to(&self, table: &[i128]) -> Vec<i128> {
        let base = self.base();
        let mut sum: Vec<i128> = table.iter().map(|cost| cost + base).collect();
        for option in self.options.iter().filter(|option| option.cost < base) {
            for (new, old) in sum.iter_mut().skip(option.cells).zip(table) {
                *new = (*new).min(old + option.cost);
            }
        }
        sum
    }
}

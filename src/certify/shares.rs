//! A step that keeps rows whole, added up: its value, and the value with each open option taken.

use crate::certify::blocks::{Block, Without};
use crate::certify::grid::Grid;
use crate::certify::rows::Row;

/// What a step that keeps rows whole comes to.
pub(super) struct Weighed {
    /// A lower bound of something that every plan keeping the rows has at most nought.
    pub(super) value: i128,
    /// The same with each option of each person taken; `None` where it cannot be. Empty where the value is above nought.
    pub(super) with: Vec<Vec<Option<i128>>>,
}

/// The costs and open options of everyone, and the rows that are kept whole.
pub(super) struct Kept<'a> {
    costs: &'a Grid<i128>,
    open: &'a Grid<bool>,
    rows: &'a [(&'a Row, i64)],
    /// The block of each option.
    block_of: Grid<Option<usize>>,
}

impl<'a> Kept<'a> {
    /// Finds the block of each option.
    ///
    /// # Errors
    /// Position of a row that cannot be kept whole beside the ones before it.
    pub(super) fn new(costs: &'a Grid<i128>, open: &'a Grid<bool>, rows: &'a [(&'a Row, i64)]) -> Result<Self, usize> {
        let mut block_of = Grid::like(open, None);
        for (position, &(row, unit)) in rows.iter().enumerate() {
            if unit < 1 || !row.switches.is_empty() {
                return Err(position);
            }
            for &(person, choice, _) in row.terms.iter() {
                if block_of[person][choice].replace(position).is_some() {
                    return Err(position);
                }
            }
        }
        Ok(Self { costs, open, rows, block_of })
    }

    /// Adds everything up on top of `fixed`; `Ok(None)` where no choice is left.
    ///
    /// # Errors
    /// A number does not fit, or a block has too many cells.
    pub(super) fn weigh(&self, fixed: i128) -> Result<Option<Weighed>, Without> {
        let mut value = fixed;
        let mut outside = Vec::with_capacity(self.open.people());
        for person in 0..self.open.people() {
            let own =
                (0..self.open[person].len()).filter(|&o| self.open[person][o] && self.block_of[person][o].is_none());
            let away = self.elsewhere(person, None).then_some(0);
            let Some(least) = own.map(|option| self.costs[person][option]).chain(away).min() else { return Ok(None) };
            value = value.checked_add(least).ok_or(Without::Reach)?;
            outside.push(least);
        }
        let mut blocks = Vec::with_capacity(self.rows.len());
        for (position, &(row, unit)) in self.rows.iter().enumerate() {
            let cost = |person: usize, choice: usize| self.open[person][choice].then(|| self.costs[person][choice]);
            let block = match Block::new(row, unit, cost, |person| self.elsewhere(person, Some(position))) {
                Ok(block) => block,
                Err(Without::Room) => return Ok(None),
                Err(Without::Reach) => return Err(Without::Reach),
            };
            let least = block.least();
            value = value.checked_add(least).ok_or(Without::Reach)?;
            blocks.push((block, least));
        }
        let with = if value > 0 { Vec::new() } else { self.with_each(value, &outside, &blocks)? };
        Ok(Some(Weighed { value, with }))
    }

    /// Whether the person has an open option that is not in this block (`None`: that is in some block).
    fn elsewhere(&self, person: usize, block: Option<usize>) -> bool {
        self.block_of[person].iter().zip(&self.open[person]).any(|(&at, &open)| open && at != block)
    }

    fn with_each(
        &self,
        value: i128,
        outside: &[i128],
        blocks: &[(Block, i128)],
    ) -> Result<Vec<Vec<Option<i128>>>, Without> {
        let more = |cost: i128, least: i128| cost.checked_sub(least).ok_or(Without::Reach);
        // How much more each part costs where the person stays away from it, and where it takes an option there.
        let mut away: Vec<Vec<(Option<usize>, Option<i128>)>> = Vec::with_capacity(self.open.people());
        let mut taken: Vec<Vec<Option<i128>>> = self.open.iter().map(|open| vec![None; open.len()]).collect();
        for (person, &least) in outside.iter().enumerate() {
            away.push(vec![(None, if self.elsewhere(person, None) { Some(more(0, least)?) } else { None })]);
            for (option, taken) in taken[person].iter_mut().enumerate() {
                if self.open[person][option] && self.block_of[person][option].is_none() {
                    *taken = Some(more(self.costs[person][option], least)?);
                }
            }
        }
        for (position, (block, least)) in blocks.iter().enumerate() {
            for (member, with) in block.members.iter().zip(block.with_each()) {
                let mut stay = None;
                for (option, cost) in member.options.iter().zip(with) {
                    let cost = cost.map(|cost| more(cost, *least)).transpose()?;
                    match option.choice {
                        Some(choice) => taken[member.person][choice] = cost,
                        None => stay = cost,
                    }
                }
                away[member.person].push((Some(position), stay));
            }
        }
        let with = |person: usize, option: usize| -> Result<Option<i128>, Without> {
            let Some(mut sum) = taken[person][option] else { return Ok(None) };
            let others = away[person].iter().filter(|(part, _)| *part != self.block_of[person][option]);
            for &(_, stay) in others {
                let Some(stay) = stay else { return Ok(None) };
                sum = sum.checked_add(stay).ok_or(Without::Reach)?;
            }
            value.checked_add(sum).map(Some).ok_or(Without::Reach)
        };
        let of = |person: usize| (0..self.open[person].len()).map(|option| with(person, option)).collect();
        (0..self.open.people()).map(of).collect()
    }
}

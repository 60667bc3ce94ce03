//! Whose answer matters most: how far each outcome moves with the answer of one person.

use crate::study::answers::figure::{Figure, Values};
use crate::study::answers::open::Open;
use crate::study::answers::patch::{Patch, Worth};
use crate::study::answers::{Group, furthest};

/// What is looked at, the most important first.
pub const LOOKED_AT: [Figure; 4] = [Figure::Vacancies, Figure::Cover, Figure::Placed, Figure::Met];

/// Up to so many combinations of a group are looked at one by one.
const MOST_LINES: u128 = 100_000;

/// Largest movement of each outcome of [`LOOKED_AT`].
pub type Moves = [i64; LOOKED_AT.len()];

/// What one person's answer moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Position in the list of people whose answers are open.
    pub position: usize,
    /// Whether some answer, the others as today, leaves no plan that keeps every rule.
    pub may_be_impossible: bool,
    /// By their answer alone, the others as today; none where a limit was reached.
    pub alone: Option<Moves>,
    /// By their answer alone, whatever the others say; none where not every combination is known.
    pub whatever: Option<Moves>,
}

impl Weight {
    /// Whether nothing says which of the two to ask first.
    pub fn ties(&self, other: &Weight) -> bool {
        self.order() == other.order()
    }

    /// What is sorted by, the largest first.
    fn order(&self) -> (bool, Option<Moves>, Option<Moves>) {
        (self.may_be_impossible, self.alone, self.whatever)
    }

    /// Whether the answer changes anything that is looked at.
    pub fn matters(&self) -> bool {
        let moves = |moves: &Option<Moves>| moves.is_none_or(|moves| moves != Moves::default());
        self.may_be_impossible || moves(&self.alone) || self.whatever.is_some_and(|moves| moves != Moves::default())
    }
}

/// The weight of each person, the largest first; `singles` has a group for each person alone.
pub(super) fn weights(open: &[Open], today: &Values, singles: &[Group], groups: &[Group]) -> Vec<Weight> {
    let of = |(position, single): (usize, &Group)| Weight {
        position,
        may_be_impossible: single.patches.iter().any(|patch| patch.worth.is_none()),
        alone: single.is_whole.then(|| alone(today, single)),
        whatever: None,
    };
    let mut all: Vec<Weight> = singles.iter().enumerate().map(of).collect();
    for group in groups {
        for (&position, moves) in group.members.iter().zip(whatever(open, group).into_iter().flatten()) {
            all[position].whatever = Some(moves);
        }
    }
    all.sort_by(|a, b| b.order().cmp(&a.order()).then(a.position.cmp(&b.position)));
    all
}

fn alone(today: &Values, single: &Group) -> Moves {
    LOOKED_AT.map(|figure| {
        let now = today.get(&figure).copied().unwrap_or(0);
        let end = |sign| furthest(single, figure, sign).map_or(now, |(value, _)| value);
        end(1) - end(-1)
    })
}

/// For each member the largest movement over all answers of the other members; combinations without a plan do not count.
fn whatever(open: &[Open], group: &Group) -> Option<Vec<Moves>> {
    let sizes: Vec<usize> = group.members.iter().map(|&member| open[member].answers.len()).collect();
    let all = sizes.iter().fold(1u128, |all, &size| all.saturating_mul(size as u128));
    if !group.is_whole || all > MOST_LINES {
        return None;
    }
    let table = table(group, &sizes, usize::try_from(all).ok()?);
    let mut moves = vec![Moves::default(); sizes.len()];
    let mut stride = 1;
    for (member, &size) in sizes.iter().enumerate() {
        for start in (0..table.len()).filter(|at| (at / stride) % size == 0) {
            let line = || (0..size).filter_map(|answer| table[start + answer * stride]);
            for figure in 0..LOOKED_AT.len() {
                let values = || line().map(|values: Moves| values[figure]);
                let moved = values().max().zip(values().min()).map_or(0, |(most, least)| most - least);
                moves[member][figure] = moves[member][figure].max(moved);
            }
        }
        stride *= size;
    }
    Some(moves)
}

/// The outcomes of every combination; the first member's answer changes fastest.
fn table(group: &Group, sizes: &[usize], all: usize) -> Vec<Option<Moves>> {
    let mut table = vec![None; all];
    for patch in &group.patches {
        let Some(worth) = &patch.worth else { continue };
        let base = LOOKED_AT.map(|figure| worth.base.get(&figure).copied().unwrap_or(0));
        let mut at = vec![(0, base)];
        let mut stride = 1;
        for (member, &size) in sizes.iter().enumerate() {
            at = at.into_iter().flat_map(|from| steps(patch, worth, member, stride, from)).collect();
            stride *= size;
        }
        for (index, values) in at {
            table[index] = Some(values);
        }
    }
    table
}

/// One combination of the members before, with each answer of the next.
fn steps(
    patch: &Patch,
    worth: &Worth,
    member: usize,
    stride: usize,
    (index, values): (usize, Moves),
) -> Vec<(usize, Moves)> {
    let shifted = |shift: &Values| {
        let mut moved = values;
        for (value, figure) in moved.iter_mut().zip(LOOKED_AT) {
            *value += shift.get(&figure).copied().unwrap_or(0);
        }
        moved
    };
    let answers = patch.holds[member].iter().zip(&worth.shifts[member]);
    answers.map(|(answer, shift)| (index + answer * stride, shifted(shift))).collect()
}

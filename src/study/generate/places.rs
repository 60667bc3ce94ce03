//! Where people live and authorities sit, on a made-up map; distances in whole hundredths of a mile.

use std::collections::BTreeMap;

use crate::id::{AuthorityId, Id, PersonId};
use crate::quantity::Miles;
use crate::study::generate::Ask;
use crate::study::generate::dice::Dice;

/// Side of the map, in hundredths of a mile.
const SIDE: i64 = 4_500;

/// A spot on the map, in hundredths of a mile from its corner.
type Spot = [i64; 2];

/// All spots.
#[derive(Debug, Clone)]
pub(super) struct Places {
    homes: Vec<Spot>,
    offices: Vec<Spot>,
}

/// Draws offices, and homes around them.
pub(super) fn draw(dice: &mut Dice, ask: &Ask) -> Places {
    let offices: Vec<Spot> = (0..ask.authorities).map(|_| spot(dice, [0, 0], SIDE)).collect();
    let home = |dice: &mut Dice| {
        let near = dice.pick(&offices);
        spot(dice, near.map(|at| at - SIDE / 3), SIDE * 2 / 3)
    };
    let homes = (0..ask.people).map(|_| home(dice)).collect();
    Places { homes, offices }
}

fn spot(dice: &mut Dice, corner: Spot, side: i64) -> Spot {
    corner.map(|at| at + dice.between(0, side))
}

impl Places {
    /// By road, a quarter longer than the straight line.
    pub(super) fn miles(&self, person: usize, authority: usize) -> Miles {
        let [x, y] = [0, 1].map(|axis| self.homes[person][axis] - self.offices[authority][axis]);
        Miles((x * x + y * y).isqrt() * 5 / 4)
    }

    /// From everybody's home to every authority.
    pub(super) fn travel(&self, people: usize) -> BTreeMap<(PersonId, AuthorityId), Miles> {
        let offices = self.offices.len();
        let pairs = (0..people).flat_map(|person| (0..offices).map(move |authority| (person, authority)));
        pairs
            .map(|(person, authority)| {
                ((PersonId::at(person), AuthorityId::at(authority)), self.miles(person, authority))
            })
            .collect()
    }
}
